"""What stands against a font that is used in a clean file (ISO 19005-2, 6.2.11; ISO 14289-1, 7.21 says the same).

Only glyphs that are shown are looked at. What cannot be made sure of counts as a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from briefpack.annex import Against
from briefpack.annexes.archive.content import FontUse
from briefpack.annexes.archive.faults import Fact, archive, both, unreadable
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
from briefpack.annexes.archive.unicode_map import read_unicode_map

_TOLERANCE = 1.0
"""Thousandths by which widths may differ."""
_SYMBOLIC = 4
_FORBIDDEN = frozenset({"\0", "\ufeff", "\ufffe"})
_ENCODINGS = {
    "/WinAnsiEncoding": windows_encoding,
    "/MacRomanEncoding": mac_encoding,
    "/StandardEncoding": standard_encoding,
}
_STANDARD = frozenset(
    [
        *("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
        *("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
        *("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", "Symbol", "ZapfDingbats"),
    ]
)
"""The fonts whose widths every reader knows (ISO 32000-1, 9.6.2.2)."""
_COMPACT = frozenset({"/CIDFontType0C", "/OpenType"})
_IDENTITY = frozenset({"/Identity-H", "/Identity-V"})


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
        yield from _name_faults(use.font)
    match kind:
        case "/Type0":
            yield from _Composite(use, name).faults()
        case "/TrueType":
            yield from _SimpleTrueType(use, name).faults()
        case "/Type1" | "/MMType1":
            yield from _SimpleType1(use, name).faults()
        case "/Type3":
            yield from _Drawn(use, name).faults()
        case _:
            yield both(f"the font {name} is of an unknown kind")


def _name_faults(font: Object) -> Iterator[Fact]:
    name = font.get("/BaseFont")
    if not isinstance(name, Name) or not str(name).isprintable():
        yield both("a font has no proper name")


def _form_faults(use: FontUse, name: str, kind: str) -> Iterator[Fact]:
    """What PDF/A asks even of fonts whose letters nobody sees: that the dictionary is what it says."""
    if use.font.get("/Type") != Name.Font:
        yield archive(f"the font {name} is not marked as one")
    if kind not in {"/Type0", "/TrueType", "/Type1", "/MMType1", "/Type3"}:
        yield archive(f"the font {name} is of an unknown kind")
    if kind != "/Type3":
        yield from _name_faults(use.font)
    below = use.font.get("/DescendantFonts")
    if kind == "/Type0" and isinstance(below, Array):
        for font in below:
            yield from _name_faults(font)
            known = font.get("/Subtype") in {Name.CIDFontType0, Name.CIDFontType2}
            if font.get("/Type") != Name.Font or not known:
                yield archive(f"the font {name} is not marked as one")
    if kind in {"/TrueType", "/Type1", "/MMType1"} and name not in _STANDARD:
        yield from _Simple(use, name).range_faults()


class _Font:
    """What all kinds have in common."""

    def __init__(self, use: FontUse, name: str) -> None:
        self.font, self.codes, self.name = use.font, sorted(use.codes), name
        stream = self.font.get("/ToUnicode")
        self.meanings: Mapping[int, str] | None = (
            read_unicode_map(stream.read_bytes()) if isinstance(stream, Stream) else None
        )

    def not_embedded(self) -> Fact:
        return both(f"the font {self.name} is not embedded")

    def wrong_widths(self) -> Fact:
        return both(f"the font {self.name} says other widths than its letters have")

    def fractions(self) -> Fact:
        # Readers do not agree on them.
        return archive(f"the font {self.name} has letters whose width is no whole number")

    def missing(self) -> Fact:
        return both(f"the font {self.name} lacks a letter that is shown")

    def meaning_faults(self, names: Mapping[int, str | None]) -> Iterator[Fact]:
        """names: of glyphs, where the font's encoding gives them."""
        for code in self.codes:
            text = (self.meanings or {}).get(code)
            if text is None:
                name = names.get(code)
                value = None if name is None else letter(name)
                text = None if value is None else chr(value)
            if text is None:
                yield unreadable(f"the font {self.name} does not say which characters its letters are")
            elif not text or any(character in _FORBIDDEN for character in text):
                yield unreadable(f"the font {self.name} says wrong characters of its letters")
            elif any(0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000 for c in text):
                yield (
                    f"the font {self.name} has letters of a private meaning",
                    Against.STRUCTURE,
                    True,
                )


class _Simple(_Font):
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
                for index, width in enumerate(_items(widths))
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
            for item in _items(differences):
                if isinstance(item, Name):
                    changes[code] = str(item)[1:]
                    code += 1
                elif isinstance(item, int):
                    code = item
        return {code: changes.get(code, base.get(code)) for code in self.codes}

    def range_faults(self) -> Iterator[Fact]:
        if not self.has_range:
            yield both(f"the font {self.name} does not say how wide its letters are")


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, Array) else []


def _table(name: object, own: Mapping[int, str]) -> Mapping[int, str]:
    return _ENCODINGS[str(name)]() if str(name) in _ENCODINGS else own


class _SimpleType1(_Simple):
    def faults(self) -> Iterator[Fact]:
        program = self._program()
        if program is None:
            yield self.not_embedded()
            return
        yield from self.range_faults()
        names = self.names(program.encoding)
        for code in self.codes:
            name = names[code]
            width = None if name is None else program.width(name)
            if width is None or name == NOTDEF:
                yield self.missing()
            elif abs(width - self.widths.get(code, -9999)) > _TOLERANCE:
                yield self.wrong_widths()
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


class _SimpleTrueType(_Simple):
    def faults(self) -> Iterator[Fact]:
        stream = self.descriptor.get("/FontFile2", self.descriptor.get("/FontFile3"))
        if not isinstance(stream, Stream):
            yield self.not_embedded()
            return
        program = TrueType(stream.read_bytes())
        yield from self.range_faults()
        yield from self._encoding_faults(program)
        names = self.names(standard_encoding()) if self.encoding is not None else {}
        for code in self.codes:
            glyph = (
                self._symbol(program, code) if self.is_symbolic else self._letter(program, names.get(code))
            )
            width = program.width_of(glyph) if glyph else None
            if width is None:
                yield self.missing()
            elif abs(width - self.widths.get(code, -9999)) > _TOLERANCE:
                yield self.wrong_widths()
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


class _Drawn(_Simple):
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
            if abs(width - self.widths.get(code, -9999)) * max(1.0, scale) > _TOLERANCE:
                yield self.wrong_widths()
        yield from self.meaning_faults(names)


class _Composite(_Font):
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
        yield from _name_faults(font)
        if font.get("/Type") != Name.Font:
            yield archive(f"the font {self.name} is not marked as one")
        program: TrueType | Compact
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
        for code in self.codes:
            glyph = numbers(code)
            width = program.width_of(glyph) if glyph else None
            said = widths.get(code, normal)
            if width is None or not isinstance(said, (int, float, Decimal)):
                yield self.missing()
            elif abs(width - float(said)) > _TOLERANCE:
                yield self.wrong_widths()
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
    items = _items(held)
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
