"""Passwords that are drawn, found again, and told from weak ones."""

from __future__ import annotations

import math

import pytest

from briefpack.distribute.secret_words import GROUPS, LETTERS, drawn, found_in, weakness
from briefpack.distribute.traces import ALPHABET, short_id


def test_a_drawn_password_has_more_than_eighty_bits_and_is_never_the_same() -> None:
    assert GROUPS * LETTERS * math.log2(len(ALPHABET)) > 80
    many = [drawn() for _ in range(2000)]
    assert len(set(many)) == 2000
    # Every sign is drawn at every place.
    for place in range(len(many[0])):
        assert {each[place] for each in many} in ({"-"}, set(ALPHABET))


def test_it_is_found_in_the_text_of_its_letter_beside_the_letters_number() -> None:
    password = drawn()
    assert found_in(f"Letter no. {short_id('x')}\n{password}\nType it.") == password
    assert found_in(f"{password}\n{drawn()}") == ""
    assert found_in(short_id("x")) == ""
    assert found_in(f"{password}-AAAA") == ""


@pytest.mark.parametrize(
    ("password", "fact"),
    [
        ("short", "fewer than 12 characters"),
        ("abababababab", "repeats a few characters"),
        ("Elena-2025-xyz", "the reader's name or address"),
        ("my-example-word-7", "the reader's name or address"),
    ],
)
def test_a_weak_one_is_told_and_never_repeated(password: str, fact: str) -> None:
    told = weakness(password, ("Elena Marković", "elena@example.int"))
    assert fact in told
    assert password not in told


def test_a_long_one_passes() -> None:
    assert weakness("correct horse battery", ("Elena Marković", "elena@example.int")) == ""
    assert weakness(drawn(), ("Elena Marković", "elena@example.int")) == ""
