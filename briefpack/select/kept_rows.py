"""A table that has lost rows: its cells cover what is left of the rows that they covered; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefpack.blocks import AuthorCell, AuthorRow
from briefpack.grid import lay


def without_rows(
    rows: Sequence[AuthorRow], kept: Sequence[AuthorRow | None], width: int
) -> tuple[AuthorRow, ...]:
    """The rows that are left, in a grid that is as full as it was before.

    rows: of the whole table, whose cells fill its columns. kept: for each the row as it stays, or None. width: how many columns there are.
    What a cell says goes with the row that it begins in: the places below it that are left are covered by an empty cell, so
    that nothing withheld is printed.
    """
    if all(kept) or all(cell.rows == 1 for row in rows for cell in row.cells):
        return tuple(row for row in kept if row is not None)
    up_to = [0]
    """How many rows are kept before each row."""
    for row in kept:
        up_to.append(up_to[-1] + (row is not None))
    place_of = [number for number, row in enumerate(kept) if row is not None]
    begun: dict[int, list[tuple[int, AuthorCell]]] = {number: [] for number in place_of}
    """Kept row → the cells that begin in it now, with their first column."""
    for number, laid in enumerate(lay([row.cells for row in rows], width).rows):
        stays = kept[number]
        for position, (column, cell) in enumerate(laid):
            left = up_to[min(number + cell.rows, len(rows))] - up_to[number]
            if stays is not None:
                begun[number].append((column, replace(stays.cells[position], rows=left)))
            elif left:
                # The next row that is kept is among those that the cell covered.
                place = place_of[up_to[number]]
                begun[place].append(
                    (column, AuthorCell((), rows[place].where, cell.columns, left, cell.align))
                )
    return tuple(
        replace(row, cells=tuple(cell for _, cell in sorted(begun[number], key=lambda placed: placed[0])))
        for number, row in enumerate(kept)
        if row is not None
    )
