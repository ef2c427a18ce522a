"""Flows that are not text: boxes with bar and fill, short rules, figures, marks and page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from math import inf

from briefpack.document import Align
from briefpack.marking import Marking
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow, Nest, Plain, Stack
from briefpack.pdf.framed import Picture
from briefpack.pdf.notes import Note, least_foot
from briefpack.pdf.structure import Element
from briefpack.style import BoxLook, Colour, ImageLook

_ROUNDING = 0.01


class Break(Plain):
    """What follows begins a page."""


class Mark(Plain):
    """An anchor where no words stand; it stays with what follows."""

    def __init__(self, anchor: str) -> None:
        super().__init__(keep_with_next=True)
        self.anchor = anchor

    def anchors(self) -> Sequence[tuple[str, float]]:
        return [(self.anchor, 0.0)]


class ShortRule(Plain):
    """A rule at the left edge of the frame. thickness, length: points."""

    def __init__(
        self, thickness: float, length: float, colour: Colour, *, before: float, after: float
    ) -> None:
        super().__init__(before=before, after=after)
        self.height = thickness
        self.length = length
        self.colour = colour

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            canvas.fill(x, top - self.height, self.length, self.height, self.colour)


class Box(Nest):
    """Flows beside an accent bar, on a fill, that goes on over pages. rise: points the text is moved up by, so that
    the white above capitals equals the white below the last baseline. whole: height up to which it is not divided."""

    keep_with_next = False

    def __init__(self, content: Stack, look: BoxLook, *, rise: float, whole: float = 0.0) -> None:
        self.content = content
        self.look = look
        self.rise = rise
        self.whole = whole
        self.before = float(look.before)
        self.after = float(look.after)
        self.height = 0.0

    def _inset(self) -> float:
        return self.look.bar + self.look.padding_x

    def fit(self, width: float) -> float:
        right = self.look.padding_x if self.look.fill is not None else 0.0
        self.content.fit(max(width - self._inset() - right, 1.0))
        self._width = width
        self.height = self.content.height + 2 * self.look.padding_y
        return self.height

    def _part(self, content: Stack) -> Box:
        part = Box(content, self.look, rise=self.rise)
        part._width = self._width
        part.height = content.height + 2 * self.look.padding_y
        return part

    def split(self, room: float) -> tuple[Box, Box] | None:
        if self.height <= self.whole:
            return None
        return self._parts(self.content.split(room - 2 * self.look.padding_y))

    def give(self, room: float) -> tuple[Box, Box] | None:
        return self._parts(self.content.give(room - 2 * self.look.padding_y))

    def _parts(self, parts: tuple[Stack, Stack] | None) -> tuple[Box, Box] | None:
        if parts is None:
            return None
        first, second = map(self._part, parts)
        first.after = 0.0
        second.before = 0.0
        return first, second

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        look = self.look
        with canvas.artifact():
            if look.fill is not None:
                canvas.fill(x, top - self.height, self._width, self.height, look.fill)
            if look.bar:
                canvas.fill(x, top - self.height, look.bar, self.height, look.bar_colour)
        self.content.paint(canvas, x + self._inset(), top - look.padding_y + self.rise)

    def inside(self) -> Iterable[tuple[Flow, float]]:
        yield self.content, float(self.look.padding_y)

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        # Where a box is divided, it is padded as at its end.
        padding = 2 * self.look.padding_y
        if self.height <= self.whole:
            return [(note, self.height) for note, _ in self.content.notes()]
        return [(note, reach + padding) for note, reach in self.content.notes(within - padding)]


class Figure:
    """A picture with its caption and source below it, never apart unless they are higher than a page.

    frame: height of the text frame: what is taller is made smaller.
    element: in the structure tree, None for decoration. around: the element that it stands in. marking: of the picture, None for that of the latter.
    """

    keep_with_next = False

    def __init__(
        self,
        picture: Picture,
        look: ImageLook,
        below: Stack,
        *,
        anchor: str | None,
        frame: float,
        element: Element | None,
        around: Element | None = None,
        marking: Marking | None = None,
    ) -> None:
        self.picture = picture
        self.look = look
        self.below = below
        self.anchor = anchor
        self.frame = frame
        self.element = element
        self.marking = around.marked if marking is None and around is not None else marking
        self.before = float(look.before)
        self.after = float(look.after)
        self.height = 0.0
        self.size = (0.0, 0.0)
        self._width = 0.0

    def fit(self, width: float) -> float:
        self._width = width
        below = self.below.fit(width)
        gap = self.look.caption_gap if self.below.flows else 0.0
        wide, high = self.picture.size(width)
        taken = below + gap + least_foot([note for note, _ in self.below.notes()], width)
        room = max(self.frame - taken, self.frame / 4)
        if high > room:
            wide, high = wide * room / high, room
        self.size = (wide, high)
        self.height = high + gap + below
        return self.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Only what no page holds is divided, within its caption and source."""
        if not self._is_too_high:
            return None
        picture = self.height - self.below.height
        parts = self.below.split(room - picture)
        if parts is None:
            return None
        upper = copy(self)
        upper.below, upper.height, upper.after = parts[0], picture + parts[0].height, 0.0
        return upper, parts[1]

    @property
    def _is_too_high(self) -> bool:
        return self.height > self.frame + _ROUNDING

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        wide, high = self.size
        left = x
        match self.look.align:
            case Align.CENTRE:
                left += (self._width - wide) / 2
            case Align.RIGHT:
                left += self._width - wide
            case Align.LEFT | Align.JUSTIFY:
                pass
        if self.element is None:
            with canvas.artifact():
                self.picture.paint(canvas, left, top - high, wide, high)
            canvas.see(self.marking)
        else:
            with canvas.content(self.element):
                self.picture.paint(canvas, left, top - high, wide, high)
            canvas.place(self.element, (left, top - high, left + wide, top))
        if self.below.flows:
            self.below.paint(canvas, x, top - high - self.look.caption_gap)

    def anchors(self) -> Sequence[tuple[str, float]]:
        return [] if self.anchor is None else [(self.anchor, 0.0)]

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        picture = self.height - self.below.height
        return [
            (note, picture + reach if self._is_too_high else self.height)
            for note, reach in self.below.notes(within - picture)
        ]
