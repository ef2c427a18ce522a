"""CSV files and vCards that a distribution names → the people in them, as the groups of keys that would stand in the list itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefpack.errors import Where
from briefpack.reading.checks import near
from briefpack.reading.context import Context
from briefpack.reading.csv_file import csv_lines
from briefpack.reading.node import Kind, Node
from briefpack.reading.schema_distribution import PERSON
from briefpack.reading.text_file import read_text
from briefpack.reading.vcard import read_vcards

_VCARDS = (".vcf", ".vcard")
_LISTED = frozenset({"formats"})
"""Columns whose cells may hold several words, with spaces between them."""
_TYPED = frozenset({"copy", "also"})
"""Columns whose cells are numbers, or true and false."""
_NOT_HERE = frozenset({"silence", "clearance"})
"""Keys that are no columns: a reason, or a clearance with its parts, does not go into a cell."""
_COLUMNS = tuple(key for key in PERSON.keys if key not in _NOT_HERE)
_OTHER_NAMES = {
    "e-mail": "address",
    "email": "address",
    "mail": "address",
    "e-mail address": "address",
    "email address": "address",
    "full name": "name",
    "display name": "name",
}
"""What address books call their columns."""


def read_import(node: Node, context: Context) -> list[Node]:
    """The people of a file that a scalar names; faults of the file are reported."""
    path = context.roots.file(node, context.report, "list of readers")
    if path is None:
        return []
    context.inputs[path] = None
    before = len(context.report.findings.items)
    if path.suffix.lower() in _VCARDS:
        text = read_text(path, context.report.findings)
        people = [] if text is None else read_vcards(text, path, context.report)
    elif path.suffix.lower() == ".csv":
        people = _from_csv(path, context)
    else:
        context.report.error(
            node.where,
            f"“{node.text}” is neither a CSV file nor a vCard",
            "name a file that ends in .csv or .vcf",
        )
        return []
    if not people and len(context.report.findings.items) == before:
        context.report.error(
            Where(path, 1, 1), "nobody is in this file", "take it out of the list, or fill it"
        )
    return people


def _from_csv(path: Path, context: Context) -> list[Node]:
    before = len(context.report.findings.items)
    lines = csv_lines(path, _delimiter(path), context)
    if not lines:
        return []
    lines = _without_nameless(lines)
    header = [_column(cell, context) for cell in lines[0]]
    for place, key in enumerate(header):
        if key is not None and key in header[:place]:
            context.report.error(
                lines[0][place].where, f"two columns are the reader's {key}", "delete one of them"
            )
    if "address" not in header and None not in header:
        context.report.error(
            lines[0][0].where,
            "no column has the addresses",
            f"the first line names the columns: {', '.join(_COLUMNS)}",
        )
    if len(context.report.findings.items) > before:
        return []
    people = []
    for cells in lines[1:]:
        if not any(cell.text.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            context.report.error(
                cells[0].where,
                f"this line has {len(cells)} cell{'' if len(cells) == 1 else 's'}, the first line has {len(header)}",
                'give every line as many cells as the first; a cell with a comma stands in quotes: "Last, First"',
            )
            continue
        people.append(_person(header, lines[0], cells))
    return people


def _delimiter(path: Path) -> str:
    """What divides the words of the first line: a spreadsheet program takes what its country uses."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            first = file.readline(10_000)
    except OSError:
        return ","
    return max(",;\t", key=first.count)


def _without_nameless(lines: list[list[Node]]) -> list[list[Node]]:
    """Columns in which nothing stands but delimiters are left out: spreadsheet programs write them."""
    width = max(map(len, lines))
    empty = {n for n in range(width) if not any(line[n].text.strip() for line in lines if n < len(line))}
    return [[cell for n, cell in enumerate(line) if n not in empty] for line in lines]


def _column(cell: Node, context: Context) -> str | None:
    """The key that a column holds; None for one that is unknown, which is reported."""
    said = " ".join(cell.text.split()).lower()
    key = _OTHER_NAMES.get(said, said)
    if key in _COLUMNS:
        return key
    if not said:
        context.report.error(
            cell.where, "this column has no name, and something stands in it", "name it, or empty its cells"
        )
        return None
    close = near(key, _COLUMNS)
    context.report.error(
        cell.where,
        f"unknown column `{cell.text.strip()[:40]}`",
        f"did you mean `{close}`?" if close else f"known columns: {', '.join(_COLUMNS)}; delete the others",
    )
    return None


def _person(header: Sequence[str | None], heads: Sequence[Node], cells: Sequence[Node]) -> Node:
    first = cells[0]
    person = Node(Kind.MAP, first.path, first.line, first.column)
    for key, head, cell in zip(header, heads, cells, strict=True):
        if key is None or not cell.text.strip():
            continue
        person.keys[key] = head
        person.values[key] = _value(key, cell)
    return person


def _value(key: str, cell: Node) -> Node:
    if key in _LISTED:
        listed = Node(Kind.LIST, cell.path, cell.line, cell.column)
        listed.items.extend(
            Node(Kind.SCALAR, cell.path, cell.line, cell.column, word)
            for word in cell.text.replace(",", " ").split()
        )
        return listed
    # Spreadsheet programs turn true into TRUE as it is typed.
    text = cell.text.strip(" ").lower() if key in _TYPED else cell.text.strip(" ")
    return Node(Kind.SCALAR, cell.path, cell.line, cell.column, text, plain=key in _TYPED)
