"""Rows that an author writes as groups of keys → tables whose columns the style names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpans,
    Generated,
    GeneratedBlock,
    Record,
    RecordsBlock,
    Reference,
)
from briefpack.clock import Fault, read_times
from briefpack.document import Link, Text
from briefpack.reading.context import Context, day_of, spans_of, words_of
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import to_datetime

Blocks = tuple[AuthorBlock, ...]

_COPIES = re.compile(r"(\d{1,6})(?: ?[–—-] ?(\d{1,6}))?")
_MOST_COPIES = 10_000


def _rows(node: Node) -> list[Node]:
    return [below for below in node.items if below.kind is Kind.MAP]


def _words(node: Node, key: str) -> AuthorSpans | None:
    words = words_of(node.scalar(key))
    return (Text(words),) if words else None


def _mail(node: Node) -> AuthorSpans | None:
    address = words_of(node.scalar("email"))
    return (Link(f"mailto:{address}", (Text(address),)),) if address else None


def movements(node: Node, context: Context) -> Blocks:
    _check_movements(_rows(node), context)
    made = tuple(
        Record(
            (
                _words(row, "time"),
                spans_of(row, "what", context),
                spans_of(row, "from", context),
                spans_of(row, "to", context),
                spans_of(row, "vehicle", context),
            ),
            row.where,
            context.limits(row),
            None
            if (day := row.scalar("date")) is None or (on := to_datetime(day.text)) is None
            else on.date(),
        )
        for row in _rows(node)
    )
    columns = ("time", "movement", "move_from", "move_to", "vehicle")
    return (RecordsBlock(columns, made, "agenda", node.where),) if made else ()


def _check_movements(rows: Iterable[Node], context: Context) -> None:
    """Times are times of the clock or words; a movement of an earlier day than the one before it is out of order."""
    last: date | None = None
    for row in rows:
        time, day = row.scalar("time"), day_of(row, "date")
        times = None if time is None else read_times(words_of(time))
        if time is not None and isinstance(times, Fault):
            context.report.error(time.where, times.message, times.hint)
        if day is not None and last is not None and day < last:
            context.report.warning(
                row.values["date"].where,
                "this day is out of order: the movement before it is later",
                "put the movements into the order of their days, or correct the date",
                rule="out-of-order",
            )
        last = day or last


def contacts(node: Node, context: Context) -> Blocks:
    made = tuple(
        Record(
            (
                spans_of(row, "name", context),
                spans_of(row, "role", context),
                _words(row, "phone"),
                _mail(row),
            ),
            row.where,
            context.limits(row),
        )
        for row in _rows(node)
    )
    columns = ("person", "function", "phone", "email")
    return (RecordsBlock(columns, made, "table", node.where),) if made else ()


def recipients(node: Node, context: Context) -> Blocks:
    """Copies are numbered in the order of the recipients, where the author numbers none of them."""
    rows = _rows(node)
    counted = [_copies(row) for row in rows]
    own = any(words_of(row.scalar("copy")) for row in rows)
    if own:
        _check_copies(rows, context)
    made: list[Record] = []
    first = 1
    for row, copies in zip(rows, counted, strict=True):
        numbers = str(first) if copies == 1 else f"{first}–{first + copies - 1}"
        first += copies
        made.append(
            Record(
                (
                    _words(row, "copy") if own else (Text(numbers),),
                    spans_of(row, "recipient", context),
                    spans_of(row, "organisation", context),
                    (Text(str(copies)),),
                ),
                row.where,
                context.limits(row),
            )
        )
    columns = ("copy", "recipient", "institution", "copies")
    return (RecordsBlock(columns, tuple(made), "table", node.where),) if made else ()


def _check_copies(rows: Iterable[Node], context: Context) -> None:
    """A copy goes to one recipient, and as many are numbered as are said to be handed out. Rows for some audiences may stand for each other."""
    taken: dict[int, str] = {}
    for row in rows:
        copy = row.scalar("copy")
        limited = {"audiences", "tags"} & row.keys.keys()
        match = None if copy is None or limited else _COPIES.fullmatch(words_of(copy))
        if copy is None or match is None:
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        written, given = words_of(copy), row.scalar("copies")
        if last < first:
            context.report.error(copy.where, f"the copies {written} run backwards", f"write {last}–{first}")
            continue
        if last - first >= _MOST_COPIES:
            context.report.error(copy.where, f"“{written}” are too many copies", "check the numbers")
            continue
        twice = next((number for number in range(first, last + 1) if number in taken), None)
        if twice is not None:
            context.report.error(
                copy.where,
                f"copy {twice} goes to “{taken[twice]}” as well",
                "give each copy to one recipient",
            )
        elif given is not None and given.text.isdecimal() and int(given.text) != last - first + 1:
            context.report.error(
                given.where,
                f"`copy` numbers {last - first + 1}, and here {'is' if given.text == '1' else 'are'} {given.text}",
                "correct one of the two, or delete `copies:`",
            )
        taken |= dict.fromkeys(range(first, last + 1), words_of(row.scalar("recipient"))[:40])


def _copies(row: Node) -> int:
    given = row.scalar("copies")
    return (
        int(given.text) if given is not None and given.text.isdecimal() and 0 < int(given.text) < 10000 else 1
    )


def changes(node: Node, context: Context) -> Blocks:
    made: list[Record] = []
    for row in _rows(node):
        section, day = row.scalar("section"), row.scalar("date")
        about = words_of(section)
        moment = None if day is None else to_datetime(day.text)
        made.append(
            Record(
                (
                    None if section is None or not about else (Reference(about, None, (), section.where),),
                    spans_of(row, "what", context),
                    None if moment is None else moment.date(),
                ),
                row.where,
                context.limits(row),
                about=about or None,
            )
        )
    return (RecordsBlock(("changed", "change", "date"), tuple(made), "table", node.where),) if made else ()


def generated(what: Generated, node: Node) -> Blocks:
    """A list that the pack makes itself. node: what asks for it."""
    return (GeneratedBlock(what, node.where),)
