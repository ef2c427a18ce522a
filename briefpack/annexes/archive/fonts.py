"""What stands against a font that is used in a clean file (ISO 19005-2, 6.2.11; ISO 14289-1, 7.21 says the same).

Only glyphs that are shown are looked at. What cannot be made sure of counts as a fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object

from briefpack.annexes.archive.composite_fonts import CompositeFont
from briefpack.annexes.archive.content import FontUse
from briefpack.annexes.archive.faults import Fact, archive, both
from briefpack.annexes.archive.shown_fonts import name_faults
from briefpack.annexes.archive.simple_fonts import DrawnFont, SimpleFont, SimpleTrueType, SimpleType1

_STANDARD = frozenset(
    [
        *("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
        *("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
        *("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", "Symbol", "ZapfDingbats"),
    ]
)
"""The fonts whose widths every reader knows (ISO 32000-1, 9.6.2.2)."""


def font_faults(use: FontUse) -> list[Fact]:
    """Everything that stands against a font; [] when it can be borne with."""
    name = shown_name(use.font)
    if not use.pages and not use.hidden:
        return []
    try:
        return list(dict.fromkeys(_faults(use, name)))
    except Exception:  # noqa: BLE001 - any wrong byte in a font program can make its reader fail in any way
        return [both(f"the font {name} cannot be read")]


def is_embedded(font: Object) -> bool:
    """Whether a font brings its letters with it."""
    if font.get("/Subtype") == Name.Type3:
        return True
    below = font.get("/DescendantFonts")
    own = below[0] if isinstance(below, Array) and len(below) else font
    descriptor = own.get("/FontDescriptor") if isinstance(own, Dictionary) else None
    keys = ("/FontFile", "/FontFile2", "/FontFile3")
    return isinstance(descriptor, Dictionary) and any(key in descriptor for key in keys)


def shown_name(font: Object) -> str:
    """The name of a font, without the letters that mark it as cut down."""
    base = font.get("/BaseFont", font.get("/Name"))
    name = str(base)[1:] if isinstance(base, Name) else "without a name"
    return name[7:] if name[6:7] == "+" else name


def _faults(use: FontUse, name: str) -> Iterator[Fact]:
    kind = str(use.font.get("/Subtype", ""))
    if not use.pages:
        yield from _form_faults(use, name, kind)
        return
    if use.font.get("/Type") != Name.Font:
        yield archive(f"the font {name} is not marked as one")
    if kind != "/Type3":
        yield from name_faults(use.font)
    match kind:
        case "/Type0":
            yield from CompositeFont(use, name).faults()
        case "/TrueType":
            yield from SimpleTrueType(use, name).faults()
        case "/Type1" | "/MMType1":
            yield from SimpleType1(use, name).faults()
        case "/Type3":
            yield from DrawnFont(use, name).faults()
        case _:
            yield both(f"the font {name} is of an unknown kind")


def _form_faults(use: FontUse, name: str, kind: str) -> Iterator[Fact]:
    """What PDF/A asks even of fonts whose letters nobody sees: that the dictionary is what it says."""
    if use.font.get("/Type") != Name.Font:
        yield archive(f"the font {name} is not marked as one")
    if kind not in {"/Type0", "/TrueType", "/Type1", "/MMType1", "/Type3"}:
        yield archive(f"the font {name} is of an unknown kind")
    if kind != "/Type3":
        yield from name_faults(use.font)
    below = use.font.get("/DescendantFonts")
    if kind == "/Type0" and isinstance(below, Array):
        for font in below:
            yield from name_faults(font)
            known = font.get("/Subtype") in {Name.CIDFontType0, Name.CIDFontType2}
            if font.get("/Type") != Name.Font or not known:
                yield archive(f"the font {name} is not marked as one")
    if kind in {"/TrueType", "/Type1", "/MMType1"} and name not in _STANDARD:
        yield from SimpleFont(use, name).range_faults()
