from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.grid import Fault, Misfit, lay


@dataclass(frozen=True)
class Cell:
    columns: int = 1
    rows: int = 1


ONE = Cell()


def columns_of(*rows: tuple[Cell, ...], width: int) -> list[list[int]]:
    laid = lay(rows, width)
    assert not laid.misfits
    return [[column for column, _ in row] for row in laid.rows]


def test_cells_without_spans_stand_in_their_columns():
    assert columns_of((ONE, ONE), (ONE, ONE), width=2) == [[0, 1], [0, 1]]


def test_a_cell_stands_behind_those_that_come_down_from_above():
    assert columns_of((Cell(1, 2), Cell(2)), (ONE, ONE), (ONE, ONE, ONE), width=3) == [
        [0, 1],
        [1, 2],
        [0, 1, 2],
    ]


def test_a_row_that_is_covered_altogether_has_no_cells():
    assert columns_of((Cell(2, 2),), (), (ONE, ONE), width=2) == [[0], [], [0, 1]]


@pytest.mark.parametrize(
    ("rows", "misfit"),
    [
        (((ONE,),), Misfit(Fault.MISSING, 0, None, 1)),
        (((ONE, ONE, ONE),), Misfit(Fault.BEYOND, 0, 2)),
        (((ONE, Cell(2)),), Misfit(Fault.BEYOND, 0, 1)),
        (((ONE, Cell(1, 2)), (Cell(2),)), Misfit(Fault.OVERLAP, 1, 0)),
        (((ONE, ONE), (Cell(1, 2), ONE)), Misfit(Fault.BELOW, 1, 0)),
        (((Cell(2, 2),), (ONE,)), Misfit(Fault.BEYOND, 1, 0)),
    ],
)
def test_cells_that_do_not_fill_the_grid_are_told(rows, misfit):
    assert lay(rows, 2).misfits == (misfit,)


@st.composite
def tilings(draw):
    """A grid cut into cells: for each the first row and column, and what it covers."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    free = {(row, column) for row in range(height) for column in range(width)}
    rows = [[] for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if (row, column) not in free:
                continue
            wide = 1
            most = draw(st.integers(1, 3))
            while wide < most and (row, column + wide) in free:
                wide += 1
            high = 1
            tallest = draw(st.integers(1, 3))
            while high < tallest and row + high < height:
                high += 1
            free -= {(row + r, column + c) for r in range(high) for c in range(wide)}
            rows[row].append((column, Cell(wide, high)))
    return width, rows


@given(tilings())
def test_every_grid_that_is_filled_is_laid_as_it_was_cut(tiling):
    width, rows = tiling
    laid = lay([[cell for _, cell in row] for row in rows], width)
    assert not laid.misfits
    assert [list(row) for row in laid.rows] == rows
