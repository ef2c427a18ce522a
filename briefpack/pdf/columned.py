"""Text in columns: filled one after the other to the foot of a page, and balanced where they end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING

from briefpack.pdf.arranged import Beside
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow, Nest, Stack
from briefpack.style import ColumnsLook

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

_ROUNDING = 0.01
_NEAR = 1.0
"""Points by which columns may be higher than they need to be: less than that nobody sees."""


class Columned(Nest):
    """Text that runs through columns of equal width, about equally high. On pages that it fills they reach the foot."""

    keep_with_next = False

    def __init__(self, content: Stack, count: int, look: ColumnsLook, *, frame: float) -> None:
        """frame: height of the text frame."""
        self.content = content
        self.count = count
        self.look = look
        self.frame = frame
        self.before = float(look.before)
        self.after = float(look.after)
        self.height = 0.0
        self.width = 0.0
        self._set: Beside | None = None

    def fit(self, width: float) -> float:
        self.width = width
        self.content.fit(max((width - self.look.gap * (self.count - 1)) / self.count, 1.0))
        return self.measure()

    def measure(self) -> float:
        """Balance what fits on a page; what does not is balanced when only its end is left."""
        total = self.content.height
        if total > self.frame * self.count:
            self.height = total / self.count
            return self.height
        low, high = total / self.count, total
        best: list[Stack] | None = None
        # As low as the columns can be is tried first: lines of one height come out even.
        tried = low + _ROUNDING
        while True:
            made, rest = self._filled(tried, must=False)
            if rest is None:
                best, high = made, tried
            else:
                low = tried
            if high - low <= _NEAR:
                break
            tried = (low + high) / 2
        if best is None:
            best, _ = self._filled(high + _ROUNDING, must=True)
        self._set = self._beside(best)
        self.height = self._set.height
        return self.height

    def _filled(self, height: float, *, must: bool) -> tuple[list[Stack], Stack | None]:
        """Fill columns of a height one after the other. Gives them, and what is left over: None when there is nothing."""
        columns: list[Stack] = []
        rest: Stack | None = self.content
        while rest is not None and len(columns) < self.count:
            if rest.height <= height + _ROUNDING:
                columns.append(rest)
                rest = None
                continue
            parts = rest.split(height) or (rest.give(height) if must else None)
            if parts is None and must and len(rest.flows) > 1:
                # What cannot be divided sticks out; what follows it must not.
                parts = rest.after_first()
            if parts is None:
                break
            columns.append(parts[0])
            rest = parts[1]
        return columns, rest

    def _beside(self, columns: Sequence[Stack]) -> Beside:
        """Columns that are made, set side by side."""
        all_columns = [*columns, *(Stack([]) for _ in range(self.count - len(columns)))]
        beside = Beside(all_columns, [1 / self.count] * self.count, self.look, rules=True)
        beside.width = self.width
        beside.measure()
        beside.before, beside.after = self.before, self.after
        return beside

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        return self._split(room, must=False)

    def give(self, room: float) -> tuple[Flow, Flow] | None:
        return self._split(room, must=True)

    def _split(self, room: float, *, must: bool) -> tuple[Flow, Flow] | None:
        """Columns down to the foot of the page, and the rest."""
        if room <= 0:
            return None
        columns, rest = self._filled(room, must=must)
        while rest is None and room > 1:
            # Everything would fit after all: what is divided must leave something for the next page.
            room *= 0.9
            columns, rest = self._filled(room, must=must)
        if not columns or rest is None:
            return None
        upper = self._beside(columns)
        lower = Columned(rest, self.count, self.look, frame=self.frame)
        lower.width = self.width
        lower.measure()
        upper.after, lower.before = 0.0, 0.0
        return upper, lower

    def _whole(self) -> Beside:
        """The columns; what could be divided nowhere is one of them, and sticks out."""
        return self._set or self._beside([self.content])

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        self._whole().paint(canvas, x, top)

    def inside(self) -> Iterable[tuple[Flow, float]]:
        yield self._whole(), 0.0

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        # Columns of a height hold about so many times as much of the text.
        found = self.content.notes(within * self.count)
        return [(note, min(reach / self.count, self.height)) for note, reach in found]
