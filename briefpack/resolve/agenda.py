"""Agenda days → for each a dated heading and a table, all tables in the same columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefpack.blocks import AgendaBlock, AgendaItem, AuthorSpans, Reference
from briefpack.document import Align, Block, Cell, Column, Paragraph, Row, Span, Spans, Table, Text
from briefpack.errors import Where
from briefpack.resolve.dates import capitalised, date_in_words
from briefpack.resolve.names import TargetKind
from briefpack.resolve.walk import Walk
from briefpack.resolve.widths import least, widths

_HEADERS = {"time": "time", "item": "item", "lead": "agenda_lead", "brief": "brief"}
"""Columns in their order, and the label word above each."""
_LEAST_ITEM = 0.46
"""Share of the table that the items should have."""


def agenda(walk: Walk, days: Sequence[AgendaBlock]) -> tuple[Block, ...]:
    """Columns time, item, lead, brief; one that no item of these days fills is left out.

    A brief that this audience does not get is not pointed to: the item itself is what it gets.
    """
    items = [item for day in days for item in day.items]
    filled = {
        "time": any(item.time for item in items),
        "item": True,
        "lead": any(item.lead for item in items),
        "brief": any(_briefs(walk, item) for item in items),
    }
    columns = [column for column in _HEADERS if filled[column]]
    header = walk.header([(Text(walk.word(_HEADERS[column])),) for column in columns], days[0].where)
    rows_of = [tuple(_row(walk, item, columns) for item in day.items) for day in days]
    every = (header, *(row for rows in rows_of for row in rows))
    floors = {column: least(n, every, walk.style) for n, column in enumerate(columns)}
    shares = _item_first(columns, widths([None] * len(columns), every, walk.style), floors)
    # Numbers line up at the right edge; titles, where sections have no numbers, read from the left.
    brief = Align.RIGHT if walk.style.numbering.sections else Align.LEFT
    looks = tuple(
        Column(share, brief if column == "brief" else Align.LEFT)
        for share, column in zip(shares, columns, strict=True)
    )
    blocks: list[Block] = []
    for day, rows in zip(days, rows_of, strict=True):
        blocks.extend(_above(walk, day))
        if rows:
            anchor = walk.anchors.make("tbl", day.id or f"{walk.section_id} {day.date or 'agenda'}")
            if day.date is None:
                walk.name(day.id, TargetKind.OTHER, anchor, day.where)
            blocks.append(Table(looks, (header,), rows, anchor, day.where))
    return tuple(blocks)


def _item_first(
    columns: Sequence[str], shares: Sequence[float], floors: Mapping[str, float]
) -> tuple[float, ...]:
    """Widen the column of items at the cost of lead and brief: what happens is read first, and holds most words.

    floors: the share below which a column's words would break.
    """
    by_name = dict(zip(columns, shares, strict=True))
    spare = {name: max(by_name[name] - floors[name], 0.0) for name in ("lead", "brief") if name in by_name}
    wanted = min(max(_LEAST_ITEM - by_name["item"], 0.0), sum(spare.values()))
    if wanted <= 0:
        return tuple(shares)
    for name, share in spare.items():
        by_name[name] -= wanted * share / sum(spare.values())
    by_name["item"] += wanted
    return tuple(by_name.values())


def _above(walk: Walk, day: AgendaBlock) -> tuple[Block, ...]:
    """The heading with the date, and the day's note."""
    above: list[Block] = []
    if day.date is not None:
        words = capitalised(date_in_words(day.date, walk.style, walk.language, long=True))
        above.append(walk.heading((Text(words),), day.where, name=str(day.date), block_id=day.id))
    if day.note is not None:
        note = walk.spans(day.note)
        above.append(walk.paragraph(note, day.where, "secondary", keep_with_next=True))
    return tuple(above)


def _row(walk: Walk, item: AgendaItem, columns: Sequence[str]) -> Row:
    cells: list[Cell] = []
    for column in columns:
        match column:
            case "time":
                cells.append(_cell((Text(item.time),) if item.time else (), item.where))
            case "lead":
                cells.append(_cell(_spans(walk, item.lead), item.where))
            case "brief":
                cells.append(_pointers(walk, item))
            case _:
                title = Paragraph(walk.references.strong(item.title), item.where, "table-cell")
                if item.detail:
                    detail = Paragraph(_spans(walk, item.detail), item.where, "table-detail")
                    cells.append(Cell((title, detail)))
                else:
                    cells.append(Cell((title,)))
    return Row(tuple(cells), item.where)


def _cell(spans: Spans, where: Where) -> Cell:
    return Cell((Paragraph(spans, where, "table-cell"),))


def _spans(walk: Walk, spans: AuthorSpans | None) -> Spans:
    return walk.spans(spans) if spans else ()


def _briefs(walk: Walk, item: AgendaItem) -> tuple[Reference, ...]:
    return tuple(brief for brief in item.briefs if not walk.references.is_withheld(brief.target))


def _pointers(walk: Walk, item: AgendaItem) -> Cell:
    """Numbers in one line with commas between; titles, which have commas of their own, each on its line."""
    pointers = [walk.references.reference(brief, short=True) for brief in _briefs(walk, item)]
    if not walk.style.numbering.sections and pointers:
        return Cell(tuple(Paragraph(pointer, item.where, "table-cell") for pointer in pointers))
    spans: list[Span] = []
    for pointer in pointers:
        if spans:
            spans.append(Text(", "))
        spans.extend(pointer)
    return _cell(tuple(spans), item.where)
