"""What stands against any font whose letters are shown, whatever its kind: names, widths, and what its letters mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from pikepdf import Name, Object, Stream

from briefpack.annex import Against
from briefpack.annexes.archive.content import FontUse
from briefpack.annexes.archive.faults import Fact, archive, both, unreadable
from briefpack.annexes.archive.programs import letter
from briefpack.annexes.archive.unicode_map import read_unicode_map

TOLERANCE = 1.0
"""Thousandths by which widths may differ."""
_FORBIDDEN = frozenset({"\0", "\ufeff", "\ufffe"})


def name_faults(font: Object) -> Iterator[Fact]:
    """What stands against the name in a font's dictionary."""
    name = font.get("/BaseFont")
    if not isinstance(name, Name) or not str(name).isprintable():
        yield both("a font has no proper name")


class ShownFont:
    """A font whose letters are shown. use: which of them, and where. name: by which it is told of."""

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

    def width_faults(self, widths: Iterable[tuple[float | None, object]]) -> Iterator[Fact]:
        """widths: of every letter that is shown its width, None when there is no such letter, and what the font says of it; thousandths."""
        for width, said in widths:
            if width is None or not isinstance(said, (int, float, Decimal)):
                yield self.missing()
            elif abs(width - float(said)) > TOLERANCE:
                yield self.wrong_widths()

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
