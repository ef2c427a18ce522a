"""Labels that want the same place stand as near to it as can be, in their order, without covering each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.figures.spread import spread


def test_labels_with_room_stay_where_they_want_to_be() -> None:
    assert spread([10, 50, 30], [8, 8, 8], 0, 100) == [10, 50, 30]


def test_labels_of_one_place_stand_around_it() -> None:
    assert spread([50, 50], [10, 10], 0, 100) == pytest.approx([45, 55])


def test_labels_at_the_edge_stay_inside() -> None:
    assert spread([0, 100], [10, 10], 0, 100) == pytest.approx([5, 95])


_LABELS = st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 8)), min_size=1, max_size=12)


@given(_LABELS)
def test_no_label_covers_another_or_leaves_its_room(labels: list[tuple[float, float]]) -> None:
    wanted, heights = [one for one, _ in labels], [other for _, other in labels]
    middles = spread(wanted, heights, 0, 100)
    order = sorted(range(len(labels)), key=lambda n: (wanted[n], n))
    assert all(middles[a] + heights[a] / 2 <= middles[b] - heights[b] / 2 + 1e-6 for a, b in pairwise(order))
    assert all(m - h / 2 >= -1e-6 and m + h / 2 <= 100 + 1e-6 for m, h in zip(middles, heights, strict=True))
