"""Pages that lie on their side: their sheets and frames, what stands around their text, and where they begin and end."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from briefpack.annexes.bind import bind
from briefpack.document import Block, Document, Landscape, PageBreak, Section, TocEntry, TocKind
from briefpack.pdf.layout import lay_out
from briefpack.pdf.pages import Laid, Page, PageKind
from briefpack.pdf.stamps import make_stamps, stamp_requests
from briefpack.pdf.table import TableFlow
from briefpack.pdf.writer import write_body
from briefpack.style import SectionStart, Style
from tests.annexes.makers import WORDS, add_page, saved, taken
from tests.pdf.looks import NAMES, style
from tests.pdf.vocabulary import document_of, heading, vocabulary_document, wide
from tests.samples import WHERE, paragraph, sample_annexes, sample_meta


def _sections(*turned: bool, blocks: Sequence[Block] = (paragraph("words"),)) -> Document:
    """Sections of a page each; True for those on their side."""
    sections = tuple(
        Section(str(n), f"Section {n}", f"sec_{n}", (), tuple(blocks), WHERE, landscape=landscape)
        for n, landscape in enumerate(turned, 1)
    )
    contents = tuple(TocEntry(TocKind.SECTION, 1, s.number, s.title, s.anchor) for s in sections)
    return Document(sample_meta(), contents, sections, ())


def _body(laid: Laid) -> list[Page]:
    return [page for page in laid.pages if page.running is not None]


def _lie(laid: Laid) -> str:
    """The body's pages: u upright, t turned, b blank."""
    return "".join(
        "b" if page.kind is PageKind.BLANK else "t" if page.landscape else "u" for page in _body(laid)
    )


def _sizes(content: bytes) -> list[tuple[float, float]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [tuple(round(float(v), 1) for v in page.mediabox[2:]) for page in pdf.pages]  # type: ignore[misc]


def _started(start: SectionStart, *, two_sided: bool = False) -> Style:
    look = style()
    return replace(look, page=replace(look.page, section_start=start, two_sided=two_sided))


# --------------------------------------------------------------------------- the sheet and its frame


@pytest.mark.parametrize("name", NAMES)
def test_a_turned_page_is_bound_at_its_upper_edge(name: str) -> None:
    upright = style(name).page
    turned = upright.turned
    binding = upright.inside - upright.outside
    assert (turned.width, turned.height) == (upright.height, upright.width)
    assert turned.inside == turned.outside == upright.outside
    assert turned.bottom == upright.bottom
    for edge in ("top", "banner_top", "header"):
        assert getattr(turned, edge) == pytest.approx(getattr(upright, edge) + binding)
    assert turned.text_width > upright.text_width
    assert turned.text_height < upright.text_height


def test_a_wide_table_is_set_as_wide_as_the_turned_page() -> None:
    laid = lay_out(document_of(Landscape((wide(),), WHERE)), style())
    tables = [placed.flow for page in _body(laid) for placed in page.placed]
    assert tables
    for table in tables[1:]:
        assert isinstance(table, TableFlow)
        assert table.width == pytest.approx(style().page.turned.text_width)
        assert table.frame == pytest.approx(style().page.turned.text_height)


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_around_the_text_is_upright_as_the_reader_sees_it(name: str) -> None:
    look = style(name)
    document = _sections(True, False)
    laid = lay_out(document, look)
    content = write_body(document, look, laid).content
    opened = pypdfium2.PdfDocument(content)
    try:
        index = next(k for k, page in enumerate(laid.pages) if page.landscape)
        page = opened[index]
        assert (page.get_width(), page.get_height()) == pytest.approx(
            (look.page.height, look.page.width), abs=0.1
        )
        assert page.get_rotation() == 0
        text = page.get_textpage()
        setup = look.page.turned
        above = text.get_text_bounded(bottom=setup.height - setup.banner_top - 3, top=setup.height)
        below = text.get_text_bounded(bottom=0, top=setup.banner_bottom + look.text["banner"].size)
        assert sample_meta().marking.casefold() in above.casefold()
        assert sample_meta().marking.casefold() in below.casefold()
        whole = text.get_text_bounded()
        assert "Section 1" in whole
        assert laid.pages[index].label in whole
        # Nothing that is printed stands outside of the margins of the furniture.
        watermark = look.text["watermark"].size
        for k in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(k)
            if text.get_text_range(k, 1).strip() and top - bottom < watermark / 3:
                assert setup.outside - 1 < left < right < setup.width - setup.outside + 1
    finally:
        opened.close()


def test_the_watermark_stays_on_a_turned_sheet() -> None:
    document = _sections(True)
    document = replace(document, meta=replace(document.meta, watermark="STRICTLY FOR THE MINISTER ONLY"))
    laid = lay_out(document, style())
    opened = pypdfium2.PdfDocument(write_body(document, style(), laid).content)
    try:
        page = opened[len(opened) - 1]
        assert page.get_width() > page.get_height()
        text = page.get_textpage()
        for k in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(k)
            assert left >= 0
            assert bottom >= 0
            assert right <= page.get_width()
            assert top <= page.get_height()
    finally:
        opened.close()


# --------------------------------------------------------------------------- where they begin and end


def test_text_goes_on_on_a_new_upright_page() -> None:
    laid = lay_out(document_of(paragraph("a"), Landscape((paragraph("b"),), WHERE), paragraph("c")), style())
    assert _lie(laid) == "utu"
    assert [page.label for page in _body(laid)] == ["1", "2", "3"]


def test_a_heading_moves_to_the_turned_page_and_leaves_no_empty_one() -> None:
    blocks = (heading("H"), Landscape((paragraph("b"),), WHERE))
    assert _lie(lay_out(document_of(paragraph("a"), *blocks), style())) == "ut"
    laid = lay_out(document_of(*blocks), style())
    assert _lie(laid) == "t"
    assert _body(laid)[0].first


def test_two_turned_blocks_have_pages_of_their_own() -> None:
    block = Landscape((paragraph("b"),), WHERE)
    assert _lie(lay_out(document_of(paragraph("a"), block, block, paragraph("c")), style())) == "uttu"


def test_page_breaks_in_a_turned_block_begin_turned_pages() -> None:
    block = Landscape((paragraph("a"), PageBreak(WHERE), paragraph("b")), WHERE)
    assert _lie(lay_out(document_of(paragraph("0"), block), style())) == "utt"


@pytest.mark.parametrize("start", [SectionStart.PAGE, SectionStart.CONTINUOUS])
def test_a_section_on_its_side_begins_and_ends_a_page_in_every_style(start: SectionStart) -> None:
    laid = lay_out(_sections(False, True, False), _started(start))
    assert _lie(laid) == "utu"
    assert [page.section for page in _body(laid)] == ["Section 1", "Section 2", "Section 3"]
    assert all(page.first for page in _body(laid))


def test_continuous_sections_on_their_side_follow_on_the_same_page() -> None:
    assert _lie(lay_out(_sections(True, True), _started(SectionStart.CONTINUOUS))) == "t"


def test_text_after_a_turned_block_of_the_last_section_begins_a_page() -> None:
    look = _started(SectionStart.CONTINUOUS)
    document = _sections(False, False, blocks=(Landscape((paragraph("b"),), WHERE),))
    # The titles stand with what is turned.
    assert _lie(lay_out(document, look)) == "tt"


def test_turned_sections_begin_on_right_hand_pages_and_blank_pages_stand() -> None:
    look = _started(SectionStart.RECTO, two_sided=True)
    laid = lay_out(_sections(True, True, False), look)
    assert _lie(laid) == "tbtbu"
    for page in _body(laid):
        if page.first:
            assert not page.verso
        if page.kind is PageKind.BLANK:
            assert not page.landscape
    sizes = _sizes(write_body(_sections(True, True, False), look, laid).content)
    upright = (round(look.page.width, 1), round(look.page.height, 1))
    assert [size == upright for size in sizes[-5:]] == [False, True, False, True, True]


def test_destinations_on_turned_pages_lead_to_their_lines() -> None:
    document = document_of(
        paragraph("a"), Landscape((paragraph("x"), heading("Target"), paragraph("b")), WHERE)
    )
    laid = lay_out(document, style())
    anchor = next(block.anchor for block in document.sections[0].blocks[1].blocks if hasattr(block, "level"))  # type: ignore[union-attr]
    index, left, top = laid.destinations[anchor]
    setup = style().page.turned
    assert laid.pages[index].landscape
    assert left == setup.inside
    assert setup.bottom < top < setup.height - setup.top
    first = laid.destinations["sec_1"]
    assert first[2] == pytest.approx(style().page.height)


def test_what_begins_a_turned_page_is_shown_from_its_upper_edge() -> None:
    laid = lay_out(_sections(False, True), style())
    assert laid.destinations["sec_2"][2] == pytest.approx(style().page.turned.height)


# --------------------------------------------------------------------------- the finished pack


@pytest.mark.parametrize("name", ["base", "delegation"])
def test_a_bound_pack_keeps_the_sheets_as_they_lie(name: str, tmp_path: Path) -> None:
    look = style(name)
    annex = pikepdf.Pdf.new()
    add_page(annex, b"")
    add_page(annex, b"")
    facts = taken(saved(annex, tmp_path / "annex.pdf"), tmp_path)
    (entry,) = sample_annexes((2,))
    entry = replace(entry, sha256=facts.sha256)
    document = replace(vocabulary_document((2,)), annexes=(entry,))
    laid = lay_out(document, look)
    body = write_body(document, look, laid)
    requests = stamp_requests(document, laid, [facts.sizes])
    bound = bind(body, [(entry, facts)], make_stamps(document, look, requests), requests, WORDS)
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        own = len(laid.pages)
        assert len(pdf.pages) == own + 2
        labels = [page.label for page in pdf.pages]
        assert labels[:own] == [page.label for page in laid.pages]
        for page, made in zip(laid.pages, pdf.pages, strict=False):
            setup = page.setup(look.page)
            assert [float(v) for v in made.mediabox] == pytest.approx(
                [0, 0, setup.width, setup.height], abs=0.01
            )
            assert int(made.get("/Rotate", 0)) == 0
    # The annex's sheets are its own.
    assert _sizes(bound)[own:] == [tuple(round(v, 1) for v in size) for size in facts.sizes]
    assert [request.running for request in requests] == [
        laid.annex_running[0] + k for k in range(len(requests))
    ]


def test_pages_of_one_kind_follow_each_other_without_gaps_in_their_numbers() -> None:
    laid = lay_out(vocabulary_document(()), style("delegation"))
    for before, after in pairwise(_body(laid)):
        assert after.running == (before.running or 0) + 1
