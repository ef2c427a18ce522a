"""Objects that nothing in a file leads to, and earlier states of it: what is told of them. Nothing is changed."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from pikepdf import Array, Dictionary, Pdf, Stream

from briefpack.annex import Remark
from briefpack.annexes.cleaning.remarks import many, removed

_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
_MOST_OBJECTS = 400_000
_OF_FILE = frozenset({"/ObjStm", "/XRef"})
"""Types of objects that belong to the file's form and not to its content."""
_FIRST_BYTES = 1024


def unused_objects(pdf: Pdf, source: Path) -> tuple[Remark, ...]:
    """What is told of objects that nothing refers to, and of earlier states of the file."""
    return tuple(_unused(pdf, source))


def _unused(pdf: Pdf, source: Path) -> Iterator[Remark]:
    unused = _unreachable(pdf)
    if unused:
        what = f"holds {many(unused, 'object')} that nothing shows, left out of the pack"
        yield removed("unused-objects", what, unused)
    revisions = _revisions(source)
    if revisions:
        what = f"holds {many(revisions, 'earlier state')} of itself, left out of the pack"
        yield removed("revisions", what, revisions)


def _unreachable(pdf: Pdf) -> int:
    refers: dict[tuple[int, int], list[tuple[int, int]]] = {}
    hints = 0
    for item in pdf.objects:
        if len(refers) >= _MOST_OBJECTS:
            return 0
        if isinstance(item, Stream):
            if str(item.get("/Type", "")) in _OF_FILE:
                continue
            words = item.stream_dict.unparse()
        elif isinstance(item, (Array, Dictionary)):
            words = item.unparse(resolved=True)
        else:
            continue
        refers[item.objgen] = [
            (int(number), int(generation)) for number, generation in _REFERENCE.findall(words)
        ]
        if isinstance(item, Dictionary) and "/Linearized" in item:
            # The table of a file made for the web, and its hints, are found by their place.
            hints = 2
    waiting = [(int(n), int(g)) for n, g in _REFERENCE.findall(pdf.trailer.unparse(resolved=True))]
    reached: set[tuple[int, int]] = set()
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(refers.get(key, ()))
    return max(0, sum(key not in reached for key in refers) - hints)


def _revisions(source: Path) -> int:
    """How many earlier states of a file are still in it, each with an end of its own."""
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        ends, position = 0, view.find(b"startxref")
        while position >= 0:
            ends += 1
            position = view.find(b"startxref", position + 1)
        # A file made for the web has its table in two parts (ISO 32000-2, annex F).
        return max(0, ends - 1 - (view.find(b"/Linearized", 0, _FIRST_BYTES) >= 0))
