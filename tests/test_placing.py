"""Where annex pages stand on their sheets: pure, so properties for every size, and a list of what papers become."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import Paper, Scale
from briefpack.placing import Placing, Rows, frame, place, placings, rows_of, stamp_margin, stamp_values
from briefpack.style import Length, Slots, Style
from tests.pdf.looks import style
from tests.samples import sample_document

A3, A4, A5 = (841.89, 1190.55), (595.276, 841.89), (419.53, 595.276)
LETTER, LEGAL, SLIDE = (612.0, 792.0), (612.0, 1008.0), (960.0, 540.0)
BOTH, NONE = Rows(top=True, bottom=True), Rows(top=False, bottom=False)

sides = st.floats(36, 14_400)
sizes = st.tuples(sides, sides)
rows = st.builds(Rows, top=st.booleans(), bottom=st.booleans())


def turned(size: tuple[float, float]) -> tuple[float, float]:
    return size[1], size[0]


def letter_style() -> Style:
    look = style()
    return replace(look, page=replace(look.page, width=Length(LETTER[0]), height=Length(LETTER[1])))


@given(size=sizes, paper=st.sampled_from(Paper), rows=rows)
def test_a_page_that_is_made_to_fit_keeps_clear_of_its_stamps(
    size: tuple[float, float], paper: Paper, rows: Rows
) -> None:
    look = style()
    placed = place(size, Scale.FIT, paper, look, rows)
    width, height = placed.sheet
    low, high = frame(placed.sheet, look, rows)
    assert 0 < placed.scale <= 1
    assert placed.left >= -0.001
    assert placed.left + placed.scale * size[0] <= width + 0.001
    assert placed.bottom >= low - 0.001
    assert placed.bottom + placed.scale * size[1] <= high + 0.001
    # The bands in which the letters of stamps stand, as tall as a line of their role.
    ems, margin = float(look.text["stamp"].size), stamp_margin(placed.sheet, look)
    if min(placed.sheet) >= 100:
        assert low == 0 or low > margin + ems
        assert high == height or high < height - margin - 0.3 * ems
    assert (low > 0) == rows.bottom
    assert (high < height) == rows.top


@given(size=sizes, paper=st.sampled_from(Paper), rows=rows)
def test_sheets_lie_as_their_pages_do_and_pages_in_their_middle(
    size: tuple[float, float], paper: Paper, rows: Rows
) -> None:
    placed = place(size, Scale.FIT, paper, style(), rows)
    if size[0] != size[1]:
        assert (size[0] > size[1]) == (placed.sheet[0] > placed.sheet[1])
    assert placed.left == pytest.approx(placed.sheet[0] - placed.left - placed.scale * size[0])
    if not rows.top and not rows.bottom:
        assert placed.bottom == pytest.approx(placed.sheet[1] - placed.bottom - placed.scale * size[1])


@given(size=sizes, rows=rows)
def test_a_page_on_paper_of_its_own_is_its_size_or_the_packs(size: tuple[float, float], rows: Rows) -> None:
    look = style()
    usual = (float(look.page.width), float(look.page.height))
    sheet = place(size, Scale.FIT, Paper.OWN, look, rows).sheet
    assert sheet in {size, usual, turned(usual)}
    assert place(size, Scale.FIT, Paper.PACK, look, rows).sheet in {usual, turned(usual)}


@given(size=sizes, paper=st.sampled_from(Paper), rows=rows)
def test_a_page_of_original_size_is_its_own_sheet(
    size: tuple[float, float], paper: Paper, rows: Rows
) -> None:
    placed = place(size, Scale.ORIGINAL, paper, style(), rows)
    assert placed == Placing(size)
    assert placed.is_whole


@pytest.mark.parametrize(
    ("size", "sheet"),
    [
        (A4, A4),
        (turned(A4), turned(A4)),
        (LETTER, A4),
        (turned(LETTER), turned(A4)),
        (A5, A4),
        ((720.0, 540.0), turned(A4)),
        (SLIDE, turned(A4)),
        (A3, A3),
        (turned(A3), turned(A3)),
        (LEGAL, LEGAL),
        ((2383.94, 3370.39), (2383.94, 3370.39)),
    ],
)
def test_what_is_about_as_large_as_the_packs_paper_goes_to_it(
    size: tuple[float, float], sheet: tuple[float, float]
) -> None:
    assert place(size, Scale.FIT, Paper.OWN, style(), BOTH).sheet == pytest.approx(sheet, abs=0.01)


def test_a4_goes_to_a_pack_on_letter_and_letter_to_one_on_a4() -> None:
    assert place(A4, Scale.FIT, Paper.OWN, letter_style(), BOTH).sheet == LETTER
    assert place(LETTER, Scale.FIT, Paper.OWN, style(), BOTH).scale > 0.92
    assert place(A4, Scale.FIT, Paper.OWN, letter_style(), BOTH).scale > 0.86


def test_small_pages_keep_their_size() -> None:
    placed = place(A5, Scale.FIT, Paper.OWN, style(), BOTH)
    assert placed.scale == 1
    assert placed.left == pytest.approx((A4[0] - A5[0]) / 2, abs=0.01)
    assert placed.bottom == pytest.approx((A4[1] - A5[1]) / 2, abs=0.01)


def test_large_pages_are_reduced_to_the_packs_paper_where_that_is_asked() -> None:
    placed = place(turned(A3), Scale.FIT, Paper.PACK, style(), BOTH)
    assert placed.sheet == pytest.approx(turned(A4), abs=0.01)
    assert 0.6 < placed.scale < 0.71


@pytest.mark.parametrize("size", [A4, A3, LETTER, LEGAL, A5, SLIDE])
def test_without_stamps_nothing_is_made_smaller(size: tuple[float, float]) -> None:
    placed = place(size, Scale.FIT, Paper.OWN, style(), NONE)
    assert placed.scale > 0.99
    assert place(size, Scale.FIT, Paper.OWN, style(), BOTH).scale <= placed.scale


def test_a_row_that_says_nothing_takes_no_room() -> None:
    look = style()
    document = sample_document(annexes=(1,))
    (annex,) = document.annexes
    values = {"reference": "", **stamp_values(document, replace(annex, marking=None))}
    empty, marked = Slots("", "", ""), Slots("", "{marking}", "")
    paged = replace(look, stamp=replace(look.stamp, top=marked, bottom=Slots("{reference}", "", "{page}")))
    assert rows_of(paged, {**values, "marking": ""}) == Rows(top=False, bottom=True)
    assert rows_of(paged, {**values, "marking": "SECRET"}) == BOTH
    bare = replace(look, stamp=replace(look.stamp, top=empty, bottom=Slots("{reference}", "", "")))
    assert rows_of(bare, values) == NONE


def test_every_annex_is_placed_as_it_says_and_as_it_is_marked() -> None:
    look = style()
    document = sample_document(annexes=(2, 1, 1))
    first, second, third = document.annexes
    document = replace(
        document,
        annexes=(
            replace(first, scale=Scale.FIT),
            replace(second, scale=Scale.ORIGINAL),
            replace(third, scale=Scale.FIT, paper=Paper.PACK),
        ),
    )
    one, two, three = placings(document, look, [[A4, A3], [A4], [A3]])
    assert [placed.is_whole for placed in one] == [False, False]
    assert one[1].sheet == A3
    assert two[0] == Placing(A4)
    assert three[0].sheet == pytest.approx(A4, abs=0.01)
    with pytest.raises(ValueError, match="argument"):
        placings(document, look, [[A4]])
