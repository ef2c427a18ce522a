from __future__ import annotations

import pytest

from briefpack.resolve.manners import MANNERS
from briefpack.resolve.quotes import Quotes


def marked(text: str, language: str = "en") -> str:
    quotes = Quotes(text, MANNERS[language])
    return "".join((quotes.mark(n) or c) if c in "\"'" else c for n, c in enumerate(text))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('He said "yes".', "He said “yes”."),
        ("It's the ministers' own.", "It’s the ministers’ own."),
        ("\"the 'inner' one\"", "“the ‘inner’ one”"),
        ('"the "inner" one"', "“the ‘inner’ one”"),
        ("'one' alone", "‘one’ alone"),
        ("\"'both'\"", "“‘both’”"),
        ('("x")', "(“x”)"),
        ("the '90s, 'tis rock 'n' roll", "the ’90s, ’tis rock ’n’ roll"),
        ("don't 'quote' it's", "don’t ‘quote’ it’s"),
        ('from an earlier paragraph."', "from an earlier paragraph.”"),
        ('"to a later one', "“to a later one"),
        ('""', "“”"),
        ('"a" "b"', "“a” “b”"),
        ("NATO's", "NATO’s"),
        ('l\'"Alliance"', "l’“Alliance”"),
        ('l’"Alliance"', "l’“Alliance”"),
        ('"the ministers\'"', "“the ministers’”"),
        ('\'tis "x"', "’tis “x”"),
    ],
)
def test_marks_open_and_close_as_a_reader_would_say(typed, printed):
    assert marked(typed) == printed


@pytest.mark.parametrize("text", ["5' 10\"", 'a " b', "a ' b", "5'10"])
def test_a_mark_that_quotes_nothing_stays_as_it_is(text):
    assert marked(text) == text


def test_words_that_dutch_clips_begin_with_an_apostrophe():
    assert marked("'s avonds 't huis", "nl") == "’s avonds ’t huis"
