"""Straight quotation marks and apostrophes, read from left to right → the marks of the language, nested ones too."""

from __future__ import annotations

import re

from briefpack.resolve.manners import Manners

APOSTROPHE = "’"
_OPENS = frozenset("([{<-–—/«„“‘‚›‹»¿¡")
"""Behind one of these, as behind a space, a mark opens."""
_WORD = re.compile(r"\w+")


class Quotes:
    """The marks of one text. mark() is asked for each straight one, in order."""

    __slots__ = ("_clipped", "_last_close", "_manners", "_open", "_opened", "_text")

    def __init__(self, text: str, manners: Manners) -> None:
        self._text = text
        self._manners = manners
        self._open: list[tuple[str, bool]] = []  # the sign, and whether it opened an inner quotation
        self._opened = self._clipped = False  # what the mark before did: open, be an apostrophe, or neither
        self._last_close: int | None = None

    def mark(self, place: int) -> str | None:
        """What is printed for the straight mark there; None where it stays, as in 5' 10"."""
        sign = self._text[place]
        before, after = self._text[place - 1 : place], self._text[place + 1 : place + 2]
        if sign == "'" and before.isalnum() and after.isalnum():
            return None if before.isdigit() and after.isdigit() else APOSTROPHE
        opens = not before or before.isspace() or before in _OPENS
        if before == APOSTROPHE or (before == "'" and self._clipped):
            # l'"Alliance", and "the ministers'".
            opens = sign == '"' and not any(mark == '"' for mark, _ in self._open)
        elif before in {'"', "'"}:
            opens = self._opened
        stands = bool(after) and not after.isspace()
        if opens and stands and (sign == '"' or self._may_quote(place)):
            return self._opening(sign)
        if opens and not stands and before not in {'"', "'", APOSTROPHE}:
            return None
        if sign == "'" and opens and stands:
            return self._apostrophe()
        return self._closing(sign, before)

    def _apostrophe(self) -> str:
        self._clipped = True
        return APOSTROPHE

    def _opening(self, sign: str) -> str:
        # Single marks that stand by themselves are the inner ones.
        inner = not self._open[-1][1] if self._open else sign == "'"
        self._open.append((sign, inner))
        self._opened, self._clipped = True, False
        return self._manners.inner[0] if inner else self._manners.quotes[0] + self._manners.inside

    def _closing(self, sign: str, before: str) -> str | None:
        self._opened = self._clipped = False
        level = next((n for n in reversed(range(len(self._open))) if self._open[n][0] == sign), None)
        if level is None:
            if before.isdigit():
                return None  # feet and inches, minutes and seconds
            if sign == "'":
                return self._apostrophe()
            inner = False  # opened in an earlier paragraph
        else:
            inner = self._open[level][1]
            del self._open[level:]
        return self._manners.inner[1] if inner else self._manners.inside + self._manners.quotes[1]

    def _may_quote(self, place: int) -> bool:
        """Whether a single mark at the beginning of a word opens a quotation: there is one to close it, and the word is none that is clipped
        ("’tis", "the ’90s")."""
        word = _WORD.match(self._text, place + 1)
        if word is not None and (
            word[0].lower() in self._manners.clipped or re.fullmatch(r"\d\ds?", word[0])
        ):
            return False
        if self._last_close is None:
            self._last_close = _last_close(self._text)
        return self._last_close > place + 1


def _last_close(text: str) -> int:
    """Where the last single mark stands that may close a quotation, -1 for nowhere."""
    place = len(text)
    while (place := text.rfind("'", 0, place)) >= 0:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if place and not before.isspace() and not after.isalnum():
            return place
    return -1
