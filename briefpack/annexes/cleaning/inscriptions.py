"""A PDF → the words in it that may be a marking, of whatever policy: no more than a policy needs to see, since they are kept.

Markings stand in few forms, whatever their words are: at the top or foot of a page, in capitals on a line of their own, in brackets before a portion, behind
a word such as “Classification”, and in the properties of the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Dictionary, Name, Pdf, Stream, String

from briefpack.annexes.raw import Source
from briefpack.inscription import SAYS_A_MARKING, Inscription, Spot, properties

EDGE = 0.14
"""Share of a page's height that is its top, and its foot."""
LONGEST_LINE = 160
"""Characters; a banner that lists those it may be given to is long, and a sentence in capitals is longer."""
MOST_ON_A_PAGE = 60
"""Lines; a page of text in nothing but capitals has no more markings than others."""
MOST_LINES = 4_000
"""Of a file, in capitals and not at an edge."""
MOST_CHARACTERS = 200_000
"""Of a page."""
_CAPITALS = 0.7
"""Share of the letters of a line in capitals that is."""
_FEWEST_LETTERS = 2
_FIRST_WORDS = 2
_MOST_WORDS_AT_AN_EDGE = 16
_MOST_WORDS_IN_TITLE = 8
_FEWEST_IN_COLUMN = 5
"""Lines of a letter each that are taken for a word set upright."""
_DEEPEST = 12
"""Forms within forms."""
_LONGEST_PACKET = 1 << 20

_PORTION = re.compile(
    r"(?:[\W_]{0,3}|\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s+|\(?[0-9A-Za-z]{1,4}[.)]\s*)[(\[]\s*([^()\[\]]{1,48}?)\s*[)\]]\s*(?=\S)"
)
"""Brackets at the start of a line, behind a number or a bullet at most, with words behind them."""
_RIGHTS = re.compile(r"\b(?:19|20)\d\d\b|copyright|©", re.IGNORECASE)
"""What stands in a line that begins with (C) and is about rights."""
_LABELLED = re.compile(
    r"[^:]{0,40}(?:classif|marking|sensitivi|protecti|einstuf|mention de|niveau de|handling)[^:]{0,30}[:–—-]\s*\S",
    re.IGNORECASE,
)
_TELLING = ("/Title", "/Subject", "/Keywords")
_XMP = re.compile(
    r"<(?:[\w.-]+:)?([\w.-]*(?:MSIP_Label[\w.-]*_Name|[Cc]lassification|[Mm]arking|[Ss]ensitivity\w*))(?:\s[^<>]*)?>\s*([^<>]{1,400}?)\s*</"
)
_XMP_ATTRIBUTE = re.compile(r"\b(MSIP_Label[\w.-]*_Name)\s*=\s*[\"']([^\"'<>]{1,400})[\"']")


@dataclass(slots=True)
class Inscribed:
    """unread: pages of the author's file that show something, but no text that a program can read."""

    inscriptions: tuple[Inscription, ...] = ()
    unread: tuple[int, ...] = ()


@dataclass(slots=True)
class _Gathered:
    pages: dict[tuple[Spot, str], dict[int, int]] = field(default_factory=dict)
    lines: int = 0

    def add(self, spot: Spot, text: str, page: int) -> None:
        known = self.pages.get((spot, text))
        if known is None:
            if spot is Spot.LINE:
                self.lines += 1
                if self.lines > MOST_LINES:
                    return
            known = self.pages[spot, text] = {}
        known[page] = known.get(page, 0) + 1

    def inscriptions(self, *, bound: bool) -> Iterator[Inscription]:
        for (spot, text), pages in self.pages.items():
            yield Inscription(spot, text, tuple(sorted(pages)), sum(pages.values()), bound=bound)


def inscriptions_of(
    path: Source, numbers: Sequence[int], only: Collection[int] | None = None, password: str = ""
) -> Inscribed:
    """What may be a marking on the pages of a PDF. numbers: of its pages in the author's file, 1-based. only: 0-based pages that are looked at and not
    bound; None for all, which are. Raises pypdfium2.PdfiumError when it cannot be read."""
    found, unread = _Gathered(), []
    document = pypdfium2.PdfDocument(path, password=password or None)
    try:
        for index in range(len(document)) if only is None else sorted(only):
            page = document[index]
            try:
                if not _look(page, numbers[index], found):
                    unread.append(numbers[index])
            finally:
                page.close()
    finally:
        document.close()
    return Inscribed(tuple(found.inscriptions(bound=only is None)), tuple(sorted(set(unread))))


def is_garbled(words: str) -> bool:
    """Whether most of what there is are no characters: private ones, controls, or the mark that stands for none."""
    shown = [c for c in words if not c.isspace()]
    odd = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < " " for c in shown)
    return odd * 2 > len(shown)


def _look(page: pypdfium2.PdfPage, number: int, found: _Gathered) -> bool:
    """Whether what the page shows can be read."""
    text = page.get_textpage()
    try:
        words = text.get_text_range(0, min(text.count_chars(), MOST_CHARACTERS))
        if is_garbled(words) or not any(map(str.isalnum, words)):
            return not _shows_something(page)
        kept = 0
        for start, line in _lines(words):
            plain = " ".join(line.split())
            spots = set(_spots(plain, page, text, start))
            kept += bool(spots)
            for spot in spots:
                found.add(spot, _portion(plain) if spot is Spot.PORTION else plain[:LONGEST_LINE], number)
            if kept >= MOST_ON_A_PAGE and len(words) - start > LONGEST_LINE * MOST_ON_A_PAGE:
                break
        for column in _columns(words):
            found.add(Spot.LINE, column, number)
    finally:
        text.close()
    return True


def _spots(line: str, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, start: int) -> Iterator[Spot]:
    if _portion(line):
        yield Spot.PORTION
    alone = _is_in_capitals(line) or _begins_in_capitals(line) or _LABELLED.match(line) is not None
    if (alone or _is_titled(line) or _has_capitals(line)) and _is_at_an_edge(page, text, start):
        yield Spot.EDGE
    elif alone:
        yield Spot.LINE


def _lines(words: str) -> Iterator[tuple[int, str]]:
    """Every line with the index of its first character that is no space."""
    for match in re.finditer(r"[^\r\n]+", words):
        line = match[0]
        if line.strip():
            yield match.start() + len(line) - len(line.lstrip()), line


def _portion(line: str) -> str:
    match = _PORTION.match(line)
    inside = match[1] if match is not None else ""
    if inside == "C" and _RIGHTS.search(line):
        return ""
    return inside if inside and inside == inside.upper() and any(map(str.isalpha, inside)) else ""


def _is_in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= _FEWEST_LETTERS and sum(map(str.isupper, letters)) >= _CAPITALS * len(letters)


def _begins_in_capitals(line: str) -> bool:
    """NATO RESTRICTED Releasable to Japan: what comes first says what it is."""
    first = line.split(maxsplit=_FIRST_WORDS)[:_FIRST_WORDS]
    return len(first) == _FIRST_WORDS and all(
        word.isupper() and sum(map(str.isalpha, word)) > _FEWEST_LETTERS for word in first
    )


def _has_capitals(line: str) -> bool:
    """Page 2 of 3 SECRET."""
    words = line.split()
    return len(words) <= _MOST_WORDS_AT_AN_EDGE and any(
        word.isupper() and sum(map(str.isalpha, word)) > _FEWEST_LETTERS for word in words
    )


def _is_titled(line: str) -> bool:
    words = [word for word in line.split() if any(map(str.isalpha, word))]
    return 0 < len(words) <= _MOST_WORDS_IN_TITLE and all(
        next(c for c in word if c.isalpha()).isupper() for word in words
    )


def _columns(words: str) -> Iterator[str]:
    """Words whose letters stand below each other, each on a line of its own."""
    run: list[str] = []
    for line in [*words.splitlines(), "  "]:
        letter = line.strip()
        if len(letter) == 1 and letter.isupper():
            run.append(letter)
            continue
        if len(run) >= _FEWEST_IN_COLUMN:
            yield " ".join(run)
        run.clear()


def _is_at_an_edge(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, start: int) -> bool:
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(text, start)
    try:
        left, bottom, right, top = text.get_charbox(max(index, 0))
    except pypdfium2.PdfiumError:
        return False
    x0, y0, x1, y1 = page.get_mediabox()
    across, up = (left + right) / 2, (bottom + top) / 2
    width, height = max(x1 - x0, 1), max(y1 - y0, 1)
    match page.get_rotation() % 360:
        case 90:
            height_from_foot = (x1 - across) / width
        case 180:
            height_from_foot = (y1 - up) / height
        case 270:
            height_from_foot = (across - x0) / width
        case _:
            height_from_foot = (up - y0) / height
    return not EDGE < height_from_foot < 1 - EDGE


def _shows_something(page: pypdfium2.PdfPage) -> bool:
    waiting = [
        (pdfium.FPDFPage_GetObject(page, number), 0) for number in range(pdfium.FPDFPage_CountObjects(page))
    ]
    while waiting:
        handle, depth = waiting.pop()
        if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_FORM:
            return True
        if depth < _DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(handle)
            waiting += [(pdfium.FPDFFormObj_GetObject(handle, number), depth + 1) for number in range(count)]
    return False


# --------------------------------------------------------------------------- what the file says of itself


def properties_of(pdf: Pdf) -> tuple[Inscription, ...]:
    """What may be a marking among the properties of a PDF, in its information dictionary and in its XMP packet."""
    return properties((*_of_info(pdf), *_of_packet(pdf)))


def _of_info(pdf: Pdf) -> Iterator[tuple[str, str]]:
    info = pdf.trailer.get("/Info")
    if not isinstance(info, Dictionary):
        return
    for key in info:
        value = info[str(key)]
        if isinstance(value, String) and (str(key) in _TELLING or SAYS_A_MARKING.search(str(key))):
            name = str(key).removeprefix("/")
            yield (name.lower() if str(key) in _TELLING else name), str(value)


def _of_packet(pdf: Pdf) -> Iterator[tuple[str, str]]:
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, Stream) or metadata.get("/Subtype") not in {None, Name.XML}:
        return
    packet = metadata.read_bytes()[:_LONGEST_PACKET].decode("utf-8", "replace")
    # A label may stand in the packet as a text, with its own XML spelled out.
    for words in dict.fromkeys((packet, html.unescape(packet))):
        for pattern in (_XMP, _XMP_ATTRIBUTE):
            yield from ((match[1], html.unescape(match[2])) for match in pattern.finditer(words))
