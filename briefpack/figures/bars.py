"""Bar charts: upright or lying, one series, groups of bars side by side, or bars that are added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefpack.document import Chart
from briefpack.drawing import Anchoring, Drawing, Pattern
from briefpack.figures.axes import (
    Names,
    draw_names,
    fitting_names,
    level_axis,
    level_baseline,
    thinned_names,
    upright_axis,
    upright_baseline,
    upright_marks,
)
from briefpack.figures.inks import Ink, inks
from briefpack.figures.legend import head
from briefpack.figures.scale import Scale, extent, marks, thinned
from briefpack.figures.sheet import Sheet

_WIDEST = 4.4
"""Ems of a bar, however few there are."""
_FILLED = 0.66
"""How much of its category's room the bars of an upright chart take."""
_SPLIT = 0.8
"""Points of white between neighbours in a group or pile."""
_LEAST_PLOT = 0.55
"""Height of an upright plot as a share of the chart's, however long legend and names are: then the chart becomes higher."""
_LEAST_LINES = 6.0
"""And in pitches of the text: between fewer lines nothing is seen to rise or fall."""
_THICK = 1.05
"""Thickness of a lying bar that stands alone, in pitches of the text."""
_THIN = 0.82
"""Thickness of a lying bar in a group, in pitches of the text."""
_NAMES = 0.42
"""Most that the names beside lying bars take, a share of the width."""
_SHORTEST = 5.0
"""Ems that the longest lying bar has at least where numbers stand beside bars."""
_BESIDE = 0.4
"""Ems between the end of a bar and its number."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A bar or a part of one. slot: its place in the group, 0 for all parts of a pile. begin, end: numbers. label: as printed."""

    series: int
    slot: int
    begin: Decimal
    end: Decimal
    label: str


def bars(chart: Chart, sheet: Sheet, title: str) -> Drawing:
    """Draw a bar chart. title: what stands above it, "" for nothing."""
    if not chart.horizontal:
        drawn = _upright(chart, sheet, title)
        if drawn is not None:
            return drawn
        # Names too long to stand below bars stand beside them.
        sheet = Sheet(sheet.style, sheet.width)
    return _lying(chart, sheet, title)


def _pieces(chart: Chart, category: int) -> Iterator[_Piece]:
    above = below = Decimal(0)
    for number, series in enumerate(chart.series):
        value = series.values[category]
        label = series.labels[category]
        if not chart.stacked:
            yield _Piece(number, number, Decimal(0), Decimal(0) if value is None else value, label)
        elif value is not None and value >= 0:
            yield _Piece(number, 0, above, above + value, label)
            above += value
        elif value is not None:
            yield _Piece(number, 0, below, below + value, label)
            below += value


def _reach(chart: Chart) -> tuple[Decimal, Decimal]:
    return extent(chart.kind, (series.values for series in chart.series), stacked=chart.stacked)


def _legend(chart: Chart) -> Sequence[str]:
    return [series.name for series in chart.series] if len(chart.series) > 1 else ()


def _in_order(names: Sequence[str]) -> bool:
    """Whether names are years, dates or other numbers, of which some may be left out and are understood."""
    return all(name[:1].isdigit() for name in names)


# --------------------------------------------------------------------------- upright


def _upright(chart: Chart, sheet: Sheet, title: str) -> Drawing | None:
    """None where the names of the categories do not fit below the bars."""
    own = inks(len(chart.series), sheet.style)
    count, slots = len(chart.categories), 1 if chart.stacked else len(chart.series)
    labelled = chart.labelled and not chart.stacked
    gap = 0.7 * sheet.em
    # With labels no axis is needed; whether they fit is known when the room is.
    while True:
        column = 0.0 if labelled else sheet.widest([label for _, label in marks(chart)])
        left = column + 0.5 * sheet.em if column else 0.0
        band = (sheet.width - left) / count
        thick = min(_FILLED * band / slots if slots == 1 else 0.8 * band / slots, _WIDEST * sheet.em)
        labels = [label for series in chart.series for label in series.labels]
        room = band - gap / 2 if slots == 1 else thick - 0.15 * sheet.em
        if not labelled or sheet.widest(labels) <= room:
            break
        labelled = False
    names: Names | None
    if _in_order(chart.categories):
        names = thinned_names(sheet, chart.categories, band, gap, edge=band / 2)
    else:
        names = fitting_names(sheet, chart.categories, band - gap)
        if names is None:
            return None
    top = head(sheet, title, _legend(chart), own)
    low, high = _reach(chart)
    if labelled:
        over = sheet.capitals + 0.35 * sheet.em
        under = over + 0.3 * sheet.em if low < 0 else 0.0
    else:
        over = sheet.capitals / 2
        under = 0.0
    below = 0.6 * sheet.em + sheet.tall(max(names.most, 1))
    wanted = sheet.width * _height(chart, sheet)
    bottom = min(
        -(wanted - below), top - over - max(_LEAST_PLOT * wanted, _LEAST_LINES * sheet.pitch) - under
    )
    if labelled:
        flat = low == high
        scale = Scale(float(low), float(high) if not flat else 1.0, bottom + under, top - over)
    else:
        shown = upright_marks(sheet, marks(chart), top - over - bottom)
        ends = marks(chart)
        scale = Scale(float(ends[0][0]), float(ends[-1][0]), bottom, top - over)
        upright_axis(sheet, shown, scale, column, sheet.width)
    centres = [left + band * (n + 0.5) for n in range(count)]
    zero = scale.at(0)
    for category, centre in enumerate(centres):
        begin = centre - thick * slots / 2
        for piece in _pieces(chart, category):
            x = begin + piece.slot * thick
            inset = _SPLIT / 2 if slots > 1 else 0.0
            _bar(
                sheet,
                (x + inset, scale.at(piece.begin), x + thick - inset, scale.at(piece.end)),
                own[piece.series],
                pile=chart.stacked and piece.begin != 0,
            )
            if labelled:
                _end_label(sheet, piece, x + thick / 2, scale.at(piece.end))
            elif chart.labelled:
                box = (x, scale.at(piece.begin), x + thick, scale.at(piece.end))
                _inner_label(sheet, piece.label, box, own[piece.series])
    level_baseline(sheet, zero, left, sheet.width)
    draw_names(sheet, names, centres, bottom - 0.6 * sheet.em)
    return sheet.finish(below - bottom)


def _height(chart: Chart, sheet: Sheet) -> float:
    return sheet.style.charts.height if chart.height is None else chart.height


def _bar(
    sheet: Sheet, box: tuple[float, float, float, float], ink: Ink, *, pile: bool = False, lying: bool = False
) -> None:
    """A bar between two corners in any order. pile: it lies on another, from which a hair of white divides it."""
    x1, y1, x2, y2 = box
    if pile and lying:
        x1 += _SPLIT * (1 if x2 > x1 else -1) if abs(x2 - x1) > 2 * _SPLIT else 0.0
    elif pile:
        y1 += _SPLIT * (1 if y2 > y1 else -1) if abs(y2 - y1) > 2 * _SPLIT else 0.0
    if x1 != x2 and y1 != y2:
        sheet.rectangle(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), ink.colour, pattern=ink.pattern)


def _end_label(sheet: Sheet, piece: _Piece, x: float, end: float) -> None:
    """A number above a bar's end, or below where the bar goes down."""
    y = end - 0.3 * sheet.em - sheet.capitals if piece.end < 0 else end + 0.3 * sheet.em
    sheet.words(piece.label, x, y, Anchoring.MIDDLE)


def _inner_label(sheet: Sheet, label: str, box: tuple[float, float, float, float], ink: Ink) -> None:
    """A number inside a part of a pile, where there is room for it."""
    x1, y1, x2, y2 = box
    wide, high = sheet.wide(label), sheet.capitals
    pad = 0.25 * sheet.em
    if not label.strip() or abs(x2 - x1) < wide + 2 * pad or abs(y2 - y1) < high + 2 * pad:
        return
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    if ink.pattern is not Pattern.PLAIN:
        # Words are not read through hatching.
        sheet.rectangle(
            x - wide / 2 - pad, y - high / 2 - pad, x + wide / 2 + pad, y + high / 2 + pad, ink.colour
        )
    sheet.words(label, x, y - high / 2, Anchoring.MIDDLE, sheet.on(ink.colour))


# --------------------------------------------------------------------------- lying


def _lying(chart: Chart, sheet: Sheet, title: str) -> Drawing:
    own = inks(len(chart.series), sheet.style)
    count, slots = len(chart.categories), 1 if chart.stacked else len(chart.series)
    labelled = chart.labelled and not chart.stacked
    low, high = _reach(chart)
    column = min(sheet.widest(chart.categories), _NAMES * sheet.width)
    names = [sheet.wrap(name, column, force=True) or [""] for name in chart.categories]
    column = max(map(sheet.widest, names))
    left = column + 0.7 * sheet.em
    beside = _BESIDE * sheet.em
    before = _label_room(sheet, chart, negative=True) + beside if low < 0 else 0.0
    after = _label_room(sheet, chart, negative=False) + beside
    # Numbers that leave no room for bars leave the axis to tell.
    labelled = labelled and sheet.width - left - before - after >= _SHORTEST * sheet.em
    top = head(sheet, title, _legend(chart), own)
    thick = (_THICK if slots == 1 else _THIN) * sheet.pitch
    rows = [max(slots * thick, sheet.tall(len(lines))) for lines in names]
    space = 0.55 * sheet.pitch
    below = 0.0 if labelled else 0.45 * sheet.em + sheet.tall(1)
    natural = -top + sum(rows) + count * space + below
    if chart.height is not None and chart.height * sheet.width > natural:
        stretched = (chart.height * sheet.width + top - below) / (natural + top - below)
        thick, space = thick * stretched, space * stretched
        rows = [row * stretched for row in rows]
    bottom = top - sum(rows) - count * space
    if labelled:
        flat = low == high
        scale = Scale(float(low), 1.0 if flat else float(high), left + before, sheet.width - after)
    else:
        ends = marks(chart)
        shown = thinned(ends, 6)
        half = sheet.wide(shown[-1][1]) / 2
        first = max(0.0, sheet.wide(shown[0][1]) / 2 - left)
        scale = Scale(float(ends[0][0]), float(ends[-1][0]), left + first, sheet.width - half)
        level_axis(sheet, ends, scale, top, bottom)
    y = top - space / 2
    for category in range(count):
        middle = y - rows[category] / 2
        begin = middle + slots * thick / 2
        for piece in _pieces(chart, category):
            edge = begin - piece.slot * thick
            inset = _SPLIT / 2 if slots > 1 else 0.0
            box = (scale.at(piece.begin), edge - inset, scale.at(piece.end), edge - thick + inset)
            _bar(sheet, box, own[piece.series], pile=chart.stacked and piece.begin != 0, lying=True)
            if labelled:
                down = piece.end < 0
                x = scale.at(piece.end) + (-_BESIDE if down else _BESIDE) * sheet.em
                sheet.block([piece.label], x, edge - thick / 2, Anchoring.END if down else Anchoring.START)
            elif chart.labelled:
                _inner_label(sheet, piece.label, box, own[piece.series])
        sheet.block(names[category], 0.0, middle)
        y -= rows[category] + space
    upright_baseline(sheet, scale.at(0), bottom, top)
    return sheet.finish(below - bottom)


def _label_room(sheet: Sheet, chart: Chart, *, negative: bool) -> float:
    """The widest number beside bars that go one way."""
    labels = [
        label
        for series in chart.series
        for value, label in zip(series.values, series.labels, strict=True)
        if ((value or 0) < 0) == negative
    ]
    return sheet.widest(labels)
