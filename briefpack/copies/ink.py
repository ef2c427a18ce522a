"""What is already painted on the pages of a pack: where there is white, and which pages have words across them. Seen by pdfium, as a reader sees it."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.annexes.geometry import Matrix, apply, product
from briefpack.copies.copy_mark import CopyError

_SHARP = 2.0
"""Pixels in a point: a hairline still leaves a grey that is no white."""
_MOST_PIXELS = 4096
"""Along the longer side of a page."""
_STRIP = 100.0
"""Points at the foot and at the head of a page that are looked at before all of it is."""
_PALE = 232
"""Grey, of 255, from which on something is as good as white: watermarks are, hairlines are not."""
_SEEN = bytes(b"01"[grey < _PALE] for grey in range(256))
_WHITE = re.compile("0+")
_LARGE = 24.0
"""Points from which on slanted words count as lying across a page; the words of charts are smaller."""
_SLANTED = 0.05
"""The least tangent of a slant: a scan that lies a little askew has none."""
_ALIKE = 0.8
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


@dataclass(frozen=True, slots=True)
class _Strip:
    """Rows of pixels, the lowest first, each a number with a bit for every pixel, the left one first. first: how many rows are below them."""

    rows: tuple[int, ...]
    first: int
    columns: int

    def painted(self, low: int, high: int) -> str:
        """Of every column, whether something is painted in these rows of the page: "1", or "0"."""
        together = 0
        for row in self.rows[max(low - self.first, 0) : max(high - self.first, 0)]:
            together |= row
        return f"{together:0{self.columns}b}"


class PageInk:
    """One page, upright as its reader sees it. width, height: in points. What is asked for is drawn: its foot, its head, or all of it."""

    def __init__(self, document: pypdfium2.PdfDocument, number: int, size: tuple[float, float]) -> None:
        """size: what the page measures in points."""
        self.width, self.height = size
        self._document, self._number = document, number
        self._strips: dict[str, _Strip] = {}
        page = _page_of(document, number)
        self._units = page.get_size()
        page.close()
        longer = max(self._units)
        if min(self._units) <= 0:
            raise _undrawable(number)
        # Pixels in a unit of the page, and in a point.
        self._sharp = min(_SHARP * max(size) / longer, _MOST_PIXELS / longer)
        self._scale = self._sharp * longer / max(size)

    def _strip(self, low: float, high: float) -> _Strip:
        """The smallest of three strips that has all between two heights."""
        if high <= _STRIP < self.height / 2:
            return self._drawn("foot", 0, self.height - _STRIP)
        if low >= self.height - _STRIP > self.height / 2:
            return self._drawn("head", self.height - _STRIP, 0)
        return self._drawn("all", 0, 0)

    def _drawn(self, name: str, below: float, above: float) -> _Strip:
        """A strip, drawn on first sight. below, above: what is left out, in points."""
        known = self._strips.get(name)
        if known is None:
            unit = max(self._units) / max(self.width, self.height)
            page = _page_of(self._document, self._number)
            bitmap = page.render(
                scale=self._sharp,
                grayscale=True,
                fill_color=(255, 255, 255, 255),
                crop=(0, below * unit, 0, above * unit),
            )
            raw = bytes(bitmap.buffer).translate(_SEEN)
            starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
            rows = [raw[at : at + bitmap.width] for at in starts]
            columns = bitmap.width
            bitmap.close()
            page.close()
            # Most rows are empty, and a number is made faster than it is read.
            made = tuple(int(row, 2) if b"1" in row else 0 for row in reversed(rows))
            known = self._strips[name] = _Strip(made, math.ceil(below * unit * self._sharp), columns)
        return known

    def _painted(self, low: float, high: float) -> str:
        return self._strip(low, high).painted(int(low * self._scale), int(high * self._scale) + 1)

    def _stretches(self, painted: str) -> list[tuple[float, float]]:
        return [
            (found.start() / self._scale, found.end() / self._scale) for found in _WHITE.finditer(painted)
        ]

    def free_across(self, low: float, high: float) -> list[tuple[float, float]]:
        """Where nothing is painted between two heights: stretches from left to right."""
        return self._stretches(self._painted(low, high))

    def free_upwards(self, left: float, right: float) -> list[tuple[float, float]]:
        """Where nothing is painted between two places across: stretches from the foot up."""
        page = self._drawn("all", 0, 0)
        first, last = max(int(left * self._scale), 0), min(int(right * self._scale) + 1, page.columns)
        asked = ((1 << (last - first)) - 1) << (page.columns - last)
        return self._stretches("".join("1" if row & asked else "0" for row in page.rows))

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
        """A page, to be looked at until this is closed. number: 0-based. size: in points, upright."""
        return PageInk(self._document, number, size)

    def words_across(self, number: int) -> Across | None:
        """The largest slanted words of a page, its own watermark; None where there are none. number: 0-based."""
        page = _page_of(self._document, number)
        try:
            return _together(list(_slanted(page)))
        finally:
            page.close()


def _together(found: Sequence[Across]) -> Across | None:
    """The largest of some words, with all that stand in a line with them: many programs paint each letter by itself."""
    if not found:
        return None
    main = max(found, key=lambda each: each.size)
    turn = math.radians(main.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    places = []
    for each in found:
        x, y = each.x - main.x, each.y - main.y
        alike = abs(each.angle - main.angle) < 1 and each.size > _ALIKE * main.size
        if alike and abs(y * cos - x * sin) < main.size / 2:
            places.append(x * cos + y * sin)
    middle = (min(places) + max(places)) / 2
    return replace(main, x=main.x + middle * cos, y=main.y + middle * sin)


def _page_of(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document[number]
    except pypdfium2.PdfiumError as error:
        raise _undrawable(number) from error


def _undrawable(number: int) -> CopyError:
    return CopyError(f"has a page that cannot be drawn: {number + 1}")


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
