"""The inks of a chart's series: the style's palette in order, and a pattern where colour alone does not tell two apart."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.drawing import Pattern, Rgb
from briefpack.figures.sheet import rgb
from briefpack.style import Style

_PATTERNS = tuple(Pattern)
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (5.0, 2.2),
    (1.2, 2.2),
    (7.0, 2.2, 1.2, 2.2),
    (9.0, 3.0),
    (2.6, 1.6),
)
"""Dashes and gaps in points, one for each pattern."""


@dataclass(frozen=True, slots=True)
class Ink:
    """colour, pattern: of areas. dash: of lines."""

    colour: Rgb
    pattern: Pattern
    dash: tuple[float, ...]


def inks(count: int, style: Style) -> tuple[Ink, ...]:
    """An ink for each of count series, no two alike for as many as colours times patterns."""
    palette = [rgb(colour) for colour in style.charts.palette]
    made: list[Ink] = []
    for number in range(count):
        lap, place = divmod(number, len(palette))
        # The first lap is hatched only where the style wants it; a second one always, as its colours are there already.
        at = (place + lap if style.charts.patterns else lap) % len(_PATTERNS)
        made.append(Ink(palette[place], _PATTERNS[at], _DASHES[at]))
    return tuple(made)


def lightened(colour: Rgb, share: float) -> Rgb:
    """A colour mixed with white. share: of the colour."""
    red, green, blue = (round(255 - (255 - channel) * share) for channel in colour)
    return red, green, blue
