"""The rows of a table: cells that may cover several columns and rows, how high they are, and which rows stay together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from briefpack.document import RowKind
from briefpack.pdf.flow import Stack
from briefpack.style import TableLook

_ROUNDING = 0.01


class TableCell:
    """content: what it says. columns, rows: how many it covers, from column and row (0-based) on.

    The grid that it belongs to sets column and row.
    """

    __slots__ = ("column", "columns", "content", "row", "rows")

    def __init__(self, content: Stack, *, columns: int = 1, rows: int = 1) -> None:
        self.content = content
        self.columns = columns
        self.rows = rows
        self.column = 0
        self.row = 0

    @property
    def end(self) -> int:
        """The row behind the last one that it covers."""
        return self.row + self.rows


class TableRow:
    """The cells that begin in a row. shaded: has the fill of every other row. cut: goes on on the next page.

    fresh: begins here, and is not what is left of a row from the page before.
    """

    __slots__ = ("cells", "cut", "fresh", "height", "kind", "shaded")

    def __init__(
        self,
        cells: Sequence[TableCell],
        *,
        kind: RowKind = RowKind.BODY,
        shaded: bool = False,
        cut: bool = False,
        fresh: bool = True,
    ) -> None:
        self.cells = list(cells)
        self.kind = kind
        self.shaded = shaded
        self.cut = cut
        self.fresh = fresh
        self.height = 0.0

    def measure(self, look: TableLook) -> None:
        """Set the height that the cells of this row alone ask for."""
        highest = max((cell.content.height for cell in self.cells if cell.rows == 1), default=0.0)
        self.height = highest + 2 * look.padding_y

    def split(
        self, room: float, look: TableLook, *, stretch: float = 0.0, must: bool = False
    ) -> tuple[TableRow, TableRow] | None:
        """Each cell at most room high (padding included), the rest in a second row; None when no cell can begin.

        stretch: how high both parts are at least together, since cells reach into the row that begin above it or go on below it.
        must: no page has more room, so that cells are divided wherever they can be.
        """
        first: list[TableCell] = []
        second: list[TableCell] = []
        inside = room - 2 * look.padding_y
        if inside <= 0:
            return None
        for cell in self.cells:
            content = cell.content
            if cell.rows > 1:
                first.append(cell)
                continue
            if content.height <= inside + _ROUNDING:
                parts = (content, Stack([]))
            else:
                given = content.split(inside) or (content.give(inside) if must else None)
                parts = given or (Stack([]), content)
            first.append(_part(cell, parts[0]))
            second.append(_part(cell, parts[1]))
        # A row whose tallest cell stays whole would only move its short cells away from it.
        own = [cell.content for cell in self.cells if cell.rows == 1 and cell.content.flows]
        tallest = max(own, key=lambda content: content.height, default=None)
        if tallest is not None and any(part.content is tallest for part in second):
            return None
        upper = TableRow(first, kind=self.kind, shaded=self.shaded, cut=True, fresh=self.fresh)
        lower = TableRow(second, kind=self.kind, shaded=self.shaded, cut=self.cut, fresh=False)
        for row in (upper, lower):
            row.measure(look)
        if stretch:
            upper.height = max(upper.height, room)
            lower.height = max(lower.height, stretch - room)
        return upper, lower


def _part(cell: TableCell, content: Stack) -> TableCell:
    part = TableCell(content, columns=cell.columns)
    part.column, part.row = cell.column, cell.row
    return part


def places(rows: Sequence[Sequence[tuple[int, int]]]) -> list[list[int]]:
    """The column (0-based) at which each cell begins. rows: for each row how many (columns, rows) its cells cover."""
    taken: dict[int, int] = {}
    found: list[list[int]] = []
    for index, cells in enumerate(rows):
        found.append([])
        column = 0
        for columns, down in cells:
            while taken.get(column, 0) > index:
                column += 1
            found[-1].append(column)
            if down > 1:
                taken.update(dict.fromkeys(range(column, column + columns), index + down))
            column += columns
    return found


class Grid:
    """Rows under one another. crossing: for each row the cells that begin above it and reach into it.

    tops: distance of each row, and of the end, below the top, once fitted.
    """

    def __init__(self, rows: Sequence[TableRow], *, low: float = 0.0) -> None:
        """low: height in points below which a row is not left alone at the foot or at the head of a page."""
        self.rows = list(rows)
        self.low = low
        self.crossing: list[list[TableCell]] = [[] for _ in self.rows]
        self.tops: list[float] = [0.0] * (len(self.rows) + 1)
        columns = places([[(cell.columns, cell.rows) for cell in row.cells] for row in self.rows])
        for index, row in enumerate(self.rows):
            for cell, column in zip(row.cells, columns[index], strict=True):
                cell.column, cell.row = column, index
                for below in range(index + 1, cell.end):
                    self.crossing[below].append(cell)
        self._bands()

    def _bands(self) -> None:
        """Find the rows that stay together: joined by a cell, a group's heading with its first row, a total with what it sums up."""
        count = len(self.rows)
        self.band_begin = list(range(count))
        self.band_end = list(range(1, count + 1))
        self.joined = [False] * count
        for index in range(1, count):
            if self.keeps(index):
                self.band_begin[index] = self.band_begin[index - 1]
                self.joined[index] = self.joined[index - 1] or bool(self.crossing[index])
        for index in range(count - 2, -1, -1):
            if self.keeps(index + 1):
                self.band_end[index] = self.band_end[index + 1]
                self.joined[index] = self.joined[index + 1]

    def keeps(self, index: int) -> bool:
        """Whether a row stays with the one above it."""
        above, row = self.rows[index - 1], self.rows[index]
        return (
            bool(self.crossing[index])
            or above.kind is RowKind.GROUP
            or row.kind is RowKind.TOTAL
            or (index == self._first_body() and 0 < above.height < self.low)
            or (index == len(self.rows) - 1 and 0 < row.height < self.low)
        )

    def _first_body(self) -> int:
        """The row that the first one stays with: behind a group's heading and the row that it names."""
        return 2 if self.rows[0].kind is RowKind.GROUP else 1

    def fit(self, widths: Sequence[float], look: TableLook) -> None:
        """Break all cells; rows get higher where cells that cover several ask for it."""
        lefts = [0.0, *accumulate(widths)]
        tall: list[TableCell] = []
        for row in self.rows:
            for cell in row.cells:
                width = lefts[cell.column + cell.columns] - lefts[cell.column]
                cell.content.fit(max(width - 2 * look.padding_x, 1.0))
                if cell.rows > 1:
                    tall.append(cell)
            row.measure(look)
        for cell in sorted(tall, key=lambda cell: (cell.rows, cell.row)):
            self._stretch(self.rows[cell.row : cell.end], cell.content.height + 2 * look.padding_y)
        self.tops = [0.0, *accumulate(row.height for row in self.rows)]
        if self.low:
            self._bands()

    @staticmethod
    def _stretch(rows: Sequence[TableRow], height: float) -> None:
        """Give rows at least a height together, each its share of what is lacking."""
        have = sum(row.height for row in rows)
        if have < height:
            for row in rows:
                row.height *= height / have

    @property
    def height(self) -> float:
        return self.tops[-1]
