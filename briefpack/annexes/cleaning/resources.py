"""What pages, and whatever they paint, could name and do not → out of their resources, so that it is not carried along.

Resources are ISO 32000-2, 7.8.3. Many writers give all pages of a document the same ones.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Object, Pdf, PdfError, Stream

from briefpack.annexes.cleaning.boxes import inherited
from briefpack.annexes.cleaning.marks import Key
from briefpack.annexes.values import several

_NAMED = (
    "/ExtGState",
    "/ColorSpace",
    "/Pattern",
    "/Shading",
    "/XObject",
    "/Font",
    "/Properties",
)
_IMPLIED = frozenset({b"DefaultGray", b"DefaultRGB", b"DefaultCMYK"})
"""Colour spaces that count without being named (8.6.5.6)."""
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]*)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def remove_unused(pdf: Pdf) -> None:
    """Take out of the resources of all pages, and of all forms, patterns and fonts they use, what nothing names.

    A name counts as soon as it can be read in the content, be it within a text: more may stay than is painted, never less.
    """
    holders = _Holders()
    for page in pdf.pages:
        resources = inherited(page.obj, "/Resources")
        if isinstance(resources, Dictionary):
            page.obj.Resources = holders.reduced(resources, _names(_content(page.obj)))
    holders.finish()


class _Holders:
    """Streams and fonts that have resources of their own."""

    def __init__(self) -> None:
        self._waiting: list[Object] = []
        self._met: set[Key] = set()

    def finish(self) -> None:
        """Reduce the resources of all that were met, and of those met on the way."""
        while self._waiting:
            holder = self._waiting.pop()
            resources = holder.get("/Resources")
            if isinstance(resources, Dictionary):
                holder.Resources = self.reduced(resources, _names(_content(holder)))

    def reduced(self, resources: Dictionary, used: set[bytes]) -> Dictionary:
        """Resources with nothing in them but what is used, or used by something that has none of its own."""
        while True:
            lent = [holder for holder in _painted(resources, used) if "/Resources" not in holder]
            more = used.union(*(_names(_content(holder)) for holder in lent))
            if more == used:
                break
            used = more
        for holder in _painted(resources, used):
            if holder.is_indirect:
                if holder.objgen in self._met:
                    continue
                self._met.add(holder.objgen)
            self._waiting.append(holder)
        kept = Dictionary()
        for kind in resources:
            held = resources[str(kind)]
            if str(kind) in _NAMED and isinstance(held, Dictionary):
                # Copied, not made anew: pikepdf makes no dictionary of names that are not UTF-8.
                held = copy.copy(held)
                for name in [str(name) for name in held if _bytes(name) not in used | _IMPLIED]:
                    del held[name]
            kept[str(kind)] = held
        return kept


def _painted(resources: Dictionary, used: set[bytes]) -> Iterator[Object]:
    """What is used of resources and has content itself: forms, tiling patterns, fonts of Type 3, the forms of soft masks."""
    for kind in ("/XObject", "/Pattern", "/Font", "/ExtGState"):
        named = resources.get(kind)
        if not isinstance(named, Dictionary):
            continue
        for name in named:
            if _bytes(name) not in used:
                continue
            found: Object | None = named[str(name)]
            mask = found.get("/SMask") if kind == "/ExtGState" and isinstance(found, Dictionary) else None
            if isinstance(mask, Dictionary):
                found = mask.get("/G")
            if found is not None and _has_content(found):
                yield found


def _has_content(held: Object) -> bool:
    if isinstance(held, Stream):
        return held.get("/Subtype") == Name.Form or held.get("/PatternType") == 1
    return isinstance(held, Dictionary) and held.get("/Subtype") == Name.Type3


def _content(holder: Object) -> bytes:
    if isinstance(holder, Stream):
        return _read(holder)
    held: list[object]
    if holder.get("/Subtype") == Name.Type3:
        glyphs = holder.get("/CharProcs")
        held = [glyphs[str(name)] for name in glyphs] if isinstance(glyphs, Dictionary) else []
    else:
        held = several(holder.get("/Contents"))
    return b"\n".join(_read(part) for part in held if isinstance(part, Stream))


def _read(stream: Stream) -> bytes:
    try:
        return stream.read_bytes()
    except PdfError:
        # Nobody can read it, so it names nothing.
        return b""


def _names(content: bytes) -> set[bytes]:
    return {_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name) for name in set(_NAME.findall(content))}


def _bytes(name: object) -> bytes:
    # What is not UTF-8 in a name, pikepdf carries in surrogates.
    return str(name)[1:].encode("utf-8", "surrogateescape")
