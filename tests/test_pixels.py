"""Pictures of pages: compared, and made small."""

from __future__ import annotations

import io
import random
import zlib

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from briefpack.annexes.cleaning.flattened import _image
from briefpack.pixels import Packed, contrast, differing, has_gap, is_drawn, packed


def page(*boxes: tuple[int, int, int, int], colour: str = "black", ground: str = "white") -> Image.Image:
    picture = Image.new("RGB", (200, 100), ground)
    for box in boxes:
        ImageDraw.Draw(picture).rectangle(box, fill=colour)
    return picture


def test_two_pictures_differ_where_one_has_something_drawn() -> None:
    marks = differing(page((10, 10, 20, 20)), page(), 8)
    assert marks.getbbox() == (10, 10, 21, 21)
    assert is_drawn(marks, (15, 15, 30, 30))
    assert not is_drawn(marks, (22, 10, 60, 40))


@pytest.mark.parametrize(("shade", "seen"), [("#f9f9f9", False), ("#f0f0f0", True), ("#ffff00", True)])
def test_a_difference_counts_from_the_least_on_in_any_colour(shade: str, seen: bool) -> None:
    marks = differing(page((10, 10, 20, 20), colour=shade), page(), 8)
    assert is_drawn(marks, (0, 0, 200, 100)) is seen


@pytest.mark.parametrize("turned", [False, True])
def test_the_longest_gap_of_a_line_is_measured_along_it(turned: bool) -> None:
    marks = differing(page((10, 40, 19, 49), (60, 42, 69, 45), (75, 40, 79, 49)), page(), 8)
    box = (10, 40, 80, 50)
    if turned:
        marks, box = marks.transpose(Image.Transpose.TRANSPOSE), (40, 10, 50, 80)
    assert has_gap(marks, box, 39)
    assert not has_gap(marks, box, 40)
    assert has_gap(marks, (100, 0, 150, 20), 49.5)
    assert not has_gap(marks, (100, 0, 150, 20), 50)


def test_contrast_is_none_on_an_even_area_of_any_colour() -> None:
    picture = page((10, 10, 20, 20), colour="#102030", ground="#102080")
    assert contrast(picture, (30, 30, 60, 60)) == 0
    assert contrast(picture, (0, 0, 60, 60)) == 0x50


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(5).randbytes(size[0] * size[1] * 3))


def shown(picture: Packed) -> Image.Image:
    """The pixels as another program takes them out of a PDF."""
    pdf = pikepdf.Pdf.new()
    image = pikepdf.PdfImage(_image(pdf, picture))
    return image.as_pil_image().convert("RGB")


@pytest.mark.parametrize(
    ("colours", "kind"),
    [
        (["black"], ("/FlateDecode", 1, 1, False)),
        (["black", "#808080"], ("/FlateDecode", 1, 8, False)),
        (["red", "#0000a0"], ("/FlateDecode", 1, 8, True)),
    ],
)
def test_a_drawing_is_kept_bit_for_bit_in_its_smallest_form(
    colours: list[str], kind: tuple[str, int, int, bool]
) -> None:
    picture = page()
    for number, colour in enumerate(colours):
        ImageDraw.Draw(picture).rectangle((10 + 30 * number, 10, 30 + 30 * number, 50), fill=colour)
    made = packed(picture)
    assert (made.filter, made.colours, made.bits, bool(made.palette)) == kind
    assert shown(made).tobytes() == picture.tobytes()


def test_many_colours_are_kept_too_and_a_photograph_becomes_a_jpeg() -> None:
    few = noise((16, 16)).resize((400, 400), Image.Resampling.NEAREST)
    few.putpixel((0, 0), (1, 2, 3))
    many = Image.merge(
        "RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L").rotate(90)]
    )
    speckled = Image.blend(many, noise(many.size), 0.2)
    assert packed(few).filter == "/FlateDecode"
    made = packed(speckled)
    assert made.filter == "/DCTDecode"
    assert (made.width, made.height, made.colours) == (256, 256, 3)
    assert Image.open(io.BytesIO(made.data)).size == (256, 256)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert packed(noise((50, 50))) == packed(noise((50, 50)))


def test_pixels_are_coded_as_png_codes_them() -> None:
    made = packed(page((10, 10, 20, 20)))
    # A byte of the filter before each row of 200 bits.
    assert len(zlib.decompress(made.data)) == 100 * (1 + 25)
    assert isinstance(_image(pikepdf.Pdf.new(), made).DecodeParms, Dictionary)
    assert _image(pikepdf.Pdf.new(), made).ColorSpace == Name.DeviceGray
