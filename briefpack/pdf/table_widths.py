"""Widths of a table's columns where it stands in less room than its shares were meant for: no word is broken that need not be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefpack.pdf.flow import Flow, Nest
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.table_grid import TableRow


def least_widths(rows: Iterable[TableRow], count: int, padding: float) -> list[float]:
    """For each column the width in points at which none of its words is broken. rows: of grids. padding: left and right together.

    Cells that cover several columns do not count.
    """
    least = [0.0] * count
    for row in rows:
        for cell in row.cells:
            if cell.columns == 1:
                least[cell.column] = max(least[cell.column], _least(cell.content) + padding)
    return least


def _least(flow: Flow) -> float:
    match flow:
        case TextFlow():
            return flow.least_width
        case Nest():
            return max((_least(inner) for inner, _ in flow.inside()), default=0.0)
        case _:
            return 0.0


def spread(widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Widths with the same sum, none less than its least; as they are where the sum is too small for that.

    What the narrow ones lack is taken from the others, from each its share of what it can spare.
    """
    lacking = sum(max(low - width, 0.0) for width, low in zip(widths, least, strict=True))
    spare = sum(max(width - low, 0.0) for width, low in zip(widths, least, strict=True))
    if not lacking or spare < lacking:
        return list(widths)
    kept = 1 - lacking / spare
    return [max(width - low, 0.0) * kept + low for width, low in zip(widths, least, strict=True)]
