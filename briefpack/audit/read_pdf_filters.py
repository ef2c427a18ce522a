"""The data of PDF streams, unpacked within limits: ISO 32000-2, 7.4; what makes a picture of them (DCT, JPX, CCITT, JBIG2) is left packed."""

from __future__ import annotations

import base64
import itertools
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefpack.audit.gathering import Allowance, TooMuchError
from briefpack.audit.read_pdf_syntax import Dict, Name, Value, digits_of

PICTURE_FILTERS = {
    "DCTDecode": "DCTDecode",
    "DCT": "DCTDecode",
    "JPXDecode": "JPXDecode",
    "CCITTFaxDecode": "CCITTFaxDecode",
    "CCF": "CCITTFaxDecode",
    "JBIG2Decode": "JBIG2Decode",
}
_MOST_FILTERS = 16
_MOST_SLOW = 16 << 20
"""Bytes that may be unpacked by Python itself, at some millions a second."""
_TAIL = 4
"""Bytes. Line ends and a checksum may stand behind compressed data."""
_NO_A85 = re.compile(rb"[^!-uz]+")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """data: as far as it could be unpacked. left: the picture filter that it is still packed with, "" for none. fault: why it may not be whole, "" where it is.

    behind: bytes behind the end of compressed data, which no reader looks at.
    """

    data: bytes
    left: str = ""
    fault: str = ""
    behind: bytes = b""


def unpack(raw: bytes, entries: Dict, allowance: Allowance) -> Unpacked:
    """The data of a stream. entries: its dictionary, with what its filters refer to resolved. Raises TooMuchError."""
    filters = _listed(entries.get("Filter", entries.get("F")))
    settings = _listed(entries.get("DecodeParms", entries.get("DP")))
    if len(filters) > _MOST_FILTERS:
        raise TooMuchError(f"is packed {len(filters)} times over")
    data, behind = raw, b""
    for number, name in enumerate(filters):
        with_ = settings[number] if number < len(settings) else None
        told = with_ if isinstance(with_, dict) else {}
        if name in PICTURE_FILTERS:
            return Unpacked(data, PICTURE_FILTERS[name], behind=behind)
        step = _STEPS.get(name if isinstance(name, str) else "")
        if step is None:
            if name == "Crypt":
                continue
            return Unpacked(
                data, fault=f"is packed in a way that is not known ({_shown(name)})", behind=behind
            )
        done = step(data, told, allowance)
        allowance.took(len(done.data))
        data, behind = done.data, behind + done.behind
        if done.fault:
            return Unpacked(data, fault=done.fault, behind=behind)
    return Unpacked(data, behind=behind)


def inflated(data: bytes, allowance: Allowance) -> Unpacked:
    """Zlib data unpacked; of damaged data what can be read."""
    room = allowance.room()
    unpacker = zlib.decompressobj()
    try:
        made = unpacker.decompress(data, room + 1)
    except zlib.error:
        return _salvaged(data, room)
    if len(made) > room:
        raise TooMuchError(f"unpacks to more than {room >> 20} MB")
    behind = unpacker.unused_data
    return Unpacked(
        made,
        fault="" if unpacker.eof else "is cut off",
        behind=behind if len(behind.strip(b"\0\t\n\f\r ")) > _TAIL else b"",
    )


def _salvaged(data: bytes, room: int) -> Unpacked:
    """As much as comes before the fault, fed in small steps, since zlib gives nothing of the step with the fault; and without the header,
    whose checksum may be all that is wrong."""
    best = b""
    for window, start in ((zlib.MAX_WBITS, 0), (-zlib.MAX_WBITS, 2), (-zlib.MAX_WBITS, 0)):
        unpacker = zlib.decompressobj(window)
        made = bytearray()
        try:
            for at in range(start, len(data), 64):
                made += unpacker.decompress(data[at : at + 64], room + 1 - len(made))
                if len(made) > room:
                    raise TooMuchError(f"unpacks to more than {room >> 20} MB")
                if unpacker.eof:
                    return Unpacked(bytes(made))
        except zlib.error:
            pass
        if len(made) > len(best):
            best = bytes(made)
    return Unpacked(best, fault="is damaged")


def _flate(data: bytes, told: Dict, allowance: Allowance) -> Unpacked:
    done = inflated(data, allowance)
    return Unpacked(_unpredicted(done.data, told), fault=done.fault, behind=done.behind)


def _whole(told: Dict, key: str, default: int, most: int) -> int:
    value = told.get(key, default)
    return value if isinstance(value, int) and 0 < value <= most else default


def _unpredicted(data: bytes, told: Dict) -> bytes:
    """7.4.4.4."""
    predictor = told.get("Predictor", 1)
    if not isinstance(predictor, int) or predictor < 2:
        return data
    colours = _whole(told, "Colors", 1, 64)
    bits = _whole(told, "BitsPerComponent", 8, 16)
    columns = _whole(told, "Columns", 1, 1 << 24)
    step = max(1, colours * bits // 8)
    width = (colours * bits * columns + 7) // 8
    if predictor == 2:
        return _tiff(data, width, step) if bits == 8 else data
    return _png(data, width, step)


def _tiff(data: bytes, width: int, step: int) -> bytes:
    if len(data) > _MOST_SLOW:
        raise TooMuchError(f"has {len(data) >> 20} MB of data with a predictor, which is no picture")
    made = bytearray(data)
    for start in range(0, len(made), width):
        for at in range(start + step, min(start + width, len(made))):
            made[at] = (made[at] + made[at - step]) & 255
    return bytes(made)


def _png(data: bytes, width: int, step: int) -> bytes:
    """Filters of PNG (ISO/IEC 15948, 9.2), a byte before each row. Written for tables of objects; pictures are drawn by Pillow."""
    if len(data) > _MOST_SLOW:
        raise TooMuchError(f"has {len(data) >> 20} MB of data with a predictor, which is no picture")
    rows = range(0, len(data), width + 1)
    if len(data) % (width + 1) == 0 and set(data[:: width + 1]) == {2}:
        # All of it says by how much it differs from the row above: each column is a sum.
        made = bytearray(width * len(rows))
        for column in range(width):
            made[column::width] = bytes(
                [total & 255 for total in itertools.accumulate(data[column + 1 :: width + 1])]
            )
        return bytes(made)
    made = bytearray()
    before = bytes(width)
    for start in rows:
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + width])
        if kind == 2:
            row = bytearray((a + b) & 255 for a, b in zip(row, before, strict=False))
        elif kind == 1:
            for at in range(step, len(row)):
                row[at] = (row[at] + row[at - step]) & 255
        elif kind == 3:
            for at in range(len(row)):
                left = row[at - step] if at >= step else 0
                row[at] = (row[at] + (left + before[at]) // 2) & 255
        elif kind == 4:
            for at in range(len(row)):
                left = row[at - step] if at >= step else 0
                corner = before[at - step] if at >= step else 0
                row[at] = (row[at] + _paeth(left, before[at], corner)) & 255
        made += row
        before = bytes(row) + bytes(width - len(row))
    return bytes(made)


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min(
        (abs(guess - left), 0, left), (abs(guess - above), 1, above), (abs(guess - corner), 2, corner)
    )[2]


def _lzw(data: bytes, told: Dict, allowance: Allowance) -> Unpacked:
    """7.4.4.2."""
    early = 1 if told.get("EarlyChange", 1) != 0 else 0
    room = min(allowance.room(), _MOST_SLOW)
    table: list[bytes] = [bytes([code]) for code in range(256)] + [b"", b""]
    made = bytearray()
    width, held, bits = 9, 0, 0
    before = b""
    for byte in data:
        held = held << 8 | byte
        bits += 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits
        held &= (1 << bits) - 1
        if code == 256:
            del table[258:]
            width, before = 9, b""
            continue
        if code == 257:
            break
        if code < len(table):
            piece = table[code]
        elif before:
            piece = before + before[:1]
        else:
            return Unpacked(bytes(made), fault="is damaged")
        made += piece
        if len(made) > room:
            raise TooMuchError(f"unpacks to more than {room >> 20} MB")
        if before and len(table) < 4096:
            table.append(before + piece[:1])
        before = piece
        while width < 12 and len(table) + early >= 1 << width:
            width += 1
    return Unpacked(_unpredicted(bytes(made), told))


def _ascii_hex(data: bytes, _told: Dict, _allowance: Allowance) -> Unpacked:
    packed, _, behind = data.partition(b">")
    return Unpacked(digits_of(packed), behind=behind.strip(b"\0\t\n\f\r "))


def _ascii_85(data: bytes, _told: Dict, _allowance: Allowance) -> Unpacked:
    packed, _, behind = data.partition(b"~>")
    packed = _NO_A85.sub(b"", packed.strip().removeprefix(b"<~"))
    try:
        return Unpacked(base64.a85decode(packed), behind=behind.strip(b"\0\t\n\f\r "))
    except ValueError:
        return Unpacked(b"", fault="is damaged")


def _run_length(data: bytes, _told: Dict, allowance: Allowance) -> Unpacked:
    """7.4.5."""
    room = allowance.room()
    made = bytearray()
    at = 0
    while at < len(data) and data[at] != 128:
        length = data[at]
        if length < 128:
            made += data[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            made += data[at + 1 : at + 2] * (257 - length)
            at += 2
        if len(made) > room:
            raise TooMuchError(f"unpacks to more than {room >> 20} MB")
    return Unpacked(bytes(made), behind=data[at + 1 :].strip(b"\0\t\n\f\r "))


_STEPS: dict[str, Callable[[bytes, Dict, Allowance], Unpacked]] = {
    "FlateDecode": _flate,
    "Fl": _flate,
    "LZWDecode": _lzw,
    "LZW": _lzw,
    "ASCIIHexDecode": _ascii_hex,
    "AHx": _ascii_hex,
    "ASCII85Decode": _ascii_85,
    "A85": _ascii_85,
    "RunLengthDecode": _run_length,
    "RL": _run_length,
}


def _listed(value: Value) -> Sequence[Value]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def filters_of(entries: Dict) -> tuple[str, ...]:
    """The names of a stream's filters."""
    return tuple(str(name) for name in _listed(entries.get("Filter")) if isinstance(name, Name))


def _shown(name: Value) -> str:
    return name if isinstance(name, str) else repr(name)
