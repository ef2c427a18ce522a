"""A font file → the names and notes that are in it beside its glyphs: OpenType (ISO/IEC 14496-22, name table), CFF (Adobe TN 5176), Type 1."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from briefpack.audit.read_strings import strings_in

_GLYPHS = frozenset(
    (
        *(
            "OS/2",
            "cmap",
            "cvt ",
            "fpgm",
            "gasp",
            "glyf",
            "head",
            "hhea",
            "hmtx",
            "loca",
            "maxp",
            "post",
            "prep",
            "vhea",
            "vmtx",
        ),
        *(
            "GDEF",
            "GPOS",
            "GSUB",
            "kern",
            "VORG",
            "BASE",
            "hdmx",
            "LTSH",
            "VDMX",
            "CBDT",
            "CBLC",
            "sbix",
            "COLR",
            "CPAL",
        ),
        *("fvar", "gvar", "avar", "HVAR", "MVAR", "STAT", "DSIG", "PCLT"),
    )
)
"""Tables that have no text in them."""
_MOST_TABLES = 200
_HEAD = 2000
"""Bytes. The names and notes of a CFF font stand before its glyphs."""


def names_in_font(data: bytes) -> Iterator[str]:
    """Every name, copyright note and other text."""
    if data.startswith((b"\0\1\0\0", b"OTTO", b"true")):
        yield from _open_type(data)
    elif data.startswith((b"%!", b"\x80\x01")):
        yield from strings_in(data.partition(b"eexec")[0])
    else:
        yield from strings_in(data[:_HEAD])


def _open_type(data: bytes) -> Iterator[str]:
    try:
        (count,) = struct.unpack_from(">H", data, 4)
        tables = [
            struct.unpack_from(">4s4xII", data, 12 + 16 * number)
            for number in range(min(count, _MOST_TABLES))
        ]
    except struct.error:
        yield from strings_in(data)
        return
    end = 12 + 16 * count
    for tag, offset, length in tables:
        table = data[offset : offset + length]
        end = max(end, offset + length)
        name = tag.decode("latin-1")
        if name == "name":
            yield from _names(table)
        elif name == "CFF ":
            yield from strings_in(table[:_HEAD])
        elif name not in _GLYPHS:
            yield from strings_in(table)
    yield from strings_in(data[end:])


def _names(table: bytes) -> Iterator[str]:
    try:
        _, count, storage = struct.unpack_from(">HHH", table)
        records = [struct.unpack_from(">HHHHHH", table, 6 + 12 * number) for number in range(count)]
    except struct.error:
        yield from strings_in(table)
        return
    for platform, _, _, _, length, offset in records:
        raw = table[storage + offset : storage + offset + length]
        yield raw.decode("mac_roman" if platform == 1 else "utf-16-be", "replace")
