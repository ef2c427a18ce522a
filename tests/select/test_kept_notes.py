from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.blocks import AuthorCell, AuthorColumn, AuthorRow, AuthorTableNote, ParagraphBlock, TableBlock
from briefpack.document import Position, Text
from briefpack.errors import Where
from briefpack.select.kept_notes import marks_in, with_notes

HERE = Where(Path("a.yaml"), 1, 1)


def table(marks: str, cells: tuple[str, ...], caption: str = "") -> TableBlock:
    """A table with a note for each mark; every cell says x, with marks behind it."""

    def marked(raised: str) -> tuple[Text, ...]:
        return (Text("x"), *([Text(raised, position=Position.SUPER)] if raised else []))

    rows = tuple(
        AuthorRow((AuthorCell((ParagraphBlock(marked(cell), HERE),), HERE),), HERE) for cell in cells
    )
    notes = tuple(AuthorTableNote(mark, (Text(f"note {mark}"),), HERE) for mark in marks.split())
    columns = (AuthorColumn(marked(""), None, None),)
    return TableBlock(columns, rows, marked(caption) if caption else None, None, HERE, notes=notes)


def said(block: TableBlock) -> list[str]:
    spans = [row.cells[0].blocks[0].spans for row in block.rows]
    return ["".join(text.text for text in each) for each in spans]


def test_marks_are_found_wherever_they_stand():
    assert marks_in(table("a b c", ("a", "b, c"), caption="d")) == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("marks", "cells", "kept", "left", "notes"),
    [
        ("a b c", ("a", "b", "c"), {"a", "c"}, ["xa", "x", "xb"], ["a: note a", "b: note c"]),
        ("1 2", ("1", "2"), {"2"}, ["x", "x1"], ["1: note 2"]),
        ("* †", ("*", "†"), {"†"}, ["x", "x†"], ["†: note †"]),
        ("a b", ("a, b", "m"), {"b"}, ["xa", "xm"], ["a: note b"]),
        ("a", ("a",), set(), ["x"], []),
    ],
)
def test_marks_go_with_their_notes_and_those_that_count_close_up(marks, cells, kept, left, notes):
    made = with_notes(table(marks, cells), kept)
    assert said(made) == left
    assert [f"{note.mark}: {note.spans[0].text}" for note in made.notes] == notes


def test_a_table_that_keeps_its_notes_is_the_same():
    whole = table("a b", ("a", "b"))
    assert with_notes(whole, {"a", "b"}) is whole
