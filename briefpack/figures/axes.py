"""The axes of a chart: room for their labels, the lines behind the data, and names of categories that fit or are thinned out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefpack.drawing import Anchoring
from briefpack.figures.scale import Scale, thinned
from briefpack.figures.sheet import BASELINE, Sheet

_MOST_LINES = 3
"""Of a category's name below an upright chart."""
_PITCHES_A_MARK = 2.2
"""Least distance of two marks on an upright axis, in pitches of the text."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of categories as they are printed below a chart: the lines of each, () for one that is left out."""

    lines: tuple[tuple[str, ...], ...]

    @property
    def most(self) -> int:
        return max(map(len, self.lines), default=0)


def fitting_names(sheet: Sheet, names: Sequence[str], room: float) -> Names | None:
    """Every name in at most three lines of a width; None when one does not fit."""
    wrapped = [sheet.wrap(name, room) for name in names]
    if any(lines is None or len(lines) > _MOST_LINES for lines in wrapped):
        return None
    return Names(tuple(tuple(lines or ()) for lines in wrapped))


def thinned_names(
    sheet: Sheet, names: Sequence[str], pitch: float, gap: float, *, edge: float | None = None
) -> Names:
    """As many names as fit at equal distances. pitch: points from one category to the next.

    edge: points from the first and last category to the edges of the drawing, None where these give way to the names.
    """
    count = len(names)
    best: Names | None = None
    least = 0
    for step in range(1, count):
        if best is not None and step >= 2 * least:
            break
        made = fitting_names(sheet, names[::step], pitch * step - gap)
        if made is None:
            continue
        lines = [made.lines[n // step] if n % step == 0 else () for n in range(count)]
        if edge is not None:
            lines = [
                one if sheet.widest(one) / 2 <= edge + pitch * min(n, count - 1 - n) + gap / 2 else ()
                for n, one in enumerate(lines)
            ]
        if not any(lines):
            continue
        # All of them, or, if it costs no more than half of the names, with the last one among them.
        if step == 1 or lines[-1]:
            return Names(tuple(lines))
        if best is None:
            best, least = Names(tuple(lines)), step
    return best or _first_alone(sheet, names, pitch * count if edge is None else 2 * edge)


def _first_alone(sheet: Sheet, names: Sequence[str], room: float) -> Names:
    """The first name, broken where it must be."""
    lines = sheet.wrap(names[0], max(room, sheet.em), force=True) or []
    return Names((tuple(lines[:_MOST_LINES]), *(() for _ in names[1:])))


def draw_names(sheet: Sheet, names: Names, centres: Sequence[float], top: float) -> None:
    """Names below an upright chart, each centred. top: where their capitals begin."""
    for lines, centre in zip(names.lines, centres, strict=True):
        # A name at the edge moves a little to stay in the drawing.
        half = sheet.widest(lines) / 2
        x = max(half, min(centre, sheet.width - half))
        for number, line in enumerate(lines):
            sheet.words(line, x, top - sheet.capitals - number * sheet.pitch, Anchoring.MIDDLE)


def upright_marks(
    sheet: Sheet, marks: Sequence[tuple[Decimal, str]], height: float
) -> Sequence[tuple[Decimal, str]]:
    """The marks of an upright axis that have room at a height."""
    return thinned(marks, max(2, int(height / (_PITCHES_A_MARK * sheet.pitch)) + 1))


def upright_axis(
    sheet: Sheet, marks: Sequence[tuple[Decimal, str]], scale: Scale, column: float, right: float
) -> None:
    """Level hairlines with their labels flush right in a column at the left edge. right: where the lines end."""
    for value, label in marks:
        y = scale.at(value)
        sheet.line(column + 0.5 * sheet.em, y, right, y, sheet.grid)
        sheet.words(label, column, y - sheet.capitals / 2, Anchoring.END, sheet.quiet)


def level_axis(
    sheet: Sheet, marks: Sequence[tuple[Decimal, str]], scale: Scale, top: float, bottom: float
) -> None:
    """Upright hairlines with their labels centred below. bottom: where the lines end."""
    room = abs(scale.end - scale.start)
    wide = max(sheet.widest([label for _, label in marks]), 1.0) + 1.2 * sheet.em
    for value, label in thinned(marks, max(2, int(room / wide) + 1)):
        x = scale.at(value)
        sheet.line(x, bottom, x, top, sheet.grid)
        sheet.words(label, x, bottom - 0.45 * sheet.em - sheet.capitals, Anchoring.MIDDLE, sheet.quiet)


def level_baseline(sheet: Sheet, y: float, left: float, right: float) -> None:
    """The line at zero that upright bars stand on."""
    sheet.line(left, y, right, y, sheet.quiet, width=BASELINE)


def upright_baseline(sheet: Sheet, x: float, bottom: float, top: float) -> None:
    """The line at zero that lying bars begin at."""
    sheet.line(x, bottom, x, top, sheet.quiet, width=BASELINE)
