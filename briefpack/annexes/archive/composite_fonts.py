"""What stands against a font whose letters go by number, in codes of two bytes (ISO 32000-1, 9.7)."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Stream

from briefpack.annexes.archive.faults import Fact, archive, both
from briefpack.annexes.archive.programs import ByNumber, Compact, TrueType
from briefpack.annexes.archive.shown_fonts import ShownFont, name_faults
from briefpack.annexes.values import items_of

_COMPACT = frozenset({"/CIDFontType0C", "/OpenType"})
_IDENTITY = frozenset({"/Identity-H", "/Identity-V"})


class CompositeFont(ShownFont):
    """A Type 0 font: codes of two bytes, letters by number."""

    def faults(self) -> Iterator[Fact]:
        below = self.font.get("/DescendantFonts")
        font = below[0] if isinstance(below, Array) and len(below) == 1 else None
        descriptor = font.get("/FontDescriptor") if isinstance(font, Dictionary) else None
        if not isinstance(font, Dictionary) or not isinstance(descriptor, Dictionary):
            yield self.not_embedded()
            return
        streams = [descriptor.get(key) for key in ("/FontFile2", "/FontFile3")]
        stream = next((item for item in streams if isinstance(item, Stream)), None)
        if stream is None:
            yield self.not_embedded()
            return
        if str(self.font.get("/Encoding")) not in _IDENTITY:
            yield both(f"the font {self.name} has codes that are not looked into")
            return
        yield from self._glyph_faults(font, stream)
        yield from self.meaning_faults({})

    def _glyph_faults(self, font: Dictionary, stream: Stream) -> Iterator[Fact]:
        data = stream.read_bytes()
        yield from name_faults(font)
        if font.get("/Type") != Name.Font:
            yield archive(f"the font {self.name} is not marked as one")
        program: ByNumber
        if font.get("/Subtype") == Name.CIDFontType2:
            program = TrueType(data)
            table = font.get("/CIDToGIDMap")
            if not isinstance(table, Stream) and table != Name.Identity:
                yield both(f"the font {self.name} does not say plainly which letters its codes are")
        elif font.get("/Subtype") == Name.CIDFontType0 and str(stream.get("/Subtype")) in _COMPACT:
            program = Compact(data)
        else:
            yield both(f"the font {self.name} is of an unknown kind")
            return
        numbers = self._numbers(font)
        widths = _cid_widths(font.get("/W"))
        normal = font.get("/DW", 1000)
        glyphs = ((code, numbers(code)) for code in self.codes)
        yield from self.width_faults(
            (program.width_of(glyph) if glyph else None, widths.get(code, normal)) for code, glyph in glyphs
        )
        if None in widths.values():
            yield self.wrong_widths()
        if isinstance(program, Compact) and program.has_fractions:
            yield self.fractions()

    @staticmethod
    def _numbers(font: Dictionary) -> _Numbers:
        table = font.get("/CIDToGIDMap")
        return _Numbers(table.read_bytes() if isinstance(table, Stream) else None)


class _Numbers:
    """CID → number of the glyph. table: two bytes each; None when they are the same."""

    def __init__(self, table: bytes | None) -> None:
        self._table = table

    def __call__(self, cid: int) -> int:
        if self._table is None:
            return cid
        return int.from_bytes(self._table[2 * cid : 2 * cid + 2], "big")


def _cid_widths(held: object) -> dict[int, object]:
    """As the array W says them (ISO 32000-1, 9.7.4.3); None where it says two things, or nothing that can be made sense of."""
    found: dict[int, object] = {}
    items = items_of(held)
    at = 0
    while at < len(items):
        first, second = items[at], items[at + 1] if at + 1 < len(items) else None
        widths: list[object] = [None]
        if isinstance(second, Array):
            widths = list(second)
            at += 2
        elif isinstance(first, int) and isinstance(second, int) and 0 <= second - first <= 65_535:
            widths = [items[at + 2] if at + 2 < len(items) else None] * (second - first + 1)
            at += 3
        else:
            at = len(items)
        for code, width in enumerate(widths, first if isinstance(first, int) else 0):
            found[code] = width if found.get(code, width) == width else None
    return found
