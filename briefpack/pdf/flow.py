"""What the layout places: things that fit themselves to a width, split at a height and paint themselves.

The shape is that of reportlab's Flowable contract (wrap, split, draw). It is not a subclass, because Platypus
draws while it places and moves the origin for each flowable; here placing is a stage of its own and coordinates stay those of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from briefpack.pdf.canvas import PageCanvas
    from briefpack.pdf.notes import Note


class Flow(Protocol):
    """before, after: space around it, of which the larger of two neighbours counts. keep_with_next: stays
    on the page of what follows. height: in points, right once the flow is fitted."""

    height: float
    before: float
    after: float
    keep_with_next: bool

    def fit(self, width: float) -> float:
        """Break to width (points) and give the height (points)."""
        ...

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Two flows, the first at most room high, both fitted; None when no good split is that low."""
        ...

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        """Draw with the upper left corner at (x, top), in page coordinates (origin lower left)."""
        ...

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Anchors inside, each with its distance below the top in points."""
        ...

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        """Notes whose marks stand inside, in the order in which they are printed; right once the flow is fitted.

        Each with its reach: the distance from the top, in points, down to the first place at or below the line of its mark where
        the flow may be divided (its height where there is none). Those that reach further than within may be missing.
        """
        ...


def gap(upper: Flow, lower: Flow) -> float:
    """Space between two neighbours: the larger of what they ask for, as Word does between paragraphs."""
    return max(upper.after, lower.before)


class Stack:
    """Flows set under one another as one flow: the content of a cell, an item or a box."""

    def __init__(self, flows: Sequence[Flow]) -> None:
        self.flows = list(flows)
        self.before = self.flows[0].before if self.flows else 0.0
        self.after = self.flows[-1].after if self.flows else 0.0
        self.keep_with_next = False
        self.height = 0.0

    def fit(self, width: float) -> float:
        for flow in self.flows:
            flow.fit(width)
        self.measure()
        return self.height

    def measure(self) -> None:
        """Set height from flows that are fitted already."""
        self.height = sum(flow.height for flow in self.flows) + sum(map(gap, self.flows, self.flows[1:]))

    def _part(self, flows: Sequence[Flow]) -> Stack:
        part = Stack(flows)
        part.measure()
        return part

    def _rest(self, flows: Sequence[Flow], height: float) -> Stack:
        """What is left, whose height is known: if it were summed up on every page, the time would grow with the pages' square."""
        part = Stack(flows)
        part.height = height
        return part

    def split(self, room: float) -> tuple[Stack, Stack] | None:
        used = 0.0
        for index, flow in enumerate(self.flows):
            space = gap(self.flows[index - 1], flow) if index else 0.0
            if used + space + flow.height <= room + 0.01:
                used += space + flow.height
                continue
            parts = flow.split(room - used - space)
            if parts is not None:
                first, second = parts
                return (
                    self._part([*self.flows[:index], first]),
                    self._rest(
                        [second, *self.flows[index + 1 :]],
                        self.height - used - space - flow.height + second.height,
                    ),
                )
            cut = index
            while cut > 0 and self.flows[cut - 1].keep_with_next:
                cut -= 1
            if cut == 0:
                return None
            upper = self._part(self.flows[:cut])
            between = gap(self.flows[cut - 1], self.flows[cut])
            return upper, self._rest(self.flows[cut:], self.height - upper.height - between)
        return None

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        y = top
        for index, flow in enumerate(self.flows):
            if index:
                y -= gap(self.flows[index - 1], flow)
            flow.paint(canvas, x, y)
            y -= flow.height

    def anchors(self) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = []
        down = 0.0
        for index, flow in enumerate(self.flows):
            if index:
                down += gap(self.flows[index - 1], flow)
            found.extend((anchor, down + offset) for anchor, offset in flow.anchors())
            down += flow.height
        return found

    def notes(self, within: float = inf) -> list[tuple[Note, float]]:
        found: list[tuple[Note, float]] = []
        down = 0.0
        for index, flow in enumerate(self.flows):
            if index:
                down += gap(self.flows[index - 1], flow)
            if down > within:
                break
            found.extend((note, down + reach) for note, reach in flow.notes(within - down))
            down += flow.height
        return found
