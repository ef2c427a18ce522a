"""A ZIP archive → its entries, unpacked within limits, and every byte that belongs to none of them (APPNOTE.TXT 6.3.10, 4.3 and 4.5).

zipfile reads the list at the end of the archive; data is read here, since zipfile refuses entries whose name in the list is not that before
their data, and never tells of what the list does not have.
"""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from briefpack.audit.gathering import MOST_OF_ONE, Allowance

_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_SIGN = b"PK\x03\x04"
_USUAL_EXTRA = frozenset({0x0001, 0x000A, 0x5455, 0x7875, 0x5855, 0xA220})
"""Sizes, times, owners; A220 is filled with nothing, so that a part can grow (ECMA-376, part 2, annex C)."""
FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, struct.error, IndexError)  # fmt: skip
"""What zipfile and the libraries under it raise on damaged archives."""


@dataclass(frozen=True, slots=True)
class Entry:
    """at: where its header is. packed: its data as stored. listed: it is in the archive's list. other_name: before its data, where it is another.

    extra, comment: what is written beside it.
    """

    name: str
    at: int
    packed: bytes
    method: int
    checksum: int
    locked: bool
    listed: bool = True
    other_name: str = ""
    extra: bytes = b""
    comment: bytes = b""

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/") and not self.packed

    def data(self, allowance: Allowance) -> bytes:
        """Unpacked. Raises TooMuchError, and BadZipFile when it cannot be."""
        if self.locked:
            raise zipfile.BadZipFile("it has a password")
        room = allowance.room()
        made = _unpacked(self.packed, self.method, room + 1)
        allowance.took(len(made))
        if self.checksum and zlib.crc32(made) != self.checksum:
            raise zipfile.BadZipFile("its checksum is wrong")
        return made


@dataclass(frozen=True, slots=True)
class Archive:
    """between: places and bytes that belong to no entry. fault: what is wrong with its list."""

    entries: tuple[Entry, ...]
    comment: bytes
    between: tuple[tuple[int, bytes], ...]
    fault: str = ""


def is_archive(content: bytes) -> bool:
    return content.startswith((_LOCAL_SIGN, b"PK\x05\x06")) or (
        b"PK\x05\x06" in content[-(1 << 16) - 22 :] and zipfile.is_zipfile(io.BytesIO(content))
    )


def read_archive(content: bytes) -> Archive:
    """What is in an archive. One without a list, or with a damaged one, is read from its beginning on."""
    spans: list[tuple[int, int]] = []
    entries: list[Entry] = []
    comment, fault = b"", ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            comment = archive.comment
            listed = archive.infolist()
            start = archive.start_dir
    except FAULTS as error:
        fault = f"has a list of entries that cannot be read ({error})"
        listed, start = [], len(content)
    for info in listed:
        entry, end = _listed(content, info)
        entries.append(entry)
        spans.append((info.header_offset, end))
    if not fault:
        spans.append((start, len(content)))
    between: list[tuple[int, bytes]] = []
    at = 0
    for first, last in sorted(spans):
        if first > at:
            between += _gap(content, at, first, entries)
        at = max(at, last)
    if at < len(content):
        between += _gap(content, at, len(content), entries)
    return Archive(tuple(entries), comment, (*between, *_behind_list(content, start, comment, fault)), fault)


def _unpacked(packed: bytes, method: int, most: int) -> bytes:
    match method:
        case 0:
            return packed
        case 8:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            made = unpacker.decompress(packed, most)
            if len(made) < most and not unpacker.eof:
                raise zipfile.BadZipFile("it is cut off")
            return made
        case 12:
            return bz2.BZ2Decompressor().decompress(packed, most)
        case 14:
            # 5.8.8: two bytes of version, two of the size of the properties, the properties.
            size = struct.unpack_from("<H", packed, 2)[0]
            filters = [lzma._decode_filter_properties(lzma.FILTER_LZMA1, packed[4 : 4 + size])]  # type: ignore[attr-defined]  # noqa: SLF001 - as zipfile has it
            if filters[0].get("dict_size", 0) > MOST_OF_ONE:
                raise zipfile.BadZipFile("it needs too much memory to be unpacked")
            return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters).decompress(
                packed[4 + size :], most
            )
        case _:
            raise zipfile.BadZipFile(f"it is packed in a way that is not known ({method})")


def _listed(content: bytes, info: zipfile.ZipInfo) -> tuple[Entry, int]:
    """An entry of the list, and where its data ends."""
    at = info.header_offset
    extra, other, start = info.extra, "", at
    if content[at : at + 4] == _LOCAL_SIGN and at + 30 <= len(content):
        name_size, extra_size = struct.unpack_from("<HH", content, at + 26)
        start = at + 30 + name_size + extra_size
        here = _name(content[at + 30 : at + 30 + name_size], info.flag_bits)
        other = here if here != info.orig_filename else ""
        extra += content[at + 30 + name_size : start]
    end = start + info.compress_size
    packed = content[start:end]
    if info.flag_bits & 8:
        # A descriptor of 12 to 24 bytes (4.3.9).
        signed = content[end : end + 4] == b"PK\x07\x08"
        for size in (16, 24, 12, 20) if signed else (12, 20):
            if content[end + size : end + size + 2] == b"PK":
                end += size
                break
    return (
        Entry(
            info.filename,
            at,
            packed,
            info.compress_type,
            info.CRC,
            bool(info.flag_bits & 1),
            True,
            other,
            extra,
            info.comment,
        ),
        min(end, len(content)),
    )


def _name(raw: bytes, flags: int) -> str:
    return raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")


def _gap(content: bytes, start: int, end: int, entries: list[Entry]) -> Iterator[tuple[int, bytes]]:
    """Bytes that belong to no entry of the list: entries that it does not have, or others."""
    at = start
    while (sign := content.find(_LOCAL_SIGN, at, end)) >= 0 and sign + 30 <= end:
        if sign > at:
            yield at, content[at:sign]
        _, _, flags, method, _, _, checksum, packed_size, _, name_size, extra_size = _LOCAL.unpack_from(
            content, sign
        )
        first = sign + 30 + name_size + extra_size
        last = min(end, first + packed_size)
        raw = content[first:last]
        if not packed_size:
            # Its size stands behind its data, so the data itself has to say where it ends.
            last = first + _packed_size(content[first:end], method)
            raw = content[first:last]
        entries.append(
            Entry(
                _name(content[sign + 30 : sign + 30 + name_size], flags),
                sign,
                raw,
                method,
                checksum,
                bool(flags & 1),
                listed=False,
                extra=content[sign + 30 + name_size : first],
            )
        )
        at = max(last, sign + 4)
    if at < end:
        yield at, content[at:end]


def _packed_size(data: bytes, method: int) -> int:
    if method == 8:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        rest = data
        made = 0
        try:
            while rest and not unpacker.eof and made <= MOST_OF_ONE:
                made += len(unpacker.decompress(rest, 1 << 20))
                rest = unpacker.unconsumed_tail
        except zlib.error:
            return len(data)
        return len(data) - len(unpacker.unused_data) if unpacker.eof else len(data)
    following = data.find(b"PK")
    return len(data) if following < 0 else following


def _behind_list(content: bytes, start: int, comment: bytes, fault: str) -> Iterator[tuple[int, bytes]]:
    """What stands between and behind the records of the list (4.3.12 to 4.3.16)."""
    if fault:
        return
    at = start
    while content[at : at + 4] == b"PK\x01\x02" and at + 46 <= len(content):
        at += 46 + sum(struct.unpack_from("<HHH", content, at + 28))
    end = content.rfind(b"PK\x05\x06", at)
    if end < 0:
        return
    middle = content[at:end]
    if middle.startswith(b"PK\x06\x06") and len(middle) >= 76:
        middle = middle[12 + int.from_bytes(middle[4:12], "little") :]
        middle = middle[20:] if middle.startswith(b"PK\x06\x07") else middle
    if middle:
        yield at, middle
    tail = content[end + 22 + len(comment) :]
    if tail:
        yield end + 22 + len(comment), tail


def unusual_extra(extra: bytes) -> bytes:
    """Extra fields (4.5) that are neither sizes nor times."""
    made = bytearray()
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind not in _USUAL_EXTRA or at + 4 + size > len(extra):
            made += extra[at + 4 : at + 4 + size] + b"\n"
        elif kind == 0xA220:
            made += extra[at + 8 : at + 4 + size].strip(b"\0") + b"\n"
        at += 4 + size
    return bytes(made + extra[at:])
