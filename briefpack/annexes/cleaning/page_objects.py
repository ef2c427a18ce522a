"""What PDFium knows of the objects on a page, those in forms too: its texts, and the places of its pictures."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.annexes.geometry import Box, Matrix, moved, product

_DEEPEST = 12
"""Forms within forms."""


@dataclass(frozen=True, slots=True)
class TextObject:
    """A text object of a page. handle: as PDFium knows it. mode: how it is shown (ISO 32000-1, table 106). box: in page space."""

    handle: ctypes.c_void_p
    mode: int
    box: Box


@dataclass(frozen=True, slots=True)
class PageObjects:
    """texts: by address, in the order in which they are painted. pictures: their boxes in page space."""

    texts: dict[int, TextObject]
    pictures: list[Box]

    def share_of_pictures(self, page: pypdfium2.PdfPage) -> float:
        """Of the page's area that pictures cover, those that overlap counted twice."""
        left, bottom, right, top = (float(edge) for edge in page.get_mediabox())
        area = 0.0
        for x0, y0, x1, y1 in self.pictures:
            area += max(0.0, min(right, x1) - max(left, x0)) * max(0.0, min(top, y1) - max(bottom, y0))
        return area / max(1.0, (right - left) * (top - bottom))


def objects_of(page: pypdfium2.PdfPage) -> PageObjects:
    """The texts and pictures of a page; the handles are good as long as the page is open."""
    found = PageObjects({}, [])
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        _collect(pdfium.FPDFPage_GetObject(page, number), (1, 0, 0, 1, 0, 0), found, 0)
    return found


def address_of(handle: ctypes.c_void_p) -> int:
    """What tells one object of PDFium from another, whichever way it was come by."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _collect(handle: ctypes.c_void_p, above: Matrix, found: PageObjects, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind in {pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE}:
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(handle, *edges):
            return
        left, bottom, right, top = (edge.value for edge in edges)
        box = moved(above, (left, bottom, right, top))
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append(box)
        else:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
            found.texts[address_of(handle)] = TextObject(handle, mode, box)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(handle, own)
        matrix = product((own.a, own.b, own.c, own.d, own.e, own.f), above)
        for number in range(pdfium.FPDFFormObj_CountObjects(handle)):
            _collect(pdfium.FPDFFormObj_GetObject(handle, number), matrix, found, depth + 1)
