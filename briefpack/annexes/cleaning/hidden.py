"""Which text of a file no reader sees, told by looking: every page is drawn twice by PDFium, as it is and without its text, and where the
two pictures are alike, the text that stands there is not seen.

So it does not matter how a text was hidden: in an invisible mode, white on white, beneath a box or a picture, in glyphs that draw
nothing. What lies off the page and what is too small to be read is found by its place and size.
"""

from __future__ import annotations

import ctypes
import math
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.annexes.cleaning.page_look import PageLook
from briefpack.annexes.cleaning.page_objects import PageObjects, address_of, objects_of
from briefpack.annexes.geometry import Box

LONGEST = 30.0
"""Seconds of work on one file, so that large annexes stay within the time an annex may take; pages that are left are told of."""
_PAGE_COSTS = 0.004
"""Seconds by which it is less for every page, since all else that is done with the page takes its time, too."""
_ALWAYS = 1 / 3
"""The share of it that is left in any case."""
SMALLEST = 2.0
"""Points of a font's size; half a millimetre is below what can be read on paper."""
LARGE = 36.0
"""Points; larger letters of a word that is seen in part are a watermark or an ornament behind what is on them."""
_LONG_GAP = 1.5
"""Of the height of a line’s letters: about two of them; words stand closer in one run of text."""
_LEAST_LETTERS = 3
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_CLIPS = pdfium.FPDF_TEXTRENDERMODE_CLIP
_SCAN = 0.5
"""Share of a page that pictures cover when it is a scan."""


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
        objects = objects_of(page)
        if count <= 0 or not objects.texts:
            if not objects.texts and objects.share_of_pictures(page) >= _SCAN:
                found.scans.append(index)
            return
        hidden = _Letters(page, text, objects).hidden()
        found.hidden += [HiddenText(index, hiding, words) for hiding, words in hidden]
    finally:
        text.close()


class _Letters:
    """The letters of a page, each looked for in its pictures."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, objects: PageObjects) -> None:
        self._text, self._objects = text, objects
        self._look = PageLook(page, text, objects)
        self._is_scan = objects.share_of_pictures(page) >= _SCAN

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

    def _suspects(self) -> list[Box] | None:
        """The places of text that must be looked at letter by letter; None for all of the page."""
        if self._look.overlaid or any(text.mode >= _INVISIBLE for text in self._objects.texts.values()):
            return None
        found: list[Box] = []
        edges = [ctypes.c_double() for _ in range(4)]
        for number in range(pdfium.FPDFText_CountRects(self._text, 0, -1)):
            if not pdfium.FPDFText_GetRect(self._text, number, *edges):
                continue
            left, top, right, bottom = (edge.value for edge in edges)
            box = self._look.box(left, bottom, right, top)
            if box is None:
                return None
            height = min(box[2] - box[0], box[3] - box[1])
            low = height < SMALLEST * self._look.scale + 3
            if (low or self._look.has_gap(box, max(4, _LONG_GAP * height))) and self._says(
                left, bottom, right, top
            ):
                found.append((left, bottom, right, top))
        return found

    def _says(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether letters stand in a place, and not only dots that lead to a page number."""
        words = self._text.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
        return sum(map(str.isalnum, words)) >= _LEAST_LETTERS

    def _hiding(self, index: int, suspects: list[Box] | None) -> Hiding | None:
        edges = [ctypes.c_double() for _ in range(4)]
        if not pdfium.FPDFText_GetCharBox(self._text, index, *edges):
            return None
        left, right, bottom, top = (edge.value for edge in edges)
        if suspects is not None and not any(
            _meet((left, bottom, right, top), suspect) for suspect in suspects
        ):
            return None
        box = self._look.box(left, bottom, right, top)
        if box is None:
            return Hiding.OUTSIDE
        handle = pdfium.FPDFText_GetTextObject(self._text, index)
        if not handle:
            return None
        address = address_of(handle)
        if address not in self._objects.texts:
            return None
        mode = self._objects.texts[address].mode
        if mode == _CLIPS:
            return None if self._look.shows(box) else Hiding.INVISIBLE
        if mode != _INVISIBLE and self._look.has_text(box, address):
            return Hiding.TINY if self._size_of(index) < SMALLEST else None
        if self._is_scan and self._look.shows(box):
            return Hiding.LAYER
        if mode == _INVISIBLE:
            return Hiding.INVISIBLE
        if not self._look.has_glyphs(handle) or (
            self._size_of(index) > LARGE and self._look.is_partly_seen(address)
        ):
            return None
        return Hiding.UNSEEN

    def _size_of(self, index: int) -> float:
        """The size of a letter's font on the page; points."""
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._text, index, matrix):
            return SMALLEST
        size: float = pdfium.FPDFText_GetFontSize(self._text, index)
        return size * math.hypot(matrix.c, matrix.d)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _stretch(hiding: Hiding | None, words: list[str]) -> Iterator[tuple[Hiding, str]]:
    if hiding is not None and sum(letter.isalnum() for letter in words) >= _LEAST_LETTERS:
        yield hiding, " ".join("".join(words).split())
