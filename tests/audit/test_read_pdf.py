"""Every place of a PDF that a text can hide in: a canary is planted in each, and must be found there."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
import zlib
from collections.abc import Callable
from queue import SimpleQueue

import pytest

from briefpack.audit import read_pdf_pages
from briefpack.audit.read_back import read_back
from briefpack.audit.read_pdf_pages import Beside
from briefpack.audit.seen import Seat
from tests.audit.finding import CANARY, all_opaque, assert_found, places_of
from tests.audit.pdf_maker import Maker, escaped, stream, string, table, text_of, updated

_RAW = escaped(CANARY)
_XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"<dc:title>" + _RAW + b'</dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
_SHOWN = text_of(CANARY)
_LAYER = b"/OCProperties<</OCGs[%d 0 R]/D<</OFF[%d 0 R]>>>>"

PLANTS: dict[str, tuple[Seat, str, Callable[[], bytes]]] = {}


def plant(seat: Seat, place: str) -> Callable[[Callable[[Maker], bytes | None]], None]:
    """A way to plant the canary, where it is to be found, and under what name."""

    def keep(way: Callable[[Maker], bytes | None]) -> None:
        def make() -> bytes:
            maker = Maker()
            return way(maker) or maker.build()

        PLANTS[way.__name__] = (seat, place, make)

    return keep


def _page_with(content: bytes, **more: bytes) -> Callable[[Maker], None]:
    def way(maker: Maker) -> None:
        maker.add_page(text_of("An ordinary page"))
        maker.add_page(content, **more)

    return way


def _plant_content(name: str, seat: Seat, place: str, content: bytes, **more: bytes) -> None:
    way = _page_with(content, **more)
    way.__name__ = name
    plant(seat, place)(way)


# --------------------------------------------------------------------------- on pages

_plant_content("shown", Seat.PAGE, "page 2", _SHOWN)
_plant_content("invisible", Seat.PAGE, "page 2", b"3 Tr " + _SHOWN)
_plant_content("white", Seat.PAGE, "page 2", b"1 g " + _SHOWN)
_plant_content("covered", Seat.PAGE, "page 2", _SHOWN + b" 0 g 0 0 595 842 re f")
_plant_content(
    "outside_crop_box", Seat.PAGE, "page 2", text_of(CANARY, (-900, 5000)), entries=b"/CropBox[0 0 100 100]"
)
_plant_content("tiny", Seat.PAGE, "page 2", b"BT /F1 0.1 Tf 72 700 Td (" + _RAW + b") Tj ET")
_plant_content(
    "letter_by_letter",
    Seat.PAGE,
    "page 2",
    b"BT /F1 12 Tf "
    + b" ".join(b"1 0 0 1 %d 700 Tm (%c) Tj" % (72 + 9 * number, code) for number, code in enumerate(_RAW))
    + b" ET",
)
_plant_content(
    "spaced_by_an_array",
    Seat.PAGE,
    "page 2",
    b"BT /F1 12 Tf 72 700 Td [" + b" -300 ".join(b"(%c)" % code for code in _RAW) + b"] TJ ET",
)
_plant_content(
    "hyphenated",
    Seat.PAGE,
    "page 2",
    b"BT /F1 12 Tf 72 700 Td 14 TL (The grey heron lea-) Tj T* (ves at dawn) Tj ET",
)
_plant_content(
    "in_digits", Seat.PAGE, "page 2", b"BT /F1 12 Tf 72 700 Td <" + _RAW.hex().encode() + b"> Tj ET"
)
_plant_content(
    "in_octal",
    Seat.PAGE,
    "page 2",
    b"BT /F1 12 Tf 72 700 Td (" + b"".join(rb"\%03o" % code for code in _RAW) + b") Tj ET",
)
_plant_content(
    "by_quotes",
    Seat.PAGE,
    "page 2",
    b"BT /F1 12 Tf 14 TL 72 700 Td (The grey heron) ' 0 0 (leaves at dawn) \" ET",
)
_plant_content(
    "under_an_actual_text",
    Seat.HIDDEN,
    "page 2",
    b"/Span<</ActualText(harmless)>>BDC " + _SHOWN + b" EMC",
)
_plant_content(
    "as_an_actual_text",
    Seat.HIDDEN,
    "page 2, a text for screen readers",
    b"/Span<</ActualText" + string(CANARY) + b">>BDC " + text_of("harmless") + b" EMC",
)
_plant_content(
    "in_marked_content",
    Seat.HIDDEN,
    "page 2, marked content (Note)",
    b"/X<</Note" + string(CANARY) + b">>BDC EMC",
)
_plant_content(
    "commented_content", Seat.HIDDEN, "page 2, a comment", b"% " + _RAW + b"\n" + text_of("harmless")
)
_plant_content("twice_at_one_place", Seat.PAGE, "page 2", _SHOWN + _SHOWN)
_plant_content(
    "behind_an_inline_image", Seat.PAGE, "page 2", b"q BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q " + _SHOWN
)


@plant(Seat.PAGE, "page 1")
def over_two_streams(maker: Maker) -> None:
    first, second = (
        maker.stream(b"BT /F1 12 Tf 72 700 Td (The grey heron) Tj"),
        maker.stream(b"( leaves at dawn) Tj ET"),
    )
    number = maker.add_page(b"", b"")
    maker.objects[number] = (
        maker.objects[number]
        .replace(b"/Contents 5 0 R", b"")
        .replace(b"/Contents %d 0 R" % (number - 1), b"/Contents[%d 0 R %d 0 R]" % (first, second))
    )


@plant(Seat.PAGE, "page 1")
def in_a_form(maker: Maker) -> None:
    inner = maker.stream(
        _SHOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
    )
    outer = maker.stream(
        b"/In Do", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</In %d 0 R>>>>" % inner
    )
    maker.add_page(b"/Out Do", resources=b"/XObject<</Out %d 0 R>>" % outer)


@plant(Seat.HIDDEN, "which no page shows")
def in_a_form_that_is_not_drawn(maker: Maker) -> None:
    form = maker.stream(_SHOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>>>")
    maker.catalog = b"/Spare %d 0 R" % form


@plant(Seat.HIDDEN, "page 1, the look of")
def in_a_form_of_the_page_that_is_not_drawn(maker: Maker) -> None:
    form = maker.stream(_SHOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>>>")
    maker.resources = b"/XObject<</Spare %d 0 R>>" % form


@plant(Seat.PAGE, "page 1")
def on_a_hidden_layer(maker: Maker) -> None:
    layer = maker.add(b"<</Type/OCG/Name(Layer)>>")
    maker.catalog = _LAYER % (layer, layer)
    maker.add_page(b"/OC /L BDC " + _SHOWN + b" EMC", resources=b"/Properties<</L %d 0 R>>" % layer)


@plant(Seat.PAGE, "page 1")
def in_glyphs_with_names(maker: Maker) -> None:
    """Codes that mean nothing but by the names of their glyphs."""
    letters = sorted(set(CANARY))
    names = {" ": "space"}
    differences = " ".join(f"/{names.get(letter, letter)}" for letter in letters)
    maker.font = (
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[1 {differences}]>>>>".encode()
    )
    codes = "".join(f"{letters.index(letter) + 1:02x}" for letter in CANARY)
    maker.add_page(b"BT /F1 12 Tf 72 700 Td <" + codes.encode() + b"> Tj ET")


def _cmap(pairs: dict[str, str]) -> bytes:
    lines = "\n".join(f"<{code}> <{letters.encode('utf-16-be').hex()}>" for code, letters in pairs.items())
    width = len(next(iter(pairs)))
    return (
        f"1 begincodespacerange <{'00' * (width // 2)}> <{'ff' * (width // 2)}> endcodespacerange\n"
        f"{len(pairs)} beginbfchar\n{lines}\nendbfchar"
    ).encode()


@plant(Seat.PAGE, "page 1")
def in_codes_of_two_bytes(maker: Maker) -> None:
    letters = sorted(set(CANARY))
    told = maker.stream(_cmap({f"{number:04x}": letter for number, letter in enumerate(letters, 1)}))
    descendant = maker.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    )
    maker.font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (descendant, told)
    )
    codes = "".join(f"{letters.index(letter) + 1:04x}" for letter in CANARY)
    maker.add_page(b"BT /F1 12 Tf 72 700 Td <" + codes.encode() + b"> Tj ET")


@plant(Seat.HIDDEN, "page 1, by the encoding of its fonts")
def behind_a_lie_of_the_font(maker: Maker) -> None:
    """What is seen is the canary; what is copied is something else."""
    told = maker.stream(_cmap({f"{code:02x}": "x" for code in range(32, 127)}))
    maker.font = maker.font.replace(b">>", b"/ToUnicode %d 0 R>>" % told)
    maker.add_page(_SHOWN)


# --------------------------------------------------------------------------- annotations and forms


def _annotated(maker: Maker, annotation: bytes) -> None:
    number = maker.add(annotation)
    maker.page = b"/Annots[%d 0 R]" % number


@plant(Seat.HIDDEN, "page 1, a comment")
def a_comment(maker: Maker) -> None:
    _annotated(maker, b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents" + string(CANARY) + b">>")


@plant(Seat.HIDDEN, "page 1, a comment")
def a_rich_comment(maker: Maker) -> None:
    _annotated(maker, b"<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/RC(<body><p>" + _RAW + b"</p></body>)>>")


@plant(Seat.HIDDEN, "page 1, the author of a comment")
def the_author_of_a_comment(maker: Maker) -> None:
    _annotated(maker, b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T" + string(CANARY) + b">>")


@plant(Seat.HIDDEN, "page 1, the look of a comment")
def the_look_of_a_comment(maker: Maker) -> None:
    form = maker.stream(_SHOWN, b"/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>>>")
    _annotated(maker, b"<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N %d 0 R>>>>" % form)


@plant(Seat.HIDDEN, "page 1, the address of a link")
def an_address(maker: Maker) -> None:
    _annotated(
        maker,
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/"
        + _RAW.replace(b" ", b"-")
        + b")>>>>",
    )


@plant(Seat.NAME, "page 1, where a link leads")
def where_a_link_leads(maker: Maker) -> None:
    _annotated(maker, b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest" + string(CANARY) + b">>")


@plant(Seat.HIDDEN, "page 1, what is filled in")
def a_form_field(maker: Maker) -> None:
    field = maker.add(b"<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/FT/Tx/T(name)/V" + string(CANARY) + b">>")
    maker.page, maker.catalog = b"/Annots[%d 0 R]" % field, b"/AcroForm<</Fields[%d 0 R]>>" % field


@plant(Seat.HIDDEN, "the description of a form field")
def the_description_of_a_field(maker: Maker) -> None:
    field = maker.add(b"<</FT/Tx/T(name)/TU" + string(CANARY) + b">>")
    maker.catalog = b"/AcroForm<</Fields[%d 0 R]>>" % field


@plant(Seat.HIDDEN, "object")
def an_xfa_form(maker: Maker) -> None:
    xfa = maker.stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><t>" + _RAW + b"</t></xdp:xdp>")
    maker.catalog = b"/AcroForm<</Fields[]/XFA %d 0 R>>" % xfa


# --------------------------------------------------------------------------- names and properties


@plant(Seat.METADATA, "the properties (Title)")
def the_title(maker: Maker) -> None:
    maker.info = b"/Title" + string(CANARY)


@plant(Seat.METADATA, "the properties (Desk)")
def a_property_of_ones_own(maker: Maker) -> None:
    maker.info = b"/Desk" + string(CANARY)


@plant(Seat.METADATA, "the properties (Title)")
def a_title_in_utf_16(maker: Maker) -> None:
    maker.info = b"/Title<feff" + CANARY.encode("utf-16-be").hex().encode() + b">"


@plant(Seat.METADATA, "the properties (Title)")
def a_title_in_utf_8(maker: Maker) -> None:
    maker.info = b"/Title<efbbbf" + CANARY.encode().hex().encode() + b">"


@plant(Seat.METADATA, "the properties (Title)")
def a_title_in_its_trailer(maker: Maker) -> bytes:
    """The properties may stand in the trailer itself in files that programs have written by hand."""
    return maker.build().replace(b"/Info 4 0 R", b"/Info<</Title" + string(CANARY) + b">>")


@plant(Seat.METADATA, "the metadata (XMP), title")
def the_metadata(maker: Maker) -> None:
    maker.catalog = b"/Metadata %d 0 R" % maker.stream(_XMP, b"/Type/Metadata/Subtype/XML", packed=False)


@plant(Seat.METADATA, "page 1, the metadata")
def the_metadata_of_a_page(maker: Maker) -> None:
    maker.page = b"/Metadata %d 0 R" % maker.stream(_XMP, b"/Type/Metadata/Subtype/XML")


@plant(Seat.METADATA, "page 1, the metadata")
def the_metadata_of_a_picture(maker: Maker) -> None:
    packet = maker.stream(_XMP, b"/Type/Metadata/Subtype/XML")
    image = maker.stream(
        b"\0\0\0",
        b"/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/Metadata %d 0 R" % packet,
    )
    maker.resources = b"/XObject<</Im %d 0 R>>" % image


@plant(Seat.METADATA, "the metadata (XMP)")
def damaged_metadata(maker: Maker) -> None:
    maker.catalog = b"/Metadata %d 0 R" % maker.stream(_XMP[:-60], b"/Type/Metadata/Subtype/XML")


@plant(Seat.METADATA, "comments in it")
def a_comment_in_the_metadata(maker: Maker) -> None:
    packet = _XMP.replace(_RAW, b"x").replace(b"<rdf:RDF", b"<!-- " + _RAW + b" --><rdf:RDF")
    maker.catalog = b"/Metadata %d 0 R" % maker.stream(packet, b"/Type/Metadata/Subtype/XML")


@plant(Seat.NAME, "the outline")
def the_outline(maker: Maker) -> None:
    root = maker._next
    maker.add(b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count 1>>" % (root + 1, root + 1))
    maker.add(b"<</Parent %d 0 R/Title" % root + string(CANARY) + b">>")
    maker.catalog = b"/Outlines %d 0 R" % root


@plant(Seat.NAME, "the page labels")
def a_page_label(maker: Maker) -> None:
    maker.catalog = b"/PageLabels<</Nums[0<</S/D/P" + string(CANARY) + b">>]>>"


@plant(Seat.NAME, "its named destinations")
def a_named_destination(maker: Maker) -> None:
    maker.catalog = b"/Names<</Dests<</Names[" + string(CANARY) + b" [null /Fit]]>>>>"


@plant(Seat.NAME, "the names of its objects")
def a_destination_that_is_a_name(maker: Maker) -> None:
    maker.catalog = b"/Dests<</" + _RAW.replace(b" ", b"#20") + b" [null /Fit]>>"


@plant(Seat.NAME, "the name of a layer")
def the_name_of_a_layer(maker: Maker) -> None:
    layer = maker.add(b"<</Type/OCG/Name" + string(CANARY) + b">>")
    maker.catalog = _LAYER % (layer, layer)


@plant(Seat.NAME, "the names of its objects")
def the_name_of_a_font(maker: Maker) -> None:
    maker.font = maker.font.replace(b"/Helvetica", b"/" + _RAW.replace(b" ", b"#20"))


@plant(Seat.NAME, "the names in its fonts")
def a_name_in_a_font(maker: Maker) -> None:
    note = CANARY.encode("utf-16-be")
    names = b"\0\0\0\1\0\x12" + b"\0\3\0\1\4\x09\0\0" + len(note).to_bytes(2, "big") + b"\0\0" + note
    head = (
        b"\0\1\0\0\0\1\0\0\0\0\0\0name" + b"\0" * 4 + (28).to_bytes(4, "big") + len(names).to_bytes(4, "big")
    )
    program = maker.stream(head + names, b"/Length1 %d" % len(head + names))
    descriptor = maker.add(b"<</Type/FontDescriptor/FontName/Odd/FontFile2 %d 0 R>>" % program)
    maker.font = maker.font.replace(b">>", b"/FontDescriptor %d 0 R>>" % descriptor)


@plant(Seat.HIDDEN, "a text for a picture")
def an_alternative_text(maker: Maker) -> None:
    element = maker.add(b"<</Type/StructElem/S/Figure/K 0/Alt" + string(CANARY) + b">>")
    maker.catalog = b"/StructTreeRoot<</Type/StructTreeRoot/K %d 0 R>>" % element


@plant(Seat.HIDDEN, "a text for screen readers")
def an_actual_text(maker: Maker) -> None:
    element = maker.add(b"<</Type/StructElem/S/Span/K 0/ActualText" + string(CANARY) + b">>")
    maker.catalog = b"/StructTreeRoot<</Type/StructTreeRoot/K %d 0 R>>" % element


@plant(Seat.HIDDEN, "what an abbreviation stands for")
def an_expansion(maker: Maker) -> None:
    element = maker.add(b"<</Type/StructElem/S/Span/K 0/E" + string(CANARY) + b">>")
    maker.catalog = b"/StructTreeRoot<</Type/StructTreeRoot/K %d 0 R>>" % element


@plant(Seat.HIDDEN, "a title in the structure tree")
def a_title_of_an_element(maker: Maker) -> None:
    element = maker.add(b"<</Type/StructElem/S/Sect/K 0/T" + string(CANARY) + b">>")
    maker.catalog = b"/StructTreeRoot<</Type/StructTreeRoot/K %d 0 R>>" % element


@plant(Seat.NAME, "an id in the structure tree")
def an_id_of_an_element(maker: Maker) -> None:
    element = maker.add(b"<</Type/StructElem/S/Note/K 0/ID" + string(CANARY) + b">>")
    maker.catalog = b"/StructTreeRoot<</Type/StructTreeRoot/K %d 0 R>>" % element


@plant(Seat.HIDDEN, "a script")
def a_script(maker: Maker) -> None:
    maker.catalog = b"/OpenAction<</S/JavaScript/JS" + string(f'app.alert("{CANARY}")') + b">>"


@plant(Seat.HIDDEN, "object")
def a_script_in_a_stream(maker: Maker) -> None:
    maker.catalog = b"/OpenAction<</S/JavaScript/JS %d 0 R>>" % maker.stream(b'app.alert("' + _RAW + b'")')


@plant(Seat.HIDDEN, "object")
def private_data(maker: Maker) -> None:
    maker.page = b"/PieceInfo<</Editor<</LastModified(D:2025)/Private<</Draft" + string(CANARY) + b">>>>>>"


@plant(Seat.HIDDEN, "object")
def private_data_in_a_stream(maker: Maker) -> None:
    kept = maker.stream(b"\x01\x02" + CANARY.encode("utf-16-le") + b"\x03\x04")
    maker.page = b"/PieceInfo<</Editor<</Private %d 0 R>>>>" % kept


# --------------------------------------------------------------------------- attachments


def _attached(maker: Maker, name: bytes, data: bytes, more: bytes = b"") -> None:
    file = maker.stream(data, b"/Type/EmbeddedFile")
    spec = maker.add(b"<</Type/Filespec/F%s/UF%s/EF<</F %d 0 R>>%s>>" % (name, name, file, more))
    maker.catalog = b"/Names<</EmbeddedFiles<</Names[(one) %d 0 R]>>>>" % spec


@plant(Seat.NAME, "the name of an attachment")
def the_name_of_an_attachment(maker: Maker) -> None:
    _attached(maker, string(CANARY + ".txt"), b"harmless")


@plant(Seat.HIDDEN, "the description of an attachment")
def the_description_of_an_attachment(maker: Maker) -> None:
    _attached(maker, b"(a.txt)", b"harmless", b"/Desc" + string(CANARY))


@plant(Seat.PAGE, "a.txt: its text")
def an_attachment(maker: Maker) -> None:
    _attached(maker, b"(a.txt)", _RAW)


@plant(Seat.PAGE, "a.pdf: page 1")
def an_attached_pdf(maker: Maker) -> None:
    inner = Maker()
    inner.add_page(_SHOWN)
    _attached(maker, b"(a.pdf)", inner.build())


@plant(Seat.PAGE, "a.zip: in/b.txt: its text")
def an_attached_archive(maker: Maker) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/b.txt", CANARY)
    _attached(maker, b"(a.zip)", out.getvalue())


@plant(Seat.PAGE, "attachment (object 5): its text")
def an_attachment_that_nothing_names(maker: Maker) -> None:
    maker.stream(_RAW, b"/Type/EmbeddedFile")


# --------------------------------------------------------------------------- where nobody looks


@plant(Seat.HIDDEN, "to which nothing leads")
def an_object_that_nothing_leads_to(maker: Maker) -> None:
    maker.add(b"<</Kept" + string(CANARY) + b">>")


@plant(Seat.HIDDEN, "to which nothing leads")
def a_content_stream_that_nothing_leads_to(maker: Maker) -> None:
    maker.stream(_SHOWN)


@plant(Seat.HIDDEN, "to which nothing leads")
def an_object_that_no_table_lists(maker: Maker) -> None:
    maker.before_end = b"99 0 obj\n<</Kept" + string(CANARY) + b">>\nendobj\n"


@plant(Seat.HIDDEN, "to which nothing leads")
def an_object_in_an_object_stream(maker: Maker) -> None:
    body = b"<</Kept" + string(CANARY) + b">>"
    maker.stream(b"98 0 99 5 true " + body, b"/Type/ObjStm/N 2/First 10")


@plant(Seat.HIDDEN, "object 0")
def bytes_before_the_objects_of_a_stream(maker: Maker) -> None:
    maker.stream(b"98 40 " + string(CANARY).ljust(40) + b"true", b"/Type/ObjStm/N 1/First 6")


@plant(Seat.HIDDEN, "between its objects")
def a_comment_between_objects(maker: Maker) -> None:
    maker.before_end = b"% " + _RAW + b"\n"


@plant(Seat.HIDDEN, "between its objects")
def a_comment_behind_the_header(maker: Maker) -> bytes:
    return maker.build().replace(b"%\xe2\xe3\xcf\xd3\n", b"%\xe2\xe3\xcf\xd3\n% " + _RAW + b"\n", 1)


@plant(Seat.HIDDEN, "between its objects")
def words_between_objects(maker: Maker) -> None:
    maker.before_end = _RAW + b"\n"


@plant(Seat.HIDDEN, "beside its content")
def a_comment_in_an_object(maker: Maker) -> None:
    maker.add(b"<</One 1 % " + _RAW + b"\n/Two 2>>")


@plant(Seat.HIDDEN, "between its objects")
def a_comment_before_the_end_of_an_object(maker: Maker) -> None:
    maker.add(b"<</One 1>> % " + _RAW + b"\n")


@plant(Seat.HIDDEN, "between its objects")
def words_between_a_stream_and_its_end(maker: Maker) -> bytes:
    data = zlib.compress(b"0 0 m")
    number = maker.add(
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\n" % (len(data), data) + b"\nendstream\n" + _RAW
    )
    assert number
    return maker.build()


@plant(Seat.HIDDEN, "behind its data")
def bytes_behind_compressed_data(maker: Maker) -> None:
    data = zlib.compress(b"0 0 m") + _RAW
    maker.add(b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(data), data))


@plant(Seat.HIDDEN, "behind its data")
def bytes_behind_compressed_content(maker: Maker) -> None:
    number = maker.add_page(text_of("harmless"))
    data = zlib.compress(text_of("harmless")) + b"  " + _RAW
    maker.objects[number - 1] = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (
        len(data),
        data,
    )


@plant(Seat.PAGE, "behind the end of the file: its text")
def bytes_behind_the_end(maker: Maker) -> None:
    maker.behind = _RAW


@plant(Seat.PAGE, "behind the end of the file: b.txt: its text")
def an_archive_behind_the_end(maker: Maker) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.txt", CANARY)
    maker.behind = out.getvalue()


@plant(Seat.HIDDEN, "page 1 of an earlier state of the file")
def a_page_of_an_earlier_state(maker: Maker) -> bytes:
    number = maker.add_page(_SHOWN)
    return updated(maker.build(), {number - 1: stream(text_of("harmless"))})


@plant(Seat.HIDDEN, "of an earlier state of the file")
def content_of_an_earlier_state(maker: Maker) -> bytes:
    """Of a file whose earlier states cannot be opened any more."""
    number = maker.add_page(_SHOWN)
    return updated(maker.build(), {number - 1: stream(text_of("harmless"))}).replace(b"%%EOF", b"%% EOF", 1)


@plant(Seat.HIDDEN, "page 2 of an earlier state of the file")
def a_page_that_was_taken_out(maker: Maker) -> bytes:
    first = maker.add_page(text_of("harmless"))
    maker.add_page(_SHOWN)
    return updated(maker.build(), {2: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % first})


@plant(Seat.HIDDEN, "of an earlier state of the file")
def properties_of_an_earlier_state(maker: Maker) -> bytes:
    maker.info = b"/Title" + string(CANARY)
    return updated(maker.build(), {4: b"<</Title(harmless)>>"})


@plant(Seat.PAGE, "a.txt: its text")
def an_attachment_of_an_earlier_state(maker: Maker) -> bytes:
    _attached(maker, b"(a.txt)", _RAW)
    return updated(maker.build(), {1: b"<</Type/Catalog/Pages 2 0 R>>"})


@plant(Seat.HIDDEN, "to which nothing leads")
def an_object_within_a_stream(maker: Maker) -> bytes:
    """Only the table of objects leads into the stream."""
    inner = b"98 0 obj\n" + stream(_SHOWN) + b"\nendobj"
    maker.stream(inner, packed=False)
    content = maker.build()
    place = content.index(b"98 0 obj")
    start = len(content)
    return content + table(start, {98: place}, b"/Root 1 0 R/Info 4 0 R/Prev %d" % content.rindex(b"xref\n0"))


@plant(Seat.METADATA, "EXIF")
def the_metadata_inside_a_jpeg(maker: Maker) -> None:
    segment = b"Exif\0\0" + _RAW
    data = b"\xff\xd8\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + b"\xff\xd9"
    image = maker.add(
        stream(
            data,
            b"/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode",
            packed=False,
        )
    )
    maker.resources = b"/XObject<</Im %d 0 R>>" % image


@pytest.mark.parametrize("name", PLANTS)
def test_it_is_found(name: str) -> None:
    seat, place, make = PLANTS[name]
    seen = read_back(make(), "pack.pdf")
    assert_found(seen, seat, place)


def test_nothing_is_found_where_nothing_is_planted() -> None:
    seen = read_back(Maker().build(), "pack.pdf")
    assert list(places_of(CANARY, seen)) == []
    assert list(all_opaque(seen)) == []


@pytest.mark.parametrize("name", PLANTS)
def test_what_is_read_whole_is_not_said_to_be_opaque(name: str) -> None:
    assert list(all_opaque(read_back(PLANTS[name][2](), "pack.pdf"))) == []


def test_pdfium_reads_a_file_and_one_that_is_attached_to_it_by_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two threads in pdfium at once end the process, though seldom; so each is made to stay in it for long.
    inside: list[int] = []
    most: list[int] = []

    def slow(call: Callable[..., object]) -> Callable[..., object]:
        def made(*arguments: object, **keys: object) -> object:
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            try:
                return call(*arguments, **keys)
            finally:
                inside.pop()

        return made

    for name in ("FPDF_LoadPage", "FPDFText_LoadPage", "FPDFText_ClosePage", "FPDF_ClosePage"):
        monkeypatch.setattr(read_pdf_pages.raw, name, slow(getattr(read_pdf_pages.raw, name)))
    monkeypatch.setattr(read_pdf_pages.pypdfium2, "PdfDocument", slow(read_pdf_pages.pypdfium2.PdfDocument))
    inner, outer = Maker(), Maker()
    for _ in range(5):
        inner.add_page(_SHOWN)
        outer.add_page(text_of("An ordinary page"))
    _attached(outer, b"(a.pdf)", inner.build())

    seen = read_back(outer.build(), "pack.pdf")

    assert_found(seen, Seat.PAGE, "a.pdf: page 1")
    assert len(most) == 2 + 2 * 4 * 5
    assert set(most) == {1}


def test_a_fault_while_pdfium_reads_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    told: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda fault: told.append(fault.exc_type))
    monkeypatch.setattr(read_pdf_pages, "readings_of_page", broken)
    maker = Maker()
    maker.add_page(text_of("An ordinary page"))
    seen = read_back(maker.build(), "pack.pdf")
    assert any("not read to their end by pdfium" in line for line in all_opaque(seen))
    assert told == [MemoryError]


def test_pages_that_nobody_wants_any_more_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    is_left, read = threading.Event(), list[int]()

    def slow(_document: object, index: int) -> tuple[str]:
        read.append(index)
        assert is_left.wait(300)
        return ("",)

    class Queue(SimpleQueue[int | None]):
        def put(self, item: int | None, block: bool = True, timeout: float | None = None) -> None:
            super().put(item, block, timeout)
            if item is None:
                is_left.set()

    monkeypatch.setattr(read_pdf_pages, "readings_of_page", slow)
    monkeypatch.setattr(read_pdf_pages, "SimpleQueue", Queue)
    maker = Maker()
    for _ in range(9):
        maker.add_page(_SHOWN)

    def break_off() -> None:
        with Beside(maker.build()) as beside:
            for index in range(9):
                beside.give(index)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert len(read) <= 1


LEAVING = """
    import atexit, threading, time
    atexit.register(print, "pdfium is taken apart")  # by pypdfium2, which is loaded before
    from briefpack.audit import read_pdf_pages
    entered = threading.Event()
    def read():
        with read_pdf_pages._ALONE:
            entered.set()
            time.sleep(0.5)
            print("the page is read", flush=True)
    threading.Thread(target=read, daemon=True).start()
    entered.wait()
"""


def test_pdfium_is_not_taken_apart_while_a_thread_is_in_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LEAVING)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert ran.stdout.splitlines() == ["the page is read", "pdfium is taken apart"]


# --------------------------------------------------------------------------- our own files, just written


@pytest.mark.parametrize("name", PLANTS)
def test_it_is_found_in_a_file_of_ours_as_well(name: str) -> None:
    seen = read_back(PLANTS[name][2](), "pack.pdf", ours=True)
    assert list(places_of(CANARY, seen))


def _given(monkeypatch: pytest.MonkeyPatch, content: bytes, *, ours: bool) -> list[int]:
    """The pages that pdfium reads."""
    given: list[int] = []
    give = Beside.give

    def noted(self: Beside, index: int) -> None:
        given.append(index)
        give(self, index)

    monkeypatch.setattr(Beside, "give", noted)
    read_back(content, "pack.pdf", ours=ours)
    return given


def test_of_our_own_pages_some_are_read_twice_and_all_that_are_unusual(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    maker = Maker()
    form = maker.add(stream(_SHOWN, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"))
    resources = b"/XObject<</Fm %d 0 R>>" % form
    for number in range(20):
        drawn = b" /Fm Do" if number == 11 else b""
        maker.add_page(text_of("An ordinary page") + drawn, resources=resources)
    content = maker.build()

    assert _given(monkeypatch, content, ours=False) == list(range(20))
    assert _given(monkeypatch, content, ours=True) == [0, 8, 11, 16]


def test_a_file_within_ours_may_come_from_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    inner, outer = Maker(), io.BytesIO()
    for _ in range(5):
        inner.add_page(text_of("An ordinary page"))
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner.pdf", inner.build())

    assert _given(monkeypatch, outer.getvalue(), ours=True) == list(range(5))


# --------------------------------------------------------------------------- characters without letters


_REPRINTED = b"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Sans>>"
"""As Ghostscript writes it again: the letters of codes below 32 are lost, those of ASCII are not."""
_PROSE = "The delegation arrives at the northern harbour before nine and leaves the city in the evening"


def _opaque(*lines: str) -> list[str]:
    maker = Maker(font=_REPRINTED)
    shown = b"\n".join(text_of(line, (72, 700 - 14 * number)) for number, line in enumerate(lines))
    maker.add_page(shown)
    return list(all_opaque(read_back(maker.build(), "pack.pdf")))


@pytest.mark.parametrize(
    "lines",
    [
        ("MINISTRY OF AFFAIRS \1 OFFICE", _PROSE),
        ("\2 (P) The first", _PROSE, "\2 (P) The second", _PROSE),
        ("09:00\x0310:00 Arrival", _PROSE, "10:00\x0312:00 Talks", _PROSE),
        (f"The desk\3s brief. {_PROSE}.", f"The office\3s brief. {_PROSE}."),
    ],
    ids=["a dot", "bullets", "dashes", "apostrophes"],
)
def test_single_marks_that_lost_their_letters_hide_nothing(lines: tuple[str, ...]) -> None:
    assert _opaque(*lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        (_PROSE, _PROSE, "\1\2\3\4\5"),
        (_PROSE, _PROSE, "\1 \2 \3"),
        (_PROSE, _PROSE, "\1", "\2", "\3"),
        tuple(line.replace("e", "\1") for line in (_PROSE, _PROSE)),
        (_PROSE, _PROSE, "Zam\1ra m\1ves"),
        tuple(line.replace("a", "\1") for line in (_PROSE, _PROSE)),
    ],
    ids=["a word", "spelled", "a column", "every e", "two words", "every a"],
)
def test_words_that_lost_their_letters_are_told_of(lines: tuple[str, ...]) -> None:
    assert any("no letters" in line for line in _opaque(*lines))
