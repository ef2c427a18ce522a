"""The streams of a PDF → what each of them says, by what it is: content, metadata, attachments, fonts, pictures, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from briefpack.audit.gathering import Gathering, TooMuchError
from briefpack.audit.read_font import names_in_font
from briefpack.audit.read_pdf_content import ContentReader, streams_of
from briefpack.audit.read_pdf_filters import Unpacked
from briefpack.audit.read_pdf_objects import Item, PdfFile
from briefpack.audit.read_pdf_operators import Content, shows_text
from briefpack.audit.read_pdf_pictures import inline_picture, picture_of
from briefpack.audit.read_pdf_resources import fonts_by_name
from briefpack.audit.read_pdf_syntax import Dict, Name, Value
from briefpack.audit.read_pdf_tree import Spot, Tree
from briefpack.audit.read_pdf_words import Words, text_string
from briefpack.audit.read_picture import picture_metadata
from briefpack.audit.read_strings import strings_in
from briefpack.audit.read_xml import BadXmlError, read_xml
from briefpack.audit.seen import FONT_NAMES, Seat

_FILE_STARTS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"{\\rtf")
_MARKS = {
    "ActualText": "a text for screen readers (actual text)",
    "Alt": "a text for a picture (alternative text)",
    "E": "what an abbreviation stands for (expansion text)",
}


class Streams:
    """Reads the streams of a file. content: reads what its pages show, and has read it before."""

    def __init__(self, file: PdfFile, tree: Tree, content: ContentReader, found: Gathering) -> None:
        self._file = file
        self._tree = tree
        self._content = content
        self._found = found
        self._of_pages = {id(item) for page in tree.pages for item in streams_of(file, page.entries)}
        self._attached = dict(_attachments(file))
        self._words = Words(file, found)

    def read_all(self) -> None:
        """Every object of the file: its words, and its data where it has some."""
        for _, trailer in self._file.trailers:
            self._words.trailer(trailer)
        for item in self._file.items:
            kind = None if item.raw is None else item.entries.get("Type")
            if kind == "XRef":
                continue
            spot = Spot(item.number) if kind == "ObjStm" else self._tree.spot(item)
            self._words.read(item, spot)
            if item.raw is not None:
                try:
                    self._stream(item, spot)
                except TooMuchError as error:
                    self._found.cannot(f"object {item.number}", str(error))
        self._words.close()

    def _stream(self, item: Item, spot: Spot) -> None:
        place = _place(spot)
        if "FFilter" in item.entries or ("F" in item.entries and not isinstance(item.entries["F"], Name)):
            self._found.cannot(place, "has its data in a file of its own (ISO 32000-2, 7.3.8.2)")
        if _is_image(item.entries):
            self._image(item, spot)
            return
        done = self._file.unpacked(item, self._found.allowance)
        if done.fault:
            self._found.cannot(place, done.fault)
        self._behind(place, done)
        if id(item) in self._of_pages or item.entries.get("Type") == "ObjStm":
            return
        if done.left:
            self._data(done.data, item, spot, place)
        elif id(item) in self._attached or item.entries.get("Type") == "EmbeddedFile":
            self._found.embed(done.data, self._attached.get(id(item), f"attachment (object {item.number})"))
        elif item.entries.get("Subtype") == "Form" or item.entries.get("PatternType") == 1:
            self._form(item, spot)
        else:
            self._data(done.data, item, spot, place)

    def _behind(self, place: str, done: Unpacked) -> None:
        if done.behind:
            self._found.say_all(Seat.HIDDEN, f"{place}, behind its data", strings_in(done.behind))

    # ----------------------------------------------------------------- pictures

    def _image(self, item: Item, spot: Spot) -> None:
        place = "a picture"
        if spot.apart:
            place = f"a picture (object {spot.number}) {spot.apart}"
        elif spot.page is not None:
            place = f"page {spot.page}, a picture"
        picture, packed = picture_of(item, self._file, self._found.allowance, place)
        self._found.pictures.append(picture)
        if packed is not None:
            picture_metadata(packed, self._found, place)

    # ----------------------------------------------------------------- content

    def _form(self, item: Item, spot: Spot) -> None:
        """A form, a pattern, or the look of an annotation; what pages draw has been read with them."""
        drawn = self._content.was_drawn(item)
        said = self._content.form(item, {})
        if drawn and not spot.apart:
            return
        if spot.apart:
            place = _place(spot)
        elif spot.page is None:
            place = f"{_place(spot)}, which no page shows"
        else:
            place = f"page {spot.page}, the look of a comment, a form field or a pattern"
        say_content(said, place, self._found, spot.page)

    def _data(self, data: bytes, item: Item, spot: Spot, place: str) -> None:
        """What no key tells the kind of, told by its content."""
        entries, found = item.entries, self._found
        if (
            entries.get("Type") == "Metadata"
            or entries.get("Subtype") == "XML"
            or b"<x:xmpmeta" in data[:4096]
        ):
            self._metadata(data, spot)
        elif data.startswith(_FILE_STARTS):
            found.embed(data, f"a file ({place})")
        elif b"begincmap" in data:
            found.say_all(Seat.HIDDEN, f"{place}, comments", _comments(data))
        elif _is_font(entries, data):
            found.say_all(Seat.NAME, FONT_NAMES, names_in_font(data))
        elif "FunctionType" in entries or "ShadingType" in entries:
            if entries.get("FunctionType") == 4:
                found.say_all(Seat.HIDDEN, f"{place}, comments", _comments(data))
        elif shows_text(data):
            for said in self._readings(data, entries):
                say_content(said, place, found, None)
        else:
            found.say_all(Seat.HIDDEN, place, strings_in(data))

    def _readings(self, data: bytes, entries: Dict) -> Iterator[Content]:
        """A content stream as each of the fonts would have it that some resources have under the names that it uses."""
        own = self._file.dictionary(entries.get("Resources"))
        if own:
            yield self._content.read(data, own)
            return
        seen = set()
        most = max(map(len, self._fonts.values()), default=1)
        for way in range(most):
            fonts: Dict = {name: ways[min(way, len(ways) - 1)] for name, ways in self._fonts.items()}
            resources: dict[str, Value] = {"Font": fonts}
            said = self._content.read(data, resources)
            if said.text not in seen:
                seen.add(said.text)
                yield said

    @cached_property
    def _fonts(self) -> dict[str, list[Value]]:
        return fonts_by_name(self._file)

    # ----------------------------------------------------------------- metadata

    def _metadata(self, data: bytes, spot: Spot) -> None:
        where = "the metadata (XMP)"
        if spot.apart:
            where = f"the metadata (XMP), {_place(spot)}"
        elif spot.page is not None:
            where = f"page {spot.page}, the metadata of it or of something on it (XMP)"
        say_xmp(data, where, self._found)


def say_xmp(data: bytes, where: str, found: Gathering) -> None:
    """An XMP packet (ISO 16684-1): every property, and what no reader of properties sees."""
    try:
        seen = read_xml(data.strip(b"\0"))
    except BadXmlError:
        # Its end may be missing; what it says is there all the same.
        found.say_all(Seat.METADATA, where, strings_in(data))
        return
    for name, text in (*seen.texts, *seen.values):
        found.say(Seat.METADATA, f"{where}, {name}", text)
    found.say_all(
        Seat.METADATA,
        f"{where}, comments in it",
        (one for one in seen.aside if "W5M0MpCehiHzreSzNTczkc9d" not in one),
    )


def say_content(said: Content, place: str, found: Gathering, page: int | None) -> None:
    """What a stream shows that is no page's own content."""
    found.say(Seat.HIDDEN, place, said.text, page)
    found.say(Seat.HIDDEN, f"{place}, by the encoding of its fonts", said.other, page)
    say_marks(said, place, found, page)


def say_marks(said: Content, place: str, found: Gathering, page: int | None) -> None:
    """What stands in a stream beside the text that it shows."""
    for key, raw in said.marks:
        if key not in {"Lang", "MCID"}:
            found.say(
                Seat.HIDDEN, f"{place}, {_MARKS.get(key, f'marked content ({key})')}", text_string(raw), page
            )
    for raw in said.aside:
        found.say(Seat.HIDDEN, f"{place}, a comment in its content", raw.decode("utf-8", "replace"), page)
    for number, (entries, data) in enumerate(said.images, 1):
        where = f"{place}, picture {number} in its content"
        try:
            found.pictures.append(inline_picture(entries, data, found.allowance, where))
        except TooMuchError as error:
            found.cannot(where, str(error))


def _attachments(file: PdfFile) -> Iterator[tuple[int, str]]:
    """Streams of embedded files and their names (7.11.4). Those of other numbers, too: older ones."""
    for item in file.items:
        if item.plain() is not None:
            continue
        entries = item.entries
        name = entries.get("UF", entries.get("F"))
        for value in file.dictionary(entries.get("EF")).values():
            one = file.item(value)
            if one is not None:
                yield (
                    id(one),
                    text_string(name) if isinstance(name, bytes) else f"attachment (object {one.number})",
                )


def _is_image(entries: Dict) -> bool:
    return entries.get("Subtype") == "Image" or ("Width" in entries and "Height" in entries)


def _is_font(entries: Dict, data: bytes) -> bool:
    if "Length1" in entries or entries.get("Subtype") in {"Type1C", "CIDFontType0C", "OpenType"}:
        return True
    return data.startswith((b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"%!PS-AdobeFont", b"%!FontType1"))


def _comments(data: bytes) -> Iterator[str]:
    for line in data.split(b"\n"):
        _, mark, comment = line.partition(b"%")
        if mark and not comment.startswith((b"!PS-Adobe-3.0 Resource", b"%")):
            yield comment.decode("utf-8", "replace")


def _place(spot: Spot) -> str:
    return f"object {spot.number}" + (f", {spot.apart}" if spot.apart else "")
