"""Where the cells of a table lie, when some cover several columns or rows; and what is wrong with cells that do not fill the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Protocol, TypeVar


class Spanning(Protocol):
    """A cell: how many columns and rows it covers, 1 and up."""

    @property
    def columns(self) -> int: ...
    @property
    def rows(self) -> int: ...


_C = TypeVar("_C", bound=Spanning)


class Fault(Enum):
    """MISSING: places of a row are left empty. BEYOND: a cell reaches beyond the last column, or there is none left for it.
    OVERLAP: a cell lies on one that comes down from a row above. BELOW: a cell reaches below the last row."""

    MISSING = "missing"
    BEYOND = "beyond"
    OVERLAP = "overlap"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Misfit:
    """row: 0-based, of the fault. cell: 0-based among the cells that begin in that row, None where one is missing.

    filled: how many columns of the row have a cell (MISSING only).
    """

    fault: Fault
    row: int
    cell: int | None = None
    filled: int = 0


@dataclass(frozen=True, slots=True)
class Laid(Generic[_C]):
    """rows: for every row the cells that begin in it, each with its 0-based first column. misfits: at most one for each row, and one for each cell that
    reaches below the last row."""

    rows: tuple[tuple[tuple[int, _C], ...], ...]
    misfits: tuple[Misfit, ...]


def lay(rows: Sequence[Sequence[_C]], width: int) -> Laid[_C]:
    """Lay cells out from left to right, as HTML and Word do. width: columns of the table. Takes time that grows with the places of the table."""
    laid: list[tuple[tuple[int, _C], ...]] = []
    misfits: list[Misfit] = []
    open_ = [0] * width
    """How many of the rows still to come a cell covers in each column."""
    owner: dict[int, tuple[int, int]] = {}
    """The cells that are open: first column → row and cell."""
    covered = False
    for number, cells in enumerate(rows):
        if not covered and len(cells) == width and all(c.columns == 1 and c.rows == 1 for c in cells):
            laid.append(tuple(enumerate(cells)))
            continue
        placed, misfit = _row(number, cells, open_, owner)
        laid.append(placed)
        if misfit is not None:
            misfits.append(misfit)
        covered = any(open_)
    if covered:
        below = {owner[column] for column, left in enumerate(open_) if left and column in owner}
        misfits.extend(Misfit(Fault.BELOW, row, cell) for row, cell in sorted(below))
    return Laid(tuple(laid), tuple(misfits))


def _row(
    number: int, cells: Sequence[_C], open_: list[int], owner: dict[int, tuple[int, int]]
) -> tuple[tuple[tuple[int, _C], ...], Misfit | None]:
    """Place one row; open_ and owner are then those of the next."""
    width = len(open_)
    taken = [left > 0 for left in open_]
    coming = [max(left - 1, 0) for left in open_]
    placed: list[tuple[int, _C]] = []
    misfit: Misfit | None = None
    column = 0
    for position, cell in enumerate(cells):
        while column < width and taken[column]:
            column += 1
        end = column + cell.columns
        if end > width:
            misfit = misfit or Misfit(Fault.BEYOND, number, position)
        elif any(taken[column:end]):
            misfit = misfit or Misfit(Fault.OVERLAP, number, position)
        placed.append((column, cell))
        for covered in range(column, min(end, width)):
            taken[covered] = True
            coming[covered] = max(coming[covered], cell.rows - 1)
            owner[covered] = (number, position)
        column = end
    filled = sum(taken)
    if misfit is None and filled < width:
        misfit = Misfit(Fault.MISSING, number, None, filled)
    open_[:] = coming
    return tuple(placed), misfit
