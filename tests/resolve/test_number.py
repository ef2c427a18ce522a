from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.numerals import roman
from briefpack.resolve.number import Headings, alphabetic, label, spoken
from tests.made_style import made_style


@pytest.mark.parametrize(
    ("pattern", "number", "printed"),
    [
        ("1.", 12, "12."),
        ("(a)", 3, "(c)"),
        ("(i)", 4, "(iv)"),
        ("A", 27, "AA"),
        ("I", 9, "IX"),
        ("para. 1", 2, "para. 2"),
        ("•", 2, "•"),
    ],
)
def test_a_label_is_its_pattern_with_the_number_in_place_of_the_digit(pattern, number, printed):
    assert label(pattern, number) == printed


@given(st.integers(1, 20_000))
def test_letters_count_as_columns_of_a_spreadsheet_do(number):
    back = 0
    for letter in alphabetic(number):
        back = back * 26 + ord(letter) - ord("a") + 1
    assert back == number


@given(st.integers(1, 3999))
def test_roman_numerals_are_well_formed_and_differ(number):
    assert re.fullmatch("m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", roman(number))
    assert roman(number) != roman(number + 1)


@pytest.mark.parametrize(
    ("labels", "words"),
    [(("4.",), "4"), (("4.", "(a)"), "4(a)"), (("4.", "(a)", "(ii)"), "4(a)(ii)"), (("1.", "a."), "1.a")],
)
def test_a_paragraph_is_named_from_the_outermost_label_in(labels, words):
    assert spoken(labels) == words


def test_headings_are_numbered_below_their_section():
    headings = Headings(made_style(headings=4).numbering, "3")
    levels = [2, 3, 3, 2, 3, 4]
    assert [headings.next(level)[1] for level in levels] == [
        "3.1",
        "3.1.1",
        "3.1.2",
        "3.2",
        "3.2.1",
        "3.2.1.1",
    ]


def test_headings_below_the_deepest_numbered_level_have_no_number():
    headings = Headings(made_style(headings=2).numbering, "3")
    assert [headings.next(level)[1] for level in (2, 3, 2)] == ["3.1", None, "3.2"]


def test_headings_have_no_number_where_sections_have_none():
    assert Headings(made_style().numbering, None).next(2) == (2, None, False)


def test_a_skipped_level_is_closed_up_and_told():
    headings = Headings(made_style(headings=4).numbering, "1")
    asked = [2, 4, 4, 3, 2]
    assert [headings.next(level) for level in asked] == [
        (2, "1.1", False),
        (3, "1.1.1", True),
        (3, "1.1.2", True),
        (3, "1.1.3", False),
        (2, "1.2", False),
    ]


@given(st.lists(st.integers(2, 4), max_size=30))
def test_heading_levels_never_skip_and_numbers_have_no_holes(asked):
    headings = Headings(made_style(headings=4).numbering, "1")
    made = [headings.next(level) for level in asked]
    above = 1
    last: dict[str, int] = {}
    for level, number, _ in made:
        assert 2 <= level <= above + 1
        above = level
        assert number is not None
        parent, _, own = number.rpartition(".")
        assert int(own) == last.get(parent, 0) + 1
        last[parent] = int(own)
