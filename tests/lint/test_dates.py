"""Days of the week and their dates, and dates that no calendar has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.made import found, rules


def text(words: str, language: str = "en") -> str:
    return f"title: A\nlanguage: {language}\nblocks:\n  - text: |\n      {words}\n"


@pytest.mark.parametrize(
    "words",
    [
        "We meet on Thursday 3 April 2025.",
        "We meet on Thursday, 3 April 2025, at noon.",
        "We meet on Thursday, April 3, 2025.",
        "We meet on Thursday 3rd April.",
        "It lasts from Thursday 3 to Friday 4 April 2025.",
        "It lasts Thursday 3–4 April 2025.",
        "The leap day was Thursday 29 February 2024.",
        "It was signed on Saturday 14 July 1066.",
        "All 32 may agree, and 45 March on.",
        "See 2025-02-28 and A-2025-02-31-B.",
        "The Council met in April 2025 and on 30 April, and on 29 February.",
    ],
)
def test_right_dates_and_what_is_none_are_passed_over(tmp_path: Path, words: str) -> None:
    assert rules(tmp_path, text(words)) == []


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("We meet on Thursday 4 April 2025.", "Friday"),
        ("We meet on Friday, 3 April 2025.", "Thursday"),
        ("We meet on Friday, April 3, 2025.", "Thursday"),
        ("It lasts Friday 3–4 April 2025.", "Thursday"),
        ("We meet on Friday 3 April.", "Thursday in 2025"),
        ("We met on Sunday 20 December.", "Friday in 2024"),
    ],
)
def test_a_wrong_day_of_the_week_is_told_of_with_the_right_one(
    tmp_path: Path, words: str, right: str
) -> None:
    (one,) = found(tmp_path, text(words))
    assert one.rule == "wrong-weekday"
    assert one.message.endswith(f"that day is a {right}")
    assert one.where is not None
    assert one.where.line == 5


@pytest.mark.parametrize("words", ["on 31 April 2025", "on 31 June", "on 29 February 2025", "on 2025-02-30"])
def test_a_date_that_no_calendar_has_is_told_of(tmp_path: Path, words: str) -> None:
    (one,) = found(tmp_path, text(f"We meet {words}."))
    assert one.rule == "impossible-date"
    assert words.removeprefix("on ") in one.message


def test_a_range_ends_in_the_calendar(tmp_path: Path) -> None:
    assert rules(tmp_path, text("It lasts 29–31 April 2025.")) == ["impossible-date"]
    assert rules(tmp_path, text("It lasts 29–31 May 2025.")) == []


def test_french_dates_are_read_in_french(tmp_path: Path) -> None:
    assert rules(tmp_path, text("La réunion du jeudi 3 avril 2025 et du jeudi 1er mai 2025.", "fr")) == []
    (one,) = found(tmp_path, text("La réunion du vendredi 3 avril 2025.", "fr"))
    assert one.message == "“vendredi 3 avril 2025”: that day is a jeudi"
    assert rules(tmp_path, text("Le 31 avril.", "fr")) == ["impossible-date"]


def test_dates_in_titles_notes_and_cells_are_read_as_well(tmp_path: Path) -> None:
    section = """\
    title: Friday 3 April 2025
    note: Friday 3 April 2025, again
    blocks:
      - table:
          columns: [Day, What]
          rows: [[Friday 3 April 2025, Talks]]
    """
    assert rules(tmp_path, section) == ["wrong-weekday"] * 3
