"""Pages as drawn, in pixels → small files that Word shows, and contact sheets of them: Pillow writes here what briefpack itself has drawn."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from briefpack.document import ImageData

QUALITY = 85
"""Of a page that is smaller as a JPEG: one with photographs. Text is as good as ever, since it is smaller as a PNG."""

_FONTS = Path(__file__).parent / "data" / "fonts"

# Pixels of a contact sheet.
COLUMNS = 5
THUMB_WIDTH, THUMB_HEIGHT = 280, 396
"""What a page on a contact sheet is drawn within; an A4 page fills it."""
_GAP, _MARGIN = 24, 32
_LABEL, _HEAD, _DETAIL = 20, 30, 20
_INK, _QUIET, _DESK, _EDGE = "#1f2328", "#59636e", "#eceff2", "#b6bec7"


@dataclass(frozen=True, slots=True)
class Pixels:
    """A page as pdfium leaves it: RGB, three bytes a pixel, rows of stride bytes, the first one at the top."""

    content: bytes
    width: int
    height: int
    stride: int


def page_picture(pixels: Pixels, dpi: float) -> ImageData:
    """A page as PNG or JPEG, whichever is smaller; grey where nothing on it has a colour."""
    picture = _image(pixels)
    red, green, blue = picture.split()
    if not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()):
        picture = red
    png, jpeg = io.BytesIO(), io.BytesIO()
    picture.save(png, "PNG", compress_level=6)
    picture.save(jpeg, "JPEG", quality=QUALITY, optimize=True)
    lossless = png.tell() <= jpeg.tell()
    return ImageData(
        (png if lossless else jpeg).getvalue(),
        "png" if lossless else "jpeg",
        picture.width,
        picture.height,
        dpi,
    )


def contact_sheet(
    pages: Sequence[Pixels], labels: Sequence[str], title: str, detail: str, rest: str
) -> bytes:
    """A PNG with small pages in a grid, numbered, under a title and a quiet line.

    pages: each at most THUMB_WIDTH × THUMB_HEIGHT. labels: what stands under each. rest: said at the foot, "" for nothing.
    """
    columns = max(1, min(COLUMNS, len(pages)))
    rows = -(-len(pages) // columns)
    # As high as the highest page and no higher: slides need no room for upright pages.
    cell = max((page.height for page in pages), default=0)
    head = _MARGIN + _HEAD + _GAP // 2 + _DETAIL + _GAP
    step = cell + 8 + _LABEL + _GAP
    foot = _DETAIL + _GAP if rest else 0
    title_font, plain, label_font = _font("Bold", _HEAD), _font("Regular", _DETAIL), _font("Regular", _LABEL)
    inner = max(columns * THUMB_WIDTH + (columns - 1) * _GAP, 2 * THUMB_WIDTH + _GAP)
    sheet = Image.new("RGB", (inner + 2 * _MARGIN, head + rows * step + foot + _MARGIN - _GAP), _DESK)
    draw = ImageDraw.Draw(sheet)
    draw.text((_MARGIN, _MARGIN), _cut(title, title_font, inner), _INK, title_font, "lt")
    draw.text((_MARGIN, _MARGIN + _HEAD + _GAP // 2), _cut(detail, plain, inner), _QUIET, plain, "lt")
    for number, (page, label) in enumerate(zip(pages, labels, strict=True)):
        left = _MARGIN + number % columns * (THUMB_WIDTH + _GAP)
        top = head + number // columns * step
        at = (left + (THUMB_WIDTH - page.width) // 2, top + (cell - page.height) // 2)
        sheet.paste(_image(page), at)
        draw.rectangle((at[0] - 1, at[1] - 1, at[0] + page.width, at[1] + page.height), outline=_EDGE)
        draw.text((left + THUMB_WIDTH // 2, top + cell + 8), label, _INK, label_font, "mt")
    if rest:
        draw.text((_MARGIN, head + rows * step), rest, _QUIET, plain, "lt")
    content = io.BytesIO()
    sheet.save(content, "PNG", compress_level=9)
    return content.getvalue()


def _image(pixels: Pixels) -> Image.Image:
    return Image.frombuffer(
        "RGB", (pixels.width, pixels.height), pixels.content, "raw", "RGB", pixels.stride, 1
    )


@lru_cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"LiberationSans-{weight}.ttf", size)


def _cut(words: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Words that fit into a width, in pixels."""
    if font.getlength(words) <= width:
        return words
    while words and font.getlength(f"{words}…") > width:
        words = words[:-1]
    return f"{words.rstrip()}…"
