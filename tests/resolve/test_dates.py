from __future__ import annotations

from datetime import date, datetime

import pytest

from briefpack.resolve.dates import capitalised, date_in_words, moment_in_words
from tests.made_style import made_style

STYLE = made_style()


def test_a_date_is_written_with_the_month_as_a_word():
    assert date_in_words(date(2025, 4, 3), STYLE, "en") == "3 April 2025"


def test_a_long_date_begins_with_the_day_of_the_week():
    assert date_in_words(date(2025, 4, 3), STYLE, "en-GB", long=True) == "Thursday, 3 April 2025"
    assert date_in_words(date(2025, 4, 3), STYLE, "fr", long=True) == "jeudi 3 avril 2025"


def test_the_first_of_a_month_is_1er_in_french_and_1_in_english():
    first = date(2025, 5, 1)
    assert date_in_words(first, STYLE, "fr", long=True) == "jeudi 1er mai 2025"
    assert date_in_words(first, STYLE, "en") == "1 May 2025"


def test_the_time_of_day_is_printed_only_when_the_author_gave_one():
    moment = datetime(2025, 4, 2, 8, 5)
    assert moment_in_words(moment, STYLE, "en", with_time=True) == "2 April 2025, 08:05"
    assert moment_in_words(moment, STYLE, "fr", with_time=True) == "2 avril 2025, 08 h 05"
    assert moment_in_words(moment, STYLE, "en", with_time=False) == "2 April 2025"


@pytest.mark.parametrize(
    ("words", "title"),
    [("jeudi 3 avril", "Jeudi 3 avril"), ("iPhone sales", "iPhone sales"), ("", ""), ("élan", "Élan")],
)
def test_words_that_stand_alone_begin_with_a_capital(words, title):
    assert capitalised(words) == title
