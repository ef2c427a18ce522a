"""Days of an agenda → their items with every time worked out; overlaps, gaps and times out of order are warnings at the item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from briefpack.blocks import AgendaBlock, AgendaItem, AuthorSpans, Openness, OwnRole, Reference, Zone
from briefpack.clock import (
    DAY,
    Fault,
    duration_in_words,
    in_words,
    later,
    read_duration,
    read_times,
    zone_key,
    zone_names,
)
from briefpack.document import Text
from briefpack.limits import Limits
from briefpack.reading.author_words import plain_words
from briefpack.reading.checks import near
from briefpack.reading.context import Context, names, spans_of, words_of
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import to_datetime

LONGEST_GAP = 120
"""Minutes between two items from which a gap is told of, unless `gaps` says otherwise."""

_Word = TypeVar("_Word", Openness, OwnRole)


@dataclass(frozen=True, slots=True)
class Programme:
    """What counts for all days of an agenda. gap: minutes from which a gap is told of, None for never. overlaps: whether they are told of."""

    meeting: Zone | None = None
    home: Zone | None = None
    numbered: bool = False
    gap: int | None = LONGEST_GAP
    overlaps: bool = True


def read_programme(node: Node, context: Context) -> Programme:
    """The keys of an agenda that count for all its days."""
    numbered = node.scalar("numbered")
    zones = node.group("zones")
    meeting = home = None
    if zones is not None:
        meeting, home = _zone(zones.get("meeting"), context), _zone(zones.get("home"), context)
    both = meeting is not None and home is not None
    return Programme(
        meeting if both else None,
        home if both else None,
        numbered is not None and numbered.text == "true",
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
    _check_times(items, programme, context)
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


# --------------------------------------------------------------------------- what does not fit


def _check_times(items: Sequence[AgendaItem], programme: Programme, context: Context) -> None:
    """Items for audiences that have nothing in common do not meet."""
    done: list[AgendaItem] = []
    for item in items:
        if item.start is None:
            continue
        met = [other for other in done if _meet(item.limits, other.limits, context)]
        clash = next((other for other in met if _overlap(item, other)), None)
        title = _title(item)
        if clash is not None and not programme.overlaps:
            pass
        elif clash is not None:
            ends = f"which lasts until {in_words(clash.end)}" if clash.end is not None else "at the same time"
            context.report.warning(
                item.where,
                f"“{title}” at {in_words(item.start)} overlaps “{_title(clash)}”, {ends}",
                "change one of the times, limit the items to different audiences, or write `overlaps: false`",
                rule="agenda-overlap",
            )
        elif met and met[-1].start is not None and met[-1].start > item.start:
            context.report.warning(
                item.where,
                f"“{title}” at {in_words(item.start)} stands after “{_title(met[-1])}” at {in_words(met[-1].start)}",
                "put the items in the order of their times",
                rule="out-of-order",
            )
        elif programme.gap is not None and done:
            last = max(done, key=lambda other: (other.end or other.start or 0, other.end is None))
            if last.end is not None and item.start - last.end > programme.gap:
                gap = duration_in_words(item.start - last.end)
                context.report.warning(
                    item.where,
                    f"nothing is planned between {in_words(last.end)} and {in_words(item.start)} ({gap})",
                    "add what happens then, or write `gaps: false` if nothing does",
                    rule="agenda-gap",
                )
        done.append(item)


def _overlap(item: AgendaItem, other: AgendaItem) -> bool:
    if item.start is None or other.start is None:
        return False
    if item.start == other.start:
        return True
    first, second = (item, other) if item.start < other.start else (other, item)
    return first.end is not None and second.start is not None and first.end > second.start


def _title(item: AgendaItem) -> str:
    words = plain_words(item.title)
    return words if len(words) <= 40 else f"{words[:39].rstrip()}…"


def _meet(one: Limits, other: Limits, context: Context) -> bool:
    """Whether any audience gets both."""
    if not context.audiences:
        return True
    return any(
        _gets(one, name, takes) and _gets(other, name, takes) for name, takes in context.audiences.items()
    )


def _gets(limits: Limits, name: str, takes: tuple[str, ...] | None) -> bool:
    if limits.audiences is not None and name not in limits.audiences:
        return False
    return limits.tags is None or takes is None or any(tag in takes for tag in limits.tags)
