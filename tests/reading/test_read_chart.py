"""Charts and QR codes: what an author writes comes out as he wrote it, and every bad number is told at its very cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from briefpack.blocks import AuthorBlock, AuthorSeries, ChartBlock, QrBlock
from briefpack.document import ChartKind
from briefpack.errors import Findings, Severity
from briefpack.limits import Limits
from briefpack.reading.checks import Report
from briefpack.reading.context import Context
from briefpack.reading.paths import Roots
from briefpack.reading.read_blocks import read_blocks
from briefpack.reading.schema_blocks import BLOCKS
from briefpack.reading.yaml_tree import parse_tree


class Desk:
    """A folder in which blocks are read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings = Findings()

    def read(self, text: str) -> tuple[AuthorBlock, ...]:
        node = parse_tree(text.encode(), self.folder / "s.yaml", self.findings)
        assert node is not None
        report = Report(self.findings)
        BLOCKS.check(node, report)
        context = Context(report, Roots.of(self.folder), {"press": None, "staff": None}, known=True)
        return read_blocks(node.items, context)

    def chart(self, text: str) -> ChartBlock:
        (block,) = self.read(text)
        assert not self.findings.items, self.findings.items
        assert isinstance(block, ChartBlock)
        return block

    def told(self, text: str, severity: Severity = Severity.ERROR) -> list[tuple[int, int, str, str]]:
        """Line, column, fact and remedy of what is found; blocks with errors give none."""
        blocks = self.read(text)
        if severity is Severity.ERROR:
            assert not blocks
        assert all(finding.severity is severity for finding in self.findings.items), self.findings.items
        return [
            (item.where.line, item.where.column, item.message, item.hint or "")
            for item in self.findings.items
            if item.where is not None
        ]

    def csv(self, text: str) -> None:
        (self.folder / "d.csv").write_text(text, encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def values(series: AuthorSeries) -> list[str | None]:
    return [None if value is None else str(value) for value in series.values]


# --------------------------------------------------------------------------- good charts


def test_series_are_read_by_name_in_order_with_their_zeros(desk: Desk) -> None:
    made = desk.chart(
        "- chart: bar\n  categories: [2022, 2023]\n  series: {Estonia: [2.10, -3], Latvia: [~, 2.70]}\n"
    )
    assert made.kind is ChartKind.BAR
    assert made.categories == ("2022", "2023")
    assert [(series.name, values(series)) for series in made.series] == [
        ("Estonia", ["2.10", "-3"]),
        ("Latvia", [None, "2.70"]),
    ]


def test_values_are_one_series_in_short(desk: Desk) -> None:
    made = desk.chart("- chart: pie\n  values: {Army: 40, Navy: 2.50}\n  unit: '%'\n")
    assert made.categories == ("Army", "Navy")
    assert [(series.name, values(series)) for series in made.series] == [("", ["40", "2.50"])]
    assert made.unit == "%"


def test_a_series_of_its_own_may_be_limited(desk: Desk) -> None:
    made = desk.chart(
        "- chart: line\n  categories: [1, 2]\n  series:\n    - {name: A, values: [1, 2]}\n"
        "    - {name: B, values: [3, 4], audiences: [staff]}\n"
    )
    assert made.series[1].limits == Limits(("staff",), None)


def test_a_csv_file_brings_categories_and_series(desk: Desk) -> None:
    desk.csv("Year;Estonia;Latvia\n2023;2.9;\n2024;3.4;3.15\n")
    made = desk.chart('- chart: area\n  csv: d.csv\n  delimiter: ";"\n')
    assert made.categories == ("2023", "2024")
    assert [(series.name, values(series)) for series in made.series] == [
        ("Estonia", ["2.9", "3.4"]),
        ("Latvia", [None, "3.15"]),
    ]
    assert made.path == desk.folder / "d.csv"


def test_everything_else_is_read_as_it_stands(desk: Desk) -> None:
    made = desk.chart(
        "- chart: bar\n  values: {A: 1}\n  horizontal: true\n  labels: false\n  alt: Little has changed.\n"
        "  caption: Spending\n  source: NATO\n  as_of: 2025-04-01\n  width: 60%\n  height: 40%\n  id: spend\n"
    )
    assert (made.horizontal, made.stacked, made.labelled) == (True, False, False)
    assert (made.width, made.height, made.id) == (0.6, 0.4, "spend")
    assert made.alt == "Little has changed."
    assert made.caption
    assert made.source
    assert made.as_of is not None
    assert made.as_of.isoformat() == "2025-04-01"


def test_numbers_are_never_rounded(desk: Desk) -> None:
    made = desk.chart("- chart: bar\n  values: {A: 0.1, B: 123456789012345.123456789012}\n")
    assert made.series[0].values == (Decimal("0.1"), Decimal("123456789012345.123456789012"))


def test_a_qr_code_is_a_drawing_of_its_address(desk: Desk) -> None:
    (block,) = desk.read("- qr: https://www.nato.int\n  caption: NATO\n  width: 20%\n")
    assert isinstance(block, QrBlock)
    assert (block.url, block.width) == ("https://www.nato.int", 0.2)
    assert block.drawing.marks


# --------------------------------------------------------------------------- bad numbers


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        ("n/a", "write ~"),
        ("..", "write ~"),
        ("'3,4'", "write 3.4"),
        ("3.4x", "write 3.4; what it counts"),
        ("12%", "write 12; what it counts"),
        ("1e5", "write 100000"),
        ("'1,234,567'", "write 1234567"),
        ("'1 234.5'", "write 1234.5"),
        ("\u22123", "write -3"),
        ("three", "write it in digits"),
        ("0x10", "write"),
        ("1_000", "write"),
        ("inf", "write"),
        ("9999999999999999", "write"),
    ],
)
def test_what_is_no_number_is_told_at_its_place_with_what_to_write(
    desk: Desk, number: str, remedy: str
) -> None:
    ((line, column, fact, hint),) = desk.told(
        f"- chart: bar\n  categories: [2022, 2023]\n  series:\n    Estonia: [1, {number}]\n"
    )
    assert (line, column) == (4, 18)
    assert "is no number" in fact
    assert remedy in hint


def test_a_bad_cell_of_a_csv_file_is_told_in_the_file(desk: Desk) -> None:
    desk.csv("Year,Estonia,Latvia\n2023,2.9,3.1\n2024,3.4,3.x\n")
    desk.read("- chart: line\n  csv: d.csv\n")
    (finding,) = desk.findings.items
    assert finding.where is not None
    assert finding.where.path == desk.folder / "d.csv"
    assert (finding.where.line, finding.where.column) == (3, 10)


def test_every_bad_number_is_told(desk: Desk) -> None:
    assert len(desk.told("- chart: bar\n  values: {A: x, B: 1, C: y}\n")) == 2


# --------------------------------------------------------------------------- bad charts

_WRONG = {
    "no data": ("- chart: bar\n  unit: m\n", (1, 3), "no numbers"),
    "two kinds of data": ("- chart: bar\n  values: {A: 1}\n  csv: d.csv\n", (3, 3), "one of"),
    "no categories": ("- chart: bar\n  series: {A: [1]}\n", (2, 3), "no categories"),
    "categories beside values": (
        "- chart: bar\n  categories: [A]\n  values: {A: 1}\n",
        (2, 3),
        "bring their own",
    ),
    "delimiter without csv": ("- chart: bar\n  values: {A: 1}\n  delimiter: ','\n", (3, 3), "delimiter"),
    "too few numbers": ("- chart: bar\n  categories: [A, B]\n  series: {X: [1]}\n", (3, 12), "1 number"),
    "too many numbers": ("- chart: bar\n  categories: [A]\n  series: {X: [1, 2]}\n", (3, 19), "2 numbers"),
    "a category twice": ("- chart: bar\n  categories: [A, A]\n  series: {X: [1, 2]}\n", (2, 19), "twice"),
    "a series twice": (
        "- chart: bar\n  categories: [A]\n  series:\n    - {name: X, values: [1]}\n    - {name: X, values: [2]}\n",
        (5, 7),
        "twice",
    ),
    "a series without a name": (
        "- chart: bar\n  categories: [A]\n  series:\n    - {name: X, values: [1]}\n    - {values: [2]}\n",
        (5, 7),
        "no name",
    ),
    "a series without numbers": (
        "- chart: line\n  categories: [A, B]\n  series: {X: [~, ~], Y: [1, 2]}\n",
        (3, 12),
        "no number at all",
    ),
    "a negative slice": ("- chart: pie\n  values: {A: 3, B: -1}\n", (2, 21), "less than nothing"),
    "a slice without a number": (
        "- chart: donut\n  values: {A: 3, B: ~}\n",
        (2, 21),
        "a number for each slice",
    ),
    "an empty pie": ("- chart: pie\n  values: {A: 0, B: 0.0}\n", (1, 3), "all numbers are 0"),
    "a pie of two series": (
        "- chart: pie\n  categories: [A]\n  series: {X: [1], Y: [2]}\n",
        (3, 20),
        "shows one series",
    ),
    "a stacked pie": ("- chart: pie\n  values: {A: 3}\n  stacked: true\n", (3, 3), "not stacked"),
    "a stacked line": ("- chart: line\n  values: {A: 3, B: 4}\n  stacked: true\n", (3, 3), "not stacked"),
    "a lying line": ("- chart: line\n  values: {A: 3, B: 4}\n  horizontal: true\n", (3, 3), "does not lie"),
    "a line of one point": ("- chart: line\n  values: {A: 3}\n", (1, 3), "is a point"),
    "a gap in a stacked area": (
        "- chart: area\n  stacked: true\n  categories: [A, B]\n  series: {X: [1, ~], Y: [1, 2]}\n",
        (4, 19),
        "no gaps",
    ),
    "a stacked area below zero": (
        "- chart: area\n  stacked: true\n  categories: [A, B]\n  series: {X: [1, -2], Y: [1, 2]}\n",
        (4, 19),
        "cannot be stacked",
    ),
    "an unknown kind": ("- chart: radar\n  values: {A: 1}\n", (1, 10), "none of the choices"),
    "an unknown key": ("- chart: bar\n  values: {A: 1}\n  colour: red\n", (3, 3), "unknown key"),
    "a misspelt key": ("- chart: bar\n  serie: {A: [1]}\n", (2, 3), "unknown key"),
    "a width that is no share": ("- chart: bar\n  values: {A: 1}\n  width: 4cm\n", (3, 10), "a share"),
}


@pytest.mark.parametrize("case", _WRONG)
def test_what_a_chart_cannot_show_is_told_once_and_at_its_place(desk: Desk, case: str) -> None:
    text, place, words = _WRONG[case]
    desk.read(text)
    (finding,) = desk.findings.items
    assert finding.where is not None
    assert (finding.where.line, finding.where.column) == place
    assert words in finding.message
    assert finding.hint


def test_more_than_twelve_slices_and_series_are_refused(desk: Desk) -> None:
    pie = ", ".join(f"P{n}: 1" for n in range(13))
    ((_, _, fact, hint),) = desk.told(f"- chart: pie\n  values: {{{pie}}}\n")
    assert "at most 12 slices" in fact
    assert "Other" in hint
    other = Desk(desk.folder)
    rows = ", ".join(f"S{n}: [1]" for n in range(13))
    ((_, _, fact, _),) = other.told(f"- chart: bar\n  categories: [A]\n  series: {{{rows}}}\n")
    assert "at most 12 series" in fact


def test_a_missing_part_of_a_pile_is_a_warning(desk: Desk) -> None:
    text = "- chart: bar\n  stacked: true\n  categories: [A, B]\n  series: {X: [1, ~], Y: [1, 2]}\n"
    ((line, column, fact, _),) = desk.told(text, Severity.WARNING)
    assert (line, column) == (4, 19)
    assert "“B”" in fact


def test_a_missing_number_of_bars_or_lines_is_nothing_to_speak_of(desk: Desk) -> None:
    desk.chart("- chart: line\n  categories: [A, B, C, D]\n  series: {X: [1, ~, 3, 4], Y: [1, 2, 3, 4]}\n")


# --------------------------------------------------------------------------- bad CSV files


def test_a_csv_file_without_numbers_is_refused(desk: Desk) -> None:
    desk.csv("Year,Estonia\n")
    ((_, _, fact, _),) = desk.told("- chart: bar\n  csv: d.csv\n")
    assert "no line of numbers" in fact


def test_a_csv_file_of_one_column_asks_for_another_delimiter(desk: Desk) -> None:
    desk.csv("Year;Estonia\n2023;3\n")
    ((_, _, _, hint),) = desk.told("- chart: bar\n  csv: d.csv\n")
    assert 'delimiter: ";"' in hint


def test_a_line_with_a_cell_too_many_is_refused_at_its_line(desk: Desk) -> None:
    desk.csv("Year,Estonia\n2023,3,4\n")
    ((line, _, fact, _),) = desk.told("- chart: bar\n  csv: d.csv\n")
    assert line == 2
    assert "3 cells" in fact


def test_a_csv_file_that_is_not_there_is_refused(desk: Desk) -> None:
    ((line, column, _, _),) = desk.told("- chart: bar\n  csv: e.csv\n")
    assert (line, column) == (2, 8)


# --------------------------------------------------------------------------- bad QR codes


@pytest.mark.parametrize(
    "url", ["www.nato.int", "ftp://nato.int", "javascript:alert(1)", "nato", "https://é.int"]
)
def test_a_qr_code_of_no_address_is_refused(desk: Desk, url: str) -> None:
    ((line, column, _, hint),) = desk.told(f"- qr: {url}\n")
    assert (line, column) == (1, 7)
    assert hint


def test_a_qr_code_of_too_long_an_address_is_refused(desk: Desk) -> None:
    ((_, _, fact, _),) = desk.told(f"- qr: https://nato.int/{'a' * 700}\n")
    assert "could not be read from paper" in fact
