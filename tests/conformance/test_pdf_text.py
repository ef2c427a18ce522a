"""The words of the Document can be read, searched and copied out of the PDF, whichever program does it."""

import re
from bisect import bisect_left

import pytest

from briefpack.document import Chart
from briefpack.marking import Marking
from briefpack.pdf.pages import PageKind
from tests.conformance.built import Built, squeezed
from tests.conformance.noting import marked, texts_of_notes
from tests.conformance.packs import every, texts_of_charts, texts_of_section

READERS = pytest.mark.parametrize("reader", ["pdfium", "poppler"])


@READERS
def test_every_word_of_a_section_is_on_its_pages(built: Built, reader):
    """Paragraph by paragraph, with the spaces between its words: words that run together at a line's end would show."""
    pages = getattr(built, f"text_of_{reader}")
    missing = []
    for section in built.expected.document.sections:
        own = [squeezed(pages[page]) for page in built.pages_of_section[section.anchor]]
        texts = [*texts_of_section(marked(section)), *texts_of_notes(section)]
        missing += [text for text in texts if not _is_in(squeezed(text), own)]

    assert not missing


def _is_in(text, pages):
    """Whether text stands on one of the pages, or begins on one and goes on on the next ones, furniture between its parts."""
    return any(text in page for page in pages) or any(
        _goes_on(text.split(" "), pages[first:]) for first in range(len(pages))
    )


def _goes_on(words, pages):
    """Whether as many of the words as can be are on the first page, as many of the rest on the next, and so on to the last word."""
    for page in pages:
        count = bisect_left(range(len(words) + 1), x=True, key=lambda n: " ".join(words[:n]) not in page) - 1
        if count == 0:
            return False
        words = words[count:]
        if not words:
            return True
    return False


@READERS
def test_the_words_and_numbers_of_charts_are_on_their_pages(built: Built, reader):
    """As text, which is searched and copied. Numbers that no mark or axis prints are heard, and read out of the alternative text."""
    pages = getattr(built, f"text_of_{reader}")
    found = 0
    for section in built.expected.document.sections:
        own = " ".join(squeezed(pages[page]) for page in built.pages_of_section[section.anchor])
        for chart in every(section.blocks):
            if isinstance(chart, Chart):
                names = [*chart.categories, *(series.name for series in chart.series)]
                labels = [label for series in chart.series for label in series.labels if chart.labelled]
                wanted = [word for text in (*names, *labels) for word in squeezed(text).split(" ")]
                assert [word for word in wanted if word not in own] == []
                found += 1
    assert found or built.pack != "gallery"


@READERS
def test_paragraphs_come_in_the_order_of_the_document(built: Built, reader):
    """What a screen reader or a search reads out follows the text."""
    pages = getattr(built, f"text_of_{reader}")
    body = built.pages(PageKind.BODY)
    words = [word for page in body for word in squeezed(pages[page]).split(" ")]
    wanted = [
        word
        for section in marked(built.expected.document).sections
        for text in texts_of_section(section)
        for word in squeezed(text).split(" ")
    ]
    at = 0
    for word in wanted:
        assert word in words[at:], f"{word!r} comes too early"
        at = words.index(word, at) + 1


@READERS
def test_no_words_run_together_at_the_end_of_a_line(built: Built, reader):
    """Every word on a body page is one of the Document's or of what stands around the text."""
    known = _known_words(built)
    pages = getattr(built, f"text_of_{reader}")
    strange = {
        word
        for page in built.pages(PageKind.CONTENTS, PageKind.BODY)
        for word in re.findall(r"\w{2,}", squeezed(pages[page]).casefold())
        if word not in known
    }

    assert not strange


def _known_words(built):
    document, style = built.expected.document, built.expected.style
    texts = [text for section in marked(document).sections for text in texts_of_section(section)]
    texts += texts_of_notes(document)
    texts += [text for section in document.sections for text in texts_of_charts(section.blocks)]
    texts += [f"{entry.number or ''} {entry.title}" for entry in document.contents]
    texts += [
        str(getattr(document.meta, name)) for name in document.meta.__slots__ if name not in ("where", "logo")
    ]
    texts += style.words[document.meta.language].values()
    if document.policy is not None:
        # Banners of pages that tell less than that of the pack.
        texts += [document.policy.banner(Marking(n), "en") for n in range(document.marking.level + 1)]
    texts += built.plan.labels
    texts += map(str, range(len(built.plan.labels)))
    return set(re.findall(r"\w+", squeezed(" ".join(texts)).casefold()))
