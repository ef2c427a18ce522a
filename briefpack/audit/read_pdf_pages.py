"""The text of a PDF's pages as pdfium reads it, as viewers that are built on it search and copy it; what is drawn is not looked at, so white and unseen text is there, too."""

from __future__ import annotations

import atexit
import ctypes
import math
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import pypdfium2
from pypdfium2 import raw

from briefpack.audit.read_pdf_places import Letter, Piece, is_in_disorder, said_in_order, turned

HYPHEN = "\u00ad"
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\s](?:[^\r\n]*[^\s])?")
_MOST_PLACED = 100_000
"""Characters of a page whose places are asked for; a page of a telephone book has a fifth of them."""


_ALONE = threading.Lock()
"""pdfium keeps much of what it knows in variables of the whole process, so two threads in it at once can end the process. While a thread reads the pages
of a file (Beside), a file that is attached to it may be read as well, by a thread of its own."""
_LONGEST_FAREWELL = 10
"""Seconds."""
# pdfium is taken apart when the process ends (by pypdfium2, which was loaded before this). Where Ctrl-C ends it, a thread may still be in a page; none enters any more.
atexit.register(_ALONE.acquire, timeout=_LONGEST_FAREWELL)


class NoPagesError(Exception):
    """pdfium opens no pages. The message goes on after the file's name: "needs a password"."""


@contextmanager
def opened(content: bytes, passwords: tuple[str, ...] = ()) -> Iterator[pypdfium2.PdfDocument]:
    """The document. Raises NoPagesError."""
    document = None
    for password in (None, *passwords):
        try:
            with _ALONE:
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
        with _ALONE:
            document.close()


def count_of_pages(document: pypdfium2.PdfDocument) -> int:
    with _ALONE:
        return len(document)


def text_of_page(document: pypdfium2.PdfDocument, index: int) -> str | None:
    """All text of a page, in the order in which pdfium reads it; a line a line. None when the page cannot be loaded."""
    with _text_page(document, index) as page:
        return None if page is None else _cleaned(_text_of(page))


def readings_of_page(document: pypdfium2.PdfDocument, index: int) -> tuple[str, ...] | None:
    """The text of a page as text_of_page() has it, and, where its words were drawn in another order than they are read, as they are read by their places."""
    with _text_page(document, index) as page:
        if page is None:
            return None
        text = _text_of(page)
        return tuple(map(_cleaned, (text, *_by_place(page, text))))


@contextmanager
def _text_page(document: pypdfium2.PdfDocument, index: int) -> Iterator[raw.FPDF_TEXTPAGE | None]:
    """The text of a page, None when it cannot be loaded. No other thread is in pdfium while it is open."""
    with _ALONE:
        page = raw.FPDF_LoadPage(document.raw, index)
        if not page:
            yield None
            return
        try:
            text = raw.FPDFText_LoadPage(page)
            if not text:
                yield None
                return
            try:
                yield text
            finally:
                raw.FPDFText_ClosePage(text)
        finally:
            raw.FPDF_ClosePage(page)


def _text_of(page: raw.FPDF_TEXTPAGE) -> str:
    count = raw.FPDFText_CountChars(page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(page, 0, count, buffer)
    return bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")


def _cleaned(text: str) -> str:
    """Lines end in two characters, and where a hyphen ends one, pdfium has a noncharacter (or STX)."""
    return text.replace("\r", "").replace("\ufffe", HYPHEN).replace("\x02", HYPHEN)


# --------------------------------------------------------------------------- by their places


def _quick(function: object, result: type, *arguments: type) -> Callable[..., float]:
    """A function of pdfium that keeps the interpreter while it runs. It takes less than a microsecond; to give the interpreter away for it, as pypdfium2 does,
    would mean to wait some milliseconds for it afterwards, with another thread at work, for each of thousands of characters."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)(address or 0)


_ORIGIN = _quick(raw.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_ANGLE = _quick(raw.FPDFText_GetCharAngle, ctypes.c_float)
_BOX = _quick(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p)


def _by_place(page: raw.FPDF_TEXTPAGE, text: str) -> Iterator[str]:
    """The text of a page by the places of its characters; nothing where they are in order, or too many to be asked for."""
    count = raw.FPDFText_CountChars(page)
    if count > _MOST_PLACED:
        return
    # Some characters have no text, and where there are such, those behind them have other numbers.
    numbers: Sequence[int] = range(count)
    if len(text) != count:
        numbers = [raw.FPDFText_GetCharIndexFromTextIndex(page, at) for at in range(len(text))]
    places = _Places(page)
    lines = (_edges(found[0], found.start()) for found in _LINE.finditer(text))
    # pdfium has put the words of each of its lines in order itself.
    if is_in_disorder([places.piece([numbers[at] for at in edges]) for edges in lines]):
        letters = [
            places.letter(numbers[at], char)
            for found in _WORD.finditer(text)
            for at, char in enumerate(found[0], found.start())
        ]
        yield from said_in_order(letters)


def _edges(line: str, at: int) -> tuple[int, int, int, int]:
    """Where the first and the last word of a line begin and end. at: where the line does."""
    words = line.split()
    end = at + len(line)
    return at, at + len(words[0]) - 1, end - len(words[-1]), end - 1


class _Places:
    """Asks where the characters of a page are, by their numbers."""

    def __init__(self, page: raw.FPDF_TEXTPAGE) -> None:
        self._page = ctypes.cast(page, ctypes.c_void_p)
        self._x, self._y, self._box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        self._to_x, self._to_y, self._to_box = (ctypes.byref(one) for one in (self._x, self._y, self._box))

    def piece(self, numbers: Sequence[int]) -> Piece:
        """A line. numbers: of the characters that its first and its last word begin and end with. Of a line on its head, pdfium has the last word first."""
        edges = [self.letter(number, "") for number in numbers]
        begun = min(one.x for one in edges)
        return Piece(begun, edges[0].y, max(one.end for one in edges), edges[-1].size, edges[0].angle)

    def letter(self, number: int, char: str) -> Letter:
        _ORIGIN(self._page, number, self._to_x, self._to_y)
        x, y = self._x.value, self._y.value
        angle = _ANGLE(self._page, number)
        _BOX(self._page, number, self._to_box)
        box = self._box
        if angle <= 0:
            return Letter(number, char, x, y, box.right, box.top - box.bottom)
        x, y = turned(x, y, angle)
        corners = [
            turned(along, up, angle) for along in (box.left, box.right) for up in (box.bottom, box.top)
        ]
        heights = [up for _, up in corners]
        end = max(along for along, _ in corners)
        degrees = round(math.degrees(angle)) % 360
        return Letter(number, char, x, y, end, max(heights) - min(heights), degrees)


class Beside:
    """Reads pages in a thread, since pdfium needs no interpreter for most of its work. Only others of its kind may use pdfium meanwhile: they take turns.

    Without `allowed` it does nothing. give() hands it the number of a page; texts has what it found when the block ends: None for a page that cannot be loaded. placed: what pages say by the
    places of their words, where these were drawn in another order. fault: why there are none, or not all. What was not read when the block is left by an exception stays unread.
    """

    def __init__(self, content: bytes, passwords: tuple[str, ...] = (), *, allowed: bool = True) -> None:
        self.texts: dict[int, str | None] = {}
        self.placed: dict[int, tuple[str, ...]] = {}
        self.count = 0
        self.fault = ""
        self._is_whole = False
        self._is_given_up = False
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
        self._is_given_up = kind is not None
        self._queue.put(None)
        if self._allowed:
            self._thread.join()
            if not self._is_whole:
                # Its traceback has been printed: an audit must not be less strict for it without a word.
                self.fault = "were not read to their end by pdfium"

    def _run(self) -> None:
        try:
            with opened(self._content, self._passwords) as document:
                self.count = count_of_pages(document)
                while (index := self._queue.get()) is not None and not self._is_given_up:
                    if index < self.count:
                        readings = readings_of_page(document, index)
                        self.texts[index], *placed = readings or (None,)
                        self.placed[index] = tuple(placed)
        except NoPagesError as error:
            self.fault = str(error)
        self._is_whole = True
