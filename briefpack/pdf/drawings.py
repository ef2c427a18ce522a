"""Drawings on a page: shapes as they are, words in the faces of the pack's other text, so that their fonts are embedded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from briefpack.drawing import Anchoring, Drawing, Shape, Words
from briefpack.figures.operators import number, shape_operators, tint
from briefpack.figures.raster import turned
from briefpack.pdf.canvas import PageCanvas
from briefpack.pdf.fonts import PdfDocument
from briefpack.pdf.text import Typesetter

_SHARES = {Anchoring.START: 0.0, Anchoring.MIDDLE: 0.5, Anchoring.END: 1.0}


def paint(
    canvas: PageCanvas,
    drawing: Drawing,
    left: float,
    bottom: float,
    *,
    width: float,
    height: float,
    setter: Typesetter,
) -> None:
    """Paint a drawing into a rectangle, inside the content or the artifact that is open."""
    across, up = width / drawing.width, height / drawing.height
    lines = [f"q {across:.6g} 0 0 {up:.6g} {number(left)} {number(bottom)} cm"]
    for mark in drawing.marks:
        match mark:
            case Shape():
                lines.extend(shape_operators(mark))
            case Words():
                lines.extend(_words(mark, setter, canvas.pdf))
            case _:
                assert_never(mark)
    lines.append("Q")
    canvas.write("\n".join(lines))


def _words(words: Words, setter: Typesetter, pdf: PdfDocument) -> Iterator[str]:
    """A text object: the runs of one line, each in the face that has its characters."""
    family = words.font or setter.style.text["chart"].font
    face = setter.faces.face(family, bold=words.bold, italic=words.italic)
    runs = [(setter.faces.sized(one, words.size), part) for one, part in face.divide(words.text)]
    if not runs:
        return
    x = words.x - _SHARES[words.anchoring] * sum(
        sized.face.width_with_gaps(part) * words.size for sized, part in runs
    )
    yield f"q {turned(words)}BT {tint(words.colour)} rg 1 0 0 1 {number(x)} {number(words.y)} Tm"
    for sized, part in runs:
        codes = sized.codes(pdf)
        yield f"{codes.select} ({codes[part]}) Tj"
    yield "ET Q"
