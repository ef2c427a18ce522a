from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import Cell, LineBreak, Paragraph, Row, Text
from briefpack.errors import Where
from briefpack.resolve.widths import least, widths
from tests.made_style import made_style

STYLE = made_style()
HERE = Where(Path("a.yaml"), 1, 1)


def row(*texts: str) -> Row:
    return Row(tuple(Cell((Paragraph((Text(text),), HERE, "table-cell"),)) for text in texts), HERE)


def free(*rows: Row) -> tuple[float, ...]:
    return widths([None] * len(rows[0].cells), rows, STYLE)


PROSE = "North Atlantic Council, working lunch: defence spending, industrial production and the Summit in The Hague"


def test_a_column_of_times_keeps_to_its_line_and_prose_takes_the_most():
    time, item, lead, brief = free(
        row("Time", "Item", "Lead", "Brief"), row("12:30–14:30", PROSE, "Secretary General", "§2")
    )
    assert brief < time < lead < item
    assert item > 0.45
    assert time * STYLE.page.text_width - 2 * STYLE.table.padding_x > 5.6 * 11  # Liberation Sans
    assert lead < 0.25


def test_columns_that_hold_the_same_get_the_same():
    first, second = free(row(PROSE, PROSE))
    assert first == pytest.approx(second, abs=1e-5)


def test_a_short_table_still_fills_the_measure():
    assert sum(free(row("a", "b", "c"))) == pytest.approx(1)


def test_given_widths_are_kept_and_the_rest_is_shared():
    shares = widths([0.3, None, 0.34], (row("a", "b", "c"),), STYLE)
    assert shares == pytest.approx((0.3, 0.36, 0.34))


def test_given_widths_that_do_not_make_up_the_table_are_stretched():
    assert widths([0.2, 0.2], (row("a", "b"),), STYLE) == (0.5, 0.5)


def test_a_column_stays_visible_when_given_widths_leave_it_nothing():
    assert widths([0.6, 0.4, None], (row("a", "b", "c"),), STYLE)[2] > 0.03


def test_a_line_break_in_a_cell_makes_two_short_lines():
    broken = Row(
        (
            Cell((Paragraph((Text(PROSE), LineBreak(), Text(PROSE)), HERE, "table-cell"),)),
            Cell((Paragraph((Text(PROSE),), HERE, "table-cell"),)),
        ),
        HERE,
    )
    first, second = widths([None, None], (broken,), STYLE)
    assert first > second
    assert first < 0.62


texts = st.text(alphabet="ab –W", max_size=120)


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.tuples(
            st.lists(st.none() | st.floats(0.01, 0.6), min_size=n, max_size=n),
            st.lists(st.lists(texts, min_size=n, max_size=n), min_size=1, max_size=4),
        )
    )
)
def test_shares_are_positive_and_sum_to_one(table):
    given_shares, cells = table
    shares = widths(given_shares, [row(*line) for line in cells], STYLE)
    assert sum(shares) == pytest.approx(1)
    assert all(share > 0.005 for share in shares)


def test_words_that_may_not_part_count_as_one():
    assert least(0, (row("250\u00a0000\u202fmen", ""),), STYLE) > least(0, (row("250 000 men", ""),), STYLE)
