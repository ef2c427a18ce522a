from __future__ import annotations

from datetime import date

import pytest

from briefpack.iso_dates import dates_in


def test_a_date_in_figures_is_found_wherever_it_stands():
    found = [day for _, day in dates_in("From 2025-04-03 (or 2025-04-04), until 2025-04-05.")]
    assert found == [date(2025, 4, 3), date(2025, 4, 4), date(2025, 4, 5)]


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13-01", "2025-00-10", "2023-02-29"])
def test_a_date_that_no_calendar_has_is_found_and_is_no_day(text):
    assert [day for _, day in dates_in(f"on {text}.")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "minutes-2025-04-03.pdf",
        "2025-04-03.pdf",
        "a/2025-04-03/b",
        "2025-04-03T12:00",
        "4711-04-03",
        "2025-04-031",
        "12025-04-03",
        "2025-04-03-7",
    ],
)
def test_figures_that_are_part_of_something_else_are_no_date(text):
    assert list(dates_in(text)) == []
