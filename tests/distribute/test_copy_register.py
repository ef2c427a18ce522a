"""The register of copies: a row a file, only ever added to."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from briefpack.distribute.copy_register import HEADS, addition, rows_of, whole_register
from briefpack.distribute.message import message_of
from briefpack.distribute.parcel import Part
from briefpack.distribute.posted import Posted
from tests.distribute.made import DATE, made_letters, reader


def posted(*, locked: bool = False, trace: str = "K7QM-4X9D-TRWA") -> list[Posted]:
    letters = made_letters(
        [reader("anna@example.int", "=Anna", copy=2), reader("ben@example.int", "Ben", copy=5)],
        subject={"": "Copy {copy}"},
    )
    return [
        Posted(
            message_of(
                replace(
                    letter,
                    attachments=tuple(
                        replace(each, trace=trace, locked=locked) for each in letter.attachments
                    ),
                ),
                "visit",
                DATE,
            ),
            1000,
            is_large=False,
        )
        for letter in letters
    ]


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_file_of_every_copy_has_a_row_that_says_whose_it_is() -> None:
    made = posted()
    found = read(whole_register(rows_of(made, DATE)))
    assert [(row["copy"], row["of"], row["name"], row["file"]) for row in found] == [
        ("2", "5", "'=Anna", "visit-desk.pdf"),
        ("2", "5", "'=Anna", "visit-desk.docx"),
        ("5", "5", "Ben", "visit-desk.pdf"),
        ("5", "5", "Ben", "visit-desk.docx"),
    ]
    assert found[0] == {
        "copy": "2",
        "of": "5",
        "name": "'=Anna",
        "address": "anna@example.int",
        "audience": "desk",
        "file": "visit-desk.pdf",
        "part": "",
        "sha256": made[0].message.letter.attachments[0].sha256,
        "trace": "K7QM-4X9D-TRWA",
        "built sha256": made[0].message.letter.attachments[0].of,
        "locked": "",
        "date": "2025-04-02T18:00:00",
    }


def test_files_for_everybody_have_no_row_and_locked_ones_without_a_number_have() -> None:
    assert list(rows_of(posted(trace=""), DATE)) == []
    found = read(whole_register(rows_of(posted(trace="", locked=True), DATE)))
    assert {(row["copy"], row["of"], row["trace"], row["locked"]) for row in found} == {("", "", "", "yes")}


def test_a_pack_without_a_date_has_none_on_the_register() -> None:
    assert {row[HEADS.index("date")] for row in rows_of(posted(), None)} == {""}


def test_a_part_says_so() -> None:
    (one, _) = posted()
    letter = replace(one.message.letter, part=Part(2, 3))
    (row, _) = rows_of([replace(one, message=replace(one.message, letter=letter))], DATE)
    assert row[HEADS.index("part")] == "2 of 3"


def test_only_rows_that_are_not_there_are_added() -> None:
    rows = list(rows_of(posted(), DATE))
    register = addition(b"", rows[:2])
    assert register == whole_register(rows[:2])
    assert addition(register, rows[:2]) == b""
    register += addition(register, rows)
    assert register == whole_register(rows)
    assert addition(register, rows) == b""
    # Twice in one draft is once.
    assert addition(register, [*rows, *rows]) == b""


def test_a_line_that_was_cut_off_is_ended_and_its_row_written_again() -> None:
    rows = list(rows_of(posted(), DATE))
    whole = whole_register(rows)
    for end in range(len(whole_register(rows[:3])) + 1, len(whole) - 1):
        cut = whole[:end]
        mended = cut + addition(cut, rows)
        assert mended.startswith(cut)
        assert [row["sha256"] for row in read(mended) if row["date"]].count(rows[3][7]) >= 1
        assert addition(mended, rows) == b""


def test_what_another_program_made_of_it_stays() -> None:
    rows = list(rows_of(posted(), DATE))
    strange = b"mine;own\xff\xfe\n"
    assert addition(strange, rows[:1]).count(b"\r\n") == 1
