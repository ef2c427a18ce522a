"""Labels that want to stand at the same place → places as near as can be at which none covers another; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class _Run:
    """Labels that touch. members: their indices, from low to high. wish: sum of the starts they wish for the run."""

    members: list[int]
    wish: float
    height: float

    @property
    def start(self) -> float:
        return self.wish / len(self.members)


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The middle of each label, between low and high as long as all of them together have room there.

    wanted: where the middles wish to be. heights: of the labels, with the space between them.
    The labels keep their order, and move by the least sum of squares (pool adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    runs: list[_Run] = []
    for index in order:
        run = _Run([index], wanted[index] - heights[index] / 2, heights[index])
        while runs and _start(runs[-1], low, high) + runs[-1].height > _start(run, low, high):
            before = runs.pop()
            run = _Run(
                [*before.members, *run.members],
                before.wish + run.wish - before.height * len(run.members),
                before.height + run.height,
            )
        runs.append(run)
    middles = [0.0] * len(wanted)
    for run in runs:
        at = _start(run, low, high)
        for index in run.members:
            middles[index] = at + heights[index] / 2
            at += heights[index]
    return middles


def _start(run: _Run, low: float, high: float) -> float:
    return max(low, min(run.start, high - run.height))
