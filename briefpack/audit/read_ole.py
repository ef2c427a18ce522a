"""A compound file (MS-CFB: .doc, .xls, .msg, embedded objects, macros) → its streams; what they mean is told only where they are files themselves.

Texts of old Office formats lie in their streams in pieces, so the strings in them are read, and the file is told of as not read whole.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from briefpack.audit.gathering import Gathering
from briefpack.audit.read_strings import strings_in
from briefpack.audit.seen import Seat

SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on mean something else (2.1)."""
_MOST_STREAMS = 5000
_FILES = (b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"{\\rtf", SIGN)


class BadCompoundError(Exception):
    """It is damaged."""


def is_compound(content: bytes) -> bool:
    return content.startswith(SIGN)


def read_compound(content: bytes, found: Gathering) -> None:
    """Write down the names and strings of its streams, and read the files in them."""
    try:
        streams = list(streams_of(content))
    except (BadCompoundError, struct.error) as error:
        found.say_all(Seat.HIDDEN, "its bytes", strings_in(content))
        found.cannot(found.name, f"is a damaged OLE file ({error})")
        return
    names = {name for name, _ in streams}
    for name, data in streams:
        found.say_once(Seat.NAME, "the names of its streams", name.lstrip("\x01\x02\x03\x05"))
        start = min((at for sign in _FILES if (at := data.find(sign, 0, 4096)) >= 0), default=-1)
        if start >= 0:
            found.embed(data[start:], f"the stream {name.strip()}")
            found.say_all(Seat.HIDDEN, f"the stream {name.strip()}", strings_in(data[:start]))
        else:
            found.say_all(Seat.HIDDEN, f"the stream {name.strip()}", strings_in(data))
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        found.cannot(found.name, "is an Office document with a password")
    elif names & {"PROJECT", "_VBA_PROJECT", "dir"}:
        found.cannot(found.name, "has macros, whose words are packed")
    elif names & {"WordDocument", "Workbook", "Book", "PowerPoint Document", "VisioDocument"} or any(
        name.startswith("__substg1.0") for name in names
    ):
        found.cannot(found.name, "is an old Office or Outlook file, whose texts may lie in pieces")


def streams_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and data of all streams. Raises BadCompoundError."""
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in {9, 12} or mini_shift != 6:
        raise BadCompoundError("its sectors have a size that none has")
    size = 1 << shift
    fat_count, first_directory = struct.unpack_from("<II", content, 44)
    cutoff, first_mini, _, first_difat, difat_count = struct.unpack_from("<IIIII", content, 56)
    listed = list(struct.unpack_from("<109I", content, 76))
    per_sector = size // 4
    sector = first_difat
    for _ in range(min(difat_count, len(content) // size)):
        if sector >= _END:
            break
        block = _sector(content, sector, size)
        numbers = struct.unpack(f"<{per_sector}I", block)
        listed += numbers[:-1]
        sector = numbers[-1]
    fat: list[int] = []
    for number in [one for one in listed if one < _END][: min(fat_count, len(content) // size + 1)]:
        fat += struct.unpack(f"<{per_sector}I", _sector(content, number, size))
    directory = _chain(content, fat, first_directory, size)
    mini_table = _chain(content, fat, first_mini, size) if first_mini < _END else b""
    mini_fat = list(struct.unpack(f"<{len(mini_table) // 4}I", mini_table[: len(mini_table) // 4 * 4]))
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)][:_MOST_STREAMS]
    if not entries:
        raise BadCompoundError("it has no directory")
    start, length = struct.unpack_from("<IQ", entries[0], 116)
    small = _chain(content, fat, start, size)[: length & 0xFFFFFFFF] if start < _END else b""
    for entry in entries[1:]:
        name_size = struct.unpack_from("<H", entry, 64)[0]
        if entry[66] != 2 or not 2 <= name_size <= 64:
            continue
        name = entry[: name_size - 2].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<IQ", entry, 116)
        length &= 0xFFFFFFFF
        if length < cutoff:
            yield name, _mini_chain(small, mini_fat, start)[:length]
        else:
            yield name, _chain(content, fat, start, size)[:length]


def _sector(content: bytes, number: int, size: int) -> bytes:
    block = content[(number + 1) * size : (number + 2) * size]
    if len(block) < size:
        if not block:
            raise BadCompoundError("a sector is missing")
        block = block.ljust(size, b"\0")
    return block


def _chain(content: bytes, fat: list[int], number: int, size: int) -> bytes:
    made: list[bytes] = []
    for _ in range(len(fat) + 1):
        if number >= _END:
            return b"".join(made)
        if number >= len(fat):
            raise BadCompoundError("a chain of sectors leads out of the file")
        made.append(_sector(content, number, size))
        number = fat[number]
    raise BadCompoundError("a chain of sectors has no end")


def _mini_chain(small: bytes, fat: list[int], number: int) -> bytes:
    made: list[bytes] = []
    for _ in range(len(fat) + 1):
        if number >= _END:
            break
        if number >= len(fat):
            raise BadCompoundError("a chain of sectors leads out of the file")
        made.append(small[number * 64 : number * 64 + 64])
        number = fat[number]
    return b"".join(made)
