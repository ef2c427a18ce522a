"""Nodes of tables and matrices → table blocks whose cells fill the grid: every row as many columns as there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from briefpack.blocks import (
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpans,
    ParagraphBlock,
    TableBlock,
)
from briefpack.document import Align, RowKind
from briefpack.grid import Fault, Misfit, lay
from briefpack.reading.context import Context, day_of, spans_of
from briefpack.reading.markdown import read_blocks, read_spans
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_csv import rows_of_csv
from briefpack.reading.read_table_notes import read_notes
from briefpack.reading.scalars import to_share
from briefpack.reading.schema_table import MAX_COLUMNS, TABLE_KEYS

ReadBlocks: TypeAlias = Callable[[Iterable[Node]], tuple[AuthorBlock, ...]]
"""What is written under `blocks:` of a cell."""

_ALIGNS = {"left": Align.LEFT, "centre": Align.CENTRE, "right": Align.RIGHT}
_EMPTY_CELL = 'write "" for an empty cell, and put a text with a comma in it into quotes'


def read_table(node: Node, context: Context, inside: ReadBlocks) -> TableBlock:
    """The table without its id and limits, which stand beside it. inside: reads the blocks of a cell."""
    columns = tuple(_column(column, context) for column in node.listed("columns"))
    written, file = node.get("rows"), node.scalar("csv")
    if written is not None and file is not None:
        context.report.error(
            node.keys["csv"].where, "a table has `rows` or `csv`, not both", "delete one of them"
        )
    elif not all(key in TABLE_KEYS for key in node.keys):
        pass  # a key is misspelt, and reported; it may be the one that is missing
    elif written is None and file is None:
        context.report.error(
            node.where, "this table has no rows", "add `rows:` with a list of rows, or `csv:` with a file"
        )
    elif file is not None:
        columns, rows = rows_of_csv(node, file, columns, context)
        return _finish(node, columns, rows, context)
    elif "columns" not in node.values:
        context.report.error(
            node.where, "this table has no columns", "add `columns: [first heading, second heading]`"
        )
    if file is None and node.scalar("delimiter") is not None:
        context.report.error(
            node.keys["delimiter"].where, "only a CSV file has a delimiter", "delete it, or add `csv:`"
        )
    rows = tuple(_row(row, len(columns), context, inside) for row in node.listed("rows") if _is_row(row))
    if columns and not any(map(_has_wrong_span, node.listed("rows"))):
        _check_grid(rows, len(columns), _EMPTY_CELL, context)
    return _finish(node, columns, rows, context)


def read_matrix(node: Node, value: Node, context: Context) -> TableBlock:
    """A matrix: the first column names the rows. node: the block, with caption and source. value: the matrix itself."""
    corner = spans_of(value, "corner", context)
    topics = [_heading(column, context) for column in value.listed("columns")]
    columns = (AuthorColumn(corner, None, None, heads=True), *(AuthorColumn(t, None, None) for t in topics))
    rows: list[AuthorRow] = []
    for row in value.listed("rows"):
        if row.kind is not Kind.MAP or row.faulty:
            continue
        head, cells = row.scalar("head"), row.listed("cells")
        if topics and len(cells) != len(topics) and row.get("cells") is not None:
            context.report.error(
                row.values["cells"].where,
                f"there are {len(cells)} cells here, and {len(topics)} headings in `columns`",
                _EMPTY_CELL,
            )
        name = AuthorCell(_paragraphs(head or row, context), (head or row).where)
        rows.append(
            AuthorRow(
                (name, *(AuthorCell(_paragraphs(cell, context), cell.where) for cell in cells)),
                row.where,
                context.limits(row),
            )
        )
    return TableBlock(
        columns,
        tuple(rows),
        spans_of(node, "caption", context),
        spans_of(node, "source", context),
        node.where,
        as_of=day_of(node, "as_of"),
        look="matrix",
    )


def _finish(
    node: Node, columns: tuple[AuthorColumn, ...], rows: tuple[AuthorRow, ...], context: Context
) -> TableBlock:
    if len(columns) > MAX_COLUMNS:
        context.report.error(
            node.where, f"a table has at most {MAX_COLUMNS} columns; here are {len(columns)}", "divide it"
        )
    if columns and not any(column.title for column in columns):
        context.report.warning(
            node.keys["columns" if "columns" in node.keys else "csv"].where,
            "no column of this table has a heading: there is no header row",
            "give headings, `columns: [Visit, Dates]`: a screen reader says them with every cell",
            rule="no-table-heading",
        )
    _check_widths(node, columns, context)
    block = TableBlock(
        columns,
        rows,
        spans_of(node, "caption", context),
        spans_of(node, "source", context),
        node.where,
        as_of=day_of(node, "as_of"),
    )
    return replace(block, notes=read_notes(node, block, context))


# --------------------------------------------------------------------------- columns


def _heading(node: Node, context: Context) -> AuthorSpans | None:
    if node.kind is not Kind.SCALAR or node.is_null or node.faulty or not node.text.strip():
        return None
    return read_spans(node, context.report, "a column's heading")


def _column(node: Node, context: Context) -> AuthorColumn:
    if node.kind is Kind.SCALAR:
        return AuthorColumn(_heading(node, context), None, None)
    width, align, title = node.scalar("width"), node.scalar("align"), node.scalar("title")
    decimal = node.is_true("decimal")
    if align is not None and decimal:
        context.report.error(
            align.where, "a decimal column is aligned at its decimal signs", "delete `align:` or `decimal:`"
        )
    return AuthorColumn(
        None if title is None else _heading(title, context),
        None if width is None else to_share(width),
        None if align is None else _ALIGNS.get(align.text),
        spans_of(node, "group", context),
        decimal or (align is not None and align.text == "decimal"),
        node.is_true("heads"),
    )


def _check_widths(node: Node, columns: Sequence[AuthorColumn], context: Context) -> None:
    total = 0.0
    for column, place in zip(columns, node.listed("columns"), strict=False):
        if column.width is None:
            continue
        total += column.width
        if total > 1.0005:
            context.report.error(
                (place.scalar("width") or place).where,
                f"the widths add up to {100 * total:g} % here",
                "all widths of a table together are at most 100%",
            )
            return
    free = [
        place for column, place in zip(columns, node.listed("columns"), strict=False) if column.width is None
    ]
    if free and total > 0.9995:
        context.report.error(
            free[0].where,
            "nothing is left for this column: the others take 100 %",
            "make the others narrower, or give every column a width",
        )


# --------------------------------------------------------------------------- rows


def _is_row(node: Node) -> bool:
    """Whether the node has the shape of a row; what has not is reported."""
    if node.kind is Kind.LIST:
        return True
    return node.scalar("group") is not None or bool(node.listed("cells") or node.listed("total"))


def _has_wrong_span(row: Node) -> bool:
    """Whether a cell says how much it covers in a way that has been reported: nothing more can be said of the grid."""
    return any(
        key in cell.keys and not _is_span(cell.scalar(key))
        for cell in (row.items or row.listed("cells") or row.listed("total"))
        if cell.kind is Kind.MAP
        for key in ("columns", "rows")
    )


def _row(node: Node, width: int, context: Context, inside: ReadBlocks) -> AuthorRow:
    limits = context.limits(node)
    group = node.scalar("group")
    if group is not None:
        words = read_spans(group, context.report, "`group`")
        cell = AuthorCell((ParagraphBlock(words, group.where),), group.where, columns=max(width, 1))
        return AuthorRow((cell,), node.where, limits, RowKind.GROUP)
    kind = RowKind.TOTAL if "total" in node.values else RowKind.BODY
    cells = node.items or node.listed("total") or node.listed("cells")
    return AuthorRow(tuple(_cell(cell, context, inside) for cell in cells), node.where, limits, kind)


def _cell(node: Node, context: Context, inside: ReadBlocks) -> AuthorCell:
    if node.kind is not Kind.MAP or node.faulty:
        return AuthorCell(_paragraphs(node, context), node.where)
    align = node.scalar("align")
    text = node.scalar("text")
    blocks = () if text is None else _paragraphs(text, context)
    blocks += inside(node.listed("blocks"))
    return AuthorCell(
        blocks or (ParagraphBlock((), node.where),),
        node.where,
        _span(node, "columns"),
        _span(node, "rows"),
        None if align is None else _ALIGNS.get(align.text),
    )


def _span(node: Node, key: str) -> int:
    value = node.scalar(key)
    return int(value.text) if value is not None and _is_span(value) else 1


def _is_span(node: Node | None) -> bool:
    return node is not None and node.text.isdecimal() and len(node.text) < 6 and int(node.text) > 0


def _paragraphs(node: Node, context: Context) -> tuple[AuthorBlock, ...]:
    """The blocks of a text, an empty paragraph where there is none."""
    if node.kind is not Kind.SCALAR or node.is_null or node.faulty:
        return (ParagraphBlock((), node.where),)
    return read_blocks(node, context.report, in_line=True) or (ParagraphBlock((), node.where),)


def _check_grid(rows: Sequence[AuthorRow], width: int, hint: str, context: Context) -> None:
    """Report every row whose cells do not fill the columns. hint: what to do about a plain row that is too short or too long."""
    for misfit in lay([row.cells for row in rows], width).misfits:
        _misfit(rows[misfit.row], misfit, width, hint, context)


def _misfit(row: AuthorRow, misfit: Misfit, width: int, hint: str, context: Context) -> None:
    where = row.where if misfit.cell is None else row.cells[misfit.cell].where
    columns = f"{width} column{'' if width == 1 else 's'}"
    wide = sum(cell.columns for cell in row.cells)
    if row.kind is RowKind.GROUP:
        context.report.error(
            row.where,
            "the heading of a group is as wide as the table, and a cell from a row above reaches into its row",
            "let that cell cover fewer rows",
        )
    elif misfit.fault is Fault.BELOW:
        context.report.error(
            where,
            f"this cell covers {row.cells[misfit.cell or 0].rows} rows, and reaches below the last row",
            "let it cover fewer rows, or add rows",
        )
    elif misfit.fault is Fault.OVERLAP:
        context.report.error(
            where,
            f"this cell covers {row.cells[misfit.cell or 0].columns} columns, and one of them has a cell from a row above",
            "let it cover fewer columns, or the cell above fewer rows",
        )
    elif wide == len(row.cells) and (misfit.filled == wide or misfit.cell == width):
        # No cell covers more than one place: the row is too short or too long.
        context.report.error(
            row.where, f"this row has {wide} cell{'' if wide == 1 else 's'}, the table has {columns}", hint
        )
    elif misfit.fault is Fault.MISSING:
        context.report.error(
            row.where,
            f"this row fills {misfit.filled} of the table's {columns}, cells from rows above among them",
            hint,
        )
    else:
        context.report.error(
            where,
            f"this cell reaches beyond the table's {columns}",
            "let it cover fewer columns; a cell from a row above needs none here",
        )
