"""Pictures in JPEG 2000, by what their boxes say."""

from __future__ import annotations

import pytest

from briefpack.annexes.archive.jpeg2000 import bears


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def header(channels: int = 3, bits: int = 8) -> bytes:
    return box(b"ihdr", bytes(8) + channels.to_bytes(2, "big") + bytes([bits - 1, 7, 0, 0]))


def colour(number: int, method: int = 1) -> bytes:
    return box(b"colr", bytes([method, 0, 0]) + number.to_bytes(4, "big"))


def picture(*parts: bytes) -> bytes:
    first = box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
    return first + box(b"jp2h", b"".join(parts)) + box(b"jp2c", b"\xff\x4f\xff\x51")


@pytest.mark.parametrize(
    ("data", "has_space", "is_borne"),
    [
        (picture(header(), colour(16)), False, True),
        (picture(header(1), colour(17)), False, True),
        (picture(header()), True, True),
        (picture(header()), False, False),
        (picture(header(), colour(12)), False, False),
        (picture(header(), colour(16), colour(17)), False, False),
        (picture(header(), colour(0, 2)), False, False),
        (picture(header(4), colour(16)), False, False),
        (picture(header(3, 39), colour(16)), False, False),
        (picture(header(), box(b"bpcc", b"\x07\x07\x07"), colour(16)), False, False),
        (picture(header(), colour(16), box(b"cdef", b"\0\0")), False, False),
        (picture(colour(16)), False, False),
        (b"\xff\x4f\xff\x51", True, False),
        (picture(header(), colour(16))[:30], False, False),
        (b"", True, False),
    ],
)
def test_only_plain_colours_are_borne_with(data: bytes, has_space: bool, is_borne: bool) -> None:
    assert bears(data, has_space=has_space) is is_borne
