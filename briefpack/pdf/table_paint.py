"""A table's part on its page: fills, words, rules, and the discs of a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefpack.document import RowKind
from briefpack.pdf.canvas import Artifact, PageCanvas
from briefpack.pdf.flow import Stack
from briefpack.pdf.table_grid import TableCell, TableRow
from briefpack.pdf.table_part import TablePart
from briefpack.style import Colour


class Painter:
    """Draws a part of a table that has rows. x, top: upper left corner of its first row, in page coordinates."""

    def __init__(self, table: TablePart, canvas: PageCanvas, x: float, top: float) -> None:
        self.table = table
        self.canvas = canvas
        self.look = table.look
        self.x = x
        self.top = top
        self.lefts = table.lefts
        self.body = top - table.header.height
        self.tops = table.tops()

    def paint(self) -> float:
        """Draw, and give the y of the lower edge."""
        table = self.table
        edge = self.body - self.tops[table.stop]
        self._fills()
        if table.repeated:
            with self.canvas.artifact(Artifact.PAGINATION):
                self._header_words()
        else:
            self._header_words()
        for cell, content, index in table.cells():
            self._words(cell, content, self.body - self.tops[index])
        self._rules(edge)
        self._first_column_rule()
        return edge

    # ----------------------------------------------------------------------- fills and words

    def _rows(self) -> Iterator[tuple[int, TableRow, float, float]]:
        """Index, row, y of its upper and of its lower edge."""
        for index in range(self.table.start, self.table.stop):
            yield index, self.table.row(index), self.body - self.tops[index], self.body - self.tops[index + 1]

    def _fills(self) -> None:
        look = self.look
        if look.header_fill is not None and self.table.header.rows:
            self._fill(self.body, self.table.header.height, look.header_fill)
        for _, row, upper, lower in self._rows():
            fill = None
            if row.kind is RowKind.GROUP:
                fill = look.group_fill
            elif row.shaded:
                fill = look.band_fill
            if fill is not None:
                self._fill(lower, upper - lower, fill)

    def _fill(self, bottom: float, height: float, colour: Colour) -> None:
        with self.canvas.artifact():
            self.canvas.fill(self.x, bottom, self.table.width, height, colour)

    def _header_words(self) -> None:
        header = self.table.header
        for row in header.rows:
            for cell in row.cells:
                top = self.top - header.tops[cell.row]
                # The headings of columns stand on the rule below them.
                if cell.end == len(header.rows):
                    height = header.tops[cell.end] - header.tops[cell.row]
                    top -= height - cell.content.height - 2 * self.look.padding_y
                self._words(cell, cell.content, top)

    def _words(self, cell: TableCell, content: Stack, top: float) -> None:
        if content.flows:
            left = self.x + self.lefts[cell.column] + self.look.padding_x
            content.paint(self.canvas, left, top - self.look.padding_y + self.table.rise)

    # ----------------------------------------------------------------------- rules

    def _rules(self, edge: float) -> None:
        look, table = self.look, self.table
        if table.header.rows:
            self._spanners()
            self._line(self.body, look.header, look.line_colour)
        last = table.stop - 1
        for index, row, _, lower in self._rows():
            if row.cut:
                continue
            if index == last:
                self._line(edge, look.bottom, look.line_colour)
            elif table.row(index + 1).kind is RowKind.TOTAL:
                if row.kind is not RowKind.TOTAL:
                    self._line(lower, look.total, look.top_colour)
            elif row.kind is not RowKind.GROUP:
                self._row_line(index, lower)
        self._line(self.top, look.top, look.top_colour)

    def _line(
        self, y: float, width: float, colour: Colour, left: float = 0.0, right: float | None = None
    ) -> None:
        if width:
            stop = self.table.width if right is None else right
            with self.canvas.artifact():
                self.canvas.fill(self.x + left, y - width / 2, stop - left, width, colour)

    def _row_line(self, index: int, y: float) -> None:
        """The line below a row; what covers more rows stands in its way."""
        if not self.look.row:
            return
        for left, right in self._free(self.table.grid.crossing[index + 1]):
            self._line(y, self.look.row, self.look.line_colour, left, right)

    def _free(self, cells: Iterable[TableCell]) -> Iterator[tuple[float, float]]:
        """From where to where no cell of these stands."""
        left = 0.0
        for cell in sorted(cells, key=lambda cell: cell.column):
            start = self.lefts[cell.column]
            if start > left:
                yield left, start
            left = self.lefts[cell.column + cell.columns]
        if left < self.table.width - 0.01:
            yield left, self.table.width

    def _spanners(self) -> None:
        """A line below a heading of several columns, as wide as what is below it."""
        header = self.table.header
        for row in header.rows:
            for cell in row.cells:
                if cell.columns > 1 and cell.end < len(header.rows):
                    y = self.top - header.tops[cell.end]
                    left = self.lefts[cell.column] + self.look.padding_x
                    right = self.lefts[cell.column + cell.columns] - self.look.padding_x
                    self._line(y, self.look.header, self.look.line_colour, left, right)

    # ----------------------------------------------------------------------- the rule behind the first column

    def _first_column_rule(self) -> None:
        look = self.look
        if not look.rule and not look.marker:
            return
        pieces = [(upper, lower) for index, row, upper, lower in self._rows() if self._has_column(index, row)]
        if self.table.header.rows and all(
            cell.columns == 1 for row in self.table.header.rows for cell in row.cells if cell.column == 0
        ):
            pieces.insert(0, (self.top, self.body))
        at = self.x + self.lefts[1]
        with self.canvas.artifact():
            for upper, lower in _joined(pieces) if look.rule else ():
                self.canvas.fill(at - look.rule / 2, lower, look.rule, upper - lower, look.rule_colour)
            if look.marker:
                for index, row, upper, _ in self._rows():
                    if row.kind is RowKind.BODY and row.fresh and self._has_column(index, row):
                        y = upper - look.padding_y + self.table.rise - self.table.marker
                        self.canvas.disc(at, y, look.marker / 2, look.rule_colour)

    def _has_column(self, index: int, row: TableRow) -> bool:
        """Whether a row has a first column of its own, and more than that."""
        if len(self.table.shares) == 1:
            return False
        cells = [*row.cells, *self.table.grid.crossing[index]]
        return all(cell.columns == 1 for cell in cells if cell.column == 0)


def _joined(pieces: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Pieces of a vertical line from its top down, neighbours as one."""
    joined: list[tuple[float, float]] = []
    for upper, lower in pieces:
        if joined and abs(joined[-1][1] - upper) < 0.01:
            joined[-1] = (joined[-1][0], lower)
        else:
            joined.append((upper, lower))
    return joined
