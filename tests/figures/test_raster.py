"""Pixels of a drawing: sharp, in the right place and colours, and always the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from briefpack.drawing import Drawing, Pattern, Shape, Words
from briefpack.figures.raster import raster
from briefpack.figures.sheet import rectangle
from briefpack.images import read_image
from tests.figures.making import packaged_style

RED, NAVY = (200, 30, 40), (27, 54, 93)
SQUARE = Drawing(72, 36, (Shape(rectangle(0, 0, 36, 18), fill=RED),))


def _pixels(drawing: Drawing, dpi: float = 144) -> Image.Image:
    return Image.open(io.BytesIO(raster(drawing, packaged_style(), dpi).content)).convert("RGB")


def test_a_picture_has_the_size_of_the_drawing() -> None:
    made = raster(SQUARE, packaged_style(), 144)
    assert (made.width, made.height, made.dpi, made.format) == (144, 72, 144, "png")
    picture = Image.open(io.BytesIO(made.content))
    assert picture.size == (144, 72)
    assert picture.info["dpi"] == pytest.approx((144, 144), abs=0.1)


def test_colours_and_places_are_those_of_the_drawing() -> None:
    picture = _pixels(SQUARE)
    assert picture.getpixel((10, 60)) == RED
    assert picture.getpixel((10, 10)) == (255, 255, 255)
    assert picture.getpixel((100, 60)) == (255, 255, 255)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    one = raster(SQUARE, packaged_style(), 100)
    raster.__globals__["_rendered"].cache_clear()
    assert raster(SQUARE, packaged_style(), 100) == one


def test_words_are_drawn_where_they_stand() -> None:
    words = Words("Estonia", 10, 20, 12, NAVY)
    picture = _pixels(Drawing(72, 36, (words,)))
    box = picture.convert("L").point(lambda v: 255 * (v < 128)).getbbox()
    assert box is not None
    left, _, right, bottom = box
    assert 18 <= left <= 24
    assert 28 <= bottom <= 36
    assert right - left > 60
    turned = _pixels(Drawing(72, 72, (replace(words, x=30, y=5, angle=90),)))
    tall = turned.convert("L").point(lambda v: 255 * (v < 128)).getbbox()
    assert tall is not None
    assert tall[3] - tall[1] > 60
    assert tall[2] - tall[0] < 30


def test_hatching_is_seen() -> None:
    plain = Shape(rectangle(0, 0, 72, 36), fill=NAVY)
    picture = _pixels(Drawing(72, 36, (replace(plain, pattern=Pattern.CROSSED),)))
    colours = picture.getcolors(100000)
    assert colours is not None
    assert {(255, 255, 255), NAVY} <= {colour for _, colour in colours}


def test_a_huge_drawing_has_fewer_pixels_per_inch() -> None:
    made = raster(Drawing(7200, 7200, (Shape(rectangle(0, 0, 9, 9), fill=RED),)), packaged_style())
    assert made.width * made.height <= 41_000_000
    assert made.dpi < 70


def test_a_picture_passes_for_one_from_a_file() -> None:
    assert read_image(raster(SQUARE, packaged_style(), 96).content).width == 96
