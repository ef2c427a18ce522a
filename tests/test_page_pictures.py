"""Pages in pixels become small files, and contact sheets that can be read."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from briefpack.page_pictures import THUMB_HEIGHT, THUMB_WIDTH, Pixels, contact_sheet, page_picture

WHITE, RED = b"\xff\xff\xff", b"\xd0\x10\x10"


def pixels(width: int, height: int, colour: bytes = WHITE, *, padding: int = 0) -> Pixels:
    row = colour * width + b"\x07" * padding
    return Pixels(row * height, width, height, len(row))


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def noise(width: int, height: int, *, grey: bool) -> Pixels:
    values = bytes((x * x * 7 + y * y * 13 + x * y * 5) % 251 for y in range(height) for x in range(width))
    channels = (bytes((v, v, v)) if grey else bytes((v, 255 - v, v // 2)) for v in values)
    return Pixels(b"".join(channels), width, height, 3 * width)


def test_a_page_without_colours_is_grey_and_lossless() -> None:
    picture = page_picture(pixels(40, 60, padding=5), 150)

    assert (picture.format, picture.width, picture.height, picture.dpi) == ("png", 40, 60, 150)
    assert opened(picture.content).mode == "L"
    # What stands beside the rows is not taken for pixels.
    assert opened(picture.content).getextrema() == (255, 255)


def test_a_page_with_colours_keeps_them() -> None:
    picture = page_picture(pixels(40, 60, RED), 150)

    assert opened(picture.content).mode == "RGB"
    assert opened(picture.content).getpixel((3, 3)) == tuple(RED)


@pytest.mark.parametrize("grey", [True, False])
def test_a_photograph_is_a_jpeg_since_that_is_smaller(*, grey: bool) -> None:
    picture = page_picture(noise(120, 120, grey=grey), 150)
    lossless = io.BytesIO()
    opened(picture.content).save(lossless, "PNG")

    assert picture.format == "jpeg"
    assert opened(picture.content).mode == ("L" if grey else "RGB")
    assert len(picture.content) < lossless.tell()


def test_equal_pages_give_equal_bytes() -> None:
    assert page_picture(noise(50, 50, grey=False), 150) == page_picture(noise(50, 50, grey=False), 150)


# --------------------------------------------------------------------------- contact sheets


def sheet(pages: list[Pixels], rest: str = "", title: str = "plan.pdf") -> Image.Image:
    labels = [str(number) for number in range(1, len(pages) + 1)]
    return opened(contact_sheet(pages, labels, title, "12 pages", rest))


def coloured(picture: Image.Image, colour: bytes) -> int:
    red, green, blue = colour
    return sum(
        count
        for count, value in picture.convert("RGB").getcolors(1 << 24) or []
        if value == (red, green, blue)
    )


def test_every_page_is_on_the_sheet_in_full() -> None:
    made = sheet([pixels(THUMB_WIDTH, THUMB_HEIGHT, RED)] * 7)

    assert coloured(made, RED) == 7 * THUMB_WIDTH * THUMB_HEIGHT


def test_rows_are_as_high_as_their_pages() -> None:
    upright = sheet([pixels(THUMB_WIDTH, THUMB_HEIGHT)] * 10)
    slides = sheet([pixels(THUMB_WIDTH, THUMB_WIDTH * 9 // 16)] * 10)

    assert upright.width == slides.width
    assert slides.height < upright.height * 0.6


def test_what_is_missing_is_said_at_the_foot() -> None:
    pages = [pixels(THUMB_WIDTH, 200, RED)] * 5
    bare, told = sheet(pages), sheet(pages, "… and 212 more")

    assert told.height > bare.height
    foot = told.crop((0, bare.height - 10, told.width, told.height))
    assert len(foot.getcolors(1 << 16) or []) > 1


def test_a_single_page_has_room_for_a_title_and_a_long_title_is_cut() -> None:
    short, long = (sheet([pixels(90, 120)], title=title) for title in ("a.pdf", "very long " * 40))

    assert short.size == long.size
    # The right margin stays empty.
    assert len(long.crop((long.width - 30, 0, long.width, long.height)).getcolors() or []) == 1
