"""Tables of the Document → flows with their rows and cells in the structure tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from briefpack.document import (
    Align,
    Cell,
    Heads,
    List,
    Paragraph,
    Position,
    Row,
    RowKind,
    Spans,
    Table,
    TableNote,
    Text,
)
from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.list_blocks import list_flows
from briefpack.pdf.paragraph import BASELINE
from briefpack.pdf.structure import Element
from briefpack.pdf.table import TableFlow
from briefpack.pdf.table_grid import TableCell, TableRow, places

if TYPE_CHECKING:
    from briefpack.pdf.blocks import BlockMaker

_CELL_SHARE = 0.6
"""How much of the frame's height a picture in a cell may have: rows that are higher than half a frame are not worth more."""
_X_HEIGHT = 0.72
"""Height of an x as a share of that of capitals, as it is in the faces that people read."""


def table_flow(
    maker: BlockMaker, block: Table, table: Element, caption: Sequence[Flow], foot: Sequence[Flow]
) -> TableFlow:
    """table: its element, which has the caption's already. foot: notes and source."""
    header: list[TableRow] = []
    if block.header:
        head = table.add("THead")
        header = _rows(maker, block.header, block, head)
    body = table.add("TBody")
    rows = _rows(maker, block.rows, block, body)
    shaded = False
    for row in rows:
        row.shaded = shaded and row.kind is RowKind.BODY
        # The first row below a group's heading is plain again.
        shaded = not shaded and row.kind is RowKind.BODY
    return TableFlow(
        [column.width for column in block.columns],
        header,
        rows,
        maker.style.table_look(block.look),
        caption=Stack(caption) if caption else None,
        foot=Stack(foot) if foot else None,
        anchor=block.anchor,
        frame=maker.frame,
        rise=maker.rise("table-cell"),
        marker=_marker(maker),
        meant=float(maker.style.page.text_width),
    )


def note_spans(note: TableNote) -> Spans:
    """A note below a table, its mark as it stands in the cells."""
    return (Text(note.mark, position=Position.SUPER), Text(" "), *note.spans)


def _marker(maker: BlockMaker) -> float:
    """How far below the top of a cell's first line the middle of its letters lies, in points."""
    look = maker.style.text["table-cell"]
    face = maker.setter.faces.face(look.font, bold=look.bold, italic=look.italic)
    capitals = float(face.font.face.capHeight / 1000 * look.size)
    return BASELINE * look.line_pitch - _X_HEIGHT * capitals / 2


def _rows(maker: BlockMaker, rows: Sequence[Row], block: Table, part: Element) -> list[TableRow]:
    """part: head or body. A row all of whose places are covered from above has no element."""
    columns = places([[(cell.columns, cell.rows) for cell in row.cells] for row in rows])
    heard = [0, *accumulate(bool(row.cells) for row in rows)]
    made: list[TableRow] = []
    for index, row in enumerate(rows):
        downs = [heard[min(index + cell.rows, len(rows))] - heard[index] for cell in row.cells]
        where = zip(columns[index], downs, strict=True)
        made.append(_row(maker, row, where, block, part))
    return made


def _row(
    maker: BlockMaker, row: Row, where: Iterable[tuple[int, int]], block: Table, part: Element
) -> TableRow:
    """where: for each cell the column at which it begins, and how many rows it covers that have elements."""
    element = part.add("TR", marking=row.marking)
    cells: list[TableCell] = []
    for cell, (column, down) in zip(row.cells, where, strict=True):
        kind, attributes = "TD", {}
        if part.kind == "THead" or cell.heads is not None:
            whole = cell.columns == len(block.columns)
            beside = cell.heads is Heads.ROW or (cell.heads is Heads.GROUP and not whole)
            kind, attributes = "TH", {"Scope": "/Row" if beside else "/Column"}
        if cell.columns > 1:
            attributes["ColSpan"] = str(cell.columns)
        if down > 1:
            attributes["RowSpan"] = str(down)
        align = block.columns[column].align if cell.align is None else cell.align
        content = _content(maker, cell, align, element.add(kind, attributes=attributes))
        cells.append(TableCell(Stack(content), columns=cell.columns, rows=cell.rows))
    return TableRow(cells, kind=row.kind)


def _content(maker: BlockMaker, cell: Cell, align: Align, element: Element) -> list[Flow]:
    flows: list[Flow] = []
    # The style's own alignment counts where the column has none of its own.
    wanted = None if align is Align.LEFT else align
    frame = maker.frame
    maker.frame = _CELL_SHARE * frame
    for block in cell.blocks:
        match block:
            case Paragraph():
                flows.append(maker.paragraph(block, element, wanted, alone=len(cell.blocks) == 1))
            case List():
                flows.extend(list_flows(maker, block, element, align=wanted))
            case _:
                flows.extend(maker.block(block, element))
    maker.frame = frame
    return flows
