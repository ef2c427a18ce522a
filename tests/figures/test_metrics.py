"""Widths and outlines of words: those of the fonts, with fallbacks for what a font lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefpack.drawing import Anchoring, CurveTo, MoveTo, Words
from briefpack.figures.metrics import Ruler
from briefpack.figures.operators import bounds
from briefpack.pdf.fonts import Faces
from tests.figures.making import packaged_style


@pytest.mark.parametrize("text", ["Estonia", "Türkiye 3.4", "été – 12 %", "WAVE"])
@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True), (True, True)])
def test_words_are_as_wide_as_the_pdf_sets_them(text: str, bold: bool, italic: bool) -> None:
    style = packaged_style()
    face = Faces(style.fonts).face(style.text["chart"].font, bold=bold, italic=italic)
    expected = 10 * face.width_with_gaps(text)
    assert Ruler(style).width(text, 10, bold=bold, italic=italic) == pytest.approx(expected, rel=0.005)


def test_what_a_font_lacks_is_measured_in_its_fallback() -> None:
    style = packaged_style()
    family = style.text["chart"].font
    bare = replace(style, fonts={**style.fonts, family: replace(style.fonts[family], fallback=())})
    missing = next(
        char for char in "▲■●◆→∑√" if Ruler(bare).width(char, 10) == 0 and Ruler(style).width(char, 10) > 0
    )
    assert Ruler(style).width(f"a{missing}", 10) > Ruler(bare).width(f"a{missing}", 10)


def test_invisible_characters_have_no_width() -> None:
    ruler = Ruler(packaged_style())
    assert ruler.width("a\u00adb\u200b", 10) == ruler.width("ab", 10)


def test_a_no_break_space_that_a_font_lacks_is_as_wide_as_another() -> None:
    ruler = Ruler(packaged_style())
    assert ruler.width("1\u202f000", 10) > ruler.width("1000", 10)


def test_outlines_stand_where_the_words_are_anchored() -> None:
    ruler = Ruler(packaged_style())
    words = Words("Hi", 100, 50, 20, (0, 0, 0))
    wide = ruler.width("Hi", 20)
    for anchoring, left in (
        (Anchoring.START, 100),
        (Anchoring.MIDDLE, 100 - wide / 2),
        (Anchoring.END, 100 - wide),
    ):
        box = bounds(ruler.outlines(replace(words, anchoring=anchoring)))
        assert left <= box[0] <= left + 4
        assert box[1] == pytest.approx(50, abs=0.5)
        assert box[3] <= 50 + 20


def test_outlines_are_closed_curves() -> None:
    path = Ruler(packaged_style()).outlines(Words("o", 0, 0, 10, (0, 0, 0)))
    assert sum(isinstance(step, MoveTo) for step in path) == 2
    assert any(isinstance(step, CurveTo) for step in path)


def test_capitals_are_lower_than_the_size() -> None:
    assert 5 < Ruler(packaged_style()).capitals(10) < 8
