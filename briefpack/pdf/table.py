"""Tables as flows: columns by share, header rows on every page, caption, notes and source never alone.

The parts that a table is split into share its rows, and each knows which of them it has: a table of thousands of rows is
divided in time that grows with its rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from math import inf
from typing import TYPE_CHECKING

from briefpack.document import RowKind
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.flow import Flow, Nest, Stack
from briefpack.pdf.table_grid import Grid, TableCell, TableRow
from briefpack.pdf.table_paint import Painter
from briefpack.pdf.table_widths import least_widths, spread
from briefpack.style import TableLook

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

_ROUNDING = 0.01
_HEAD_SHARE = 1 / 3
"""Of the frame's height, for header rows that are repeated: below them there is room for the tallest picture that a cell may have."""
_SMALL = 1 / 3
"""Share of the frame's height up to which a table is not divided: it has room on the next page, and is read at a glance there."""
_LOW = 1 / 8
"""Share of the frame's height below which a row is not left alone at the foot or at the head of a page."""


class TableFlow(Nest):
    """A table with caption above, notes and source (foot) below. shares: of the width, one for each column.

    frame: height of the text frame. Rows that belong together are kept on a page when they fit one, and so are all rows of a small table, the first
    two and the last two; a row of its own is divided when it is taller than half of the frame. rise: as in Box. marker: how far below the top of a row's text its disc stands.
    meant: width that the shares were made for; in less room columns give to those whose words are too long for them.
    header rows are printed on every page unless they fill a third of it; repeated tells that they have been printed before.
    """

    keep_with_next = False

    def __init__(
        self,
        shares: Sequence[float],
        header: Sequence[TableRow],
        rows: Sequence[TableRow],
        look: TableLook,
        *,
        caption: Stack | None,
        foot: Stack | None,
        anchor: str | None,
        frame: float,
        rise: float,
        marker: float = 0.0,
        meant: float = 0.0,
    ) -> None:
        self.shares = tuple(shares)
        self.header = Grid(header)
        self.grid = Grid(rows, low=_LOW * frame)
        self.look = look
        self.caption = caption
        self.foot = foot
        self.anchor = anchor
        self.frame = frame
        self.rise = rise
        self.marker = marker
        self.meant = meant
        self.repeated = False
        self.before = max(float(look.before), caption.before if caption is not None else 0.0)
        self.after = float(look.after)
        self.height = 0.0
        self.width = 0.0
        self.lefts: list[float] = []
        """Where columns begin, and the last one ends, from the left edge."""
        # What this part has: rows from start to stop, where the first may be what is left of a row and the last be the beginning of one.
        self.start = 0
        self.stop = len(self.grid.rows)
        self.first: TableRow | None = None
        self.last: TableRow | None = None
        # What it has of cells that go on over pages, and by how much rows are higher because of them.
        self.contents: dict[TableCell, Stack] = {}
        self.grown: dict[int, float] = {}

    def fit(self, width: float) -> float:
        if width != self.width:
            self.width = width
            widths = [share * width for share in self.shares]
            if width < self.meant - 1:
                rows = (*self.header.rows, *self.grid.rows)
                widths = spread(widths, least_widths(rows, len(widths), 2 * self.look.padding_x))
            self.lefts = list(accumulate(widths, initial=-float(self.look.hang)))
            self.header.fit(widths, self.look)
            self.grid.fit(widths, self.look)
            for lines in (self.caption, self.foot):
                if lines is not None:
                    lines.fit(width)
            too_tall = self._head() > self.frame / 2 or self.header.height > _HEAD_SHARE * self.frame
            if self.header.rows and (too_tall or not self.grid.rows):
                # A head that leaves too little room for rows, or has none, is printed once, and divided as a tall row is.
                self.grid = Grid([*self.header.rows, *self.grid.rows], low=_LOW * self.frame)
                self.grid.fit(widths, self.look)
                self.header = Grid([])
                self.stop = len(self.grid.rows)
            self.measure()
        return self.height

    def measure(self) -> None:
        """Set height from rows that are fitted already."""
        self.height = self._head() + self.between(self.start, self.stop) + self._foot()

    # ----------------------------------------------------------------------- what this part has

    def row(self, index: int) -> TableRow:
        """A row, or what this part has of it."""
        if self.last is not None and index == self.stop - 1:
            return self.last
        if self.first is not None and index == self.start:
            return self.first
        return self.grid.rows[index]

    @property
    def rows(self) -> list[TableRow]:
        return [self.row(index) for index in range(self.start, self.stop)]

    def row_height(self, index: int) -> float:
        return self.row(index).height + self.grown.get(index, 0.0)

    def content(self, cell: TableCell) -> Stack:
        """What this part has of a cell that covers several rows."""
        return self.contents.get(cell, cell.content)

    def begin(self, cell: TableCell) -> int:
        """The row of this part at which a cell begins, or goes on."""
        return max(cell.row, self.start)

    def between(self, start: int, stop: int) -> float:
        """Height of some of the rows together."""
        tops, rows = self.grid.tops, self.grid.rows
        height = tops[stop] - tops[start]
        for index in {self.start, self.stop - 1}:
            if start <= index < stop:
                height += self.row(index).height - rows[index].height
        return height + sum(more for index, more in self.grown.items() if start <= index < stop)

    def header_height(self) -> float:
        """Height of the header rows; a part without rows has none."""
        return self.header.height if self.stop > self.start else 0.0

    def _head(self) -> float:
        """Height of what stands above the first row."""
        caption = self.caption.height + self.caption.after if self.caption is not None else 0.0
        return caption + self.header_height()

    def _foot(self) -> float:
        """Height of what stands below the last row."""
        return self.foot.height + self.foot.before if self.foot is not None else 0.0

    # ----------------------------------------------------------------------- over pages

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
        upper, lower = self._copy(), self._copy()
        upper.caption, upper.foot, upper.stop, upper.after = captions[0], None, self.start, 0.0
        upper.repeated = True
        lower.caption, lower.anchor, lower.before = captions[1], None, 0.0
        upper.measure()
        lower.measure()
        return upper, lower

    def _split(self, room: float, *, must: bool) -> tuple[Flow, Flow] | None:
        used = self._head()
        foot = self._foot()
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
        foot = self._foot() if end == self.stop else 0.0
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
        upper, lower = self._copy(), self._copy()
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
        upper, lower = self._copy(), self._copy()
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

    def _copy(self) -> TableFlow:
        """The same table over the same rows."""
        copy = TableFlow.__new__(TableFlow)
        vars(copy).update(vars(self))
        copy.contents = dict(self.contents)
        return copy

    # ----------------------------------------------------------------------- on the page

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        y = top
        if self.caption is not None:
            self.caption.paint(canvas, x, y)
            y -= self.caption.height + self.caption.after
        if self.stop > self.start:
            y = Painter(self, canvas, x, y).paint()
        if self.foot is not None:
            self.foot.paint(canvas, x, y - self.foot.before)

    def cells(self) -> Iterator[tuple[TableCell, Stack, int]]:
        """The cells of this part with what it has of them and the row at which they begin here."""
        for index in range(self.start, self.stop):
            for cell in self._cells(index):
                yield cell, self.content(cell), index

    def _cells(self, index: int) -> list[TableCell]:
        """The cells that this part has from a row on: those that begin there, and in its first row those that go on."""
        cells = self.row(index).cells
        if index > self.start:
            return cells
        crossing = self.grid.crossing[index]
        if self.first is not None:
            crossing = [*crossing, *(cell for cell in self.grid.rows[index].cells if cell.rows > 1)]
        return [*crossing, *cells]

    def inside(self) -> Iterable[tuple[Flow, float]]:
        down = 0.0
        if self.caption is not None:
            yield self.caption, 0.0
            down = self.caption.height + self.caption.after
        padding = float(self.look.padding_y)
        if not self.repeated:
            for row, top in zip(self.header.rows, self.header.tops, strict=False):
                for cell in row.cells:
                    yield cell.content, down + top + padding
        down += self.header_height()
        tops = self.tops()
        for _, content, index in self.cells():
            yield content, down + tops[index] + padding
        if self.foot is not None:
            yield self.foot, self.height - self.foot.height

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        return list(self._notes(within))

    def _notes(self, within: float) -> Iterator[tuple[Note, float]]:
        if self.is_small:
            found = chain.from_iterable(flow.notes() for flow, _ in self.inside())
            yield from ((note, self.height) for note, _ in found)
            return
        down = self._head()
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
            for content in map(self.content, self._cells(index)):
                for note, reach in content.notes():
                    yield note, bottom if whole else min(down + reach + 2 * self.look.padding_y, bottom)
            down += height
        if self.caption is not None and self.stop == self.start:
            yield from ((note, self.height) for note, _ in self.caption.notes())
        if self.foot is not None:
            yield from ((note, self.height) for note, _ in self.foot.notes())

    def tops(self) -> Mapping[int, float]:
        """For each row of this part its distance below the first."""
        heights = [self.row_height(index) for index in range(self.start, self.stop)]
        return dict(zip(range(self.start, self.stop + 1), [0.0, *accumulate(heights)], strict=True))

    def anchors(self) -> Sequence[tuple[str, float]]:
        own = [] if self.anchor is None else [(self.anchor, 0.0)]
        return [*own, *super().anchors()]
