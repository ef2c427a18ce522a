"""An author's tables and matrices → the Document's tables: header rows, heads, totals, decimals, widths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from briefpack.blocks import (
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpans,
    AuthorTableNote,
    TableBlock,
)
from briefpack.document import (
    Align,
    Caption,
    Cell,
    Column,
    Heads,
    Paragraph,
    Row,
    RowKind,
    Table,
    TableNote,
    Text,
    plain_text,
)
from briefpack.errors import Where
from briefpack.grid import lay
from briefpack.resolve.decimals import in_language, number_in, tails
from briefpack.resolve.names import TargetKind
from briefpack.resolve.setting import BODY, CELL, GROUP, Setting
from briefpack.resolve.sources import source_line
from briefpack.resolve.walk import Walk
from briefpack.resolve.widths import evenly, snug, widths
from briefpack.style import Style

if TYPE_CHECKING:
    from briefpack.resolve.lower import Lowering

_STRONG_HEADS = frozenset({"matrix"})
"""Looks whose rows are named in bold."""
_WIDEST_HEAD = 0.3
"""Share of a matrix that the names of its rows may take."""


def table(lowering: Lowering, block: TableBlock, around: Setting = BODY) -> Table:
    """around: of the table itself."""
    caption, anchor = numbered_caption(lowering, block.caption, block.id, block.where)
    cells = around.inside(CELL).narrowed(1 / len(block.columns))
    header = tuple(_header(lowering, block.columns, block.where))
    made = [_row(lowering, row, block, cells) for row in block.rows]
    rows = _headed(block, made)
    rows = _aligned(block.columns, rows, lowering)
    portions = lowering.portions
    rows = tuple(portions.row(row, said.limits) for row, said in zip(rows, block.rows, strict=True))
    shares = _shares(block, (*header, *rows), lowering.style, around.measure)
    columns = tuple(
        Column(share, Align.RIGHT if column.decimal else column.align or Align.LEFT)
        for share, column in zip(shares, block.columns, strict=True)
    )
    notes = tuple(_note(lowering, note) for note in block.notes)
    source = source_line(lowering, block.source, block.as_of)
    return Table(columns, header, rows, anchor, block.where, caption, source, notes, block.look, portions.own)


def _note(lowering: Lowering, note: AuthorTableNote) -> TableNote:
    own = lowering.portions.of(note.limits)
    return TableNote(note.mark, lowering.portions.marked(lowering.spans(note.spans), own), own)


def _shares(block: TableBlock, rows: Sequence[Row], style: Style, measure: float) -> tuple[float, ...]:
    """A matrix has columns of one width beside the names of its rows; other tables go by what they hold."""
    if block.look == "matrix" and rows and all(column.width is None for column in block.columns):
        head = snug(0, rows, style, look=block.look, measure=measure, most=_WIDEST_HEAD)
        return evenly(head, rows, style, look=block.look, measure=measure)
    given = [column.width for column in block.columns]
    return widths(given, rows, style, look=block.look, measure=measure)


def numbered_caption(
    lowering: Lowering, words: AuthorSpans | None, block_id: str | None, where: Where
) -> tuple[Caption | None, str]:
    """The numbered caption, None where there is none, and the anchor of the table, which has its name now."""
    caption, number = None, None
    if words:
        lowering.counts.tables += 1
        number = str(lowering.counts.tables)
        caption = lowering.caption("table", lowering.counts.tables, words)
    anchor = lowering.made_anchor("tbl", block_id, caption)
    lowering.name(block_id, TargetKind.TABLE, anchor, where, number=number)
    return caption, anchor


# --------------------------------------------------------------------------- header rows


def _header(lowering: Lowering, columns: Sequence[AuthorColumn], where: Where) -> Iterable[Row]:
    """One row of headings; two where neighbours stand below words that they have in common; none where there is nothing to say."""
    titled = any(column.title for column in columns)
    if not any(column.group for column in columns):
        if titled:
            yield lowering.header([column.title or () for column in columns], where)
        return
    below = any(column.title for column in columns if column.group)
    upper: list[Cell] = []
    lower: list[Cell] = []
    for _, run in groupby(enumerate(columns), key=_group_key):
        members = [column for _, column in run]
        if members[0].group:
            align = Align.CENTRE if len(members) > 1 else None
            upper.append(_head(lowering, members[0].group, where, columns=len(members), align=align))
            lower.extend(_head(lowering, member.title or (), where) for member in members)
        else:
            upper.append(_head(lowering, members[0].title or (), where, rows=2 if below else 1))
    yield Row(tuple(upper), where)
    if below:
        yield Row(tuple(lower), where)


def _group_key(placed: tuple[int, AuthorColumn]) -> object:
    """Neighbours with the same words are one group; a column without any is for itself."""
    number, column = placed
    return (number,) if column.group is None else _words(column.group)


def _words(spans: AuthorSpans) -> str:
    """What tells groups apart: the words, whatever their look and place."""
    return "".join(span.text if isinstance(span, Text) else str(type(span)) for span in spans)


def _head(
    lowering: Lowering,
    spans: AuthorSpans,
    where: Where,
    *,
    columns: int = 1,
    rows: int = 1,
    align: Align | None = None,
) -> Cell:
    paragraph = Paragraph(lowering.spans(spans), where, "table-header")
    return Cell((paragraph,), columns, rows, align=align)


# --------------------------------------------------------------------------- rows


def _row(lowering: Lowering, row: AuthorRow, block: TableBlock, setting: Setting) -> Row:
    with lowering.portions.within(row.limits):
        return _lowered(lowering, row, block, setting)


def _lowered(lowering: Lowering, row: AuthorRow, block: TableBlock, setting: Setting) -> Row:
    match row.kind:
        case RowKind.GROUP:
            (cell,) = row.cells
            blocks = lowering.at_least_one(cell.blocks, cell.where, setting.inside(GROUP))
            return Row((Cell(blocks, len(block.columns), 1, Heads.GROUP),), row.where, row.kind)
        case RowKind.TOTAL:
            setting = replace(setting, strong=True)
        case RowKind.BODY:
            pass
    bold_heads = replace(setting, strong=True) if block.look in _STRONG_HEADS else setting
    return Row(
        tuple(
            _cell(lowering, cell, bold_heads if position == 0 and block.columns[0].heads else setting)
            for position, cell in enumerate(row.cells)
        ),
        row.where,
        row.kind,
    )


def _cell(lowering: Lowering, cell: AuthorCell, setting: Setting) -> Cell:
    blocks = lowering.at_least_one(cell.blocks, cell.where, setting)
    return Cell(blocks, cell.columns, cell.rows, None, cell.align)


def _headed(block: TableBlock, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Say of cells that they name their rows: those in columns that do, and the first of a total."""
    heads = {number for number, column in enumerate(block.columns) if column.heads}
    if not heads and all(row.kind is not RowKind.TOTAL for row in rows):
        return tuple(rows)
    made: list[Row] = []
    laid = lay([row.cells for row in rows], len(block.columns)).rows
    for row, cells in zip(rows, laid, strict=True):
        if row.kind is RowKind.GROUP:
            made.append(row)
            continue
        naming = heads | ({0} if row.kind is RowKind.TOTAL else set())
        headed = tuple(
            replace(cell, heads=Heads.ROW) if column in naming and _says_something(cell) else cell
            for column, cell in cells
        )
        made.append(replace(row, cells=headed))
    return tuple(made)


def _says_something(cell: Cell) -> bool:
    return any(not isinstance(block, Paragraph) or plain_text(block.spans).strip() for block in cell.blocks)


# --------------------------------------------------------------------------- decimals


def _aligned(columns: Sequence[AuthorColumn], rows: Sequence[Row], walk: Walk) -> tuple[Row, ...]:
    """Give the numbers of decimal columns what keeps them at their signs; numbers as a machine has them get the signs of the language
    where the style refines the words."""
    decimal = {number for number, column in enumerate(columns) if column.decimal}
    if not decimal:
        return tuple(rows)
    refine, language = walk.style.typography.refine, walk.language
    numbers: dict[int, list[tuple[int, int, str]]] = {column: [] for column in decimal}
    """Column → row, cell and number."""
    cells_of = [list(row.cells) for row in rows]
    for number, cells in enumerate(lay([row.cells for row in rows], len(columns)).rows):
        for position, (column, cell) in enumerate(cells):
            if column in decimal and cell.columns == 1 and cell.align is None:
                paragraph = _only(cell)
                if refine and paragraph is not None:
                    spans = in_language(paragraph.spans, language)
                    paragraph = replace(paragraph, spans=spans)
                    cells_of[number][position] = replace(cell, blocks=(paragraph,))
                found = None if paragraph is None else number_in(paragraph.spans)
                if found is not None:
                    numbers[column].append((number, position, found))
    for placed in numbers.values():
        for (number, position, _), tail in zip(
            placed, tails([n for _, _, n in placed], language), strict=True
        ):
            cell = cells_of[number][position]
            paragraph = _only(cell)
            if tail and paragraph is not None:
                cells_of[number][position] = replace(cell, blocks=(replace(paragraph, tail=tail),))
    return tuple(
        row if list(row.cells) == cells else replace(row, cells=tuple(cells))
        for row, cells in zip(rows, cells_of, strict=True)
    )


def _only(cell: Cell) -> Paragraph | None:
    """The paragraph that is all there is in a cell; None where there is more."""
    paragraph = cell.blocks[0]
    return paragraph if len(cell.blocks) == 1 and isinstance(paragraph, Paragraph) else None
