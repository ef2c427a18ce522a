from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.clock import (
    DAY,
    Fault,
    duration_in_words,
    elsewhere,
    in_words,
    later,
    read_duration,
    read_times,
    zone_key,
    zone_names,
)

SPRING = date(2025, 4, 3)
TO_SUMMER, TO_WINTER = date(2025, 3, 29), date(2025, 10, 25)
"""Days before clocks change in Europe."""
BRUSSELS = "Europe/Brussels"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("14:30", (870, None)),
        ("9:05", (545, None)),
        ("12:30–14:30", (750, 870)),
        ("12:30 - 14:30", (750, 870)),
        ("12:30—14:30", (750, 870)),
        ("12 h 30–14h30", (750, 870)),
        ("9 h", (540, None)),
        ("22:00–01:30", (1320, 1530)),
        ("22:00–24:00", (1320, DAY)),
        ("00:00–24:00", (0, DAY)),
    ],
)
def test_times_are_minutes_from_midnight(text: str, times: tuple[int, int | None]) -> None:
    assert read_times(text) == times


@pytest.mark.parametrize(
    "text", ["morning", "after lunch", "t.b.c.", "9", "9–11", "from 14:30", "2:30 pm", ""]
)
def test_words_are_no_times_and_no_faults(text: str) -> None:
    assert read_times(text) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("25:00", "hours go from 0 to 23, minutes from 00 to 59"),
        ("12:60", "hours go from 0 to 23, minutes from 00 to 59"),
        ("24:01", "hours go from 0 to 23, minutes from 00 to 59"),
        ("14.30", "write 14:30"),
        ("12.30–14.30", "write 12:30–14:30"),
        ("14,30", "write 14:30"),
        ("1430", "write 14:30"),
        ("12:30–", "write 14:30 or 12:30–14:30"),
        ("12:3", "write 14:30 or 12:30–14:30"),
        ("24:00", "write 00:00, under the day that begins then"),
        ("14:30–14:30", "write the time alone, or a later end"),
    ],
)
def test_what_looks_like_a_time_and_is_none_is_a_fault_with_a_hint(text: str, hint: str) -> None:
    fault = read_times(text)
    assert isinstance(fault, Fault)
    assert fault.hint == hint


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90 min", 90),
        ("90min", 90),
        ("2 h", 120),
        ("1 h 30", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("24 h", DAY),
    ],
)
def test_durations_are_minutes(text: str, minutes: int) -> None:
    assert read_duration(text) == minutes


@pytest.mark.parametrize("text", ["90", "0 min", "1 h 90", "25 h", "an hour", "1:30", "", "-5 min"])
def test_what_is_no_duration_is_a_fault(text: str) -> None:
    assert isinstance(read_duration(text), Fault)


def test_a_bare_number_is_told_its_unit() -> None:
    fault = read_duration("90")
    assert isinstance(fault, Fault)
    assert fault.hint == "write 90 min"


@given(st.integers(0, DAY - 1), st.integers(0, DAY))
def test_every_range_is_read_as_it_is_written(start: int, end: int) -> None:
    shown = "24:00" if end == DAY else in_words(end)
    times = read_times(f"{in_words(start)}–{shown}")
    if end == start:
        assert isinstance(times, Fault)
    else:
        assert times == (start, end if end > start else end + DAY)


@given(st.integers(1, DAY))
def test_every_duration_is_read_as_it_is_said(minutes: int) -> None:
    assert read_duration(duration_in_words(minutes)) == minutes


@given(st.text(max_size=12))
def test_no_text_raises(text: str) -> None:
    read_times(text)
    read_duration(text)
    zone_key(text)


# --------------------------------------------------------------------------- zones


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Brussels", BRUSSELS),
        ("brussels", BRUSSELS),
        (BRUSSELS, BRUSSELS),
        ("New York", "America/New_York"),
        ("Ottawa", "America/Toronto"),
        ("The Hague", "Europe/Amsterdam"),
        ("UTC", "+00:00"),
        ("UTC+2", "+02:00"),
        ("GMT-5", "-05:00"),
        ("+05:30", "+05:30"),
        ("−3:30", "-03:30"),
    ],
)
def test_a_zone_is_a_city_a_capital_a_name_or_an_offset(words: str, key: str) -> None:
    assert zone_key(words) == key


@pytest.mark.parametrize("words", ["Brusels", "Europe/Brusels", "UTC+20", "CEST", "", "+1:75"])
def test_what_names_no_zone_is_none(words: str) -> None:
    assert zone_key(words) is None


@pytest.mark.parametrize(
    ("day", "minutes", "there", "shown"),
    [
        (SPRING, 750, "America/Toronto", 390),
        (SPRING, 750, "Asia/Tokyo", 1170),
        (SPRING, 1200, "Asia/Tokyo", 1620),
        (SPRING, 120, "America/Toronto", -240),
        (SPRING, 750, "Asia/Kolkata", 960),
        (date(2025, 1, 15), 750, "America/Toronto", 390),
        # Clocks in America change three weeks before those in Europe.
        (date(2025, 3, 20), 750, "America/Toronto", 450),
        (SPRING, 750, "+00:00", 630),
        (date(2025, 1, 15), 750, "+00:00", 690),
    ],
)
def test_the_clock_elsewhere_knows_the_day(day: date, minutes: int, there: str, shown: int) -> None:
    assert elsewhere(day, minutes, BRUSSELS, there) == shown


def test_a_duration_over_the_night_when_clocks_change_is_as_long_as_it_is() -> None:
    assert later(1380, 240, TO_SUMMER, BRUSSELS) == DAY + 240
    assert later(1380, 240, TO_WINTER, BRUSSELS) == DAY + 120
    assert later(1380, 240) == DAY + 180


@given(st.sampled_from(zone_names()), st.dates(date(1975, 1, 1), date(2036, 12, 30)), st.integers(0, 2 * DAY))
def test_every_zone_that_is_listed_has_a_clock(key: str, day: date, minutes: int) -> None:
    shown = elsewhere(day, minutes, key, "+00:00")
    assert -14 * 60 <= shown - minutes <= 14 * 60
