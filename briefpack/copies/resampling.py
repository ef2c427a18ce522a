"""Pixels → fewer pixels, in the smallest form that keeps how they look; beside briefpack/images.py a part of Pillow's room."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from PIL import Image, ImageChops

from briefpack.images import DAMAGE, MAX_PIXELS

Raster: TypeAlias = Image.Image
"""1, L, RGB or CMYK; samples as they are stored, whatever they mean."""

QUALITY = 82
"""Of a JPEG. At 150 pixels an inch no difference is seen on paper."""
SHARP = 2
"""Pictures of black and white keep so many times the resolution: they have no shades to smooth an edge with."""
_WORTH = 0.75
"""Share of the pixels above which resampling blurs more than it saves."""
_FLAT = 0.5
"""Share of pixels that are as their neighbour, from which on a picture is a drawing: in photographs it is a tenth."""
_ROWS_LOOKED_AT = 400
_MOST_IN_PALETTE = 256
_LOSSY_WINS = 0.9
"""Share of the size without loss below which a photograph becomes a JPEG."""
_TILE = 8
"""Pixels along the side of the squares by whose shade black and white is compared."""
_LOST = ((32, 0.05), (64, 0.002))
"""How far the shade of a square may change, of 255, and the share of squares that may change more: of text hardly any do, of dots and hatches most."""
_STRIPS, _STRIP_BYTES, _ROWS, _PHOTOMETRIC = 273, 279, 278, 262
"""Tags of TIFF 6.0, section 8."""


class Coding(Enum):
    """How pixels are coded. PREDICTED: as in a PNG file. FLAT: compressed rows. FAX: ITU-T T.6, one bit a pixel."""

    JPEG = "jpeg"
    PREDICTED = "predicted"
    FLAT = "flat"
    FAX = "fax"


@dataclass(frozen=True, slots=True)
class Coded:
    """A picture as it is kept. mode: of Pillow; "P" where pixels are numbers of colours in palette, triples of RGB.

    black_is_one: of FAX, whether its black is a sample of 1.
    """

    data: bytes
    coding: Coding
    width: int
    height: int
    mode: str
    palette: bytes = b""
    black_is_one: bool = False

    @property
    def bits(self) -> int:
        """Of a sample."""
        return 1 if self.mode == "1" else 8


def opened(data: bytes, kinds: tuple[str, ...]) -> Raster | None:
    """The pixels of a picture file; None where it is damaged, too large or of another kind. kinds: as Pillow names them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=kinds)
            if picture.width * picture.height > MAX_PIXELS:
                return None
            picture.load()
    except (*DAMAGE, Image.DecompressionBombError):
        return None
    # Pillow turns the inks of a JPEG over, both ways: it takes every one for Photoshop's. A PDF says so in Decode.
    return ImageChops.invert(picture) if picture.mode == "CMYK" and kinds == ("JPEG",) else picture


def of_samples(data: bytes, width: int, height: int, mode: str, bits: int) -> Raster | None:
    """Samples as a PDF stores them, rows ending at a byte (ISO 32000-1, 8.9.5.1); None where they are too few or too many.

    mode: L, RGB, CMYK, or P for numbers of colours. bits: 1, 2, 4, 8 or 16 of each sample, of which 16 become 8.
    """
    if width * height > MAX_PIXELS:
        return None
    count = {"L": 1, "P": 1, "RGB": 3, "CMYK": 4}[mode]
    if bits < 8 and count > 1:
        return None
    needed = -(-width * count * bits // 8) * height
    if len(data) < needed:
        return None
    data = data[:needed:2] if bits == 16 else data[:needed]
    if bits == 1:
        return Image.frombytes("1", (width, height), data)
    raw = f"{mode};{bits}" if bits < 8 else mode
    return Image.frombytes(mode, (width, height), data, "raw", raw)


def of_fax(data: bytes, width: int, height: int, *, black_is_one: bool) -> Raster | None:
    """Pixels that are coded as a fax is (ITU-T T.6); None where they cannot be read."""
    tags = (
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, 4),
        (_PHOTOMETRIC, 3, int(black_is_one)),
        (_STRIPS, 4, 8),
        (277, 3, 1),
        (_ROWS, 4, height),
        (_STRIP_BYTES, 4, len(data)),
    )
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    at = 8 + len(data)
    file = b"II*\0" + struct.pack("<I", at) + data + struct.pack("<H", len(tags)) + entries + bytes(4)
    return opened(file, ("TIFF",))


def coloured(numbers: Raster, palette: bytes, colours: int) -> Raster:
    """Numbers of colours as the colours themselves. colours: samples of each in the palette, 1 or 3."""
    if colours == 1:
        shades = palette.ljust(256, b"\0")[:256]
        return Image.frombytes("L", numbers.size, numbers.tobytes().translate(shades))
    picture = numbers.copy()
    picture.putpalette(palette.ljust(768, b"\0")[:768])
    return picture.convert("RGB")


def wanted(size: tuple[int, int], shown: tuple[float, float], resolution: float) -> tuple[int, int]:
    """The pixels that a picture keeps: those that it has, or fewer where that is worth it. shown: in inches."""
    width, height = (
        max(1, min(has, round(inches * resolution + 0.499))) for has, inches in zip(size, shown, strict=True)
    )
    if width * height > _WORTH * size[0] * size[1]:
        return size
    return width, height


def resampled(picture: Raster, size: tuple[int, int], weight: Raster | None = None) -> Raster:
    """A picture with fewer pixels. weight: how opaque each is, an L, so that hidden ones lend no colour to those that are seen.

    One of black and white whose shades are made of dots or fine lines stays as it is: with fewer pixels they would be blots, or gone.
    """
    if size == picture.size:
        return picture
    if picture.mode == "1":
        grey = picture.convert("L").resize(size, Image.Resampling.BOX)
        fewer = grey.point([0] * 128 + [255] * 128, "1")
        return fewer if _keeps_shades(grey, fewer) else picture
    filter_ = Image.Resampling.HAMMING if is_drawing(picture) else Image.Resampling.LANCZOS
    if weight is not None and picture.mode in {"L", "RGB"}:
        mode = picture.mode
        layered = picture.copy()
        layered.putalpha(weight if weight.size == picture.size else weight.resize(picture.size))
        return layered.resize(size, filter_).convert(mode)
    return picture.resize(size, filter_)


def _keeps_shades(grey: Raster, fewer: Raster) -> bool:
    """Whether black and white is as dark everywhere, seen from afar, as the shades that it was made of."""
    changed = ImageChops.difference(grey.reduce(_TILE), fewer.convert("L").reduce(_TILE)).histogram()
    return all(sum(changed[much:]) <= share * sum(changed) for much, share in _LOST)


def is_drawing(picture: Raster) -> bool:
    """Whether most of it are even areas, as in drawings, screens and text."""
    if picture.mode == "1":
        return True
    # Neighbours in a row tell it, and some rows are enough.
    rows = picture.resize((picture.width, min(picture.height, _ROWS_LOOKED_AT)), Image.Resampling.NEAREST)
    moved = ImageChops.difference(rows, ImageChops.offset(rows, 1, 0))
    changed: Raster | None = None
    for band in moved.split():
        changed = band if changed is None else ImageChops.lighter(changed, band)
    if changed is None:
        return False
    return changed.histogram()[0] > _FLAT * rows.width * rows.height


def coded(picture: Raster, *, lossy: bool) -> Coded:
    """The smallest of the forms that keep how it looks. lossy: whether a JPEG may be one of them."""
    if picture.mode == "1":
        return min((_fax(picture), _predicted(picture)), key=lambda each: len(each.data))
    if not lossy:
        return _lossless(picture)
    bare = ImageChops.invert(picture) if picture.mode == "CMYK" else _bare(picture)
    made = Coded(_jpeg(bare), Coding.JPEG, *picture.size, picture.mode)
    if not is_drawing(picture):
        # Without loss it would be three times as large, which takes long to find out.
        return made
    best = _lossless(picture)
    return made if len(made.data) < _LOSSY_WINS * len(best.data) else best


def _lossless(picture: Raster) -> Coded:
    rows = zlib.compress(picture.tobytes(), 9)
    flat = Coded(rows, Coding.FLAT, *picture.size, picture.mode)
    if picture.mode == "CMYK":
        return flat
    found = [flat, _predicted(picture)]
    if picture.mode == "RGB" and picture.getcolors(_MOST_IN_PALETTE) is not None:
        numbers = picture.quantize(_MOST_IN_PALETTE, dither=Image.Dither.NONE)
        palette = bytes(numbers.getpalette("RGB") or ())
        if not ImageChops.difference(numbers.convert("RGB"), picture).getbbox():
            used = palette[: 3 * (1 + max(numbers.tobytes()))]
            data = zlib.compress(numbers.tobytes(), 9)
            found.append(Coded(data, Coding.FLAT, *picture.size, "P", used))
    return min(found, key=lambda each: len(each.data) + len(each.palette))


def _predicted(picture: Raster) -> Coded:
    """What a PNG file holds is what a PDF calls predicted by PNG's rules (ISO 32000-1, 7.4.4.4)."""
    png, data, position = _saved(_bare(picture), "PNG", compress_level=9), bytearray(), 8
    while position + 8 <= len(png):
        length = int.from_bytes(png[position : position + 4], "big")
        if png[position + 4 : position + 8] == b"IDAT":
            data += png[position + 8 : position + 8 + length]
        position += length + 12
    return Coded(bytes(data), Coding.PREDICTED, *picture.size, picture.mode)


def _fax(picture: Raster) -> Coded:
    file = _saved(_bare(picture), "TIFF", compression="group4", tiffinfo={_ROWS: picture.height})
    with Image.open(io.BytesIO(file)) as made:
        tags = made.tag_v2  # type: ignore[attr-defined]  # it was saved as TIFF
        (start,), (length,) = tags[_STRIPS], tags[_STRIP_BYTES]
        inverted = tags[_PHOTOMETRIC] == 0
    data = file[start : start + length]
    return Coded(data, Coding.FAX, *picture.size, "1", black_is_one=not inverted)


def _bare(picture: Raster) -> Raster:
    """A new picture has nothing of the old one's info, so that nothing of it is written."""
    return Image.frombytes(picture.mode, picture.size, picture.tobytes())


def filed(picture: Raster, *, lossy: bool) -> tuple[bytes, str]:
    """As coded(), as a file; "png" or "jpeg"."""
    bare = _bare(picture)
    if lossy and not is_drawing(picture):
        return _jpeg(bare), "jpeg"
    png = [bare]
    if picture.mode == "RGB" and picture.getcolors(_MOST_IN_PALETTE) is not None:
        numbers = picture.quantize(_MOST_IN_PALETTE, dither=Image.Dither.NONE)
        if not ImageChops.difference(numbers.convert("RGB"), picture).getbbox():
            png.append(numbers)
    best = min((_saved(each, "PNG", optimize=True) for each in png), key=len)
    if lossy and picture.mode != "1":
        small = _jpeg(bare)
        if len(small) < _LOSSY_WINS * len(best):
            return small, "jpeg"
    return best, "png"


def _saved(picture: Raster, kind: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **how)
    return buffer.getvalue()


def _jpeg(picture: Raster) -> bytes:
    # Only the colours of YCbCr may be coarser than their brightness.
    subsampling = "4:2:0" if picture.mode == "RGB" else "4:4:4"
    return _saved(picture, "JPEG", quality=QUALITY, subsampling=subsampling, optimize=True)
