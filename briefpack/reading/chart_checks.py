"""What charts of each kind can show: every number that a kind has no way to draw is an error at its place."""

from __future__ import annotations

from briefpack.document import ChartKind
from briefpack.reading.chart_data import Data, Number, Row
from briefpack.reading.checks import Report
from briefpack.reading.node import Node

MOST_SERIES = 12
"""Of a chart, and slices of a pie: more than that nobody tells apart."""
MOST_BARS = 60
"""Categories of a bar chart."""
MOST_POINTS = 400
"""Categories of a line or area chart."""

_WORDS = {
    ChartKind.BAR: "a bar chart",
    ChartKind.LINE: "a line chart",
    ChartKind.AREA: "an area chart",
    ChartKind.PIE: "a pie",
    ChartKind.DONUT: "a donut",
}
_ROUND = (ChartKind.PIE, ChartKind.DONUT)
_STACKABLE = (ChartKind.BAR, ChartKind.AREA)


def check_chart(
    node: Node, kind: ChartKind, data: Data, report: Report, *, horizontal: bool, stacked: bool
) -> bool:
    """Whether a chart can be drawn; what stands against it is reported."""
    before = len(report.findings.items)
    if horizontal and kind is not ChartKind.BAR:
        report.error(
            node.keys["horizontal"].where,
            f"{_WORDS[kind]} does not lie",
            "delete it, or make it `chart: bar`",
        )
    if stacked and kind not in _STACKABLE:
        report.error(
            node.keys["stacked"].where,
            f"{_WORDS[kind]} is not stacked",
            "delete it, or make it `chart: bar` or `chart: area`",
        )
    _names(node, kind, data, report)
    if kind in _ROUND:
        _slices(node, kind, data, report)
    else:
        _rows(kind, data, report, stacked=stacked)
    return not any(finding.severity.value == "error" for finding in report.findings.items[before:])


def _names(node: Node, kind: ChartKind, data: Data, report: Report) -> None:
    most = {ChartKind.BAR: MOST_BARS, ChartKind.PIE: MOST_SERIES, ChartKind.DONUT: MOST_SERIES}.get(
        kind, MOST_POINTS
    )
    if len(data.categories) > most:
        things = "slices" if kind in _ROUND else "categories"
        report.error(
            data.places[most],
            f"{_WORDS[kind]} has at most {most} {things}; here are {len(data.categories)}",
            "add up the small ones as one, “Other”"
            if kind in _ROUND
            else "show a part of them, or use a table",
        )
    if len(data.categories) == 1 and kind in (ChartKind.LINE, ChartKind.AREA):
        report.error(
            node.where,
            f"{_WORDS[kind]} of one category is a point",
            "make it `chart: bar`, or write a sentence",
        )
    seen: set[str] = set()
    for name, where in zip(data.categories, data.places, strict=True):
        if not name:
            report.error(where, "this category has no name", "write what its numbers belong to")
        elif name in seen:
            report.error(
                where, f"the category “{name}” is there twice", "add up its numbers, or name them apart"
            )
        seen.add(name)
    if len(data.rows) > MOST_SERIES:
        report.error(
            data.rows[MOST_SERIES].where,
            f"a chart has at most {MOST_SERIES} series; here are {len(data.rows)}",
            "show those that matter, or divide it",
        )
    named: set[str] = set()
    for row in data.rows:
        if not row.name and len(data.rows) > 1:
            report.error(row.where, "this series has no name", "name it: nobody can tell it from the others")
        elif row.name and row.name in named:
            report.error(
                row.where, f"the series “{row.name}” is there twice", "give one of them another name"
            )
        named.add(row.name)


def _slices(node: Node, kind: ChartKind, data: Data, report: Report) -> None:
    """Slices are parts of a whole."""
    if len(data.rows) > 1:
        report.error(
            data.rows[1].where,
            f"{_WORDS[kind]} shows one series; here are {len(data.rows)}",
            "make it `chart: bar` with `stacked: true`",
        )
        return
    for number in data.rows[0].numbers:
        if number.value is None:
            report.error(number.where, f"{_WORDS[kind]} has a number for each slice", "delete the category")
        elif number.value < 0:
            report.error(
                number.where,
                f"{number.value} is less than nothing, which no slice shows",
                "make it `chart: bar`",
            )
    if all(number.value == 0 for number in data.rows[0].numbers):
        report.error(node.where, f"all numbers are 0: {_WORDS[kind]} would be empty", "delete the chart")


def _rows(kind: ChartKind, data: Data, report: Report, *, stacked: bool) -> None:
    for row in data.rows:
        known = [number for number in row.numbers if number.value is not None]
        if not known:
            called = f" “{row.name}”" if row.name else ""
            report.error(row.where, f"the series{called} has no number at all", "delete it")
            continue
        if stacked:
            for number, name in zip(row.numbers, data.categories, strict=True):
                _stacked(number, name, kind, report)
        elif kind is not ChartKind.BAR:
            _lonely(row, kind, report)


def _stacked(number: Number, category: str, kind: ChartKind, report: Report) -> None:
    if number.value is None and kind is ChartKind.AREA:
        report.error(
            number.where, "a stacked area has no gaps", "write 0 if it is nothing, or leave `stacked` out"
        )
    elif number.value is None:
        report.warning(
            number.where,
            f"a number is missing in the pile “{category}”, which looks as if it were 0",
            "write the number, 0 if it is nothing, or leave `stacked` out",
            rule="missing-numbers",
        )
    elif number.value < 0 and kind is ChartKind.AREA:
        report.error(
            number.where,
            f"{number.value} cannot be stacked: areas are added up from 0",
            "leave `stacked` out, or make it `chart: bar`",
        )


def _lonely(row: Row, kind: ChartKind, report: Report) -> None:
    """A line with more gaps than numbers suggests a course that nobody knows."""
    gaps = [number for number in row.numbers if number.value is None]
    if 2 * len(gaps) > len(row.numbers):
        called = f" of “{row.name}”" if row.name else ""
        report.warning(
            gaps[0].where,
            f"most numbers{called} are missing: {_WORDS[kind]} of it says little",
            "make it `chart: bar`, or leave out the categories without numbers",
            rule="missing-numbers",
        )
