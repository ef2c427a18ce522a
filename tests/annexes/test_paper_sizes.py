"""Sizes of pages in words."""

from __future__ import annotations

import pytest

from briefpack.annexes.paper_sizes import grouped, page_list, said

A4, A4_LYING, A3_LYING = (595.0, 842.0), (842.0, 595.0), (1191.0, 842.0)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((595.276, 841.89), "A4 portrait"),
        ((595.0, 842.0), "A4 portrait"),
        ((842.0, 595.0), "A4 landscape"),
        ((612.0, 792.0), "Letter portrait"),
        ((612.0, 1008.0), "Legal portrait"),
        ((1190.55, 841.89), "A3 landscape"),
        ((419.5, 595.3), "A5 portrait"),
        ((595.0, 850.0), "210 × 300 mm"),
        ((720.0, 405.0), "254 × 143 mm"),
        ((300.0, 300.0), "106 × 106 mm"),
    ],
)
def test_a_size_has_a_name_or_millimetres(size: tuple[float, float], words: str) -> None:
    assert said(grouped([size])) == words


def test_the_usual_size_comes_first_and_the_others_with_their_pages() -> None:
    sizes = [A3_LYING, A4, A4, A4, A4_LYING, A4_LYING, (595.0, 850.0), A4]

    assert (
        said(grouped(sizes))
        == "A4 portrait; pages 5-6 A4 landscape; page 1 A3 landscape; page 7 of 210 × 300 mm"
    )


def test_sizes_that_differ_by_rounding_are_one() -> None:
    (group,) = grouped([(595.0, 842.0), (595.276, 841.89), (594.96, 841.92)])

    assert (group.name, group.landscape, group.width, group.height) == ("A4", False, 210, 297)
    assert group.pages == (1, 2, 3)


def test_many_sizes_are_not_all_named() -> None:
    sizes = [A4, A4, *((100.0 + 30 * n, 300.0) for n in range(9))]
    words = said(grouped(sizes))

    assert words.startswith("A4 portrait; page 3 of 35 × 106 mm; ")
    assert words.endswith("; and 5 more sizes")


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ((), ""),
        ((3,), "page 3"),
        ((3, 4, 5, 9), "pages 3-5, 9"),
        ((1, 3, 5, 7, 9, 11, 13), "pages 1, 3, 5, 7, 9, 11, …"),
        ((1, 2, 3, 4, 5, 6, 7, 8), "pages 1-8"),
    ],
)
def test_pages_in_a_row_are_a_range(pages: tuple[int, ...], words: str) -> None:
    assert page_list(pages) == words
