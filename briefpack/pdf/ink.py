"""How a run of text looks, how wide its words are, and where they may be divided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan
from typing import TYPE_CHECKING, TypeAlias

from briefpack.document import CrossReference, Link
from briefpack.pdf.breaking import Point
from briefpack.pdf.fonts import NO_BREAK_SPACE, Faces, SizedFace
from briefpack.pdf.hyphenation import Break, all_breaks, given_breaks
from briefpack.pdf.structure import Element

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

Target: TypeAlias = Link | CrossReference
_STRETCHED = (NO_BREAK_SPACE, "\u202f", "\u2007")
"""No-break spaces: reportlab writes the first as a space, the others may stand in for it (fonts.py), and a PDF widens
every code 32 of a justified line."""


class Points(dict[str, tuple[Point, ...]]):
    """word → its points in an ink; computed on first sight."""

    __slots__ = ("_breaks", "_sized")

    def __init__(self, sized: SizedFace, breaks: Callable[[str], Sequence[Break]]) -> None:
        super().__init__()
        self._sized = sized
        self._breaks = breaks

    def __missing__(self, word: str) -> tuple[Point, ...]:
        sized = self._sized
        breaks = self._breaks(word)
        if breaks:
            reaches = sized.reaches(word)
            made = tuple(
                [
                    (at, reaches[at] + (sized.hyphen if hyphen else 0.0), reaches[at], hyphen)
                    for at, hyphen in breaks
                ]
            )
        else:
            made = ()
        self[word] = made
        return made


class Ink:
    """How a run of text looks. tint: the operator of its colour. target: where a click on it leads, None for nowhere.

    element: of words that have one of their own in the structure tree, None for those of the whole text.
    language: BCP 47, for hyphenation. given, divided: the points of its words without and with hyphenation.
    rise: points by which it stands above the line's baseline, less than 0 below it. full: size in points of the text on the line.
    note: what it is the mark of, None for other words.
    """

    __slots__ = (
        "divided", "element", "full", "given", "language", "note", "rise", "sized", "target", "tint", "underline",
    )  # fmt: skip

    def __init__(
        self,
        sized: SizedFace,
        tint: str,
        language: str,
        *,
        underline: bool = False,
        target: Target | None = None,
        element: Element | None = None,
        rise: float = 0.0,
        full: float | None = None,
        note: Note | None = None,
    ) -> None:
        self.sized = sized
        self.tint = tint
        self.language = language
        self.underline = underline
        self.target = target
        self.element = element
        self.rise = rise
        self.full = sized.size if full is None else full
        self.note = note
        self.given = Points(sized, given_breaks)
        self.divided = Points(sized, lambda word: all_breaks(word, language))

    def variant(
        self,
        *,
        sized: SizedFace | None = None,
        tint: str | None = None,
        underline: bool | None = None,
        target: Target | None = None,
        element: Element | None = None,
        note: Note | None = None,
    ) -> Ink:
        """The same but for what is given."""
        other = Ink(
            sized or self.sized,
            tint or self.tint,
            self.language,
            underline=self.underline if underline is None else underline,
            target=target or self.target,
            element=element or self.element,
            rise=self.rise,
            full=self.full,
            note=note or self.note,
        )
        if other.sized is self.sized:
            # Words in the same face are divided alike.
            other.given, other.divided = self.given, self.divided
        return other

    def lend(self, faces: Faces, text: str) -> list[Fragment]:
        """Text in fragments, each in the face that has its characters."""
        sized = self.sized
        if not isnan(sized.widths[text]):
            return [(self, text)]
        fragments: list[Fragment] = []
        for face, part in sized.face.divide(text):
            if face is sized.face:
                ink = self
                sized.force(part)
            else:
                ink = self.variant(sized=faces.sized(face, sized.size, sized.tracking))
            fragments.append((ink, part))
        return fragments

    def width(self, words: Sequence[str], spread: float = 0.0) -> float:
        """Width of words with a space between neighbours, each widened by spread points."""
        sized = self.sized
        total = sum(map(sized.widths.__getitem__, words)) + (len(words) - 1) * (sized.space + spread)
        return total + spread * no_break_spaces(words) if spread else total


Fragment: TypeAlias = tuple[Ink, str]
Run: TypeAlias = tuple[Ink, list[str]]
"""Words of a line in one ink, with a space between neighbours; "" at an end stands for a space there."""


def no_break_spaces(words: Sequence[str]) -> int:
    """How many of the spaces that justification widens stand inside words."""
    return sum(word.count(blank) for word in words if not word.isascii() for blank in _STRETCHED)
