"""What the layout places: things that fit themselves to a width, split at a height and paint themselves.

The shape is that of reportlab's Flowable contract (wrap, split, draw). It is not a subclass, because Platypus
draws while it places and moves the origin for each flowable; here placing is a stage of its own and coordinates stay those of the page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from briefpack.pdf.paragraph import TextFlow

if TYPE_CHECKING:
    from briefpack.pdf.canvas import PageCanvas
    from briefpack.pdf.notes import Note


_LESS = 0.02
"""Points less than a flow's height: room for all of its lines but the last."""


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


class Plain:
    """What flows without special wishes have in common. A flow that cannot be split."""

    def __init__(self, *, before: float = 0.0, after: float = 0.0, keep_with_next: bool = False) -> None:
        self.before = before
        self.after = after
        self.keep_with_next = keep_with_next
        self.height = 0.0

    def fit(self, width: float) -> float:  # noqa: ARG002  # the Flow contract
        return self.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:  # noqa: ARG002  # the Flow contract
        return None

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        """Nothing to see."""

    def anchors(self) -> Sequence[tuple[str, float]]:
        return []

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:  # noqa: ARG002  # the Flow contract
        return ()


@runtime_checkable
class Yielding(Protocol):
    """A flow that would rather be moved to a page with more room than be divided where it can be."""

    def give(self, room: float) -> tuple[Flow, Flow] | None:
        """As split, but divided wherever it can be: no page has more room than this."""
        ...


def give(flow: Flow, room: float) -> tuple[Flow, Flow] | None:
    """Split a flow for which no page has more room."""
    return flow.give(room) if isinstance(flow, Yielding) else flow.split(room)


class Nest(ABC):
    """What flows that are made of other flows have in common."""

    @abstractmethod
    def inside(self) -> Iterable[tuple[Flow, float]]:
        """The flows it is made of, once fitted, each with its distance below the top in points."""

    def anchors(self) -> Sequence[tuple[str, float]]:
        return [(anchor, down + at) for flow, down in self.inside() for anchor, at in flow.anchors()]

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        found: list[tuple[Note, float]] = []
        for flow, down in self.inside():
            if down <= within:
                found.extend((note, down + reach) for note, reach in flow.notes(within - down))
        return found


def _is_heading(flow: Flow) -> bool:
    return isinstance(flow, TextFlow) and flow.is_heading


class Stack(Nest):
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

    def _cut(self, index: int, first: Sequence[Flow], second: Sequence[Flow]) -> tuple[Stack, Stack]:
        """Split in front of a flow or within it. first, second: what the parts have of it instead; [] for nothing, which may not be
        both. The rest is as high as it was: to add it up anew for every page would take time for all pages on each."""
        upper = Stack([*self.flows[:index], *first])
        upper.measure()
        behind = index + 1 if first else index
        lower = Stack([*second, *self.flows[behind:]])
        head = Stack(self.flows[: behind + 1])
        head.measure()
        tail = self.height - head.height
        begun = Stack([*second, *self.flows[behind : behind + 1]])
        begun.measure()
        lower.height = begun.height + tail
        return upper, lower

    def split(self, room: float) -> tuple[Stack, Stack] | None:
        return self._split(room, must=False)

    def give(self, room: float) -> tuple[Stack, Stack] | None:
        return self._split(room, must=True)

    def _split(self, room: float, *, must: bool) -> tuple[Stack, Stack] | None:
        used = 0.0
        for index, flow in enumerate(self.flows):
            space = gap(self.flows[index - 1], flow) if index else 0.0
            if used + space + flow.height <= room + 0.01:
                used += space + flow.height
                continue
            left = room - used - space
            parts = None if _is_heading(flow) and not must else flow.split(left)
            if parts is not None:
                return self._parted(index, parts)
            ended = self._end_before(index)
            if ended is not None or not must:
                return ended
            parts = give(flow, left)
            if parts is not None:
                return self._parted(index, parts)
            return self._cut(index, [], []) if index else None
        return None

    def _end_before(self, index: int) -> tuple[Stack, Stack] | None:
        """Split before a flow. What stays with it goes along, of a paragraph its last lines."""
        cut = index
        while cut > 0 and self.flows[cut - 1].keep_with_next:
            cut -= 1
            kept = self.flows[cut]
            if isinstance(kept, TextFlow) and not kept.is_heading:
                parts = kept.split(kept.height - _LESS)
                if parts is not None:
                    return self._parted(cut, parts)
        if cut == 0:
            return None
        return self._cut(cut, [], [])

    def after_first(self) -> tuple[Stack, Stack]:
        """Its first flow, and those behind it; there must be some."""
        return self._cut(1, [], [])

    def _parted(self, index: int, parts: tuple[Flow, Flow]) -> tuple[Stack, Stack]:
        """Split within a flow."""
        return self._cut(index, parts[:1], parts[1:])

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        y = top
        for index, flow in enumerate(self.flows):
            if index:
                y -= gap(self.flows[index - 1], flow)
            flow.paint(canvas, x, y)
            y -= flow.height

    def inside(self) -> Iterable[tuple[Flow, float]]:
        down = 0.0
        for index, flow in enumerate(self.flows):
            if index:
                down += gap(self.flows[index - 1], flow)
            yield flow, down
            down += flow.height

    def notes(self, within: float = inf) -> list[tuple[Note, float]]:
        found: list[tuple[Note, float]] = []
        for flow, down in self.inside():
            if down > within:
                # What stands below is not even looked at: a stack may go on over many pages.
                break
            found.extend((note, down + reach) for note, reach in flow.notes(within - down))
        return found
