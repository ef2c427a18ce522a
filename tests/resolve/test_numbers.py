from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.resolve.numbers import DIGITS, printed_number


@pytest.mark.parametrize(
    ("value", "language", "printed"),
    [
        ("1234.50", "en", "1,234.50"),
        ("1234567", "en-GB", "1,234,567"),
        ("1234.50", "fr", "1\u202f234,50"),
        ("1234567.8", "fr-BE", "1\u202f234\u202f567,8"),
        ("1234.5", "de", "1.234,5"),
        ("1234.5", "de-CH", "1’234.5"),
        ("1234", "es", "1234"),
        ("12345", "es", "12\u202f345"),
        ("1234", "pl", "1234"),
        ("12345.6", "pt", "12\u202f345,6"),
        ("12345.6", "pt-BR", "12.345,6"),
        ("12345", "sv", "12\u202f345"),
        ("12345", "uk", "12\u202f345"),
        ("999", "en", "999"),
        ("0.05", "nl", "0,05"),
        ("1234", "xx", "1,234"),
    ],
)
def test_a_number_has_the_signs_of_its_language(value, language, printed):
    assert printed_number(Decimal(value), language) == printed


def test_the_decimals_are_those_that_were_written():
    assert printed_number(Decimal("2.70"), "en") == "2.70"
    assert printed_number(Decimal(2), "en") == "2"
    assert printed_number(Decimal("1.5E+3"), "en") == "1,500"


def test_a_negative_number_has_a_minus_and_no_hyphen():
    assert printed_number(Decimal("-1234.5"), "en") == "−1,234.5"
    assert printed_number(Decimal("-0.0"), "en") == "0.0"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="no number"):
        printed_number(Decimal(value), "en")


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12),
    st.sampled_from(sorted(DIGITS)),
)
def test_the_number_can_be_read_back(value, language):
    customs = DIGITS[language]
    printed = printed_number(value, language).replace("−", "-").replace(customs.group, "")
    assert Decimal(printed.replace(customs.decimal, ".")) == value
