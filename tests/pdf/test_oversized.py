"""What is larger than its place: nothing of it is lost, and the layout ends."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from briefpack.document import Callout, Caption, Heading, Image, Paragraph, Section, Spans, Table, Text
from briefpack.pdf.boxes import Figure
from briefpack.style import Length, Style
from tests.pdf.looks import style
from tests.pdf.noted import Plan, Writer, assert_begun, assert_sound, laid, note, put_rows, section
from tests.samples import WHERE, SectionMaker, paragraph, picture, words


def _sized(role: str, size: float) -> Style:
    look = style()
    text = {**look.text, role: replace(look.text[role], size=Length(size))}
    return replace(look, text=text)


def _letters(texts: list[str], letter: str) -> int:
    return sum(len(re.findall(letter, text)) for text in texts)


def test_a_cell_taller_than_a_page_goes_on_with_its_notes() -> None:
    writer = Writer()
    pages, texts = laid(section(writer, [Plan("tall", 300, (20, 30, 40))]), look=style())
    assert_sound(pages, texts, writer, style())
    assert_begun(texts, writer)
    assert len(texts) > 3


@pytest.mark.parametrize("size", [400, 6000])
def test_a_word_wider_than_its_line_is_divided_between_letters(size: int) -> None:
    maker = SectionMaker(1)
    word: Spans = (Text("q" * size), note(1, "w" * 300), Text("q" * size))
    maker.add(Paragraph(word, WHERE))
    maker.table(("A", "B"), [("", "")], (0.1, 0.9))
    put_rows(maker, [((Text("z" * 50), note(2, "y" * 50)), words("cell"))])
    pages, texts = laid(maker.section("S"), look=style())
    found = {letter: _letters(texts, letter) for letter in "qwzy"}
    # The header has words of its own.
    spare = {letter: _letters(laid(_empty(), look=style())[1], letter) for letter in "qwzy"}
    assert {letter: found[letter] - spare[letter] for letter in "qwz"} == {"q": 2 * size, "w": 300, "z": 50}
    assert found["y"] >= 50
    for page in pages.pages:
        for placed in page.placed:
            assert placed.top - placed.flow.height >= style().page.bottom - 0.05


def _empty() -> Section:
    return SectionMaker(1).section("S")


def _figure(caption: Spans, source: Spans | None = None) -> Image:
    data = picture(200, 900)
    return Image(data, "a tower", "fig_1", WHERE, 1.0, Caption("Figure 1", caption), source)


def test_a_picture_higher_than_a_page_leaves_room_for_its_note() -> None:
    writer = Writer()
    made = section(writer, [Plan("paragraph", 30)])
    figure = _figure(writer.spans(2, (60,)))
    made = replace(made, blocks=(*made.blocks, figure, paragraph("after")))
    pages, texts = laid(made, look=style())
    assert_sound(pages, texts, writer, style())
    assert_begun(texts, writer)
    (flow,) = (p.flow for page in pages.pages for p in page.placed if isinstance(p.flow, Figure))
    assert flow.size[1] > style().page.text_height / 2


def test_a_caption_longer_than_a_page_goes_on() -> None:
    writer = Writer()
    made = section(writer, [Plan("paragraph", 3)])
    figure = _figure(writer.spans(1500, (60,)), writer.spans(900, (30,)))
    pages, texts = laid(replace(made, blocks=(*made.blocks, figure)), look=style())
    assert_sound(pages, texts, writer, style())
    assert_begun(texts, writer)


def test_a_callout_taller_than_a_page_goes_on_with_its_notes() -> None:
    writer = Writer()
    inside = tuple(Paragraph(writer.spans(90, (25,)), WHERE, "callout") for _ in range(14))
    box = Callout(None, inside, WHERE)
    pages, texts = laid(replace(_empty(), blocks=(box,)), look=style())
    assert_sound(pages, texts, writer, style())
    assert_begun(texts, writer)
    assert sum(bool(page.placed) for page in pages.pages) > 3


def test_a_heading_longer_than_a_page_goes_on_with_its_note() -> None:
    writer = Writer()
    heading = Heading(2, None, writer.spans(1200, (30,)), "h_1", WHERE)
    text = Paragraph(writer.spans(60, (10,)), WHERE)
    pages, texts = laid(replace(_empty(), blocks=(heading, text)), look=style())
    assert_sound(pages, texts, writer, style())
    assert_begun(texts, writer)


def test_a_note_of_thirty_pages_ends() -> None:
    writer = Writer()
    plans = [Plan("paragraph", 60, (20_000,)), Plan("paragraph", 60, (5,)), Plan("heading", 2)]
    pages, texts = laid(section(writer, plans), look=style())
    assert_sound(pages, texts, writer, style())
    assert_begun(texts, writer)
    assert sum(page.foot is not None and not page.placed for page in pages.pages) > 15


def test_a_row_with_more_notes_than_a_page_holds_keeps_them_in_order() -> None:
    writer = Writer()
    maker = SectionMaker(1)
    maker.table(("A", "B"), [("", "")], (0.5, 0.5))
    put_rows(maker, [(words("a cell"), writer.spans(4, (60,) * 18))])
    maker.add(Paragraph(writer.spans(30, (5,)), WHERE))
    pages, texts = laid(maker.section("S"), look=style())
    assert_sound(pages, texts, writer, style())


@pytest.mark.parametrize("size", [170, 400, 1500])
@pytest.mark.parametrize("role", ["body", "note", "heading-2", "callout", "table-cell", "list"])
def test_a_line_higher_than_half_a_frame_or_all_of_it_is_printed(role: str, size: int) -> None:
    """However few of them fit: nothing is lost between pages, and there is an end."""
    look = _sized(role, size)
    text: Spans = (Text("k k k k k "), note(1, "j j j j j"), Text(" k k"))
    maker = SectionMaker(1)
    maker.dashes("i i i")
    maker.table(("A", "B"), [("v", "v v v")], (0.5, 0.5))
    inside = Paragraph((Text("x x x"), note(2, "l")), WHERE, "callout")
    blocks = (
        Heading(2, None, text, "h_1", WHERE),
        paragraph("u u u u"),
        Callout(None, (inside, inside), WHERE),
        *maker.blocks,
    )
    pages, _ = laid(replace(_empty(), blocks=blocks), look=look)
    assert len(pages.pages) < 60


def test_three_lines_of_which_a_page_holds_two_are_divided() -> None:
    look = _sized("body", 190)
    pages, texts = laid(replace(_empty(), blocks=(paragraph("kk kk kk"),)), look=look)
    assert _letters(texts, "kk") == 3
    assert all(p.top - p.flow.height >= look.page.bottom - 0.05 for page in pages.pages for p in page.placed)


def test_a_table_without_room_for_its_columns_still_ends() -> None:
    maker = SectionMaker(1)
    maker.table(("A", "B"), [("word " * 9, "word " * 9)], (0.001, 0.999))
    table = maker.blocks[-1]
    assert isinstance(table, Table)
    pages, _ = laid(maker.section("S"), look=style())
    assert pages.pages
