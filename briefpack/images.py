"""A picture file → bytes that are safe to embed: upright, without metadata, RGB or grey; the only room with Pillow."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from briefpack.document import ImageData
from briefpack.jpeg import bare_jpeg

MAX_PIXELS = 60_000_000
"""Width times height; more is refused before it is decoded."""
MAX_SIDE = 30_000
MAX_BYTES = 64 * 1024 * 1024
DEFAULT_DPI = 96.0
"""Assumed where the file does not say how large it wants to be."""
QUALITY = 90
"""Of a JPEG that has to be encoded anew (turned, CMYK, another colour space)."""

_ORIENTATION = 0x0112
"""The EXIF tag that says how the camera was held (Exif 2.32, 4.6.4)."""
DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
    IndexError,
    KeyError,
    TypeError,
    EOFError,
    OverflowError,
    ImageCms.PyCMSError,
)
"""What Pillow raises on damaged files; its decoders promise no common class."""


class ImageError(Exception):
    """The file cannot be used as a picture. fact: what is wrong; remedy: what to do."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact = fact
        self.remedy = remedy


def load_image(path: Path) -> ImageData:
    """Read a PNG or JPEG file; the same file is read once as long as it does not change. Raises ImageError.

    A JPEG that is upright and in a common colour space keeps its coded pixels, bit for bit.
    """
    try:
        state = path.stat()
        return _load(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise ImageError(f"the picture cannot be read: {error.strerror}", "check the file") from None


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int, size: int) -> ImageData:
    if size > MAX_BYTES:
        raise ImageError(f"the picture has {size:,} bytes; the limit is {MAX_BYTES:,}", "make it smaller")
    return read_image(path.read_bytes())


def read_image(raw: bytes) -> ImageData:
    """The picture in a file's bytes; see load_image. Raises ImageError."""
    try:
        with warnings.catch_warnings():
            # Our limit is stricter and comes with a remedy; what else Pillow warns of is metadata, which is dropped.
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(raw))
            _check(picture)
            return _clean(picture, raw)
    except UnidentifiedImageError:
        raise ImageError("this is no picture that can be read", "use a PNG or JPEG file") from None
    except Image.DecompressionBombError:
        raise _too_large() from None
    except DAMAGE as error:
        raise ImageError(
            f"the picture is damaged ({error})", "open it in an editor and save it again"
        ) from None


def _too_large() -> ImageError:
    return ImageError(
        f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels, or a side of more than {MAX_SIDE:,}",
        "make it smaller: 4000 pixels fill a page",
    )


def _check(picture: Image.Image) -> None:
    # A phone's JPEG with a second picture inside (a preview, a depth map) is "MPO" to Pillow.
    if picture.format not in ("PNG", "JPEG", "MPO"):
        raise ImageError(f"this is a {picture.format} picture", "save it as PNG or JPEG")
    if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE:
        raise _too_large()


def _clean(picture: Image.Image, raw: bytes) -> ImageData:
    dpi = _dpi(picture)
    is_jpeg = picture.format != "PNG"
    turned = orientation_of(picture) != 1
    foreign = _foreign_profile(picture)
    if is_jpeg and picture.mode in ("RGB", "L") and not turned and foreign is None:
        bare = bare_jpeg(raw)
        if bare is not None:
            # A truncated file must fail here, not in the reader's viewer.
            picture.load()
            return ImageData(bare, "jpeg", picture.width, picture.height, dpi)
    pixels = _pixels(ImageOps.exif_transpose(picture) if turned else picture, foreign)
    # A new picture has nothing of the old one's info, so that nothing of it is written.
    bare_pixels = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    buffer = io.BytesIO()
    if is_jpeg:
        bare_pixels.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    else:
        bare_pixels.save(buffer, "PNG", compress_level=6)
    return ImageData(
        buffer.getvalue(), "jpeg" if is_jpeg else "png", bare_pixels.width, bare_pixels.height, dpi
    )


def orientation_of(picture: Image.Image) -> int:
    """1 to 8 as EXIF counts them; 1 is upright, and what is meant where the EXIF data cannot be read."""
    try:
        value = picture.getexif().get(_ORIENTATION, 1)
    except DAMAGE:
        return 1
    return value if value in range(1, 9) else 1


def _foreign_profile(picture: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """The colour profile where it is not sRGB, which is what readers assume for a picture without one."""
    content = picture.info.get("icc_profile")
    if not content or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(content))
        name = ImageCms.getProfileDescription(profile)
    except DAMAGE:
        return None
    return None if "sRGB" in name else profile


def _pixels(picture: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    """The pixels as RGB or L, 8 bit, opaque."""
    if profile is not None and picture.mode in ("RGB", "CMYK"):
        converted = ImageCms.profileToProfile(
            picture, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        picture = picture if converted is None else converted
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        # Transparency is laid on white: paper is, and archives (PDF/A-1) know no transparency.
        layer = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    if picture.mode.startswith("I;16") or picture.mode == "I":
        # Pillow's own conversion cuts 16 bits off at 255 instead of scaling them.
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    picture = picture.convert("RGB")
    colours = picture.getcolors(256)
    if colours and all(c[0] == c[1] == c[2] for _, c in colours if isinstance(c, tuple)):
        return picture.convert("L")
    return picture


def _dpi(picture: Image.Image) -> float:
    value = picture.info.get("dpi")
    try:
        dpi = float(value[0]) if value else DEFAULT_DPI
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return DEFAULT_DPI
    return dpi if 20 <= dpi <= 2400 else DEFAULT_DPI
