"""The finished files of an audience, opened by tools that had no part in making them."""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Callable, Iterator
from ctypes import byref, c_double, c_int
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.body import AnnexPages, BodyPage
from briefpack.pdf.layout import Laid, lay_out
from briefpack.pdf.pages import PageKind
from tests.conformance.packs import SOURCES, Expected, expected
from tests.conformance.tagged import Tagged
from tests.conftest import need_tool
from tests.word.opened import Opened, open_docx

DIVIDED_AT_LINE_END = re.compile(
    r"(?<=[/@])\s+|(?<=\d–)\s+(?=\d)|(?<=\])\s+(?=\()|(?P<before>(?:@|://)\S*[.?&=_-])\s+"
)
"""Where addresses and spans of time are divided without a hyphen."""
HYPHEN_AT_LINE_END = re.compile("[-\u2010\u00ad\u0002\ufffe]\\s*\n\\s*|[\u00ad\u0002\ufffe]")

WORD_SPACE = 0.8
"""Points. The narrowest space between words, in text of 7 points, is 1.5."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Char:
    """A character where it is seen. Points from the lower left corner of the visible page.

    left, bottom, right, top: of the ink. start, end: where its place in the line begins and ends.
    upright: not slanted, and not on its head.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    baseline: float
    start: float
    end: float
    upright: bool


@dataclass(frozen=True)
class Drawn:
    """A path. box: left, bottom, right, top. filled: it has an inside that hides what is below it."""

    box: tuple[float, float, float, float]
    filled: bool


@dataclass(frozen=True)
class Bookmark:
    """level: 0-based. page: 0-based."""

    level: int
    title: str
    page: int


@dataclass(frozen=True)
class PageLink:
    """A link annotation: on which page, where, and to which page (0-based) or address it leads."""

    page: int
    rect: tuple[float, float, float, float]
    to: int | None
    url: str | None


@dataclass(frozen=True)
class Plan:
    """What each page of the pack is, in order. kind: None for an annex's page; annex: 0-based for such a page."""

    kinds: tuple[PageKind | None, ...]
    labels: tuple[str, ...]
    annexes: tuple[int | None, ...]


@dataclass(frozen=True)
class Built:
    """The files of one audience. folder: the output folder of its pack. sources: the folder of the pack's folder."""

    pack: str
    audience: str
    folder: Path
    sources: Path = SOURCES

    @property
    def expected(self) -> Expected:
        return expected(self.pack, self.audience, self.sources)

    @property
    def pdf(self) -> Path:
        return self.folder / self.audience / f"{self.pack}-{self.audience}.pdf"

    @property
    def docx(self) -> Path:
        return self.folder / self.audience / f"{self.pack}-{self.audience}.docx"

    @cached_property
    def pdfium(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(self.pdf)

    @cached_property
    def pikepdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.pdf)

    @cached_property
    def tagged(self) -> Tagged:
        return Tagged(self.pikepdf)

    @cached_property
    def laid(self) -> Laid:
        """The layout, made once more."""
        return lay_out(self.expected.document, self.expected.style)

    @cached_property
    def plan(self) -> Plan:
        """The pages in order, as the layout planned them."""
        document, laid = self.expected.document, self.laid
        kinds: list[PageKind | None] = []
        labels: list[str] = []
        annexes: list[int | None] = []
        for item in laid.plan:
            match item:
                case BodyPage(index):
                    kinds.append(laid.pages[index].kind)
                    labels.append(laid.pages[index].label)
                    annexes.append(None)
                case AnnexPages(number):
                    annex = document.annexes[number]
                    kinds += [None] * annex.pages
                    labels += [f"{annex.label}-{page}" for page in range(1, annex.pages + 1)]
                    annexes += [number] * annex.pages
        return Plan(tuple(kinds), tuple(labels), tuple(annexes))

    def pages(self, *kinds: PageKind | None) -> list[int]:
        """0-based pages of these kinds; None stands for annex pages."""
        return [page for page, kind in enumerate(self.plan.kinds) if kind in kinds]

    @cached_property
    def pages_of_section(self) -> dict[str, range]:
        """Pages on which a section stands, by its anchor, from its bookmark to that of the next part."""
        outline = [mark for mark in self.bookmarks_of_pdfium if mark.level == 0]
        last = max(self.pages(PageKind.BODY))
        found = {}
        for number, section in enumerate(self.expected.document.sections):
            first = outline[number].page
            end = outline[number + 1].page if number + 1 < len(outline) else last + 1
            # Parts may share a page, and a divider may have a blank page before it.
            found[section.anchor] = range(first, min(end, last) + 1)
        return found

    # ----------------------------------------------------------------------- text

    @cached_property
    def text_of_pdfium(self) -> list[str]:
        return [
            page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\r", "\n")
            for page in self.pdfium
        ]

    @cached_property
    def text_of_poppler(self) -> list[str]:
        """Page by page in the order of the content."""
        run = tool("pdftotext", "-raw", "-enc", "UTF-8", str(self.pdf), "-")
        return run.split("\f")[:-1]

    def chars(self, page: int) -> list[Char]:
        """What is seen on a page, spaces left out."""
        return self._chars_of[page]

    def drawn(self, page: int) -> list[Drawn]:
        """Everything drawn on a page that is neither text nor picture, in the order in which it is painted."""
        found = []
        fill, stroke = c_int(), c_int()
        for path in self.pdfium[page].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            assert pdfium.FPDFPath_GetDrawMode(path.raw, byref(fill), byref(stroke))
            found.append(Drawn(path.get_bounds(), fill.value != pdfium.FPDF_FILLMODE_NONE))
        return found

    @cached_property
    def _chars_of(self) -> _EveryPage:
        return _EveryPage(self.pdfium)

    def words_in(self, page: int, rect: tuple[float, float, float, float]) -> str:
        """The upright words inside a rectangle (left, bottom, right, top), line by line, with one space between them."""
        left, bottom, right, top = rect
        inside = [
            char
            for char in self.chars(page)
            if char.upright
            and left < (char.left + char.right) / 2 < right
            and bottom < (char.bottom + char.top) / 2 < top
        ]
        return " ".join(" ".join(text_of_line(line)) for line in lines_of(inside))

    # ----------------------------------------------------------------------- bookmarks and links

    @cached_property
    def bookmarks_of_pdfium(self) -> list[Bookmark]:
        found = []
        for item in self.pdfium.get_toc():
            target = item.get_dest()
            assert target is not None, item.get_title()
            found.append(Bookmark(item.level, item.get_title(), target.get_index()))
        return found

    @cached_property
    def bookmarks_of_pikepdf(self) -> list[Bookmark]:
        return bookmarks_of(self.pikepdf)

    @cached_property
    def links(self) -> list[PageLink]:
        return Targets(self.pikepdf).links()

    @cached_property
    def word(self) -> Opened:
        return open_docx(self.docx.read_bytes())


class Targets:
    """Where bookmarks and links of a PDF lead, worked out from its objects."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        root = pdf.Root
        self.named: dict[str, Any] = {
            name.removeprefix("/"): value for name, value in root.get("/Dests", {}).items()
        }
        if "/Names" in root and "/Dests" in root.Names:
            self.named.update(
                (str(name), value) for name, value in pikepdf.NameTree(root.Names.Dests).items()
            )

    def page_of(self, holder: Any) -> int:
        """The page that a bookmark or a link leads to (0-based). KeyError when it leads nowhere."""
        target = holder.get("/Dest")
        if target is None:
            assert holder.A.S == "/GoTo"
            target = holder.A.D
        if isinstance(target, pikepdf.String | pikepdf.Name):
            target = self.named[str(target).removeprefix("/")]
        if isinstance(target, pikepdf.Dictionary):
            target = target.D
        return self.numbers[target[0].objgen]

    def links(self) -> list[PageLink]:
        found = []
        for number, page in enumerate(self.pdf.pages):
            for annotation in page.get("/Annots", []):
                if annotation.Subtype != "/Link":
                    continue
                action = annotation.get("/A")
                url = str(action.URI) if action is not None and action.S == "/URI" else None
                to = None if url is not None else self.page_of(annotation)
                left, bottom, right, top = (float(edge) for edge in annotation.Rect)
                found.append(PageLink(number, (left, bottom, right, top), to, url))
        return found


def bookmarks_of(pdf: pikepdf.Pdf) -> list[Bookmark]:
    """Every bookmark of a PDF, in order."""
    targets = Targets(pdf)

    def walk(node: Any, level: int) -> Iterator[Bookmark]:
        child = node.get("/First")
        while child is not None:
            yield Bookmark(level, str(child.Title), targets.page_of(child))
            yield from walk(child, level + 1)
            child = child.get("/Next")

    return list(walk(pdf.Root.Outlines, 0)) if "/Outlines" in pdf.Root else []


class _EveryPage(dict[int, list[Char]]):
    """The characters of pages that were asked for."""

    def __init__(self, pdf: pypdfium2.PdfDocument) -> None:
        super().__init__()
        self.pdf = pdf

    def __missing__(self, page: int) -> list[Char]:
        self[page] = list(chars_of(self.pdf, page))
        return self[page]


def lines_of(chars: list[Char]) -> list[list[Char]]:
    """Characters on one baseline, from left to right; the highest line first."""
    lines: dict[float, list[Char]] = {}
    for char in chars:
        lines.setdefault(round(char.baseline, 1), []).append(char)
    return [sorted(lines[baseline], key=lambda char: char.left) for baseline in sorted(lines, reverse=True)]


def text_of_line(line: list[Char]) -> list[str]:
    """The words of a line, told apart by the space between them alone."""
    text = line[0].text
    for before, after in pairwise(line):
        # No word space is narrower, and between letters there is only kerning.
        text += (" " if after.start - before.end > WORD_SPACE else "") + after.text
    return text.split()


def tool(name: str, *args: str) -> str:
    """What an outside program prints."""
    ran = subprocess.run([need_tool(name), *args], capture_output=True, check=False, timeout=300)
    assert ran.returncode == 0, (ran.stdout + ran.stderr).decode()
    # Poppler writes the titles in a tree as the file has them, in UTF-16.
    return ran.stdout.decode(errors="replace")


def squeezed(text: str) -> str:
    """Words with one space between them; words that were divided at the end of a line are whole again.

    Other hyphens go too: whether one at a line's end belongs to the word cannot be seen. pdfium puts a full stop
    that follows bold words at the end of a line on a line of its own. An address and a span of time are whole, too, and so
    in any text is what stands behind a slash.
    """
    joined = HYPHEN_AT_LINE_END.sub("", re.sub(r"\n(?=[.,;:!?])", "", text))
    return DIVIDED_AT_LINE_END.sub(r"\g<before>", " ".join(re.sub("[-\u2010\u2011]", "", joined).split()))


def chars_of(pdf: pypdfium2.PdfDocument, number: int) -> Iterator[Char]:
    """What is seen on a page (0-based), spaces left out."""
    page = pdf[number]
    turn = _turn(page)
    text = page.get_textpage()
    left, right, bottom, top, across, up = (c_double() for _ in range(6))
    loose = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        words = chr(pdfium.FPDFText_GetUnicode(text, index))
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or words.isspace():
            continue
        pdfium.FPDFText_GetCharBox(text, index, byref(left), byref(right), byref(bottom), byref(top))
        pdfium.FPDFText_GetCharOrigin(text, index, byref(across), byref(up))
        pdfium.FPDFText_GetLooseCharBox(text, index, byref(loose))
        seen = _box(turn(left.value, bottom.value), turn(right.value, top.value))
        start, _, end, _ = _box(turn(loose.left, loose.bottom), turn(loose.right, loose.top))
        # Clockwise, as the page's own turn is.
        angle = pdfium.FPDFText_GetCharAngle(text, index) + math.radians(page.get_rotation())
        upright = math.cos(angle) > 0.9999
        yield Char(words, *seen, turn(across.value, up.value)[1], start, end, upright)


def _turn(page: pypdfium2.PdfPage) -> Callable[[float, float], Point]:
    """From the page's own space to what is seen: the visible area alone, turned as the page says."""
    left, bottom, right, top = page.get_cropbox()
    match page.get_rotation():
        case 0:
            return lambda x, y: (x - left, y - bottom)
        case 90:
            return lambda x, y: (y - bottom, right - x)
        case 180:
            return lambda x, y: (right - x, top - y)
        case _:
            return lambda x, y: (top - y, x - left)


def _box(one: Point, other: Point) -> tuple[float, float, float, float]:
    (a, b), (c, d) = one, other
    return min(a, c), min(b, d), max(a, c), max(b, d)
