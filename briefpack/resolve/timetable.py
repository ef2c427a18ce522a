"""The days of an agenda side by side: a column for each day, and a row for each time at which something begins or ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefpack.blocks import AgendaBlock, AgendaItem, Note
from briefpack.clock import DAY
from briefpack.document import Block, Cell, Column, Heads, PageBreak, Paragraph, Row, Table, Text
from briefpack.marking import join
from briefpack.resolve.agenda_times import clock_time, item_time
from briefpack.resolve.dates import capitalised, date_in_words
from briefpack.resolve.walk import Walk

_DAYS = 5
"""Days that stand side by side; more make another table."""
_TIME_SHARE = 0.12
"""Share of the table that the times take."""
_LEAST = 30
"""Minutes that an item without an end is shown to last, at most."""


@dataclass(slots=True)
class _Stay:
    """Items of one day that overlap, and stand in one cell. start, end: minutes, of all of them."""

    items: list[AgendaItem]
    start: int
    end: int


def timetable(walk: Walk, days: Sequence[AgendaBlock]) -> tuple[Block, ...]:
    """Tables, and a page break behind them; () where no day has an item with a time of the clock."""
    timed = [day for day in days if day.date is not None and any(i.start is not None for i in day.items)]
    tables = [_table(walk, timed[n : n + _DAYS]) for n in range(0, len(timed), _DAYS)]
    return (*tables, PageBreak(days[0].where)) if tables else ()


def _table(walk: Walk, days: Sequence[AgendaBlock]) -> Table:
    stays = [_stays(day) for day in days]
    times = sorted({time for day in stays for stay in day for time in (stay.start, stay.end)})
    # A slot in which no day has anything is left out.
    slots = [
        start
        for start, end in pairwise(times)
        if any(stay.start < end and start < stay.end for day in stays for stay in day)
    ]
    where = days[0].where
    header = [_cell(walk.word("time"), days[0])]
    for day in days:
        date = day.date
        words = date_in_words(date, walk.style, walk.language, long=True) if date is not None else ""
        header.append(_cell(capitalised(words), day))
    rows = tuple(_row(walk, slot, slots, stays, days) for slot in slots)
    share = (1 - _TIME_SHARE) / len(days)
    columns = (Column(_TIME_SHARE), *(Column(share) for _ in days))
    anchor = walk.anchors.make("tbl", f"{walk.section_id} timetable")
    own = [marking for day in days if (marking := walk.portions.of(day.limits)) is not None]
    marking = join(own) if own else None
    return Table(columns, (Row(tuple(header), where),), rows, anchor, where, look="matrix", marking=marking)


def _cell(words: str, day: AgendaBlock) -> Cell:
    return Cell((Paragraph((Text(words),), day.where, "table-header"),))


def _stays(day: AgendaBlock) -> list[_Stay]:
    """What a day holds, in order; items that overlap are together."""
    items = sorted((item for item in day.items if item.start is not None), key=lambda item: item.start or 0)
    stays: list[_Stay] = []
    for position, item in enumerate(items):
        start = item.start or 0
        end = item.end
        if end is None:
            following = next((o.start for o in items[position + 1 :] if (o.start or 0) > start), None)
            end = min(start + _LEAST, following if following is not None else DAY * 2)
        if stays and start < stays[-1].end:
            stays[-1].items.append(item)
            stays[-1].end = max(stays[-1].end, end)
        else:
            stays.append(_Stay([item], start, end))
    return stays


def _row(
    walk: Walk,
    slot: int,
    slots: Sequence[int],
    stays: Sequence[Sequence[_Stay]],
    days: Sequence[AgendaBlock],
) -> Row:
    where = days[0].where
    time = Paragraph((Text(clock_time(walk, slot)),), where, "table-cell")
    cells = [Cell((time,), heads=Heads.ROW)]
    for day, block in zip(stays, days, strict=True):
        stay = next((stay for stay in day if stay.start <= slot < stay.end), None)
        if stay is None:
            cells.append(Cell((Paragraph((), block.where, "table-cell"),)))
        elif stay.start == slot:
            rows = sum(stay.start <= other < stay.end for other in slots)
            paragraphs = tuple(p for item in stay.items for p in _item(walk, item))
            cells.append(Cell(paragraphs, rows=rows))
    return Row(tuple(cells), where)


def _item(walk: Walk, item: AgendaItem) -> tuple[Paragraph, ...]:
    whole = walk.portions.whole(item.limits)
    # A note stands once, where the item itself does.
    title = walk.spans(tuple(s for s in item.title if not isinstance(s, Note)))
    return (
        Paragraph(walk.portions.marked(title, whole), item.where, "table-cell", marking=whole),
        Paragraph(item_time(walk, item), item.where, "table-detail", marking=whole),
    )
