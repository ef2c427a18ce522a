"""A chart of the Document → a Drawing at a width, in the look of a style; the same chart gives the same Drawing."""

from __future__ import annotations

from typing import assert_never

from briefpack.document import Chart, ChartKind
from briefpack.drawing import Drawing
from briefpack.figures.bars import bars
from briefpack.figures.lines import lines
from briefpack.figures.pies import pies
from briefpack.figures.sheet import Sheet
from briefpack.style import Style


def draw_chart(chart: Chart, style: Style, width: float) -> Drawing:
    """The chart, width points wide and as high as it needs. Its words are those of the chart; their size is the role "chart"."""
    sheet = Sheet(style, width)
    title = _title(chart)
    match chart.kind:
        case ChartKind.BAR:
            return bars(chart, sheet, title)
        case ChartKind.LINE | ChartKind.AREA:
            return lines(chart, sheet, title)
        case ChartKind.PIE | ChartKind.DONUT:
            return pies(chart, sheet, title)
        case _:
            assert_never(chart.kind)


def _title(chart: Chart) -> str:
    """What is shown in which unit. A single series has no legend, so its name stands here."""
    alone = chart.series[0].name if len(chart.series) == 1 else ""
    unit = "" if chart.unit_beside else chart.unit
    return ", ".join(words for words in (alone, unit) if words.strip())
