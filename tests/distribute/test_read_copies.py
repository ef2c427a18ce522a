"""A register is read as it was written, as others saved it, and as far as it can be read."""

from __future__ import annotations

import csv
import io

import pytest

from briefpack.distribute.copy_register import addition
from briefpack.distribute.read_copies import read_copies

HEADS = (
    *("copy", "of", "name", "address", "audience", "file", "part"),
    *("sha256", "trace", "built sha256", "locked", "date"),
)
ROWS = (
    (
        *("3", "12", "Elena, Marković", "elena@example.int", "minister", "visit.pdf", ""),
        *("a" * 64, "K7QM-4X9D-TRWA", "b" * 64, "yes", "2025-04-02T00:00:00"),
    ),
    (
        *("", "", "'=1+1", "o'neil@example.int", "press", "visit.pdf", "2 of 3"),
        *("c" * 64, "", "d" * 64, "", ""),
    ),
)


def register(delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([HEADS, *ROWS])
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "utf-8-sig"), ("\t", "utf-8")])
def test_a_register_is_read_whatever_divides_its_cells(delimiter: str, encoding: str) -> None:
    found = read_copies(register(delimiter, encoding))
    assert found is not None
    first, second = found.copies
    assert (first.number, first.of, first.name, first.locked) == (3, 12, "Elena, Marković", True)
    assert (first.sha256, first.built, first.trace) == ("a" * 64, "b" * 64, "K7QM-4X9D-TRWA")
    assert (second.number, second.name, second.address, second.part) == (
        None,
        "=1+1",
        "o'neil@example.int",
        "2 of 3",
    )
    assert found.lost == 0


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_rows_that_were_added_behind_what_a_spreadsheet_program_saved_are_read(delimiter: str) -> None:
    saved = register(delimiter)
    more = tuple(each.replace("3", "4") for each in ROWS[0])
    found = read_copies(saved + addition(saved, [more]))
    assert found is not None
    assert [(copy.number, copy.name) for copy in found.copies] == [
        (3, "Elena, Marković"),
        (None, "=1+1"),
        (4, "Elena, Marković"),
    ]
    assert found.lost == 0


@pytest.mark.parametrize("end", [3, 12, 40])
def test_lines_that_were_cut_off_are_counted_and_those_behind_them_are_read(end: int) -> None:
    whole = register()
    lines = whole.split(b"\r\n")
    found = read_copies(b"\r\n".join([lines[0], lines[1][:end], *lines[1:]]))
    assert found is not None
    assert len(found.copies) == 2
    assert found.lost == 1


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\0", b"name,address\r\nA,a@example.int\r\n", b"%PDF-1.7", b"x" * 300_000]
)
def test_what_is_no_register_is_none(raw: bytes) -> None:
    assert read_copies(raw) is None
