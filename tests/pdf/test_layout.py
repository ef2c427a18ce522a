from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.body import AnnexPages, BodyPage
from briefpack.document import (
    Block,
    Column,
    Columns,
    Document,
    Landscape,
    Row,
    Section,
    Table,
    TocEntry,
    TocKind,
    Together,
    annex_page_anchor,
)
from briefpack.numerals import roman
from briefpack.pdf.layout import lay_out
from briefpack.pdf.pages import Page, PageKind
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.table import TableFlow
from briefpack.pdf.writer import write_body
from briefpack.style import SectionStart, Style
from tests.pdf.looks import NAMES, justified, pack, style
from tests.pdf.vocabulary import callout, heading, key_figures, quotation, terms
from tests.samples import WHERE, SectionMaker, cell, paragraph, sample_document, sample_meta

FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class Tokens:
    """Texts of a wanted length that begin and end in words of their own."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def text(self, words: int) -> str:
        number = len(self.made) // 2
        begin, end = f"b{number}x", f"e{number}x"
        self.made += [begin, end]
        return " ".join([begin, *["filler"] * words, end])


def _blocks(maker: SectionMaker, tokens: Tokens, plan: Iterable[tuple[str, int]]) -> None:
    for kind, size in plan:
        match kind:
            case "heading":
                maker.heading(tokens.text(size % 6), 2 + size % 3)
            case "paragraph":
                maker.add(paragraph(tokens.text(size)))
            case "numbered":
                maker.numbered_paragraph(tokens.text(size))
            case "kept":
                maker.add(paragraph(tokens.text(size % 70), keep_with_next=True))
            case "list":
                maker.dashes(*(tokens.text(size % 40) for _ in range(1 + size % 4)))
            case "table":
                rows: list[tuple[str | tuple[str, ...], ...]] = [
                    (tokens.text(1), (tokens.text(size % 60), tokens.text(3))) for _ in range(1 + size % 9)
                ]
                maker.table(("HEADROW", "Second"), rows, (0.3, 0.7), caption="CAP", source="SRC")
            case "tall":
                # A row is read from left to right, so only one of its cells carries tokens.
                maker.table(("", "HEADROW"), [("left", tokens.text(200 + 6 * size))], (0.2, 0.8))
            case "quotation":
                maker.add(quotation(tokens.text(size), tokens.text(3), by=tokens.text(2)))
            case "callout":
                title, words = tokens.text(2), paragraph(tokens.text(size), "callout")
                inner = callout(tokens.text(2), paragraph(tokens.text(size), "line"), look="question")
                maker.add(callout(title, words, inner))
            case "terms":
                entries = ((tokens.text(n % 3), tokens.text(size % 50)) for n in range(1 + size % 5))
                maker.add(terms(*entries, hang=8.0))
            case "columns":
                parts: list[Block] = []
                for n in range(1 + size % 14):
                    if n % 3 == 1:
                        parts.append(heading(tokens.text(2), 3))
                    parts.append(paragraph(tokens.text(size)))
                maker.add(Columns((tuple(parts),), 2 + size % 2, WHERE))
            case "figures":
                maker.add(key_figures(*((tokens.text(0), tokens.text(4), "") for _ in range(1 + size % 3))))
            case "together":
                maker.add(heading(tokens.text(2), 2))
                kept = tuple(paragraph(tokens.text(size)) for _ in range(1 + size % 12))
                maker.add(Together(kept, WHERE))
            case "landscape":
                maker.add(heading(tokens.text(2), 2))
                maker.add(Landscape(tuple(paragraph(tokens.text(size)) for _ in range(1 + size % 9)), WHERE))
            case "joined":
                maker.add(_joined(tokens, size))


def _joined(tokens: Tokens, size: int) -> Table:
    """Rows beside a cell that covers them all."""
    rows = 2 + size % 9
    tall = replace(cell("filler " * size), rows=rows)
    body = tuple(Row((*([tall] if k == 0 else []), cell(tokens.text(size % 40))), WHERE) for k in range(rows))
    return Table((Column(0.3), Column(0.7)), (), body, f"tbl_joined_{len(tokens.made)}", WHERE)


PLANS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "heading",
                "paragraph",
                "numbered",
                "kept",
                "list",
                "table",
                "tall",
                "quotation",
                "callout",
                "terms",
                "columns",
                "figures",
                "together",
                "landscape",
                "joined",
            ]
        ),
        st.integers(0, 160),
    ),
    min_size=1,
    max_size=30,
)


def _document(plans: list[list[tuple[str, int]]]) -> tuple[Document, Tokens]:
    tokens = Tokens()
    sections: list[Section] = []
    contents: list[TocEntry] = []
    for number, plan in enumerate(plans, 1):
        maker = SectionMaker(number)
        _blocks(maker, tokens, plan)
        section = maker.section(f"Section {number}")
        sections.append(section)
        contents.append(TocEntry(TocKind.SECTION, 1, str(number), section.title, section.anchor))
    return Document(sample_meta(watermark=None), tuple(contents), tuple(sections), ()), tokens


def _words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(document[k].get_textpage().get_text_bounded() for k in range(len(document)))
    finally:
        document.close()


def _assert_inside(look: Style, pages: Iterable[Page]) -> None:
    for page in pages:
        setup = page.setup(look.page)
        left = setup.outside if page.verso else setup.inside
        for placed in page.placed:
            assert placed.x == pytest.approx(left)
            assert placed.top <= setup.height - setup.top + 0.01
            assert placed.top - placed.flow.height >= setup.bottom - 0.05, (page.label, placed)
        for upper, lower in pairwise(page.placed):
            assert lower.top <= upper.top - upper.flow.height + 0.01


def _assert_nothing_dangles(pages: tuple[Page, ...]) -> None:
    """No page that is followed by another of its section ends in what should stay with the next."""
    for page, following in pairwise(pages):
        if page.kind is not PageKind.BODY or following.kind is not PageKind.BODY or following.first:
            continue
        assert page.placed, page.label
        flow = following.placed[0].flow
        if isinstance(flow, TextFlow) and flow.element is not None and flow.element.kind == "H1":
            continue
        assert not page.placed[-1].flow.keep_with_next, page.label
        if page.landscape is not following.landscape:
            # The author ends the page here.
            continue
        for placed, nxt in zip(page.placed[-3:], page.placed[-2:], strict=False):
            if placed.flow.keep_with_next and nxt is page.placed[-1] and isinstance(nxt.flow, TextFlow):
                more = following.placed[0].flow
                alone = nxt.flow.lines == 1
                assert not alone or more.keep_with_next, (page.label, "one line after a heading")


@pytest.mark.parametrize("name", ["base", "justified", "delegation", "press"])
@given(plans=st.lists(PLANS, min_size=1, max_size=3))
@FEW
def test_every_block_is_placed_once_in_order_and_inside_the_frame(
    name: str, plans: list[list[tuple[str, int]]]
) -> None:
    look = justified() if name == "justified" else style(name)
    document, tokens = _document(plans)
    laid = lay_out(document, look)
    _assert_inside(look, laid.pages)
    _assert_nothing_dangles(laid.pages)
    found = re.findall(r"\b[be]\d+x\b", _words(write_body(document, look, laid).content))
    assert found == tokens.made


@given(plans=st.lists(PLANS, min_size=1, max_size=2))
@FEW
def test_no_paragraph_leaves_a_single_line_on_a_page(plans: list[list[tuple[str, int]]]) -> None:
    document, _ = _document(plans)
    for page in lay_out(document, style()).pages:
        for placed in page.placed:
            flow = placed.flow
            if isinstance(flow, TextFlow) and flow.lines == 1:
                # A part of a divided paragraph has at least two lines; whole ones know their beginning and end.
                assert flow._start
                assert flow._lines[-1].line.last == len(flow._segments[-1].words)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_pack_stays_inside_its_frames(name: str) -> None:
    _, laid, _ = pack(name)
    _assert_inside(style(name), laid.pages)
    _assert_nothing_dangles(laid.pages)


@given(rows=st.integers(1, 120), size=st.integers(0, 30))
@FEW
def test_header_rows_are_repeated_on_every_page_of_a_table(rows: int, size: int) -> None:
    maker = SectionMaker(1)
    maker.table(
        ("HEADROW", "Second"),
        [(f"r{k}x", "filler " * size) for k in range(rows)],
        (0.3, 0.7),
        caption="CAPTIONWORDS",
        source="SOURCEWORDS",
    )
    section = maker.section("Table")
    document = Document(sample_meta(watermark=None), (), (section,), ())
    body = write_body(document, style(), lay_out(document, style())).content
    opened = pypdfium2.PdfDocument(body)
    texts = [opened[k].get_textpage().get_text_bounded() for k in range(1, len(opened))]
    opened.close()
    for text in texts:
        assert text.count("HEADROW") == 1
        assert re.search(r"\br\d+x\b", text)
    assert ["CAPTIONWORDS" in text for text in texts] == [True] + [False] * (len(texts) - 1)
    assert ["SOURCEWORDS" in text for text in texts] == [False] * (len(texts) - 1) + [True]
    assert re.findall(r"\br\d+x\b", "\n".join(texts)) == [f"r{k}x" for k in range(rows)]


def test_a_row_is_divided_only_when_it_is_taller_than_half_a_frame() -> None:
    _, laid, _ = pack()
    frame = style().page.text_height
    for page in laid.pages:
        for placed in page.placed:
            if isinstance(placed.flow, TableFlow):
                for row in placed.flow.rows[:-1]:
                    assert not row.cut
                if placed.flow.rows[-1].cut:
                    assert placed.flow.rows[-1].height > frame / 4


def test_front_matter_is_roman_and_the_body_begins_at_one() -> None:
    _, laid, _ = pack()
    numbers = laid.page_numbers
    labels = [page.label for page in laid.pages]
    assert labels[: numbers.front_pages] == [roman(k) for k in range(1, numbers.front_pages + 1)]
    body = labels[numbers.front_pages : numbers.front_pages + numbers.body_pages]
    assert body == [str(k) for k in range(1, numbers.body_pages + 1)]
    assert labels[numbers.front_pages + numbers.body_pages :] == ["A", "B", "C"]


def test_the_running_number_counts_dividers_and_annex_pages() -> None:
    document, laid, _ = pack("delegation")
    running = 0
    for item_ in laid.plan:
        match item_:
            case BodyPage(index=index):
                if laid.pages[index].running is not None:
                    running += 1
                    assert laid.pages[index].running == running
            case AnnexPages(annex=annex):
                assert laid.annex_running[annex] == running + 1
                running += document.annexes[annex].pages


def test_every_body_page_is_in_the_plan_once_and_every_annex_after_its_divider() -> None:
    document, laid, _ = pack("delegation")
    drawn = [entry.index for entry in laid.plan if isinstance(entry, BodyPage)]
    assert drawn == list(range(len(laid.pages)))
    annexes = [entry.annex for entry in laid.plan if isinstance(entry, AnnexPages)]
    assert annexes == list(range(len(document.annexes)))


@pytest.mark.parametrize("name", ["minister", "delegation"])
def test_recto_styles_begin_sections_dividers_and_annexes_on_right_hand_pages(name: str) -> None:
    document, laid, _ = pack(name)
    sheets = 0
    for entry in laid.plan:
        match entry:
            case BodyPage(index=index):
                page = laid.pages[index]
                recto = sheets % 2 == 0
                assert page.verso is not recto
                if page.first or page.kind in {PageKind.DIVIDER, PageKind.COVER}:
                    assert recto, page.label
                sheets += 1
            case AnnexPages(annex=annex):
                assert sheets % 2 == 0
                sheets += document.annexes[annex].pages


def test_one_sided_packs_have_no_blank_pages() -> None:
    _, laid, _ = pack()
    assert all(page.kind is not PageKind.BLANK and not page.verso for page in laid.pages)


def test_continuous_sections_follow_on_the_same_page() -> None:
    document, laid, _ = pack("press")
    assert style("press").page.section_start is SectionStart.CONTINUOUS
    first, second = (laid.destinations[section.anchor] for section in document.sections[:2])
    assert first[0] == second[0]
    assert first[2] > second[2]


def test_every_anchor_has_a_label_and_annex_pages_have_theirs() -> None:
    document, laid, _ = pack()
    labels = laid.page_numbers.label_of
    for entry in document.contents:
        assert entry.anchor in labels
    for annex in document.annexes:
        assert labels[annex.anchor] == annex.label
        for page in range(1, annex.pages + 1):
            assert labels[annex_page_anchor(annex.anchor, page)] == f"{annex.label}-{page}"


def test_cover_and_contents_can_be_left_out() -> None:
    look = style()
    bare = replace(look, cover=replace(look.cover, show=False), contents=replace(look.contents, depth=0))
    laid = lay_out(sample_document(annexes=()), bare)
    assert laid.page_numbers.front_pages == 0
    assert laid.pages[0].label == "1"


def test_a_page_break_begins_a_page_and_makes_no_empty_one() -> None:
    _, laid, _ = pack()
    assert all(page.placed for page in laid.pages)


def test_a_list_stays_with_its_heading_by_two_lines() -> None:
    maker = SectionMaker(1)
    for size in range(40):
        maker.add(paragraph("filler " * 15 * (1 + size % 3)))
        maker.heading("Heading")
        maker.dashes("one", "two", "three")
    document = Document(sample_meta(), (), (maker.section("Lists"),), ())
    _assert_nothing_dangles(lay_out(document, style()).pages)


def test_a_title_longer_than_a_page_still_ends() -> None:
    maker = SectionMaker(1)
    maker.add(paragraph("after"))
    section = maker.section("very long title " * 300)
    laid = lay_out(Document(sample_meta(), (), (section,), ()), style())
    assert len(laid.pages) > 2


def test_items_keep_their_labels() -> None:
    tokens = Tokens()
    maker = SectionMaker(1)
    maker.dashes(tokens.text(3))
    document = Document(sample_meta(watermark=None), (), (maker.section("S"),), ())
    assert "— b0x" in _words(write_body(document, style(), lay_out(document, style())).content)


@pytest.mark.parametrize(
    ("number", "digits"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (90, "xc"), (2024, "mmxxiv")]
)
def test_roman_numbers(number: int, digits: str) -> None:
    assert roman(number) == digits
