"""What a chart shows, from YAML in its three forms or from a CSV file, each number with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from briefpack.errors import Severity, Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.reading.chart_numbers import read_number
from briefpack.reading.context import Context, words_of
from briefpack.reading.csv_file import csv_lines, other_delimiter
from briefpack.reading.node import Kind, Node
from briefpack.reading.schema_chart import CHART


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its place; value: None where there is none."""

    value: Decimal | None
    where: Where


@dataclass(frozen=True, slots=True)
class Row:
    """A series as it is read, with a number for each category. where: of its name, or of its numbers."""

    name: str
    numbers: tuple[Number, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class Data:
    """places: of the categories. path: of the CSV file, None where the numbers stand in the section."""

    categories: tuple[str, ...]
    places: tuple[Where, ...]
    rows: tuple[Row, ...]
    path: Path | None = None


def read_data(node: Node, context: Context) -> Data | None:
    """What the chart of a node shows; None where something is wrong with it, which is reported."""
    before = len(context.report.findings.items)
    given = [key for key in ("series", "values", "csv") if node.get(key) is not None]
    if len(given) > 1:
        context.report.error(
            node.keys[given[1]].where,
            f"a chart has one of `series`, `values` and `csv`; here are {' and '.join(f'`{key}`' for key in given)}",
            "delete all but one",
        )
        return None
    if not given:
        if all(key in CHART.keys for key in node.keys) and not any(
            key in node.keys for key in ("series", "values", "csv")
        ):
            context.report.error(
                node.where,
                "this chart has no numbers",
                "add `series:` with `categories:`, or `values:`, or `csv:` with a file",
            )
        return None
    for key, owner in (("categories", "series"), ("delimiter", "csv")):
        if key in node.keys and given[0] != owner:
            context.report.error(
                node.keys[key].where,
                f"`{key}` stands beside `{owner}`; here are `{given[0]}`, which bring their own"
                if key == "categories"
                else "only a CSV file has a delimiter",
                "delete it",
            )
    match given[0]:
        case "series":
            data = _from_series(node, context)
        case "values":
            data = _from_values(node.values["values"], context)
        case _:
            data = _from_csv(node, context)
    if data is None or any(
        finding.severity is Severity.ERROR for finding in context.report.findings.items[before:]
    ):
        return None
    return data


# --------------------------------------------------------------------------- YAML


def _numbers(nodes: Sequence[Node], context: Context) -> tuple[Number, ...]:
    return tuple(Number(read_number(node, context.report), node.where) for node in nodes)


def _from_values(node: Node, context: Context) -> Data | None:
    if node.kind is not Kind.MAP:
        return None
    names = tuple(words_of(key) for key in node.keys.values())
    numbers = _numbers(list(node.values.values()), context)
    return Data(names, tuple(key.where for key in node.keys.values()), (Row("", numbers, node.where),))


def _from_series(node: Node, context: Context) -> Data | None:
    categories = node.get("categories")
    if categories is None:
        if "categories" not in node.keys:
            context.report.error(
                node.keys["series"].where,
                "these series have no categories that their numbers belong to",
                "add `categories: [2022, 2023, 2024]`",
            )
        return None
    names = [item for item in categories.items if item.kind is Kind.SCALAR and not item.is_null]
    rows = [_named(name, values, context) for name, values in _series(node.values["series"])]
    for row in rows:
        if len(row.numbers) != len(categories.items):
            _wrong_count(row, len(categories.items), context)
    if len(names) != len(categories.items):
        return None
    return Data(tuple(words_of(name) for name in names), tuple(name.where for name in names), tuple(rows))


def _series(node: Node) -> list[tuple[Node, Node]]:
    """The name and the whole of each series: of a list the group, of a group the value."""
    if node.kind is Kind.LIST:
        return [(item, item) for item in node.items if item.kind is Kind.MAP and not item.faulty]
    return list(zip(node.keys.values(), node.values.values(), strict=True))


def _named(name: Node, whole: Node, context: Context) -> Row:
    if whole.kind is Kind.MAP:
        words = words_of(whole.scalar("name"))
        return Row(words, _numbers(whole.listed("values"), context), whole.where, context.limits(whole))
    return Row(words_of(name), _numbers(whole.items, context), name.where)


def _wrong_count(row: Row, wanted: int, context: Context) -> None:
    count = len(row.numbers)
    where = row.numbers[wanted].where if count > wanted else row.where
    called = f" of “{row.name}”" if row.name else ""
    context.report.error(
        where,
        f"here {'is' if count == 1 else 'are'} {count} number{'' if count == 1 else 's'}{called}, for {wanted} "
        f"categor{'y' if wanted == 1 else 'ies'}",
        "write ~ where there is no number, and a point for decimals: a comma begins the next number",
    )


# --------------------------------------------------------------------------- CSV


def _from_csv(node: Node, context: Context) -> Data | None:
    file = node.scalar("csv")
    path = None if file is None else context.roots.file(file, context.report, "CSV file")
    if path is None or file is None:
        return None
    context.inputs[path] = None
    delimiter = node.scalar("delimiter")
    mark = delimiter.text if delimiter is not None and len(delimiter.text) == 1 else ","
    lines = csv_lines(path, mark, context)
    if lines is None:
        return None
    if len(lines) < 2:
        context.report.error(
            Where(path, 1, 1),
            "the CSV file has no line of numbers",
            "its first line names the series, each further line begins with its category",
        )
        return None
    header = lines[0]
    if len(header) < 2:
        context.report.error(
            header[0].where,
            "the CSV file has one column only: a chart needs categories and numbers",
            other_delimiter(header, mark) or "its first column has the categories, the others the numbers",
        )
        return None
    short = False
    for line in lines[1:]:
        if len(line) != len(header):
            short = True
            context.report.error(
                line[0].where,
                f"this line has {len(line)} cell{'' if len(line) == 1 else 's'}, the first line has {len(header)}",
                'give every line as many cells as the first; a cell with a comma stands in quotes: "1,5"',
            )
    if short:
        return None
    rows = tuple(
        Row(words_of(name), _numbers([line[column] for line in lines[1:]], context), name.where)
        for column, name in enumerate(header)
        if column
    )
    names = [line[0] for line in lines[1:]]
    return Data(tuple(words_of(name) for name in names), tuple(name.where for name in names), rows, path)
