"""Shapes of a Drawing → the operators of a PDF's content stream, hatching included; for the page and for pixels alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from briefpack.drawing import Close, CurveTo, LineTo, MoveTo, Path, Pattern, Rgb, Shape

HATCH_GAP = 3.6
"""Points from one hatching line to the next."""
HATCH_LINE = 0.9
"""Width of hatching lines in points."""
_DOT = 1.5
"""Diameter of the dots of a dotted area."""


def path_operators(path: Path) -> str:
    """The operators that build a path."""
    parts: list[str] = []
    for step in path:
        match step:
            case MoveTo():
                parts.append(f"{number(step.x)} {number(step.y)} m")
            case LineTo():
                parts.append(f"{number(step.x)} {number(step.y)} l")
            case CurveTo():
                places = (step.x1, step.y1, step.x2, step.y2, step.x3, step.y3)
                parts.append(f"{' '.join(map(number, places))} c")
            case Close():
                parts.append("h")
            case _:
                assert_never(step)
    return " ".join(parts)


def shape_operators(shape: Shape) -> list[str]:
    """The operators that paint a shape. They leave the graphics state as they find it."""
    if not shape.path or (shape.fill is None and shape.stroke is None):
        return []
    built = path_operators(shape.path)
    lines: list[str] = ["q", *(f"{path_operators(clip)} W n" for clip in shape.clips)]
    rule = "*" if shape.even_odd else ""
    if shape.fill is not None:
        lines.extend([f"{tint(shape.fill)} rg", f"{built} f{rule}"])
        if shape.pattern is not Pattern.PLAIN:
            lines.extend(["q", f"{built} W{rule} n", *_hatching(shape), "Q"])
    if shape.stroke is not None and shape.width > 0:
        lines.append(f"{tint(shape.stroke)} RG {number(shape.width)} w 1 j")
        # Dashes that are all without length mean a solid line.
        if sum(shape.dash) > 0:
            lines.append(f"[{' '.join(map(number, shape.dash))}] 0 d")
        lines.append(f"{built} S")
    lines.append("Q")
    return lines


def number(value: float) -> str:
    """A number as content streams have it: no exponent, no needless digits."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"


def tint(colour: Rgb) -> str:
    return " ".join(f"{channel / 255:.4g}" for channel in colour)


def bounds(path: Path) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a path's points; of its curves' control points, which lie around the curves."""
    xs: list[float] = []
    ys: list[float] = []
    for step in path:
        match step:
            case MoveTo() | LineTo():
                xs.append(step.x)
                ys.append(step.y)
            case CurveTo():
                xs.extend((step.x1, step.x2, step.x3))
                ys.extend((step.y1, step.y2, step.y3))
            case Close():
                pass
            case _:
                assert_never(step)
    return min(xs), min(ys), max(xs), max(ys)


def _hatching(shape: Shape) -> Iterator[str]:
    """White lines over all of a shape's bounds. They run through the same places in neighbouring shapes."""
    left, bottom, right, top = bounds(shape.path)
    yield f"1 1 1 RG {number(HATCH_LINE)} w"
    match shape.pattern:
        case Pattern.RISING:
            yield from _slanted(left, bottom, right, top, 1)
        case Pattern.FALLING:
            yield from _slanted(left, bottom, right, top, -1)
        case Pattern.CROSSED:
            yield from _slanted(left, bottom, right, top, 1)
            yield from _slanted(left, bottom, right, top, -1)
        case Pattern.LEVEL:
            for y in _grid(bottom, top, HATCH_GAP):
                yield f"{number(left)} {number(y)} m {number(right)} {number(y)} l S"
        case Pattern.DOTTED:
            # Round ends of lines without length are dots.
            yield f"{number(_DOT)} w 1 J"
            for row, y in enumerate(_grid(bottom, top, HATCH_GAP)):
                shift = HATCH_GAP / 2 if row % 2 else 0.0
                for x in _grid(left - HATCH_GAP, right, HATCH_GAP):
                    yield f"{number(x + shift)} {number(y)} m {number(x + shift)} {number(y)} l S"
        case Pattern.PLAIN:
            pass
        case _:
            assert_never(shape.pattern)


def _slanted(left: float, bottom: float, right: float, top: float, slope: int) -> Iterator[str]:
    """Lines at 45° whose y - slope · x are multiples of the gap."""
    step = HATCH_GAP * 2**0.5
    corners = [y - slope * x for x in (left, right) for y in (bottom, top)]
    for offset in _grid(min(corners), max(corners), step):
        begin, end = offset + slope * left, offset + slope * right
        yield f"{number(left)} {number(begin)} m {number(right)} {number(end)} l S"


def _grid(low: float, high: float, step: float) -> Sequence[float]:
    """Multiples of a step from low to high."""
    first, last = int(low // step) + 1, int(high // step)
    return [step * n for n in range(first, last + 1)]
