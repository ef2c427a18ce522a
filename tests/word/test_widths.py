"""Widths of words in the font of a role."""

from dataclasses import replace

import pytest

from briefpack.word.widths import Widths
from tests.word.opened import style_of


def test_digits_are_as_wide_as_the_font_says():
    style = style_of()
    size = style.text["table-cell"].size

    assert Widths(style).width("00", "table-cell") == pytest.approx(2 * 0.507 * size, rel=0.01)


def test_tracking_and_capitals_count():
    style = style_of()
    text = replace(style.text["term"], caps=True, tracking=0.1)
    spaced = Widths(replace(style, text={**style.text, "term": text}))

    plain = Widths(style).width("ABC", "term")
    assert spaced.width("abc", "term") == pytest.approx(plain + 0.3 * text.size)


def test_nothing_is_as_wide_as_nothing():
    assert Widths(style_of()).width("", "body") == 0


def test_letters_that_the_fonts_lack_take_the_room_of_those_that_word_puts_there():
    style = style_of()
    widths, size = Widths(style), style.text["table-cell"].size

    assert widths.width("王小明", "table-cell") == pytest.approx(3 * size)
    assert widths.width("محمود", "table-cell") == pytest.approx(3 * size)
    assert widths.width("00王", "table-cell") == pytest.approx(widths.width("00", "table-cell") + size)
    # Vowel signs stand on their letters.
    assert widths.width("مَ", "table-cell") == widths.width("م", "table-cell")
    assert widths.width("A\u00adB", "table-cell") == widths.width("AB", "table-cell")
