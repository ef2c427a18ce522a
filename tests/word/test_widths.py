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
