"""Makes annexes each of which has one thing in it that stands in the way of PDF/A or PDF/UA, and a pack that gives each to an
audience of its own."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.packs.torture_maker import paper

NAME = "stubborn"
Change: TypeAlias = Callable[[Pdf], None]

PACK = """\
title: Stubborn annexes
as_of: 2025-05-01
sections: [one.yaml]
annexes:
{annexes}
audiences:
{audiences}
"""


def write_stubborn(root: Path) -> Path:
    """Write the project into root and give the folder of its pack."""
    pack = root / "sources" / NAME
    (pack / "annexes").mkdir(parents=True)
    bases = {True: paper("A stubborn annex", tags=True), False: paper("A stubborn annex", tags=False)}
    entries, audiences = [], []
    for name, (tagged, change) in ANNEXES.items():
        with pikepdf.open(io.BytesIO(bases[tagged])) as pdf:
            change(pdf)
            pdf.save(pack / "annexes" / f"{name}.pdf", deterministic_id=True)
        entries.append(
            f"  - {{file: annexes/{name}.pdf, title: {json.dumps(name)}, overlap: accept, audiences: [{name}]}}"
        )
        audiences.append(f"  {name}: {{formats: [pdf]}}")
    (pack / "one.yaml").write_text("title: One\ntext: A few words.\n", encoding="utf-8")
    text = PACK.format(annexes="\n".join(entries), audiences="\n".join(audiences))
    (pack / "pack.yaml").write_text(text, encoding="utf-8")
    return pack


# --------------------------------------------------------------------------- pieces


def _page(pdf: Pdf) -> Any:
    return pdf.pages[0].obj


def _paint(operators: bytes, **resources: object) -> Change:
    """More content, an artifact where the page is tagged. resources: by their kind."""

    def change(pdf: Pdf) -> None:
        page = _page(pdf)
        for kind, own in resources.items():
            if f"/{kind}" not in page.Resources:
                page.Resources[f"/{kind}"] = Dictionary()
            for name, value in own(pdf).items():  # type: ignore[operator]  # a maker of the resources
                page.Resources[f"/{kind}"][f"/{name}"] = value
        # The page's own content may leave its coordinates turned over.
        pdf.pages[0].contents_add(b"q ", prepend=True)
        pdf.pages[0].contents_add(b" Q /Artifact BMC q " + operators + b" Q EMC")

    return change


def _image(colours: Any, samples: bytes, **entries: object) -> Change:
    def made(pdf: Pdf) -> dict[str, Any]:
        image = Stream(pdf, zlib.compress(samples))
        image.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8, ColorSpace=colours,
            Filter=Name.FlateDecode, **entries,
        )  # fmt: skip
        return {"Im9": pdf.make_indirect(image)}

    return _paint(b"40 0 0 40 60 60 cm /Im9 Do", XObject=made)


def _state(**entries: object) -> Change:
    return _paint(
        b"/GS9 gs 0.5 g 60 60 40 40 re f",
        ExtGState=lambda _: {"GS9": Dictionary(Type=Name.ExtGState, **entries)},
    )


def _text(font: Callable[[Pdf], Any], shown: bytes = b"(Words)") -> Change:
    return _paint(b"BT /F9 12 Tf 60 60 Td " + shown + b" Tj ET", Font=lambda pdf: {"F9": font(pdf)})


def _helvetica(_: Pdf) -> Any:
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )


def _type_3(pdf: Pdf) -> Any:
    square = pdf.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 750, 750]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(W=square),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([87, Name.W])),
        FirstChar=87, LastChar=87, Widths=Array([1000]), Resources=Dictionary(),
    )  # fmt: skip


def _every_font(pdf: Pdf) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/Type") == Name.Font]


def _without_unicode(pdf: Pdf) -> None:
    for font in _every_font(pdf):
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


def _without_programs(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            for name in [name for name in item if name.startswith("/FontFile")]:
                del item[name]


def _wrong_widths(pdf: Pdf) -> None:
    for font in _every_font(pdf):
        if "/W" in font:
            del font["/W"]
            font.DW = 333


def _cut_cid_set(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            item.CIDSet = pdf.make_stream(b"\x80")


def _elements(pdf: Pdf, kind: str) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == f"/{kind}"]


def _kind(old: str, new: str) -> Change:
    def change(pdf: Pdf) -> None:
        for element in _elements(pdf, old):
            element.S = Name(f"/{new}")

    return change


def _entry(kind: str, name: str) -> Change:
    """Take an entry from every element of a kind."""

    def change(pdf: Pdf) -> None:
        for element in _elements(pdf, kind):
            if name in element:
                del element[name]

    return change


def _dead_parents(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array([]))


def _swapped_parents(pdf: Pdf) -> None:
    one, other = (page.obj for page in pdf.pages)
    one.StructParents, other.StructParents = other.StructParents, one.StructParents


def _no_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]


def _marks_in_marks(pdf: Pdf) -> None:
    """An artifact inside tagged content."""
    page = pdf.pages[0]
    content = b"".join(part.read_bytes() for part in _contents(page.obj))
    content, count = re.subn(
        rb"(/MCID 3\b[^>]*>>\s*BDC)", rb"\1 /Artifact BMC 0 0 1 1 re f EMC", content, count=1
    )
    assert count
    page.obj.Contents = pdf.make_stream(content)


def _contents(page: Any) -> list[Any]:
    return list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]


def _links(change_link: Callable[[Any], None]) -> Change:
    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            for link in page.obj.get("/Annots", []):
                change_link(link)

    return change


def _mute(link: Any) -> None:
    if "/Contents" in link:
        del link["/Contents"]


def _invisible(link: Any) -> None:
    link.F = 2


def _field(pdf: Pdf) -> None:
    """A form with a field that shows words in a font that is not embedded."""
    look = Stream(pdf, b"/Tx BMC q BT /Helv 10 Tf 2 5 Td (filled in) Tj ET Q EMC")
    look.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 20]),
        Resources=Dictionary(Font=Dictionary(Helv=_helvetica(pdf))),
    )  # fmt: skip
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("filled in"), F=4,
            Rect=Array([60, 60, 160, 80]), DA=String("/Helv 10 Tf 0 g"), AP=Dictionary(N=pdf.make_indirect(look)),
        )
    )  # fmt: skip
    page = _page(pdf)
    page.Annots = Array([*page.get("/Annots", []), widget])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([widget]), DR=Dictionary(Font=Dictionary(Helv=_helvetica(pdf)))
    )


def _layer(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    _paint(b"/OC /L9 BDC 0 g 60 60 40 40 re f EMC", Properties=lambda _: {"L9": group})(pdf)


def _group(pdf: Pdf) -> None:
    _page(pdf).Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)


def _metadata(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            item.Metadata = pdf.make_stream(b"no XMP", Type=Name.Metadata, Subtype=Name.XML)


def _as_it_is(_: Pdf) -> None:
    """Nothing stands in the way."""


_INKS = Array([Name.Separation, Name.Spot, Name.DeviceCMYK, Dictionary(
    FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 1, 0]), N=1,
)])  # fmt: skip

ANNEXES: dict[str, tuple[bool, Change]] = {
    "tagged": (True, _as_it_is),
    "untagged": (False, _as_it_is),
    # Fonts
    "foreign-font": (False, _text(_helvetica)),
    "foreign-font-tagged": (True, _text(_helvetica)),
    "drawn-font": (False, _text(_type_3, b"(W)")),
    "unread-code": (False, _text(_type_3, b"(X)")),
    "no-unicode": (False, _without_unicode),
    "no-unicode-tagged": (True, _without_unicode),
    "no-programs": (True, _without_programs),
    "wrong-widths": (False, _wrong_widths),
    "cut-set": (False, _cut_cid_set),
    # Colours, pictures, states
    "inks": (False, _paint(b"0 1 1 0 k 60 60 40 40 re f")),
    "spot": (False, _paint(b"/C9 cs 1 scn 60 60 40 40 re f", ColorSpace=lambda _: {"C9": _INKS})),
    "grey": (False, _paint(b"0.5 g 60 60 40 40 re f")),
    "ink-picture": (False, _image(Name.DeviceCMYK, bytes(16))),
    "smooth-picture": (False, _image(Name.DeviceRGB, bytes(12), Interpolate=True)),
    "intent-picture": (False, _image(Name.DeviceRGB, bytes(12), Intent=Name("/Unheard"))),
    "see-through": (False, _state(ca=0.5)),
    "unheard-mode": (False, _state(BM=Name("/Unheard"))),
    "transfer": (False, _state(TR=Name.Identity)),
    "halftone": (False, _state(HTP=Array([0, 0]))),
    "ink-group": (False, _group),
    # Content
    "unheard-operator": (False, _paint(b"foo 0 g 60 60 40 40 re f")),
    "excused-operator": (False, _paint(b"BX foo EX 0 g 60 60 40 40 re f")),
    "unheard-intent": (False, _paint(b"/Unheard ri 0 g 60 60 40 40 re f")),
    "deep": (False, _paint(b"q " * 40 + b"0 g 60 60 40 40 re f " + b"Q " * 40)),
    "inline": (
        False,
        _paint(b"40 0 0 40 60 60 cm BI /W 1 /H 1 /CS /RGB /BPC 8 /I true ID \x00\x00\x00 EI"),
    ),
    "layer": (False, _layer),
    "metadata": (False, _metadata),
    # Tags
    "no-alt": (True, _entry("Figure", "/Alt")),
    "no-scope": (True, _entry("TH", "/A")),
    "skipped-level": (True, _kind("H2", "H4")),
    "late-heading": (True, _kind("H1", "H3")),
    "own-kinds": (True, _kind("P", "Absatz")),
    "odd-list": (True, _kind("LBody", "P")),
    "dead-parents": (True, _dead_parents),
    "swapped-parents": (True, _swapped_parents),
    "no-language": (True, _no_language),
    "marks-in-marks": (True, _marks_in_marks),
    # Annotations
    "mute-links": (True, _links(_mute)),
    "mute-links-untagged": (False, _links(_mute)),
    "hidden-links": (True, _links(_invisible)),
    "form": (False, _field),
    "form-tagged": (True, _field),
}  # fmt: skip
"""By name: whether the annex is tagged, and what is done to it."""
