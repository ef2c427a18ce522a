from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.pdf.breaking import SHRINK, Boxes, Line, Point, demerits, first_fit, total_fit

SPACE = 2.5
ROUNDING = 0.01


def boxes(
    widths: list[float],
    given_points: dict[int, list[Point]] | None = None,
    divided: dict[int, list[Point]] | None = None,
    resorts: Sequence[dict[int, list[Point]]] = (),
) -> Boxes:
    starts = list(accumulate((width + SPACE for width in widths), initial=0.0))
    ends = [start + width for start, width in zip(starts, widths, strict=False)]
    known = given_points or {}
    return Boxes(
        starts,
        ends,
        lambda k: known.get(k, ()),
        None if divided is None else lambda k: (*known.get(k, ()), *divided.get(k, ())),
        [
            partial(dict.get, resort)
            for resort in ({k: resort.get(k, ()) for k in range(len(widths))} for resort in resorts)
        ],
    )


def letters(widths: list[float]) -> dict[int, list[Point]]:
    """Every box is letters 5 points wide: the points between them."""
    return {
        k: [(n, 5.0 * n, 5.0 * n, False) for n in range(1, round(width / 5))]
        for k, width in enumerate(widths)
    }


def hyphens(widths: list[float]) -> dict[int, list[Point]]:
    """Boxes of 20 points and more may be divided after every second letter; a hyphen is 3 points wide."""
    return {
        k: [(n, 5.0 * n + 3, 5.0 * n, True) for n in range(2, round(width / 5) - 1, 2)]
        for k, width in enumerate(widths)
    }


def covered(lines: list[Line]) -> list[tuple[int, int]]:
    """Where each line begins and ends, as (box, offset)."""
    return [place for line in lines for place in ((line.first, line.skip), (line.last, line.cut))]


WIDTHS = st.lists(st.integers(1, 16).map(lambda n: 5.0 * n), min_size=1, max_size=60)
MEASURES = st.integers(80, 400).map(float)


@given(widths=WIDTHS, measure=MEASURES, indent=st.sampled_from([0.0, 20.0, -10.0]), divide=st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_box_is_set_once_and_in_order(
    widths: list[float], measure: float, indent: float, divide: bool
) -> None:
    made = boxes(widths, divided=hyphens(widths) if divide else None, resorts=[letters(widths)])
    for lines in (first_fit(made, measure, indent, zone=20), total_fit(made, measure, SPACE, indent)):
        places = covered(lines)
        assert places[0] == (0, 0)
        assert places[-1] == (len(widths), 0)
        assert places[1:-1:2] == places[2::2]
        assert all(before < after for before, after in zip(places[::2], places[1::2], strict=True))


@given(widths=WIDTHS, measure=MEASURES, divide=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_line_is_as_wide_as_what_stands_in_it(widths: list[float], measure: float, divide: bool) -> None:
    made = boxes(widths, divided=hyphens(widths) if divide else None, resorts=[letters(widths)])
    for line in (*first_fit(made, measure, zone=20), *total_fit(made, measure, SPACE)):
        inside = sum(widths[line.first : line.last]) + (line.cut - line.skip) * 5.0
        gaps = line.last - line.first - (0 if line.cut else 1)
        assert line.width == pytest.approx(inside + gaps * SPACE + (3 if line.hyphen else 0))


@given(widths=WIDTHS, measure=MEASURES, indent=st.sampled_from([0.0, 20.0]), divide=st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_line_is_wider_than_the_measure(
    widths: list[float], measure: float, indent: float, divide: bool
) -> None:
    made = boxes(widths, divided=hyphens(widths) if divide else None, resorts=[letters(widths)])
    for number, line in enumerate(first_fit(made, measure, indent, zone=20)):
        assert line.width <= measure - (0 if number else indent) + ROUNDING
    for number, line in enumerate(total_fit(made, measure, SPACE, indent)):
        gaps = line.last - line.first - (0 if line.cut else 1)
        assert line.width - gaps * SPACE * SHRINK <= measure - (0 if number else indent) + ROUNDING


@given(widths=WIDTHS, measure=MEASURES, given_at=st.sets(st.integers(0, 59), max_size=10))
@settings(max_examples=100, deadline=None)
def test_total_fit_is_never_worse_than_first_fit(
    widths: list[float], measure: float, given_at: set[int]
) -> None:
    points = {k: [(1, 5.0, 5.0, False)] for k in given_at if k < len(widths) and widths[k] > 5}
    made = boxes(widths, points, divided=None, resorts=[letters(widths)])
    best = demerits(total_fit(made, measure, SPACE), measure, SPACE)
    assert best <= demerits(first_fit(made, measure), measure, SPACE) * (1 + 1e-9)


@given(widths=st.lists(st.integers(1, 10).map(lambda n: 5.0 * n), min_size=1, max_size=11))
@settings(max_examples=40, deadline=None)
def test_total_fit_finds_the_best_of_all_ways_that_first_fit_or_good_lines_allow(widths: list[float]) -> None:
    measure = 100.0
    made = boxes(widths)
    chosen = demerits(total_fit(made, measure, SPACE), measure, SPACE)
    for cuts in range(1 << (len(widths) - 1)):
        stops = [n + 1 for n in range(len(widths) - 1) if cuts >> n & 1] + [len(widths)]
        lines = [
            Line(first, 0, last, 0, False, made.ends[last - 1] - made.starts[first])
            for first, last in zip([0, *stops], stops, strict=False)
        ]
        spaces = [SPACE * (line.last - line.first - 1) for line in lines]
        rooms = [measure - line.width for line in lines]
        fair = all(
            -SHRINK * gap - 1e-9 <= room and (room <= 0 or (gap > 0 and room <= gap))
            for room, gap in zip(rooms[:-1], spaces[:-1], strict=True)
        )
        if fair and rooms[-1] >= -SHRINK * spaces[-1]:
            assert chosen <= demerits(lines, measure, SPACE) * (1 + 1e-9)


def test_text_without_boxes_has_no_lines() -> None:
    assert first_fit(boxes([]), 100) == []
    assert total_fit(boxes([]), 100, SPACE) == []


def test_a_box_wider_than_the_line_is_cut_after_the_last_character_that_fits() -> None:
    widths = [20.0, 230.0, 20.0]
    made = boxes(widths, resorts=[letters(widths)])
    for lines in (first_fit(made, 100), total_fit(made, 100, SPACE)):
        assert [(line.last, line.cut) for line in lines[:3]] == [(1, 0), (1, 20), (1, 40)]


def test_a_box_wider_than_the_line_is_rather_divided_than_cut() -> None:
    widths = [20.0, 230.0]
    made = boxes(widths, resorts=[{1: [(16, 83.0, 80.0, True)]}, letters(widths)])
    for lines in (first_fit(made, 100), total_fit(made, 100, SPACE)):
        assert [(line.cut, line.hyphen) for line in lines[:3]] == [(0, False), (16, True), (36, False)]


def test_a_single_character_wider_than_the_line_stands_alone() -> None:
    for lines in (first_fit(boxes([50.0, 50.0]), 20), total_fit(boxes([50.0, 50.0]), 20, SPACE)):
        assert [(line.first, line.last, line.width) for line in lines] == [(0, 1, 50), (1, 2, 50)]


def test_ragged_text_divides_a_word_only_where_the_line_would_be_too_short() -> None:
    widths = [60.0, 50.0, 40.0]
    made = boxes(widths, divided=hyphens(widths))
    assert [line.hyphen for line in first_fit(made, 100, zone=41)] == [False, False]
    assert [line.hyphen for line in first_fit(made, 100, zone=30)] == [True, False]


def test_ragged_text_never_divides_its_last_word() -> None:
    widths = [60.0, 50.0]
    lines = first_fit(boxes(widths, divided=hyphens(widths)), 100, zone=10)
    assert [line.hyphen for line in lines] == [False, False]


def test_ragged_text_has_at_most_two_hyphens_in_a_row() -> None:
    widths = [70.0] * 12
    lines = first_fit(boxes(widths, divided=hyphens(widths)), 100, zone=5)
    flags = "".join("h" if line.hyphen else "." for line in lines)
    assert "hh" in flags
    assert "hhh" not in flags


def test_justified_text_is_divided_only_where_words_alone_make_no_good_line() -> None:
    good = [30.0] * 30
    assert not any(
        line.hyphen for line in total_fit(boxes(good, divided=hyphens(good)), 30 * 3 + 2 * SPACE, SPACE)
    )
    bad = [45.0] * 30
    assert any(line.hyphen for line in total_fit(boxes(bad, divided=hyphens(bad)), 108.5, SPACE))


def test_the_last_line_is_no_lonely_word_where_that_can_be_helped() -> None:
    # First fit leaves "10" alone; a break in the word before it costs little.
    widths = [30.0, 30.0, 30.0, 30.0, 30.0, 31.0, 10.0]
    measure = 3 * 30 + 2 * SPACE + 1.2
    assert first_fit(boxes(widths), measure)[-1].first == 6
    assert total_fit(boxes(widths, {5: [(6, 30.0, 30.0, False)]}), measure, SPACE)[-1].first < 6
