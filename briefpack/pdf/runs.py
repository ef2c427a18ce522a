"""Spans to boxes: what is set alike shares an Ink, what stands between two spaces is a box of measured fragments.

A segment is the text between two forced line breaks. Nearly all text is set in one ink throughout: such a segment
is a bare list of words, and its cost is that of splitting a string and adding up remembered widths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from math import isnan
from typing import TYPE_CHECKING, TypeAlias

from briefpack.document import CrossReference, Link
from briefpack.pdf.breaking import Boxes, Line, Point
from briefpack.pdf.fonts import NO_BREAK_SPACE, Faces, SizedFace
from briefpack.pdf.hyphenation import Break, all_breaks, anywhere, given_breaks, may_show_breaks
from briefpack.pdf.structure import Element

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

Target: TypeAlias = Link | CrossReference

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_STRETCHED = (NO_BREAK_SPACE, "\u202f", "\u2007")
"""No-break spaces: reportlab writes the first as a space, the others may stand in for it (fonts.py), and a PDF widens
every code 32 of a justified line."""


class _Points(dict[str, tuple[Point, ...]]):
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
        self.given = _Points(sized, given_breaks)
        self.divided = _Points(sized, lambda word: all_breaks(word, language))

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


_NO_BREAK = "\u00a0"


class PlainSegment:
    """Words in one ink. stretched: no-break spaces are among them. text: all of it."""

    __slots__ = ("_breaks", "_widths", "ink", "stretched", "words")

    def __init__(self, text: str, words: list[str], widths: list[float], ink: Ink) -> None:
        self.words = words
        self._widths = widths
        self.ink = ink
        self._breaks = may_show_breaks(text)
        self.stretched = not text.isascii() and no_break_spaces([text]) > 0

    @property
    def space(self) -> float:
        """Natural width of a space, in points."""
        return self.ink.sized.space

    def boxes(self, *, hyphenate: bool) -> Boxes:
        words, ink = self.words, self.ink
        sized = ink.sized
        space = sized.space
        starts = list(accumulate([width + space for width in self._widths], initial=0.0))
        ends = [start - space for start in starts]
        del ends[0]
        given, divided = ink.given, ink.divided
        return Boxes(
            starts,
            ends,
            (lambda k: given[words[k]]) if self._breaks else None,
            (lambda k: divided[words[k]]) if hyphenate else None,
            (lambda k: divided[words[k]], lambda k: _Points(sized, anywhere)[words[k]]),
        )

    def runs(self, line: Line) -> list[Run]:
        """The words of a line, hyphen not included."""
        first, skip, last, cut, _, _ = line
        words = self.words[first:last]
        if cut:
            words.append(self.words[last][:cut])
        if skip:
            words[0] = words[0][skip:]
        return [(self.ink, words)]


class LedSegment(PlainSegment):
    """Words in one ink behind a few characters in another, which stay with the first word: a portion and its mark. lead: the latter.

    A paragraph with a mark is as common as one without, where there are any: it is set as fast.
    """

    __slots__ = ("_lead", "_reach")

    def __init__(self, lead: Fragment, text: str, words: list[str], widths: list[float], ink: Ink) -> None:
        mark = lead[1]
        self._lead = lead
        self._reach = lead[0].sized.widths[mark]
        super().__init__(
            mark + text, [mark + words[0], *words[1:]], [self._reach + widths[0], *widths[1:]], ink
        )

    def boxes(self, *, hyphenate: bool) -> Boxes:
        made = super().boxes(hyphenate=hyphenate)
        rest = self.words[0][len(self._lead[1]) :]
        ink = self.ink

        def led(of: Callable[[int], Sequence[Point]], points: _Points) -> Callable[[int], Sequence[Point]]:
            return lambda k: of(k) if k else self._behind_lead(points[rest])

        divided, anywhere_too = made.resorts
        return Boxes(
            made.starts,
            made.ends,
            None if made.given is None else led(made.given, ink.given),
            None if made.divided is None else led(made.divided, ink.divided),
            (led(divided, ink.divided), led(anywhere_too, _Points(ink.sized, anywhere))),
        )

    def _behind_lead(self, points: Sequence[Point]) -> Sequence[Point]:
        """The points of the first word, as places of the box that has the lead as well."""
        ahead, reach = len(self._lead[1]), self._reach
        return [
            (characters + ahead, end + reach, resume + reach, hyphen)
            for characters, end, resume, hyphen in points
        ]

    def runs(self, line: Line) -> list[Run]:
        runs = super().runs(line)
        if line.first or line.skip:
            return runs
        ink, words = runs[0]
        mark = self._lead[1]
        return [(self._lead[0], [mark]), (ink, [words[0][len(mark) :], *words[1:]])]


class MixedSegment:
    """Boxes of fragments in several inks. glue[k]: the ink of the space after box k. stretched: as above."""

    __slots__ = ("_boxes", "_glue", "stretched")

    def __init__(self, boxes: list[tuple[Fragment, ...]], glue: list[Ink]) -> None:
        self._boxes = boxes
        self._glue = glue
        self.stretched = any(no_break_spaces([text]) for box in boxes for _, text in box)

    @property
    def space(self) -> float:
        """Natural width of a space, in points: that of the first ink."""
        return self._glue[0].sized.space

    def boxes(self, *, hyphenate: bool) -> Boxes:
        starts: list[float] = []
        ends: list[float] = []
        at = 0.0
        for box, glue in zip(self._boxes, self._glue, strict=True):
            starts.append(at)
            for ink, text in box:
                at += ink.sized.widths[text]
            ends.append(at)
            at += glue.sized.space
        return Boxes(
            starts,
            ends,
            lambda k: self._points(k, lambda ink: ink.given),
            (lambda k: self._points(k, lambda ink: ink.divided)) if hyphenate else None,
            (
                lambda k: self._points(k, lambda ink: ink.divided),
                lambda k: self._points(k, lambda ink: _Points(ink.sized, anywhere), seams=True),
            ),
        )

    def _points(self, k: int, of: Callable[[Ink], _Points], *, seams: bool = False) -> Sequence[Point]:
        """The points of box k in all its fragments. seams: a line may end between two fragments as well.

        The mark of a note is not divided, and no line begins with it.
        """
        box = self._boxes[k]
        if len(box) == 1:
            ink, text = box[0]
            return of(ink)[text]
        points: list[Point] = []
        characters = 0
        at = 0.0
        for ink, text in box:
            if ink.note is None:
                if seams and characters:
                    points.append((characters, at, at, False))
                points.extend(
                    (characters + offset, at + end, at + resume, hyphen)
                    for offset, end, resume, hyphen in of(ink)[text]
                )
            characters += len(text)
            at += ink.sized.widths[text]
        return points

    def runs(self, line: Line) -> list[Run]:
        """The words of a line, hyphen not included, neighbours in one ink together."""
        first, skip, last, cut, _, _ = line
        runs: list[Run] = []
        for k in range(first, last + 1 if cut else last):
            box: Iterable[Fragment] = self._boxes[k]
            if (k == first and skip) or k == last:
                box = _part(box, skip if k == first else 0, cut if k == last else None)
            if k > first:
                _join(runs, self._glue[k - 1], ["", ""])
            for ink, text in box:
                _join(runs, ink, [text])
        return runs


def _join(runs: list[Run], ink: Ink, words: list[str]) -> None:
    """Put words directly behind the last run, in the same run where the ink is the same."""
    if runs and runs[-1][0] is ink:
        so_far = runs[-1][1]
        so_far[-1] += words[0]
        so_far.extend(words[1:])
    else:
        runs.append((ink, words))


def _part(box: Iterable[Fragment], start: int, stop: int | None) -> list[Fragment]:
    """The characters start to stop of a box."""
    parts: list[Fragment] = []
    at = 0
    for ink, text in box:
        part = text[max(start - at, 0) : None if stop is None else max(stop - at, 0)]
        if part:
            parts.append((ink, part))
        at += len(text)
    return parts


Segment: TypeAlias = PlainSegment | MixedSegment


def segments(runs: Sequence[tuple[str, Ink] | None], base: Ink, faces: Faces) -> list[Segment]:
    """Divide texts with their inks into segments at None (a forced line break).

    base: the ink of a segment without words, which is a line all the same.
    """
    if len(runs) == 1 and runs[0] is not None:
        # The common case: one text in one ink, all of whose characters the face has.
        text, ink = runs[0]
        words = text.split(" ")
        if "" in words or "\t" in text or "\n" in text:
            words = [word for word in _BLANKS.split(text) if word]
        widths = list(map(ink.sized.widths.__getitem__, words))
        if not isnan(sum(widths)):
            return [PlainSegment(text, words, widths, ink)]
    if len(runs) == 2:
        led = _led(runs)
        if led is not None:
            return [led]
    made: list[Segment] = []
    part: list[tuple[str, Ink]] = []
    for run in (*runs, None):
        if run is None:
            made.append(_segment(part, base, faces))
            part = []
        else:
            part.append(run)
    return made


def _led(runs: Sequence[tuple[str, Ink] | None]) -> LedSegment | None:
    """Two texts as a mark and its words; None where they are anything else."""
    first, second = runs
    if first is None or second is None or first[1] is second[1] or not first[0].endswith(_NO_BREAK):
        return None
    (mark, lead), (text, ink) = first, second
    words = text.split(" ")
    if " " in mark or "" in words or "\t" in text or "\n" in text or lead.note or ink.note:
        return None
    widths = list(map(ink.sized.widths.__getitem__, words))
    if isnan(sum(widths)) or isnan(lead.sized.widths[mark]):
        return None
    return LedSegment((lead, mark), text, words, widths, ink)


def _segment(runs: Sequence[tuple[str, Ink]], base: Ink, faces: Faces) -> Segment:
    boxes: list[tuple[Fragment, ...]] = []
    glue: list[Ink] = []
    box: list[Fragment] = []
    for text, ink in runs:
        first, *others = _BLANKS.split(text)
        if first:
            box.extend(ink.lend(faces, first))
        for word in others:
            if box:
                boxes.append(tuple(box))
                glue.append(ink)
            box = ink.lend(faces, word) if word else []
    if box:
        boxes.append(tuple(box))
        glue.append(box[-1][0])
    inks = {id(ink) for box in boxes for ink, _ in box} | set(map(id, glue))
    if len(inks) <= 1 and all(len(box) == 1 for box in boxes):
        ink = glue[0] if glue else base
        words = [box[0][1] for box in boxes]
        widths = [ink.sized.widths[word] for word in words]
        return PlainSegment(" ".join(words), words, widths, ink)
    return MixedSegment(boxes, glue)
