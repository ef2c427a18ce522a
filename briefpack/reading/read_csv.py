"""CSV files of tables → columns and rows, every cell with its place in the file."""

from __future__ import annotations

from dataclasses import replace

from briefpack.blocks import AuthorCell, AuthorColumn, AuthorRow, ParagraphBlock
from briefpack.errors import Where
from briefpack.reading.context import Context
from briefpack.reading.csv_file import csv_lines, other_delimiter
from briefpack.reading.markdown import read_blocks, read_spans
from briefpack.reading.node import Node


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
    lines = csv_lines(path, mark, context)
    if lines is None:
        return columns, ()
    if not lines:
        context.report.error(Where(path, 1, 1), "the CSV file is empty", "its first line holds the headings")
        return columns, ()
    header = lines[0]
    hint = other_delimiter(header, mark) or "give every line as many cells as the first"
    if columns and len(columns) != len(header):
        context.report.error(
            node.values["columns"].where,
            f"there are {len(columns)} columns here, and {len(header)} in the first line of {file.text}",
            other_delimiter(header, mark) or "name as many columns as the file has, or leave `columns` out",
        )
    elif not columns and len(header) == 1 and hint.startswith("add"):
        context.report.warning(header[0].where, f"{file.text} has one column only", hint, rule="one-column")
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
