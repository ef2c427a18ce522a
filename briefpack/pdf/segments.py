"""The text between two forced line breaks as boxes of measured fragments, what stands between two spaces in each, and the words of its lines.

Nearly all text is set in one ink throughout: such a segment is a bare list of words, and its cost is that of adding up remembered widths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import TypeAlias

from briefpack.pdf.breaking import Boxes, Line, Point
from briefpack.pdf.hyphenation import anywhere, may_show_breaks
from briefpack.pdf.ink import Fragment, Ink, Points, Run, no_break_spaces


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
            (lambda k: divided[words[k]], lambda k: Points(sized, anywhere)[words[k]]),
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

        def led(of: Callable[[int], Sequence[Point]], points: Points) -> Callable[[int], Sequence[Point]]:
            return lambda k: of(k) if k else self._behind_lead(points[rest])

        divided, anywhere_too = made.resorts
        return Boxes(
            made.starts,
            made.ends,
            None if made.given is None else led(made.given, ink.given),
            None if made.divided is None else led(made.divided, ink.divided),
            (led(divided, ink.divided), led(anywhere_too, Points(ink.sized, anywhere))),
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
                lambda k: self._points(k, lambda ink: Points(ink.sized, anywhere), seams=True),
            ),
        )

    def _points(self, k: int, of: Callable[[Ink], Points], *, seams: bool = False) -> Sequence[Point]:
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
