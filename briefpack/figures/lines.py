"""Line and area charts: series named at their ends where there is room, with gaps where numbers are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefpack.document import Chart, ChartKind
from briefpack.drawing import Anchoring, Close, Drawing, LineTo, MoveTo, Path, Shape
from briefpack.figures.axes import (
    Names,
    draw_names,
    level_baseline,
    thinned_names,
    upright_axis,
    upright_marks,
)
from briefpack.figures.inks import Ink, inks, lightened
from briefpack.figures.legend import head
from briefpack.figures.scale import Scale, marks
from briefpack.figures.sheet import HAIRLINE, Sheet
from briefpack.figures.spread import spread

_NAMES = 0.3
"""Most that names at the right take, a share of the width."""
_LEAST_PLOT = 0.55
"""Height of the plot as a share of the chart's, however long legend and names are: then the chart becomes higher."""
_LEAST_LINES = 6.0
"""And in pitches of the text: between fewer lines nothing is seen to rise or fall."""
_LINE = 1.05
"""Height of a name of one line at the right, with the space to the next, in pitches."""
_FULL = 0.75
"""How much of the plot's height the names at the right may take."""
_APART = 0.8
"""Ems of white between the names of categories."""
_FILL = 0.55
"""How much of its colour the fill of an area has that lies before others, below a line in the full colour."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Column:
    """Names at the right ends. lines: of each name. width: of the widest, with the way there."""

    lines: list[list[str]]
    width: float


def lines(chart: Chart, sheet: Sheet, title: str) -> Drawing:
    """Draw a line or area chart. title: what stands above it, "" for nothing."""
    own = inks(len(chart.series), sheet.style)
    wanted = sheet.width * (sheet.style.charts.height if chart.height is None else chart.height)
    column = _column(chart, sheet)
    tick_column = sheet.widest([label for _, label in marks(chart)])
    left = tick_column + 0.5 * sheet.em
    if column is not None and not _has_room(column, sheet, wanted - 3 * sheet.pitch):
        column = None
    right = sheet.width - (column.width if column is not None else 0.0)
    named = len(chart.series) > 1 and column is None
    names = [series.name for series in chart.series] if named else ()
    top = head(sheet, title, names, own, lines=chart.kind is ChartKind.LINE)
    over = sheet.capitals / 2 + (sheet.capitals if chart.labelled else 0.0)
    # Lines keep off the edges of the plot a little, areas do not.
    inset = 0.4 * sheet.em if chart.kind is ChartKind.LINE else 0.0
    shown, xs = _points(chart, sheet, left, right, inset=inset)
    below = 0.6 * sheet.em + sheet.tall(max(shown.most, 1))
    bottom = min(-(wanted - below), top - over - max(_LEAST_PLOT * wanted, _LEAST_LINES * sheet.pitch))
    ends = marks(chart)
    scale = Scale(float(ends[0][0]), float(ends[-1][0]), bottom, top - over)
    upright_axis(sheet, upright_marks(sheet, ends, scale.end - scale.start), scale, tick_column, right)
    tops = _areas(chart, sheet, own, xs, scale) if chart.kind is ChartKind.AREA else _tops(chart)
    if scale.low <= 0 <= scale.high:
        level_baseline(sheet, scale.at(0), left, right)
    for series, ink in zip(tops, own, strict=True):
        _line(sheet, series, ink, xs, scale, dotted=chart.labelled)
    if chart.labelled:
        _numbers(chart, sheet, tops, xs, scale=scale, edges=(left, right))
    if column is not None:
        _ends(chart, sheet, own, tops=tops, column=column, xs=xs, scale=scale)
    draw_names(sheet, shown, xs, bottom - 0.6 * sheet.em)
    return sheet.finish(below - bottom)


def _points(
    chart: Chart, sheet: Sheet, left: float, right: float, *, inset: float
) -> tuple[Names, list[float]]:
    """The names that are shown, and the places of all categories: the outermost names stay in the drawing."""
    gaps = max(len(chart.categories) - 1, 1)
    pitch = (right - left) / gaps if len(chart.categories) > 1 else sheet.width
    while True:
        shown = thinned_names(sheet, chart.categories, pitch, _APART * sheet.em)
        first, last = (sheet.widest(shown.lines[n]) / 2 for n in (0, -1))
        begin = left + max(inset, first - left)
        end = right - max(inset, last - (sheet.width - right))
        # The room that the outermost names take is missing between the others.
        closer = (end - begin) / gaps
        if closer >= pitch - 0.01 or sum(map(bool, shown.lines)) <= 1:
            return shown, _places(begin, end, len(chart.categories))
        pitch = closer


def _places(begin: float, end: float, count: int) -> list[float]:
    if count == 1:
        return [(begin + end) / 2]
    return [begin + (end - begin) * n / (count - 1) for n in range(count)]


def _tops(chart: Chart) -> list[list[Decimal | None]]:
    """Where the line of each series runs."""
    if not chart.stacked:
        return [list(series.values) for series in chart.series]
    tops: list[list[Decimal | None]] = []
    sums = [Decimal(0)] * len(chart.categories)
    for series in chart.series:
        sums = [total + (value or Decimal(0)) for total, value in zip(sums, series.values, strict=True)]
        tops.append(list(sums))
    return tops


# --------------------------------------------------------------------------- lines and areas


def _runs(values: Sequence[Decimal | None], xs: Sequence[float], scale: Scale) -> Iterator[list[Point]]:
    """The points between gaps."""
    run: list[Point] = []
    for value, x in zip(values, xs, strict=True):
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append((x, scale.at(value)))
    if run:
        yield run


def _line(
    sheet: Sheet,
    values: Sequence[Decimal | None],
    ink: Ink,
    xs: Sequence[float],
    scale: Scale,
    *,
    dotted: bool,
) -> None:
    """The line of a series. dotted: each number has a dot, not only one that stands alone."""
    width = float(sheet.style.charts.line)
    for run in _runs(values, xs, scale):
        if len(run) > 1:
            path: Path = (MoveTo(*run[0]), *(LineTo(*point) for point in run[1:]))
            sheet.shape(Shape(path, stroke=ink.colour, width=width, dash=ink.dash))
        for x, y in run if dotted or len(run) == 1 else ():
            sheet.dot(x, y, 1.25 * width, ink.colour)


def _areas(
    chart: Chart, sheet: Sheet, own: Sequence[Ink], xs: Sequence[float], scale: Scale
) -> list[list[Decimal | None]]:
    """Fill the areas; give where their upper lines run."""
    tops = _tops(chart)
    zero: list[Decimal | None] = [Decimal(0)] * len(xs)
    if chart.stacked:
        floors = [zero, *tops[:-1]]
        for top, floor, ink in zip(tops, floors, own, strict=True):
            upper = [(x, scale.at(value or 0)) for x, value in zip(xs, top, strict=True)]
            lower = [(x, scale.at(value or 0)) for x, value in zip(xs, floor, strict=True)]
            _fill(sheet, upper, lower, ink, 1.0)
        return tops
    # What reaches highest lies behind.
    reach = [max((abs(value) for value in top if value is not None), default=Decimal(0)) for top in tops]
    for number in sorted(range(len(tops)), key=lambda n: (-reach[n], n)):
        for run in _runs(tops[number], xs, scale):
            if len(run) > 1:
                share = 1.0 if len(tops) == 1 and sheet.style.charts.patterns else _FILL
                _fill(sheet, run, [(x, scale.at(0)) for x, _ in run], own[number], share)
    return tops


def _fill(sheet: Sheet, upper: Sequence[Point], lower: Sequence[Point], ink: Ink, share: float) -> None:
    points = [*upper, *reversed(lower)]
    path: Path = (MoveTo(*points[0]), *(LineTo(*point) for point in points[1:]), Close())
    sheet.shape(Shape(path, fill=lightened(ink.colour, share), pattern=ink.pattern))


# --------------------------------------------------------------------------- words


def _column(chart: Chart, sheet: Sheet) -> _Column | None:
    """The names at the right ends; None where there is one series only, or a name has no room in the column."""
    if len(chart.series) < 2:
        return None
    way = 1.6 * sheet.em
    room = _NAMES * sheet.width - way
    wrapped = [sheet.wrap(series.name, room) for series in chart.series]
    if any(lines is None or len(lines) > 3 for lines in wrapped):
        return None
    if not all(any(value is not None for value in series.values) for series in chart.series):
        return None
    known = [lines for lines in wrapped if lines is not None]
    return _Column(known, way + max(map(sheet.widest, known)))


def _has_room(column: _Column, sheet: Sheet, height: float) -> bool:
    # In a full column names stand far from the ends of their lines.
    return sum(_tall(sheet, lines) for lines in column.lines) <= _FULL * height


def _tall(sheet: Sheet, lines: Sequence[str]) -> float:
    return (len(lines) - 1 + _LINE) * sheet.pitch


def _ends(
    chart: Chart,
    sheet: Sheet,
    own: Sequence[Ink],
    *,
    tops: Sequence[Sequence[Decimal | None]],
    column: _Column,
    xs: Sequence[float],
    scale: Scale,
) -> None:
    """Name each series at the right, joined to the end of its line or the middle of its area by a line in its colour."""
    ends: list[Point] = []
    for number, values in enumerate(tops):
        last = max(n for n, value in enumerate(values) if value is not None)
        y = scale.at(values[last] or 0)
        if chart.kind is ChartKind.AREA and chart.stacked:
            y = (y + scale.at((tops[number - 1][last] if number else 0) or 0)) / 2
        ends.append((xs[last], y))
    heights = [_tall(sheet, names) for names in column.lines]
    middles = spread([y for _, y in ends], heights, scale.start, scale.end + _LINE / 2 * sheet.pitch)
    x = sheet.width - column.width + 1.6 * sheet.em
    for names, ink, (end, y), middle in zip(column.lines, own, ends, middles, strict=True):
        bend = sheet.width - column.width + 0.3 * sheet.em
        path: Path = (
            MoveTo(end, y),
            LineTo(bend, y),
            LineTo(x - 0.7 * sheet.em, middle),
            LineTo(x - 0.3 * sheet.em, middle),
        )
        sheet.shape(Shape(path, stroke=ink.colour, width=2 * HAIRLINE))
        sheet.block(names, x, middle)


def _numbers(
    chart: Chart,
    sheet: Sheet,
    tops: Sequence[Sequence[Decimal | None]],
    xs: Sequence[float],
    *,
    scale: Scale,
    edges: tuple[float, float],
) -> None:
    """The numbers at the points, above or below; one that has no room beside the others is left out."""
    taken: list[tuple[float, float, float, float]] = []
    lift = 0.5 * sheet.em
    for number, series in enumerate(chart.series):
        for place, (value, label, x) in enumerate(zip(tops[number], series.labels, xs, strict=True)):
            if value is None:
                continue
            half = sheet.wide(label) / 2
            centre = min(max(x, edges[0] + half), max(edges[1] - half, edges[0] + half))
            above = scale.at(value) + lift
            below = scale.at(value) - lift - sheet.capitals
            for y in (below, above) if _is_valley(tops[number], place) else (above, below):
                box = (centre - half - 1, y - sheet.descent, centre + half + 1, y + sheet.capitals)
                inside = y >= scale.start + 1 and box[2] <= sheet.width
                if inside and not any(_meet(box, other) for other in taken):
                    taken.append(box)
                    sheet.words(label, centre, y, Anchoring.MIDDLE)
                    break


def _is_valley(values: Sequence[Decimal | None], place: int) -> bool:
    """Whether a line comes down to a point and goes up from it, so that its number is better off below."""
    here = values[place] or Decimal(0)
    around = [values[n] for n in (place - 1, place + 1) if 0 <= n < len(values)]
    known = [value for value in around if value is not None]
    return bool(known) and all(value > here for value in known)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
