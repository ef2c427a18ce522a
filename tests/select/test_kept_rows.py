from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefpack.blocks import AuthorCell, AuthorRow, ParagraphBlock
from briefpack.document import Text
from briefpack.errors import Where
from briefpack.grid import lay
from briefpack.select.kept_rows import without_rows
from tests.test_grid import tilings

HERE = Where(Path("a.yaml"), 1, 1)


def cell(said: str, columns: int = 1, rows: int = 1) -> AuthorCell:
    return AuthorCell((ParagraphBlock((Text(said),), HERE),), HERE, columns, rows)


def row(*cells: AuthorCell) -> AuthorRow:
    return AuthorRow(cells, HERE)


def said(rows: tuple[AuthorRow, ...]) -> list[list[tuple[str, int]]]:
    return [[("".join(b.spans[0].text for b in c.blocks), c.rows) for c in r.cells] for r in rows]


TABLE = (row(cell("South", 1, 3), cell("a")), row(cell("b")), row(cell("c")), row(cell("North"), cell("d")))


def left(*numbers: int) -> list[list[tuple[str, int]]]:
    kept = [r if number in numbers else None for number, r in enumerate(TABLE)]
    return said(without_rows(TABLE, kept, 2))


def test_a_cell_covers_one_row_less_when_a_row_that_it_covers_is_withheld():
    assert left(0, 2, 3) == [[("South", 2), ("a", 1)], [("c", 1)], [("North", 1), ("d", 1)]]
    assert left(0, 3) == [[("South", 1), ("a", 1)], [("North", 1), ("d", 1)]]


def test_an_empty_cell_stands_for_one_whose_own_row_is_withheld():
    assert left(1, 2, 3) == [[("", 2), ("b", 1)], [("c", 1)], [("North", 1), ("d", 1)]]
    assert left(2) == [[("", 1), ("c", 1)]]


def test_a_table_that_loses_nothing_is_the_table_itself():
    assert without_rows(TABLE, TABLE, 2) == TABLE


@given(tilings(), st.data())
def test_whatever_rows_are_withheld_the_grid_stays_full_and_says_nothing_of_them(tiling, data):
    width, laid = tiling
    rows = tuple(
        row(*(cell(f"{number}/{column}", c.columns, c.rows) for column, c in cells))
        for number, cells in enumerate(laid)
    )
    kept = [r if data.draw(st.booleans()) else None for r in rows]
    made = without_rows(rows, kept, width)
    assert not lay([r.cells for r in made], width).misfits
    words = {text for r in said(made) for text, _ in r if text}
    assert words == {text for r in said(tuple(r for r in kept if r is not None)) for text, _ in r}
