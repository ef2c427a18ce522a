"""What the bytes of a file tell of its way here: a cut end, holes of zeros, bytes lost or added between its objects.

Read without a PDF library, since it is asked when one had to guess. What holds of the streams' content is told by streams.py.
"""

from __future__ import annotations

import itertools
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Bytes: TypeAlias = mmap.mmap | bytes

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
_TOLERANCE = 3
"""Bytes; there may be a line end of one or two before "endstream", counted or not."""
_LENGTH_OF_ALL = re.compile(rb"/L[ \t\r\n]+([0-9]+)")


@dataclass(frozen=True, slots=True)
class Traces:
    """signs: that something was lost, in words. gaps: the same, with the number of the object that it may have been lost of. hole: an object has zeros in its syntax. holes: numbers of objects with zeros in their streams.

    odd_lengths: numbers of streams that are longer or shorter than they say. All of them but hole and holes tell something only of a file
    whose table of objects is wrong too.
    """

    signs: tuple[str, ...]
    gaps: tuple[tuple[int, str], ...]
    hole: bool
    holes: frozenset[int]
    odd_lengths: frozenset[int]


def traces_of(path: Path, *, all_of_them: bool) -> Traces:
    """Look at a file. all_of_them: not only for holes, which is quick when there are none."""
    with bytes_of(path) as view:
        hole, holes = _holes(view)
        if not all_of_them:
            return Traces((), (), hole, frozenset(holes), frozenset())
        cut = _cut_off(view)
        signs = () if cut is None else (cut,)
        return Traces(signs, tuple(_gaps(view)), hole, frozenset(holes), frozenset(_odd_lengths(view)))


@contextmanager
def bytes_of(path: Path) -> Iterator[Bytes]:
    """A file's content, without reading it into memory."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            yield b""
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            yield view


def _holes(view: Bytes) -> tuple[bool, set[int]]:
    """Whether an object has a hole in its syntax, and the numbers of the objects with holes in their streams.

    A hole in a stream tells nothing by itself: pictures may be black. What stands before the first object and behind the last one
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
        elif inside:
            in_syntax = True
    return in_syntax, in_streams


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


def _gaps(view: Bytes) -> Iterator[tuple[int, str]]:
    """Where the table of objects tells that a block was lost or came twice: all that is behind it stands elsewhere, by the same amount.

    A file whose offsets are wrong in many ways was written so, and one whose offsets are all off by the same has something before its
    header.
    """
    declared = dict(_declared(view))
    if not declared:
        return
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
    if len(steps) > _MOST_STEPS or len(placed) < 2 * len(steps) + 2:
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


def _odd_lengths(view: Bytes) -> Iterator[int]:
    for found in _STREAM.finditer(view):
        said = int(found[2])
        if found[3]:
            held = re.search(
                rb"(?<![0-9])%d[ \t\r\n]+%d[ \t\r\n]+obj[ \t\r\n]+([0-9]+)" % (said, int(found[3])), view
            )
            if held is None:
                continue
            said = int(held[1])
        end = view.find(b"endstream", found.end())
        if end < 0 or not -_TOLERANCE <= said - (end - found.end()) + 1 <= _TOLERANCE:
            yield int(found[1])


def has_objects(view: Bytes) -> bool:
    """Whether there is anything of a PDF in it, wherever its header is."""
    return _OBJECT.search(view) is not None and any(
        view.find(word) >= 0 for word in (b"/Catalog", b"/Pages", b"trailer", b"startxref")
    )
