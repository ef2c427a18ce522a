from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import LineBreak, Position, Text, plain_text
from briefpack.resolve.decimals import in_language, number_in, tails


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("32.5", "32.5"),
        ("-1,234.50", "1,234.50"),
        ("−3", "3"),
        ("2.7 %", "2.7"),
        ("€ 12", "12"),
        ("1 234,5", "1 234,5"),
        ("1\u202f234,5", "1\u202f234,5"),
        ("n/a", None),
        ("", None),
        ("2025 to 2026", None),
        ("Type 3", None),
    ],
)
def test_a_number_is_told_from_words(words, number):
    assert number_in((Text(words),)) == number


def test_the_mark_of_a_note_is_no_part_of_a_number():
    assert number_in((Text("17.25"), Text("a", position=Position.SUPER))) == "17.25"


def test_two_lines_are_no_number():
    assert number_in((Text("1"), LineBreak(), Text("2"))) is None


@pytest.mark.parametrize(
    ("numbers", "language", "kept"),
    [
        (["32.5", "3", None, "56.10"], "en", ["0", ".00", "", ""]),
        (["2,5", "1234"], "fr", ["", ",0"]),
        (["1,234", "2,500"], "en", ["", ""]),
        (["1,234", "22"], "fr", ["", ",000"]),
        (["1.234,5", "2"], "en", ["", ",0"]),
        (["1,234,567", "2.5"], "en", [".0", ""]),
        (["5", "7"], "en", ["", ""]),
        ([None], "en", [""]),
    ],
)
def test_every_number_is_kept_off_the_edge_by_what_it_lacks(numbers, language, kept):
    assert tails(numbers, language) == kept


@given(st.lists(st.decimals(0, 999, places=None, allow_nan=False).map(lambda d: f"{d:f}"[:9].rstrip("."))))
def test_numbers_and_tails_are_equally_long_behind_the_sign(numbers):
    behind = {
        len((number + tail).partition(".")[2])
        for number, tail in zip(numbers, tails(list(numbers), "en"), strict=True)
    }
    assert len(behind) <= 1


@pytest.mark.parametrize(
    ("typed", "language", "printed"),
    [
        ("1250.5", "en", "1,250.5"),
        ("1250.5", "fr", "1\u202f250,5"),
        ("-3.10", "fr", "\u22123,10"),
        ("12", "fr", "12"),
        ("1,250.5", "fr", "1,250.5"),
        ("about 5", "fr", "about 5"),
        ("007", "fr", "007"),
    ],
)
def test_a_number_as_it_is_typed_gets_the_signs_of_the_language_and_nothing_else_does(
    typed: str, language: str, printed: str
) -> None:
    assert plain_text(in_language((Text(typed),), language)) == printed
