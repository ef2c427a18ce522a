"""Compound files (MS-CFB) with named streams and nothing in them, as Office wrote them before 2007."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(*streams: str) -> bytes:
    """Sector 0 is the table of sectors, the directory begins in sector 1, and leaves out every second sector."""
    entries = [_entry("Root Entry", 5), *(_entry(name, 2) for name in streams)]
    while len(entries) % 4:
        entries.append(bytes(128))
    sectors = [b"".join(entries[n : n + 4]) for n in range(0, len(entries), 4)]
    places = [1 + 2 * n for n in range(len(sectors))]
    table = [_FREE] * (_SECTOR // 4)
    table[0] = _TABLE
    for place, following in zip(places, [*places[1:], _END], strict=True):
        table[place] = following
    body = b"".join(sector + bytes(_SECTOR) for sector in sectors)
    return _header() + struct.pack(f"<{len(table)}I", *table) + body


def _header() -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<6xIIII I I I I I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return start + counts + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HB", len(raw), kind) + bytes(61)
