"""Pictures in memory: where two of one page differ, and the smallest form in which a page keeps one; beside images.py the other half of Pillow's room."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageChops

Raster: TypeAlias = Image.Image
"""RGB or L, origin at the upper left."""

_QUALITY = 85
"""Of a JPEG; text at 200 dpi shows no fringes at it."""
_EFFORT = 3
"""Of compression without loss, of 9: more takes three times as long for a tenth."""
_JPEG_WINS = 0.7
"""Share of the size without loss below which a JPEG is taken: a photograph, not text."""
_BLACK_AND_WHITE = frozenset({0, 255})
_MOST_IN_PALETTE = 256


@dataclass(frozen=True, slots=True)
class Packed:
    """A picture as a PDF keeps it. data: coded by filter, "/DCTDecode", or "/FlateDecode" with the predictors of PNG (15).

    colours: components of a pixel, 1 or 3. bits: of a component. palette: red, green and blue of each colour, where pixels are numbers
    of colours; b"" where they are not.
    """

    data: bytes
    filter: str
    width: int
    height: int
    colours: int
    bits: int
    palette: bytes = b""


def packed(picture: Raster) -> Packed:
    """A picture in the smallest form of those that keep how it looks: black and white, grey, few colours, any colours, or a JPEG."""
    plain = _grey(picture)
    lossless = _lossless(plain)
    if lossless.bits == 1 or lossless.palette:
        return lossless
    buffer = io.BytesIO()
    plain.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    if buffer.tell() < _JPEG_WINS * len(lossless.data):
        return Packed(buffer.getvalue(), "/DCTDecode", plain.width, plain.height, len(plain.getbands()), 8)
    return lossless


def _grey(picture: Raster) -> Raster:
    red, green, blue = picture.convert("RGB").split()
    same = not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(red, blue).getbbox()
    return red if same else picture.convert("RGB")


def _lossless(plain: Raster) -> Packed:
    colours, bits, palette = len(plain.getbands()), 8, b""
    counted = plain.getcolors(_MOST_IN_PALETTE)
    if colours == 1 and counted is not None and {shade for _, shade in counted} <= _BLACK_AND_WHITE:
        plain, bits = plain.convert("1", dither=Image.Dither.NONE), 1
    elif colours == 3 and counted is not None:
        numbered = plain.quantize(_MOST_IN_PALETTE, dither=Image.Dither.NONE)
        if not ImageChops.difference(numbered.convert("RGB"), plain).getbbox():
            palette = bytes(numbered.getpalette("RGB") or ())[: 3 * (1 + _last(numbered))]
            # As if the numbers were shades of grey: a PNG of its own kind might use fewer bits for them.
            plain, colours = Image.frombytes("L", numbered.size, numbered.tobytes()), 1
    buffer = io.BytesIO()
    plain.save(buffer, "PNG", compress_level=_EFFORT)
    return Packed(
        _coded(buffer.getvalue()), "/FlateDecode", plain.width, plain.height, colours, bits, palette
    )


def _last(numbered: Raster) -> int:
    """The highest number that a pixel has."""
    highest = numbered.getextrema()[1]
    return highest if isinstance(highest, int) else 0


def _coded(png: bytes) -> bytes:
    """The pixels of a PNG as they are coded in it: what stands in its IDAT chunks (PNG, 11.2.3)."""
    found, position = b"", 8
    while position + 8 <= len(png):
        length, kind = int.from_bytes(png[position : position + 4], "big"), png[position + 4 : position + 8]
        if kind == b"IDAT":
            found += png[position + 8 : position + 8 + length]
        position += length + 12
    return found


def differing(one: Raster, other: Raster, least: int) -> Raster:
    """Where two pictures of one size differ by that much in a colour, of 255: an L of 0 and 255."""
    found: Raster | None = None
    for band in ImageChops.difference(one, other).split():
        found = band if found is None else ImageChops.lighter(found, band)
    if found is None:
        raise ValueError("a picture without colours")
    return found.point([0] * least + [255] * (256 - least))


def is_drawn(marks: Raster, box: tuple[int, int, int, int]) -> bool:
    """Whether anything is marked in a box (left, upper, right, lower) of a picture that differing() gave."""
    return marks.crop(box).getbbox() is not None


def has_gap(marks: Raster, box: tuple[int, int, int, int], longest: float) -> bool:
    """Whether a box has a stretch, along its longer side, of more than longest pixels on which nothing is marked."""
    part = marks.crop(box)
    if part.height > part.width:
        part = part.transpose(Image.Transpose.TRANSPOSE)
    width, data = part.width, part.tobytes()
    line = 0
    for start in range(0, len(data), width):
        line |= int.from_bytes(data[start : start + width], "big")
    return bytes(int(longest) + 1) in line.to_bytes(width, "big")


def contrast(picture: Raster, box: tuple[int, int, int, int]) -> int:
    """The widest range that a colour has in a box, of 255; 0 is an even area."""
    low_high = picture.crop(box).convert("RGB").getextrema()
    return max(int(pair[1]) - int(pair[0]) for pair in low_high if isinstance(pair, tuple))
