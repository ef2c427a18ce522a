"""A number that goes to another reader is told once, with who had it."""

from __future__ import annotations

from briefpack.distribute.copy_register import Row, whole_register
from briefpack.distribute.moved_copies import Moved, moved, tell_moved
from briefpack.distribute.read_copies import Register, read_copies
from briefpack.errors import Findings
from tests.distribute.made import HERE


def rows(*readers: tuple[str, str], file: str = "visit-desk.pdf") -> tuple[Row, ...]:
    """Of numbers and addresses."""
    return tuple(
        (number, "9", "Somebody", address, "desk", file, "", "a" * 64, "K7QM", "b" * 64, "", "")
        for number, address in readers
    )


def register(*several: tuple[Row, ...]) -> Register | None:
    return read_copies(whole_register(row for each in several for row in each))


FIRST = rows(("1", "anna@example.int"), ("2", "ben@example.int"))
LATER = rows(("1", "carl@example.int"), ("2", "anna@example.int"), ("3", "ben@example.int"))


def test_a_reader_in_front_moves_the_numbers_behind_him() -> None:
    assert moved(LATER, register(FIRST), register(FIRST)) == (
        Moved(1, "carl@example.int", "anna@example.int"),
        Moved(2, "anna@example.int", "ben@example.int"),
    )


def test_nothing_is_moved_by_a_first_draft_by_the_same_readers_or_without_numbers() -> None:
    assert moved(LATER, None, None) == ()
    assert moved(rows(("1", "Anna@EXAMPLE.int")), register(FIRST), None) == ()
    assert moved(rows(("", "carl@example.int")), register(FIRST), None) == ()
    assert moved(FIRST, register(rows(("", "carl@example.int"))), None) == ()


def test_an_unchanged_list_is_told_once_and_a_changed_one_again() -> None:
    grown = register(FIRST, LATER)
    assert moved(LATER, grown, register(LATER)) == ()
    # Also where the outbox is gone.
    assert moved(LATER, grown, None) == ()
    # Back to the first list: what the register has of it stands before the rest.
    assert [each.number for each in moved(FIRST, grown, register(LATER))] == [1, 2]
    assert moved(FIRST, grown, register(FIRST)) == ()


def test_a_number_with_several_files_is_told_once() -> None:
    both = (*LATER, *rows(("1", "carl@example.int"), file="visit-desk.docx"))
    assert [each.number for each in moved(both, register(FIRST), None)] == [1, 2]


def test_all_numbers_are_one_warning_at_the_list() -> None:
    findings = Findings()
    tell_moved((), HERE, findings)
    assert not findings.items
    tell_moved(
        [Moved(n, f"r{n + 1}@example.int", f"r{n}@example.int") for n in range(1, 300)], HERE, findings
    )
    (found,) = findings
    assert (found.rule, found.where) == ("moved-copy", HERE)
    assert "299 numbers of copies" in found.message
    assert "1 (r2@example.int, before: r1@example.int)" in found.message
    assert found.message.endswith("and others")
    assert "`copy: 1`" in (found.hint or "")
