"""Words that a file gives to search and to screen readers in place of those it shows (ActualText), where the two differ.

ActualText is ISO 32000-2, 14.9.4. It is right where letters are drawn in odd ways; nothing holds it to what is drawn.
"""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Dictionary, Name, Object, Pdf, Stream, String

from briefpack.annex import Remark
from briefpack.annexes.cleaning.remarks import found, many, on, quote
from briefpack.annexes.values import several

_KEY, _ASIDE = "/ActualText", "/ActualNone"
"""The entry, and a name of the same length under which it is put aside, so that PDFium tells what is shown."""
_LEAST_LETTERS = 3
_LEAST_ALIKE = 0.75
_LONGEST_REST = 12
"""Letters that a hyphenated word may go on beyond what is shown of it."""
_DEEPEST = 100
_LONGEST = 4_000
"""Letters of one text that are compared."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """page: 0-based. said: the words given. shown: the letters that are drawn there, "" for a picture."""

    page: int
    said: str
    shown: str


def spoken_instead(path: Path) -> list[Spoken]:
    """Where a clean file gives other words than it shows."""
    with pikepdf.open(path) as pdf:
        inline = _put_aside(pdf)
        tagged = list(_of_elements(pdf))
        if not inline and not tagged:
            return []
        bare = io.BytesIO()
        pdf.save(bare)
    by_page: dict[int, list[tuple[str, set[int]]]] = {}
    for page, said, marks in tagged:
        by_page.setdefault(page, []).append((said, marks))
    document = pypdfium2.PdfDocument(bare.getvalue())
    met: list[Spoken] = []
    try:
        for index in range(len(document)):
            if inline or index in by_page:
                page = document[index]
                met += _on_page(page, index, by_page.get(index, []))
                page.close()
    finally:
        document.close()
    return met


def _put_aside(pdf: Pdf) -> bool:
    """Give the entry of marks another name. Returns whether there was any."""
    any_found = False
    for item in pdf.objects:
        if isinstance(item, Stream):
            if item.get("/Subtype") == Name.Image or "/FunctionType" in item or "/Length1" in item:
                continue
            try:
                content = item.read_bytes()
            except pikepdf.PdfError:
                continue
            if _KEY.encode() in content:
                any_found = True
                item.write(content.replace(_KEY.encode(), _ASIDE.encode()))
        elif isinstance(item, Dictionary) and _KEY in item and item.get("/Type") != Name.StructElem:
            any_found = True
            item[_ASIDE] = item[_KEY]
            del item[_KEY]
    return any_found


def _of_elements(pdf: Pdf) -> Iterator[tuple[int, str, set[int]]]:
    """Page, text and marks of each element that has the entry, which it loses."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.StructElem and _KEY in item:
            said = item[_KEY]
            del item[_KEY]
            by_page: dict[int, set[int]] = {}
            for page, mark in _marks(item, None, 0):
                if page in pages:
                    by_page.setdefault(pages[page], set()).add(mark)
            for number, marks in by_page.items():
                if isinstance(said, String):
                    yield number, str(said), marks


def _marks(element: Dictionary, page: Object | None, depth: int) -> Iterator[tuple[tuple[int, int], int]]:
    page = element.get("/Pg", page)
    kids = element.get("/K")
    for kid in several(kids):
        # pikepdf gives numbers as Python's own, which its types do not say.
        number: object = kid
        if isinstance(number, int) and page is not None:
            yield page.objgen, number
        elif isinstance(kid, Dictionary):
            mark: object = kid.get("/MCID")
            own = kid.get("/Pg", page)
            if isinstance(mark, int):
                if own is not None:
                    yield own.objgen, mark
            elif depth < _DEEPEST:
                yield from _marks(kid, page, depth + 1)


def _on_page(page: pypdfium2.PdfPage, index: int, tagged: Sequence[tuple[str, set[int]]]) -> Iterator[Spoken]:
    text = page.get_textpage()
    try:
        whole = _squashed(text.get_text_range())
        groups: list[tuple[str, list[str]]] = []
        last: str | None = None
        by_mark: dict[int, list[str]] = {}
        for handle in _objects(page):
            words = _words_of(handle, text)
            by_mark.setdefault(pdfium.FPDFPageObj_GetMarkedContentID(handle), []).append(words)
            said = _said(handle)
            if said is not None and said == last:
                groups[-1][1].append(words)
            elif said is not None:
                groups.append((said, [words]))
            last = said
        groups += [
            (said, [w for mark in sorted(marks) for w in by_mark.get(mark, ())]) for said, marks in tagged
        ]
        for said, parts in groups:
            if _differs(said, shown := "".join(parts), whole):
                yield Spoken(index, said, shown)
    finally:
        text.close()


def _objects(page: pypdfium2.PdfPage) -> Iterator[ctypes.c_void_p]:
    waiting = [
        pdfium.FPDFPage_GetObject(page, number)
        for number in reversed(range(pdfium.FPDFPage_CountObjects(page)))
    ]
    while waiting:
        handle = waiting.pop()
        if pdfium.FPDFPageObj_GetType(handle) == pdfium.FPDF_PAGEOBJ_FORM:
            count = pdfium.FPDFFormObj_CountObjects(handle)
            waiting += [pdfium.FPDFFormObj_GetObject(handle, number) for number in reversed(range(count))]
        else:
            yield handle


def _words_of(handle: ctypes.c_void_p, text: pypdfium2.PdfTextPage) -> str:
    if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_TEXT:
        return ""
    size = pdfium.FPDFTextObj_GetText(handle, text, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFTextObj_GetText(handle, text, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").replace("\0", "")


def _said(handle: ctypes.c_void_p) -> str | None:
    for number in range(pdfium.FPDFPageObj_CountMarks(handle)):
        mark = pdfium.FPDFPageObj_GetMark(handle, number)
        size = ctypes.c_ulong()
        key = _ASIDE[1:].encode()
        if pdfium.FPDFPageObjMark_GetParamStringValue(mark, key, None, 0, size) and size.value:
            buffer = (ctypes.c_ushort * (size.value // 2 + 1))()
            pdfium.FPDFPageObjMark_GetParamStringValue(mark, key, buffer, size.value, size)
            return bytes(buffer).decode("utf-16-le", "replace").replace("\0", "")
    return None


def _differs(said: str, shown: str, page: str) -> bool:
    words, letters = _squashed(said), _squashed(shown)
    if len(words) < _LEAST_LETTERS or words in page:
        return False
    if letters and (words.startswith(letters) or words.endswith(letters)):
        # The whole of a word that is broken at the end of a line.
        return len(words) > len(letters) + _LONGEST_REST
    return SequenceMatcher(None, words[:_LONGEST], letters[:_LONGEST], autojunk=False).ratio() < _LEAST_ALIKE


def _squashed(words: str) -> str:
    """The letters and digits alone, ligatures taken apart, small."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def spoken_remarks(spoken: Sequence[Spoken], numbers: Sequence[int]) -> tuple[Remark, ...]:
    """numbers: of each page of the clean file its number in the author's, 1-based."""
    remarks = []
    others = [one for one in spoken if _squashed(one.shown)]
    pictures = [one for one in spoken if not _squashed(one.shown)]
    if others:
        pages = sorted({numbers[one.page] for one in others})
        what = f"gives search and screen readers other words than it shows{on(pages)}: {quote(others[0].said)} for {quote(others[0].shown)}"
        advice = "write `flatten: image`, which keeps only what is seen, or get a file without it"
        remarks.append(found("hidden-other-words", what, len(others), pages, advice=advice, warn=True))
    if pictures:
        pages = sorted({numbers[one.page] for one in pictures})
        what = f"gives words to search and screen readers for {many(len(pictures), 'drawing')}{on(pages)}: {quote(pictures[0].said)}"
        remarks.append(found("words-for-drawings", what, len(pictures), pages))
    return tuple(remarks)
