from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefpack.pipeline.filling import fill

WEIGHTS = st.lists(st.integers(1, 100), min_size=1, max_size=40)


def weighing(real: list[int], extra: int = 0) -> tuple[Callable[[range], int], list[range]]:
    """What a group really weighs, with something that each group has besides; and what has been weighed."""
    asked: list[range] = []

    def weigh(group: range) -> int:
        asked.append(group)
        return extra + sum(real[group.start : group.stop])

    return weigh, asked


@given(WEIGHTS, st.data(), st.integers(1, 200), st.integers(0, 50))
def test_groups_are_as_few_as_can_be_whatever_was_thought(
    real: list[int], data: st.DataObject, most: int, extra: int
) -> None:
    thought = data.draw(st.lists(st.floats(0.1, 1e6), min_size=len(real), max_size=len(real)))
    weigh, asked = weighing(real, extra)
    groups = list(fill(thought, weigh, most))

    assert [place for group in groups for place in group] == list(range(len(real)))
    for group in groups:
        assert len(group) == 1 or weigh(group) <= most
    for group, following in pairwise(groups):
        # One more would have been too much.
        assert weigh(range(group.start, following.start + 1)) > most
    assert len(asked) <= 2 * len(groups) + len(groups) * 12


def test_good_weights_take_one_weighing_more_than_groups() -> None:
    real = [10, 10, 10, 10, 10, 10]
    weigh, asked = weighing(real)
    assert list(fill(real, weigh, 30)) == [range(3), range(3, 6)]
    assert asked == [range(3), range(4), range(3, 6)]


def test_what_is_too_heavy_stands_alone() -> None:
    real = [5, 500, 5]
    weigh, _ = weighing(real)
    assert list(fill([5, 5, 5], weigh, 50)) == [range(1), range(1, 2), range(2, 3)]


def test_nothing_needs_no_group() -> None:
    assert list(fill([], lambda _: 0, 10)) == []
