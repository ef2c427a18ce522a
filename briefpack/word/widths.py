"""How wide words are in the font of a role: what decides an indent and cannot be left to Word."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefpack.style import Length, Style

if TYPE_CHECKING:
    from briefpack.figures.metrics import Ruler


_WIDE, _OTHER = 1.0, 0.6
"""Widths of letters that the style's fonts lack, in ems, as fonts have them that Word takes instead: of East Asian scripts, and of others."""


@dataclass(slots=True)
class Widths:
    """Measures words of one style."""

    style: Style
    _ruler: Ruler | None = None
    _known: dict[tuple[str, str], Length] = field(default_factory=dict)

    def width(self, words: str, role: str) -> Length:
        """The width of a line of words in a role."""
        key = (words, role)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._measured(words, role)
        return found

    def _measured(self, words: str, role: str) -> Length:
        if self._ruler is None:
            # Most packs measure nothing, and should not wait for what reads fonts.
            from briefpack.figures.metrics import Ruler  # noqa: PLC0415

            self._ruler = Ruler(self.style)
        text = self.style.text[role]
        printed = words.upper() if text.caps else words
        bare = self._ruler.width(printed, text.size, text.font, bold=text.bold, italic=text.italic)
        lacking = self._ruler.lacking(printed, text.font, bold=text.bold, italic=text.italic)
        bare += text.size * sum(map(_estimated, lacking))
        return Length(bare + len(printed) * text.tracking * text.size)


def _estimated(char: str) -> float:
    """In ems; signs that stand on the letter before them take nothing."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0.0
    return _WIDE if unicodedata.east_asian_width(char) in {"W", "F"} else _OTHER
