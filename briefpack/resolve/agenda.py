"""Agenda days → for each a dated heading and a table, all tables in the same columns."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.blocks import AgendaBlock, AgendaItem, AuthorSpans, Openness, OwnRole, Reference
from briefpack.document import Align, Block, Cell, Column, Paragraph, Row, Span, Spans, Table, Text
from briefpack.errors import Where
from briefpack.resolve.agenda_columns import shares
from briefpack.resolve.agenda_times import home_time, item_time
from briefpack.resolve.dates import capitalised, date_in_words
from briefpack.resolve.names import TargetKind
from briefpack.resolve.walk import Walk

_HEADERS = {
    "time": "time",
    "home": "time_in",
    "item": "item",
    "lead": "agenda_lead",
    "role": "agenda_role",
    "brief": "brief",
}
"""Columns in their order, and the label word above each."""
_SEPARATOR = " · "


def agenda(walk: Walk, days: Sequence[AgendaBlock]) -> tuple[Block, ...]:
    """Columns time, time at home, item, lead, role, brief; one that no item of these days fills is left out.

    A brief that this audience does not get is not pointed to: the item itself is what it gets. Where sections have no numbers, briefs are pointed to
    by their titles, which stand below the item: a column of them would leave it no room.
    """
    items = [item for day in days for item in day.items]
    filled = {
        "time": any(item.time or item.start is not None for item in items),
        "home": any(day.home is not None for day in days),
        "item": True,
        "lead": any(item.lead for item in items),
        "role": any(item.role for item in items),
        "brief": walk.style.numbering.sections and any(_briefs(walk, item) for item in items),
    }
    columns = [column for column in _HEADERS if filled[column]]
    titles: list[AuthorSpans] = [(Text(_title(walk, column, days)),) for column in columns]
    header = walk.header(titles, days[0].where)
    rows_of = [_rows(walk, day, columns) for day in days]
    every = (header, *(row for rows in rows_of for row in rows))
    looks = tuple(
        Column(share, Align.RIGHT if column == "brief" else Align.LEFT)
        for share, column in zip(shares(columns, every, walk.style), columns, strict=True)
    )
    blocks: list[Block] = []
    for day, rows in zip(days, rows_of, strict=True):
        with walk.portions.within(day.limits):
            own = walk.portions.own
            blocks.extend(_above(walk, day))
        if rows:
            anchor = walk.anchors.make("tbl", day.id or f"{walk.section_id} {day.date or 'agenda'}")
            if day.date is None:
                walk.name(day.id, TargetKind.OTHER, anchor, day.where)
            blocks.append(Table(looks, (header,), rows, anchor, day.where, look="agenda", marking=own))
    return tuple(blocks)


def _title(walk: Walk, column: str, days: Sequence[AgendaBlock]) -> str:
    """The words above a column; where two places have their times, each is named."""
    zones = next(((day.meeting, day.home) for day in days if day.home is not None), (None, None))
    place = {"time": zones[0], "home": zones[1]}.get(column)
    if place is None:
        return walk.word(_HEADERS[column])
    return walk.word("time_in").replace("{place}", place.name)


def _above(walk: Walk, day: AgendaBlock) -> tuple[Block, ...]:
    """The heading with the date, and the day's note."""
    above: list[Block] = []
    if day.date is not None:
        words = capitalised(date_in_words(day.date, walk.style, walk.language, long=True))
        above.append(walk.heading((Text(words),), day.where, name=str(day.date), block_id=day.id))
    if day.note is not None:
        note = walk.spans(day.note)
        above.append(walk.portion(note, day.where, "secondary", keep_with_next=True))
    return tuple(above)


# --------------------------------------------------------------------------- rows


def _rows(walk: Walk, day: AgendaBlock, columns: Sequence[str]) -> tuple[Row, ...]:
    rows: list[Row] = []
    with walk.portions.within(day.limits):
        for item in day.items:
            with walk.portions.within(item.limits):
                rows.append(_row(walk, item, day, columns))
    return tuple(rows)


def _row(walk: Walk, item: AgendaItem, day: AgendaBlock, columns: Sequence[str]) -> Row:
    cells: list[Cell] = []
    for column in columns:
        match column:
            case "time":
                cells.append(_cell(item_time(walk, item), item.where))
            case "home":
                cells.append(_cell(home_time(walk, item, day), item.where))
            case "lead":
                cells.append(_cell(_spans(walk, item.lead), item.where))
            case "role":
                cells.append(_cell(_role(walk, item.role), item.where))
            case "brief":
                cells.append(_cell(_pointers(walk, item, ", "), item.where))
            case _:
                cells.append(_what(walk, item, day))
    return Row(tuple(cells), item.where, marking=walk.portions.whole(item.limits))


def _what(walk: Walk, item: AgendaItem, day: AgendaBlock) -> Cell:
    """The title, then what is quiet: detail, who is there, the room with the press, and where the brief is."""
    portions = walk.portions
    title = portions.marked(walk.references.strong(item.title), portions.whole(item.limits))
    if day.numbered:
        walk.counts.agenda_items += 1
        title = (Text(f"{walk.counts.agenda_items}.\u00a0", strong=True), *title)
    quiet: list[Spans] = []
    if item.detail:
        quiet.append(_spans(walk, item.detail))
    if item.participants:
        quiet.append(_filled(walk.word("participants"), "participants", walk.spans(item.participants)))
    room, press = _spans(walk, item.room), _press(walk, item.press)
    if room or press:
        quiet.append((*room, *(_text(_SEPARATOR) if room and press else ()), *press))
    if not walk.style.numbering.sections and _briefs(walk, item):
        quiet.append(_filled(walk.word("agenda_brief"), "brief", _pointers(walk, item, _SEPARATOR)))
    return Cell(
        (
            Paragraph(title, item.where, "table-cell"),
            *(Paragraph(spans, item.where, "table-detail") for spans in quiet),
        )
    )


def _text(words: str) -> Spans:
    return (Text(words),) if words else ()


def _filled(pattern: str, field: str, spans: Spans) -> Spans:
    """Words of the style with spans in the place of a field."""
    before, _, after = pattern.partition(f"{{{field}}}")
    return (*_text(before), *spans, *_text(after))


def _press(walk: Walk, press: Openness | AuthorSpans | None) -> Spans:
    if isinstance(press, Openness):
        return (Text(walk.word(f"press_{press.value}")),)
    return _spans(walk, press)


def _role(walk: Walk, role: OwnRole | AuthorSpans | None) -> Spans:
    if isinstance(role, OwnRole):
        return (Text(walk.word(f"role_{role.value}")),)
    return _spans(walk, role)


def _cell(spans: Spans, where: Where) -> Cell:
    return Cell((Paragraph(spans, where, "table-cell"),))


def _spans(walk: Walk, spans: AuthorSpans | None) -> Spans:
    return walk.spans(spans) if spans else ()


def _briefs(walk: Walk, item: AgendaItem) -> tuple[Reference | Text, ...]:
    return tuple(
        brief
        for brief in item.briefs
        if isinstance(brief, Text) or not walk.references.is_withheld(brief.target)
    )


def _pointers(walk: Walk, item: AgendaItem, separator: str) -> Spans:
    """Where its briefs are, in one line."""
    spans: list[Span] = []
    for brief in _briefs(walk, item):
        if spans:
            spans.append(Text(separator))
        if isinstance(brief, Text):
            spans.extend(walk.spans((brief,)))
        else:
            spans.extend(walk.references.reference(brief, short=True))
    return tuple(spans)
