"""Tables as flows: columns by share, header rows on every page, caption and source never alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING

from briefpack.pdf.canvas import Artifact, PageCanvas
from briefpack.pdf.flow import Flow, Stack
from briefpack.style import TableLook

if TYPE_CHECKING:
    from briefpack.pdf.notes import Note

_ROUNDING = 0.01


class TableRow:
    """Cells side by side. shaded: has the fill of every other row. cut: goes on on the next page."""

    def __init__(self, cells: Sequence[Stack], *, shaded: bool = False, cut: bool = False) -> None:
        self.cells = list(cells)
        self.shaded = shaded
        self.cut = cut
        self.height = 0.0

    def fit(self, widths: Sequence[float], look: TableLook) -> None:
        for cell, width in zip(self.cells, widths, strict=True):
            cell.fit(max(width - 2 * look.padding_x, 1.0))
        self.measure(look)

    def measure(self, look: TableLook) -> None:
        self.height = max(cell.height for cell in self.cells) + 2 * look.padding_y

    def split(self, room: float, look: TableLook) -> tuple[TableRow, TableRow] | None:
        """Each cell at most room high (padding included), the rest in a second row; None when no cell can begin."""
        first: list[Stack] = []
        second: list[Stack] = []
        inside = room - 2 * look.padding_y
        for cell in self.cells:
            if cell.height <= inside + _ROUNDING:
                parts = (cell, Stack([]))
            else:
                parts = cell.split(inside) or (Stack([]), cell)
            first.append(parts[0])
            second.append(parts[1])
        # A row whose tallest cell stays whole would only move its short cells away from it.
        tallest = max(range(len(self.cells)), key=lambda k: self.cells[k].height)
        if not first[tallest].flows:
            return None
        rows = (
            TableRow(first, shaded=self.shaded, cut=True),
            TableRow(second, shaded=self.shaded, cut=self.cut),
        )
        for row in rows:
            row.measure(look)
        return rows


class TableFlow:
    """A table with caption above and source below. shares: of the width, one for each column.

    frame: height of the text frame; only a row taller than half of it is divided. rise: as in Box.
    header rows are printed on every page unless they fill half of it; repeated tells that they have been printed before.
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
        source: Stack | None,
        anchor: str | None,
        frame: float,
        rise: float,
        repeated: bool = False,
    ) -> None:
        self.shares = tuple(shares)
        self.header = list(header)
        self.rows = list(rows)
        self.look = look
        self.caption = caption
        self.source = source
        self.anchor = anchor
        self.frame = frame
        self.rise = rise
        self.repeated = repeated
        self.before = max(float(look.before), caption.before if caption is not None else 0.0)
        self.after = float(look.after)
        self.height = 0.0
        self._width = 0.0

    def fit(self, width: float) -> float:
        if width != self._width:
            self._width = width
            widths = [share * width for share in self.shares]
            for row in (*self.header, *self.rows):
                row.fit(widths, self.look)
            for line in (self.caption, self.source):
                if line is not None:
                    line.fit(width)
            if self._head() > self.frame / 2:
                # A head that leaves too little room for rows is printed once, and divided as a tall row is.
                self.rows = [*self.header, *self.rows]
                self.header = []
            self._measure()
        return self.height

    def _measure(self) -> None:
        self.height = self._head() + sum(row.height for row in self.rows) + self._foot()

    def _head(self) -> float:
        """Height of what stands above the first row."""
        caption = self.caption.height + self.caption.after if self.caption is not None else 0.0
        return caption + sum(row.height for row in self.header)

    def _foot(self) -> float:
        """Height of what stands below the last row."""
        return self.source.height + self.source.before if self.source is not None else 0.0

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        used = self._head()
        for index, row in enumerate(self.rows):
            last = index == len(self.rows) - 1
            needed = row.height + (self._foot() if last else 0.0)
            if used + needed <= room + _ROUNDING:
                used += row.height
                continue
            if row.height > self.frame / 2:
                parts = row.split(room - used, self.look)
                if parts is not None:
                    return self._parts([*self.rows[:index], parts[0]], [parts[1], *self.rows[index + 1 :]])
            if index == 0:
                return None
            return self._parts(self.rows[:index], self.rows[index:])
        return None

    def _parts(self, first: list[TableRow], second: list[TableRow]) -> tuple[TableFlow, TableFlow]:
        upper = self._part(
            first, caption=self.caption, source=None, anchor=self.anchor, repeated=self.repeated
        )
        lower = self._part(second, caption=None, source=self.source, anchor=None, repeated=True)
        upper.after = 0.0
        lower.before = 0.0
        return upper, lower

    def _part(
        self,
        rows: list[TableRow],
        *,
        caption: Stack | None,
        source: Stack | None,
        anchor: str | None,
        repeated: bool,
    ) -> TableFlow:
        part = TableFlow(
            self.shares,
            self.header,
            rows,
            self.look,
            caption=caption,
            source=source,
            anchor=anchor,
            frame=self.frame,
            rise=self.rise,
            repeated=repeated,
        )
        part._width = self._width
        part._measure()
        return part

    def paint(self, canvas: PageCanvas, x: float, top: float) -> None:
        look = self.look
        y = top
        if self.caption is not None:
            self.caption.paint(canvas, x, y)
            y -= self.caption.height + self.caption.after
        edge = y
        for row in self.header:
            if look.header_fill is not None:
                with canvas.artifact():
                    canvas.fill(x, y - row.height, self._width, row.height, look.header_fill)
            if self.repeated:
                with canvas.artifact(Artifact.PAGINATION):
                    self._paint_row(canvas, row, x, y)
            else:
                self._paint_row(canvas, row, x, y)
            y -= row.height
        if self.header:
            self._line(canvas, x, y, look.header)
        for index, row in enumerate(self.rows):
            if row.shaded and look.band_fill is not None:
                with canvas.artifact():
                    canvas.fill(x, y - row.height, self._width, row.height, look.band_fill)
            self._paint_row(canvas, row, x, y)
            y -= row.height
            last = index == len(self.rows) - 1
            if not row.cut:
                self._line(canvas, x, y, look.bottom if last else look.row)
        with canvas.artifact():
            canvas.fill(x, edge - look.top / 2, self._width, look.top, look.top_colour)
        if self.source is not None:
            self.source.paint(canvas, x, y - self.source.before)

    def _line(self, canvas: PageCanvas, x: float, y: float, width: float) -> None:
        if width:
            with canvas.artifact():
                canvas.fill(x, y - width / 2, self._width, width, self.look.line_colour)

    def _paint_row(self, canvas: PageCanvas, row: TableRow, x: float, top: float) -> None:
        for cell, share in zip(row.cells, self.shares, strict=True):
            cell.paint(canvas, x + self.look.padding_x, top - self.look.padding_y + self.rise)
            x += share * self._width

    def anchors(self) -> Sequence[tuple[str, float]]:
        found: list[tuple[str, float]] = [] if self.anchor is None else [(self.anchor, 0.0)]
        down = self._head()
        for row in self.rows:
            for cell in row.cells:
                found.extend((anchor, down + self.look.padding_y + at) for anchor, at in cell.anchors())
            down += row.height
        return found

    def notes(self, within: float = inf) -> Sequence[tuple[Note, float]]:
        return list(self._notes(within))

    def _notes(self, within: float) -> Iterator[tuple[Note, float]]:
        down = self._head()
        # What stands above the rows stays with the first of them; header rows that are printed again bring no notes again.
        above = [] if self.caption is None else [note for note, _ in self.caption.notes()]
        if not self.repeated:
            above += [note for row in self.header for cell in row.cells for note, _ in cell.notes()]
        for note in above:
            yield note, down + (self.rows[0].height if self.rows else 0.0)
        for index, row in enumerate(self.rows):
            if down > within:
                return
            bottom = self.height if index == len(self.rows) - 1 else down + row.height
            whole = row.height <= self.frame / 2
            for cell in row.cells:
                for note, reach in cell.notes():
                    yield note, bottom if whole else min(down + reach + 2 * self.look.padding_y, bottom)
            down += row.height
        if self.source is not None:
            yield from ((note, self.height) for note, _ in self.source.notes())
