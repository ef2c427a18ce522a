"""Notes in the blocks that arrange others: side by side, in columns, kept together, on pages that lie on their side."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.document import (
    Block,
    Callout,
    Caption,
    Columns,
    Heading,
    Image,
    Landscape,
    List,
    ListItem,
    ListKind,
    PageBreak,
    Paragraph,
    Quotation,
    Section,
    SideBySide,
    Spans,
    Together,
)
from tests.pdf.looks import style
from tests.pdf.noted import Writer, assert_apart, assert_begun, found, laid
from tests.samples import WHERE, SectionMaker, picture

FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
KINDS = ["paragraph", "heading", "beside", "columns", "kept", "quotation", "terms", "landscape", "nested"]


def _paragraphs(writer: Writer, size: int, notes: tuple[int, ...], count: int = 2) -> tuple[Block, ...]:
    return tuple(Paragraph(writer.spans(size, notes), WHERE) for _ in range(count))


def _block(writer: Writer, kind: str, size: int, notes: tuple[int, ...]) -> Block:
    match kind:
        case "paragraph":
            return _paragraphs(writer, size, notes, 1)[0]
        case "heading":
            return Heading(2, None, writer.spans(3, notes[:1]), f"h_{writer.texts}", WHERE)
        case "beside":
            parts = tuple(_paragraphs(writer, size, notes) for _ in range(2))
            return SideBySide(parts, (0.4, 0.6), WHERE)
        case "columns":
            return Columns((_paragraphs(writer, size, notes, 4),), 2, WHERE)
        case "kept":
            return Together(_paragraphs(writer, size % 60, notes), WHERE)
        case "quotation":
            inside = _paragraphs(writer, size, notes)
            by: Spans = writer.spans(3, notes[:1])
            return Quotation(inside, by, WHERE)
        case "terms":
            items = tuple(ListItem(f"term{k}", _paragraphs(writer, size, notes)) for k in range(2))
            return List(ListKind.TERMS, items, 0, 9, WHERE, hang=6.0)
        case "landscape":
            return Landscape(_paragraphs(writer, size, notes, 3), WHERE)
        case _:
            inside = (*_paragraphs(writer, size, notes), _block(writer, "terms", size, notes[:1]))
            return Columns((inside,), 3, WHERE)


PLANS = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.integers(0, 160), st.lists(st.integers(0, 40), max_size=2).map(tuple)
    ),
    min_size=1,
    max_size=12,
)
WILD = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.integers(0, 160), st.lists(st.integers(0, 1500), max_size=2).map(tuple)
    ),
    min_size=1,
    max_size=5,
)


def arranged(writer: Writer, plan: list[tuple[str, int, tuple[int, ...]]], number: int = 1) -> Section:
    maker = SectionMaker(number)
    maker.add(*(_block(writer, *each) for each in plan))
    return maker.section(f"Section {number}")


def _nothing_is_lost(texts: list[str], writer: Writer) -> None:
    """What stands side by side goes on over pages: its order is not that of the words."""
    assert sorted(found(texts, "text", "mark")) == sorted(writer.wanted)
    assert sorted(found(texts, "note", "stop")) == sorted(writer.notes)


@pytest.mark.parametrize("name", ["base", "delegation", "press"])
@given(plans=st.lists(PLANS, min_size=1, max_size=2))
@FEW
def test_notes_begin_on_the_pages_of_their_marks(
    name: str, plans: list[list[tuple[str, int, tuple[int, ...]]]]
) -> None:
    look, writer = style(name), Writer()
    sections = [arranged(writer, plan, number) for number, plan in enumerate(plans, 1)]
    pages, texts = laid(*sections, look=look)
    _nothing_is_lost(texts, writer)
    for page in pages.pages:
        assert_apart(page, look)
    assert_begun(texts, writer)


@pytest.mark.parametrize("name", ["base", "press"])
@given(plans=st.lists(WILD, min_size=1, max_size=2))
@FEW
def test_long_notes_go_on_and_nothing_is_lost(
    name: str, plans: list[list[tuple[str, int, tuple[int, ...]]]]
) -> None:
    look, writer = style(name), Writer()
    sections = [arranged(writer, plan, number) for number, plan in enumerate(plans, 1)]
    pages, texts = laid(*sections, look=look)
    _nothing_is_lost(texts, writer)
    for page in pages.pages:
        assert_apart(page, look)


def _tower(writer: Writer) -> Image:
    return Image(
        picture(200, 900), "a tower", "fig_1", WHERE, 1.0, Caption("Figure 1", writer.spans(2, (30,)))
    )


@pytest.mark.parametrize("place", ["callout", "beside", "columns", "kept", "item", "quotation"])
def test_a_picture_higher_than_a_page_has_its_note_below_it_wherever_it_stands(place: str) -> None:
    writer = Writer()
    before = Paragraph(writer.spans(9, ()), WHERE)
    tower = _tower(writer)
    # Beside a picture as high as the page there is no room for further notes.
    after = Paragraph(writer.spans(90, () if place in {"beside", "columns"} else (9,)), WHERE)
    blocks: dict[str, Block] = {
        "callout": Callout(None, (tower, after), WHERE),
        "beside": SideBySide(((tower,), (after,)), (0.5, 0.5), WHERE),
        "columns": Columns(((tower, after),), 2, WHERE),
        "kept": Together((tower, after), WHERE),
        "item": List(ListKind.DASHES, (ListItem("—", (Paragraph((), WHERE), tower, after)),), 0, 1, WHERE),
        "quotation": Quotation((tower, after), None, WHERE),
    }
    maker = SectionMaker(1)
    maker.add(before, blocks[place])
    pages, texts = laid(maker.section("S"), look=style())
    _nothing_is_lost(texts, writer)
    for page in pages.pages:
        assert_apart(page, style())
    assert_begun(texts, writer)


def test_what_is_kept_together_behind_a_heading_is_divided_with_its_notes() -> None:
    """It would fit on a page of its own, and there is none without the heading."""
    for count in range(20, 34):
        writer = Writer()
        heading = Heading(2, None, writer.spans(3, ()), "h_1", WHERE)
        inside = [Paragraph(writer.spans(9, ()), WHERE) for _ in range(count)]
        inside += [Paragraph(writer.spans(60, (30,)), WHERE)]
        maker = SectionMaker(1)
        maker.add(PageBreak(WHERE), heading, Together(tuple(inside), WHERE))
        pages, texts = laid(maker.section("S"), look=style())
        for page in pages.pages:
            assert_apart(page, style())
        assert_begun(texts, writer)
