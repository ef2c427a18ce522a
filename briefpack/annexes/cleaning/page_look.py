"""One page as PDFium draws it, with its text and without: where text is seen, and whether its letters have glyphs."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.annexes.cleaning.page_objects import PageObjects, address_of
from briefpack.pixels import Raster, contrast, differing, has_gap, is_drawn

LARGEST = 1_000
"""Pixels of the longer side of a page that is looked at."""
_SCALE = 1.25
"""Pixels a point: 90 dpi."""
LEAST = 8
"""Of 255, by which a pixel must change with the text to be seen: light grey on white (#f7f7f7) is not."""
_CELL = 4.0
"""Points; of the grid by which texts on each other are found."""
_MOST_CELLS = 2_000
_MOST_TRIED = 20
"""Texts that are drawn alone to see whether there are glyphs of a font."""
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_EVEN = 24
"""Of 255: contrast below which an area shows nothing."""

Pixels: TypeAlias = tuple[int, int, int, int]
"""Left, upper, right, lower, of the picture of a page."""


class PageLook:
    """The pictures of a page. text: of the page. objects: of the page, which has texts. scale: pixels a point.

    overlaid: by address, the texts on which another is painted, so that the page looks different with and without it in any case.
    """

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, objects: PageObjects) -> None:
        self._page, self._text, self._objects = page, text, objects
        self.scale = min(_SCALE, LARGEST / max(page.get_size()))
        self._whole = self._drawn()
        self._width, self._height = self._whole.size
        self._marks = self._marks_of(objects.texts)
        self.overlaid = self._below()
        self._below_marks = self._marks_of(self.overlaid) if self.overlaid else self._marks
        self._drawable: dict[int, bool] = {}

    def box(self, left: float, bottom: float, right: float, top: float) -> Pixels | None:
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

    def shows(self, box: Pixels) -> bool:
        """Whether there is anything to be seen in a place, text or not."""
        return contrast(self._whole, box) > _EVEN

    def has_text(self, box: Pixels, address: int) -> bool:
        """Whether a text, by its address, is seen in a place."""
        return is_drawn(self._below_marks if address in self.overlaid else self._marks, box)

    def has_gap(self, box: Pixels, longest: float) -> bool:
        """Whether no text is seen over more than longest pixels of a place's longer side."""
        return has_gap(self._marks, box, longest)

    def is_partly_seen(self, address: int) -> bool:
        """Whether anything is seen where a text stands, by its address."""
        box = self.box(*self._objects.texts[address].box)
        return box is not None and is_drawn(self._marks, box)

    def has_glyphs(self, handle: ctypes.c_void_p) -> bool:
        """Whether PDFium has the font's glyphs; for some fonts that are not in the file it has none, and other readers may."""
        font = pdfium.FPDFTextObj_GetFont(handle)
        if pdfium.FPDFFont_GetIsEmbedded(font):
            return True
        key = address_of(font)
        if key not in self._drawable:
            set_in_it = [
                address
                for address, text in self._objects.texts.items()
                if address_of(pdfium.FPDFTextObj_GetFont(text.handle)) == key
            ]
            self._drawable[key] = any(map(self.is_partly_seen, set_in_it)) or any(
                self._draws(self._objects.texts[address].handle) for address in set_in_it[:_MOST_TRIED]
            )
        return self._drawable[key]

    def _draws(self, handle: ctypes.c_void_p) -> bool:
        alone = pdfium.FPDFTextObj_GetRenderedBitmap(self._page.pdf, self._page, handle, self.scale)
        if not alone:
            return False
        try:
            size = pdfium.FPDFBitmap_GetStride(alone) * pdfium.FPDFBitmap_GetHeight(alone)
            pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(alone), size)
            # Blue, green, red, and last how much of it there is.
            return pixels[3::4].strip(b"\0") != b""
        finally:
            pdfium.FPDFBitmap_Destroy(alone)

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
        bitmap = self._page.render(scale=self.scale, may_draw_forms=False, rev_byteorder=True)
        try:
            seen: Raster = bitmap.to_pil()
            return seen if seen.mode == "RGB" else seen.convert("RGB")
        finally:
            bitmap.close()
