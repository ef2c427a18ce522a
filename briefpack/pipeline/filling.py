"""Things of unequal weight in a fixed order → as few groups as hold them, none heavier than it may be where that can be helped; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

_TRIES = 4
"""After so many guesses the middle is taken."""


def fill(weights: Sequence[float], weigh: Callable[[range], int], most: int) -> Iterator[range]:
    """Groups of neighbours, each with as many as fit, in order. One that is too heavy by itself is a group of its own.

    weights: what each is thought to weigh, more than 0. weigh: what a group of them weighs; it is asked a few times for each group, since that is known only
    when it has been made. Groups get heavier with what is added to them.
    """
    first = 0
    while first < len(weights):
        last = _last(weights, weigh, most, first)
        yield range(first, last)
        first = last


def _last(weights: Sequence[float], weigh: Callable[[range], int], most: int, first: int) -> int:
    """Where the group that begins at first ends. What fits and what is known not to come nearer with each weighing."""
    fits, fails = first + 1, len(weights) + 1
    share, tries = 1.0, 0
    while fails - fits > 1:
        # Weights that are wrong in turns would have it go one by one.
        guess = _guess(weights, most / share, first) if tries < _TRIES else (fits + fails) // 2
        stop = min(max(guess, fits + 1), fails - 1)
        weight = weigh(range(first, stop))
        if weight <= most:
            fits = stop
        else:
            fails = stop
        share = weight / sum(weights[first:stop])
        tries += 1
    return fits


def _guess(weights: Sequence[float], most: float, first: int) -> int:
    """Where the group would end if the weights were right."""
    total, stop = 0.0, first
    while stop < len(weights) and total + weights[stop] <= most:
        total += weights[stop]
        stop += 1
    return stop
