"""The text of a PDF's pages as pdfium reads it, as viewers that are built on it search and copy it; what is drawn is not looked at, so white and unseen text is there, too."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import pypdfium2
from pypdfium2 import raw

HYPHEN = "\u00ad"


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
            if getattr(error, "err_code", None) != raw.FPDF_ERR_PASSWORD:
                raise NoPagesError("cannot be opened by pdfium") from None
    if document is None:
        raise NoPagesError("need a password to be read")
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
            # Lines end in two characters, and where a hyphen ends one, pdfium has a noncharacter (or STX).
            return said.replace("\r", "").replace("\ufffe", HYPHEN).replace("\x02", HYPHEN)
        finally:
            raw.FPDFText_ClosePage(text)
    finally:
        raw.FPDF_ClosePage(page)


class Beside:
    """Reads pages in a thread, since pdfium needs no interpreter for most of its work. It is the only one that may use pdfium meanwhile.

    Without `allowed` it does nothing. give() hands it the number of a page; texts has what it found when the block ends: None for a page that cannot be loaded. fault: why there are none.
    """

    def __init__(self, content: bytes, passwords: tuple[str, ...] = (), *, allowed: bool = True) -> None:
        self.texts: dict[int, str | None] = {}
        self.count = 0
        self.fault = ""
        self._allowed = allowed
        self._content = content
        self._passwords = passwords
        self._queue: SimpleQueue[int | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="pdfium", daemon=True)

    def __enter__(self) -> Self:
        if self._allowed:
            self._thread.start()
        return self

    def give(self, index: int) -> None:
        self._queue.put(index)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._queue.put(None)
        if self._allowed:
            self._thread.join()

    def _run(self) -> None:
        try:
            with opened(self._content, self._passwords) as document:
                self.count = len(document)
                while (index := self._queue.get()) is not None:
                    if index < self.count:
                        self.texts[index] = text_of_page(document, index)
        except NoPagesError as error:
            self.fault = str(error)
