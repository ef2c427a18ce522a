"""The size, place and turn of a page, whatever its dictionary says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annexes.cleaning.boxes import numbers, view_of
from tests.annexes.makers import A4, add_page, document


@pytest.fixture
def pdf() -> Pdf:
    return document(0)


@pytest.mark.parametrize(
    ("turn", "counts"),
    [
        (0, 0),
        (90, 90),
        (-90, 270),
        (450, 90),
        (-270, 90),
        (720, 0),
        (45, 0),
        (Decimal("90.0"), 90),
        (Name.Left, 0),
    ],
)
def test_any_turn_counts_as_one_of_four(pdf: Pdf, turn: object, counts: int) -> None:
    view = view_of(add_page(pdf, Rotate=turn))
    assert view is not None
    assert view.rotate == counts


@pytest.mark.parametrize(
    ("unit", "counts"), [(2, 2), (Decimal("0.5"), 0.5), (0, 1), (-3, 1), (String("2"), 1)]
)
def test_a_unit_counts_when_it_is_a_positive_number(pdf: Pdf, unit: object, counts: float) -> None:
    view = view_of(add_page(pdf, UserUnit=unit))
    assert view is not None
    assert view.size == (595 * counts, 842 * counts)


def test_turn_and_boxes_come_from_the_tree_above(pdf: Pdf) -> None:
    made = add_page(pdf)
    del made["/MediaBox"]
    tree = pdf.Root.Pages
    tree.MediaBox, tree.CropBox, tree.Rotate = Array([0, 0, 400, 600]), Array([50, 100, 350, 500]), 90
    view = view_of(pdf.pages[0].obj)
    assert view is not None
    assert (view.box, view.rotate, view.size) == ((50, 100, 350, 500), 90, (400, 300))


def test_a_crop_box_wins_over_the_sheet_and_may_be_upside_down(pdf: Pdf) -> None:
    view = view_of(add_page(pdf, CropBox=Array([500, 700, -10, 100])))
    assert view is not None
    assert view.box == (0, 100, 500, 700)


@pytest.mark.parametrize(
    "box", [None, Array([0, 0, 10]), Array([0, 0, 0, 0]), Array([Name.A, 0, 5, 5]), Dictionary(A=1)]
)
def test_a_page_without_a_usable_sheet_has_no_view(pdf: Pdf, box: Object | None) -> None:
    made = add_page(pdf)
    del made["/MediaBox"]
    if box is not None:
        made.MediaBox = box
    assert view_of(made) is None


def test_a_useless_crop_box_is_as_none(pdf: Pdf) -> None:
    view = view_of(add_page(pdf, CropBox=Array([5, 5, 5, 5])))
    assert view is not None
    assert view.box == A4


def test_a_loop_of_parents_ends(pdf: Pdf) -> None:
    made = pdf.make_indirect(Dictionary(Type=Name.Page))
    made.Parent = made
    assert view_of(made) is None


def test_numbers_are_neither_booleans_nor_infinite() -> None:
    assert numbers(Array([1, Decimal("2.5")]), 2) == (1.0, 2.5)
    assert numbers(Array([1, True]), 2) is None
    assert numbers(Array([1, 2]), 3) is None
