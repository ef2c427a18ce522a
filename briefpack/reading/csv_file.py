"""CSV files → their lines, each cell a node with its place; and what divides cells where it was not what was said."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from briefpack.errors import Where
from briefpack.reading.context import Context
from briefpack.reading.node import Kind, Node
from briefpack.reading.text_file import read_text

MAX_LINES = 10_000
"""Of a CSV file; more than a reader turns over."""


def other_delimiter(header: Sequence[Node], mark: str) -> str | None:
    """What to do where another mark than the one that was said seems to divide the cells of a header; None where none does."""
    for other in ";\t|,":
        if other != mark and any(other in cell.text for cell in header):
            shown = "\\t" if other == "\t" else other
            return f'add `delimiter: "{shown}"` if that is what divides its cells'
    return None


def csv_lines(path: Path, delimiter: str, context: Context) -> list[list[Node]] | None:
    """The cells of every line that is not blank, as nodes with their places; None after an error."""
    text = read_text(path, context.report.findings)
    if text is None:
        return None
    written = text.splitlines(keepends=True)
    reader = csv.reader(written, delimiter=delimiter, strict=True)
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
            lines.append(_cells(cells, path, start, written[start - 1 : reader.line_num]))


def _cells(cells: Sequence[str], path: Path, line: int, written: Sequence[str]) -> list[Node]:
    """written: the line as it stands in the file; several where a line ends within quotation marks, and then all cells have the place of the first."""
    nodes: list[Node] = []
    column = 1
    for cell in cells:
        nodes.append(Node(Kind.SCALAR, path, line, 1 if len(written) > 1 else column, cell))
        quoted = written[0][column - 1 : column] == '"'
        # Quotation marks around it, and every one in it once more.
        column += len(cell) + (2 + cell.count('"') if quoted else 0) + 1
    return nodes
