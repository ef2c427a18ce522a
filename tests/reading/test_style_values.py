"""Single values of a style file: lengths in their units, shares, colours, templates, number patterns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.errors import Findings
from briefpack.reading.checks import Report, Shape
from briefpack.reading.node import Kind, Node
from briefpack.reading.style_values import (
    ColourShape,
    LengthShape,
    Measure,
    PatternShape,
    ShareShape,
    TemplateShape,
)
from briefpack.style import Colour

MILLIMETRE = 72 / 25.4


def node(text: str) -> Node:
    return Node(Kind.SCALAR, Path("x.yaml"), 1, 1, text, plain=True)


def complaints(shape: Shape, text: str) -> list[str]:
    findings = Findings()
    shape.check(node(text), Report(findings))
    return [finding.message for finding in findings]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("12pt", 12),
        ("12 pt", 12),
        ("1in", 72),
        ("2.54cm", 72),
        ("25.4mm", 72),
        ("0", 0),
        ("0.0", 0),
        ("0.5pt", 0.5),
    ],
)
def test_a_length_is_read_in_points(text: str, points: float) -> None:
    value = LengthShape().value(node(text))
    assert value is not None
    assert value.points() == pytest.approx(points)
    assert not complaints(LengthShape(), text)


@pytest.mark.parametrize(
    "text", ["12", "12 px", "pt", "1e3pt", "12pt 3pt", "१२pt", "+3pt", "1,5pt", "3 %", "", "0x1pt"]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    assert LengthShape().value(node(text)) is None
    assert complaints(LengthShape(), text)


def test_ems_and_percentages_count_only_where_they_are_asked_for() -> None:
    assert LengthShape(relative="em").value(node("1.5em")) == Measure(1.5, "em")
    assert LengthShape(relative="%").value(node("120%")) == Measure(120, "%")
    assert LengthShape(relative="em").value(node("120%")) is None
    assert Measure(1.5, "em").points(em=10) == 15
    assert Measure(120, "%").points(whole=10) == 12


@given(
    st.floats(-10000, 10000).map(lambda number: round(number, 3)),
    st.sampled_from(["pt", "mm", "cm", "in"]),
    st.floats(0, 800),
)
def test_a_length_is_accepted_exactly_within_its_range(number: float, unit: str, high: float) -> None:
    text = f"{number:.3f}{unit}"
    points = float(f"{number:.3f}") * {"pt": 1, "mm": MILLIMETRE, "cm": 10 * MILLIMETRE, "in": 72}[unit]
    assert (complaints(LengthShape(high=high), text) == []) is (0 <= points <= high)


@given(st.text(max_size=12))
def test_a_length_never_raises_and_its_schema_accepts_what_it_accepts(text: str) -> None:
    shape = LengthShape(relative="em")
    if not complaints(shape, text) and float(re.sub("[^0-9.-]", "", text)) != 0:
        pattern = shape.json({})["anyOf"][0]["pattern"]
        assert re.search(pattern, text, re.ASCII)


@pytest.mark.parametrize(("text", "share"), [("27%", 0.27), ("0.27", 0.27), ("0", 0), ("100%", 1), ("1", 1)])
def test_a_share_is_read_from_a_percentage_or_a_number(text: str, share: float) -> None:
    assert ShareShape().value(node(text)) == pytest.approx(share)


@pytest.mark.parametrize("text", ["101%", "1.5", "-5%", "27pt", "much"])
def test_what_is_no_share_is_refused(text: str) -> None:
    assert complaints(ShareShape(), text)


def test_a_colour_is_read_from_three_or_six_digits_or_stays_a_name() -> None:
    shape = ColourShape()
    assert shape.value(node("#1b365d")) == shape.value(node("#1B365D")) == Colour(27, 54, 93)
    assert shape.value(node("#abc")) == Colour(170, 187, 204)
    assert shape.value(node("accent")) == "accent"


@pytest.mark.parametrize("text", ["#12", "#1234", "#12345g", "Accent", "rgb(0,0,0)", "1b365d", ""])
def test_what_is_no_colour_is_refused(text: str) -> None:
    assert complaints(ColourShape(), text)


@pytest.mark.parametrize("text", ["1.", "(a)", "i", "A)", "[I]", "§1", "–1–", "a"])
def test_a_number_pattern_has_one_digit_with_signs_around_it(text: str) -> None:
    assert not complaints(PatternShape(), text)


@pytest.mark.parametrize("text", ["", "x", "2.", "1.1", "(aa)", "no. 1", "((((1", "1 )"])
def test_another_pattern_is_refused(text: str) -> None:
    assert complaints(PatternShape(), text)


def test_a_template_is_told_of_every_unknown_field() -> None:
    shape = TemplateShape(("title", "page"))
    assert complaints(shape, "{titel} {page} {word:verson} {x}") == [
        "unknown field {titel}",
        "unknown label word {word:verson}",
        "unknown field {x}",
    ]


def test_label_words_themselves_have_no_label_words() -> None:
    assert complaints(TemplateShape(("n",), words=False), "{word:page} {n}") == ["unknown field {word:page}"]
