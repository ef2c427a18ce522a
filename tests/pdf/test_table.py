from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.pdf.blocks import BlockMaker
from briefpack.pdf.fonts import Faces
from briefpack.pdf.structure import Element
from briefpack.pdf.table import TableFlow
from briefpack.pdf.text import Typesetter
from tests.pdf.looks import style
from tests.samples import SectionMaker

WIDTH = 440.0


def _table(rows: list[int], *, caption: str | None = "Cap", source: str | None = "Src") -> TableFlow:
    """A table whose rows have so many words."""
    maker = SectionMaker(1)
    maker.table(
        ("First", "Second"),
        [(str(k), "filler " * size) for k, size in enumerate(rows)],
        (0.3, 0.7),
        caption=caption,
        source=source,
    )
    made = BlockMaker(style(), Typesetter(style(), Faces(style().fonts), "en"))
    (flow,) = made.blocks(maker.section("S").blocks, Element("Sect"))
    assert isinstance(flow, TableFlow)
    flow.fit(WIDTH)
    return flow


@given(rows=st.lists(st.integers(1, 700), min_size=1, max_size=12), room=st.floats(10, 900))
@settings(max_examples=60, deadline=None)
def test_a_table_splits_into_parts_that_fit_and_hold_everything(rows: list[int], room: float) -> None:
    table = _table(rows)
    parts = table.split(room)
    if table.height <= room or parts is None:
        return
    first, second = parts
    assert isinstance(first, TableFlow)
    assert isinstance(second, TableFlow)
    assert first.height <= room + 0.05
    assert first.rows
    assert second.rows
    cut = first.rows[-1].cut
    assert len(first.rows) + len(second.rows) == len(rows) + cut
    if cut:
        whole = table.rows[len(first.rows) - 1]
        assert whole.height > style().page.text_height / 2
        for before, upper, lower in zip(whole.cells, first.rows[-1].cells, second.rows[0].cells, strict=True):
            lines = [sum(flow.lines for flow in cell.flows) for cell in (before, upper, lower)]  # type: ignore[attr-defined]
            assert lines[0] == lines[1] + lines[2]
    assert first.caption is not None
    assert first.source is None
    assert second.caption is None
    assert second.source is not None
    assert second.header == table.header
    assert second.repeated


def test_caption_and_header_need_a_row() -> None:
    table = _table([3, 3, 3])
    head = table._head()
    assert table.split(head + table.rows[0].height - 1) is None
    assert table.split(head + table.rows[0].height + 0.1) is not None


def test_a_head_of_more_than_half_a_page_is_printed_once_and_divided() -> None:
    maker = SectionMaker(1)
    maker.table(("filler " * 900, "B"), [("a", "b"), ("c", "d")], (0.5, 0.5))
    made = BlockMaker(style(), Typesetter(style(), Faces(style().fonts), "en"))
    (table,) = made.blocks(maker.section("S").blocks, Element("Sect"))
    frame = float(style().page.text_height)
    assert table.fit(WIDTH) > frame
    parts = table.split(frame)
    assert parts is not None
    first, second = parts
    assert isinstance(first, TableFlow)
    assert isinstance(second, TableFlow)
    assert first.height <= frame + 0.05
    assert first.header == second.header == []
    assert first.rows[-1].cut


def test_the_source_is_never_alone() -> None:
    table = _table([3, 3, 3])
    parts = table.split(table.height - 1)
    assert parts is not None
    second = parts[1]
    assert isinstance(second, TableFlow)
    assert len(second.rows) == 1
    assert second.source is not None


def test_columns_get_their_shares() -> None:
    table = _table([3])
    assert [cell.flows[0]._width for cell in table.rows[0].cells] == [  # type: ignore[attr-defined]
        pytest.approx(share * WIDTH - 2 * style().table.padding_x) for share in (0.3, 0.7)
    ]


def test_a_cells_first_lines_stand_on_one_baseline() -> None:
    maker = SectionMaker(1)
    maker.table(("A", "B"), [("one", ("two", "detail"))], (0.5, 0.5))
    made = BlockMaker(style(), Typesetter(style(), Faces(style().fonts), "en"))
    (flow,) = made.blocks(maker.section("S").blocks, Element("Sect"))
    assert isinstance(flow, TableFlow)
    flow.fit(WIDTH)
    left, right = flow.rows[0].cells
    assert left.flows[0].pitch == right.flows[0].pitch  # type: ignore[attr-defined]
    assert flow.rows[0].height == pytest.approx(right.height + 2 * style().table.padding_y)
