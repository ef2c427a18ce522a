"""What the reader sees of a page, and the way back to the page's own space."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.annexes.geometry import View, apply, inverse, normal, product, visible_box

side = st.floats(36, 14_400)
origin = st.floats(-20_000, 20_000)


@st.composite
def views(draw: st.DrawFn) -> View:
    left, bottom = draw(origin), draw(origin)
    return View(
        (left, bottom, left + draw(side), bottom + draw(side)),
        draw(st.sampled_from((0, 90, 180, 270))),
        draw(st.floats(0.05, 40)),
    )


@given(views())
def test_the_corners_the_reader_sees_are_the_corners_of_the_box(view: View) -> None:
    width, height = view.size
    seen = [apply(view.matrix, x, y) for x, y in ((0, 0), (width, 0), (width, height), (0, height))]
    left, bottom, right, top = view.box
    corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
    turns = view.rotate // 90
    # Turned clockwise, the corner that the reader sees at the lower left is the next one of the sheet.
    for (x, y), (a, b) in zip(seen, corners[turns:] + corners[:turns], strict=True):
        assert math.isclose(x, a, abs_tol=1e-6 * 40_000)
        assert math.isclose(y, b, abs_tol=1e-6 * 40_000)


@given(views(), st.floats(0, 500), st.floats(0, 500), st.floats(0, 500), st.floats(0, 500))
def test_a_point_is_a_point_wherever_it_lies(view: View, x: float, y: float, u: float, v: float) -> None:
    a, b = apply(view.matrix, x, y), apply(view.matrix, u, v)
    assert math.isclose(math.dist(a, b) * view.unit, math.dist((x, y), (u, v)), rel_tol=1e-6, abs_tol=1e-5)


@given(views())
def test_nothing_is_mirrored(view: View) -> None:
    a, b, c, d, _, _ = view.matrix
    assert a * d - b * c > 0


@given(views())
def test_the_upper_left_corner_lies_on_the_box(view: View) -> None:
    x, y = view.top_left
    left, bottom, right, top = view.box
    assert min(abs(x - left), abs(x - right)) < 0.01
    assert min(abs(y - bottom), abs(y - top)) < 0.01


def test_a_box_may_be_given_by_any_two_corners() -> None:
    assert normal((10, 20, 0, 5)) == (0, 5, 10, 20)
    assert normal((10, 20, 10, 5)) is None


@pytest.mark.parametrize(
    ("crop", "seen"),
    [
        (None, (0, 0, 600, 800)),
        ((10, 20, 500, 700), (10, 20, 500, 700)),
        ((-50, -50, 500, 900), (0, 0, 500, 800)),
        ((700, 0, 900, 100), (0, 0, 600, 800)),
    ],
    ids=["none", "inside", "beyond the sheet", "off the sheet"],
)
def test_what_is_seen_is_the_crop_box_within_the_sheet(
    crop: tuple[float, float, float, float] | None, seen: tuple[float, ...]
) -> None:
    assert visible_box((0, 0, 600, 800), crop) == seen


@given(views(), st.floats(-500, 500), st.floats(-500, 500))
def test_the_way_back_leads_back(view: View, x: float, y: float) -> None:
    seen = apply(inverse(view.matrix), *apply(view.matrix, x, y))
    assert math.isclose(seen[0], x, abs_tol=1e-4)
    assert math.isclose(seen[1], y, abs_tol=1e-4)


@given(views(), views(), st.floats(-500, 500), st.floats(-500, 500))
def test_a_product_does_one_after_the_other(first: View, then: View, x: float, y: float) -> None:
    at_once = apply(product(first.matrix, then.matrix), x, y)
    one_by_one = apply(then.matrix, *apply(first.matrix, x, y))
    assert all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-4) for a, b in zip(at_once, one_by_one, strict=True)
    )
