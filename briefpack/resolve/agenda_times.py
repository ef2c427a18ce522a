"""The times of an agenda as they are printed: worked out, in the style's form, with a mark where the day is another one."""

from __future__ import annotations

from briefpack.blocks import AgendaBlock, AgendaItem
from briefpack.clock import DAY, elsewhere
from briefpack.document import Spans, Text
from briefpack.resolve.walk import Walk

_DASH = "–"
_BEFORE, _AFTER = "−", "+"


def item_time(walk: Walk, item: AgendaItem) -> Spans:
    """When an item is; the author's words where it is no time of the clock."""
    if item.start is None:
        return (Text(item.time),) if item.time else ()
    return _range(walk, item.start, item.end)


def home_time(walk: Walk, item: AgendaItem, day: AgendaBlock) -> Spans:
    """When an item is on the clock at home; () where that cannot be said."""
    if item.start is None or day.date is None or day.meeting is None or day.home is None:
        return ()
    here, there = day.meeting.key, day.home.key
    start = elsewhere(day.date, item.start, here, there)
    return _range(walk, start, None if item.end is None else elsewhere(day.date, item.end, here, there))


def _range(walk: Walk, start: int, end: int | None) -> Spans:
    """A beginning and an end; what is not on the day of the table is marked +1 or −1, an end only where the beginning is not marked alike.

    An end at midnight is that of the day: 24:00.
    """
    day = start // DAY
    words = clock_time(walk, start)
    if end is None:
        return _marked(words, day)
    last = end // DAY
    if end % DAY == 0 and last == day + 1:
        return _marked(f"{words}{_DASH}{_time(walk, 24, 0)}", day)
    if last == day:
        return _marked(f"{words}{_DASH}{clock_time(walk, end)}", day)
    return (*_marked(words, day), *_marked(f"{_DASH}{clock_time(walk, end)}", last))


def clock_time(walk: Walk, minutes: int) -> str:
    """Minutes from midnight as a time of day; the day is not said."""
    hours, rest = divmod(minutes % DAY, 60)
    return _time(walk, hours, rest)


def _time(walk: Walk, hours: int, minutes: int) -> str:
    return walk.word("time_format").replace("{hour}", f"{hours:02}").replace("{minute}", f"{minutes:02}")


def _marked(words: str, days: int) -> Spans:
    if days == 0:
        return (Text(words),)
    return Text(words), Text(f"\u00a0{_AFTER if days > 0 else _BEFORE}{abs(days)}", secondary=True)
