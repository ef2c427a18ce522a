"""Drawings and charts in the PDF: in their place, words in embedded fonts, all of it content of one Figure."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from briefpack.document import Block, Caption, ChartKind, Document, Image, Text
from briefpack.drawing import Anchoring, Drawing, Shape, Words
from briefpack.figures.sheet import rectangle
from briefpack.pdf.boxes import Figure
from briefpack.pdf.fonts import missing_characters
from briefpack.pdf.layout import Laid, lay_out
from briefpack.pdf.structure import Element
from briefpack.pdf.writer import write_body
from tests.figures.making import chart
from tests.pdf.looks import style
from tests.samples import WHERE, SectionMaker, sample_meta

RED = (200, 30, 40)
DRAWING = Drawing(
    200, 100, (Shape(rectangle(0, 0, 100, 50), fill=RED), Words("Estonia", 150, 75, 12, (0, 0, 0)))
)
BARS = chart(ChartKind.BAR, ("Estonia", "Latvia"), ("", [3.4, 3.2]), unit="% of GDP", labelled=True)


def _laid(*blocks: Block) -> tuple[Document, Laid]:
    maker = SectionMaker(1)
    for block in blocks:
        maker.add(block)
    document = Document(sample_meta(watermark=None), (), (maker.section("S"),), ())
    return document, lay_out(document, style())


def _pdf(*blocks: Block) -> bytes:
    document, laid = _laid(*blocks)
    return write_body(document, style(), laid).content


def _figures(laid: Laid) -> list[Figure]:
    return [placed.flow for page in laid.pages for placed in page.placed if isinstance(placed.flow, Figure)]


def _walk(element: Element) -> list[Element]:
    return [element, *(below for child in element.children for below in _walk(child))]


def _page(pdf: bytes) -> pypdfium2.PdfPage:
    """The page with the section."""
    document = pypdfium2.PdfDocument(pdf)
    return document[len(document) - 1]


def _text(pdf: bytes) -> str:
    return " ".join(_page(pdf).get_textpage().get_text_range().split())


def test_a_drawing_is_as_large_as_it_says_and_no_wider_than_the_frame() -> None:
    _, laid = _laid(
        Image(DRAWING, "alt", "fig_1", WHERE), Image(Drawing(900, 90, DRAWING.marks), "alt", "fig_2", WHERE)
    )
    own, wide = _figures(laid)
    assert own.size == (200, 100)
    assert wide.size == pytest.approx((style().page.text_width, style().page.text_width / 10))


def test_a_drawing_takes_its_share_of_the_width() -> None:
    _, laid = _laid(Image(DRAWING, "alt", "fig_1", WHERE, 0.5))
    (figure,) = _figures(laid)
    assert figure.size == pytest.approx((style().page.text_width / 2, style().page.text_width / 4))


def test_shapes_are_painted_in_their_colours() -> None:
    picture = _page(_pdf(Image(DRAWING, "alt", "fig_1", WHERE))).render(scale=2).to_pil().convert("RGB")
    red = [count for count, colour in picture.getcolors(1_000_000) if colour == RED]
    assert red
    assert red[0] == pytest.approx(100 * 50 * 4, rel=0.05)


def test_words_of_a_drawing_are_text_in_an_embedded_font() -> None:
    pdf = _pdf(Image(DRAWING, "alt", "fig_1", WHERE))
    assert "Estonia" in _text(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
        assert all("/FontFile2" in font.FontDescriptor for font in fonts if "/FontDescriptor" in font)


@pytest.mark.parametrize("anchoring", Anchoring)
def test_words_stand_at_their_anchor(anchoring: Anchoring) -> None:
    words = Words("Estonia", 100, 50, 20, (0, 0, 0), anchoring=anchoring)
    page = _page(_pdf(Image(Drawing(200, 100, (words,)), "alt", "fig_1", WHERE)))
    text = page.get_textpage()
    whole = text.get_text_range()
    start = whole.index("Estonia")
    left, right = text.get_charbox(start)[0], text.get_charbox(start + 6)[2]
    frame = style().page.inside
    middle = {Anchoring.START: left, Anchoring.MIDDLE: (left + right) / 2, Anchoring.END: right}[anchoring]
    assert middle - frame == pytest.approx(100, abs=2)


def test_a_character_that_the_font_lacks_is_set_in_a_fallback() -> None:
    words = Words("a → b", 10, 50, 20, (0, 0, 0))
    assert "a → b" in _text(_pdf(Image(Drawing(200, 100, (words,)), "alt", "fig_1", WHERE)))


def test_a_chart_is_drawn_at_the_width_it_gets_with_words_of_the_style() -> None:
    document, laid = _laid(BARS)
    (figure,) = _figures(laid)
    assert figure.size[0] == pytest.approx(style().page.text_width)
    text = _text(write_body(document, style(), laid).content)
    assert all(words in text for words in ("% of GDP", "Estonia", "Latvia", "3.4", "3.2"))


def test_a_chart_is_one_figure_with_the_data_as_its_alternative_and_a_caption() -> None:
    made = replace(BARS, alt="Bar chart. Estonia 3.4.", caption=Caption("Figure 1", (Text("Spending"),)))
    _, laid = _laid(made)
    figures = [element for element in _walk(laid.structure) if element.kind == "Figure"]
    (figure,) = [element for element in figures if element.alternative == "Bar chart. Estonia 3.4."]
    assert [child.kind for child in figure.children] == ["Caption"]


def test_words_inside_a_figure_are_no_elements_of_their_own() -> None:
    pdf = _pdf(BARS)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        content = opened.pages[-1].Contents.read_bytes().decode("latin-1")
    figure = content[content.index("/Figure <</MCID") :]
    figure = figure[: figure.index("EMC")]
    assert "(Estonia) Tj" in figure
    assert "BDC" not in figure.removeprefix("/Figure <</MCID").split("BDC", 1)[1]


def test_a_drawing_without_words_for_it_is_decoration() -> None:
    _, laid = _laid(Image(DRAWING, "", "fig_1", WHERE))
    assert not any(element.kind == "Figure" for element in _walk(laid.structure))
    assert "Estonia" in _text(_pdf(Image(DRAWING, "", "fig_1", WHERE)))


def test_a_drawing_higher_than_the_frame_is_made_smaller() -> None:
    _, laid = _laid(Image(Drawing(100, 4000, DRAWING.marks), "alt", "fig_1", WHERE))
    (figure,) = _figures(laid)
    assert figure.height <= style().page.text_height + 0.01
    assert figure.size[1] / figure.size[0] == pytest.approx(40)


def _missing(block: Block) -> list[str]:
    document, _ = _laid(block)
    return [finding.message for finding in missing_characters(document, style())]


def test_a_character_of_a_chart_that_no_font_has_is_found() -> None:
    assert _missing(chart(ChartKind.BAR, ("Estonia", "\u4e2d\u56fd"), ("", [1, 2])))
    assert _missing(chart(ChartKind.BAR, ("Estonia", "Latvia"), ("\u4e2d", [1, 2])))
    assert _missing(chart(ChartKind.BAR, ("Estonia",), ("", [1]), unit="\u4e2d"))
    assert not _missing(BARS)


def test_a_character_of_a_drawing_that_no_font_has_is_found() -> None:
    words = Words("\u4e2d", 0, 0, 10, (0, 0, 0))
    assert _missing(Image(Drawing(50, 50, (words,)), "alt", "fig_1", WHERE))


def test_the_same_chart_gives_the_same_pdf() -> None:
    assert _pdf(BARS) == _pdf(BARS)


def test_a_chart_may_be_a_part_of_the_width() -> None:
    _, laid = _laid(replace(BARS, width=0.6))
    (figure,) = _figures(laid)
    assert figure.size[0] == pytest.approx(0.6 * style().page.text_width)
