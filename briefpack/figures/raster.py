"""A Drawing → pixels, for programs that show no vectors: its shapes and the outlines of its words, drawn by pdfium; always the same bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from math import cos, radians, sin
from typing import assert_never

from briefpack.document import ImageData
from briefpack.drawing import Drawing, Shape, Words
from briefpack.figures.metrics import Ruler
from briefpack.figures.operators import number, path_operators, shape_operators, tint
from briefpack.style import Style

DPI = 220
"""Pixels per inch: sharp in print, and no larger than Word keeps pictures by default."""
_MOST_PIXELS = 40_000_000
_POINTS_PER_INCH = 72
_INCHES_PER_METRE = 39.3701


def raster(drawing: Drawing, style: Style, dpi: float = DPI) -> ImageData:
    """A PNG of the drawing on white; of fewer pixels per inch where there would be more than 40 million pixels."""
    inches = drawing.width * drawing.height / _POINTS_PER_INCH**2
    dpi = min(dpi, (_MOST_PIXELS / max(inches, 1e-6)) ** 0.5)
    operators = "\n".join(_operators(drawing, Ruler(style)))
    return _rendered(operators, drawing.width, drawing.height, dpi)


def _operators(drawing: Drawing, ruler: Ruler) -> Iterator[str]:
    for mark in drawing.marks:
        match mark:
            case Shape():
                yield from shape_operators(mark)
            case Words():
                letters = path_operators(ruler.outlines(mark))
                if letters:
                    yield f"q {tint(mark.colour)} rg {turned(mark)}{letters} f Q"
            case _:
                assert_never(mark)


def turned(words: Words) -> str:
    """The operator that turns what follows about the place of words; "" where they are level."""
    if not words.angle:
        return ""
    c, s = cos(radians(words.angle)), sin(radians(words.angle))
    x, y = words.x, words.y
    shifted = (x - c * x + s * y, y - s * x - c * y)
    return f"{c:.6f} {s:.6f} {-s:.6f} {c:.6f} {number(shifted[0])} {number(shifted[1])} cm "


# Word shows every picture once, but a pack is built for several audiences.
@lru_cache(maxsize=32)
def _rendered(operators: str, width: float, height: float, dpi: float) -> ImageData:
    import pypdfium2  # noqa: PLC0415  a pack without figures does not need it

    document = pypdfium2.PdfDocument(_one_page(operators, width, height))
    try:
        bitmap = document[0].render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, draw_annots=False)
        rows = _rows(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
        wide, high = bitmap.width, bitmap.height
    finally:
        document.close()
    return ImageData(_png(rows, wide, high, dpi), "png", wide, high, dpi)


def _one_page(operators: str, width: float, height: float) -> bytes:
    """A PDF of one page with nothing but these operators."""
    content = operators.encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {number(width)} {number(height)}]/Resources<<>>/Contents 4 0 R>>".encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    ]
    body = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for index, entry in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (index, entry)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        body += b"%010d 00000 n \n" % place
    body += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(body)


def _rows(pixels: bytes, width: int, height: int, stride: int, channels: int) -> list[bytes]:
    """The rows of pixels as RGB, without what stands beside them."""
    rows = [pixels[stride * y : stride * y + channels * width] for y in range(height)]
    if channels == 3:
        return rows
    return [b"".join(row[at : at + 3] for at in range(0, len(row), channels)) for row in rows]


def _png(rows: list[bytes], width: int, height: int, dpi: float) -> bytes:
    """PNG, third edition: 8 bits of RGB. Rows that repeat the one above are packed best by the filter Up (2)."""
    packed = bytearray()
    before = bytes(3 * width)
    for row in rows:
        # A row as it is packs well unless it is like the one above.
        packed += b"\x02" + bytes(3 * width) if row == before else b"\x00" + row
        before = row
    metre = round(dpi * _INCHES_PER_METRE)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1)),
            _chunk(b"IDAT", zlib.compress(bytes(packed), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
