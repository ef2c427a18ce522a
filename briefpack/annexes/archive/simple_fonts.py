"""What stands against a font with codes of one byte, whose letters are told by name or by table (ISO 32000-1, 9.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from briefpack.annexes.archive.content import FontUse
from briefpack.annexes.archive.faults import Fact, both
from briefpack.annexes.archive.programs import (
    NOTDEF,
    ByName,
    Compact,
    TrueType,
    Type1,
    letter,
    mac_encoding,
    standard_encoding,
    windows_encoding,
)
from briefpack.annexes.archive.shown_fonts import TOLERANCE, ShownFont
from briefpack.annexes.values import items_of

_SYMBOLIC = 4
_ENCODINGS = {
    "/WinAnsiEncoding": windows_encoding,
    "/MacRomanEncoding": mac_encoding,
    "/StandardEncoding": standard_encoding,
}


class SimpleFont(ShownFont):
    """A font with codes of one byte."""

    def __init__(self, use: FontUse, name: str) -> None:
        super().__init__(use, name)
        descriptor = self.font.get("/FontDescriptor")
        self.descriptor: Dictionary = descriptor if isinstance(descriptor, Dictionary) else Dictionary()
        flags: object = self.descriptor.get("/Flags", 0)
        self.is_symbolic = isinstance(flags, int) and bool(flags & _SYMBOLIC)
        self.encoding = self.font.get("/Encoding")
        # pikepdf gives numbers as Python's own, which its types do not say.
        first: object = self.font.get("/FirstChar")
        widths = self.font.get("/Widths")
        self.widths: dict[int, float] = {}
        if isinstance(first, int) and isinstance(widths, Array):
            self.widths = {
                first + index: float(width)
                for index, width in enumerate(items_of(widths))
                if isinstance(width, (int, Decimal))
            }
        last: object = self.font.get("/LastChar")
        self.has_range = (
            isinstance(first, int) and isinstance(last, int) and len(self.widths) == last - first + 1
        )

    def names(self, own: Mapping[int, str]) -> dict[int, str | None]:
        """Code → glyph name by the font's Encoding. own: what counts where it says nothing."""
        base: Mapping[int, str] = own
        changes: dict[int, str] = {}
        if isinstance(self.encoding, Name):
            base = _table(self.encoding, own)
        elif isinstance(self.encoding, Dictionary):
            base = _table(self.encoding.get("/BaseEncoding"), own)
            code = 0
            differences = self.encoding.get("/Differences")
            for item in items_of(differences):
                if isinstance(item, Name):
                    changes[code] = str(item)[1:]
                    code += 1
                elif isinstance(item, int):
                    code = item
        return {code: changes.get(code, base.get(code)) for code in self.codes}

    def said_width(self, code: int) -> float:
        """Thousandths; where the font says nothing, a width that no letter has."""
        return self.widths.get(code, -9999)

    def range_faults(self) -> Iterator[Fact]:
        if not self.has_range:
            yield both(f"the font {self.name} does not say how wide its letters are")


def _table(name: object, own: Mapping[int, str]) -> Mapping[int, str]:
    return _ENCODINGS[str(name)]() if str(name) in _ENCODINGS else own


class SimpleType1(SimpleFont):
    """A Type 1 font, whole or compact: letters by name."""

    def faults(self) -> Iterator[Fact]:
        program = self._program()
        if program is None:
            yield self.not_embedded()
            return
        yield from self.range_faults()
        names = self.names(program.encoding)
        yield from self.width_faults(
            (_width(program, name), self.said_width(code)) for code, name in names.items()
        )
        if isinstance(program, Compact) and program.has_fractions:
            yield self.fractions()
        yield from self.meaning_faults(names)

    def _program(self) -> ByName | None:
        whole, compact = self.descriptor.get("/FontFile"), self.descriptor.get("/FontFile3")
        if isinstance(whole, Stream):
            return Type1(whole.read_bytes())
        if isinstance(compact, Stream) and str(compact.get("/Subtype")) in {"/Type1C", "/OpenType"}:
            return Compact(compact.read_bytes())
        return None


def _width(program: ByName, name: str | None) -> float | None:
    """Of a letter by its name, None when there is none; the sign for a letter that is missing is none, though it is measured."""
    width = None if name is None else program.width(name)
    return None if name == NOTDEF else width


class SimpleTrueType(SimpleFont):
    """A TrueType font: letters by the tables of its program."""

    def faults(self) -> Iterator[Fact]:
        stream = self.descriptor.get("/FontFile2", self.descriptor.get("/FontFile3"))
        if not isinstance(stream, Stream):
            yield self.not_embedded()
            return
        program = TrueType(stream.read_bytes())
        yield from self.range_faults()
        yield from self._encoding_faults(program)
        names = self.names(standard_encoding()) if self.encoding is not None else {}
        yield from self.width_faults(
            (self._width(program, code, names.get(code)), self.said_width(code)) for code in self.codes
        )
        yield from self.meaning_faults(names)

    def _encoding_faults(self, program: TrueType) -> Iterator[Fact]:
        wrong = both(f"the font {self.name} does not say plainly which letters its codes are")
        if self.is_symbolic:
            if self.encoding is not None or (program.count != 1 and (3, 0) not in program.tables):
                yield wrong
            return
        if program.count == 0 or ((3, 0) in program.tables and program.count == 1):
            yield wrong
        named = self.encoding.get("/BaseEncoding") if isinstance(self.encoding, Dictionary) else self.encoding
        if str(named) not in {"/WinAnsiEncoding", "/MacRomanEncoding"}:
            yield wrong
        if isinstance(self.encoding, Dictionary) and "/Differences" in self.encoding:
            names = [str(item)[1:] for item in self.encoding.Differences if isinstance(item, Name)]
            if (3, 1) not in program.tables or any(letter(name) is None for name in names):
                yield wrong

    def _width(self, program: TrueType, code: int, name: str | None) -> float | None:
        """Of the letter of a code, None when there is none. name: that the encoding gives it."""
        glyph = self._symbol(program, code) if self.is_symbolic else self._letter(program, name)
        return program.width_of(glyph) if glyph else None

    @staticmethod
    def _letter(program: TrueType, name: str | None) -> int:
        if name is None:
            return 0
        value = letter(name)
        found = program.tables.get((3, 1), {}).get(value)
        if found is None and (1, 0) in program.tables:
            code = next((code for code, known in mac_encoding().items() if known == name), None)
            found = program.tables[1, 0].get(code)
        return program.number(found if found is not None else name)

    @staticmethod
    def _symbol(program: TrueType, code: int) -> int:
        for key, shifts in (((3, 0), (0xF000, 0, 0xF100, 0xF200)), ((1, 0), (0,))):
            for shift in shifts:
                found = program.tables.get(key, {}).get(shift + code)
                if found is not None:
                    return program.number(found)
        if program.count == 1:
            (table,) = program.tables.values()
            return program.number(table.get(code))
        return 0


class DrawnFont(SimpleFont):
    """A Type 3 font: each letter is content of its own."""

    def faults(self) -> Iterator[Fact]:
        yield from self.range_faults()
        glyphs = self.font.get("/CharProcs")
        names = self.names({})
        matrix = self.font.get("/FontMatrix")
        scale = float(matrix[0]) * 1000 if isinstance(matrix, Array) and len(matrix) == 6 else 0.0
        for code in self.codes:
            name = names[code]
            glyph = glyphs.get(f"/{name}") if isinstance(glyphs, Dictionary) and name else None
            if not isinstance(glyph, Stream):
                yield self.missing()
                continue
            first = next(iter(pikepdf.parse_content_stream(glyph)), None)
            if first is None or str(first.operator) not in {"d0", "d1"}:
                yield both(f"the font {self.name} cannot be read")
                continue
            width = float(first.operands[0])
            if abs(width - self.said_width(code)) * max(1.0, scale) > TOLERANCE:
                yield self.wrong_widths()
        yield from self.meaning_faults(names)
