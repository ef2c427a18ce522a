"""The lengths and colours that keys of a style take, with the bounds that paper and Word set them."""

from __future__ import annotations

from briefpack.reading.style_values import ColourShape, LengthShape

LINE = LengthShape(high=12.0)
"""Word draws borders up to 12 points wide."""
SPACE = LengthShape(high=720.0, relative="em")
INDENT = LengthShape(low=-720.0, high=720.0, relative="em")
MEASURE = LengthShape(high=1584.0)
"""Word's sheets are at most 22 inches wide and high."""
SHEET = LengthShape(low=72.0, high=1584.0)
COLOUR = ColourShape()
