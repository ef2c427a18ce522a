"""What is already painted on the pages of a pack: where there is white, and which pages have words across them. Seen by pdfium, as a reader sees it."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.annexes.geometry import Matrix, apply, product
from briefpack.copies.copy_mark import CopyError

_SHARP = 2.0
"""Pixels in a point: a hairline still leaves a grey that is no white."""
_MOST_PIXELS = 4096
"""Along the longer side of a page."""
_PALE = 232
"""Grey, of 255, from which on something is as good as white: watermarks are, hairlines are not."""
_SEEN = bytes(b"01"[grey < _PALE] for grey in range(256))
_WHITE = re.compile("0+")
_LARGE = 24.0
"""Points from which on slanted words count as lying across a page; the words of charts are smaller."""
_SLANTED = 0.05
"""The least tangent of a slant: a scan that lies a little askew has none."""
_AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
_DEEP = 8
"""Forms within forms that are looked into."""


@dataclass(frozen=True, slots=True)
class Across:
    """Words that lie across a page. x, y: their middle, angle: in degrees counter-clockwise, size: of their letters; all in page space (see geometry)."""

    x: float
    y: float
    angle: float
    size: float


class PageInk:
    """One page, upright as its reader sees it. width, height: in points. A row of pixels is a number, with a bit for each of them, the left one first."""

    def __init__(self, page: pypdfium2.PdfPage, size: tuple[float, float]) -> None:
        """size: what the page measures in points."""
        self.width, self.height = size
        units = max(page.get_size())
        scale = min(_SHARP * max(size) / units, _MOST_PIXELS / units)
        bitmap = page.render(scale=scale, grayscale=True, fill_color=(255, 255, 255, 255))
        try:
            raw = bytes(bitmap.buffer).translate(_SEEN)
            starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
            self._pixels = bitmap.width
            rows = (raw[at : at + bitmap.width] for at in starts)
            # Most rows are empty, and a number is made faster than it is read.
            self._rows = [int(row, 2) if b"1" in row else 0 for row in rows]
        finally:
            bitmap.close()
        self._scale = len(self._rows) / self.height

    def _painted(self, low: float, high: float) -> str:
        """Of every column, whether something is painted between two heights: "1", or "0"."""
        count = len(self._rows)
        first, last = count - high * self._scale, count - low * self._scale
        painted = 0
        for row in self._rows[max(int(first), 0) : min(int(last) + 1, count)]:
            painted |= row
        return f"{painted:0{self._pixels}b}"

    def _stretches(self, painted: str) -> list[tuple[float, float]]:
        return [
            (found.start() / self._scale, found.end() / self._scale) for found in _WHITE.finditer(painted)
        ]

    def free_across(self, low: float, high: float) -> list[tuple[float, float]]:
        """Where nothing is painted between two heights: stretches from left to right."""
        return self._stretches(self._painted(low, high))

    def free_upwards(self, left: float, right: float) -> list[tuple[float, float]]:
        """Where nothing is painted between two places across: stretches from the foot up."""
        first, last = max(int(left * self._scale), 0), min(int(right * self._scale) + 1, self._pixels)
        strip = ((1 << (last - first)) - 1) << (self._pixels - last)
        return self._stretches("".join("1" if row & strip else "0" for row in reversed(self._rows)))

    def extent(self, low: float, high: float) -> tuple[float, float] | None:
        """Left and right end of what is painted between two heights; None for nothing."""
        columns = self._painted(low, high)
        if "1" not in columns:
            return None
        return columns.index("1") / self._scale, (columns.rindex("1") + 1) / self._scale


class PackInk:
    """The pages of a file, one after the other. To be closed."""

    def __init__(self, content: bytes) -> None:
        """Raises CopyError for what pdfium cannot open."""
        try:
            self._document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise CopyError("cannot be drawn") from error

    def close(self) -> None:
        self._document.close()

    def page(self, number: int, size: tuple[float, float]) -> PageInk:
        """number: 0-based. size: in points, upright."""
        page = self._document[number]
        try:
            return PageInk(page, size)
        finally:
            page.close()

    def words_across(self, number: int) -> Across | None:
        """The largest slanted words of a page, its own watermark; None where there are none. number: 0-based."""
        page = self._document[number]
        try:
            return max(_slanted(page), key=lambda each: each.size, default=None)
        finally:
            page.close()


def _slanted(page: pypdfium2.PdfPage) -> Iterator[Across]:
    found = (
        pdfium.FPDFPage_GetObject(page.raw, number)
        for number in range(pdfium.FPDFPage_CountObjects(page.raw))
    )
    yield from _slanted_of(found, _AS_IT_IS, _DEEP)


def _slanted_of(objects: Iterable[Any], onto: Matrix, deep: int) -> Iterator[Across]:
    """Of page objects. onto: from their coordinates to those of the page. deep: how many forms are gone into."""
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and deep:
            count = pdfium.FPDFFormObj_CountObjects(item)
            inside = (pdfium.FPDFFormObj_GetObject(item, number) for number in range(count))
            yield from _slanted_of(inside, product(_matrix_of(item), onto), deep - 1)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            across = _across(item, onto)
            if across is not None:
                yield across


def _across(words: Any, onto: Matrix) -> Across | None:
    a, b, *_ = product(_matrix_of(words), onto)
    if min(abs(a), abs(b)) <= _SLANTED * max(abs(a), abs(b)):
        return None
    size, edges = ctypes.c_float(), [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFTextObj_GetFontSize(words, size) or not pdfium.FPDFPageObj_GetBounds(words, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    seen = size.value * math.hypot(a, b)
    middle = apply(onto, (left + right) / 2, (bottom + top) / 2)
    return Across(*middle, math.degrees(math.atan2(b, a)), seen) if seen >= _LARGE else None


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _AS_IT_IS
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
