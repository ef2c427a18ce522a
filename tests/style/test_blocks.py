"""The words of a table begin at the edge of the text where nothing is drawn across it, and its rules do elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefpack.style import Colour, Length, Style, TableLook


@pytest.fixture
def bare(base: Style) -> TableLook:
    none = Length(0)
    return replace(
        base.table,
        top=none,
        header=none,
        row=none,
        bottom=none,
        total=none,
        header_fill=None,
        band_fill=None,
        group_fill=None,
        padding_x=Length(4),
    )


def test_a_bare_table_hangs_out_by_what_is_inside_its_cells(bare: TableLook) -> None:
    assert bare.hang == 4
    assert replace(bare, rule=Length(1)).hang == 4


@pytest.mark.parametrize("line", ["top", "header", "row", "bottom", "total"])
def test_a_table_with_a_line_across_it_does_not(bare: TableLook, line: str) -> None:
    assert replace(bare, **{line: Length(0.5)}).hang == 0


@pytest.mark.parametrize("fill", ["header_fill", "band_fill", "group_fill"])
def test_nor_does_one_with_a_fill(bare: TableLook, fill: str) -> None:
    assert replace(bare, **{fill: Colour(240, 240, 240)}).hang == 0
