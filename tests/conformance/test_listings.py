"""Lists of figures and tables print, in both files, the page on which the caption stands, and lead there."""

import pytest

from briefpack.document import Chart, Image, Listing, Table, plain_text
from briefpack.pdf.pages import PageKind
from tests.conformance.built import Built, squeezed
from tests.conformance.packs import every, spaced
from tests.word.opened import text_of


@pytest.fixture(scope="session")
def entries(built: Built):
    """(label, title, printed page) of every line of every list, the page being the one where the caption is seen."""
    blocks = [block for section in built.expected.document.sections for block in every(section.blocks)]
    places = {}
    for block in blocks:
        if isinstance(block, Image | Chart | Table) and block.caption is not None:
            caption = squeezed(f"{block.caption.label}: {plain_text(block.caption.spans)}")
            (page,) = {
                page
                for page in built.pages(PageKind.BODY)
                if caption in squeezed(built.text_of_poppler[page])
            }
            places[block.anchor] = page
    return [
        (entry.label, entry.title, places[entry.anchor])
        for block in blocks
        if isinstance(block, Listing)
        for entry in block.entries
    ]


def test_the_pdf_prints_the_page_of_the_caption_and_leads_to_it(built: Built, entries):
    links = {
        (" ".join(squeezed(built.words_in(link.page, link.rect)).replace(" .", "").split()), link.to)
        for link in built.links
        if link.to is not None and built.plan.kinds[link.page] is PageKind.BODY
    }
    wanted = {
        (squeezed(f"{label} {title} {built.plan.labels[page]}"), page) for label, title, page in entries
    }

    assert wanted <= links
    assert wanted or built.pack != "gallery"


def test_word_prints_the_same_pages(built: Built, entries):
    wanted = [f"{label}\t{title}\t{built.plan.labels[page]}" for label, title, page in entries]

    listed = built.word.find("//w:body//w:p[w:pPr/w:pStyle/@w:val='TableOfFigures']")
    assert [spaced(text_of(paragraph)) for paragraph in listed] == wanted
