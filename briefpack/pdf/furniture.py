"""What stands around the text on every page: marking, header, footer, watermark, the words of blank pages. All artifacts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from briefpack.document import Document
from briefpack.fields import PAGE_FIELDS, pack_values
from briefpack.marking import Marking
from briefpack.numerals import roman
from briefpack.pdf.banners import Banners
from briefpack.pdf.canvas import Artifact, PageCanvas
from briefpack.pdf.pages import Laid, Page, PageKind
from briefpack.pdf.paragraph import OneLine
from briefpack.style import BannerOf, Furniture, Slots, Style
from briefpack.template import Field, fields, fill, pieces

_GAP = 1.5
"""Least distance between two slots of a line, in ems of their role."""
_REACH = 0.92
"""How much of the sheet's chord along its slant a watermark may take."""


class FurnitureMaker:
    """Draws the furniture of a pack's pages."""

    def __init__(self, document: Document, style: Style, laid: Laid) -> None:
        self.document = document
        self.style = style
        self.setter = laid.setter
        self.pages = last_page(laid) if document.part is None else document.part.pages
        self.front_pages = roman(max(laid.page_numbers.front_pages, 1))
        self.values = pack_values(document.meta, style)
        self.banners = Banners(document, style, laid.setter)
        self.by_page = document.policy is not None and style.markings.banner is BannerOf.PAGE
        self.said = laid.said
        self.first_page = laid.pages[0] if laid.pages else None
        self._lines: dict[tuple[str, str, float], _Piece] = {}
        self._steady: dict[tuple[str, str, str, float, str], list[_Piece]] = {}
        self._without_page: dict[str, bool] = {}
        self._drawn: dict[tuple[int, float, float], str] = {}
        self._watermarks: dict[bool, str] = {}
        self._names_section = {
            template: "section" in fields(template)
            for furniture in (style.header, style.footer)
            for slots in (furniture.recto, furniture.verso, furniture.first)
            if slots is not None
            for template in (slots.left, slots.centre, slots.right)
        }

    def paint(self, canvas: PageCanvas, page: Page) -> None:
        """What lies behind the text of a page: call this first. Where banners tell the marking of the page, only its watermark."""
        with canvas.artifact(Artifact.PAGINATION):
            self._paint_watermark(canvas, page)
            if not self.by_page:
                self._paint_around(canvas, page, self.document.marking)
        self._say_banner(canvas, page)
        if self.by_page:
            canvas.watch()

    def paint_over(self, canvas: PageCanvas, page: Page) -> None:
        """What can be told only when the text of a page is there: its marking, and furniture that may have it."""
        if not self.by_page:
            return
        marking = self._marking_of(page, canvas.marking())
        self.values["marking"] = self.banners.words(marking)
        with canvas.artifact(Artifact.PAGINATION):
            self._paint_around(canvas, page, marking)

    def _marking_of(self, page: Page, text: Marking) -> Marking:
        """The marking of a page. text: of what has been drawn on it. The cover, and where there is none the first page, stands for all of the pack."""
        if page.kind is PageKind.COVER or self._is_said(page):
            return self.document.marking
        marking = self.document.title_marking | text
        names = any(map(self._names_section.get, self._templates(page)))
        if page.kind is not PageKind.DIVIDER and names and page.title_marking is not None:
            marking |= page.title_marking
        return marking

    def _templates(self, page: Page) -> Iterator[str]:
        for furniture in (self.style.header, self.style.footer):
            slots = slots_of(furniture, page)
            yield from (slots.left, slots.centre, slots.right)

    def _paint_around(self, canvas: PageCanvas, page: Page, marking: Marking) -> None:
        if not self._is_said(page):
            self.banners.paint(canvas, marking, page.setup(self.style.page), self._left(page))
        match page.kind:
            case PageKind.COVER | PageKind.DIVIDER:
                pass
            case PageKind.CONTENTS | PageKind.BODY:
                self._paint_lines(canvas, page)
            case PageKind.BLANK:
                self._paint_lines(canvas, page)
                self._paint_blank(canvas, page)

    def _is_said(self, page: Page) -> bool:
        """Whether the upper banner of a page is content: on the first one, so that who cannot see the others hears the marking once."""
        return self.said is not None and page is self.first_page

    def _say_banner(self, canvas: PageCanvas, page: Page) -> None:
        """What is read first is painted first."""
        if self._is_said(page):
            setup = page.setup(self.style.page)
            self.banners.paint(canvas, self.document.marking, setup, self._left(page), said=self.said)

    # ----------------------------------------------------------------------- lines

    def _left(self, page: Page) -> float:
        setup = page.setup(self.style.page)
        return float(setup.outside if page.verso else setup.inside)

    def _draw(self, canvas: PageCanvas, line: OneLine, x: float, baseline: float) -> None:
        """Draw a line that this object keeps; its operators are made once for a place."""
        key = (id(line), x, baseline)
        operators = self._drawn.get(key)
        if operators is None:
            operators = self._drawn[key] = line.operators(canvas.pdf, x, baseline)
        canvas.write(operators)

    def _paint_lines(self, canvas: PageCanvas, page: Page) -> None:
        setup = page.setup(self.style.page)
        header, footer = self.style.header, self.style.footer
        left, width = self._left(page), float(setup.text_width)
        if self._slots(canvas, page, header, "header", setup.height - setup.header) and header.rule:
            y = setup.height - setup.header - header.rule_gap
            canvas.fill(left, y - header.rule / 2, width, float(header.rule), header.rule_colour)
        if self._slots(canvas, page, footer, "footer", float(setup.footer)) and footer.rule:
            y = setup.footer + self._capitals("footer") + footer.rule_gap
            canvas.fill(left, y - footer.rule / 2, width, float(footer.rule), footer.rule_colour)

    def _capitals(self, role: str) -> float:
        look = self.style.text[role]
        face = self.setter.faces.face(look.font, bold=look.bold, italic=look.italic)
        return float(face.font.face.capHeight / 1000 * look.size)

    def _slots(
        self, canvas: PageCanvas, page: Page, furniture: Furniture, role: str, baseline: float
    ) -> bool:
        """Draw left, centre and right; False when there was nothing to draw."""
        slots = slots_of(furniture, page)
        left, width = self._left(page), float(page.setup(self.style.page).text_width)
        gap = _GAP * self.style.text[role].size
        centre = self._line(slots.centre, page, role, width)
        side = width if not centre else (width - _width(centre)) / 2 - gap
        right = self._line(slots.right, page, role, side)
        rest = side if centre else width - (_width(right) + gap if right else 0.0)
        first = self._line(slots.left, page, role, rest)
        for lines, start in (
            (first, left),
            (centre, left + (width - _width(centre)) / 2),
            (right, left + width - _width(right)),
        ):
            x = start
            for line in lines:
                self._draw(canvas, line.line, x, baseline)
                x += line.width
        return bool(first or centre or right)

    def _line(self, template: str, page: Page, role: str, width: float) -> list[_Piece]:
        """A slot's words side by side; page numbers have a role of their own. width: what it may take."""
        if self._is_steady(template):
            key = (template, page.section, role, width, self.values["marking"])
            known = self._steady.get(key)
            if known is None:
                known = self._steady[key] = self._made_line(template, page, role, width)
            return known
        return self._made_line(template, page, role, width)

    def _is_steady(self, template: str) -> bool:
        """Whether a template says the same on every page of a section."""
        steady = self._without_page.get(template)
        if steady is None:
            steady = self._without_page[template] = not PAGE_FIELDS & set(fields(template))
        return steady

    def _made_line(self, template: str, page: Page, role: str, width: float) -> list[_Piece]:
        pages = self.front_pages if page.running is None else self.pages
        values = {**self.values, "section": page.section, "page": page.label, "pages": pages}
        lines: list[_Piece] = []
        for piece in pieces(template, values, PAGE_FIELDS):
            if isinstance(piece, Field):
                lines.append(self._cached(values[piece.name], "page-number", math.inf))
            else:
                lines.append(self._cached(piece, role, math.inf))
        if _width(lines) > width + 0.01:
            return [self._cached(fill(template, values), role, max(width, 0.0))]
        return lines

    def _cached(self, words: str, role: str, width: float) -> _Piece:
        key = (words, role, width)
        piece = self._lines.get(key)
        if piece is None:
            line = self.setter.line(words, role, at_most=None if width == math.inf else width)
            piece = self._lines[key] = _Piece(line, line.width)
            # An unseen space ends the words, so that they do not run together with what stands far to their right.
            if line.runs and line.width:
                line.runs[-1][1].append("")
        return piece

    # ----------------------------------------------------------------------- the rest

    def _paint_blank(self, canvas: PageCanvas, page: Page) -> None:
        setup = self.style.page
        words = self.style.word("blank_page", self.document.meta.language)
        line = self._cached(words, "blank-page", float(setup.text_width))
        left = self._left(page) + (setup.text_width - line.width) / 2
        line.line.paint(canvas, left, setup.bottom + setup.text_height / 2)

    def _paint_watermark(self, canvas: PageCanvas, page: Page) -> None:
        words = self.document.meta.watermark
        if not words:
            return
        operators = self._watermarks.get(page.landscape)
        if operators is None:
            operators = self._watermark_operators(canvas, words, page)
            self._watermarks[page.landscape] = operators
        canvas.write(operators)

    def _watermark_operators(self, canvas: PageCanvas, words: str, page: Page) -> str:
        """The words across the sheet, slanted about its centre, made smaller when they are too long for it.

        On a page that is turned they keep to the same corners of what its reader sees, so that they are as long.
        """
        setup = page.setup(self.style.page)
        line = self.setter.line(words, "watermark")
        slant = self.style.watermark_angle
        angle = math.radians(90 - slant if page.landscape else slant)
        cos, sin = math.cos(angle), math.sin(angle)
        chord = min(
            setup.width / abs(cos) if abs(cos) > 1e-6 else math.inf,
            setup.height / abs(sin) if abs(sin) > 1e-6 else math.inf,
        )
        scale = min(1.0, _REACH * chord / line.width) if line.width else 1.0
        a, b = scale * cos, scale * sin
        down = self._capitals("watermark") / 2
        text = line.operators(canvas.pdf, -line.width / 2, -down)
        x, y = setup.width / 2, setup.height / 2
        return f"q {a:.5f} {b:.5f} {-b:.5f} {a:.5f} {x:.3f} {y:.3f} cm\n{text}\nQ"


def slots_of(furniture: Furniture, page: Page) -> Slots:
    """The slots that a page has: those of first pages, of left-hand pages, or the usual ones."""
    if page.first and furniture.first is not None:
        return furniture.first
    if page.verso:
        recto = furniture.recto
        return furniture.verso or Slots(recto.right, recto.centre, recto.left)
    return furniture.recto


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one role inside a slot. width: of what is seen."""

    line: OneLine
    width: float


def last_page(laid: Laid) -> str:
    """The last arabic number of a whole pack, with the blank page that may precede the first divider; "0" where there is none."""
    return max((page.label for page in _body(laid)), key=int, default="0")


def _body(laid: Laid) -> Iterator[Page]:
    """The pages with arabic numbers."""
    after = dropwhile(lambda page: page.running is None, laid.pages)
    # Blank pages between annexes are called after the annexes.
    return takewhile(lambda page: page.kind is not PageKind.DIVIDER and page.label.isdigit(), after)


def _width(lines: Sequence[_Piece]) -> float:
    return sum(line.width for line in lines)
