from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from briefpack.resolve.dates import capitalised, date_in_words, moment_in_words, range_in_words
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


@pytest.mark.parametrize(
    ("first", "last", "language", "said"),
    [
        ("2025-03-10", "2025-03-12", "en", "10–12 March 2025"),
        ("2025-03-30", "2025-04-02", "en", "30 March – 2 April 2025"),
        ("2024-12-30", "2025-01-02", "en", "30 December 2024 – 2 January 2025"),
        ("2024-03-10", "2025-03-12", "en", "10 March 2024 – 12 March 2025"),
        ("2025-03-10", "2025-03-10", "en", "10 March 2025"),
        ("2025-05-01", "2025-05-03", "fr", "1er–3 mai 2025"),
        ("2025-03-30", "2025-04-01", "fr", "30 mars – 1er avril 2025"),
    ],
)
def test_a_run_of_days_says_once_what_both_ends_share(first, last, language, said):
    assert range_in_words(date.fromisoformat(first), date.fromisoformat(last), STYLE, language) == said


@pytest.mark.parametrize(
    ("pattern", "same_month", "same_year"),
    [
        ("{month} {day}, {year}", "March 10–12, 2025", "March 10 – April 2, 2025"),
        ("{day}. {month} {year}", "10.–12. March 2025", "10. March – 2. April 2025"),
        ("{day} de {month} de {year}", "10–12 de March de 2025", "10 de March – 2 de April de 2025"),
        ("{year} {month} {day}", "2025 March 10–12", "2025 March 10 – 2025 April 2"),
        ("{day} {month} {year} y.", "10–12 March 2025 y.", "10 March – 2 April 2025 y."),
    ],
)
def test_a_run_of_days_follows_the_date_format_of_the_style(pattern, same_month, same_year):
    words = {**STYLE.words, "en": {**STYLE.words["en"], "date_format": pattern}}
    style = replace(STYLE, words=words)
    first = date(2025, 3, 10)
    assert range_in_words(first, date(2025, 3, 12), style, "en") == same_month
    assert range_in_words(first, date(2025, 4, 2), style, "en") == same_year
