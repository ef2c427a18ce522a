"""The bytes of a JPEG file → the same coded pixels without what cameras and programs wrote beside them. Pure; decodes nothing."""

from __future__ import annotations

_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD})
"""JPEG segments that decoding needs beside frame and scan: Huffman, arithmetic and quantisation tables, number of
lines, restart interval (ITU-T T.81, table B.1)."""
_COMMON_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive; the frames that PDF and Word readers decode (ITU-T T.81, table B.1)."""


def bare_jpeg(raw: bytes) -> bytes | None:
    """The same coded pixels without comments and application data; None when the file is of a kind that few decode.

    What follows the end of the picture (a second picture with its own metadata) goes as well.
    Raises ValueError when the file is no whole sequence of segments.
    """
    kept = bytearray(raw[:2])
    position = 2
    while True:
        marker, position = _marker(raw, position)
        if marker == 0xD9:
            return bytes(kept + b"\xff\xd9")
        length = int.from_bytes(raw[position : position + 2], "big")
        if length < 2 or position + length > len(raw):
            raise ValueError("a segment is cut off")
        segment = raw[position - 2 : position + length]
        position += length
        if 0xC0 <= marker <= 0xCF and marker not in _TABLES:
            if marker not in _COMMON_FRAMES or segment[4] != 8:
                return None
            kept += segment
        elif marker in _TABLES:
            kept += segment
        elif marker == 0xE0 and segment[4:9] == b"JFIF\0" and len(kept) == 2:
            # Says that colours are YCbCr. Its thumbnail, and the shape of pixels, stay behind.
            kept += b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        elif marker == 0xEE and segment[4:9] == b"Adobe":
            # Says whether colours are RGB or YCbCr.
            kept += segment[:2] + b"\x00\x0e" + segment[4:16]
        elif marker == 0xDA:
            end = _end_of_scan(raw, position)
            kept += segment + raw[position:end]
            position = end


def _marker(raw: bytes, position: int) -> tuple[int, int]:
    """The marker at a position, behind any fill bytes, and where it ends."""
    if raw[position : position + 1] != b"\xff":
        raise ValueError("a segment has no marker")
    while raw[position : position + 1] == b"\xff":
        position += 1
    if position >= len(raw):
        raise ValueError("it has no end")
    return raw[position], position + 1


def _end_of_scan(raw: bytes, position: int) -> int:
    """Where the coded pixels end: at a marker that is no restart (ITU-T T.81, B.1.1.5)."""
    while True:
        position = raw.find(b"\xff", position)
        if position < 0 or position + 1 >= len(raw):
            raise ValueError("it has no end")
        following = raw[position + 1]
        if following == 0xFF:
            position += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            position += 2
        else:
            return position
