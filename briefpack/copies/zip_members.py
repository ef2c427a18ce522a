"""A zip archive as its members with their packed bytes, so that what is not changed is not unpacked; written the same way every time."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
"""A file's header, its entry in the directory, and the directory's end (APPNOTE 4.3.7, 4.3.12, 4.3.16)."""
_VERSION = 20
"""Of the format, 2.0: what unpacks deflated files in folders."""
_UTF_8 = 0x800
"""The flag of a name that is not ASCII (APPNOTE, appendix D)."""
_FIRST_DAY = 0x21
"""1 January 1980, the earliest date that a zip can hold."""
_STORED, _DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive. method: 0 stored, 8 deflated. crc, size: of its content. packed: its bytes as they are stored."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    @property
    def content(self) -> bytes:
        """Unpacked."""
        return self.packed if self.method == _STORED else zlib.decompress(self.packed, -zlib.MAX_WBITS)


def members(content: bytes) -> tuple[Member, ...]:
    """The files of an archive in its order. Raises zipfile.BadZipFile where it is none, or packed in another way."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return tuple(_member(content, info) for info in archive.infolist())


def _member(content: bytes, info: zipfile.ZipInfo) -> Member:
    if info.compress_type not in {_STORED, _DEFLATED} or info.flag_bits & 1:
        raise zipfile.BadZipFile(f"{info.filename} is packed in a way that Office files are not")
    # The name and what follows it may be longer there than the directory says.
    name, extra = struct.unpack_from("<2H", content, info.header_offset + 26)
    start = info.header_offset + _LOCAL.size + name + extra
    packed = content[start : start + info.compress_size]
    return Member(info.filename, info.compress_type, info.CRC, info.file_size, packed)


def packed(name: str, content: bytes, level: int) -> Member:
    """A file that is to be a member. level: of compression, 1 to 9."""
    made = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = made.compress(content) + made.flush()
    return Member(name, _DEFLATED, zlib.crc32(content), len(content), data)


def packed_piece(content: bytes, level: int, *, last: bool) -> bytes:
    """A piece of a member's content, packed so that pieces can be put together: it refers to nothing outside, and ends at a whole byte."""
    made = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return made.compress(content) + made.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)


def stored(name: str, content: bytes) -> Member:
    """As packed(), of what is packed already."""
    return Member(name, _STORED, zlib.crc32(content), len(content), content)


def local(member: Member) -> bytes:
    """A member as it stands in an archive, with its header."""
    name, flags = _name(member)
    head = _LOCAL.pack(
        b"PK\3\4",
        _VERSION,
        flags,
        member.method,
        0,
        _FIRST_DAY,
        member.crc,
        len(member.packed),
        member.size,
        len(name),
        0,
    )
    return b"".join((head, name, member.packed))


def listed(member: Member, offset: int) -> bytes:
    """A member's entry in the directory. offset: where it begins in the archive."""
    name, flags = _name(member)
    entry = _CENTRAL.pack(
        b"PK\1\2",
        _VERSION,
        _VERSION,
        flags,
        member.method,
        0,
        _FIRST_DAY,
        member.crc,
        len(member.packed),
        member.size,
        len(name),
        0,
        0,
        0,
        0,
        0,
        offset,
    )
    return entry + name


def ending(count: int, size: int, at: int) -> bytes:
    """The end of an archive of less than 4 GiB. count: of its members. size, at: of the directory, and where that begins."""
    return _END.pack(b"PK\5\6", 0, 0, count, count, size, at, 0)


def archive(files: Iterable[Member]) -> bytes:
    """An archive of these files, in this order."""
    pieces, entries, at = list[bytes](), list[bytes](), 0
    for member in files:
        entries.append(listed(member, at))
        pieces.append(local(member))
        at += len(pieces[-1])
    size = sum(map(len, entries))
    return b"".join((*pieces, *entries, ending(len(entries), size, at)))


def _name(member: Member) -> tuple[bytes, int]:
    return member.name.encode(), 0 if member.name.isascii() else _UTF_8
