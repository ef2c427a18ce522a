"""A picture file → its metadata, what its pixels are, and what stands behind its end.

Metadata is read from the bytes of the segments that are no pixels (JPEG: ITU-T T.81, annex B; PNG: ISO/IEC 15948, 5; WebP and GIF by their
containers), not by a library that knows some of its kinds: a text is a text in a kind that nobody knows, too.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator

from PIL import Image, ImageOps

from briefpack.audit.gathering import Allowance, Gathering, TooMuchError
from briefpack.audit.read_pdf_filters import inflated
from briefpack.audit.read_strings import strings_in
from briefpack.audit.seen import Picture, Seat

MOST_PIXELS = 100_000_000
"""Width times height; the pixels of larger pictures are not looked at."""
_MOST_KNOWN = 4096
_MOST_SEGMENTS = 2000
"""Of metadata in a JPEG; what comes behind them is read as one."""
_STARTS = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",
    b"MM\0*",
    b"\0\0\0\x0cjP  ",
    b"\xff\x4f\xff\x51",
)
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    EOFError,
    OverflowError,
    MemoryError,
    Image.DecompressionBombError,
)
"""What Pillow raises on damaged files; its decoders promise no common class."""
_PIXEL_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"fdAT"})
_known: OrderedDict[str, str | None] = OrderedDict()
"""Pixels by the bytes that they were decoded from: the same picture comes in many outputs."""


def make_ready() -> None:
    """Have all that is needed, once for processes that are forked afterwards."""
    Image.preinit()


def is_picture(content: bytes) -> bool:
    return (
        content.startswith(_STARTS)
        or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")
        or (content.startswith(b"BM") and len(content) > 26 and content[6:10] == b"\0\0\0\0")
    )


def read_picture(content: bytes, found: Gathering, place: str) -> None:
    """Write down what a picture file is and has in it."""
    pixels = None
    try:
        pixels = pixels_of(content, found.allowance)
    except TooMuchError as error:
        found.cannot(place, str(error))
    found.pictures.append(Picture(place, hashlib.sha256(content).hexdigest(), pixels))
    picture_metadata(content, found, place)


def known_pixels(key: str, decode: Callable[[], str | None]) -> str | None:
    """A digest of pixels that is worked out once. key: what they are decoded from. What decode raises is passed on."""
    if key in _known:
        _known.move_to_end(key)
        return _known[key]
    made = _known[key] = decode()
    if len(_known) > _MOST_KNOWN:
        _known.popitem(last=False)
    return made


def pixels_of(content: bytes, allowance: Allowance | None = None) -> str | None:
    """The digest of a picture file's pixels: of its size and its samples in RGB, as they are stored, transparency left aside. None when they
    cannot be decoded. Raises TooMuchError when there have been too many."""
    limits = Allowance() if allowance is None else allowance
    if limits.sizes is not None and size_of(content) not in limits.sizes:
        return None
    return known_pixels(hashlib.sha256(content).hexdigest(), lambda: _decoded(content, limits))


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture file in pixels, as its first bytes say; None when they do not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(io.BytesIO(content)).size
    except _DAMAGE:
        return None


def _decoded(content: bytes, allowance: Allowance) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content))
            pixels = picture.width * picture.height
            if pixels > MOST_PIXELS:
                return None
            allowance.drew(pixels)
            return _digest(picture)
    except _DAMAGE:
        return None


def pixels_of_samples(
    mode: str, width: int, height: int, samples: bytes, *, inverted: bool = False
) -> str | None:
    """The same digest of samples as Pillow's modes have them. inverted: white is 0."""
    try:
        picture = Image.frombytes(mode, (width, height), samples)
        return _digest(ImageOps.invert(picture.convert("L")) if inverted else picture)
    except _DAMAGE:
        return None


def _digest(picture: Image.Image) -> str:
    rgb = picture if picture.mode == "RGB" else picture.convert("RGB")
    made = hashlib.sha256(f"{rgb.width}x{rgb.height}:".encode())
    made.update(rgb.tobytes())
    return made.hexdigest()


def picture_metadata(content: bytes, found: Gathering, place: str) -> None:
    """Write down the texts in a picture file that are none of its pixels, and read what stands behind its end."""
    if content.startswith(b"\xff\xd8"):
        pieces, end = _jpeg(content)
    elif content.startswith(b"\x89PNG"):
        pieces, end = _png(content, found, place)
    elif content.startswith(b"RIFF"):
        pieces, end = _webp(content)
    elif content.startswith(b"GIF8"):
        pieces, end = list(_gif(content)), len(content)
    else:
        # TIFF, BMP, JPEG 2000: texts stand between pixels, wherever the file says.
        pieces, end = [("", content)], len(content)
    for kind, piece in pieces:
        where = f"{place}, {kind}" if kind else place
        found.say_all(Seat.METADATA, where, strings_in(piece))
        if b"Exif\0\0" in piece[:12] or kind in {"EXIF", "eXIf"}:
            found.say_all(Seat.METADATA, where, _short_texts(piece))
    behind = content[end:]
    if behind.strip(b"\0\t\n\f\r "):
        found.embed(behind, f"{len(behind):,} bytes behind the end of {place}")


def _short_texts(piece: bytes) -> Iterator[str]:
    """The texts of EXIF tags that are too short to be told from numbers (Exif 2.32, 4.6)."""
    try:
        exif = Image.Exif()
        exif.load(piece if piece.startswith(b"Exif") else b"Exif\0\0" + piece)
        for values in (exif, exif.get_ifd(0x8769), exif.get_ifd(0x8825)):
            for value in values.values():
                if isinstance(value, str):
                    yield value
                elif isinstance(value, bytes) and len(value) < 10_000:
                    yield value.decode("utf-8", "ignore")
                    yield value.decode("utf-16-le", "ignore")
    except _DAMAGE:
        return


def _jpeg(content: bytes) -> tuple[list[tuple[str, bytes]], int]:
    """Segments that are no pixels, and where the picture ends."""
    pieces: list[tuple[str, bytes]] = []
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            break
        if len(pieces) >= _MOST_SEGMENTS:
            return [*pieces, ("", content[at:])], len(content)
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return pieces, at + 2
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        data = content[at + 4 : at + 2 + length]
        if marker == 0xFE:
            pieces.append(("a comment", data))
        elif 0xE0 <= marker <= 0xEF:
            kind = (
                "EXIF"
                if data.startswith(b"Exif")
                else "XMP"
                if b"ns.adobe.com/xap" in data[:40]
                else f"APP{marker - 0xE0}"
            )
            if not (marker == 0xE2 and data.startswith(b"ICC_PROFILE")):
                pieces.append((kind, data))
        at += 2 + length
        if marker == 0xDA:
            at = _after_scan(content, at)
    return pieces, min(at, len(content))


def _after_scan(content: bytes, at: int) -> int:
    """Behind the pixels: the next marker that is neither a stuffed byte nor a restart (B.1.1.5)."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at
    return len(content)


def _png(content: bytes, found: Gathering, place: str) -> tuple[list[tuple[str, bytes]], int]:
    pieces = []
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        data = content[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IEND":
            break
        if kind not in _PIXEL_CHUNKS and kind != b"iCCP":
            pieces.append((kind.decode("latin-1"), _open_chunk(kind, data, found, place)))
    return pieces, min(at, len(content))


def _open_chunk(kind: bytes, data: bytes, found: Gathering, place: str) -> bytes:
    """11.3.4: text chunks may be compressed."""
    keyword, _, rest = data.partition(b"\0")
    packed = b""
    if kind == b"zTXt":
        packed = rest[1:]
    elif kind == b"iTXt" and rest[:1] == b"\1":
        packed = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    if not packed:
        return data
    try:
        done = inflated(packed, found.allowance)
        found.allowance.took(len(done.data))
    except TooMuchError as error:
        found.cannot(f"{place}, {kind.decode('latin-1')}", str(error))
        return data
    return keyword + b"\0" + done.data


def _webp(content: bytes) -> tuple[list[tuple[str, bytes]], int]:
    pieces = []
    at = 12
    end = min(len(content), 8 + int.from_bytes(content[4:8], "little"))
    while at + 8 <= end:
        kind = content[at : at + 4].strip().decode("latin-1")
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        if kind not in {"VP8", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"}:
            pieces.append((kind, content[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    return pieces, end


def _gif(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Comment, text and application extensions (GIF89a, 24 to 26), in blocks of up to 255 bytes."""
    at = 0
    while (at := content.find(b"!", at)) >= 0 and at + 2 < len(content):
        label = content[at + 1]
        at += 1
        if label not in {0xFE, 0x01, 0xFF}:
            continue
        place, made = at + 1, bytearray()
        while place < len(content) and content[place]:
            made += content[place + 1 : place + 1 + content[place]]
            place += 1 + content[place]
        # What stands in its blocks has been read.
        at = max(at, place)
        yield "a comment" if label == 0xFE else "an extension", bytes(made)
