"""Roman numerals are written as print has them, and only such are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.numerals import MOST, from_roman, roman


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1994, "mcmxciv"), (3999, "mmmcmxcix")],
)
def test_a_number_is_written_as_print_has_it(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@given(st.integers(1, MOST))
def test_what_is_written_is_read_back(number: int) -> None:
    assert from_roman(roman(number)) == number


@pytest.mark.parametrize("text", ["", "IV", "iiii", "vx", "ic", "a", "1", "mmmm", "i v"])
def test_nothing_else_is_a_numeral(text: str) -> None:
    assert from_roman(text) is None
