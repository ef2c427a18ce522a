"""Tables as flows: divided over pages with header rows on each, caption, notes and source never alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from math import inf
from typing import TYPE_CHECKING

from briefpack.document import RowKind
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.table_grid import TableCell, TableRow
from briefpack.pdf.table_paint import Painter
from briefpack.pdf.table_part import TablePart

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

_ROUNDING = 0.01
_SMALL = 1 / 3
"""Share of the frame's height up to which a table is not divided: it has room on the next page, and is read at a glance there."""


class TableFlow(TablePart):
    """A table on the pages that it needs.

    Rows that belong together are kept on a page when they fit one, and so are all rows of a small table, the first two and the last two; a row of
    its own is divided when it is taller than half of the frame.
    """

    @property
    def is_small(self) -> bool:
        """Whether it is moved to a page with more room rather than divided."""
        return self.height <= _SMALL * self.frame

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        return None if self.is_small else self._split(room, must=False)

    def give(self, room: float) -> tuple[Flow, Flow] | None:
        return self._split(room, must=True) or self._without_caption(room)

    def _without_caption(self, room: float) -> tuple[Flow, Flow] | None:
        """A caption that leaves too little room for rows, or what of it has room, and the table."""
        if self.caption is None or self.stop == self.start:
            return None
        captions = (
            (self.caption, None) if self.caption.height <= room + _ROUNDING else self.caption.give(room)
        )
        if captions is None:
            return None
        upper, lower = self.copy(), self.copy()
        upper.caption, upper.foot, upper.stop, upper.after = captions[0], None, self.start, 0.0
        upper.repeated = True
        lower.caption, lower.anchor, lower.before = captions[1], None, 0.0
        upper.measure()
        lower.measure()
        return upper, lower

    def _split(self, room: float, *, must: bool) -> tuple[Flow, Flow] | None:
        used = self.height_above()
        foot = self.height_below()
        # Notes that fill half a page are divided like text.
        loose = foot > self.frame / 2
        for index in range(self.start, self.stop):
            height = self.row_height(index)
            below = foot if index == self.stop - 1 and not loose else 0.0
            if used + height + below > room + _ROUNDING:
                return self._cut(index, room - used, must=must)
            used += height
        if self.foot is None or used + foot <= room + _ROUNDING:
            return None
        left = room - used - self.foot.before
        return self._end(self.foot.give(left) if must else self.foot.split(left))

    def _cut(self, index: int, room: float, *, must: bool) -> tuple[Flow, Flow] | None:
        """Split at a row that does not fit, with what must stay with it. room: left for it."""
        begin, end, fits = self._band(index)
        if self.row_height(index) > self.frame / 2 and not (fits and self.grid.joined[index]):
            parts = self._divide(index, room)
            if parts is not None:
                return parts
        if fits or end - begin == 1:
            if begin > self.start:
                return self._parts(begin, begin)
            if not must:
                return None
        cut = index
        while cut > self.start and self.row(cut - 1).kind is RowKind.GROUP:
            cut -= 1
        if cut > self.start:
            return self._parts(cut, cut)
        return self._divide(index, room, must=True) if must else None

    def _band(self, index: int) -> tuple[int, int, bool]:
        """The rows that stay with a row, from the first to behind the last, and whether a page can hold them."""
        grid = self.grid
        begin, end = max(grid.band_begin[index], self.start), min(grid.band_end[index], self.stop)
        foot = self.height_below() if end == self.stop else 0.0
        return begin, end, self.between(begin, end) + foot <= self.frame - self.header_height() + _ROUNDING

    def _divide(self, index: int, room: float, *, must: bool = False) -> tuple[Flow, Flow] | None:
        """Split within a row. room: for its first part. must: as in TableRow.split."""
        row = self.row(index)
        whole = self.grid.rows[index]
        crossing = [*self.grid.crossing[index], *(cell for cell in whole.cells if cell.rows > 1)]
        stretch = self.row_height(index) if crossing else 0.0
        parts = row.split(room, self.look, stretch=stretch, must=must)
        if parts is None:
            return None
        return self._parts(index + 1, index, parts, crossing)

    def _parts(
        self,
        stop: int,
        start: int,
        halves: tuple[TableRow, TableRow] | None = None,
        crossing: Sequence[TableCell] | None = None,
    ) -> tuple[TableFlow, TableFlow]:
        """stop: the row behind the upper part's last, start: the lower part's first; the same row when it is divided into halves.

        crossing: the cells that both parts have something of, None for those that cross the boundary.
        """
        upper, lower = self.copy(), self.copy()
        upper.stop, upper.foot, upper.after = stop, None, 0.0
        upper.last = halves[0] if halves is not None else None
        # The halves of a divided row are as high as they must be, and what they lack is found anew.
        upper.grown = {row: more for row, more in self.grown.items() if row < min(stop, start)}
        lower.start, lower.caption, lower.anchor, lower.repeated, lower.before = start, None, None, True, 0.0
        lower.first = halves[1] if halves is not None else None
        lower.grown = {row: more for row, more in self.grown.items() if row >= max(stop, start)}
        cells = self.grid.crossing[start] if crossing is None else crossing
        for cell in sorted(cells, key=lambda cell: cell.end):
            content = self.content(cell)
            room = upper.between(self.begin(cell), stop) - 2 * self.look.padding_y
            parts = (content, Stack([]))
            if content.height > room + _ROUNDING:
                parts = content.split(room) or (Stack([]), content)
            upper.contents[cell], lower.contents[cell] = parts
            if parts[1].flows:
                lacking = parts[1].height + 2 * self.look.padding_y - lower.between(start, cell.end)
                if lacking > 0:
                    lower.grown[cell.end - 1] = lower.grown.get(cell.end - 1, 0.0) + lacking
        upper.measure()
        lower.measure()
        return upper, lower

    def _end(self, parts: tuple[Stack, Stack] | None) -> tuple[Flow, Flow] | None:
        """Split within the foot: what is left of it follows without rows."""
        if parts is None:
            return None
        upper, lower = self.copy(), self.copy()
        upper.foot, upper.after = parts[0], 0.0
        lower.start = lower.stop
        lower.foot, lower.caption, lower.anchor, lower.repeated, lower.before = (
            parts[1],
            None,
            None,
            True,
            0.0,
        )
        lower.first = lower.last = None
        lower.grown = {}
        upper.measure()
        lower.measure()
        return upper, lower

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        y = top
        if self.caption is not None:
            self.caption.paint(canvas, x, y)
            y -= self.caption.height + self.caption.after
        if self.stop > self.start:
            y = Painter(self, canvas, x, y).paint()
        if self.foot is not None:
            self.foot.paint(canvas, x, y - self.foot.before)

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        return list(self._notes(within))

    def _notes(self, within: float) -> Iterator[tuple[Note, float]]:
        if self.is_small:
            found = chain.from_iterable(flow.notes() for flow, _ in self.inside())
            yield from ((note, self.height) for note, _ in found)
            return
        down = self.height_above()
        # What stands above the rows stays with the first of them; header rows that are printed again bring no notes again.
        above = [] if self.caption is None else [self.caption]
        if not self.repeated:
            above += [cell.content for row in self.header.rows for cell in row.cells]
        bottom = down
        for index in range(self.start, self.stop):
            if down > within:
                return
            height = self.row_height(index)
            begin, end, fits = self._band(index)
            # Rows that stay together have their notes on one page.
            last = end if fits and end - begin > 1 else index + 1
            bottom = self.height if last == self.stop else down + self.between(index, last)
            if index == self.start:
                yield from ((note, bottom) for content in above for note, _ in content.notes())
            whole = last - index > 1 or height <= self.frame / 2
            for content in map(self.content, self.cells_from(index)):
                for note, reach in content.notes():
                    yield note, bottom if whole else min(down + reach + 2 * self.look.padding_y, bottom)
            down += height
        if self.caption is not None and self.stop == self.start:
            yield from ((note, self.height) for note, _ in self.caption.notes())
        if self.foot is not None:
            yield from ((note, self.height) for note, _ in self.foot.notes())
