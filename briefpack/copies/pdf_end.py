"""A finished PDF without its end, and the ends that make files of it: objects that differ from copy to copy, and the table that finds all of them.

No copy has an older state of the file in it: what differs is not laid over a file that is complete, as an incremental update would be, but was never before it.
The table is a cross-reference stream (ISO 32000-1, 7.5.8).
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pikepdf import Pdf, Stream

from briefpack.copies.copy_mark import CopyError

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_OBJECT = re.compile(rb"(\d+) 0 obj\b")
_ROW = struct.Struct(">BLH")
"""Kind of an entry, its place or the number of its object stream, and its generation or its place in that (table 18)."""
_UP = 2
"""The PNG predictor that keeps of a row what differs from the one above."""
_IN_USE, _IN_STREAM = 1, 2


@dataclass(frozen=True, slots=True)
class Base:
    """head: the file up to its table. root: the number of the catalog. rows: of the table, by number, those of objects that are missing included."""

    head: bytes
    root: int
    rows: tuple[bytes, ...]
    _packed: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """The first number that is not in use."""
        return len(self.rows)


def without(saved: bytes, gone: Iterable[int]) -> Base:
    """A file as pikepdf saves it with object streams, without some of its streams. gone: their numbers, for which every end has objects of its own.

    Raises CopyError where the file is not of that kind.
    """
    start = _START.search(saved)
    found = _OBJECT.match(saved, int(start[1])) if start else None
    if start is None or found is None:
        raise CopyError("does not end as a file that was just written")
    table = int(start[1])
    entries = _entries(saved, int(found[1]))
    places = sorted({place for kind, place, _ in entries if kind == _IN_USE and place < table} | {table})
    cuts: list[tuple[int, int]] = []
    for number in sorted(gone, key=lambda number: entries[number][1]):
        kind, place, _ = entries[number]
        if kind != _IN_USE:
            raise CopyError("has a stream inside a stream")
        cuts.append((place, places[bisect_right(places, place)]))
    head = bytearray()
    last = 0
    for begin, end in cuts:
        head += saved[last:begin]
        last = end
    head += saved[last:table]
    rows = []
    for kind, place, more in entries:
        moved = place - sum(end - begin for begin, end in cuts if end <= place) if kind == _IN_USE else place
        rows.append(_ROW.pack(kind, moved, more))
    # The table of the old end is no object any more.
    rows[int(found[1])] = _ROW.pack(0, 0, 0)
    packed = tuple(
        _up(row, rows[number - 1] if number else bytes(_ROW.size)) for number, row in enumerate(rows)
    )
    with Pdf.open(io.BytesIO(saved)) as document:
        root = document.Root.objgen[0]
    return Base(bytes(head), root, tuple(rows), packed)


def _entries(saved: bytes, number: int) -> list[tuple[int, int, int]]:
    """The rows of the table whose object has this number."""
    with Pdf.open(io.BytesIO(saved)) as document:
        table = document.get_object((number, 0))
        if not isinstance(table, Stream):
            raise CopyError("has no table that is a stream")
        widths = [int(width) for width in table.W.as_list()]
        size = int(table.Size)
        data = table.read_bytes()
        if "/Index" in table and [int(each) for each in table.Index.as_list()] != [0, size]:
            raise CopyError("has a table with holes")
    length = sum(widths)
    found = []
    for at in range(0, size * length, length):
        values, begin = [], at
        for width in widths:
            values.append(int.from_bytes(data[begin : begin + width]))
            begin += width
        kind, place, more = values
        found.append((kind if widths[0] else _IN_USE, place, more))
    return found


def _up(row: bytes, above: bytes) -> bytes:
    return bytes([_UP, *((one - other) & 0xFF for one, other in zip(row, above, strict=True))])


def end_of(base: Base, objects: Mapping[int, bytes], info: int, ids: tuple[bytes, bytes]) -> bytes:
    """What makes a file of a base. objects: number → all between obj and endobj; those missing in the base, and new ones from Base.size on, without a gap.

    info: the number of the information dictionary. ids: the two identifiers of the file.
    """
    out = io.BytesIO()
    start = len(base.head)
    places: dict[int, bytes] = {}
    for number, content in sorted(objects.items()):
        places[number] = _ROW.pack(_IN_USE, start + out.tell(), 0)
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = base.size + sum(1 for number in objects if number >= base.size)
    places[table] = _ROW.pack(_IN_USE, start + out.tell(), 0)
    packed = list(base._packed)  # noqa: SLF001  the rows that go with the file's
    packed.extend([b""] * (table + 1 - base.size))

    def row(number: int) -> bytes:
        return places.get(number) or base.rows[number]

    for number in {changed + next_one for changed in places for next_one in (0, 1)}:
        if number <= table:
            packed[number] = _up(row(number), row(number - 1))
    data = zlib.compress(b"".join(packed), 6)
    first, second = (identifier.hex().encode() for identifier in ids)
    entries = (
        b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]"
        b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>"
        % (table + 1, base.root, info, first, second, _ROW.size)
    )
    place = start + out.tell()
    out.write(b"%d 0 obj\n%s\nendobj\n" % (table, stream(entries, data)))
    out.write(b"startxref\n%d\n%%%%EOF\n" % place)
    return out.getvalue()


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object. entries: of its dictionary, without the length. data: as it is stored."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def text(words: str) -> bytes:
    """A text string (7.9.2.2)."""
    if words.isascii() and words.isprintable():
        return b"(%s)" % re.sub(r"([\\()])", r"\\\1", words).encode()
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().upper().encode()
