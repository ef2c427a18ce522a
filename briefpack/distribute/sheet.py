"""What the sheet that shows who gets what says of the pack, on the screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.fields import size_in_words
from briefpack.pack import PackMeta
from briefpack.style import Style

MOST_ODD = 40
"""Lines of what is odd on a sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says of the pack. marking: of the sheet. date: of the messages, in words, "" for none. nobody: titles of audiences without readers.

    size: bytes of a message that are too many. style: whose words it speaks, in the pack's language. draft: whether a pack that was built as one goes along.
    odd: what was warned of, in English, a line each.
    """

    meta: PackMeta
    marking: str
    date: str
    nobody: tuple[str, ...]
    size: int
    style: Style
    draft: bool = False
    odd: tuple[str, ...] = ()

    def word(self, key: str) -> str:
        return self.style.word(key, self.meta.language)

    def size_in_words(self, size: int) -> str:
        return size_in_words(size, self.style, self.meta.language)

    @property
    def shown_odd(self) -> tuple[str, ...]:
        """The first of what is odd: more of it than anybody reads is told of by its number."""
        more = len(self.odd) - MOST_ODD
        return self.odd if more <= 0 else (*self.odd[:MOST_ODD], f"… +{more}")

    @property
    def said(self) -> str:
        """What there is to know of the pack in a line."""
        return " · ".join(each for each in (self.meta.reference, self.meta.dates, self.date) if each)
