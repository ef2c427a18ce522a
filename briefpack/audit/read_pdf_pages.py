"""The text of a PDF's pages as pdfium reads it, as viewers that are built on it search and copy it; what is drawn is not looked at, so white and unseen text is there, too."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from pypdfium2 import raw

HYPHEN = "\u00ad"
_SAID_ANEW = str.maketrans({"\ufffe": HYPHEN, "\x02": HYPHEN, "\r": None})
"""pdfium has a noncharacter (or STX) where a hyphen ends a line, and line ends of two characters."""


class NoPagesError(Exception):
    """pdfium opens no pages. The message goes on after the file's name: "needs a password"."""


@contextmanager
def opened(content: bytes, passwords: tuple[str, ...] = ()) -> Iterator[pypdfium2.PdfDocument]:
    """The document. Raises NoPagesError."""
    document = None
    for password in (None, *passwords):
        try:
            document = pypdfium2.PdfDocument(content, password=password)
            break
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
            if not locked:
                raise NoPagesError("cannot be opened by pdfium") from None
    if document is None:
        raise NoPagesError("needs a password to be read")
    try:
        yield document
    finally:
        document.close()


def text_of_page(document: pypdfium2.PdfDocument, index: int) -> str | None:
    """All text of a page, in the order in which pdfium reads it; a line a line. None when the page cannot be loaded."""
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        return None
    try:
        text = raw.FPDFText_LoadPage(page)
        if not text:
            return None
        try:
            count = raw.FPDFText_CountChars(text)
            if count <= 0:
                return ""
            buffer = (ctypes.c_ushort * (count + 1))()
            written = raw.FPDFText_GetText(text, 0, count, buffer)
            said = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
            return said.translate(_SAID_ANEW)
        finally:
            raw.FPDFText_ClosePage(text)
    finally:
        raw.FPDF_ClosePage(page)
