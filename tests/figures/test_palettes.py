"""The styles' palettes: told apart by colour-blind readers and in grey.

The measure: any two colours are 20 or more apart in CIELAB (CIE 1976 distance), as they are and as seen without red or
green cones (Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision
Deficiency", severity 1.0, in linear RGB); 8 or more apart in lightness L*, so that they differ in grey print, and
neighbours in the palette 20 or more; and none is lighter than L* 78, so that areas stand out from paper.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import dist

import pytest

from briefpack.style import Colour
from tests.figures.making import packaged_style

MACHADO = {
    "as it is": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
STYLES = ("base", "press", "staff", "minister", "delegation")


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _lab(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """CIELAB of linear sRGB, for the white of D65."""

    def root(t: float) -> float:
        return t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116

    x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _seen(colour: Colour, eyes: str) -> tuple[float, float, float]:
    linear = [_linear(channel) for channel in colour.unit]
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0.0), 1.0) for row in MACHADO[eyes]
    )
    return _lab(red, green, blue)


@pytest.mark.parametrize("eyes", MACHADO)
@pytest.mark.parametrize("style", STYLES)
def test_any_two_colours_are_told_apart(style: str, eyes: str) -> None:
    palette = packaged_style(style).charts.palette
    for one, other in combinations(palette, 2):
        assert dist(_seen(one, eyes), _seen(other, eyes)) >= 20, (one.hex, other.hex)


@pytest.mark.parametrize("style", STYLES)
def test_colours_differ_in_grey_and_neighbours_differ_much(style: str) -> None:
    lightness = [_seen(colour, "as it is")[0] for colour in packaged_style(style).charts.palette]
    assert all(abs(one - other) >= 8 for one, other in combinations(lightness, 2))
    assert all(abs(one - other) >= 20 for one, other in pairwise(lightness))


@pytest.mark.parametrize("style", STYLES)
def test_colours_stand_out_from_paper(style: str) -> None:
    assert all(_seen(colour, "as it is")[0] <= 78 for colour in packaged_style(style).charts.palette)
