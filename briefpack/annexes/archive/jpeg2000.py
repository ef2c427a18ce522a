"""What in a JPEG 2000 picture stands against PDF/A-2 (ISO 19005-2, 6.2.8.3). Pure; boxes are ISO 15444-1, annex I."""

from __future__ import annotations

from collections.abc import Iterator

_FIRST = b"\0\0\0\x0cjP  \r\n\x87\n"
_GREY, _SRGB, _SYCC = 17, 16, 18
_MOST_BITS = 38
_BY_NUMBER = 1


def bears(data: bytes, *, has_space: bool) -> bool:
    """Whether PDF/A bears with a picture. has_space: the PDF says its colours, so that those in the picture do not count."""
    if not data.startswith(_FIRST):
        return False
    boxes = dict(_boxes(data))
    header = list(_boxes(boxes.get(b"jp2h", b"")))
    kinds = [kind for kind, _ in header]
    held = dict(header)
    size = held.get(b"ihdr", b"")
    if len(size) < 14 or b"bpcc" in kinds:
        return False
    # Channels beyond colours (opacity, say) are told by cdef; a picture with them is passed over.
    channels, bits = int.from_bytes(size[8:10], "big"), (size[10] & 0x7F) + 1
    if channels not in {1, 3} or not 1 <= bits <= _MOST_BITS or b"cdef" in kinds:
        return False
    if has_space:
        return True
    colours = [content for kind, content in header if kind == b"colr"]
    return len(colours) == 1 and _is_plain(colours[0])


def _is_plain(colour: bytes) -> bool:
    if len(colour) < 7 or colour[0] != _BY_NUMBER:
        return False
    return int.from_bytes(colour[3:7], "big") in {_GREY, _SRGB, _SYCC}


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        length, kind, start = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
        if length == 1:
            length, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        end = len(data) if length == 0 else at + length
        if end < start:
            return
        yield kind, data[start:end]
        at = end
