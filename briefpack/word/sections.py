"""Word sections: sheet, margins, page numbers, and which headers and footers they carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from briefpack.style import SectionStart, Style
from briefpack.word.flow import UPRIGHT, PageLayout
from briefpack.word.furniture import distances
from briefpack.word.sheet import sheet
from briefpack.word.xml import EMPTY, Xml, element, value


class Numbers(Enum):
    """How the pages of a section are numbered; the values are Word's."""

    FRONT = "lowerRoman"
    BODY = "decimal"


@dataclass(frozen=True, slots=True)
class Setup:
    """start: where the section begins. numbers: its digits. restart: whether they begin anew, with first.

    references: of headers and footers. own_first: whether the first page has furniture of its own. layout: of its pages.
    """

    start: SectionStart
    numbers: Numbers
    restart: bool
    references: Xml
    own_first: bool
    layout: PageLayout = UPRIGHT
    first: int = 1


def part_start(style: Style) -> SectionStart:
    """Where contents and sections begin. Only two-sided pages have a right-hand side."""
    start = style.page.section_start
    return SectionStart.PAGE if start is SectionStart.RECTO and not style.page.two_sided else start


def body_start(style: Style) -> SectionStart:
    """Where page 1 is: on two-sided pages always on the right."""
    return SectionStart.RECTO if style.page.two_sided else SectionStart.PAGE


def section(style: Style, setup: Setup) -> Xml:
    """w:sectPr; its children in the order of the schema."""
    page = sheet(style.page, setup.layout)
    edges = distances(style, page)
    landscape = {"w:orient": "landscape"} if page.width > page.height else {}
    match setup.start:
        case SectionStart.PAGE:
            kind = "nextPage"
        case SectionStart.RECTO:
            # The blank page that Word may put before it carries no banner. A page of ours in its place would, but only the layout
            # knows where one is due: as soon as somebody edits the file it would stand beside a blank page of Word's own.
            kind = "oddPage"
        case SectionStart.CONTINUOUS:
            kind = "continuous"
    numbers: dict[str, str | int] = {"w:fmt": setup.numbers.value}
    if setup.restart:
        numbers["w:start"] = setup.first
    return element(
        "w:sectPr",
        None,
        setup.references,
        value("type", kind),
        element("w:pgSz", {"w:w": page.width.twips, "w:h": page.height.twips, **landscape}),
        element(
            "w:pgMar",
            {
                "w:top": page.top.twips,
                # On two-sided pages the settings mirror these two: left is inside, right is outside.
                "w:right": page.width.twips - page.inside.twips - page.text_width.twips,
                "w:bottom": page.bottom.twips,
                "w:left": page.inside.twips,
                "w:header": edges.header,
                "w:footer": edges.footer,
                # The inside margin includes the gutter already.
                "w:gutter": 0,
            },
        ),
        element("w:pgNumType", numbers),
        _columns(style, setup.layout.columns),
        Xml("<w:titlePg/>") if setup.own_first else EMPTY,
    )


def _columns(style: Style, count: int) -> Xml:
    look = style.columns
    if count < 2:
        return element("w:cols", {"w:space": 720})
    line: dict[str, str | int] = {"w:sep": 1} if look.rule > 0 else {}
    return element("w:cols", {"w:num": count, **line, "w:space": look.gap.twips, "w:equalWidth": 1})
