"""The data of a chart of Word's own: a workbook, and what the chart remembers of its cells."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

from briefpack.document import Chart
from briefpack.word.xml import Xml, escape, join

# A workbook must have a date. The data have none, and the clock must not show.
_WORKBOOK_DATE = datetime(1980, 1, 1)  # noqa: DTZ001  XlsxWriter takes naive moments
_SHEET = "Data"


def workbook(chart: Chart) -> bytes:
    """The data as a sheet: a row for each category, a column for each series."""
    # Hardly any pack has such charts, and none should wait for what writes them.
    from xlsxwriter import Workbook  # noqa: PLC0415

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _WORKBOOK_DATE})
    sheet = book.add_worksheet(_SHEET)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, series.name)
        for row, number in enumerate(series.values, 1):
            if number is not None:
                sheet.write_number(row, column, float(number))
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, category)
    book.close()
    return target.getvalue()


def name_cell(series: int) -> str:
    """The cell with the name of a series, 0-based."""
    return f"{_SHEET}!${_column(series + 1)}$1"


def category_cells(count: int) -> str:
    """The cells with the names of count categories."""
    return f"{_SHEET}!$A$2:$A${count + 1}"


def value_cells(series: int, count: int) -> str:
    """The cells with the values of a series, 0-based, in count categories."""
    column = _column(series + 1)
    return f"{_SHEET}!${column}$2:${column}${count + 1}"


def _column(number: int) -> str:
    """The name of a column: 0 is A."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def strings(formula: str, words: tuple[str, ...]) -> Xml:
    """Words in cells. formula: names the cells."""
    points = join(
        Xml(f'<c:pt idx="{number}"><c:v>{escape(each)}</c:v></c:pt>') for number, each in enumerate(words)
    )
    return Xml(
        f'<c:strRef><c:f>{formula}</c:f><c:strCache><c:ptCount val="{len(words)}"/>'
        f"{points}</c:strCache></c:strRef>"
    )


def numbers(formula: str, values: tuple[Decimal | None, ...], number_format: str) -> Xml:
    """Numbers in cells, None for an empty one. number_format: as spreadsheets write it."""
    points = join(
        Xml(f'<c:pt idx="{number}"><c:v>{each:f}</c:v></c:pt>')
        for number, each in enumerate(values)
        if each is not None
    )
    return Xml(
        f"<c:numRef><c:f>{formula}</c:f><c:numCache><c:formatCode>{escape(number_format)}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )
