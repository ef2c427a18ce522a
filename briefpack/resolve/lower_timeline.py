"""Timelines and clearances → tables without a header row, whose first column names the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from briefpack.blocks import ClearanceBlock, ClearanceStep, TimelineBlock, TimelineEntry
from briefpack.document import Block, Cell, Column, Heads, Paragraph, Row, Spans, Table, Text
from briefpack.errors import Where
from briefpack.resolve.dates import date_in_words, range_in_words
from briefpack.resolve.lower_table import numbered_caption
from briefpack.resolve.names import TargetKind
from briefpack.resolve.setting import BODY, CELL, Setting
from briefpack.resolve.sources import source_line
from briefpack.resolve.widths import snug, widths

if TYPE_CHECKING:
    from briefpack.resolve.lower import Lowering

_MOST, _MOST_IN_NARROW = 0.34, 0.46
"""Share of the width that dates, and what was done to a text, may take: of the whole text width, and of a column's."""
_NARROW = 0.6


def timeline(lowering: Lowering, block: TimelineBlock, around: Setting = BODY) -> Table:
    """Two columns: when, and what happened. around: of the timeline itself."""
    caption, anchor = numbered_caption(lowering, block.caption, block.id, block.where)
    texts = around.inside(CELL).narrowed(0.7)
    rows = tuple(_entry(lowering, entry, texts) for entry in block.entries)
    source = source_line(lowering, block.source, block.as_of)
    made = _plain(lowering, "timeline", rows, around)
    own = lowering.portions.own
    return replace(made, anchor=anchor, where=block.where, caption=caption, source=source, marking=own)


def _entry(lowering: Lowering, entry: TimelineEntry, texts: Setting) -> Row:
    """The mark of the portion stands before what happened, beside the date."""
    with lowering.portions.within(entry.limits):
        when = _text_cell(_when(lowering, entry), entry.where, Heads.ROW)
        said = Cell(lowering.at_least_one(entry.blocks, entry.where, texts))
    return lowering.portions.row(Row((when, said), entry.where), entry.limits, first=1)


def _when(lowering: Lowering, entry: TimelineEntry) -> Spans:
    if entry.day is None:
        return lowering.references.strong(entry.when or ())
    if entry.until is None:
        words = date_in_words(entry.day, lowering.style, lowering.language)
    else:
        words = range_in_words(entry.day, entry.until, lowering.style, lowering.language)
    return (Text(words, strong=True),)


def clearance(lowering: Lowering, block: ClearanceBlock, around: Setting = BODY) -> Table:
    """What was done, by whom and how to reach them, when; without the last column where no step has a day yet."""
    anchor = lowering.made_anchor("tbl", block.id, None)
    lowering.name(block.id, TargetKind.OTHER, anchor, block.where)
    dated = any(step.date for step in block.steps)
    rows = tuple(
        lowering.portions.row(
            Row(tuple(_step(lowering, step, dated=dated)), step.where), step.limits, first=1
        )
        for step in block.steps
    )
    made = _plain(lowering, "clearance", rows, around)
    return replace(made, anchor=anchor, where=block.where, marking=lowering.portions.own)


def _step(lowering: Lowering, step: ClearanceStep, *, dated: bool) -> Iterable[Cell]:
    done = (Text(lowering.word(f"step_{step.word}")),) if step.word else lowering.spans(step.step or ())
    quiet = tuple(replace(s, secondary=True) if isinstance(s, Text) else s for s in done)
    yield _text_cell(quiet, step.where, Heads.ROW)
    by: tuple[Block, ...] = (Paragraph(lowering.spans(step.by), step.where, "table-cell"),)
    if step.contact:
        by += (Paragraph(lowering.spans(step.contact), step.where, "table-detail"),)
    yield Cell(by)
    if dated:
        day = date_in_words(step.date, lowering.style, lowering.language) if step.date else ""
        yield _text_cell((Text(day),) if day else (), step.where)


def _text_cell(spans: Spans, where: Where, heads: Heads | None = None) -> Cell:
    return Cell((Paragraph(spans, where, "table-cell"),), heads=heads)


def _plain(lowering: Lowering, look: str, rows: tuple[Row, ...], around: Setting) -> Table:
    """A table without header row and anchor. Its second column has what the others, which stay on their lines, leave. rows: at least one."""
    most = _MOST if around.measure > _NARROW else _MOST_IN_NARROW
    given: list[float | None] = [
        None
        if column == 1
        else snug(column, rows, lowering.style, look=look, measure=around.measure, most=most)
        for column in range(len(rows[0].cells))
    ]
    shares = widths(given, rows, lowering.style, look=look, measure=around.measure)
    columns = tuple(Column(share) for share in shares)
    return Table(columns, (), rows, "", rows[0].where, look=look)
