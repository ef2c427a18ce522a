"""A table, or what one page has of it: its rows and cells, where they stand, and how high they are.

The parts that a table is split into share its rows, and each knows which of them it has: a table of thousands of rows is
divided in time that grows with its rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Self

from briefpack.pdf.flow import Flow, Nest, Stack
from briefpack.pdf.table_grid import Grid, TableCell, TableRow
from briefpack.pdf.table_widths import least_widths, spread
from briefpack.style import TableLook

_HEAD_SHARE = 1 / 3
"""Of the frame's height, for header rows that are repeated: below them there is room for the tallest picture that a cell may have."""
LOW = 1 / 8
"""Share of the frame's height below which a row is not left alone at the foot or at the head of a page."""


class TablePart(Nest):
    """A table with caption above, notes and source (foot) below. shares: of the width, one for each column.

    frame: height of the text frame. rise: as in Box. marker: how far below the top of a row's text its disc stands.
    meant: width that the shares were made for; in less room columns give to those whose words are too long for them.
    repeated: its header rows, which are printed on every page unless they fill a third of it, have been printed before.
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
        self.grid = Grid(rows, low=LOW * frame)
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
            too_tall = self.height_above() > self.frame / 2 or self.header.height > _HEAD_SHARE * self.frame
            if self.header.rows and (too_tall or not self.grid.rows):
                # A head that leaves too little room for rows, or has none, is printed once, and divided as a tall row is.
                self.grid = Grid([*self.header.rows, *self.grid.rows], low=LOW * self.frame)
                self.grid.fit(widths, self.look)
                self.header = Grid([])
                self.stop = len(self.grid.rows)
            self.measure()
        return self.height

    def measure(self) -> None:
        """Set height from rows that are fitted already."""
        self.height = self.height_above() + self.between(self.start, self.stop) + self.height_below()

    def copy(self) -> Self:
        """The same table over the same rows."""
        copy = type(self).__new__(type(self))
        vars(copy).update(vars(self))
        copy.contents = dict(self.contents)
        return copy

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

    def height_above(self) -> float:
        """Height of what stands above the first row."""
        caption = self.caption.height + self.caption.after if self.caption is not None else 0.0
        return caption + self.header_height()

    def height_below(self) -> float:
        """Height of what stands below the last row."""
        return self.foot.height + self.foot.before if self.foot is not None else 0.0

    def cells(self) -> Iterator[tuple[TableCell, Stack, int]]:
        """The cells of this part with what it has of them and the row at which they begin here."""
        for index in range(self.start, self.stop):
            for cell in self.cells_from(index):
                yield cell, self.content(cell), index

    def cells_from(self, index: int) -> list[TableCell]:
        """The cells that this part has from a row on: those that begin there, and in its first row those that go on."""
        cells = self.row(index).cells
        if index > self.start:
            return cells
        crossing = self.grid.crossing[index]
        if self.first is not None:
            crossing = [*crossing, *(cell for cell in self.grid.rows[index].cells if cell.rows > 1)]
        return [*crossing, *cells]

    def tops(self) -> Mapping[int, float]:
        """For each row of this part its distance below the first."""
        heights = [self.row_height(index) for index in range(self.start, self.stop)]
        return dict(zip(range(self.start, self.stop + 1), [0.0, *accumulate(heights)], strict=True))

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

    def anchors(self) -> Sequence[tuple[str, float]]:
        own = [] if self.anchor is None else [(self.anchor, 0.0)]
        return [*own, *super().anchors()]
