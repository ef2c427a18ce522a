"""The words of the Document can be read, searched and copied out of the PDF, whichever program does it."""

import re
from itertools import pairwise

import pytest

from briefpack.pdf.pages import PageKind
from tests.conformance.built import Built, squeezed
from tests.conformance.noting import marked, texts_of_notes
from tests.conformance.packs import texts_of_section

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
    """Whether text stands on one of the pages, or begins on one and goes on on the next."""
    if any(text in page for page in pages):
        return True
    words = text.split(" ")
    return any(
        " ".join(words[:cut]) in upper and " ".join(words[cut:]) in lower
        for upper, lower in pairwise(pages)
        for cut in range(1, len(words))
    )


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
    texts += [f"{entry.number or ''} {entry.title}" for entry in document.contents]
    texts += [
        str(getattr(document.meta, name)) for name in document.meta.__slots__ if name not in ("where", "logo")
    ]
    texts += style.words[document.meta.language].values()
    texts += built.plan.labels
    texts += map(str, range(len(built.plan.labels)))
    return set(re.findall(r"\w+", squeezed(" ".join(texts)).casefold()))
