"""The lengths and colours that keys of a style take, with the bounds that paper and Word set them; and the sheets that have names."""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.reading.style_values import ColourShape, LengthShape

LINE = LengthShape(high=12.0)
"""Word draws borders up to 12 points wide."""
SPACE = LengthShape(high=720.0, relative="em")
INDENT = LengthShape(low=-720.0, high=720.0, relative="em")
MEASURE = LengthShape(high=1584.0)
"""Word's sheets are at most 22 inches wide and high."""
SHEET = LengthShape(low=72.0, high=1584.0)
COLOUR = ColourShape()

SHEETS: Mapping[str, tuple[float, float]] = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
}
"""Width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""
