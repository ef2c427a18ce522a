"""A picture file → bytes that are safe to embed: upright, no metadata, RGB or grey; the only room with Pillow."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from briefpack.document import ImageData

MAX_PIXELS = 60_000_000
"""Width times height; more is refused before it is decoded."""
DEFAULT_DPI = 96.0
"""Assumed where the file does not say how large it wants to be."""

_KEPT_SEGMENTS = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA, 0xEE})
"""JPEG segments that decoding needs: frames, tables, restart interval, scan, and Adobe's colour transform (ITU-T T.81, B.1)."""


class ImageError(Exception):
    """The file cannot be used as a picture. fact: what is wrong; remedy: what to do."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact = fact
        self.remedy = remedy


def load_image(path: Path) -> ImageData:
    """Read a PNG or JPEG file. Raises ImageError; the same file is read once as long as it does not change."""
    try:
        state = path.stat()
    except OSError as error:
        raise ImageError(f"the picture cannot be read: {error.strerror}", "check the file") from None
    return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _load(path: Path, _changed: int, _size: int) -> ImageData:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ImageError(f"the picture cannot be read: {error.strerror}", "check the file") from None
    try:
        with warnings.catch_warnings():
            # The limit is ours and stricter; Pillow's own warning would come first.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw))
            if picture.format not in ("PNG", "JPEG"):
                raise ImageError(f"this is a {picture.format} picture", "save it as PNG or JPEG")
            if picture.width * picture.height > MAX_PIXELS:
                raise ImageError(
                    f"the picture has {picture.width} × {picture.height} pixels; the limit is {MAX_PIXELS:,}",
                    "make it smaller",
                )
            return _clean(picture, raw)
    except UnidentifiedImageError:
        raise ImageError("this is not a picture", "use a PNG or JPEG file") from None
    except Image.DecompressionBombError:
        raise ImageError("the picture is far too large", "make it smaller") from None
    except (OSError, SyntaxError, ValueError) as error:
        raise ImageError(
            f"the picture is damaged: {error}", "open it in an editor and save it again"
        ) from None


def _clean(picture: Image.Image, raw: bytes) -> ImageData:
    dpi = _dpi(picture)
    turned = picture.getexif().get(0x0112, 1) not in (0, 1)
    if picture.format == "JPEG" and picture.mode in ("RGB", "L") and not turned:
        picture.load()  # a truncated file must fail here, not in the reader's viewer
        return ImageData(_strip_jpeg(raw), "jpeg", picture.width, picture.height, dpi)
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        # Transparency is laid on white: the page is white, and archives (PDF/A-1) know no transparency.
        layer = upright.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        upright = Image.alpha_composite(ground, layer)
    grey = upright.mode in ("1", "L", "I;16", "I", "F")
    upright = upright.convert("L" if grey else "RGB")
    bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    buffer = io.BytesIO()
    if picture.format == "JPEG":
        bare.save(buffer, "JPEG", quality=90, optimize=True)
        return ImageData(buffer.getvalue(), "jpeg", bare.width, bare.height, dpi)
    bare.save(buffer, "PNG", optimize=False, compress_level=6)
    return ImageData(buffer.getvalue(), "png", bare.width, bare.height, dpi)


def _dpi(picture: Image.Image) -> float:
    value = picture.info.get("dpi")
    try:
        dpi = float(value[0]) if value else DEFAULT_DPI
    except (TypeError, ValueError, ZeroDivisionError):
        return DEFAULT_DPI
    return dpi if 20 <= dpi <= 2400 else DEFAULT_DPI


def _strip_jpeg(raw: bytes) -> bytes:
    """The same scan without comments and application segments, so that no pixel is coded anew."""
    out = bytearray(raw[:2])
    position = 2
    while position + 4 <= len(raw):
        if raw[position] != 0xFF:
            raise ValueError("a segment is missing its marker")
        marker = raw[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        length = int.from_bytes(raw[position + 2 : position + 4], "big")
        segment = raw[position : position + 2 + length]
        if marker == 0xDA:
            # From the first scan on, everything to the end of the picture is needed.
            end = raw.rfind(b"\xff\xd9")
            out += raw[position : end + 2 if end > position else len(raw)]
            return bytes(out)
        if marker in _KEPT_SEGMENTS or 0xC0 <= marker <= 0xCF:
            out += segment
        position += 2 + length
    raise ValueError("there is no scan")
