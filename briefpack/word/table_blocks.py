"""A table of the Document as a table of Word: caption above, rows, notes and source below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from briefpack import document as d
from briefpack.style import Length, Style, TableLook
from briefpack.word import tables
from briefpack.word.captions import caption_runs, source_line
from briefpack.word.flow import Flow, Paragraph, at_start
from briefpack.word.heights import about
from briefpack.word.looks import border, shading
from briefpack.word.place import Place, Writing
from briefpack.word.styles import TABLES
from briefpack.word.xml import EMPTY, Xml, element, join

# Shares of the page, as in the PDF: up to the one a table is not divided, below the other a row is not left alone at its foot or head.
_SMALL = 1 / 3
_LOW = 1 / 8


@dataclass(slots=True)
class _Table:
    """A table while its rows are written. anchor: waits for the first cell, None when the caption took it. ruled: whether the rule right of the
    first column is drawn cell by cell, because the column heads nothing. page: height of the text on it, in points.

    heights: of the rows so far, about. joined: whether a cell of theirs goes on in the next row. spanned: the columns that the last header row has below headings of several.
    """

    block: d.Table
    look: TableLook
    widths: tuple[int, ...]
    place: Place
    anchor: str | None
    ruled: bool
    page: float
    heights: list[float] = field(default_factory=list)
    joined: list[bool] = field(default_factory=list)
    spanned: set[int] = field(default_factory=set)
    covered: tables.Covered = field(init=False)

    def __post_init__(self) -> None:
        self.covered = tables.Covered.none(len(self.widths))


def write_table(writing: Writing, block: d.Table, flow: Flow, place: Place) -> None:
    style = writing.style
    look = style.table_look(block.look)
    anchor: str | None = block.anchor
    if block.caption is not None:
        runs = caption_runs(writing, block.caption, block.anchor, place)
        caption = writing.set("caption", writing.spans.bookmark(anchor, runs))
        writing.fit("caption", caption, place)
        caption.keep_next = True
        caption.least_before(look.before.twips)
        anchor = None
        flow.add(caption)
    first_column = any(cell.heads is d.Heads.ROW for row in block.rows for cell in row.cells[:1])
    widths = tables.grid(block.columns, place.room)
    ruled = look.rule > 0 and not first_column
    writer = _Table(block, look, widths, place, anchor, ruled, place.height / 20)
    rows = [_row(writing, writer, row, number) for number, row in enumerate((*block.header, *block.rows))]
    title = "" if block.caption is None else _words(block.caption)
    description = ", ".join(filter(None, map(_cell_words, block.header[0].cells))) if block.header else ""
    lines_below = bool(block.notes or block.source)
    made = tables.table(
        rows,
        widths,
        headed=bool(block.header),
        title=title,
        description=description,
        first_column=first_column,
        style=TABLES[block.look][0],
        left=place.left - look.hang.twips,
    )
    around = _around(style, block)
    made.keep_rows(_staying(writer, around, below=lines_below))
    flow.add_table(
        made,
        0 if block.caption else look.before.twips,
        0 if lines_below else look.after.twips,
    )
    for number, note in enumerate(block.notes, 1):
        line = _note(writing, note, place)
        line.keep_next = number < len(block.notes) or block.source is not None
        flow.add(line)
    if block.notes and block.source is None:
        flow.least_after(look.after.twips)
    source_line(writing, block.source, flow, place, look.after.twips)


def _note(writing: Writing, note: d.TableNote, place: Place) -> Paragraph:
    """Its mark stands above the line as it does in the cell."""
    mark_runs = writing.runs((d.Text(note.mark, position=d.Position.SUPER),), "table-note", place)
    runs = writing.runs(note.spans, "table-note", place)
    paragraph = writing.set("table-note", join((mark_runs, writing.spans.words(" "), runs)))
    writing.fit("table-note", paragraph, place)
    return paragraph


def _around(style: Style, block: d.Table) -> float:
    """Height of caption, notes and source, a line of each, in points."""
    roles = ["caption"] * (block.caption is not None) + ["table-note"] * len(block.notes)
    roles += ["source"] * (block.source is not None)
    return sum(style.text[role].line_pitch for role in roles)


def _staying(table: _Table, around: float, *, below: bool) -> Iterator[int]:
    """The rows that stay with the next: all of a small table, those that a cell joins, where a page can hold them, low ones at both ends, and the last
    one with the lines below it.

    around: height of the lines above and below it, in points.
    """
    heights, last = table.heights, len(table.heights) - 1
    if heights and sum(heights) + around <= _SMALL * table.page:
        yield from range(last)
    begin = 0
    for number, joined in enumerate(table.joined):
        if joined:
            continue
        if number > begin and sum(heights[begin : number + 1]) <= table.page:
            yield from range(begin, number)
        begin = number + 1
    low, rows, first = _LOW * table.page, table.block.rows, len(table.block.header)
    if rows and rows[0].kind is d.RowKind.GROUP:
        first += 1
    if first < last:
        yield from (first,) if heights[first] < low else ()
        yield from (last - 1,) if heights[last] < low else ()
    for number, row in enumerate(rows[1:], len(heights) - len(rows)):
        if row.kind is d.RowKind.TOTAL:
            yield number
    if below and heights and heights[last] <= table.page / 2:
        yield last


def _row(writing: Writing, table: _Table, row: d.Row, number: int) -> Xml:
    header = number < len(table.block.header)
    look = table.look
    spots: list[tables.Spot] = []
    height = 0.0
    below: set[int] = set()
    for position, span, which in table.covered.row([(cell.columns, cell.rows) for cell in row.cells]):
        if header:
            reach = 1 if which is None else row.cells[which].rows
            properties = _header_look(table, number, position, reach, span)
            below.update(range(position, position + span) if span > 1 else ())
        else:
            properties = _cell_look(table, number - len(table.block.header), at_left=position == 0)
        if which is None:
            spots.append(tables.Spot(None, span, look=properties))
            continue
        cell = row.cells[which]
        width = sum(table.widths[position : position + span])
        padding = 2 * look.padding_x.twips
        align = cell.align or table.block.columns[position].align
        # A cell over many rows has room in all of them.
        height = max(height, about(writing.style, cell.blocks, width - padding) / cell.rows)
        inner = replace(table.place.within(width - padding), align=align)
        content = _cell(writing, cell, inner, keep=header or row.kind is d.RowKind.GROUP)
        if table.anchor is not None:
            # A table without a caption is reached through its first cell.
            content = at_start(content, writing.spans.bookmark(table.anchor, EMPTY))
            table.anchor = None
        spots.append(tables.Spot(content, span, cell.rows, properties))
    table.spanned = below
    height += 2 * look.padding_y
    table.heights.append(height)
    table.joined.append(table.covered.joined)
    whole = header or height <= table.page / 2
    return tables.row(spots, table.widths, header=header, whole=whole)


def _header_look(table: _Table, number: int, position: int, rows: int, columns: int) -> Xml:
    """What the table's style cannot say of a cell of several header rows: between those there are lines below headings of several columns alone.

    number: of the row. rows, columns: that the cell covers.
    """
    count = len(table.block.header)
    if count == 1:
        return EMPTY
    above = number == 0 or position in table.spanned
    below = number + rows == count or columns > 1
    return tables.header_look(table.look, first=number == 0, above=above, below=below)


def _cell_look(table: _Table, number: int, *, at_left: bool) -> Xml:
    """What the table's style cannot say of a cell of the body. number: of its row, the header left out."""
    look, rows = table.look, table.block.rows
    kind = rows[number].kind
    top = None if number == 0 else _line(look, "top", rows[number - 1].kind, kind)
    bottom = None if number == len(rows) - 1 else _line(look, "bottom", kind, rows[number + 1].kind)
    right = None
    if kind is d.RowKind.GROUP and look.rule > 0:
        # A heading over all columns has no first column.
        right = border("right", Length(0), "")
    elif table.ruled and at_left:
        right = border("right", look.rule, look.rule_colour.hex)
    fill = EMPTY
    if kind is d.RowKind.GROUP and look.group_fill is not None:
        fill = shading(look.group_fill.hex)
    borders = [each for each in (top, bottom, right) if each is not None]
    return join((element("w:tcBorders", None, *borders) if borders else EMPTY, fill))


def _line(look: TableLook, side: str, upper: d.RowKind, lower: d.RowKind) -> Xml | None:
    """The line between two rows, as a border of the one or the other; None for that of the table's style."""
    if lower is d.RowKind.TOTAL:
        return border(side, Length(0) if upper is d.RowKind.TOTAL else look.total, look.top_colour.hex)
    # What heads a group stands with its rows.
    return border(side, Length(0), "") if upper is d.RowKind.GROUP else None


def _cell(writing: Writing, cell: d.Cell, place: Place, *, keep: bool) -> Xml:
    flow = Flow()
    writing.write(cell.blocks, flow, place)
    if not flow.items or not isinstance(flow.items[-1], Paragraph):
        flow.separate()
    for item in flow.items:
        if keep and isinstance(item, Paragraph):
            item.keep_next = True
    return flow.markup()


def _cell_words(cell: d.Cell) -> str:
    return " ".join(d.plain_text(block.spans) for block in cell.blocks if isinstance(block, d.Paragraph))


def _words(caption: d.Caption) -> str:
    words = d.plain_text(caption.spans)
    return f"{caption.label}{caption.joint}{words}" if words else caption.label
