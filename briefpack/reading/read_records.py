"""Rows that an author writes as groups of keys → tables whose columns the style names."""

from __future__ import annotations

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpans,
    Generated,
    GeneratedBlock,
    Record,
    RecordsBlock,
    Reference,
)
from briefpack.document import Link, Text
from briefpack.reading.context import Context, spans_of, words_of
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import to_datetime

Blocks = tuple[AuthorBlock, ...]


def _rows(node: Node) -> list[Node]:
    return [below for below in node.items if below.kind is Kind.MAP]


def _words(node: Node, key: str) -> AuthorSpans | None:
    words = words_of(node.scalar(key))
    return (Text(words),) if words else None


def _mail(node: Node) -> AuthorSpans | None:
    address = words_of(node.scalar("email"))
    return (Link(f"mailto:{address}", (Text(address),)),) if address else None


def movements(node: Node, context: Context) -> Blocks:
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
