from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import Columns
from briefpack.pdf.columned import Columned
from briefpack.pdf.table_widths import spread
from tests.pdf.looks import style
from tests.pdf.test_table import _made
from tests.pdf.vocabulary import timeline
from tests.samples import WHERE

_POINTS = st.floats(0.0, 400.0)


@given(columns=st.lists(st.tuples(_POINTS, _POINTS), min_size=1, max_size=8))
def test_columns_give_what_they_can_spare(columns: list[tuple[float, float]]) -> None:
    widths, least = [list(each) for each in zip(*columns, strict=True)]
    found = spread(widths, least)
    assert sum(found) == pytest.approx(sum(widths))
    if sum(least) <= sum(widths):
        assert all(width >= low - 1e-6 for width, low in zip(found, least, strict=True))
    else:
        assert found == widths


def test_columns_that_have_enough_stay_as_they_are() -> None:
    assert spread([100.0, 200.0], [100.0, 20.0]) == [100.0, 200.0]


def test_no_date_of_a_timeline_is_broken_in_a_narrow_column() -> None:
    table = _made(timeline(3))
    # The table hangs out to the left, so that its words begin at the edge of the text.
    assert table.lefts[1] == pytest.approx(0.22 * table.width - style().table_look("timeline").hang)
    narrow = _made(timeline(3))
    narrow.fit(150.0)
    assert narrow.lefts[1] > 0.22 * 150
    dates = [row.cells[0].content.flows[0] for row in narrow.rows]
    # Day, month and year.
    assert all(date.lines <= 3 for date in dates)  # type: ignore[attr-defined]
    for date in dates:
        assert date.least_width <= narrow.lefts[1] - narrow.lefts[0] - 2 * style().timeline.padding_x + 0.01  # type: ignore[attr-defined]


def test_a_table_in_columns_is_fitted_to_them() -> None:
    from tests.pdf.test_arranged import _flow

    flow = _flow(Columns(((timeline(2),),), 3, WHERE))
    assert isinstance(flow, Columned)
    (table,) = flow.content.flows
    assert table.width < style().page.text_width / 3  # type: ignore[attr-defined]
