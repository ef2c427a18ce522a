from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from briefpack.document import Landscape, Listing, ListingEntry
from briefpack.pdf.layout import lay_out
from briefpack.pdf.structure import Element
from briefpack.pdf.writer import write_body
from tests.pdf.looks import style
from tests.pdf.vocabulary import document_of, spending, wide
from tests.samples import WHERE, paragraph

LISTING = Listing(
    "table",
    (
        ListingEntry("Table 1", "Spending", "tbl_spending"),
        ListingEntry("Table 12", "Partners by topics " * 9, "tbl_wide"),
    ),
    WHERE,
)
DOCUMENT = document_of(LISTING, spending(), Landscape((wide(),), WHERE))


def _page_of(anchor: str) -> str:
    return lay_out(DOCUMENT, style()).page_numbers.label_of[anchor]


def test_each_line_has_its_label_its_title_and_the_page_of_its_table() -> None:
    laid = lay_out(DOCUMENT, style())
    opened = pypdfium2.PdfDocument(write_body(DOCUMENT, style(), laid).content)
    try:
        index = next(k for k, page in enumerate(laid.pages) if page.section)
        words = " ".join(opened[index].get_textpage().get_text_bounded().replace(". ", " ").split())
    finally:
        opened.close()
    assert f"Table 1 Spending {_page_of('tbl_spending')}" in words
    assert _page_of("tbl_wide") != _page_of("tbl_spending")
    assert f"by topics {_page_of('tbl_wide')}" in words


def test_each_line_is_a_link_to_its_table() -> None:
    laid = lay_out(DOCUMENT, style())
    with pikepdf.open(io.BytesIO(write_body(DOCUMENT, style(), laid).content)) as pdf:
        pages = [page.objgen for page in pdf.pages]
        index = next(k for k, page in enumerate(laid.pages) if page.section)
        found = [(str(link.Contents), pages.index(link.Dest[0].objgen)) for link in pdf.pages[index].Annots]
    assert found == [
        (LISTING.entries[0].title, laid.destinations["tbl_spending"][0]),
        (LISTING.entries[1].title, laid.destinations["tbl_wide"][0]),
    ]


def test_titles_begin_at_one_place_and_keep_clear_of_the_numbers() -> None:
    laid = lay_out(DOCUMENT, style())
    page = next(page for page in laid.pages if page.section)
    lines = [placed.flow for placed in page.placed if hasattr(placed.flow, "words")]
    assert len(lines) == 2
    starts = {line.words._lines[0].x for line in lines}
    assert len(starts) == 1
    width = style().page.text_width - style().contents.page_width
    for line in lines:
        assert all(placed.x + placed.line.width <= width + 0.01 for placed in line.words._lines)


def test_the_lines_are_a_list_of_their_own_in_the_tree() -> None:
    def kinds(element: Element) -> object:
        inner = tuple(kinds(child) for child in element.children)
        return (element.kind, *inner) if inner else element.kind

    section = next(
        child for child in lay_out(DOCUMENT, style()).structure.children if child.title == "Section"
    )
    item = ("TOCI", "Lbl", ("Reference", "Link"))
    assert kinds(section.children[1]) == ("TOC", item, item)


def test_the_last_line_is_not_alone_and_what_follows_keeps_its_distance() -> None:
    document = document_of(LISTING, paragraph("After."), spending(), wide())
    page = next(page for page in lay_out(document, style()).pages if page.section)
    first, last = (placed.flow for placed in page.placed if hasattr(placed.flow, "words"))
    assert first.keep_with_next
    assert not last.keep_with_next
    assert last.after == pytest.approx(style().text["body"].after)


def test_an_empty_list_prints_nothing() -> None:
    document = document_of(Listing("figure", (), WHERE), paragraph("After."))
    page = next(page for page in lay_out(document, style()).pages if page.section)
    assert len(page.placed) == 2
