"""Pages whose text does not stand upright are told of, with the rotation that helps."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from briefpack.annex import Deed, PageRange, Remark, Treatment
from briefpack.annexes.cleaning import clean
from briefpack.annexes.cleaning.sideways import MOST_PAGES, sideways
from tests.annexes.makers import add_page, document, saved

LINE = b"(A line of text that is long enough to be told from a label) Tj"
WAYS = {0: b"1 0 0 1 60 400", 90: b"0 1 -1 0 300 100", 180: b"-1 0 0 -1 500 400", 270: b"0 -1 1 0 300 700"}
"""Text that needs to be turned clockwise by so many degrees → where it runs."""


def page(pdf: Pdf, way: int, **entries: object) -> None:
    add_page(pdf, b"BT /F1 12 Tf " + WAYS[way] + b" Tm " + LINE + b" ET", **entries)


def told(pdf: Pdf, tmp_path: Path) -> tuple[Remark, ...]:
    return sideways(saved(pdf, tmp_path / "file.pdf"))


@pytest.mark.parametrize("own", [0, 90, 180, 270])
@pytest.mark.parametrize("way", list(WAYS))
def test_the_rotation_that_is_told_sets_the_text_upright(tmp_path: Path, way: int, own: int) -> None:
    pdf = Pdf.new()
    page(pdf, way, Rotate=own)
    needed = (way - own) % 360
    found = told(pdf, tmp_path)
    assert [remark.advice for remark in found] == ([f"`rotate: {needed}` sets it upright"] if needed else [])
    for remark in found:
        assert (remark.deed, remark.kind, remark.pages) == (Deed.FOUND, "sideways", (1,))
        assert not remark.warn
    after = clean(tmp_path / "file.pdf", tmp_path / "clean.pdf", Treatment(rotate=needed))
    assert after.remarks == ()


@pytest.mark.parametrize("asked", [90, 180, 270])
@pytest.mark.parametrize("way", list(WAYS))
def test_what_is_told_of_pages_that_were_turned_is_instead_of_it(
    tmp_path: Path, way: int, asked: int
) -> None:
    pdf = Pdf.new()
    page(pdf, way)
    source, target = saved(pdf, tmp_path / "file.pdf"), tmp_path / "clean.pdf"
    advice = [remark.advice for remark in clean(source, target, Treatment(rotate=asked)).remarks]
    assert advice == ([] if asked == way else [f"`rotate: {way}` sets it upright"])


def test_pages_are_told_of_by_the_rotation_they_need(tmp_path: Path) -> None:
    pdf = Pdf.new()
    for way in (0, 90, 270, 90, 180, 0):
        page(pdf, way)
    found = told(pdf, tmp_path)
    assert [(remark.what, remark.pages) for remark in found] == [
        ("has 2 pages whose text runs sideways", (2, 4)),
        ("has a page whose text stands on its head", (5,)),
        ("has a page whose text runs sideways", (3,)),
    ]
    assert all("`files:`" in remark.advice for remark in found)


def test_labels_slanted_and_mixed_text_and_pages_without_any_are_no_sign(tmp_path: Path) -> None:
    pdf = document(2)
    add_page(pdf, b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Axis label) Tj ET")
    add_page(pdf, b"BT /F1 12 Tf 0.8 0.6 -0.6 0.8 100 100 Tm " + LINE + b" ET")
    both = (
        b"BT /F1 12 Tf " + WAYS[90] + b" Tm " + LINE + b" " + WAYS[0] + b" Tm " + LINE + b" " + LINE + b" ET"
    )
    add_page(pdf, both)
    add_page(pdf, b"0 0 99 99 re f")
    assert told(pdf, tmp_path) == ()


def test_what_counts_is_how_letters_stand_and_not_how_they_came_there(tmp_path: Path) -> None:
    """Many writers turn the page's space upside down first, and the text in it back; forms may turn it as well."""
    pdf = Pdf.new()
    add_page(pdf, b"1 0 0 -1 0 842 cm BT /F1 12 Tf 1 0 0 -1 60 400 Tm " + LINE + b" ET")
    add_page(pdf, b"0 1 -1 0 595 0 cm BT /F1 12 Tf 0 -1 1 0 60 500 Tm " + LINE + b" ET")
    form = pdf.make_stream(
        b"BT /F1 12 Tf " + WAYS[0] + b" Tm " + LINE + b" ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 900, 900]),
        Resources=Dictionary(Font=pdf.pages[0].Resources.Font),
    )
    add_page(pdf, b"0 1 -1 0 595 0 cm /X Do", Resources=Dictionary(XObject=Dictionary(X=form)))
    assert [(remark.pages, remark.advice[:12]) for remark in told(pdf, tmp_path)] == [((3,), "`rotate: 90`")]


def test_pages_are_named_as_the_author_counts_them(tmp_path: Path) -> None:
    pdf = document(3)
    page(pdf, 270)
    page(pdf, 0)
    source = saved(pdf, tmp_path / "file.pdf")
    asked = (PageRange(5, 5), PageRange(1, 2), PageRange(4, 4))
    found = clean(source, tmp_path / "clean.pdf", Treatment(pages=asked)).remarks
    assert next(remark.pages for remark in found if remark.kind == "sideways") == (4,)


def test_pages_that_share_a_sheet_are_told_of_one_by_one(tmp_path: Path) -> None:
    pdf = document(2)
    page(pdf, 0)
    page(pdf, 90)
    (found,) = clean(saved(pdf, tmp_path / "file.pdf"), tmp_path / "clean.pdf", Treatment(n_up=2)).remarks
    assert (found.pages, found.count) == ((4,), 1)


def test_a_long_file_is_judged_by_its_first_pages(tmp_path: Path) -> None:
    pdf = Pdf.new()
    for _ in range(MOST_PAGES + 5):
        page(pdf, 90)
    (remark,) = told(pdf, tmp_path)
    assert remark.count == MOST_PAGES
