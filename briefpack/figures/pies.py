"""Pies and donuts: slices from noon on, clockwise, each named beside it; a list of names where there is no room around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin, tan

from briefpack.document import Chart, ChartKind
from briefpack.drawing import Anchoring, Close, CurveTo, Drawing, LineTo, MoveTo, Path, Shape, Step
from briefpack.figures.inks import Ink, inks
from briefpack.figures.legend import head, key
from briefpack.figures.sheet import HAIRLINE, Sheet
from briefpack.figures.spread import spread

_HOLE = 0.58
"""Radius of a donut's hole, a share of its own."""
_SPLIT = 1.0
"""Points of white between slices."""
_NAMES = 0.34
"""Most that names take at each side, a share of the width."""
_LEAST = 3.2
"""Least radius in pitches of the text at which names stand around."""
_MOST_LINES = 3
"""Of a name beside a pie."""
_ROUND = 0.85
"""Height of a pie where the author gives none, as a share of that of other charts."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Slice:
    """begin, end: angles in radians, counted from noon clockwise. lines: of its name and number."""

    begin: float
    end: float
    lines: list[str]
    ink: Ink

    @property
    def middle(self) -> float:
        return (self.begin + self.end) / 2

    @property
    def at_right(self) -> bool:
        return self.middle <= pi


def pies(chart: Chart, sheet: Sheet, title: str) -> Drawing:
    """Draw a pie or a donut. title: what stands above it, "" for nothing."""
    top = head(sheet, title, (), ())
    # A disc is heavier than bars of the same height.
    share = _ROUND * sheet.style.charts.height if chart.height is None else chart.height
    wanted = sheet.width * share
    high = max(wanted + top, 2 * _LEAST * sheet.pitch)
    slices = _slices(chart, sheet, _NAMES * sheet.width)
    sides = [[one for one in slices if one.at_right is right] for right in (False, True)]
    columns = [max((sheet.widest(one.lines) for one in side), default=0.0) for side in sides]
    needed = max(sum(_tall(sheet, one.lines) for one in side) for side in sides)
    reach = 1.9 * sheet.em
    radius = min(high / 2 - 0.4 * sheet.pitch, (sheet.width - 2 * (max(columns) + reach)) / 2)
    if all(len(one.lines) <= _MOST_LINES for one in slices) and radius >= _LEAST * sheet.pitch:
        around = max(min(high, 2 * radius + 0.8 * sheet.pitch), needed)
        drawn = _named_around(chart, sheet, slices, radius=radius, top=top, high=around)
        if drawn is not None:
            return drawn
    return _listed(chart, sheet, top, high)


def _slices(chart: Chart, sheet: Sheet, room: float) -> list[_Slice]:
    series = chart.series[0]
    numbers = [float(value or 0) for value in series.values]
    whole = sum(numbers) or 1.0
    made: list[_Slice] = []
    begin = 0.0
    own = inks(len(numbers), sheet.style)
    for name, label, number, ink in zip(chart.categories, series.labels, numbers, own, strict=True):
        end = begin + 2 * pi * number / whole
        words = f"{name} {label}" if chart.labelled else name
        lines = sheet.wrap(words, room, force=True) or [""]
        made.append(_Slice(begin, end, lines, ink))
        begin = end
    return made


def _tall(sheet: Sheet, lines: Sequence[str]) -> float:
    return (len(lines) + 0.1) * sheet.pitch


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a slice's name stands, and the line that leads to it."""

    slice: _Slice
    middle: float
    line: tuple[Point, Point, Point, Point]


def _places(
    sheet: Sheet, slices: Sequence[_Slice], centre: Point, radius: float, high: float
) -> list[_Place]:
    """The places of all names beside a pie. high: what they have at most, from top to bottom."""
    x, y = centre
    places: list[_Place] = []
    for right in (False, True):
        # From the lowest up, so that names keep the order in which the slices stand around.
        side = sorted(
            (one for one in slices if one.at_right is right), key=lambda one: one.middle, reverse=right
        )
        wanted = _rising([y + (radius + 0.55 * sheet.em) * cos(one.middle) for one in side])
        heights = [_tall(sheet, one.lines) for one in side]
        out = 1 if right else -1
        foot = x + out * (radius + 1.35 * sheet.em)
        middles = spread(wanted, heights, y - high / 2, y + high / 2)
        for one, middle in zip(side, middles, strict=True):
            edge, knee = (_on(x, y, radius + reach, one.middle) for reach in (1.2, 0.55 * sheet.em))
            line = (edge, knee, (foot, middle), (foot + out * 0.2 * sheet.em, middle))
            places.append(_Place(one, middle, line))
    return places


def _crosses(place: _Place, centre: Point, radius: float) -> bool:
    """Whether the line to a name runs over the pie."""
    (x1, y1), (x2, y2) = place.line[1], place.line[2]
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = ((centre[0] - x1) * (x2 - x1) + (centre[1] - y1) * (y2 - y1)) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    nearest = x1 + along * (x2 - x1) - centre[0], y1 + along * (y2 - y1) - centre[1]
    return bool(hypot(*nearest) < radius)


def _named_around(
    chart: Chart, sheet: Sheet, slices: Sequence[_Slice], *, radius: float, top: float, high: float
) -> Drawing | None:
    """None where a line to a name would run over the pie."""
    centre = (sheet.width / 2, top - high / 2)
    places = _places(sheet, slices, centre, radius, high)
    if any(_crosses(place, centre, radius) for place in places):
        return None
    _round(chart, sheet, slices, centre, radius)
    for place in places:
        begin, *rest = place.line
        path: Path = (MoveTo(*begin), *(LineTo(*point) for point in rest))
        sheet.shape(Shape(path, stroke=sheet.quiet, width=HAIRLINE))
        right = place.slice.at_right
        words = centre[0] + (1 if right else -1) * (radius + 1.8 * sheet.em)
        sheet.block(place.slice.lines, words, place.middle, Anchoring.START if right else Anchoring.END)
    return sheet.finish(high - top)


def _rising(values: Sequence[float]) -> list[float]:
    """Values made to rise, so that a sort leaves them as they are."""
    made: list[float] = []
    for value in values:
        made.append(max(value, made[-1]) if made else value)
    return made


def _listed(chart: Chart, sheet: Sheet, top: float, high: float) -> Drawing:
    """The pie at the left, and a legend with the numbers at the right."""
    radius = min(high / 2, 0.24 * sheet.width)
    left = 2 * radius + 2 * sheet.em
    indent = sheet.capitals + 0.5 * sheet.em
    slices = _slices(chart, sheet, sheet.width - left - indent)
    total = sum(_tall(sheet, one.lines) + 0.15 * sheet.pitch for one in slices)
    high = max(2 * radius, total)
    _round(chart, sheet, slices, (radius, top - high / 2), radius)
    y = top - (high - total) / 2
    for one in slices:
        baseline = y - sheet.capitals
        key(sheet, left, baseline, one.ink)
        for number, line in enumerate(one.lines):
            sheet.words(line, left + indent, baseline - number * sheet.pitch)
        y -= _tall(sheet, one.lines) + 0.15 * sheet.pitch
    return sheet.finish(high - top)


# --------------------------------------------------------------------------- slices


def _round(chart: Chart, sheet: Sheet, slices: Sequence[_Slice], centre: Point, radius: float) -> None:
    x, y = centre
    hole = _HOLE * radius if chart.kind is ChartKind.DONUT else 0.0
    seen = [one for one in slices if one.end > one.begin]
    for one in seen:
        path = _sector(centre, radius, hole, one.begin, one.end)
        sheet.shape(Shape(path, fill=one.ink.colour, pattern=one.ink.pattern))
    if len(seen) > 1:
        for one in seen:
            begin, end = _on(x, y, hole, one.begin), _on(x, y, radius + 0.5, one.begin)
            sheet.shape(Shape((MoveTo(*begin), LineTo(*end)), stroke=(255, 255, 255), width=_SPLIT))


def _on(x: float, y: float, radius: float, angle: float) -> Point:
    return x + radius * sin(angle), y + radius * cos(angle)


def _sector(centre: Point, radius: float, hole: float, begin: float, end: float) -> Path:
    x, y = centre
    steps: list[Step] = [MoveTo(*_on(x, y, radius, begin)), *_arc(x, y, radius, begin, end)]
    if hole:
        steps.append(LineTo(*_on(x, y, hole, end)))
        steps.extend(_arc(x, y, hole, end, begin))
    else:
        steps.append(LineTo(x, y))
    steps.append(Close())
    return tuple(steps)


def _arc(x: float, y: float, radius: float, begin: float, end: float) -> list[Step]:
    """Curves along a circle, each over a quarter of it at most."""
    count = max(1, ceil(abs(end - begin) / (pi / 2)))
    part = (end - begin) / count
    pull = 4 / 3 * tan(part / 4) * radius
    steps: list[Step] = []
    for number in range(count):
        one, other = begin + number * part, begin + (number + 1) * part
        x1, y1 = _on(x, y, radius, one)
        x2, y2 = _on(x, y, radius, other)
        steps.append(
            CurveTo(
                x1 + pull * cos(one),
                y1 - pull * sin(one),
                x2 - pull * cos(other),
                y2 + pull * sin(other),
                x2,
                y2,
            )
        )
    return steps
