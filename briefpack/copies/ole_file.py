"""Streams in storages → the bytes of a compound file of version 3, as [MS-CFB] has it: the container of Office files that are locked."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Storage: TypeAlias = Mapping[str, "bytes | Storage"]
"""Streams and further storages by their names, of 31 characters at most."""

_SECTOR, _SMALL_SECTOR, _CUTOFF = 512, 64, 4096
"""Bytes of a sector, of one of the small ones, and of a stream that is too large for them ([MS-CFB] 2.2)."""
_FAT, _DIFAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFE, 0xFFFFFFFF
"""What the table says of sectors that are its own, and of chains ([MS-CFB] 2.1)."""
_IN_HEADER = 109
"""Sectors of the table that the header names ([MS-CFB] 2.5)."""
_NUMBERS = _SECTOR // 4
_NOBODY = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1


@dataclass(slots=True)
class _Entry:
    """Of the directory ([MS-CFB] 2.6.1). content: None for a storage."""

    name: str
    kind: int
    content: bytes | None = None
    colour: int = _BLACK
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = struct.pack(
            "<64sHBB3I", name, len(name), self.kind, self.colour, self.left, self.right, self.child
        )
        # No class, no state, no times: nothing of the machine that wrote it.
        return head + bytes(36) + struct.pack("<IQ", self.start, self.size)


def compound_file(root: Storage) -> bytes:
    """A file with these streams. The same streams give the same bytes."""
    entries = [_Entry("Root Entry", _ROOT)]
    _fill(entries, 0, root)
    sectors, chains = list[bytes](), list[int]()

    def place(data: bytes) -> int:
        """Where a chain begins that holds some data."""
        if not data:
            return _END
        first, count = len(sectors), -(-len(data) // _SECTOR)
        padded = data.ljust(count * _SECTOR, b"\0")
        sectors.append(padded)
        sectors.extend(b"" for _ in range(count - 1))
        chains.extend(range(first + 1, first + count))
        chains.append(_END)
        return first

    small, small_chains = bytearray(), list[int]()
    for entry in entries:
        if entry.content is None:
            continue
        entry.size = len(entry.content)
        if entry.size >= _CUTOFF:
            entry.start = place(entry.content)
        elif not entry.size:
            entry.start = _END
        else:
            first, count = len(small_chains), -(-entry.size // _SMALL_SECTOR)
            small += entry.content.ljust(count * _SMALL_SECTOR, b"\0")
            small_chains += [*range(first + 1, first + count), _END]
            entry.start = first
    entries[0].start, entries[0].size = place(bytes(small)), len(small)
    table = _numbers(small_chains)
    small_table = place(table)
    directory = place(_directory(entries))
    fats, difats = _extent(len(sectors))
    first = len(sectors)
    chains += [_FAT] * fats + [_DIFAT] * difats
    fat = _numbers(chains)
    names = list(range(first, first + fats))
    header = _header(
        fats,
        directory,
        (small_table, len(table) // _SECTOR),
        (first + fats if difats else _END, difats),
        names,
    )
    more = b"".join(_difat(names[_IN_HEADER:], first + fats, difats))
    return b"".join((header, *sectors, fat, more))


def _fill(entries: list[_Entry], owner: int, storage: Storage) -> None:
    """Add what is in a storage, as a tree that is searched by name."""
    # Shorter names come first, whatever their letters ([MS-CFB] 2.6.4).
    names = sorted(storage, key=lambda name: (len(name), name.upper()))
    numbers: list[int] = []
    for name in names:
        inner = storage[name]
        numbers.append(len(entries))
        if isinstance(inner, bytes):
            entries.append(_Entry(name, _STREAM, inner))
        else:
            entries.append(_Entry(name, _STORAGE))
            _fill(entries, numbers[-1], inner)
    deepest = len(numbers).bit_length()
    entries[owner].child = _tree(entries, numbers, 1, deepest)


def _tree(entries: Sequence[_Entry], numbers: Sequence[int], level: int, deepest: int) -> int:
    """The root of a tree over entries in their order. All levels but the deepest are full; that one is red, so every path has as many black ones."""
    if not numbers:
        return _NOBODY
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.colour = _RED if level == deepest and level > 1 else _BLACK
    entry.left = _tree(entries, numbers[:middle], level + 1, deepest)
    entry.right = _tree(entries, numbers[middle + 1 :], level + 1, deepest)
    return numbers[middle]


def _directory(entries: Sequence[_Entry]) -> bytes:
    packed = b"".join(entry.packed() for entry in entries)
    empty = bytes(68) + struct.pack("<3I", _NOBODY, _NOBODY, _NOBODY) + bytes(48)
    return packed + empty * (-len(entries) % (_SECTOR // len(empty)))


def _numbers(chains: Sequence[int]) -> bytes:
    """A table of chains in whole sectors."""
    full = -len(chains) % _NUMBERS
    return struct.pack(f"<{len(chains) + full}I", *chains, *[_FREE] * full)


def _extent(others: int) -> tuple[int, int]:
    """How many sectors the table takes, its own included, and how many name them beyond the header."""
    fats = difats = 0
    while True:
        needed = -(-(others + fats + difats) // _NUMBERS)
        beyond = -(-max(needed - _IN_HEADER, 0) // (_NUMBERS - 1))
        if (needed, beyond) == (fats, difats):
            return fats, difats
        fats, difats = needed, beyond


def _difat(names: Sequence[int], first: int, count: int) -> Iterator[bytes]:
    """Sectors with the numbers of the table's sectors, each with the number of the next one."""
    for number in range(count):
        held = names[number * (_NUMBERS - 1) : (number + 1) * (_NUMBERS - 1)]
        following = first + number + 1 if number + 1 < count else _END
        free = [_FREE] * (_NUMBERS - 1 - len(held))
        yield struct.pack(f"<{_NUMBERS}I", *held, *free, following)


def _header(
    fats: int, directory: int, small: tuple[int, int], difat: tuple[int, int], names: Sequence[int]
) -> bytes:
    """[MS-CFB] 2.2. small, difat: first sector and number of sectors. names: of the sectors of the table."""
    named = [*names[:_IN_HEADER]]
    return struct.pack(
        f"<8s16x5H6x9I{_IN_HEADER}I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        fats,
        directory,
        0,
        _CUTOFF,
        *small,
        *difat,
        *named,
        *[_FREE] * (_IN_HEADER - len(named)),
    )
