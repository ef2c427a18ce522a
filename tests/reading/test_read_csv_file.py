"""CSV files of others: whatever divides their cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.blocks import ParagraphBlock, TableBlock
from briefpack.document import Align, Text
from briefpack.reading.author_words import plain_words
from briefpack.reading.read_csv_file import MOST_COLUMNS, MOST_ROWS, delimiter_of, read_csv_file

PATH = Path("ports.csv")


def read(text: str) -> AnnexText:
    return read_csv_file(text.encode(), PATH, {})


def table(text: str) -> TableBlock:
    (block,) = read(text).blocks
    assert isinstance(block, TableBlock)
    return block


def cells(text: str) -> list[list[str]]:
    return [
        [
            "".join(plain_words(block.spans) for block in cell.blocks if isinstance(block, ParagraphBlock))
            for cell in row.cells
        ]
        for row in table(text).rows
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    text = "Port,Tonnes,Share\nVarna,120,40\nRuse,90,30\n".replace(",", delimiter)
    assert delimiter_of(text) == delimiter
    assert [column.title for column in table(text).columns] == [
        (Text("Port"),),
        (Text("Tonnes"),),
        (Text("Share"),),
    ]
    assert cells(text) == [["Varna", "120", "40"], ["Ruse", "90", "30"]]


def test_decimal_commas_divide_nothing() -> None:
    assert cells("Port;Tonnes\nVarna;120,5\nRuse;90,1\n") == [["Varna", "120,5"], ["Ruse", "90,1"]]
    assert cells("sep=,\nPort,Note\nVarna,a;b;c\n") == [["Varna", "a;b;c"]]


def test_numbers_stand_at_the_right_and_words_do_not() -> None:
    made = table("Port,Tonnes,Room\nVarna,1 200,2.014\nRuse,−90 %,Hall\n")
    assert [column.align for column in made.columns] == [None, Align.RIGHT, None]


def test_quoted_cells_and_rows_of_other_lengths() -> None:
    assert cells('a,b\n"x, y","1\n2"\nz\n\nlast,3,4\n') == [
        ["x, y", "1 2", ""],
        ["z", "", ""],
        ["last", "3", "4"],
    ]
    assert [row.where.line for row in table('a,b\n"x\ny",1\nz,2\n').rows] == [2, 4]


def test_headings_alone_are_a_row() -> None:
    assert cells("a,b\n") == [["a", "b"]]


def test_wide_tables_lie_on_their_side() -> None:
    assert not read("a,b\n1,2\n").landscape
    assert read(",".join("abcdefgh") + "\n" + ",".join("12345678") + "\n").landscape


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no text in it"),
        (",".join("a" * (MOST_COLUMNS + 1)) + "\n", "has 17 columns; at most 16 columns and 5,000 rows are set"),
        ("a,b\n" * (MOST_ROWS + 2), "has 5,002 rows; at most 16 columns"),
        ('a,b\n1,"' + "x" * 200_000, "has a cell without end (line 2)"),
    ],
)  # fmt: skip
def test_what_is_not_set_is_said(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text)
    assert message in caught.value.message
    assert caught.value.hint
