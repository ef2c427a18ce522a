"""Nodes and CSV files of tables → table blocks in which every row has as many cells as there are columns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from briefpack.blocks import AuthorCell, AuthorColumn, AuthorRow, AuthorSpans, ParagraphBlock, TableBlock
from briefpack.document import Align
from briefpack.errors import Where
from briefpack.reading.context import Context
from briefpack.reading.markdown import read_blocks, read_spans
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import to_share
from briefpack.reading.schema_blocks import TABLE
from briefpack.reading.text_file import read_text

MAX_COLUMNS = 30
MAX_LINES = 10_000
"""Of a CSV file; more than a reader turns over."""

_ALIGNS = {"left": Align.LEFT, "centre": Align.CENTRE, "right": Align.RIGHT}


def read_table(node: Node, context: Context) -> TableBlock:
    """The table without its id and limits, which stand beside it."""
    columns = tuple(_column(column, context) for column in node.listed("columns"))
    written, file = node.get("rows"), node.scalar("csv")
    if written is not None and file is not None:
        context.report.error(
            node.keys["csv"].where, "a table has `rows` or `csv`, not both", "delete one of them"
        )
    elif not all(key in TABLE.keys for key in node.keys):
        pass  # a key is misspelt, and reported; it may be the one that is missing
    elif written is None and file is None:
        context.report.error(
            node.where, "this table has no rows", "add `rows:` with a list of rows, or `csv:` with a file"
        )
    elif file is not None:
        return _finish(node, *_from_csv(node, file, columns, context), context)
    elif "columns" not in node.values:
        context.report.error(
            node.where, "this table has no columns", "add `columns: [first heading, second heading]`"
        )
    if file is None and node.scalar("delimiter") is not None:
        context.report.error(
            node.keys["delimiter"].where, "only a CSV file has a delimiter", "delete it, or add `csv:`"
        )
    return _finish(node, columns, _rows(node, len(columns), context), context)


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
        )
    _check_widths(node, columns, context)
    return TableBlock(
        columns,
        rows,
        _spans(node.scalar("caption"), context, "`caption`"),
        _spans(node.scalar("source"), context, "`source`"),
        node.where,
    )


def _spans(node: Node | None, context: Context, what: str) -> AuthorSpans | None:
    return None if node is None or not node.text.strip() else read_spans(node, context.report, what)


def _column(node: Node, context: Context) -> AuthorColumn:
    if node.kind is Kind.SCALAR:
        return AuthorColumn(None if node.is_null else _spans(node, context, "a column's heading"), None, None)
    width, align = node.scalar("width"), node.scalar("align")
    return AuthorColumn(
        _spans(node.scalar("title"), context, "a column's heading"),
        None if width is None else to_share(width),
        None if align is None else _ALIGNS.get(align.text),
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


# --------------------------------------------------------------------------- rows in YAML


def _rows(node: Node, width: int, context: Context) -> tuple[AuthorRow, ...]:
    rows: list[AuthorRow] = []
    for row in node.listed("rows"):
        cells = row.items if row.kind is Kind.LIST else row.listed("cells")
        if not cells and row.kind is not Kind.LIST:
            continue  # its shape is reported
        if width and len(cells) != width:
            _wrong_width(
                row.where,
                len(cells),
                width,
                'write "" for an empty cell, and put a text with a comma in it into quotes',
                context,
            )
        rows.append(AuthorRow(tuple(_cell(cell, context) for cell in cells), row.where, context.limits(row)))
    return tuple(rows)


def _wrong_width(where: Where, cells: int, width: int, hint: str, context: Context) -> None:
    context.report.error(
        where,
        f"this row has {cells} cell{'' if cells == 1 else 's'}, the table has {width} column{'' if width == 1 else 's'}",
        hint,
    )


def _cell(node: Node, context: Context) -> AuthorCell:
    blocks = (
        ()
        if node.kind is not Kind.SCALAR or node.is_null or node.faulty
        else read_blocks(node, context.report, in_line=True)
    )
    return AuthorCell(blocks or (ParagraphBlock((), node.where),), node.where)


# --------------------------------------------------------------------------- rows in a CSV file


def _from_csv(
    node: Node, file: Node, columns: tuple[AuthorColumn, ...], context: Context
) -> tuple[tuple[AuthorColumn, ...], tuple[AuthorRow, ...]]:
    """The first line of the file is its header; a column that names a title of its own keeps it."""
    path = context.roots.file(file, context.report, "CSV file")
    if path is None:
        return columns, ()
    context.inputs[path] = None
    delimiter = node.scalar("delimiter")
    mark = delimiter.text if delimiter is not None and len(delimiter.text) == 1 else ","
    lines = _csv_lines(path, mark, context)
    if lines is None:
        return columns, ()
    if not lines:
        context.report.error(Where(path, 1, 1), "the CSV file is empty", "its first line holds the headings")
        return columns, ()
    header = lines[0]
    hint = _other_delimiter(header, mark) or "give every line as many cells as the first"
    if columns and len(columns) != len(header):
        context.report.error(
            node.values["columns"].where,
            f"there are {len(columns)} columns here, and {len(header)} in the first line of {file.text}",
            _other_delimiter(header, mark) or "name as many columns as the file has, or leave `columns` out",
        )
    elif not columns and len(header) == 1 and hint.startswith("add"):
        context.report.warning(header[0].where, f"{file.text} has one column only", hint)
    titles = tuple(
        None if not cell.text.strip() else read_spans(cell, context.report, "a column's heading")
        for cell in header
    )
    if not columns:
        columns = tuple(AuthorColumn(title, None, None) for title in titles)
    elif len(columns) == len(titles):
        columns = tuple(
            AuthorColumn(column.title or title, column.width, column.align)
            for column, title in zip(columns, titles, strict=True)
        )
    rows: list[AuthorRow] = []
    for line in lines[1:]:
        if len(line) != len(header):
            _wrong_width(line[0].where, len(line), len(header), hint, context)
        rows.append(AuthorRow(tuple(_cell(cell, context) for cell in line), line[0].where))
    return columns, tuple(rows)


def _other_delimiter(header: Sequence[Node], mark: str) -> str | None:
    for other in ";\t|,":
        if other != mark and any(other in cell.text for cell in header):
            shown = "\\t" if other == "\t" else other
            return f'add `delimiter: "{shown}"` if that is what divides its cells'
    return None


def _csv_lines(path: Path, delimiter: str, context: Context) -> list[list[Node]] | None:
    """The cells of every line that is not blank, as nodes with their places; None after an error."""
    text = read_text(path, context.report.findings)
    if text is None:
        return None
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    lines: list[list[Node]] = []
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return lines
        except csv.Error as error:
            fact = "a quotation mark is opened here and never closed"
            if "expected after" in str(error):
                fact = "a cell in quotes goes on behind its closing quotation mark"
            elif "field larger" in str(error):
                fact = "a cell is too long; is a quotation mark never closed?"
            context.report.error(
                Where(path, start, 1),
                fact,
                'put the whole cell into quotes and write "" for a quotation mark',
            )
            return None
        if len(lines) >= MAX_LINES:
            context.report.error(
                Where(path, start, 1), f"a CSV file has at most {MAX_LINES:,} lines", "print a part of it"
            )
            return None
        if cells:
            lines.append(_cells(cells, path, start, quoted=reader.line_num > start))


def _cells(cells: Sequence[str], path: Path, line: int, *, quoted: bool) -> list[Node]:
    nodes: list[Node] = []
    column = 1
    for cell in cells:
        nodes.append(Node(Kind.SCALAR, path, line, 1 if quoted else column, cell))
        column += len(cell) + 1
    return nodes
