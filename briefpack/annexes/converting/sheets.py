"""Which sheet a picture is printed on, and where it stands there. Pure; points, origin at the lower left."""

from __future__ import annotations

from typing import TypeAlias

MARGIN = 42.5
"""Points, 15 mm: what stays white around a picture that is no sheet of paper itself."""

Box: TypeAlias = tuple[float, float]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]

_MM = 72 / 25.4
_A4 = (210.0, 297.0)
_SHEETS = (
    *((148.0, 210.0), _A4, (297.0, 420.0), (420.0, 594.0), (594.0, 841.0), (841.0, 1189.0)),
    *((176.0, 250.0), (250.0, 353.0), (215.9, 279.4), (215.9, 355.6), (279.4, 431.8)),
)
"""Millimetres: A5 to A0, B5, B4 (ISO 216), letter, legal, tabloid (ANSI/ASME Y14.1)."""
_SLACK = 0.04
"""By this share a scan may differ from the sheet it was made of: fax machines scan 215 mm of 210."""
_LEAST_DPI, _MOST_DPI = 50.0, 2_400.0
_USUAL_DPI = 96.0
"""Of a picture that does not say how large it is, as of screens."""


def placed(width: int, height: int, dpi: tuple[float, float], orientation: int) -> tuple[Box, Matrix]:
    """The size of the page, and the matrix that paints a picture's unit square upright on it.

    width, height: pixels as they are kept. dpi: horizontal and vertical, as they are kept; 0 for unknown. orientation: as EXIF counts them (Exif
    2.32, 4.6.4). A picture as large as a sheet of paper is the page; any other stands in the middle of an A4 page in its own size, made smaller where
    it is too large and never larger.
    """
    across, down = (value if _LEAST_DPI <= value <= _MOST_DPI else _USUAL_DPI for value in dpi)
    wide, high = width / across * 72, height / down * 72
    if orientation >= 5:
        wide, high = high, wide
    if _is_sheet(wide, high):
        page = round(wide, 2), round(high, 2)
        return page, _matrix(orientation, 0, 0, *page)
    upright = high >= wide
    page = round(_A4[not upright] * _MM, 2), round(_A4[upright] * _MM, 2)
    share = min(1.0, (page[0] - 2 * MARGIN) / wide, (page[1] - 2 * MARGIN) / high)
    wide, high = wide * share, high * share
    return page, _matrix(orientation, (page[0] - wide) / 2, (page[1] - high) / 2, wide, high)


def _is_sheet(wide: float, high: float) -> bool:
    short, long = sorted((wide / _MM, high / _MM))
    return any(
        abs(short / sheet[0] - 1) <= _SLACK and abs(long / sheet[1] - 1) <= _SLACK for sheet in _SHEETS
    )


def _matrix(orientation: int, x: float, y: float, wide: float, high: float) -> Matrix:
    """From the unit square, in which a picture is painted as it is kept, to the box in which it is seen upright."""
    right, top = x + wide, y + high
    return {
        2: (-wide, 0.0, 0.0, high, right, y),
        3: (-wide, 0.0, 0.0, -high, right, top),
        4: (wide, 0.0, 0.0, -high, x, top),
        5: (0.0, -high, -wide, 0.0, right, top),
        6: (0.0, -high, wide, 0.0, x, top),
        7: (0.0, high, wide, 0.0, x, y),
        8: (0.0, high, -wide, 0.0, right, y),
    }.get(orientation, (wide, 0.0, 0.0, high, x, y))
