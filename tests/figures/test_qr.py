"""QR codes: the modules of the standard at their places, with white around them."""

from __future__ import annotations

import io

import pytest
import segno
from PIL import Image

from briefpack.drawing import Shape
from briefpack.figures.operators import bounds
from briefpack.figures.qr import LONGEST, QUIET, SIDE, QrError, qr_drawing
from briefpack.figures.raster import raster
from tests.figures.making import packaged_style

URL = "https://www.nato.int/cps/en/natohq/topics_49198.htm"


def test_every_module_is_dark_or_white_as_the_standard_has_it() -> None:
    code = segno.make_qr(URL, error="m", boost_error=False)
    rows = [list(row) for row in code.matrix]
    picture = Image.open(io.BytesIO(raster(qr_drawing(URL), packaged_style(), 600).content)).convert("L")
    module = picture.width / (len(rows) + 2 * QUIET)
    seen = [
        [
            int(picture.getpixel((int((QUIET + x + 0.5) * module), int((QUIET + y + 0.5) * module))) < 128)
            for x in range(len(rows))
        ]
        for y in range(len(rows))
    ]
    assert seen == rows


def test_the_error_correction_is_medium() -> None:
    assert segno.make_qr(URL, error="m", boost_error=False).error == "M"


def test_white_stands_around_the_code() -> None:
    drawing = qr_drawing(URL)
    (shape,) = drawing.marks
    assert isinstance(shape, Shape)
    left, bottom, right, top = bounds(shape.path)
    modules = 33
    white = SIDE * QUIET / (modules + 2 * QUIET)
    assert left == pytest.approx(white, rel=0.2)
    assert bottom == pytest.approx(left)
    assert right == pytest.approx(SIDE - left)
    assert top == pytest.approx(SIDE - left)


def test_an_address_too_long_for_paper_is_refused() -> None:
    with pytest.raises(QrError, match="could not be read"):
        qr_drawing("https://nato.int/" + "a" * LONGEST)


def test_the_longest_address_has_a_code() -> None:
    assert qr_drawing("https://nato.int/".ljust(LONGEST, "a")).marks
