"""What the bytes of a file tell of its way here: a cut end, holes of zeros, bytes lost or added between its objects.

Read without a PDF library, since it is asked when one had to guess. What holds of the streams' content is told by streams.py.
"""

from __future__ import annotations

import itertools
import mmap
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Bytes: TypeAlias = mmap.mmap | bytes
Source: TypeAlias = Path | bytes
"""A file, or its content when that is not what the file holds."""

HOLE = 64
"""Zeros in a row. No syntax has them; a block that was never written has 512 at the least."""
_LEAST_SHIFT = 32
"""Bytes. Who edits a PDF as if it were text leaves smaller traces; what is lost on the way is lost in blocks."""
_MOST_STEPS = 3
"""Blocks lost or doubled; where there are more steps, the offsets were never right."""

_WHITE = rb"[\0\t\n\f\r ]"
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})" + _WHITE + rb"+([0-9]{1,5})" + _WHITE + rb"+obj\b")
_BOUNDARY = re.compile(rb"endstream\b|\bstream\r?\n|\bendobj\b|(?<=[\0\t\n\f\r 0-9])obj\b|\0{%d,}" % HOLE)
_ENDED = re.compile(rb"\bxref\b|\btrailer\b|\bstartxref\b|%%EOF")
_STARTS = re.compile(rb"\bstartxref\b|%%EOF")
_TABLE = re.compile(rb"\bxref" + _WHITE + rb"+(?=[0-9])")
_SECTION = re.compile(rb"([0-9]+)[ \t]+([0-9]+)[ \t\r\n]+")
_ENTRY = re.compile(rb"([0-9]{10}) ([0-9]{5}) ([nf])[ \r\n]{1,2}")
_STREAM = re.compile(
    rb"(?<![0-9])([0-9]{1,10})[ \t\r\n]+[0-9]{1,5}[ \t\r\n]+obj\b(?:(?!endobj|stream)[^\0]){0,2000}?"
    rb"/Length[ \t\r\n]+([0-9]{1,10})(?:[ \t\r\n]+([0-9]{1,5})[ \t\r\n]+R)?(?:(?!endobj|stream)[^\0]){0,2000}?stream\r?\n"
)
_LOOKED_AT, _HEADER_WITHIN = 1000, 1 << 20
"""Bytes."""
_END_OF_WORDS = re.compile(rb"\bendobj\b|\bstream\r?\n")
_MOST_WORDS = 1 << 18
"""Bytes of one object."""
REFERENCE = re.compile(rb"(?<![0-9.])([0-9]{1,10})[\0\t\n\f\r ]+([0-9]{1,5})[\0\t\n\f\r ]+R\b")
_PACKED = re.compile(rb"/Filter[\0\t\n\f\r ]*\[?[\0\t\n\f\r ]*/FlateDecode")
_HELD = rb"(?<![0-9])%d[ \t\r\n]+%d[ \t\r\n]+obj[ \t\r\n]+([0-9]+)"
_SETTLED = 3
"""Streams from which a usage can be told."""
_LINE_ENDS = {0, 1, 2}
_ENCRYPTION = re.compile(rb"/Filter[ \t\r\n]*/Standard\b")
_LENGTH_OF_ALL = re.compile(rb"/L[ \t\r\n]+([0-9]+)")


@dataclass(frozen=True, slots=True)
class Traces:
    """signs: that something was lost, in words. gaps: the same, with the number of the object that it may have been lost of.

    hole: an object has zeros in its syntax. holes: numbers of objects with zeros in their streams. odd_lengths: numbers of objects whose
    streams may be longer or shorter than they say; converted: of those that are so by a byte a line. All but hole and holes tell something
    only of a file whose table of objects is wrong too.
    """

    signs: tuple[str, ...]
    gaps: tuple[tuple[int, str], ...]
    hole: bool
    holes: frozenset[int]
    odd_lengths: frozenset[int]
    converted: frozenset[int]


def traces_of(source: Source, tables: Iterable[tuple[int, int]] = (), *, all_of_them: bool) -> Traces:
    """Look at a file. tables: what compressed tables of objects say of numbers and offsets. all_of_them: not only for holes, which is
    quick when there are none."""
    with bytes_of(source) as view:
        hole, holes = _holes(view)
        if not all_of_them:
            return Traces((), (), hole, frozenset(holes), frozenset(), frozenset())
        cut = _cut_off(view)
        signs = () if cut is None else (cut,)
        steps, placed = _steps(view, dict(tables))
        odd, converted = _odd_lengths(view)
        return Traces(
            signs, tuple(_gaps(steps, placed)), hole, frozenset(holes), frozenset(odd), frozenset(converted)
        )


@contextmanager
def bytes_of(source: Source) -> Iterator[Bytes]:
    """A file's content, without reading it into memory."""
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        if source.stat().st_size == 0:
            yield b""
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            yield view


def _holes(view: Bytes) -> tuple[bool, set[int]]:
    """Whether an object has a hole in its syntax, and the numbers of the objects with holes in their streams.

    A hole in a stream tells nothing by itself: pictures may be black. Acrobat fills what tells passwords up to 127 bytes with zeros, of
    which 48 count (ISO 32000-2, table 21, O and U). What stands before the first object and behind the last one
    belongs to none.
    """
    if view.find(b"\0" * HOLE) < 0:
        return False, set()
    inside = within = False
    in_syntax = False
    in_streams: set[int] = set()
    begun = 0
    for found in _BOUNDARY.finditer(view):
        word = found[0]
        if word == b"obj":
            if not within:
                inside, begun = True, found.start()
        elif word.startswith(b"stream"):
            within = inside
        elif word == b"endstream":
            within = False
        elif word == b"endobj":
            inside = inside and within
        elif within:
            head = _OBJECT.search(view, max(0, begun - 40), begun + 3)
            if head is not None:
                in_streams.add(int(head[1]))
        elif inside and not _ENCRYPTION.search(view, begun, _end_of_object(view, begun)):
            in_syntax = True
    return in_syntax, in_streams


def _end_of_object(view: Bytes, begun: int) -> int:
    end = view.find(b"endobj", begun)
    return len(view) if end < 0 else end


def _cut_off(view: Bytes) -> str | None:
    """How the end of a file tells that something behind it is missing; None when it does not."""
    objects = [found.start() for found in _OBJECT.finditer(view)]
    if not objects:
        return "it has no objects"
    last = objects[-1]
    closed = view.rfind(b"endobj")
    marks = [found.start() for found in _ENDED.finditer(view, last)]
    if view.rfind(b"\nstream", last) > view.rfind(b"endstream") or view.rfind(b">>stream", last) > view.rfind(
        b"endstream"
    ):
        return "it ends in the middle of its content"
    if not marks:
        return "it ends in the middle of an object" if last > closed else "its end is missing"
    head = view[:1024]
    # A linearized file says how long it is (ISO 32000-2, annex F.3.2).
    said = _LENGTH_OF_ALL.search(head[head.find(b"/Linearized") :]) if b"/Linearized" in head else None
    if said is not None and len(view) < int(said[1]):
        return f"it has {len(view):,} bytes and says that it had {int(said[1]):,}"
    ends = [found.end() for found in re.finditer(rb"%%EOF", view)]
    if ends and last > ends[-1] and _STARTS.search(view, last) is None:
        return "its last revision is cut off"
    return None


def _steps(view: Bytes, tables: dict[int, int]) -> tuple[list[tuple[int, int]], int]:
    """Objects behind which things stand farther back (or ahead, below 0) than the table of objects says, compared with the object itself, and by
    how many bytes; and how many objects were compared."""
    declared = tables | dict(_declared(view))
    if not declared:
        return [], 0
    actual: dict[int, list[int]] = {}
    for found in _OBJECT.finditer(view):
        actual.setdefault(int(found[1]), []).append(found.start())
    placed = [
        (number, min((at - offset for at in actual[number]), key=abs))
        for number, offset in sorted(declared.items(), key=lambda item: item[1])
        if number in actual
    ]
    steps = [
        (number, behind - before)
        for (number, before), (_, behind) in itertools.pairwise(placed)
        if before != behind
    ]
    return steps, len(placed)


def _gaps(steps: list[tuple[int, int]], placed: int) -> Iterator[tuple[int, str]]:
    """Where the table of objects tells that a block was lost or came twice: all that is behind it stands elsewhere, by the same amount.

    A file whose offsets are wrong in many ways was written so, and one whose offsets are all off by the same has something before its
    header.
    """
    if len(steps) > _MOST_STEPS or placed < 2 * len(steps) + 2:
        return
    for number, step in steps:
        if step <= -_LEAST_SHIFT:
            yield number, f"{-step:,} bytes are missing in the middle of it"
        elif step >= _LEAST_SHIFT:
            yield number, f"{step:,} bytes too many stand in the middle of it"


def _declared(view: Bytes) -> Iterator[tuple[int, int]]:
    """Numbers and offsets of objects as the tables say, those of later tables last."""
    for table in _TABLE.finditer(view):
        at = table.end()
        while (section := _SECTION.match(view, at)) is not None:
            at = section.end()
            for number in range(int(section[1]), int(section[1]) + int(section[2])):
                entry = _ENTRY.match(view, at)
                if entry is None:
                    break
                at = entry.end()
                if entry[3] == b"n":
                    yield number, int(entry[1])
            else:
                continue
            break


def _odd_lengths(view: Bytes) -> tuple[set[int], set[int]]:
    """Streams whose data does not end where their dictionaries say, as those of the others do; and those of them that are longer or
    shorter by a byte a line."""
    gaps: dict[int, int | None] = {}
    converted: set[int] = set()
    for found in _STREAM.finditer(view):
        said = int(found[2])
        if found[3]:
            held = re.search(_HELD % (said, int(found[3])), view)
            if held is None:
                continue
            said = int(held[1])
        end = view.find(b"endstream", found.end())
        gap = gaps[int(found[1])] = None if end < 0 else end - found.end() - said
        if gap is not None and abs(gap) > 1:
            data = view[found.end() : end]
            added, taken = data.count(b"\r\n"), data.count(b"\n")
            if added <= gap <= added + 1 or -taken <= gap <= 2 - taken:
                converted.add(int(found[1]))
    # The line end before "endstream" is one or two bytes or none, counted or not: as the program has it that wrote the file.
    counted = Counter(gaps.values()).most_common(1)
    settled = counted and counted[0][1] >= _SETTLED and 2 * counted[0][1] > len(gaps)
    usual = {counted[0][0]} if settled else _LINE_ENDS
    odd = {number for number, gap in gaps.items() if gap not in usual}
    return odd, odd & converted


def words_of(source: Source) -> dict[int, bytes]:
    """The words of every object, without the content of streams, by its number; of several of the same number the last."""
    found = {}
    with bytes_of(source) as view:
        for head in _OBJECT.finditer(view):
            end = _END_OF_WORDS.search(view, head.end(), head.end() + _MOST_WORDS)
            found[int(head[1])] = view[head.end() : head.end() + _MOST_WORDS if end is None else end.start()]
    return found


def readable_alone(source: Source) -> bool:
    """Whether a file that only one reader can open has all that it speaks of, and nothing in it that cannot be unpacked, as far as it can be
    told without a reader."""
    with bytes_of(source) as view:
        if view.find(b"/Encrypt") >= 0:
            return False
        defined = {int(head[1]) for head in _OBJECT.finditer(view)}
        for found in _STREAM.finditer(view):
            words = view[found.start() : found.end()]
            end = view.find(b"endstream", found.end())
            if _PACKED.search(words) is not None and not _unpacks(view[found.end() : end]):
                return False
        if view.find(b"/ObjStm") >= 0:
            return True
    return all(
        int(reference[1]) in defined
        for words in words_of(source).values()
        for reference in REFERENCE.finditer(words)
    )


def _unpacks(packed: bytes) -> bool:
    unpacker = zlib.decompressobj()
    try:
        while packed and not unpacker.eof:
            unpacker.decompress(packed, 1 << 20)
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof


def from_header(path: Path) -> Source:
    """A file; its content from its header on when that stands farther behind than readers look (ISO 32000-1, annex H.3, note 13)."""
    with bytes_of(path) as view:
        at = view.find(b"%PDF-", 0, _HEADER_WITHIN)
        return view[at:] if at > _LOOKED_AT else path


def has_objects(view: Bytes) -> bool:
    """Whether there is anything of a PDF in it, wherever its header is."""
    return _OBJECT.search(view) is not None and any(
        view.find(word) >= 0 for word in (b"/Catalog", b"/Pages", b"trailer", b"startxref")
    )
