"""CSV files of tables → columns and rows, every cell with its place in the file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from briefpack.blocks import AuthorCell, AuthorColumn, AuthorRow, ParagraphBlock
from briefpack.errors import Where
from briefpack.reading.context import Context
from briefpack.reading.markdown import read_blocks, read_spans
from briefpack.reading.node import Kind, Node
from briefpack.reading.text_file import read_text

MAX_LINES = 10_000
"""Of a CSV file; more than a reader turns over."""


def rows_of_csv(
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
            replace(column, title=column.title or title)
            for column, title in zip(columns, titles, strict=True)
        )
    rows: list[AuthorRow] = []
    for line in lines[1:]:
        if len(line) != len(header):
            context.report.error(
                line[0].where,
                f"this row has {len(line)} cell{'' if len(line) == 1 else 's'}, "
                f"the table has {len(header)} column{'' if len(header) == 1 else 's'}",
                hint,
            )
        cells = (
            AuthorCell(
                read_blocks(cell, context.report, in_line=True) or (ParagraphBlock((), cell.where),),
                cell.where,
            )
            for cell in line
        )
        rows.append(AuthorRow(tuple(cells), line[0].where))
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
