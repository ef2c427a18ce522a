"""Which sheet a picture is printed on."""

from __future__ import annotations

import pytest

from briefpack.annexes.converting.sheets import MARGIN, placed

A4 = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)


@pytest.mark.parametrize(
    ("pixels", "dpi", "page"),
    [
        ((2480, 3508), (300, 300), (595.2, 841.92)),
        ((3508, 2480), (300, 300), (841.92, 595.2)),
        ((2550, 3300), (300, 300), (612, 792)),
        ((4961, 7016), (300, 300), (1190.64, 1683.84)),
        ((1728, 1145), (204, 98), (609.88, 841.22)),
        ((794, 1123), (96, 96), (595.5, 842.25)),
    ],
    ids=["A4", "A4 on its side", "letter", "A2", "fax", "screen"],
)
def test_a_picture_as_large_as_a_sheet_is_the_page(
    pixels: tuple[int, int], dpi: tuple[float, float], page: tuple[float, float]
) -> None:
    box, matrix = placed(*pixels, dpi, 1)
    assert box == pytest.approx(page, abs=0.01)
    assert matrix == pytest.approx((box[0], 0, 0, box[1], 0, 0))


@pytest.mark.parametrize(
    ("pixels", "dpi", "page"),
    [
        ((4032, 3024), (72, 72), LANDSCAPE),
        ((3024, 4032), (72, 72), A4),
        ((1920, 1080), (0, 0), LANDSCAPE),
        ((9000, 9000), (1, 1), A4),
    ],
    ids=["photograph", "upright photograph", "screen", "no sane resolution"],
)
def test_any_other_is_made_smaller_to_stand_on_a4_with_margins(
    pixels: tuple[int, int], dpi: tuple[float, float], page: tuple[float, float]
) -> None:
    box, (wide, _, _, high, x, y) = placed(*pixels, dpi, 1)
    assert box == page
    assert wide / high == pytest.approx(pixels[0] / pixels[1])
    assert min(x, y) == pytest.approx(MARGIN)
    assert (2 * x + wide, 2 * y + high) == pytest.approx(box)


def test_a_small_picture_is_not_made_larger() -> None:
    _, (wide, _, _, high, x, y) = placed(600, 300, (150, 150), 1)
    assert (wide, high) == pytest.approx((288, 144))
    assert (x, y) == pytest.approx(((LANDSCAPE[0] - 288) / 2, (LANDSCAPE[1] - 144) / 2))


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_a_picture_that_lies_on_its_side_has_its_resolution_turned_with_it(orientation: int) -> None:
    box, _ = placed(1145, 1728, (98, 204), orientation)
    assert box == pytest.approx((609.88, 841.22), abs=0.01)
