"""Is the content of a stream whole? Told by what its own format knows of its end and its order.

DEFLATE has a checksum (RFC 1950). JPEG, JPEG 2000, JBIG2 and CCITT have none, but end with a mark, and hold no long rows of zeros
unless their tables of codes say so.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from enum import Enum

import pikepdf
from pikepdf import Object, Stream

from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.raw import HOLE

LARGEST_STREAM = 512 << 20
"""Bytes; a scan of A3 at 800 dpi in colour has 370 million."""

_BLOCK = 1 << 20
_LARGE = 64 << 20
_FLATE = frozenset({"/FlateDecode", "/Fl"})
_CHECKED_BY_QPDF = frozenset(
    f"/{name}" for name in ("LZWDecode", "LZW", "ASCII85Decode", "A85", "ASCIIHexDecode", "AHx")
)
_LONG_HOLE = 256
"""Empty packets of JPEG 2000 are a zero each (ISO 15444-1, B.10.3)."""
_SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
_LINE_ENDS = 64
"""So many of one kind, and none of the other: they were converted. By chance it is one in e⁶⁴."""
_DAMAGED_PIXELS = 4096


class State(Enum):
    """WHOLE: nothing speaks against it. SHORT: it ends before its end mark. UNSURE: only its checksum is wrong. BROKEN: part of it is lost."""

    WHOLE = "whole"
    SHORT = "short"
    UNSURE = "unsure"
    BROKEN = "broken"


def state_of(stream: Stream) -> State:
    """Read a stream to its end. Raises Refusal when it swells, MemoryError when it is too large."""
    filters = stream.get("/Filter")
    names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters or "")]
    wrapped = 0
    while wrapped < len(names) and names[wrapped] in _FLATE | _CHECKED_BY_QPDF:
        wrapped += 1
    try:
        if names[0] in _FLATE:
            state, size = _flate(stream.read_raw_bytes())
            if size > _LARGE:
                # Others will want it in one piece, and some of them die when there is no room.
                _unwrapped(stream, names[:wrapped])
            return state
        packed = _unwrapped(stream, names[:wrapped]) if wrapped else None
        kind = names[wrapped] if wrapped < len(names) else ""
        if kind in _PICTURES:
            return _PICTURES[kind](stream.read_raw_bytes() if packed is None else packed)
    except pikepdf.PdfError as error:
        if "bad_alloc" in str(error):
            # What C++ calls it; qpdf takes it for an error of the stream.
            raise MemoryError from None
        return State.BROKEN
    return State.WHOLE


def _unwrapped(stream: Stream, names: list[str]) -> bytes:
    """What is left once these filters, the first ones of a stream, are taken off. qpdf takes off all or none, and knows no pictures: a JPEG in
    letters, as many programs write it, would be no content at all. Raises pikepdf.PdfError."""
    filters = stream.get("/Filter")
    if not isinstance(filters, pikepdf.Array) or len(names) == len(filters):
        return stream.read_bytes()
    with pikepdf.new() as scratch:
        inner = Stream(scratch, stream.read_raw_bytes())
        inner["/Filter"] = pikepdf.Array([pikepdf.Name(name) for name in names])
        options = stream.get("/DecodeParms")
        if isinstance(options, pikepdf.Array):
            # Only numbers have a meaning for these filters (ISO 32000-1, 7.4.4).
            inner["/DecodeParms"] = pikepdf.Array([_numbers(each) for each in list(options)[: len(names)]])
        return inner.read_bytes()


def _numbers(options: Object) -> Object | None:
    if not isinstance(options, pikepdf.Dictionary):
        return None
    entries: Iterable[tuple[str, object]] = options.items()
    return pikepdf.Dictionary({key: value for key, value in entries if isinstance(value, int)})


def _flate(packed: bytes) -> tuple[State, int]:
    """And how many bytes it unpacks to."""
    if not packed.strip(b"\r\n\0 "):
        return State.WHOLE, 0
    unpacker = zlib.decompressobj()
    size, rest = 0, packed
    try:
        while rest and not unpacker.eof:
            size += len(unpacker.decompress(rest, _BLOCK))
            rest = unpacker.unconsumed_tail
            if size > LARGEST_STREAM:
                raise Refusal(
                    f"unpacks to more than {LARGEST_STREAM >> 20} MB in one piece",
                    "make its pictures smaller, or print it to a new PDF",
                )
    except zlib.error as error:
        if "incorrect data check" in str(error):
            return (State.BROKEN if b"\0" * HOLE in packed else State.UNSURE), size
        return State.BROKEN, size
    return (State.WHOLE if unpacker.eof else State.SHORT), size


def _without_holes(data: bytes, hole: int) -> State:
    body = data.rstrip(b"\0\r\n")
    if b"\0" * hole in body or _converted(body):
        return State.BROKEN
    # Zeros to its very end are more than padding when they are a block.
    return State.BROKEN if len(data) - len(body) > _DAMAGED_PIXELS else State.WHOLE


def _jpeg2000(data: bytes) -> State:
    # The signature is made to show what mail and file transfer do to bytes (ISO 15444-1, I.5.1).
    spoilt = data.startswith(_SIGNATURE[:8]) and not data.startswith(_SIGNATURE)
    if spoilt or data.startswith(b"\x7f\x4f") or _without_holes(data, _LONG_HOLE) is State.BROKEN:
        return State.BROKEN
    return State.WHOLE if b"\xff\xd9" in data[-64:] else State.SHORT


def _converted(data: bytes) -> bool:
    returns, feeds = data.count(b"\r"), data.count(b"\n")
    return returns + feeds >= _LINE_ENDS and not (returns and feeds)


# --------------------------------------------------------------------------- JPEG (ITU-T T.81)

_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length: TEM, RST, SOI."""


def _jpeg(data: bytes) -> State:
    start = data.find(b"\xff\xd8", 0, 64)
    if start < 0:
        return State.BROKEN
    if _converted(data):
        return State.BROKEN
    if b"\0" * HOLE in data.rstrip(b"\0") and _hole_in_scan(data, start):
        return State.BROKEN
    if len(data) - len(data.rstrip(b"\0")) > _DAMAGED_PIXELS:
        return State.BROKEN
    return State.WHOLE if b"\xff\xd9" in data[-512:] else State.SHORT


def _hole_in_scan(data: bytes, at: int) -> bool:
    """Whether a row of zeros stands where no picture has one: in a scan whose codes of zeros are not "as before" and "no more".

    The code of zeros only is the first of every table. A row of zeros stands for the same thing again and again; of all that it may stand
    for, only an even area (no difference, end of block) occurs in pictures.
    """
    tables: dict[int, int] = {}
    while (at := data.find(b"\xff", at)) >= 0 and at + 4 <= len(data):
        marker = data[at + 1]
        if marker in {0xFF, 0x00} or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xD9:
            return False
        length = int.from_bytes(data[at + 2 : at + 4])
        segment = data[at + 4 : at + 2 + length]
        if (
            not (0xE0 <= marker <= 0xEF or marker == 0xFE)
            and b"\0" * HOLE in data[at : at + 2 + length + HOLE]
        ):
            return True
        if marker == 0xC4:
            _first_codes(segment, tables)
        at += 2 + max(length, 2)
        if marker != 0xDA:
            continue
        end = _end_of_scan(data, at)
        refines = len(segment) >= 3 and segment[-1] >> 4
        hole = data.find(b"\0" * HOLE, at, end)
        if hole >= 0 and not refines and not _even(segment, tables):
            return True
        at = end
    return False


def _first_codes(segment: bytes, tables: dict[int, int]) -> None:
    at = 0
    while at + 17 <= len(segment):
        counts = segment[at + 1 : at + 17]
        if at + 17 < len(segment):
            tables[segment[at]] = segment[at + 17]
        at += 17 + sum(counts)


def _end_of_scan(data: bytes, at: int) -> int:
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0x00 and not 0xD0 <= data[at + 1] <= 0xD7 and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return len(data)


def _even(scan: bytes, tables: dict[int, int]) -> bool:
    count = scan[0] if scan else 0
    if len(scan) < 1 + 2 * count + 3:
        return False
    first, last = scan[1 + 2 * count], scan[2 + 2 * count]
    for component in range(count):
        chosen = scan[2 + 2 * component]
        if first == 0 and tables.get(chosen >> 4, 0) != 0:
            return False
        # An end of band (low four bits 0) covers many blocks in a progressive picture.
        if last > 0 and tables.get(0x10 | (chosen & 15), 0) & 15:
            return False
    return True


def _fax(data: bytes) -> State:
    """CCITT and JBIG2: a row of zeros is a code only at the end (ITU-T T.4 and T.6, EOL and EOFB)."""
    return _without_holes(data, HOLE)


_PICTURES: dict[str, Callable[[bytes], State]] = {
    "/DCTDecode": _jpeg,
    "/DCT": _jpeg,
    "/CCITTFaxDecode": _fax,
    "/CCF": _fax,
    "/JBIG2Decode": _fax,
    "/JPXDecode": _jpeg2000,
}
