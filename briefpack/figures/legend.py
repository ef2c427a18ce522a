"""What stands above the plot of a chart: the unit, and a legend where the series are not named beside their marks."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.drawing import LineTo, MoveTo, Shape
from briefpack.figures.inks import Ink
from briefpack.figures.sheet import Sheet

_BETWEEN = 1.5
"""Ems from one entry of a legend to the next."""
_BESIDE = 0.45
"""Ems from a swatch to its words."""
_STUB = 1.7
"""Length in ems of the line that stands for a series of a line chart."""


def head(sheet: Sheet, unit: str, names: Sequence[str], inks: Sequence[Ink], *, lines: bool = False) -> float:
    """Draw the unit and the legend at the top of a sheet; give the height at which the rest begins, 0 where there is neither.

    names: of the legend's entries, () for no legend. lines: the entries are drawn lines, not areas.
    """
    y = 0.0
    if unit:
        for line in sheet.wrap(unit, sheet.width, force=True) or ():
            sheet.words(line, 0.0, y - sheet.capitals, colour=sheet.quiet)
            y -= sheet.pitch
    if any(name.strip() for name in names):
        y = _legend(sheet, y - (0.2 * sheet.pitch if y else 0.0), names, inks, lines=lines)
    return y - (0.45 * sheet.pitch if y else 0.0)


def _legend(sheet: Sheet, top: float, names: Sequence[str], inks: Sequence[Ink], *, lines: bool) -> float:
    swatch = _STUB * sheet.em if lines else sheet.capitals
    indent = swatch + _BESIDE * sheet.em
    x, y = 0.0, top - sheet.capitals
    for name, ink in zip(names, inks, strict=True):
        wrapped = sheet.wrap(name, sheet.width - indent, force=True) or [""]
        wide = indent + sheet.widest(wrapped)
        if x > 0 and x + wide > sheet.width:
            x, y = 0.0, y - 1.1 * sheet.pitch
        key(sheet, x, y, ink, lines=lines)
        for number, line in enumerate(wrapped):
            sheet.words(line, x + indent, y - number * sheet.pitch)
        y -= (len(wrapped) - 1) * sheet.pitch
        x += wide + _BETWEEN * sheet.em
    return y - (sheet.pitch - sheet.capitals)


def key(sheet: Sheet, x: float, y: float, ink: Ink, *, lines: bool = False) -> None:
    """The swatch of a legend's entry whose words stand on the baseline y."""
    if lines:
        middle = y + sheet.capitals / 2
        sheet.shape(
            Shape(
                (MoveTo(x, middle), LineTo(x + _STUB * sheet.em, middle)),
                stroke=ink.colour,
                width=float(sheet.style.charts.line),
                dash=ink.dash,
            )
        )
    else:
        sheet.rectangle(x, y, x + sheet.capitals, y + sheet.capitals, ink.colour, pattern=ink.pattern)
