"""CSV that a spreadsheet program opens as it is meant."""

from __future__ import annotations

import csv
import io

import pytest

from briefpack.distribute.csv_table import MARK, csv_rows, csv_table, harmless, plain


def test_a_table_begins_with_a_mark_and_reads_back() -> None:
    content = csv_table(("name", "note"), [("Ölund, Åsa", 'says "no"\nand goes')])
    assert content.startswith(MARK)
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [["name", "note"], ["Ölund, Åsa", 'says "no"\nand goes']]


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\uff1d1+1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    ((read,),) = csv.reader(io.StringIO(csv_rows([(cell,)]).decode(), newline=""))
    assert read == f"'{cell}"


@pytest.mark.parametrize("delimiter", ",;")
def test_no_cell_is_one_however_the_lines_are_divided(delimiter: str) -> None:
    line = csv_rows([("1", "Anna;=1+1;-2; =3", "anna;+@example.int", "x'=1")]).decode()
    ((*cells,),) = csv.reader(io.StringIO(line, newline=""), delimiter=delimiter)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("cell", ["=1", "a;=1;-2", "it's", "", "a; -1", "-"])
def test_what_was_made_harmless_is_known_again(cell: str) -> None:
    assert plain(harmless(cell)) == cell
