"""Flows that arrange others: beside each other, kept together, indented, on pages of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow, Nest, Plain, Stack, give
from briefpack.style import Colour, ColumnsLook

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

_ROUNDING = 0.01


class Turned(Plain):
    """Flows on pages of their own that lie on their side. The layout takes them apart: they are never placed as one flow."""

    def __init__(self, flows: Sequence[Flow]) -> None:
        super().__init__()
        self.flows = list(flows)


class Kept(Nest):
    """Flows that stay on one page. frame: height of the text frame: what is higher than that is divided as it would be without."""

    def __init__(self, content: Stack, *, frame: float) -> None:
        self.content = content
        self.frame = frame
        self.before = content.before
        self.after = content.after
        self.keep_with_next = content.flows[-1].keep_with_next if content.flows else False
        self.height = 0.0

    def fit(self, width: float) -> float:
        self.height = self.content.fit(width)
        return self.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        return None if self.height <= self.frame + _ROUNDING else self.content.split(room)

    def give(self, room: float) -> tuple[Flow, Flow] | None:
        return self.content.split(room) or self.content.give(room)

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        self.content.paint(canvas, x, top)

    def inside(self) -> Iterable[tuple[Flow, float]]:
        yield self.content, 0.0

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        if self.height <= self.frame + _ROUNDING:
            return [(note, self.height) for note, _ in self.content.notes()]
        return self.content.notes(within)


class Indented(Nest):
    """A flow that is moved to the right, as that of a list's item is. left: points."""

    def __init__(self, content: Flow, left: float) -> None:
        self.content = content
        self.left = left
        self.before = content.before
        self.after = content.after
        self.keep_with_next = content.keep_with_next
        self.height = content.height

    def fit(self, width: float) -> float:
        self.height = self.content.fit(max(width - self.left, 1.0))
        return self.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        return self._parts(self.content.split(room))

    def give(self, room: float) -> tuple[Flow, Flow] | None:
        return self._parts(give(self.content, room))

    def _parts(self, parts: tuple[Flow, Flow] | None) -> tuple[Flow, Flow] | None:
        return None if parts is None else (Indented(parts[0], self.left), Indented(parts[1], self.left))

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        self.content.paint(canvas, x + self.left, top)

    def inside(self) -> Iterable[tuple[Flow, float]]:
        yield self.content, 0.0

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        return self.content.notes(within)


@dataclass(frozen=True, slots=True)
class LineAbove:
    """A line above each part. room: above it. air: from it down to the part. All in points."""

    width: float
    colour: Colour
    air: float = 0.0
    room: float = 0.0


class Beside(Nest):
    """Parts beside each other, read from left to right, which go on side by side on the next page.

    shares: of the width without the gaps. look: its gap stands between parts. line: above each part that says something, None for none.
    rules: between parts. whole: height up to which it is not divided.
    """

    keep_with_next = False

    def __init__(
        self,
        parts: Sequence[Stack],
        shares: Sequence[float],
        look: ColumnsLook,
        *,
        line: LineAbove | None = None,
        rules: bool = False,
        whole: float = 0.0,
    ) -> None:
        self.parts = list(parts)
        self.shares = tuple(shares)
        self.look = look
        self.line = line
        self.rules = rules
        self.whole = whole
        self.before = float(look.before)
        self.after = float(look.after)
        self.height = 0.0
        self.width = 0.0

    def _head(self) -> float:
        return 0.0 if self.line is None else self.line.room + self.line.width + self.line.air

    def _places(self) -> list[tuple[float, float]]:
        """For each part its distance from the left edge, and its width."""
        room = self.width - self.look.gap * (len(self.parts) - 1)
        places: list[tuple[float, float]] = []
        left = 0.0
        for share in self.shares:
            places.append((left, max(share * room, 1.0)))
            left += share * room + self.look.gap
        return places

    def fit(self, width: float) -> float:
        self.width = width
        for part, (_, wide) in zip(self.parts, self._places(), strict=True):
            part.fit(wide)
        return self.measure()

    def measure(self) -> float:
        """Set height from parts that are fitted already, and give it."""
        self.height = max((part.height for part in self.parts), default=0.0) + self._head()
        return self.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        return None if self.height <= self.whole else self._split(room, must=False)

    def give(self, room: float) -> tuple[Flow, Flow] | None:
        return self._split(room, must=True)

    def _split(self, room: float, *, must: bool) -> tuple[Flow, Flow] | None:
        first: list[Stack] = []
        second: list[Stack] = []
        inside = room - self._head()
        for part in self.parts:
            if part.height <= inside + _ROUNDING:
                parts = (part, Stack([]))
            else:
                parts = (part.give(inside) if must else part.split(inside)) or (Stack([]), part)
            first.append(parts[0])
            second.append(parts[1])
        # No part that has words may begin on the next page only: it would be read after what stands beside it.
        if any(not part.flows and whole.flows for part, whole in zip(first, self.parts, strict=True)) or (
            not any(part.flows for part in second)
        ):
            return None
        upper, lower = self._part(first), self._part(second)
        upper.after, lower.before, lower.line = 0.0, 0.0, None
        upper.measure()
        lower.measure()
        return upper, lower

    def _part(self, parts: Sequence[Stack]) -> Beside:
        part = Beside(parts, self.shares, self.look, line=self.line, rules=self.rules)
        part.width = self.width
        return part

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        look = self.look
        line = self.line
        if line is not None and line.width:
            with canvas.artifact():
                for part, (left, wide) in zip(self.parts, self._places(), strict=True):
                    if part.flows:
                        edge = top - line.room - line.width
                        canvas.fill(x + left, edge, wide, line.width, line.colour)
        if self.rules and look.rule:
            with canvas.artifact():
                for left, _ in self._places()[1:]:
                    middle = x + left - look.gap / 2
                    canvas.fill(
                        middle - look.rule / 2, top - self.height, look.rule, self.height, look.rule_colour
                    )
        for part, (left, _) in zip(self.parts, self._places(), strict=True):
            part.paint(canvas, x + left, top - self._head())

    def inside(self) -> Iterable[tuple[Flow, float]]:
        for part in self.parts:
            yield part, self._head()

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        head = self._head()
        whole = self.height <= self.whole
        return [
            (note, self.height if whole else head + reach)
            for part in self.parts
            for note, reach in part.notes(inf if whole else within - head)
        ]


def turns(flows: Sequence[Flow], *, landscape: bool) -> list[tuple[bool, list[Flow]]]:
    """The flows of a section in runs of pages that lie alike, each with whether these lie on their side.

    landscape: how the section's own pages lie. What stays with blocks that are turned, such as their heading, goes with them.
    """
    runs: list[tuple[bool, list[Flow]]] = [(landscape, [])]
    for flow in flows:
        if not isinstance(flow, Turned):
            runs[-1][1].append(flow)
            continue
        before = runs[-1][1]
        inside: list[Flow] = list(flow.flows)
        while before and before[-1].keep_with_next:
            inside.insert(0, before.pop())
        runs.append((True, inside))
        runs.append((landscape, []))
    return [run for run in runs if run[1]] or [(landscape, [])]
