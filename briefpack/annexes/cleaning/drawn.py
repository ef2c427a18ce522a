"""Pages as PDFium draws them: small and grey to be compared, large and in colour to take the place of what nobody can copy."""

from __future__ import annotations

import ctypes
import io
import zlib

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Page, Pdf

from briefpack.annexes.cleaning.refusal import unable
from briefpack.annexes.raw import Source

_SMALL = 320
"""Pixels of the longer side."""
_LARGE = 150 / 72
"""Pixels a point."""
_MOST_PIXELS = 5_000
"""Of a side."""
_KEPT = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP})


class Drawn:
    """A page in grey. pixels: rows of width bytes, without gaps. apart: boxes in pixels, left, top, right, bottom, of what lies on the page
    and not in it."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        scale = _SMALL / max(*page.get_size(), 1)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        self.width: int = bitmap.width
        self.height: int = bitmap.height
        rows = bytes(bitmap.buffer)
        self.pixels = b"".join(
            rows[at : at + self.width] for at in range(0, bitmap.stride * self.height, bitmap.stride)
        )
        bitmap.close()
        self.apart = [self._box(page, index) for index in range(pdfium.FPDFPage_GetAnnotCount(page))]

    def _box(self, page: pypdfium2.PdfPage, index: int) -> tuple[int, int, int, int]:
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        rect = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(annotation, rect)
        pdfium.FPDFPage_CloseAnnot(annotation)
        corners = [self._pixel(page, x, y) for x in (rect.left, rect.right) for y in (rect.bottom, rect.top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs) - 2, min(ys) - 2, max(xs) + 3, max(ys) + 3

    def _pixel(self, page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, self.width, self.height, 0, x, y, across, down)
        return across.value, down.value


def pictures_of(source: Source, password: str) -> Pdf:
    """A document of pictures of the pages of a file, form fields and stamps in them, comments left out. Raises Unable."""
    try:
        original = pypdfium2.PdfDocument(source, password=password or None)
    except pypdfium2.PdfiumError:
        raise unable("no PDF reader here can open it") from None
    made = Pdf.new()
    try:
        original.init_forms()
        for index in range(len(original)):
            _draw(original[index], made)
    except pypdfium2.PdfiumError:
        raise unable("no PDF reader here can draw all of its pages") from None
    finally:
        original.close()
    return _reopened(made)


def _draw(page: pypdfium2.PdfPage, made: Pdf) -> None:
    width, height = page.get_size()
    if min(width, height) <= 0:
        raise unable("a page of it has no size")
    for index in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in _KEPT:
            pdfium.FPDFPage_RemoveAnnot(page, index)
    bitmap = page.render(
        scale=min(_LARGE, _MOST_PIXELS / max(width, height)), rev_byteorder=True, prefer_bgrx=False
    )
    row, rows = bitmap.width * bitmap.n_channels, bytes(bitmap.buffer)
    pixels = b"".join(rows[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    picture = made.make_stream(
        zlib.compress(pixels),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=bitmap.width,
        Height=bitmap.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB if bitmap.n_channels == 3 else Name.DeviceGray,
        Filter=Name.FlateDecode,
    )
    bitmap.close()
    page.close()
    made.pages.append(
        Page(
            made.make_indirect(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
                    Resources=Dictionary(XObject=Dictionary(Picture=picture)),
                    Contents=made.make_stream(f"{width:.2f} 0 0 {height:.2f} 0 0 cm /Picture Do".encode()),
                )
            )
        )
    )


def _reopened(made: Pdf) -> Pdf:
    # As any other source: what is made in memory has no numbers yet by which its objects are known.
    content = io.BytesIO()
    made.save(content, deterministic_id=True)
    made.close()
    content.seek(0)
    return Pdf.open(content)
