"""How wide the columns of an agenda are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import Cell, Paragraph, Row, Text
from briefpack.errors import Where
from briefpack.resolve.agenda_columns import shares
from briefpack.resolve.widths import widths
from tests.made_style import made_style

STYLE = made_style()
HERE = Where(Path("a.yaml"), 1, 1)
COLUMNS = ("time", "home", "item", "lead", "role", "brief")
PROSE = "North Atlantic Council, working lunch: defence spending, industrial production and the Summit in The Hague"


def _row(*texts: str) -> Row:
    return Row(tuple(Cell((Paragraph((Text(text),), HERE, "table-cell"),)) for text in texts), HERE)


def _shares(columns: tuple[str, ...], *cells: str) -> dict[str, float]:
    return dict(zip(columns, shares(columns, [_row(*columns), _row(*cells)], STYLE), strict=True))


def test_short_words_stay_on_their_line_and_the_item_has_what_is_left():
    columns = ("time", "item", "lead", "brief")
    found = _shares(columns, "12:30–14:30", PROSE, "Secretary General", "§2")
    alone = widths([None, None], [_row("Secretary General", PROSE)], STYLE)[0]
    assert found["item"] > 0.45
    assert found["lead"] == pytest.approx(alone, abs=0.05)
    assert found["brief"] < found["lead"]


def test_times_are_divided_at_their_dash_when_the_item_would_have_no_room():
    roomy = _shares(("time", "item"), "12:30–14:30", PROSE)
    tight = _shares(
        COLUMNS, "12:30–14:30", "06:30–08:30", PROSE, "Plenipotentiary", "Interpreter", "§12, §13"
    )
    assert tight["time"] < 0.7 * roomy["time"]


_WORDS = st.text("abcdefgh ijkl–12:30", max_size=60)


@given(st.sets(st.sampled_from(COLUMNS)).map(lambda some: some | {"item"}), st.data())
def test_the_columns_fill_the_table_and_the_item_is_never_squeezed_out(some: set[str], data: st.DataObject):
    columns = tuple(name for name in COLUMNS if name in some)
    rows = [_row(*(data.draw(_WORDS) for _ in columns)) for _ in range(3)]
    found = shares(columns, rows, STYLE)
    assert sum(found) == pytest.approx(1)
    assert min(found) >= 0
    assert found[columns.index("item")] >= 0.15
