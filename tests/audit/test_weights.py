from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.audit.squeeze import words_of
from briefpack.audit.weights import ENOUGH, PLENTY, Weights

TEXT = "The Alliance meets in Brussels. The Alliance has a plan for the Alliance. " * 20


def bits(text: str) -> float:
    return Weights.of([TEXT]).sum(words_of(text))


@pytest.mark.parametrize(
    "text", ["yes", "3 April 2025", "see page 12", "p. 14", "12:30–14:30", "the first of May", "n/a"]
)
def test_what_stands_in_every_paper_is_not_searched_for(text):
    assert bits(text) < ENOUGH


@pytest.mark.parametrize(
    "text", ["Ambassador Nowak", "Operation Talisman", "+32 2 707 41 11", "27 384 915 euros"]
)
def test_names_and_long_numbers_are(text):
    assert bits(text) >= ENOUGH


def test_a_sentence_says_plenty():
    assert bits("We would accept a later date if they insist on it.") >= PLENTY


def test_a_word_that_the_pack_repeats_says_less():
    weights = Weights.of([TEXT])
    assert weights.bits("alliance") < weights.bits("brussels") < weights.bits("talisman")


@given(st.text(min_size=1, max_size=12))
def test_every_word_says_something_and_none_says_all(word):
    for one in words_of(word):
        assert 0 < Weights.of([TEXT]).bits(one) < ENOUGH
