"""Which text of a file no reader sees, told by looking: every page is drawn twice by PDFium, as it is and without its text, and where the
two pictures are alike, the text that stands there is not seen.

So it does not matter how a text was hidden: in an invisible mode, white on white, beneath a box or a picture, in glyphs that draw
nothing. What lies off the page and what is too small to be read is found by its place and size.
"""

from __future__ import annotations

import ctypes
import math
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.annexes.geometry import Matrix, product
from briefpack.pixels import Raster, contrast, differing, has_gap, is_drawn

LONGEST = 30.0
"""Seconds of work on one file, so that large annexes stay within the time an annex may take; pages that are left are told of."""
_PAGE_COSTS = 0.004
"""Seconds by which it is less for every page, since all else that is done with the page takes its time, too."""
_ALWAYS = 1 / 3
"""The share of it that is left in any case."""
LARGEST = 1_000
"""Pixels of the longer side of a page that is looked at."""
_SCALE = 1.25
"""Pixels a point: 90 dpi."""
LEAST = 8
"""Of 255, by which a pixel must change with the text to be seen: light grey on white (#f7f7f7) is not."""
SMALLEST = 2.0
"""Points of a font's size; half a millimetre is below what can be read on paper."""
LARGE = 36.0
"""Points; larger letters of a word that is seen in part are a watermark or an ornament behind what is on them."""
_LONG_GAP = 1.5
"""Of the height of a line’s letters: about two of them; words stand closer in one run of text."""
_LEAST_LETTERS = 3
_CELL = 4.0
"""Points; of the grid by which texts on each other are found."""
_MOST_CELLS = 2_000
_MOST_TRIED = 20
"""Texts that are drawn alone to see whether there are glyphs of a font."""
_DEEPEST = 12
"""Forms within forms."""
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_CLIPS = pdfium.FPDF_TEXTRENDERMODE_CLIP
_EVEN = 24
"""Of 255: contrast below which an area shows nothing."""
_SCAN = 0.5
"""Share of a page that pictures cover when it is a scan."""


_Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_Pixels: TypeAlias = tuple[int, int, int, int]
"""Left, upper, right, lower, of a picture."""


class Hiding(Enum):
    """How a text is hidden. LAYER: it is the text of a scan, recognised and laid beneath what is seen there."""

    UNSEEN = "unseen"
    INVISIBLE = "invisible"
    OUTSIDE = "outside"
    TINY = "tiny"
    LAYER = "layer"


@dataclass(frozen=True, slots=True)
class HiddenText:
    """page: 0-based. words: one line of what is hidden there, in its order."""

    page: int
    hiding: Hiding
    words: str


@dataclass(slots=True)
class Looked:
    """scans: pages (0-based) that show a picture and have no text at all. unlooked: pages that were too many to be looked at."""

    hidden: list[HiddenText] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    unlooked: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text object of a page. mode: how it is shown (ISO 32000-1, table 106). box: in page space."""

    handle: ctypes.c_void_p
    mode: int
    box: _Box


@dataclass(frozen=True, slots=True)
class _Objects:
    """texts: by address, in the order in which they are painted. pictures: their boxes in page space."""

    texts: dict[int, _Text]
    pictures: list[_Box]


def look_for_hidden(path: Path, pages: Collection[int] | None = None) -> Looked:
    """Look at the pages of a clean file, whose pages have what is seen as their MediaBox.

    pages: 0-based, None for all.
    """
    found = Looked()
    document = pypdfium2.PdfDocument(path)
    try:
        began = time.process_time()
        longest = max(LONGEST * _ALWAYS, LONGEST - _PAGE_COSTS * len(document))
        for index in range(len(document)) if pages is None else sorted(pages):
            if time.process_time() - began > longest:
                found.unlooked.append(index)
                continue
            page = document[index]
            try:
                _look(page, index, found)
            finally:
                page.close()
    finally:
        document.close()
    return found


def _look(page: pypdfium2.PdfPage, index: int, found: Looked) -> None:
    text = page.get_textpage()
    try:
        count = text.count_chars()
        objects = _objects_of(page)
        if count <= 0 or not objects.texts:
            if not objects.texts and _share(page, objects.pictures) >= _SCAN:
                found.scans.append(index)
            return
        page_look = _Page(page, text, objects)
        found.hidden += [HiddenText(index, hiding, words) for hiding, words in page_look.hidden()]
    finally:
        text.close()


def _objects_of(page: pypdfium2.PdfPage) -> _Objects:
    found = _Objects({}, [])
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        _collect(pdfium.FPDFPage_GetObject(page, number), (1, 0, 0, 1, 0, 0), found, 0)
    return found


def _collect(handle: ctypes.c_void_p, above: Matrix, found: _Objects, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind in {pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE}:
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(handle, *edges):
            return
        left, bottom, right, top = (edge.value for edge in edges)
        box = _moved(above, left, bottom, right, top)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append(box)
        else:
            found.texts[_address(handle)] = _Text(handle, pdfium.FPDFTextObj_GetTextRenderMode(handle), box)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(handle, own)
        matrix = product((own.a, own.b, own.c, own.d, own.e, own.f), above)
        for number in range(pdfium.FPDFFormObj_CountObjects(handle)):
            _collect(pdfium.FPDFFormObj_GetObject(handle, number), matrix, found, depth + 1)


def _address(handle: ctypes.c_void_p) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _moved(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> _Box:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def _share(page: pypdfium2.PdfPage, pictures: Sequence[_Box]) -> float:
    """Of the page's area that pictures cover, those that overlap counted twice."""
    left, bottom, right, top = (float(edge) for edge in page.get_mediabox())
    area = 0.0
    for x0, y0, x1, y1 in pictures:
        area += max(0.0, min(right, x1) - max(left, x0)) * max(0.0, min(top, y1) - max(bottom, y0))
    return area / max(1.0, (right - left) * (top - bottom))


class _Page:
    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, objects: _Objects) -> None:
        self._page, self._text, self._objects = page, text, objects
        self._scale = min(_SCALE, LARGEST / max(page.get_size()))
        self._whole = self._drawn()
        self._width, self._height = self._whole.size
        self._is_scan = _share(page, objects.pictures) >= _SCAN
        self._marks = self._marks_of(objects.texts)
        below = self._below()
        self._below_marks = self._marks_of(below) if below else self._marks
        self._under = below
        self._drawable: dict[int, bool] = {}

    def _marks_of(self, texts: Iterable[int]) -> Raster:
        """Where the page looks different without these texts."""
        chosen = [self._objects.texts[address] for address in texts]
        for text in chosen:
            pdfium.FPDFTextObj_SetTextRenderMode(text.handle, _INVISIBLE)
        try:
            return differing(self._whole, self._drawn(), LEAST)
        finally:
            for text in chosen:
                pdfium.FPDFTextObj_SetTextRenderMode(text.handle, text.mode)

    def _below(self) -> set[int]:
        """Texts on which another text is painted later: there that one is seen, whether they are seen or not."""
        taken: dict[tuple[int, int], int] = {}
        pairs: set[tuple[int, int]] = set()
        for address, text in self._objects.texts.items():
            left, bottom, right, top = text.box
            # The middle of the line, without its ends: lines and words that only touch are not on each other.
            row = int((bottom + top) / 2 / _CELL)
            for column in range(
                int(left / _CELL) + 1, min(int(right / _CELL), int(left / _CELL) + _MOST_CELLS)
            ):
                before = taken.get((column, row))
                if before is not None and before != address:
                    pairs.add((before, address))
                taken[column, row] = address
        return {before for before, after in pairs if not self._same(before, after)}

    def _same(self, one: int, other: int) -> bool:
        """Whether two texts say the same: bold letters and shadows are made so."""
        words, others = self._words_of(one), self._words_of(other)
        return words in others or others in words

    def _words_of(self, address: int) -> str:
        handle = self._objects.texts[address].handle
        size = pdfium.FPDFTextObj_GetText(handle, self._text, None, 0)
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        pdfium.FPDFTextObj_GetText(handle, self._text, buffer, size)
        return "".join(bytes(buffer).decode("utf-16-le", "replace").replace("\0", "").split())

    def _drawn(self) -> Raster:
        bitmap = self._page.render(scale=self._scale, may_draw_forms=False, rev_byteorder=True)
        try:
            seen: Raster = bitmap.to_pil()
            return seen if seen.mode == "RGB" else seen.convert("RGB")
        finally:
            bitmap.close()

    def hidden(self) -> Iterator[tuple[Hiding, str]]:
        """Each stretch of text that is not seen, in the order of the file."""
        suspects = self._suspects()
        if suspects == []:
            return
        hiding: Hiding | None = None
        words: list[str] = []
        for index in range(self._text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(self._text, index) or 0xFFFD)
            if not letter.isalnum():
                if words:
                    words.append(letter if letter.isprintable() else " ")
                continue
            how = self._hiding(index, suspects)
            if how != hiding:
                yield from _stretch(hiding, words)
                hiding, words = how, []
            if how is not None:
                words.append(letter)
        yield from _stretch(hiding, words)

    def _suspects(self) -> list[_Box] | None:
        """The places of text that must be looked at letter by letter; None for all of the page."""
        if self._under or any(text.mode >= _INVISIBLE for text in self._objects.texts.values()):
            return None
        found: list[_Box] = []
        edges = [ctypes.c_double() for _ in range(4)]
        for number in range(pdfium.FPDFText_CountRects(self._text, 0, -1)):
            if not pdfium.FPDFText_GetRect(self._text, number, *edges):
                continue
            left, top, right, bottom = (edge.value for edge in edges)
            box = self._box(left, bottom, right, top)
            if box is None:
                return None
            height = min(box[2] - box[0], box[3] - box[1])
            low = height < SMALLEST * self._scale + 3
            if (low or has_gap(self._marks, box, max(4, _LONG_GAP * height))) and self._says(
                left, bottom, right, top
            ):
                found.append((left, bottom, right, top))
        return found

    def _says(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether letters stand in a place, and not only dots that lead to a page number."""
        words = self._text.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
        return sum(map(str.isalnum, words)) >= _LEAST_LETTERS

    def _box(self, left: float, bottom: float, right: float, top: float) -> _Pixels | None:
        """Of a place in page space the pixels, with one more on each side; None when it is off the page."""
        x, y = ctypes.c_int(), ctypes.c_int()
        corners = []
        for across, up in ((left, bottom), (right, top)):
            pdfium.FPDF_PageToDevice(self._page, 0, 0, self._width, self._height, 0, across, up, x, y)
            corners.append((x.value, y.value))
        (x0, y0), (x1, y1) = corners
        box = (
            max(0, min(x0, x1) - 1),
            max(0, min(y0, y1) - 1),
            min(self._width, max(x0, x1) + 2),
            min(self._height, max(y0, y1) + 2),
        )
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _hiding(self, index: int, suspects: list[_Box] | None) -> Hiding | None:
        edges = [ctypes.c_double() for _ in range(4)]
        if not pdfium.FPDFText_GetCharBox(self._text, index, *edges):
            return None
        left, right, bottom, top = (edge.value for edge in edges)
        if suspects is not None and not any(
            _meet((left, bottom, right, top), suspect) for suspect in suspects
        ):
            return None
        box = self._box(left, bottom, right, top)
        if box is None:
            return Hiding.OUTSIDE
        handle = pdfium.FPDFText_GetTextObject(self._text, index)
        if not handle:
            return None
        address = _address(handle)
        if address not in self._objects.texts:
            return None
        mode = self._objects.texts[address].mode
        if mode == _CLIPS:
            return None if contrast(self._whole, box) > _EVEN else Hiding.INVISIBLE
        seen = mode != _INVISIBLE and is_drawn(
            self._below_marks if address in self._under else self._marks, box
        )
        if seen:
            return Hiding.TINY if self._size_of(index) < SMALLEST else None
        if self._is_scan and contrast(self._whole, box) > _EVEN:
            return Hiding.LAYER
        if mode == _INVISIBLE:
            return Hiding.INVISIBLE
        if not self._has_glyphs(handle) or (self._size_of(index) > LARGE and self._is_partly_seen(address)):
            return None
        return Hiding.UNSEEN

    def _size_of(self, index: int) -> float:
        """The size of a letter's font on the page; points."""
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._text, index, matrix):
            return SMALLEST
        size: float = pdfium.FPDFText_GetFontSize(self._text, index)
        return size * math.hypot(matrix.c, matrix.d)

    def _is_partly_seen(self, address: int) -> bool:
        box = self._box(*self._objects.texts[address].box)
        return box is not None and is_drawn(self._marks, box)

    def _has_glyphs(self, handle: ctypes.c_void_p) -> bool:
        """Whether PDFium has the font's glyphs; for some fonts that are not in the file it has none, and other readers may."""
        font = pdfium.FPDFTextObj_GetFont(handle)
        if pdfium.FPDFFont_GetIsEmbedded(font):
            return True
        key = _address(font)
        if key not in self._drawable:
            set_in_it = [
                address
                for address, text in self._objects.texts.items()
                if _address(pdfium.FPDFTextObj_GetFont(text.handle)) == key
            ]
            self._drawable[key] = any(map(self._is_partly_seen, set_in_it)) or any(
                self._draws(self._objects.texts[address].handle) for address in set_in_it[:_MOST_TRIED]
            )
        return self._drawable[key]

    def _draws(self, handle: ctypes.c_void_p) -> bool:
        alone = pdfium.FPDFTextObj_GetRenderedBitmap(self._page.pdf, self._page, handle, self._scale)
        if not alone:
            return False
        try:
            size = pdfium.FPDFBitmap_GetStride(alone) * pdfium.FPDFBitmap_GetHeight(alone)
            pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(alone), size)
            # Blue, green, red, and last how much of it there is.
            return pixels[3::4].strip(b"\0") != b""
        finally:
            pdfium.FPDFBitmap_Destroy(alone)


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _stretch(hiding: Hiding | None, words: list[str]) -> Iterator[tuple[Hiding, str]]:
    if hiding is not None and sum(letter.isalnum() for letter in words) >= _LEAST_LETTERS:
        yield hiding, " ".join("".join(words).split())
