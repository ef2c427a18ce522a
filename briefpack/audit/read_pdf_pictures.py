"""The pictures of a PDF → what they are: their bytes as stored, and their pixels where Pillow can draw them (ISO 32000-2, 8.9)."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence

from briefpack.audit.gathering import Allowance
from briefpack.audit.read_pdf_filters import filters_of, unpack
from briefpack.audit.read_pdf_objects import Item, PdfFile
from briefpack.audit.read_pdf_syntax import Dict, Name, Value
from briefpack.audit.read_picture import MOST_PIXELS, known_pixels, pixels_of, pixels_of_samples
from briefpack.audit.seen import Picture

_SHORT = {"W": "Width", "H": "Height", "BPC": "BitsPerComponent", "CS": "ColorSpace", "F": "Filter", "DP": "DecodeParms", "D": "Decode", "IM": "ImageMask"}  # fmt: skip
_SPACES = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
"""Short names in inline images (table 91)."""
_SLOW = frozenset(
    {"LZWDecode", "RunLengthDecode", "LZW", "RL", "ASCII85Decode", "A85", "ASCIIHexDecode", "AHx"}
)
_MOST_SLOW = 4 << 20
_MODES = {("DeviceGray", 8): "L", ("DeviceRGB", 8): "RGB", ("DeviceCMYK", 8): "CMYK", ("DeviceGray", 1): "1"}


def picture_of(item: Item, file: PdfFile, allowance: Allowance, place: str) -> tuple[Picture, bytes | None]:
    """An image and, where its data is a picture file by itself (JPEG, JPEG 2000), that file. Raises TooMuchError."""
    raw = item.raw or b""
    encoded = hashlib.sha256(raw).hexdigest()
    filters = filters_of(item.entries)
    packed = filters[-1:] and filters[-1] in {"DCTDecode", "DCT", "JPXDecode"}
    if packed:
        data = raw if len(filters) == 1 else file.unpacked(item, allowance).data
        return Picture(place, hashlib.sha256(data).hexdigest(), pixels_of(data, allowance)), data
    entries = {key: file.resolved(value) for key, value in item.entries.items()}
    if _is_of_no_size(entries, allowance):
        return Picture(place, encoded, None), None
    space = _space(item.entries.get("ColorSpace"), file)
    key = hashlib.sha256(repr((encoded, entries.get("Width"), entries.get("Height"), entries.get("BitsPerComponent"), space, filters)).encode()).hexdigest()  # fmt: skip
    return Picture(
        place, encoded, known_pixels(key, lambda: _pixels(raw, entries, space, filters, allowance))
    ), None


def inline_picture(entries: Dict, data: bytes, allowance: Allowance, place: str) -> Picture:
    """An image in a content stream (8.9.7). Raises TooMuchError."""
    full = {_SHORT.get(key, key): value for key, value in entries.items()}
    space = full.get("ColorSpace")
    known = _SPACES.get(space, str(space)) if isinstance(space, Name) else ""
    encoded, filters = hashlib.sha256(data).hexdigest(), filters_of(full)
    if _is_of_no_size(full, allowance):
        return Picture(place, encoded, None)
    return Picture(place, encoded, _pixels(data, full, (known, b""), filters, allowance))


def _is_of_no_size(entries: Dict, allowance: Allowance) -> bool:
    """Whether nobody asks for the pixels of an image, as none that is looked for has its size."""
    return (
        allowance.sizes is not None and (entries.get("Width"), entries.get("Height")) not in allowance.sizes
    )


def _pixels(
    raw: bytes, entries: Dict, space: tuple[str, bytes], filters: Sequence[str], allowance: Allowance
) -> str | None:
    width, height, bits = entries.get("Width"), entries.get("Height"), entries.get("BitsPerComponent", 8)
    if entries.get("ImageMask") is True:
        space, bits = ("DeviceGray", b""), 1
    if not (isinstance(width, int) and isinstance(height, int) and isinstance(bits, int)):
        return None
    if width <= 0 or height <= 0 or width * height > MOST_PIXELS or bits not in {1, 2, 4, 8, 16}:
        return None
    if len(filters) == 1 and filters[0] in {"FlateDecode", "Fl"}:
        as_png = _as_png(raw, entries, space, (width, height), bits)
        if as_png is not None:
            return pixels_of(as_png, allowance)
    allowance.drew(width * height)
    if any(name in _SLOW for name in filters) and len(raw) > _MOST_SLOW:
        return None
    done = unpack(raw, entries, allowance)
    mode = _MODES.get((space[0], bits))
    if done.left or mode is None:
        return None
    return pixels_of_samples(mode, width, height, done.data, inverted=_inverted(entries))


def _inverted(entries: Dict) -> bool:
    decode = entries.get("Decode")
    return isinstance(decode, list) and len(decode) == 2 and decode[0] == 1 and decode[1] == 0


def _as_png(
    raw: bytes, entries: Dict, space: tuple[str, bytes], size: tuple[int, int], bits: int
) -> bytes | None:
    """A PNG with the image's data as it is: its predictors are those of PNG (7.4.4.4), and Pillow undoes them faster than Python can."""
    told = entries.get("DecodeParms")
    if isinstance(told, list):
        told = told[0] if told else None
    predictor = told.get("Predictor", 1) if isinstance(told, dict) else 1
    if not isinstance(told, dict) or not isinstance(predictor, int) or predictor < 10:
        return None
    kind = {"DeviceGray": 0, "DeviceRGB": 2, "Indexed": 3}.get(space[0])
    colours = {0: 1, 2: 3, 3: 1}.get(kind, 0) if kind is not None else 0
    fits = (
        told.get("Columns", 1) == size[0]
        and told.get("Colors", 1) == colours
        and told.get("BitsPerComponent", 8) == bits
    )
    if kind is None or not fits or _inverted(entries):
        return None
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", *size, bits, kind, 0, 0, 0))]
    if kind == 3:
        chunks.append((b"PLTE", space[1][: 3 * 256]))
    chunks += [(b"IDAT", raw), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _space(value: Value, file: PdfFile, depth: int = 0) -> tuple[str, bytes]:
    """The name of a colour space whose samples can be read, and the palette of an indexed one in RGB (8.6)."""
    value = file.resolved(value)
    if isinstance(value, Name):
        return {"CalGray": "DeviceGray", "CalRGB": "DeviceRGB"}.get(value, str(value)), b""
    if not isinstance(value, list) or not value or depth > 2:
        return "", b""
    match file.resolved(value[0]):
        case "ICCBased" if len(value) > 1:
            count = file.dictionary(value[1]).get("N")
            return {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}.get(
                count if isinstance(count, int) else 0, ""
            ), b""
        case "CalGray":
            return "DeviceGray", b""
        case "CalRGB":
            return "DeviceRGB", b""
        case "Indexed" if len(value) > 3:
            base, _ = _space(value[1], file, depth + 1)
            lookup = file.resolved(value[3])
            item = file.item(value[3])
            if item is not None and item.raw is not None:
                lookup = unpack(item.raw, item.entries, Allowance()).data
            return ("Indexed", lookup) if base == "DeviceRGB" and isinstance(lookup, bytes) else ("", b"")
        case Name() as name if len(value) == 1:
            return str(name), b""
        case _:
            return "", b""
