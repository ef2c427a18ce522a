"""Days of an agenda → their items with every time worked out; overlaps, gaps and times out of order are warnings at the item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from briefpack.blocks import AgendaBlock, AgendaItem, AuthorSpans, Openness, OwnRole, Reference, Zone
from briefpack.clock import (
    DAY,
    Fault,
    later,
    read_duration,
    read_times,
    zone_key,
    zone_names,
)
from briefpack.document import Text
from briefpack.reading.agenda_checks import LONGEST_GAP, Programme, check_times
from briefpack.reading.checks import near
from briefpack.reading.context import Context, names, spans_of, words_of
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import to_datetime

_Word = TypeVar("_Word", Openness, OwnRole)


def read_programme(node: Node, context: Context) -> Programme:
    """The keys of an agenda that count for all its days."""
    zones = node.group("zones")
    meeting = home = None
    if zones is not None:
        meeting, home = _zone(zones.get("meeting"), context), _zone(zones.get("home"), context)
    both = meeting is not None and home is not None
    return Programme(
        meeting if both else None,
        home if both else None,
        node.is_true("numbered"),
        _gap(node.scalar("gaps"), context),
        (overlaps := node.scalar("overlaps")) is None or overlaps.text != "false",
    )


def _gap(node: Node | None, context: Context) -> int | None:
    if node is None or node.text == "true":
        return LONGEST_GAP
    if node.text == "false":
        return None
    gap = read_duration(node.text)
    if isinstance(gap, Fault):
        context.report.error(node.where, gap.message, f"{gap.hint}; `gaps: false` if no gap shall be told of")
        return LONGEST_GAP
    return gap


def _zone(node: Node | None, context: Context) -> Zone | None:
    if node is None:
        return None
    place = node if node.kind is Kind.SCALAR else node.scalar("zone")
    if place is None:
        return None
    key = zone_key(words_of(place))
    if key is None:
        meant = near(words_of(place).replace(" ", "_"), [n.rpartition("/")[2].lower() for n in zone_names()])
        full = next((n for n in zone_names() if meant and n.lower().endswith(f"/{meant}")), None)
        context.report.error(
            place.where,
            f"no time zone is known for “{words_of(place)[:40]}”",
            f"did you mean {full}?"
            if full
            else "write an IANA name such as Europe/Brussels, or an offset such as UTC+2; "
            "{name: Ottawa, zone: America/Toronto} prints a name of your own",
        )
        return None
    given = words_of(node.scalar("name")) if node.kind is Kind.MAP else ""
    return Zone(given or words_of(place).rpartition("/")[2].replace("_", " "), key)


def read_days(tree: Node, context: Context) -> Iterator[AgendaBlock]:
    """All days of an agenda section. A day out of order is warned of, and one without a date where a timetable needs it is an error."""
    programme = read_programme(tree, context)
    last: date | None = None
    for day in tree.listed("days"):
        if day.kind is not Kind.MAP:
            continue
        block = replace(read_agenda(day, context, programme), limits=context.limits(day))
        if block.date is not None and last is not None and block.date < last:
            context.report.warning(
                day.values["date"].where,
                "this day is out of order: the day before it is later",
                "put the days in order, or correct the date",
                rule="out-of-order",
            )
        last = block.date or last
        if tree.is_true("timetable") and block.date is None:
            context.report.error(
                day.where, "a timetable shows days by their dates, and this one has none", "add `date:` to it"
            )
        yield block


def read_agenda(node: Node, context: Context, programme: Programme | None = None) -> AgendaBlock:
    """A day, or a run of items without a date. programme: of the agenda around it, None where the node is one itself."""
    programme = read_programme(node, context) if programme is None else programme
    day = node.scalar("date")
    moment = None if day is None else to_datetime(day.text)
    on = None if moment is None else moment.date()
    if programme.home is not None and on is None:
        context.report.error(
            node.where, "without its date, this day has no time in another zone", "add `date:` to it"
        )
        programme = replace(programme, home=None, meeting=None)
    nodes = [item for item in node.listed("items") if item.kind is Kind.MAP]
    items = _timed(nodes, on, programme, context)
    check_times(items, programme, context)
    return AgendaBlock(
        on,
        spans_of(node, "note", context),
        tuple(items),
        node.where,
        meeting=programme.meeting,
        home=programme.home,
        numbered=programme.numbered,
    )


# --------------------------------------------------------------------------- items


def _timed(
    nodes: Sequence[Node], day: date | None, programme: Programme, context: Context
) -> list[AgendaItem]:
    """The items with their times. An item that only lasts begins when the one before it ends."""
    items: list[AgendaItem] = []
    zone = None if programme.meeting is None else programme.meeting.key
    for node in nodes:
        start, end = _times(node, items, day, zone, context)
        items.append(_item(node, start, end, context))
    return items


def _times(
    node: Node,
    items: Sequence[AgendaItem],
    day: date | None,
    zone: str | None,
    context: Context,
) -> tuple[int | None, int | None]:
    """items: those before this one."""
    before = next((item.end for item in reversed(items) if item.start is not None), None)
    time, lasts = node.scalar("time"), node.scalar("duration")
    if time is None and lasts is None:
        empty = node.values.get("time")
        if empty is not None and empty.is_null and "duration" not in node.keys:
            context.report.error(
                empty.where, "`time` has no value", 'write 14:30 or 12:30–14:30; "" for none'
            )
        if "time" not in node.keys and "duration" not in node.keys:
            context.report.error(
                node.where,
                "the key `time` is missing",
                'add `time:` (14:30 or 12:30–14:30; "" for none), or `duration:`',
            )
        return None, None
    start = end = None
    if time is not None and words_of(time):
        times = read_times(words_of(time))
        if isinstance(times, Fault):
            context.report.error(time.where, times.message, times.hint)
            return None, None
        if times is not None:
            start, end = times
    if start is not None and before is not None and before >= DAY and start < before <= start + DAY:
        # The item before it ran past midnight: this one is on the next day as well.
        start, end = start + DAY, None if end is None else end + DAY
    if lasts is None:
        return start, end
    duration = read_duration(words_of(lasts))
    if isinstance(duration, Fault):
        context.report.error(lasts.where, duration.message, duration.hint)
        return start, end
    if end is not None:
        context.report.error(
            lasts.where, "this item has an end and a duration", "delete `duration:`, or the end of `time:`"
        )
        return start, end
    if start is None:
        if time is not None and words_of(time):
            context.report.error(
                lasts.where,
                f"“{words_of(time)}” is no time of the clock that a duration could be added to",
                "write `time: 14:30`, or delete `duration:`",
            )
            return None, None
        if before is None:
            context.report.error(
                lasts.where,
                "there is no end of another item at which this one could begin",
                "give it a `time:`, or the item before it an end or a duration"
                if items
                else "give the first item a `time:`",
            )
            return None, None
        start = before
    return start, later(start, duration, day, zone)


def _item(node: Node, start: int | None, end: int | None, context: Context) -> AgendaItem:
    brief = node.get("brief")
    references = () if brief is None else names(brief)
    return AgendaItem(
        words_of(node.scalar("time")),
        spans_of(node, "item", context) or (),
        spans_of(node, "detail", context, notes=True),
        spans_of(node, "lead", context),
        tuple(_brief(name, context) for name in references),
        node.where,
        context.limits(node),
        start,
        end,
        spans_of(node, "room", context),
        spans_of(node, "participants", context),
        _word(node, "press", Openness, context),
        _word(node, "role", OwnRole, context),
    )


def _brief(node: Node, context: Context) -> Reference:
    """A name; behind a bar, the words that are printed for those who do not get what it leads to."""
    name, bar, said = (part.strip() for part in words_of(node).partition("|"))
    if not bar:
        return Reference(name, None, (), node.where)
    context.report.conditional = True
    if "[[" in said:
        context.report.error(
            node.where,
            "the words that stand for a brief cannot be a reference themselves",
            "write what those read who do not get the brief",
        )
    return Reference(name, None, (), node.where, (Text(said),) if said else ())


def _word(node: Node, key: str, words: type[_Word], context: Context) -> _Word | AuthorSpans | None:
    """One of some words, which the style prints, or the author's own."""
    given = node.scalar(key)
    known = {word.value: word for word in words}
    if given is not None and given.text.strip() in known:
        return known[given.text.strip()]
    return spans_of(node, key, context)
