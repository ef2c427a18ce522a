"""A vector picture that both writers can show: shapes and words in points, origin at the lower left corner.

Charts, SVG files and QR codes become Drawings; the PDF paints them as they are, Word is given a picture of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

Rgb: TypeAlias = tuple[int, int, int]
"""sRGB, 0 to 255 each."""


@dataclass(frozen=True, slots=True)
class MoveTo:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class LineTo:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class CurveTo:
    """A cubic Bézier curve; (x3, y3) is its end."""

    x1: float
    y1: float
    x2: float
    y2: float
    x3: float
    y3: float


@dataclass(frozen=True, slots=True)
class Close:
    """A straight line back to where the subpath began."""


Step: TypeAlias = MoveTo | LineTo | CurveTo | Close
Path: TypeAlias = tuple[Step, ...]
QUARTER_ARC = 0.5522847498
"""How far the control points of a curve that is as good as a quarter of a circle are from its ends, as a share of the radius: 4/3 · (√2 - 1)."""


class Pattern(Enum):
    """How a filled area is told from another without colour: hatching in white over the fill."""

    PLAIN = "plain"
    RISING = "rising"
    FALLING = "falling"
    CROSSED = "crossed"
    LEVEL = "level"
    DOTTED = "dotted"


@dataclass(frozen=True, slots=True)
class Shape:
    """A path, filled, stroked or both. fill, stroke: None for none. width: of the stroke, points. dash: lengths of dashes and gaps in points, () for a solid
    line. even_odd: the rule by which the inside is told (ISO 32000-1, 8.5.3.3); non-zero winding otherwise. clips: of it is seen only what is inside all
    of these.
    """

    path: Path
    fill: Rgb | None = None
    stroke: Rgb | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    even_odd: bool = False
    pattern: Pattern = Pattern.PLAIN
    clips: tuple[Path, ...] = ()


class Anchoring(Enum):
    """Which point of a line of words stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words. x, y: of its baseline. size: points. font: a family of Style.fonts; None is that of the role "chart".

    angle: degrees, counter-clockwise, about (x, y).
    """

    text: str
    x: float
    y: float
    size: float
    colour: Rgb
    font: str | None = None
    bold: bool = False
    italic: bool = False
    anchoring: Anchoring = Anchoring.START
    angle: float = 0.0


Mark: TypeAlias = Shape | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """width, height: points. marks: painted in order."""

    width: float
    height: float
    marks: tuple[Mark, ...]
