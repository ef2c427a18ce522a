"""What the reader sees of a page, and the matrix from there to the page's own space. Pure.

Visible coordinates: points, origin at the lower left corner of the page as the reader sees it, upright. Page space: PDF user
space, in units of 1/72 inch times UserUnit (ISO 32000-2, 8.3.2.3 and 14.11.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""left, bottom, right, top in page space; left < right and bottom < top."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""As the operands of the PDF operator cm."""


@dataclass(frozen=True, slots=True)
class View:
    """What the reader sees of a page. box: the visible part of the sheet. rotate: 0, 90, 180 or 270, clockwise.

    unit: points in one unit of page space.
    """

    box: Box
    rotate: int = 0
    unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, upright."""
        left, bottom, right, top = self.box
        width, height = (right - left) * self.unit, (top - bottom) * self.unit
        return (height, width) if self.rotate in {90, 270} else (width, height)

    @property
    def matrix(self) -> Matrix:
        """From visible coordinates to page space."""
        left, bottom, right, top = self.box
        k = 1 / self.unit
        match self.rotate:
            case 90:
                return (0, k, -k, 0, right, bottom)
            case 180:
                return (-k, 0, 0, -k, right, top)
            case 270:
                return (0, -k, k, 0, left, top)
            case _:
                return (k, 0, 0, k, left, bottom)

    @property
    def top_left(self) -> tuple[float, float]:
        """The upper left corner of what the reader sees, in page space."""
        return apply(self.matrix, 0, self.size[1])


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where the matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def inverse(matrix: Matrix) -> Matrix:
    """The matrix that takes points back. Raises ZeroDivisionError when there is none."""
    a, b, c, d, e, f = matrix
    k = 1 / (a * d - b * c)
    return (d * k, -b * k, -c * k, a * k, (c * f - d * e) * k, (b * e - a * f) * k)


def product(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that takes points where first and then, one after the other, take them."""
    a, b, c, d, _, _ = then
    e, f = apply(then, first[4], first[5])
    return (
        first[0] * a + first[1] * c,
        first[0] * b + first[1] * d,
        first[2] * a + first[3] * c,
        first[2] * b + first[3] * d,
        e,
        f,
    )


def moved(matrix: Matrix, box: Box) -> Box:
    """The box in which a box lies that a matrix has taken elsewhere."""
    corners = [apply(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return (min(across), min(up), max(across), max(up))


def normal(box: tuple[float, float, float, float]) -> Box | None:
    """A box from any two opposite corners; None when it has no area."""
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    return (left, bottom, right, top) if left < right and bottom < top else None


def visible_box(media: Box, crop: Box | None) -> Box:
    """The CropBox within the MediaBox; the MediaBox when there is no CropBox or it lies wholly outside."""
    if crop is None:
        return media
    seen = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return seen if seen[0] < seen[2] and seen[1] < seen[3] else media
