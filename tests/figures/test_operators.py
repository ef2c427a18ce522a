"""Shapes as operators: what is filled, stroked, dashed, clipped and hatched, and nothing of it left behind."""

from __future__ import annotations

import pytest

from briefpack.drawing import Close, CurveTo, LineTo, MoveTo, Path, Pattern, Shape
from briefpack.figures.operators import bounds, number, path_operators, shape_operators
from briefpack.figures.sheet import rectangle

SQUARE = rectangle(0, 0, 20, 20)


def _said(shape: Shape) -> str:
    return " ".join(shape_operators(shape))


def test_a_path_is_said_step_by_step() -> None:
    path: Path = (MoveTo(0, 1), LineTo(2.5, 1), CurveTo(1, 2, 3, 4, 5, 6), Close())
    assert path_operators(path) == "0 1 m 2.5 1 l 1 2 3 4 5 6 c h"


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (1, "1"), (-0.5, "-0.5"), (1e-9, "0"), (12.3456, "12.346"), (-1e-9, "-0")]
)
def test_numbers_have_no_exponent_and_no_needless_digits(value: float, said: str) -> None:
    assert number(value) == said


def test_a_fill_and_a_stroke_are_painted_one_after_the_other() -> None:
    said = _said(Shape(SQUARE, fill=(255, 0, 0), stroke=(0, 0, 0), width=2))
    assert "1 0 0 rg" in said
    assert said.index(" f ") < said.index(" S ")
    assert "2 w" in said


def test_the_even_odd_rule_is_said() -> None:
    assert " f* " in _said(Shape(SQUARE, fill=(0, 0, 0), even_odd=True))


def test_dashes_without_length_are_a_solid_line() -> None:
    assert "[3 1] 0 d" in _said(Shape(SQUARE, stroke=(0, 0, 0), dash=(3, 1)))
    assert " d " not in _said(Shape(SQUARE, stroke=(0, 0, 0), dash=(0, 0)))


def test_clips_come_before_everything() -> None:
    said = _said(Shape(SQUARE, fill=(0, 0, 0), clips=(rectangle(1, 1, 2, 2),)))
    assert said.index("W n") < said.index(" f ")


@pytest.mark.parametrize("pattern", [p for p in Pattern if p is not Pattern.PLAIN])
def test_a_pattern_is_white_lines_inside_the_shape(pattern: Pattern) -> None:
    said = _said(Shape(SQUARE, fill=(0, 0, 0), pattern=pattern))
    assert "W n" in said
    assert "1 1 1 RG" in said
    assert said.count(" S") >= 3


def test_patterns_differ() -> None:
    assert len({_said(Shape(SQUARE, fill=(0, 0, 0), pattern=pattern)) for pattern in Pattern}) == len(Pattern)


@pytest.mark.parametrize("pattern", list(Pattern))
def test_the_graphics_state_is_left_as_it_was(pattern: Pattern) -> None:
    words = _said(Shape(SQUARE, fill=(0, 0, 0), stroke=(1, 1, 1), dash=(1,), pattern=pattern)).split()
    assert words.count("q") == words.count("Q")


def test_what_has_no_ink_is_not_painted() -> None:
    assert shape_operators(Shape(SQUARE)) == []
    assert shape_operators(Shape((), fill=(0, 0, 0))) == []


def test_bounds_reach_around_all_points() -> None:
    assert bounds((MoveTo(1, 2), CurveTo(-3, 0, 9, 9, 4, 4))) == (-3, 0, 9, 9)
