"""Rows of HTML cells → a table that fills its grid, or the finding that they only arrange a page, as those of mails mostly do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.blocks import (
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpan,
    AuthorSpans,
    ListBlock,
    ParagraphBlock,
    TableBlock,
)
from briefpack.document import LineBreak
from briefpack.errors import Where

MOST_COLUMNS = 12
MOST_CELLS = 5_000


@dataclass(slots=True)
class HtmlCell:
    """columns, rows: how many it says it covers. head: it is a heading."""

    blocks: tuple[AuthorBlock, ...]
    columns: int
    rows: int
    head: bool


def one_by_one(rows: Sequence[Sequence[HtmlCell]]) -> list[AuthorBlock]:
    """What stands in a table that only arranges a page, in the order in which it is read."""
    return [block for row in rows for cell in row for block in cell.blocks]


def table(rows: Sequence[Sequence[HtmlCell]], where: Where) -> TableBlock | None:
    """The rows as a table; None where they are none, but an arrangement of other things."""
    count = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if len(rows) < 2 or not 2 <= count <= MOST_COLUMNS or len(rows) * count > MOST_CELLS:
        return None
    cells = [cell for row in rows for cell in row]
    if any(not isinstance(block, ParagraphBlock | ListBlock) for cell in cells for block in cell.blocks):
        return None
    if any(len(cell.blocks) > 6 for cell in cells) or 2 * sum(bool(cell.blocks) for cell in cells) < len(
        cells
    ):
        return None
    placed = _grid(rows, count)
    if placed is None:
        return None
    head = rows[0]
    titled = all(cell.head and cell.columns == cell.rows == 1 for cell in head) and len(head) == count
    titles = [_words(cell) for cell in head] if titled else []
    made = [
        AuthorRow(tuple(AuthorCell(c.blocks, where, c.columns, c.rows) for c in row), where)
        for row in (placed[1:] if titled else placed)
    ]
    columns = tuple(AuthorColumn(titles[n] if titled else None, None, None) for n in range(count))
    return TableBlock(columns, tuple(made), None, None, where) if made else None


def _grid(rows: Sequence[Sequence[HtmlCell]], count: int) -> list[list[HtmlCell]] | None:
    """Rows whose cells fill the grid; None where cells lie over each other or reach out of it."""
    taken: set[tuple[int, int]] = set()
    placed: list[list[HtmlCell]] = []
    for number, row in enumerate(rows):
        cells: list[HtmlCell] = []
        waiting = list(row)
        column = 0
        while column < count:
            if (number, column) in taken:
                column += 1
                continue
            cell = waiting.pop(0) if waiting else HtmlCell((), 1, 1, head=False)
            cell.rows = min(cell.rows, len(rows) - number)
            spots = {
                (number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)
            }
            if spots & taken or column + cell.columns > count:
                return None
            taken |= spots
            cells.append(cell)
            column += cell.columns
        if waiting:
            return None
        placed.append(cells)
    return placed


def _words(cell: HtmlCell) -> AuthorSpans:
    spans: list[AuthorSpan] = []
    for block in cell.blocks:
        if isinstance(block, ParagraphBlock):
            spans.extend([LineBreak()] if spans else [])
            spans.extend(block.spans)
    return tuple(spans)
