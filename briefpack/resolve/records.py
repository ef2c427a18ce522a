"""Tables whose columns the style names: movements, contacts, recipients, changes; and the small table of whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefpack.blocks import AuthorSpans, ContactBlock, Record, RecordsBlock
from briefpack.document import (
    Align,
    Block,
    Cell,
    Column,
    Heads,
    Link,
    Paragraph,
    Row,
    RowKind,
    Span,
    Spans,
    Table,
    Text,
)
from briefpack.errors import Where
from briefpack.resolve.dates import capitalised, date_in_words
from briefpack.resolve.names import TargetKind
from briefpack.resolve.walk import Walk
from briefpack.resolve.widths import widths

_NUMBERS = frozenset({"copies"})
"""Columns of numbers, which line up at the right."""

_LABEL_SHARE = 0.2
"""Share of a contact's table that its labels take."""


def records(walk: Walk, block: RecordsBlock) -> tuple[Block, ...]:
    """One table, without the columns that nothing stands in and the rows that tell of what the audience does not get.

    Rows of a day stand below a row with the day.
    """
    kept = [r for r in block.records if r.about is None or not walk.references.is_withheld(r.about)]
    if not kept:
        return ()
    columns = [
        number for number, _ in enumerate(block.columns) if any(r.values[number] is not None for r in kept)
    ]
    titles: list[AuthorSpans] = [(Text(walk.word(block.columns[number])),) for number in columns]
    header = walk.header(titles, block.where)
    body = [walk.portions.row(_row(walk, record, columns), record.limits) for record in kept]
    shares = widths([None] * len(columns), (header, *body), walk.style)
    rows: list[Row] = []
    day: date | None = None
    for record, row in zip(kept, body, strict=True):
        if record.day is not None and record.day != day:
            rows.append(_day(walk, record.day, len(columns), record.where))
            day = record.day
        rows.append(row)
    anchor = walk.anchors.make("tbl", block.id or f"{walk.section_id} {block.columns[0]}")
    walk.name(block.id, TargetKind.TABLE, anchor, block.where)
    looks = tuple(
        Column(share, Align.RIGHT if block.columns[number] in _NUMBERS else Align.LEFT)
        for number, share in zip(columns, shares, strict=True)
    )
    own = walk.portions.own
    return (Table(looks, (header,), tuple(rows), anchor, block.where, look=block.look, marking=own),)


def _row(walk: Walk, record: Record, columns: Sequence[int]) -> Row:
    with walk.portions.within(record.limits):
        return Row(tuple(_cell(_value(walk, record.values[n]), record.where) for n in columns), record.where)


def _day(walk: Walk, day: date, columns: int, where: Where) -> Row:
    words = capitalised(date_in_words(day, walk.style, walk.language, long=True))
    cell = Cell((Paragraph((Text(words),), where, "table-group"),), columns=columns, heads=Heads.GROUP)
    return Row((cell,), where, RowKind.GROUP)


def _value(walk: Walk, value: AuthorSpans | date | None) -> Spans:
    if value is None:
        return ()
    if isinstance(value, date):
        return (Text(date_in_words(value, walk.style, walk.language)),)
    return walk.spans(value)


def _cell(spans: Spans, where: Where, heads: Heads | None = None) -> Cell:
    return Cell((Paragraph(spans, where, "table-cell"),), heads=heads)


def contact(walk: Walk, block: ContactBlock) -> tuple[Block, ...]:
    """Two rows at most: whom to ask and how, and who cleared it and when."""
    rows: list[Row] = []
    whom: list[Spans] = [walk.spans(block.name)] if block.name else []
    if block.phone:
        whom.append((Text(block.phone),))
    if block.email:
        whom.append((Link(f"mailto:{block.email}", (Text(block.email),)),))
    if whom:
        rows.append(_labelled(walk, "contact", whom, block.where))
    cleared: list[Spans] = [walk.spans(block.cleared_by)] if block.cleared_by else []
    if block.date is not None:
        cleared.append((Text(date_in_words(block.date, walk.style, walk.language)),))
    if cleared:
        rows.append(_labelled(walk, "cleared_by" if block.cleared_by else "date", cleared, block.where))
    if not rows:
        return ()
    anchor = walk.anchors.make("tbl", block.id or f"{walk.section_id} contact")
    walk.name(block.id, TargetKind.OTHER, anchor, block.where)
    columns = (Column(_LABEL_SHARE), Column(1 - _LABEL_SHARE))
    portions = walk.portions
    marked = tuple(portions.row(row, block.limits, first=1) for row in rows)
    return (Table(columns, (), marked, anchor, block.where, look="clearance", marking=portions.own),)


def _labelled(walk: Walk, key: str, parts: Sequence[Spans], where: Where) -> Row:
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Text(", "))
        spans.extend(part)
    label = _cell((Text(walk.word(key), strong=True),), where, Heads.ROW)
    return Row((label, _cell(tuple(spans), where)), where)
