"""A paragraph: boxes broken into lines for a width, split between pages, drawn at a place; and a line that is never broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, NamedTuple, assert_never

from briefpack.document import Align
from briefpack.pdf.breaking import Line, first_fit, total_fit
from briefpack.pdf.fonts import PdfDocument
from briefpack.pdf.ink import Run, no_break_spaces
from briefpack.pdf.pen import Pen, Sink
from briefpack.pdf.segments import Segment
from briefpack.pdf.structure import Element
from briefpack.style import Length

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

BASELINE = 0.8
"""Where the baseline lies in a line, as a share of the line pitch from its top: what Word does with exact spacing."""
RAGGED_ZONE = Length(18)
"""Ragged text is hyphenated only where a line would stay shorter by more than this (a quarter of an inch, Word's own
hyphenation zone) and by more than RAGGED_SHARE of the measure."""
RAGGED_SHARE = 0.1
MINIMUM_LINES = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""
_ROUNDING = 0.01
"""Points by which a height may be too small: sums of floating-point heights are not exact."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything of a paragraph that its parts share; lengths in points.

    left, right: indents. first: indent of the first line, relative to left; push: the same where there is a label, more
    than 0 when the label is wider than hanging, the indent of the words behind it.
    element, lead: of the words and of the label in the structure tree; None where there is none, in furniture and tests.
    goes_on: other words of the element follow, so that the last line ends in a space, too. noted: there are marks of notes.
    least: lines that stay together at the foot and at the head of a page.
    """

    pitch: float
    align: Align
    left: float
    right: float
    first: float
    label: OneLine | None
    hanging: float
    push: float
    hyphenate: bool
    element: Element | None = None
    lead: Element | None = None
    goes_on: bool = False
    noted: bool = False
    least: int = MINIMUM_LINES


class _Placed(NamedTuple):
    """A line with its place. x: from the flow's left edge. spread: points added to every space.

    space: it ends in a space, unseen.
    """

    segment: Segment
    line: Line
    x: float
    spread: float
    space: bool


class TextFlow:
    """A paragraph. It is broken once for a width; the parts it is split into share its lines.

    before, after: space around it. height: in points, once fitted.
    """

    __slots__ = (
        "_lines", "_marks", "_segments", "_shape", "_start", "_width", "after", "anchor", "before", "height", "keep_with_next",
    )  # fmt: skip

    def __init__(
        self,
        made: list[Segment],
        shape: Shape,
        *,
        anchor: str | None,
        keep_with_next: bool,
        before: float,
        after: float,
    ) -> None:
        self._segments = made
        self._shape = shape
        self._lines: list[_Placed] = []
        # Notes with the number of the line of their mark, from 0.
        self._marks: Sequence[tuple[int, Note]] = ()
        self._width = -1.0
        self._start = True
        self.anchor = anchor
        self.keep_with_next = keep_with_next
        self.before = before
        self.after = after
        self.height = 0.0

    @property
    def element(self) -> Element | None:
        """Its element in the structure tree."""
        return self._shape.element

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading, which is never divided between pages."""
        element = self._shape.element
        return element is not None and element.is_heading

    @property
    def lines(self) -> int:
        """How many lines there are, once fitted."""
        return len(self._lines)

    @property
    def pitch(self) -> float:
        """Distance from baseline to baseline, in points."""
        return self._shape.pitch

    @property
    def end(self) -> tuple[float, float]:
        """Where the last line ends, once fitted: (from the left edge, baseline below the top), in points."""
        placed = self._lines[-1]
        return placed.x + placed.line.width, self.height - (1 - BASELINE) * self._shape.pitch

    @property
    def least_width(self) -> float:
        """The narrowest width, in points, at which no word is divided but where it shows a break itself."""
        shape = self._shape
        widest = 0.0
        for made in self._segments:
            boxes = made.boxes(hyphenate=False)
            for k, (start, end) in enumerate(zip(boxes.starts, boxes.ends, strict=False)):
                begin = 0.0
                for _, reach, resume, _ in boxes.given(k) if boxes.given else ():
                    widest = max(widest, reach - begin)
                    begin = resume
                widest = max(widest, end - start - begin)
        return shape.left + shape.right + shape.hanging + widest

    def fit(self, width: float) -> float:
        """Break to width (points) and give the height (points)."""
        if width != self._width:
            self._width = width
            self._lines = self._break(width)
            self.height = len(self._lines) * self._shape.pitch
            if self._shape.noted:
                self._marks = _marks(self._lines)
        return self.height

    def _break(self, width: float) -> list[_Placed]:
        shape = self._shape
        left = shape.left + shape.hanging
        indent = shape.first if shape.label is None else shape.push
        placed: list[_Placed] = []
        for made in self._segments:
            # A measure of nothing or less (a column narrower than its indents) still takes a character a line.
            measure = max(width - left - shape.right, 0.0)
            placed.extend(_broken(made, shape, left, measure, indent))
            indent = 0.0
        if not shape.goes_on:
            # The paragraph's last line needs no space after it.
            placed[-1] = placed[-1]._replace(space=False)
        return placed

    def split(self, room: float) -> tuple[TextFlow, TextFlow] | None:
        """Two flows, the first at most room points high; None when that would leave a widow or an orphan."""
        count, least = len(self._lines), self._shape.least
        fits = min(int((room + _ROUNDING) // self._shape.pitch), count - least)
        # Of three lines, neither one nor two may go over.
        if fits < least:
            return None
        stop, start = fits, fits
        # Lines without words are white between others, and nothing at the edge of a page.
        while stop > 1 and self._is_empty(stop - 1):
            stop -= 1
        while start < count - 1 and self._is_empty(start):
            start += 1
        return self._part(0, stop), self._part(start, count)

    def _is_empty(self, line: int) -> bool:
        words = self._lines[line].line
        return not (words.last or words.cut)

    def cut(self, room: float) -> tuple[TextFlow, TextFlow] | None:
        """As split, wherever a line ends; None when there is one line only."""
        count = len(self._lines)
        if count == 1:
            return None
        fits = min(max(int((room + _ROUNDING) // self._shape.pitch), 1), count - 1)
        return self._part(0, fits), self._part(fits, count)

    def _part(self, start: int, stop: int) -> TextFlow:
        first, last = start == 0, stop == len(self._lines)
        part = TextFlow(
            self._segments,
            self._shape,
            anchor=self.anchor if first else None,
            keep_with_next=self.keep_with_next and last,
            before=self.before if first else 0.0,
            after=self.after if last else 0.0,
        )
        part._lines = self._lines[start:stop]
        if self._marks:
            part._marks = [(line - start, note) for line, note in self._marks if start <= line < stop]
        part._width = self._width
        part._start = self._start and first
        part.height = (stop - start) * self._shape.pitch
        return part

    def anchors(self) -> list[tuple[str, float]]:
        """The anchor, if there is one, with its distance below the top in points."""
        return [] if self.anchor is None else [(self.anchor, 0.0)]

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        """Notes whose marks stand in its lines, see Flow."""
        if not self._marks:
            return ()
        count, pitch = len(self._lines), self._shape.pitch
        found: list[tuple[Note, float]] = []
        for line, note in self._marks:
            stop = max(line + 1, self._shape.least)
            if count - stop < self._shape.least or self.is_heading:
                stop = count
            if line * pitch > within:
                break
            found.append((note, stop * pitch))
        return found

    def paint(self, canvas: Sink, x: float, top: float) -> None:
        """Draw with the upper left corner at (x, top), in page coordinates (origin lower left)."""
        shape = self._shape
        pen = Pen(canvas.pdf)
        baseline = top - BASELINE * shape.pitch
        if shape.label is not None and self._start:
            pen.line(
                shape.label.runs, x + shape.left, baseline, element=shape.lead or shape.element, space=True
            )
        for made, line, indent, spread, space in self._lines:
            if line.last or line.cut:
                pen.line(
                    made.runs(line),
                    x + indent,
                    baseline,
                    element=shape.element,
                    spread=spread,
                    hyphen=line.hyphen,
                    space=space,
                )
            baseline -= shape.pitch
        pen.close(canvas)


def _marks(lines: Sequence[_Placed]) -> list[tuple[int, Note]]:
    """The notes of lines, each with the number of the line of its mark."""
    found: dict[Note, int] = {}
    for number, placed in enumerate(lines):
        if placed.line.last or placed.line.cut:
            for ink, _ in placed.segment.runs(placed.line):
                if ink.note is not None:
                    found.setdefault(ink.note, number)
    return [(number, note) for note, number in found.items()]


def _broken(made: Segment, shape: Shape, left: float, measure: float, indent: float) -> list[_Placed]:
    """Break one segment and place its lines. left: of all of them; indent: more for the first."""
    boxes = made.boxes(hyphenate=shape.hyphenate)
    if not boxes.ends:
        return [_Placed(made, Line(0, 0, 0, 0, False, 0.0), left + indent, 0.0, space=False)]
    justify = shape.align is Align.JUSTIFY
    if justify:
        lines = total_fit(boxes, measure, made.space, indent)
    else:
        lines = first_fit(boxes, measure, indent, max(RAGGED_ZONE, RAGGED_SHARE * measure))
    placed: list[_Placed] = []
    final = len(lines) - 1
    for number, line in enumerate(lines):
        x = left
        room = measure - line.width
        if number == 0 and indent:
            x += indent
            room -= indent
        spread = 0.0
        match shape.align:
            case Align.LEFT:
                pass
            case Align.RIGHT:
                x += room
            case Align.CENTRE:
                x += room / 2
            case Align.JUSTIFY:
                spaces = line.last - line.first - (0 if line.cut else 1)
                if made.stretched:
                    spaces += sum(no_break_spaces(words) for _, words in made.runs(line))
                if spaces and (number < final or room < 0):
                    spread = room / spaces
            case _:
                assert_never(shape.align)
        placed.append(_Placed(made, line, x, spread, not line.cut))
    return placed


class OneLine:
    """A line that is not broken: measured, then drawn wherever it is wanted. width: in points."""

    __slots__ = ("runs", "width")

    def __init__(self, runs: list[Run]) -> None:
        self.runs = runs
        self.width = sum(ink.width(words) for ink, words in runs)

    def paint(self, canvas: Sink, x: float, baseline: float, element: Element | None = None) -> None:
        """Draw with its left end at x, in page coordinates. element: in the structure tree, None in furniture."""
        if self.runs:
            pen = Pen(canvas.pdf)
            pen.line(self.runs, x, baseline, element=element)
            pen.close(canvas)

    def operators(self, pdf: PdfDocument, x: float, baseline: float) -> str:
        """The operators that draw it, for streams that are not a page's; links are left out."""
        pen = Pen(pdf)
        if self.runs:
            pen.line(self.runs, x, baseline)
        return pen.operators()
