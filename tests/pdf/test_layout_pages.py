"""How many pages every section takes, as it is laid out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefpack.document import Document
from briefpack.errors import Where
from briefpack.pdf.layout import lay_out, section_pages
from briefpack.pdf.pages import PageKind
from briefpack.style import SectionStart, Style
from tests.pdf.looks import style
from tests.samples import SectionMaker, paragraph, sample_meta


def document(*paragraphs: int) -> Document:
    """A section for each number, with so many paragraphs of about a tenth of a page."""
    sections = []
    for number, count in enumerate(paragraphs, 1):
        maker = SectionMaker(number)
        maker.add(*(paragraph("word " * 60) for _ in range(count)))
        made = maker.section(f"Section {number}")
        sections.append(replace(made, where=Where(Path("made.yaml"), number, 1)))
    return Document(sample_meta(), (), tuple(sections), ())


def pages(made: Document, look: Style) -> list[int]:
    return list(section_pages(made, lay_out(made, look), look).values())


def starting(start: SectionStart) -> Style:
    look = style("press")
    return replace(look, page=replace(look.page, section_start=start))


@pytest.mark.parametrize("start", [SectionStart.PAGE, SectionStart.RECTO])
def test_sections_on_pages_of_their_own_share_the_body_between_them(start: SectionStart) -> None:
    made, look = document(1, 40, 3), starting(start)
    counted = pages(made, look)
    assert (counted[0], counted[2]) == (1, 1)
    assert counted[1] > 2
    laid = lay_out(made, look)
    assert sum(counted) == sum(page.kind is PageKind.BODY for page in laid.pages)


def test_a_page_that_two_sections_share_counts_for_both() -> None:
    assert pages(document(1, 1, 1), starting(SectionStart.CONTINUOUS)) == [1, 1, 1]


def test_no_section_takes_no_page() -> None:
    assert pages(document(), style("press")) == []
