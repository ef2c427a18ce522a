"""A table's columns and rows, from the section file or from a CSV file, each cell with its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from briefpack.document import Align
from briefpack.errors import Where
from briefpack.pack import (
    EVERYBODY,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSpans,
    Limits,
    ParagraphBlock,
    TableBlock,
)
from briefpack.reading.markdown import read_blocks, read_spans
from briefpack.reading.read_blocks import Desk, optional_spans, scalar
from briefpack.reading.shape import to_share
from briefpack.reading.yaml_tree import Kind, Node

MAX_CSV_BYTES = 2 * 1024 * 1024
MAX_COLUMNS = 30

_ALIGN = {align.value: align for align in (Align.LEFT, Align.CENTRE, Align.RIGHT)}


def read_table(desk: Desk, node: Node, value: Node, name: str | None, limits: Limits) -> TableBlock | None:
    """A table block, or None after reporting what is wrong with it. value: the group behind `table:`."""
    if value.kind is not Kind.MAP:
        return None
    report = desk.report
    columns_node, rows_node, csv_node = value.get("columns"), value.get("rows"), value.get("csv")
    if rows_node is not None and csv_node is not None:
        report.error(value.keys["csv"].where, "a table has either `rows` or `csv`", "delete one of them")
        return None
    if rows_node is None and csv_node is None:
        report.error(
            value.where, "this table has neither `rows` nor `csv`", "add `rows:` with a list of rows"
        )
        return None
    columns = _columns(desk, columns_node)
    if csv_node is not None:
        read = _csv(desk, value, csv_node, columns)
        if read is None:
            return None
        columns, rows = read
    else:
        if columns_node is None:
            report.error(
                value.where, "the key `columns` is missing", "add `columns:` with one heading for each column"
            )
            return None
        assert rows_node is not None  # noqa: S101  both absent was reported above
        rows = _rows(desk, rows_node, len(columns))
    total = sum(column.width or 0 for column in columns)
    open_columns = sum(1 for column in columns if column.width is None)
    if columns_node is not None and (total > 1.0001 or (open_columns and total > 0.999)):
        report.error(
            columns_node.where,
            f"the widths of the columns add up to {total:.0%}",
            "make them 100% at most, with something left for columns without a width",
        )
        return None
    return TableBlock(
        tuple(columns),
        tuple(rows),
        optional_spans(desk, value, "caption"),
        optional_spans(desk, value, "source"),
        node.where,
        name,
        limits,
    )


def _columns(desk: Desk, node: Node | None) -> list[AuthorColumn]:
    columns: list[AuthorColumn] = []
    if node is None or node.kind is not Kind.LIST:
        return columns
    if len(node.items) > MAX_COLUMNS:
        desk.report.error(node.where, f"a table can have {MAX_COLUMNS} columns at most", "divide it")
    for entry in node.items:
        if entry.kind is Kind.MAP:
            width = entry.get("width")
            columns.append(
                AuthorColumn(
                    optional_spans(desk, entry, "title"),
                    to_share(width) if width is not None else None,
                    _ALIGN.get(scalar(entry, "align")),
                )
            )
        else:
            title = read_spans(entry, desk.report, "a heading") if entry.text.strip() else None
            columns.append(AuthorColumn(title, None, None))
    return columns


def _rows(desk: Desk, node: Node, count: int) -> list[AuthorRow]:
    rows: list[AuthorRow] = []
    for entry in node.items if node.kind is Kind.LIST else ():
        cells = entry if entry.kind is Kind.LIST else entry.get("cells")
        if cells is None or cells.kind is not Kind.LIST:
            continue
        if len(cells.items) != count:
            desk.report.error(
                entry.where,
                f"this row has {len(cells.items)} cells; the table has {count} columns",
                'write "" for an empty cell',
            )
            continue
        limits = desk.limits(entry) if entry.kind is Kind.MAP else EVERYBODY
        rows.append(AuthorRow(tuple(_cell(desk, cell) for cell in cells.items), entry.where, limits))
    return rows


def _cell(desk: Desk, node: Node) -> AuthorCell:
    blocks = read_blocks(node, desk.report) if node.kind is Kind.SCALAR and node.text.strip() else ()
    return AuthorCell(blocks or (ParagraphBlock((), node.where),), node.where)


def _csv(
    desk: Desk, value: Node, node: Node, columns: list[AuthorColumn]
) -> tuple[list[AuthorColumn], list[AuthorRow]] | None:
    report = desk.report
    if node.kind is not Kind.SCALAR:
        return None
    path = desk.roots.file(node, report, "CSV file")
    if path is None:
        return None
    desk.inputs.append(path)
    text = _csv_text(desk, path)
    if text is None:
        return None
    delimiter = scalar(value, "delimiter") or ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[AuthorRow] = []
    try:
        header = next(reader, None)
        if header is None or not any(header):
            report.error(Where(path, 1, 1), "the CSV file is empty", "its first line names the columns")
            return None
        if len(header) > MAX_COLUMNS:
            report.error(Where(path, 1, 1), f"a table can have {MAX_COLUMNS} columns at most", "divide it")
            return None
        if not columns:
            columns = [AuthorColumn(_csv_spans(desk, word, Where(path, 1, 1)), None, None) for word in header]
        if len(columns) != len(header):
            report.error(
                Where(path, 1, 1),
                f"the CSV file has {len(header)} columns; the table names {len(columns)}",
                f"divided by “{delimiter}”; another `delimiter:`?" if len(header) == 1 else "make them equal",
            )
            return None
        for cells in reader:
            where = Where(path, reader.line_num, 1)
            if not cells:
                continue
            if len(cells) != len(header):
                report.error(
                    where,
                    f"this line has {len(cells)} cells; the header has {len(header)}",
                    "fill or remove cells",
                )
                continue
            rows.append(AuthorRow(tuple(_csv_cell(desk, cell, where) for cell in cells), where))
    except csv.Error as error:
        report.error(
            Where(path, reader.line_num, 1), f"this is not well-formed CSV: {error}", "check the quotes"
        )
        return None
    return columns, rows


def _csv_text(desk: Desk, path: Path) -> str | None:
    raw = path.read_bytes()
    if len(raw) > MAX_CSV_BYTES:
        desk.report.error(
            Where(path), f"the CSV file has {len(raw):,} bytes; the limit is {MAX_CSV_BYTES:,}", "shorten it"
        )
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        desk.report.error(Where(path, line, 1), "the CSV file is not UTF-8 text", "save it as “CSV UTF-8”")
        return None
    bad = next((c for c in text if ord(c) < 32 and c not in "\t\r\n"), None)
    if bad is not None:
        line = text.count("\n", 0, text.index(bad)) + 1
        desk.report.error(
            Where(path, line, 1), f"character U+{ord(bad):04X} is not allowed here", "delete it"
        )
        return None
    return text


def _scalar_node(text: str, where: Where) -> Node:
    return Node(Kind.SCALAR, where.path, where.line, where.column, text.strip())


def _csv_spans(desk: Desk, text: str, where: Where) -> AuthorSpans | None:
    return read_spans(_scalar_node(text, where), desk.report, "a heading") if text.strip() else None


def _csv_cell(desk: Desk, text: str, where: Where) -> AuthorCell:
    return _cell(desk, _scalar_node(text, where))
