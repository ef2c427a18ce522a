"""Lengths, colours and contrast against values known from elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefpack.reading.read_style import read_style
from briefpack.style import TEXT_ROLES, WHITE, WORD_KEYS, Colour, Length, Style


@pytest.fixture(scope="module")
def base() -> Style:
    style = read_style("base", []).style
    assert style is not None
    return style


def colour(text: str) -> Colour:
    return Colour(*bytes.fromhex(text))


@pytest.mark.parametrize(
    ("front", "ground", "ratio"),
    [
        ("000000", "ffffff", 21.0),
        ("ffffff", "ffffff", 1.0),
        # Ratios that WCAG's own techniques and the WebAIM contrast checker give.
        ("777777", "ffffff", 4.48),
        ("767676", "ffffff", 4.54),
        ("0000ff", "ffffff", 8.59),
        ("ff0000", "ffffff", 4.00),
        ("008000", "ffffff", 5.14),
        ("ffff00", "000000", 19.56),
    ],
)
def test_contrast_agrees_with_known_ratios(front: str, ground: str, ratio: float) -> None:
    assert colour(front).contrast(colour(ground)) == pytest.approx(ratio, abs=0.005)


def test_contrast_does_not_depend_on_the_order() -> None:
    assert colour("1b365d").contrast(WHITE) == WHITE.contrast(colour("1b365d"))


def test_a_length_converts_to_the_units_of_both_writers() -> None:
    inch = Length.from_mm(25.4)
    assert (inch, inch.twips, inch.emu) == (72, 1440, 914_400)
    assert inch.mm == pytest.approx(25.4)


def test_a_colour_reads_as_word_and_pdf_want_it() -> None:
    navy = colour("1b365d")
    assert navy.hex == "1B365D"
    assert navy.unit == pytest.approx((0.10588, 0.21176, 0.36471), abs=1e-5)


def test_line_pitch_is_whole_twips(base: Style) -> None:
    for role in TEXT_ROLES:
        pitch = base.text[role].line_pitch
        assert pitch * 20 == pytest.approx(round(pitch * 20), abs=1e-9)
    assert base.text["body"].line_pitch == pytest.approx(15.2)


def test_words_are_looked_up_by_language_then_its_parent_then_english(base: Style) -> None:
    assert base.word("contents", "fr") == "Sommaire"
    assert base.word("contents", "fr-CA") == "Sommaire"
    assert base.word("contents", "en-GB") == "Contents"
    assert base.word("contents", "nl") == "Contents"


def test_every_language_of_the_base_has_every_word(base: Style) -> None:
    assert set(base.words) >= {"en", "fr"}
    for language, words in base.words.items():
        assert set(words) == set(WORD_KEYS), language
        assert all(words.values()), language


def test_the_text_frame_is_what_the_margins_leave(base: Style) -> None:
    page = replace(base.page, width=Length(600), inside=Length(100), outside=Length(50))
    assert page.text_width == 450
    assert base.page.text_height.mm == pytest.approx(297 - 31 - 28)
