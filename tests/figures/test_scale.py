"""Axes: round numbers from below the least to above the greatest, at steps of 1, 2 or 5."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import ChartKind
from briefpack.figures.scale import MOST_TICKS, Scale, extent, thinned, ticks


def _ticks(low: str, high: str, most: int = MOST_TICKS) -> list[str]:
    return [str(tick) for tick in ticks(Decimal(low), Decimal(high), most)]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("0", "4.1", ["0", "1", "2", "3", "4", "5"]),
        ("0", "10", ["0", "2", "4", "6", "8", "10"]),
        ("0", "93", ["0", "20", "40", "60", "80", "100"]),
        ("-4.2", "5.5", ["-5", "0", "5", "10"]),
        ("0", "0.032", ["0", "0.01", "0.02", "0.03", "0.04"]),
        ("0", "1200000", ["0", "500000", "1000000", "1500000"]),
        ("0", "0", ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ("3", "3", ["0", "1", "2", "3"]),
        ("-7", "-7", ["-8", "-6", "-4", "-2", "0"]),
        ("1000", "1003", ["1000", "1001", "1002", "1003"]),
    ],
)
def test_marks_are_round_numbers(low: str, high: str, expected: list[str]) -> None:
    assert _ticks(low, high) == expected


@given(st.decimals(-(10**9), 10**9, places=3), st.decimals(-(10**9), 10**9, places=3), st.integers(3, 9))
def test_marks_reach_around_all_numbers_at_equal_distances(one: Decimal, other: Decimal, most: int) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high, most)
    assert 2 <= len(marks) <= most
    assert marks[0] <= low
    assert marks[-1] >= high
    steps = {after - before for before, after in pairwise(marks)}
    assert len(steps) == 1
    assert steps.pop().normalize().as_tuple().digits in ((1,), (2,), (5,))


def test_bars_and_areas_begin_at_zero_and_lines_need_not() -> None:
    high = [[Decimal(100), Decimal(104)]]
    assert extent(ChartKind.BAR, high, stacked=False) == (0, 104)
    assert extent(ChartKind.AREA, high, stacked=False) == (0, 104)
    assert extent(ChartKind.LINE, high, stacked=False) == (100, 104)


def test_a_line_that_moves_much_begins_at_zero_as_well() -> None:
    assert extent(ChartKind.LINE, [[Decimal(2), Decimal(5)]], stacked=False) == (0, 5)


def test_piles_reach_as_high_and_as_low_as_their_sums() -> None:
    rows = [[Decimal(1), Decimal(-2)], [Decimal(3), Decimal(-4)], [None, Decimal(5)]]
    assert extent(ChartKind.BAR, rows, stacked=True) == (-6, 5)


def test_no_numbers_reach_nowhere() -> None:
    assert extent(ChartKind.BAR, [[None]], stacked=False) == (0, 0)


def test_fewer_marks_stay_at_equal_distances_with_zero_among_them() -> None:
    marks = [(Decimal(n), str(n)) for n in (-10, -5, 0, 5, 10, 15)]
    assert [label for _, label in thinned(marks, 3)] == ["-10", "0", "10"]
    assert [label for _, label in thinned(marks, 1)] == ["0"]
    assert thinned(marks, 6) == marks


def test_a_scale_goes_from_numbers_to_points() -> None:
    scale = Scale(0, 10, 100, 300)
    assert [scale.at(value) for value in (0, 5, Decimal(10))] == [100, 200, 300]
