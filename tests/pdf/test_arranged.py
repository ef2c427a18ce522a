"""Parts side by side, columns, what stays together, quotations and boxes in boxes: as flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.document import Block, Columns, Image, List, ListItem, ListKind, SideBySide, Together
from briefpack.pdf.arranged import Beside, Indented, Kept, Turned, turns
from briefpack.pdf.blocks import BlockMaker
from briefpack.pdf.boxes import Box, Figure
from briefpack.pdf.columned import Columned
from briefpack.pdf.flow import Flow, Nest, Stack, give
from briefpack.pdf.fonts import Faces
from briefpack.pdf.layout import lay_out
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from tests.pdf.looks import style
from tests.pdf.vocabulary import (
    beside_picture,
    callout,
    columned,
    dashes,
    document_of,
    heading,
    key_figures,
    quotation,
    spending,
    terms,
)
from tests.samples import WHERE, paragraph, picture

WIDTH = float(style().page.text_width)
FRAME = float(style().page.text_height)


def _flows(*blocks: Block, part: Element | None = None) -> list[Flow]:
    look = style()
    made = BlockMaker(look, Typesetter(look, Faces(look.fonts), "en"))
    flows = made.blocks(blocks, part or Element("Sect"))
    for flow in flows:
        flow.fit(WIDTH)
    return flows


def _flow(block: Block) -> Flow:
    (flow,) = _flows(block)
    return flow


def _texts(flow: Flow) -> list[TextFlow]:
    """The paragraphs inside a flow, in order."""
    if isinstance(flow, TextFlow):
        return [flow]
    if isinstance(flow, Nest):
        return [text for inner, _ in flow.inside() for text in _texts(inner)]
    return []


def _lines(*flows: Flow) -> int:
    return sum(text.lines for flow in flows for text in _texts(flow))


def _both(parts: tuple[Flow, Flow] | None) -> tuple[Flow, Flow]:
    assert parts is not None
    return parts


# --------------------------------------------------------------------------- columns


def _heights(flow: Flow) -> list[float]:
    assert isinstance(flow, Columned)
    (beside,) = [inner for inner, _ in flow.inside()]
    assert isinstance(beside, Beside)
    return [part.height for part in beside.parts]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("paragraphs", [2, 5, 6, 9])
def test_columns_are_about_equally_high(count: int, paragraphs: int) -> None:
    flow = _flow(columned(paragraphs, count))
    heights = _heights(flow)
    assert flow.height == max(heights)
    pitch = style().text["body"].line_pitch
    # Neither a heading nor two lines of a paragraph are torn apart for it.
    assert max(heights) - min(heights) < 7 * pitch
    assert sum(heights) >= max(heights) * count - 7 * pitch * (count - 1)


def test_a_single_line_stands_in_the_first_column() -> None:
    flow = _flow(Columns(((paragraph("One."),),), 3, WHERE))
    assert [round(height) > 0 for height in _heights(flow)] == [True, False, False]


@given(paragraphs=st.integers(1, 60), count=st.integers(2, 3), room=st.floats(60, FRAME))
@settings(max_examples=40, deadline=None)
def test_columns_go_on_over_pages_and_lose_nothing(paragraphs: int, count: int, room: float) -> None:
    rest = _flow(columned(paragraphs, count))
    lines = _lines(*(_flow(columned(paragraphs, count)),)) if rest.height <= FRAME else None
    found = 0
    for _ in range(200):
        if rest.height <= room:
            break
        parts = rest.split(room) or give(rest, room)
        if parts is None:
            break
        assert parts[0].height <= room + 0.05
        found += _lines(parts[0])
        rest = parts[1]
    if lines is not None:
        assert found + _lines(rest) == lines


def test_columns_fill_a_page_to_its_foot_and_balance_only_their_end() -> None:
    pages = [page for page in lay_out(document_of(columned(40)), style()).pages if page.section]
    assert len(pages) > 2
    full = [page.placed[-1].flow for page in pages[:-1]]
    for flow in full:
        assert isinstance(flow, Beside)
        assert all(part.height > FRAME / 2 for part in flow.parts)
        assert len(flow.parts) == 2
    last = pages[-1].placed[-1].flow
    heights = _heights(last)
    assert max(heights) - min(heights) < 100


def test_columns_as_their_author_breaks_them_go_on_side_by_side() -> None:
    long = tuple(paragraph("filler " * 60) for _ in range(30))
    flow = _flow(Columns((long, (paragraph("short"),)), 2, WHERE))
    first, second = _both(flow.split(FRAME))
    assert isinstance(first, Beside)
    assert isinstance(second, Beside)
    assert [bool(part.flows) for part in first.parts] == [True, True]
    assert [bool(part.flows) for part in second.parts] == [True, False]


def test_fewer_parts_than_columns_leave_the_last_ones_empty() -> None:
    flow = _flow(Columns(((paragraph("a"),), (paragraph("b"),)), 3, WHERE))
    assert isinstance(flow, Beside)
    assert [len(part.flows) for part in flow.parts] == [1, 1, 0]
    assert len({round(share, 6) for share in flow.shares}) == 1


def test_no_columns_end_in_a_heading() -> None:
    for size in range(1, 40):
        blocks = (paragraph("filler " * size), heading("Heading", 3), paragraph("filler " * 40))
        flow = _flow(Columns((blocks,), 2, WHERE))
        ((beside, _),) = flow.inside()  # type: ignore[attr-defined]
        for part in beside.parts:
            assert not part.flows or not part.flows[-1].keep_with_next


# --------------------------------------------------------------------------- side by side


def test_parts_get_their_shares_of_the_width_without_the_gap() -> None:
    flow = _flow(beside_picture())
    assert isinstance(flow, Beside)
    places = flow._places()
    gap = style().columns.gap
    assert places[0] == (0.0, pytest.approx(0.35 * (WIDTH - gap)))
    assert places[1] == (pytest.approx(0.35 * (WIDTH - gap) + gap), pytest.approx(0.65 * (WIDTH - gap)))


def test_text_beside_a_picture_goes_on_beside_nothing() -> None:
    flow = _flow(beside_picture(60))
    first, second = _both(flow.split(300))
    assert isinstance(first, Beside)
    assert isinstance(second, Beside)
    assert isinstance(first.parts[0].flows[0], Figure)
    assert second.parts[0].flows == []
    assert _lines(first, second) == _lines(flow)


def test_a_picture_that_does_not_fit_takes_its_text_along() -> None:
    flow = _flow(beside_picture(60))
    assert flow.split(60) is None


def test_key_figures_stay_whole_and_have_a_rule_above_each() -> None:
    flow = _flow(key_figures(("2 %", "of GDP", ""), ("32", "Allies", "")))
    assert isinstance(flow, Beside)
    assert flow.line is not None
    assert flow.split(flow.height - 1) is None
    _, second = _both(give(flow, flow.height - 10))
    assert isinstance(second, Beside)
    assert second.line is None


def test_a_place_to_sign_has_room_above_its_line() -> None:
    flow = _flow(SideBySide(((paragraph("A. Minister"),), ()), (0.5, 0.5), WHERE, "signatures"))
    assert isinstance(flow, Beside)
    assert flow.line is not None
    columns = style().columns
    assert flow.line.width == columns.sign_rule
    assert flow.height >= columns.sign_room + columns.sign_rule + flow.parts[0].height


# --------------------------------------------------------------------------- kept together


def test_what_stays_together_moves_as_a_whole_and_its_heading_with_it() -> None:
    kept = Together(tuple(paragraph("filler " * 30) for _ in range(8)), WHERE)
    (flow,) = _flows(heading("Heading"), kept)
    assert isinstance(flow, Kept)
    assert len(_texts(flow)) == 9
    assert flow.height < FRAME
    assert flow.split(flow.height - 1) is None


@pytest.mark.parametrize("before", [0, 5, 20])
def test_what_no_page_can_hold_flows(before: int) -> None:
    kept = Together(tuple(paragraph("filler " * 60) for _ in range(30)), WHERE)
    pages = lay_out(document_of(*[paragraph("Before.")] * before, heading("Heading"), kept), style()).pages
    body = [page for page in pages if page.section]
    assert len(body) in {3, 4}
    for page in body[:-1]:
        bottom = page.placed[-1].top - page.placed[-1].flow.height
        assert bottom < style().page.bottom + 80


# --------------------------------------------------------------------------- quotations and boxes


def test_who_said_it_is_never_parted_from_the_last_words() -> None:
    flow = _flow(quotation("filler " * 200, by="Somebody"))
    assert isinstance(flow, Box)
    pitch = style().text["quotation"].line_pitch
    for less in range(1, 40):
        parts = flow.split(flow.height - less)
        if parts is None:
            continue
        texts = _texts(parts[1])
        assert len(texts) == 2
        assert texts[0].lines >= 2
        assert parts[0].height <= flow.height - less + pitch


def test_a_box_in_a_box_has_no_fill() -> None:
    assert style().callout.fill is not None
    outer = _flow(callout("A", callout("B", paragraph("b", "callout")), paragraph("a", "callout")))
    assert isinstance(outer, Box)
    inner = outer.content.flows[1]
    assert isinstance(inner, Box)
    assert outer.look.fill is not None
    assert inner.look.fill is None
    assert inner.look.bar == style().callout.bar


def test_a_box_of_fill_alone_has_no_margins_where_it_may_not_be_filled() -> None:
    assert style().facts.bar == 0
    flow = _flow(Columns(((callout("Facts", paragraph("f", "facts"), look="facts"),), ()), 2, WHERE))
    assert isinstance(flow, Beside)
    box = flow.parts[0].flows[0]
    assert isinstance(box, Box)
    assert (box.look.fill, box.look.padding_x, box.look.padding_y) == (None, 0, 0)


def test_a_box_after_a_box_is_filled_again() -> None:
    first, second = _flows(callout("A", callout("B")), callout("C"))
    assert isinstance(first, Box)
    assert isinstance(second, Box)
    assert first.look == second.look


@pytest.mark.parametrize(("look", "title"), [("question", "question"), ("facts", "facts-title")])
def test_boxes_have_the_roles_of_their_look(look: str, title: str) -> None:
    box = _flow(callout("Title", paragraph("words", "line"), look=look))
    assert isinstance(box, Box)
    assert box.look == style().box(look)
    words = box.content.flows[0]
    assert isinstance(words, TextFlow)
    assert words.pitch == style().text[title].line_pitch


def test_a_table_in_a_box_that_is_too_high_for_a_page_is_divided() -> None:
    box = _flow(callout("A", replace(spending(rows=60), caption=None)))
    first, second = _both(box.split(FRAME))
    assert first.height <= FRAME + 0.05
    assert second.height > 0


# --------------------------------------------------------------------------- lists


def test_a_term_that_is_wider_than_its_column_stands_above_its_words() -> None:
    flows = _flows(terms(("Short", "words"), ("A term that is far too long", "words"), hang=5.0))
    assert len(flows) == 3
    above = flows[1]
    assert above.keep_with_next
    assert isinstance(above, TextFlow)
    assert above.element is not None
    assert above.element.kind == "Lbl"


def test_words_of_terms_begin_at_the_same_place() -> None:
    flows = _flows(terms(("Short", "words"), ("A term that is far too long", "words"), hang=5.0))
    indent = 5.0 * style().text["list"].size
    starts = [flow._lines[0].x for flow in (flows[0], flows[2]) if isinstance(flow, TextFlow)]
    assert starts == [pytest.approx(indent)] * 2


def test_terms_without_a_column_of_their_own_take_the_indent_of_lists() -> None:
    flows = _flows(terms(("A", "words"), hang=None))
    assert isinstance(flows[0], TextFlow)
    assert flows[0]._lines[0].x == pytest.approx(style().lists.indent)


def test_other_blocks_in_an_item_stand_below_its_words() -> None:
    image = Image(picture(), "A picture", "fig", WHERE, 1.0)
    item = ListItem("—", (paragraph("words", "list"), image, callout("A", paragraph("b", "callout"))))
    flows = _flows(List(ListKind.DASHES, (item,), 0, 1, WHERE))
    indented = [flow for flow in flows if isinstance(flow, Indented)]
    assert len(indented) == 2
    assert {flow.left for flow in indented} == {float(style().lists.indent)}
    figure = indented[0].content
    assert isinstance(figure, Figure)
    assert figure.size[0] == pytest.approx(WIDTH - style().lists.indent)


# --------------------------------------------------------------------------- pages on their side


def _plain(count: int, *, kept: bool = False) -> list[Flow]:
    return list(_flows(*(paragraph(f"{k}", keep_with_next=kept) for k in range(count))))


def test_runs_of_pages_that_lie_alike_keep_the_order() -> None:
    before, inside, after = _plain(2), _plain(3), _plain(1)
    runs = turns([*before, Turned(inside), *after], landscape=False)
    assert runs == [(False, before), (True, inside), (False, after)]


def test_a_heading_goes_with_what_is_turned() -> None:
    before, head, inside = _plain(1), _plain(2, kept=True), _plain(1)
    runs = turns([*before, *head, Turned(inside)], landscape=False)
    assert runs == [(False, before), (True, [*head, *inside])]


def test_a_section_that_begins_turned_has_no_upright_page_before() -> None:
    head, inside = _plain(1, kept=True), _plain(1)
    assert turns([*head, Turned(inside)], landscape=False) == [(True, [*head, *inside])]


def test_a_section_on_its_side_has_nothing_but_turned_pages() -> None:
    flows, inside = _plain(1), _plain(1)
    assert turns([*flows, Turned(inside)], landscape=True) == [(True, flows), (True, inside)]
    assert turns([], landscape=True) == [(True, [])]


# --------------------------------------------------------------------------- stacks


def _stack(*flows: Flow) -> Stack:
    stack = Stack(flows)
    stack.fit(WIDTH)
    return stack


@given(sizes=st.lists(st.integers(1, 120), min_size=1, max_size=12), room=st.floats(20, 900))
@settings(max_examples=60, deadline=None)
def test_the_parts_of_a_stack_are_as_high_as_their_flows(sizes: Sequence[int], room: float) -> None:
    flows = _flows(*(paragraph("filler " * size) for size in sizes))
    stack = _stack(*flows)
    parts = stack.split(room)
    if parts is None:
        return
    assert parts[0].height <= room + 0.05
    for part in parts:
        height = part.height
        part.measure()
        assert part.height == pytest.approx(height)
    assert _lines(*parts) == _lines(stack)


def test_parts_of_columns_and_pictures_are_elements_in_order() -> None:
    root = Element("Sect")
    _flows(SideBySide(((paragraph("a"),), (dashes("b"),)), (0.5, 0.5), WHERE), columned(1), part=root)
    around, columns = root.children
    assert [child.kind for child in around.children] == ["Div", "Div"]
    assert [child.children[0].kind for child in around.children] == ["P", "L"]
    assert [child.kind for child in columns.children] == ["Div"]
