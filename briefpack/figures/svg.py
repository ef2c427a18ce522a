"""SVG files → Drawings, by way of svglib; never with anything from outside the file, and never run."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from math import atan2, degrees, hypot, isfinite
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from briefpack.drawing import (
    Anchoring,
    Close,
    CurveTo,
    Drawing,
    LineTo,
    Mark,
    MoveTo,
    Path,
    Rgb,
    Shape,
    Step,
    Words,
)
from briefpack.figures.operators import bounds
from briefpack.figures.sheet import rectangle
from briefpack.figures.svg_check import Fault, check_svg

MAX_BYTES = 2 * 1024 * 1024
MOST_STEPS = 300_000
"""Of all paths together: `use` may repeat a shape as often as it likes."""
LARGEST = 14_400.0
"""Points of a side: what a page of PDF may have (ISO 32000-1, annex C)."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_UNTURNED: Matrix = (1, 0, 0, 1, 0, 0)
_DAMAGE = (
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)
"""What svglib raises on values that make no sense; it promises no class of its own."""


class SvgError(Exception):
    """The file cannot be drawn. faults: why, in the file's order."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.fact for fault in faults))
        self.faults = faults


def _refused(fact: str, remedy: str) -> SvgError:
    return SvgError([Fault(0, 0, fact, remedy)])


def read_svg(path: FilePath) -> Drawing:
    """The drawing in a file; the same file is read once as long as it does not change. Raises SvgError."""
    try:
        state = path.stat()
        return _read(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise _refused(f"the drawing cannot be read: {error.strerror}", "check the file") from None


@lru_cache(maxsize=64)
def _read(path: FilePath, _changed: int, size: int) -> Drawing:
    if size > MAX_BYTES:
        raise _refused(
            f"the drawing has {size:,} bytes; the limit is {MAX_BYTES:,}", "simplify it, or save it as PNG"
        )
    return parse_svg(path.read_bytes())


def parse_svg(raw: bytes) -> Drawing:
    """The drawing in a file's bytes. Its words are set in the font of the style's charts. Raises SvgError."""
    faults = check_svg(raw)
    if faults:
        raise SvgError(faults)
    try:
        drawn = _rendered(raw)
        width, height = float(drawn.width), float(drawn.height)
        marks = tuple(_inside(mark, width, height) for mark in _Marks().of(drawn))
    except _DAMAGE as error:
        raise _refused(
            f"the drawing has values that make no sense ({error})",
            "save it anew from its editor, as plain SVG",
        ) from None
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        raise _refused(
            f"the drawing is {width:g} × {height:g} points large",
            "give <svg> a width and height that fit on paper",
        )
    if not marks:
        raise _refused(
            "there is nothing to be seen in the drawing", "check that its shapes are inside and visible"
        )
    return Drawing(width, height, marks)


def _inside(mark: Mark, width: float, height: float) -> Mark:
    """A mark of which nothing is seen outside the drawing."""
    if isinstance(mark, Words):
        return mark
    left, bottom, right, top = bounds(mark.path)
    edge = mark.width / 2 if mark.stroke is not None else 0.0
    if left >= edge and bottom >= edge and right <= width - edge and top <= height - edge:
        return mark
    return replace(mark, clips=(rectangle(0, 0, width, height), *mark.clips))


class _Fonts:
    """Answers svglib's questions for fonts without a search on the machine: by weight and slant alone."""

    def find_font(self, name: str, weight: str = "normal", style: str = "normal") -> tuple[str, bool]:  # noqa: ARG002  svglib's contract
        heavy = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600)
        slanted = style in ("italic", "oblique")
        return _FACES[heavy, slanted], True


_FACES = {
    (False, False): "Helvetica",
    (True, False): "Helvetica-Bold",
    (False, True): "Helvetica-Oblique",
    (True, True): "Helvetica-BoldOblique",
}


def _rendered(raw: bytes) -> Any:
    """The drawing as svglib makes it: groups of reportlab's shapes."""
    from svglib import svglib  # noqa: PLC0415  few packs have SVG files

    # What it remarks on was looked at before.
    logging.getLogger("svglib").setLevel(logging.CRITICAL)
    drawn = svglib.svg2rlg(io.BytesIO(raw), font_map=_Fonts())
    if drawn is None:
        raise ValueError("it cannot be read")
    return drawn


# --------------------------------------------------------------------------- reportlab's shapes to marks


class _Marks:
    """Turns shapes into marks, all in the coordinates of the drawing."""

    def __init__(self) -> None:
        from svglib.svglib import Svg2RlgShapeConverter  # noqa: PLC0415  as above

        self._converter = Svg2RlgShapeConverter(io.BytesIO())
        self._steps = 0

    def of(self, group: Any, outer: Matrix = _UNTURNED, clips: tuple[Path, ...] = ()) -> Iterator[Mark]:
        """The marks of a group. outer: the matrix around it."""
        matrix = _product(outer, tuple(group.transform))
        _anchor_as_one(group.contents)
        for shape in group.contents:
            kind = type(shape).__name__
            if kind in ("Group", "Drawing"):
                yield from self.of(shape, matrix, clips)
            elif kind == "ClippingPath":
                # It clips what follows in its group.
                clips = (*clips, self._path(shape, matrix))
            elif kind == "String":
                yield from _words(shape, matrix)
            else:
                yield from self._shape(shape, matrix, clips)

    def _shape(self, shape: Any, matrix: Matrix, clips: tuple[Path, ...]) -> Iterator[Shape]:
        fill = _colour(getattr(shape, "fillColor", None))
        stroke = _colour(shape.strokeColor)
        if type(shape).__name__ in ("Line", "PolyLine"):
            path = self._counted(_open_path(shape, matrix))
            fill = None
        else:
            path = self._path(shape, matrix)
        scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
        width = float(shape.strokeWidth) * scale if stroke is not None else 1.0
        if path and (fill is not None or (stroke is not None and width > 0)):
            yield Shape(
                path,
                fill=fill,
                stroke=stroke,
                width=width,
                dash=tuple(float(length) * scale for length in shape.strokeDashArray or ()),
                even_odd=getattr(shape, "fillMode", 1) == 0,
                clips=clips,
            )

    def _path(self, shape: Any, matrix: Matrix) -> Path:
        path = self._converter.shapeToPath(shape)
        if path is None:
            raise ValueError(f"a {type(shape).__name__} is in it")
        return self._counted(_closed_path(path.operators, path.points, matrix))

    def _counted(self, steps: Iterator[Step]) -> Path:
        path = tuple(steps)
        self._steps += len(path)
        if self._steps > MOST_STEPS:
            raise _refused(
                f"the drawing has more than {MOST_STEPS:,} lines and curves", "simplify it, or save it as PNG"
            )
        return path


def _product(outer: Matrix, inner: tuple[float, ...]) -> Matrix:
    a, b, c, d, e, f = outer
    k, m, n, o, p, q = inner
    return a * k + c * m, b * k + d * m, a * n + c * o, b * n + d * o, a * p + c * q + e, b * p + d * q + f


def _place(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    placed = (a * x + c * y + e, b * x + d * y + f)
    if not all(map(isfinite, placed)) or max(map(abs, placed)) > 100 * LARGEST:
        raise ValueError("a place that is far outside")
    return placed


def _open_path(shape: Any, matrix: Matrix) -> Iterator[Step]:
    points = (
        (shape.x1, shape.y1, shape.x2, shape.y2) if type(shape).__name__ == "Line" else tuple(shape.points)
    )
    for at in range(0, len(points) - 1, 2):
        place = _place(matrix, points[at], points[at + 1])
        yield LineTo(*place) if at else MoveTo(*place)


def _closed_path(operators: list[int], points: list[float], matrix: Matrix) -> Iterator[Step]:
    """A path of reportlab: operators 0 to 3 for move, line, curve and close, with their points in a row."""
    at = 0
    for operator in operators:
        count = (1, 1, 3, 0)[operator]
        places = [_place(matrix, points[at + 2 * n], points[at + 2 * n + 1]) for n in range(count)]
        at += 2 * count
        match operator:
            case 0:
                yield MoveTo(*places[0])
            case 1:
                yield LineTo(*places[0])
            case 2:
                yield CurveTo(*places[0], *places[1], *places[2])
            case _:
                yield Close()


def _colour(colour: Any) -> Rgb | None:
    if colour is None or colour.alpha == 0:
        return None
    if colour.alpha < 1:
        raise _refused(f"a see-through colour ({colour.hexval()})", "give it the colour that it has on white")
    red, green, blue = (round(255 * channel) for channel in colour.rgb())
    return red, green, blue


def _anchor_as_one(shapes: list[Any]) -> None:
    """Parts of one line of text (its tspans) are anchored together, where svglib anchors each of them at its own place."""
    line = [shape for shape in shapes if type(shape).__name__ == "String"]
    if (
        len(line) < 2
        or len({string.y for string in line}) > 1
        or len({string.textAnchor for string in line}) > 1
    ):
        return
    share = {"middle": 0.5, "end": 1.0}.get(line[0].textAnchor)
    if share is None or sorted(string.x for string in line) != [string.x for string in line]:
        return
    for string in line:
        string.textAnchor = "start"
    left, _, right, _ = line[-1].getBounds()
    whole = line[-1].x + right - left - line[0].x
    for string in line:
        string.x -= share * whole


def _words(string: Any, matrix: Matrix) -> Iterator[Words]:
    colour = _colour(string.fillColor)
    text = " ".join(string.text.split())
    a, b, c, d, _, _ = matrix
    size = float(string.fontSize) * hypot(c, d)
    if colour is None or not text or size <= 0:
        return
    if a * d - b * c <= 0:
        raise _refused("text that is mirrored", "convert the text to paths")
    x, y = _place(matrix, string.x, string.y)
    angle = degrees(atan2(b, a))
    yield Words(
        text,
        x,
        y,
        size,
        colour,
        bold="Bold" in string.fontName,
        italic="Oblique" in string.fontName,
        anchoring={"middle": Anchoring.MIDDLE, "end": Anchoring.END}.get(string.textAnchor, Anchoring.START),
        angle=0.0 if abs(angle) < 0.01 else angle,
    )
