from __future__ import annotations

import pytest

from briefpack.blocks import AgendaBlock, AgendaItem, Openness, OwnRole, Zone
from briefpack.document import Text
from tests.reading.sections import Reader


def agenda(*items: str, keys: str = "", day: str = "2025-04-03") -> str:
    written = "".join(f"      - {{{item}}}\n" for item in items)
    date = f"date: {day}\n    " if day else ""
    return f"kind: agenda\n{keys}days:\n  - {date}items:\n{written}"


def items(reader: Reader, *given: str, keys: str = "") -> tuple[AgendaItem, ...]:
    (day,) = reader.section(agenda(*given, keys=keys)).blocks
    assert isinstance(day, AgendaBlock)
    return day.items


def times(reader: Reader, *given: str, keys: str = "") -> list[tuple[int | None, int | None]]:
    return [(item.start, item.end) for item in items(reader, *given, keys=keys)]


def test_ends_are_worked_out_and_an_item_that_only_lasts_follows_the_one_before(reader: Reader) -> None:
    assert times(
        reader,
        "time: 09:00, duration: 90 min, item: A",
        "duration: 1 h 30, item: B",
        "time: 12:30–14:30, item: C",
        "duration: 15 min, item: D",
    ) == [(540, 630), (630, 720), (750, 870), (870, 885)]


def test_words_for_a_time_stay_words(reader: Reader) -> None:
    (item,) = items(reader, "time: after lunch, item: A")
    assert (item.time, item.start, item.end) == ("after lunch", None, None)


def test_an_item_past_midnight_takes_the_next_one_with_it(reader: Reader) -> None:
    assert times(
        reader, "time: 22:00–00:30, item: A", "time: 00:30–01:00, item: B", "duration: 15 min, item: C"
    ) == [(1320, 1470), (1470, 1500), (1500, 1515)]


def test_a_duration_reckons_with_the_change_of_clocks(reader: Reader) -> None:
    keys = "zones: {meeting: Brussels, home: UTC}\n"
    (day,) = reader.section(agenda("time: 23:00, duration: 4 h, item: A", keys=keys, day="2025-03-29")).blocks
    assert isinstance(day, AgendaBlock)
    assert day.items[0].end == 1440 + 240


def test_what_an_item_says_of_itself(reader: Reader) -> None:
    (item,) = items(
        reader,
        "time: 09:00, item: A, room: Room 1, participants: Allies, press: open, role: chair",
    )
    assert (item.room, item.participants) == ((Text("Room 1"),), (Text("Allies"),))
    assert (item.press, item.role) == (Openness.OPEN, OwnRole.CHAIR)
    (item,) = items(reader, "time: 09:00, item: A, press: pool only, role: sign")
    assert (item.press, item.role) == ((Text("pool only"),), (Text("sign"),))


def test_zones_are_those_of_all_days(reader: Reader) -> None:
    keys = "zones: {meeting: Brussels, home: {zone: America/Toronto, name: Ottawa}}\nnumbered: true\n"
    (day,) = reader.section(agenda("time: 09:00, item: A", keys=keys)).blocks
    assert isinstance(day, AgendaBlock)
    assert (day.meeting, day.home) == (
        Zone("Brussels", "Europe/Brussels"),
        Zone("Ottawa", "America/Toronto"),
    )
    assert day.numbered


def test_an_agenda_among_blocks_has_its_own_zones(reader: Reader) -> None:
    (block,) = reader.section(
        "blocks:\n  - agenda:\n      zones: {meeting: Brussels, home: Ottawa}\n      date: 2025-04-03\n"
        "      items: [{time: 09:00, item: A}]\n"
    ).blocks
    assert isinstance(block, AgendaBlock)
    assert block.home == Zone("Ottawa", "America/Toronto")


WRONG = [
    (["time: 25:00, item: A"], "“25:00” is no time of day"),
    (["time: 14.30, item: A"], "“14.30” is no time that can be read"),
    (["time: 09:00, duration: 90, item: A"], "“90” is no duration"),
    (["time: 09:00–10:00, duration: 90 min, item: A"], "this item has an end and a duration"),
    (
        ["time: early, duration: 90 min, item: A"],
        "“early” is no time of the clock that a duration could be added to",
    ),
    (["duration: 90 min, item: A"], "there is no end of another item at which this one could begin"),
    (
        ["time: 09:00, item: A", "duration: 5 min, item: B"],
        "there is no end of another item at which this one could begin",
    ),
    (["item: A"], "the key `time` is missing"),
    (["time: ~, item: A"], "`time` has no value"),
    (["time: 09:00, duraton: 5 min, item: A"], "unknown key `duraton`"),
]


@pytest.mark.parametrize(("given", "message"), WRONG, ids=[message for _, message in WRONG])
def test_wrong_times_are_errors_where_they_stand(reader: Reader, given: list[str], message: str) -> None:
    (found,) = reader.told(agenda(*given))
    assert found == ("error", 5 + len(given), message)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("zones: {meeting: Brusels, home: Ottawa}\n", "no time zone is known for “Brusels”"),
        ("zones: {meeting: Brussels}\n", "the key `home` is missing"),
        ("gaps: long\n", "“long” is no duration"),
        ("numbered: 1\n", "true or false is asked for here; found “1”"),
    ],
)
def test_wrong_keys_of_an_agenda_are_errors(reader: Reader, keys: str, message: str) -> None:
    (found,) = reader.told(agenda("time: 09:00, item: A", keys=keys))
    assert found[0::2] == ("error", message)


def test_a_misspelt_zone_is_told_what_was_meant(reader: Reader) -> None:
    keys = "zones: {meeting: Brusels, home: Ottawa}\n"
    (found,) = reader.findings(agenda("time: 09:00, item: A", keys=keys))
    assert found.hint == "did you mean Europe/Brussels?"


def test_a_day_without_its_date_has_no_time_in_another_zone(reader: Reader) -> None:
    keys = "zones: {meeting: Brussels, home: Ottawa}\n"
    (found,) = reader.told(agenda("time: 09:00, item: A", keys=keys, day=""))
    assert found == ("error", 5, "without its date, this day has no time in another zone")


def test_a_timetable_asks_for_dates(reader: Reader) -> None:
    (found,) = reader.told(agenda("time: 09:00, item: A", keys="timetable: true\n", day=""))
    assert found[2] == "a timetable shows days by their dates, and this one has none"


# --------------------------------------------------------------------------- overlaps, gaps


def warnings(reader: Reader, *given: str, keys: str = "") -> list[str]:
    told = reader.told(agenda(*given, keys=keys))
    assert all(severity == "warning" for severity, _, _ in told), told
    return [message for _, _, message in told]


def test_items_that_overlap_are_told_of(reader: Reader) -> None:
    given = ("time: 09:00–10:30, item: A", "time: 10:00–11:00, item: B")
    assert warnings(reader, *given) == ["“B” at 10:00 overlaps “A”, which lasts until 10:30"]
    assert warnings(reader, *given, keys="overlaps: false\n") == []


def test_items_that_touch_do_not_overlap(reader: Reader) -> None:
    assert warnings(reader, "time: 09:00–10:00, item: A", "time: 10:00–11:00, item: B") == []


def test_items_for_different_audiences_do_not_overlap(reader: Reader) -> None:
    given = (
        "time: 09:00–10:30, item: A, audiences: minister",
        "time: 09:00–10:00, item: B, audiences: [not minister]",
    )
    assert warnings(reader, *given) == []


def test_items_out_of_order_are_told_of(reader: Reader) -> None:
    given = ("time: 09:00–10:00, item: A", "time: 08:00–08:30, item: B")
    assert warnings(reader, *given) == ["“B” at 08:00 stands after “A” at 09:00"]


def test_gaps_are_told_of_from_two_hours_or_as_the_author_says(reader: Reader) -> None:
    given = ("time: 09:00–10:00, item: A", "time: 12:30, item: B")
    message = "nothing is planned between 10:00 and 12:30 (2 h 30)"
    assert warnings(reader, *given) == [message]
    assert warnings(reader, *given, keys="gaps: 90 min\n") == [message]
    assert warnings(reader, *given, keys="gaps: 3 h\n") == []
    assert warnings(reader, *given, keys="gaps: false\n") == []


def test_after_an_item_of_unknown_length_there_is_no_gap(reader: Reader) -> None:
    assert warnings(reader, "time: 09:00, item: A", "time: 15:00, item: B") == []
