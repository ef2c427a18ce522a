from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.document import Align, Cell, Column, Row, RowKind, Table
from briefpack.pdf import table_grid
from briefpack.pdf.blocks import BlockMaker
from briefpack.pdf.flow import Flow, Stack, give
from briefpack.pdf.fonts import Faces
from briefpack.pdf.layout import lay_out
from briefpack.pdf.paragraph import TextFlow
from briefpack.pdf.structure import Element
from briefpack.pdf.table import TableFlow
from briefpack.pdf.table_grid import TableRow, places
from briefpack.pdf.table_part import LOW
from briefpack.pdf.text import Typesetter
from briefpack.style import Style
from tests.pdf.looks import style
from tests.pdf.vocabulary import (
    document_of,
    group_row,
    heading,
    named,
    number,
    spanned,
    spending,
    timeline,
    total_row,
)
from tests.samples import WHERE, SectionMaker, cell, paragraph, row

WIDTH = 440.0
FRAME = float(style().page.text_height)


def _made(block: Table, look: Style | None = None) -> TableFlow:
    look = look or style()
    made = BlockMaker(look, Typesetter(look, Faces(look.fonts), "en"))
    (flow,) = made.blocks([block], Element("Sect"))
    assert isinstance(flow, TableFlow)
    flow.fit(WIDTH)
    return flow


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
    (block,) = maker.section("S").blocks
    assert isinstance(block, Table)
    return _made(block)


def _lines(flow: Flow) -> int:
    match flow:
        case TextFlow():
            return flow.lines
        case Stack():
            return sum(map(_lines, flow.flows))
        case _:
            raise AssertionError(flow)


def _pages(table: TableFlow, room: float = FRAME) -> list[TableFlow]:
    """The parts of a table that fill one page after the other."""
    parts: list[TableFlow] = []
    rest: TableFlow | None = table
    while rest is not None:
        if rest.height <= room + 0.01:
            parts.append(rest)
            break
        halves = rest.split(room) or give(rest, room)
        assert halves is not None
        first, second = halves
        assert isinstance(first, TableFlow)
        assert isinstance(second, TableFlow)
        assert first.height <= room + 0.05
        parts.append(first)
        rest = second
    return parts


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
        assert whole.height > FRAME / 2
        for before, upper, lower in zip(whole.cells, first.rows[-1].cells, second.rows[0].cells, strict=True):
            lines = [_lines(each.content) for each in (before, upper, lower)]
            assert lines[0] == lines[1] + lines[2]
    assert first.caption is not None
    assert first.foot is None
    assert second.caption is None
    assert second.foot is not None
    assert second.header is table.header
    assert second.repeated


def test_caption_and_header_need_two_low_rows() -> None:
    table = _table([3] * 30)
    two = table.height_above() + 2 * table.rows[0].height
    assert table.split(two - 1) is None
    parts = table.split(two + 0.1)
    assert parts is not None
    assert isinstance(parts[0], TableFlow)
    assert len(parts[0].rows) == 2


def test_caption_and_header_need_one_high_row() -> None:
    table = _table([200] * 5)
    one = table.height_above() + table.rows[0].height
    assert table.rows[0].height > LOW * FRAME
    assert table.split(one - 1) is None
    assert table.split(one + 0.1) is not None


def test_a_small_table_is_moved_rather_than_divided() -> None:
    table = _table([3, 3, 3])
    assert table.height < FRAME / 3
    assert table.split(table.height - 1) is None
    parts = give(table, table.height - 1)
    assert parts is not None
    assert parts[0].height < table.height


@pytest.mark.parametrize("rows", range(26, 34))
def test_no_low_row_stands_alone_at_the_head_of_a_page(rows: int) -> None:
    for part in _pages(_table([3] * rows)):
        assert len(part.rows) > 1


def test_a_head_of_more_than_half_a_page_is_printed_once_and_divided() -> None:
    maker = SectionMaker(1)
    maker.table(("filler " * 900, "B"), [("a", "b"), ("c", "d")], (0.5, 0.5))
    (block,) = maker.section("S").blocks
    assert isinstance(block, Table)
    table = _made(block)
    assert table.height > FRAME
    parts = table.split(FRAME)
    assert parts is not None
    first, second = parts
    assert isinstance(first, TableFlow)
    assert isinstance(second, TableFlow)
    assert first.height <= FRAME + 0.05
    assert first.header.rows == second.header.rows == []
    assert first.rows[-1].cut


def test_the_source_is_never_alone() -> None:
    table = _table([3] * 20)
    parts = table.split(table.height - 1)
    assert parts is not None
    second = parts[1]
    assert isinstance(second, TableFlow)
    assert len(second.rows) == 2
    assert second.foot is not None


def test_columns_get_their_shares() -> None:
    table = _table([3])
    assert [each.content.flows[0]._width for each in table.rows[0].cells] == [  # type: ignore[attr-defined]
        pytest.approx(share * WIDTH - 2 * style().table.padding_x) for share in (0.3, 0.7)
    ]


def test_a_cells_first_lines_stand_on_one_baseline() -> None:
    maker = SectionMaker(1)
    maker.table(("A", "B"), [("one", ("two", "detail"))], (0.5, 0.5))
    (block,) = maker.section("S").blocks
    assert isinstance(block, Table)
    flow = _made(block)
    left, right = flow.rows[0].cells
    assert left.content.flows[0].pitch == right.content.flows[0].pitch  # type: ignore[attr-defined]
    assert flow.rows[0].height == pytest.approx(right.content.height + 2 * style().table.padding_y)


# --------------------------------------------------------------------------- spans


def test_cells_find_their_columns_beside_those_that_reach_down() -> None:
    assert places([[(1, 3), (2, 1), (1, 2)], [(1, 1), (1, 1)], [(1, 1), (2, 1)], [(4, 1)]]) == [
        [0, 1, 3],
        [1, 2],
        [1, 2],
        [0],
    ]


def test_rows_beside_a_tall_cell_are_as_high_as_it_together() -> None:
    table = _made(spanned(regions=1, rows=3, tall=12))
    tall = table.rows[0].cells[0]
    assert tall.rows == 3
    assert table.grid.height == pytest.approx(tall.content.height + 2 * table.look.padding_y)
    # Each row has its share of what was lacking.
    assert all(
        each.height > max(c.content.height for c in each.cells if c.rows == 1) + 2 * table.look.padding_y
        for each in table.rows
    )


def test_rows_that_a_cell_joins_stay_on_one_page_where_they_fit() -> None:
    table = _made(spanned(regions=12, rows=5))
    parts = _pages(table)
    assert len(parts) > 2
    for part in parts:
        assert part.start % 5 == 0
        assert not any(each.cut for each in part.rows)


def test_joined_rows_wait_for_a_page_and_are_divided_where_none_has_more_room() -> None:
    table = _made(spanned(regions=1, rows=6))
    room = table.height - 20
    assert room < FRAME
    assert table.split(room) is None
    parts = give(table, room)
    assert parts is not None
    assert parts[0].height <= room


@given(rows=st.integers(2, 60), tall=st.integers(1, 160), room=st.floats(150, FRAME))
@settings(max_examples=40, deadline=None)
def test_joined_rows_higher_than_a_page_are_divided_and_lose_no_line(
    rows: int, tall: int, room: float
) -> None:
    table = _made(spanned(regions=2, rows=rows, tall=tall))
    parts = _pages(table, room)
    found = [content for part in parts for _, content, _ in part.cells()]
    assert sum(map(_lines, found)) == sum(
        _lines(each.content) for line in table.grid.rows for each in line.cells
    )
    for part in parts:
        tops = part.tops()
        for each, content, index in part.cells():
            stop = min(each.end, part.stop)
            if content.flows:
                assert content.height + 2 * part.look.padding_y <= tops[stop] - tops[index] + 0.05
    assert sum(len([r for r in part.rows if r.fresh]) for part in parts) == 2 * rows


def test_a_cell_that_is_higher_than_a_page_is_divided_over_pages() -> None:
    table = _table([6000])
    parts = _pages(table)
    assert len(parts) > 3
    assert sum(_lines(r.cells[1].content) for p in parts for r in p.rows) == _lines(
        table.rows[0].cells[1].content
    )


def test_a_word_wider_than_its_column_is_broken() -> None:
    block = Table(
        (Column(0.2), Column(0.8)), (), (row("Donaudampfschifffahrtsgesellschaft" * 3, "b"),), "t", WHERE
    )
    table = _made(block)
    text = table.rows[0].cells[0].content.flows[0]
    assert isinstance(text, TextFlow)
    assert text.lines > 2
    assert all(line.line.width <= 0.2 * WIDTH for line in text._lines)


def test_header_rows_may_have_cells_over_several_columns_and_rows() -> None:
    table = _made(spending())
    assert [[(c.column, c.columns, c.rows) for c in each.cells] for each in table.header.rows] == [
        [(0, 1, 2), (1, 2, 1), (3, 1, 2)],
        [(1, 1, 1), (2, 1, 1)],
    ]


# --------------------------------------------------------------------------- groups and totals


def test_a_groups_heading_is_never_the_last_row_of_a_page() -> None:
    table = _made(spending(rows=40))
    for part in _pages(table):
        assert part.rows[-1].kind is not RowKind.GROUP


def test_a_total_is_never_the_first_row_of_a_page() -> None:
    for rows in range(20, 32):
        for part in _pages(_made(spending(rows=rows))):
            assert part.rows[0].kind is not RowKind.TOTAL


def test_every_other_row_is_shaded_from_each_groups_heading_on() -> None:
    body = (row("a"), row("b"), row("c"), group_row("G", 1), row("d"), row("e"), total_row(cell("f")))
    table = _made(Table((Column(1.0),), (), body, "t", WHERE))
    assert [each.shaded for each in table.rows] == [False, True, False, False, False, True, False]


# --------------------------------------------------------------------------- numbers


def test_words_begin_at_the_edge_of_the_text_where_nothing_is_drawn_across_a_table() -> None:
    assert _made(timeline(5)).lefts[0] == pytest.approx(-style().timeline.padding_x)
    assert _table([3]).lefts[0] == 0


def _ends(table: TableFlow, column: int) -> list[float]:
    """Where the lines of a column end, from the left edge of the cell."""
    flows = [each.content.flows[0] for r in table.rows for each in r.cells if each.column == column]
    return [flow.end[0] for flow in flows if isinstance(flow, TextFlow)]


def test_numbers_stand_at_their_decimal_signs() -> None:
    body = tuple(Row((named("x"), number(*each)), WHERE) for each in (("2.26",), ("12.5", "0"), ("7", ".00")))
    table = _made(Table((Column(0.5), Column(0.5, Align.RIGHT)), (), body, "t", WHERE))
    setter = Typesetter(style(), Faces(style().fonts), "en")
    whole, short, bare = _ends(table, 1)
    assert whole - short == pytest.approx(setter.line("0", "table-cell").width)
    assert whole - bare == pytest.approx(setter.line(".00", "table-cell").width)


def test_a_cells_own_alignment_goes_before_its_columns() -> None:
    body = (row("a", "b"), Row((cell("a"), replace(cell("b"), align=Align.RIGHT)), WHERE))
    table = _made(Table((Column(0.5), Column(0.5)), (), body, "t", WHERE))
    first, second = _ends(table, 1)
    assert first < second == pytest.approx(0.5 * WIDTH - 2 * style().table.padding_x)


# --------------------------------------------------------------------------- notes


def test_notes_stand_above_the_source_and_below_the_last_rows() -> None:
    table = _made(spending(rows=30))
    parts = _pages(table)
    assert [part.foot is not None for part in parts] == [False] * (len(parts) - 1) + [True]
    foot = parts[-1].foot
    assert foot is not None
    assert len(foot.flows) == 3


def test_notes_longer_than_a_page_are_divided() -> None:
    block = spending()
    long = replace(block, notes=tuple(replace(block.notes[0], mark=str(k)) for k in range(120)))
    table = _made(long)
    parts = _pages(table)
    assert len(parts) > 2
    assert [bool(part.rows) for part in parts[:2]] == [True, False]
    assert sum(_lines(part.foot) for part in parts if part.foot is not None) == _lines(table.foot)  # type: ignore[arg-type]


# --------------------------------------------------------------------------- looks


class Drawn:
    """What a table paints that is no text: fills as (left, bottom, width, height), discs as (x, y)."""

    def __init__(self) -> None:
        self.fills: list[tuple[float, float, float, float]] = []
        self.discs: list[tuple[float, float]] = []


def _drawn(table: TableFlow, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    from briefpack.pdf.canvas import PageCanvas

    drawn = Drawn()
    monkeypatch.setattr(PageCanvas, "fill", lambda _, *at: drawn.fills.append(at[:4]))
    monkeypatch.setattr(PageCanvas, "disc", lambda _, x, y, *__: drawn.discs.append((x, y)))
    monkeypatch.setattr(PageCanvas, "text", lambda *_: None)
    canvas = PageCanvas((600, 800), language="en", font="Helvetica", structure=Element("Document"))
    table.paint(canvas, 0.0, 700.0)
    return drawn


def test_a_timeline_has_one_line_beside_its_dates_and_a_disc_beside_each_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = _made(timeline(5))
    drawn = _drawn(table, monkeypatch)
    assert len(drawn.discs) == 5
    assert [x for x, _ in drawn.discs] == [pytest.approx(0.22 * WIDTH - style().timeline.padding_x)] * 5
    (rule,) = drawn.fills
    assert rule[2] == pytest.approx(style().timeline.rule)
    assert rule[3] == pytest.approx(table.height)
    tops = table.tops()
    for k, (_, y) in enumerate(drawn.discs):
        # In the first line of its row, about as high as the letters.
        assert 700 - tops[k] - 20 < y < 700 - tops[k] - 5


def test_what_is_left_of_a_row_has_no_disc(monkeypatch: pytest.MonkeyPatch) -> None:
    block = timeline(1)
    long = replace(block, rows=(Row((named("3 March"), cell("filler " * 3000)), WHERE),))
    first, second, *_ = _pages(_made(long))
    assert len(_drawn(first, monkeypatch).discs) == 1
    assert _drawn(second, monkeypatch).discs == []


def test_no_line_goes_through_a_cell_that_covers_two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    table = _made(replace(spanned(regions=1, rows=2), header=()))
    drawn = _drawn(table, monkeypatch)
    middle = 700 - table.tops()[1]
    (line,) = [fill for fill in drawn.fills if abs(fill[1] - middle) < 1]
    assert line[0] == pytest.approx(0.3 * WIDTH)


def test_a_total_stands_below_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    table = _made(replace(spending(), caption=None))
    drawn = _drawn(table, monkeypatch)
    y = 700 - table.header.height - table.tops()[len(table.rows) - 1]
    assert [fill[3] for fill in drawn.fills if abs(fill[1] - y) < 1] == [pytest.approx(style().table.total)]


# --------------------------------------------------------------------------- time


def test_the_work_of_dividing_a_table_grows_with_its_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    height = TableFlow.row_height

    def counted(self: TableFlow, index: int) -> float:
        nonlocal looked_at
        looked_at += 1
        return height(self, index)

    measured: list[Any] = []
    measure = TableRow.measure
    monkeypatch.setattr(TableFlow, "row_height", counted)
    monkeypatch.setattr(
        table_grid.TableRow, "measure", lambda self, look: (measured.append(self), measure(self, look))[1]
    )
    found: list[tuple[int, int]] = []
    for rows in (200, 2000):
        looked_at = 0
        measured.clear()
        block = Table(
            (Column(0.5), Column(0.5)),
            (row("A", "B", role="table-header"),),
            tuple(row(str(k), "words") for k in range(rows)),
            "t",
            WHERE,
        )
        pages = lay_out(document_of(heading("H"), block, paragraph("After.")), style()).pages
        assert len(pages) > rows / 40
        found.append((looked_at, len(measured)))
    assert found[1][0] <= 11 * found[0][0]
    assert found[1][1] <= 10 * found[0][1]


def test_one_cell_beside_two_thousand_rows_is_no_trouble() -> None:
    table = _made(spanned(regions=1, rows=2000))
    parts = _pages(table)
    assert len(parts) > 50
    assert sum(len(part.rows) for part in parts) == 2000


def test_an_empty_cell_and_a_row_of_covered_places_are_fine() -> None:
    body = (
        Row((replace(cell("a"), rows=2), replace(cell("b"), rows=2)), WHERE),
        Row((), WHERE),
        Row((cell(""), Cell((paragraph("", "table-cell"),))), WHERE),
    )
    table = _made(Table((Column(0.5), Column(0.5)), (), body, "t", WHERE))
    assert table.height > 0
