"""The value axis of a chart: from where to where its numbers go, and the round numbers that are marked on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefpack.document import Chart, ChartKind

MOST_TICKS = 6
"""Marks on an axis where there is room for all of them."""
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


def extent(
    kind: ChartKind, series: Iterable[Sequence[Decimal | None]], *, stacked: bool
) -> tuple[Decimal, Decimal]:
    """The least and the greatest number that a chart's axis must reach; both 0 where there are no numbers.

    series: the values of each. Bars and areas begin at 0, as what is seen of them is their length.
    """
    rows = [list(values) for values in series]
    if stacked and rows:
        low = high = Decimal(0)
        for column in zip(*rows, strict=True):
            known = [value for value in column if value is not None]
            high = max(high, sum((value for value in known if value > 0), Decimal(0)))
            low = min(low, sum((value for value in known if value < 0), Decimal(0)))
        return low, high
    known = [value for values in rows for value in values if value is not None]
    if not known:
        return Decimal(0), Decimal(0)
    low, high = min(known), max(known)
    if kind is not ChartKind.LINE or _near_zero(low, high):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    return low, high


def _near_zero(low: Decimal, high: Decimal) -> bool:
    """Whether an axis from 0 on costs a line little of its movement: the values spread over a third of it or more."""
    reach = max(abs(low), abs(high))
    return (low < 0 < high) or (high - low) * 3 >= reach


def ticks(low: Decimal, high: Decimal, most: int = MOST_TICKS) -> tuple[Decimal, ...]:
    """Round numbers at equal distances of 1, 2 or 5 times a power of ten, from low or below to high or above.

    most: how many there are at most, 3 or more (below, at and above 0). Where low and high are the same, the axis reaches one step further.
    """
    if low == high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
        if low == high:
            high = Decimal(1)
    step = _step((high - low) / (most - 1))
    while True:
        first, last = _floor(low, step), -_floor(-high, step)
        if last - first + 1 <= most:
            return tuple(_plain(step * n) for n in range(first, last + 1))
        step = _step(step * Decimal("1.01"))


def _floor(value: Decimal, step: Decimal) -> int:
    quotient = value / step
    whole = int(quotient)
    return whole - 1 if whole > quotient else whole


def _step(least: Decimal) -> Decimal:
    """The smallest round step that is not below least."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in _STEPS if step * power >= least)


def _plain(value: Decimal) -> Decimal:
    """A number without zeros behind its sign and without an exponent: 2E+1 → 20."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers to points. low, high: numbers at start and end. start, end: points."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: Decimal | float) -> float:
        """The place of a number in points."""
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def marks(chart: Chart) -> tuple[tuple[Decimal, str], ...]:
    """The marks of a chart's axis with their labels: the Document's, or where it has none, those that its numbers ask for."""
    if chart.ticks:
        return chart.ticks
    low, high = extent(chart.kind, (one.values for one in chart.series), stacked=chart.stacked)
    return tuple((tick, str(tick)) for tick in ticks(low, high))


def thinned(all_marks: Sequence[tuple[Decimal, str]], most: int) -> Sequence[tuple[Decimal, str]]:
    """As many of the marks as there is room for, at equal distances, 0 among them where it is one; most: 1 or more."""
    zero = next((n for n, (value, _) in enumerate(all_marks) if value == 0), 0)
    for step in range(1, len(all_marks)):
        kept = all_marks[zero % step :: step]
        if len(kept) <= most:
            return kept
    return all_marks[zero : zero + 1]
