"""Lengths, colours and contrast against values known from elsewhere."""

from __future__ import annotations

import pytest

from briefpack.style import WHITE, Colour, Length


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
