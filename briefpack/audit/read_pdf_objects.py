"""The objects of a PDF, as they were found in its bytes: by number, with what refers to what, and their data unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefpack.audit.gathering import MOST_OF_ONE, Allowance
from briefpack.audit.read_pdf_filters import Unpacked, filters_of, unpack
from briefpack.audit.read_pdf_syntax import BadSyntaxError, Dict, Ref, Value, comments_in, value_at

_REFERENCE = re.compile(rb"(?<![0-9.])(\d{1,10})[\0\t\n\f\r ]++\d{1,5}[\0\t\n\f\r ]++R\b")


@dataclass(slots=True, eq=False)
class Item:
    """An object: number, value (of a stream, its dictionary), raw data of a stream, and where in the file it stands. revision: 0 for the first.

    source: its bytes when nobody has parsed them yet. packed: it stands in an object stream. comments: and other bytes in it that no viewer looks at.
    """

    number: int
    at: int
    revision: int
    source: bytes | None
    parsed: Value = None
    raw: bytes | None = None
    packed: bool = False
    comments: tuple[bytes, ...] = ()
    simple: bool | None = None

    @property
    def value(self) -> Value:
        if self.source is not None:
            try:
                self.parsed, end = value_at(self.source)
            except BadSyntaxError:
                self.parsed, end = None, 0
            if self.source[end:].strip(b"\0\t\n\f\r "):
                self.comments = (self.source[end:],)
            if b"%" in self.source[:end]:
                self.comments += comments_in(self.source[:end])
            self.source = None
        return self.parsed

    @property
    def entries(self) -> Dict:
        value = self.value
        return value if isinstance(value, dict) else {}

    def plain(self) -> bytes | None:
        """Its bytes where they can hold nothing but names, numbers and references; None where they have to be parsed."""
        source = self.source
        if source is None:
            return None
        if self.simple is None:
            self.simple = not (b"(" in source or b"%" in source or b"<" in source.replace(b"<<", b""))
        return source if self.simple else None


@dataclass(slots=True)
class PdfFile:
    """items: objects in the order in which they stand in the file. current: those of each number that stand last. trailers: with their revision.

    between: places and bytes that belong to no object. ends: where each revision ends. behind: bytes after the last end. faults: what is broken.
    """

    items: list[Item] = field(default_factory=list)
    current: dict[int, Item] = field(default_factory=dict)
    trailers: list[tuple[int, Dict]] = field(default_factory=list)
    between: list[tuple[int, bytes]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    behind: bytes = b""
    faults: list[tuple[str, str]] = field(default_factory=list)
    _unpacked: dict[int, Unpacked] = field(default_factory=dict)

    def add(self, item: Item) -> None:
        self.current[item.number] = item
        self.items.append(item)

    def item(self, value: Value) -> Item | None:
        """The object that a reference leads to."""
        return self.current.get(value.number) if isinstance(value, Ref) else None

    def resolved(self, value: Value) -> Value:
        """A value itself, or what a reference leads to."""
        for _ in range(8):
            if not isinstance(value, Ref):
                return value
            item = self.item(value)
            value = None if item is None else item.value
        return None

    def dictionary(self, value: Value) -> Dict:
        found = self.resolved(value)
        return found if isinstance(found, dict) else {}

    def array(self, value: Value) -> list[Value]:
        found = self.resolved(value)
        return found if isinstance(found, list) else []

    def unpacked(self, item: Item, allowance: Allowance) -> Unpacked:
        """The data of a stream; unpacked once. Raises TooMuchError."""
        key = id(item)
        done = self._unpacked.get(key)
        if done is None:
            done = self._unpacked[key] = unpack(item.raw or b"", self._told(item.entries), allowance)
        return done

    def may_be_large(self, item: Item) -> bool:
        """Whether a stream could unpack to more than is read of one; no compression that a PDF may have makes more than a thousand bytes of one."""
        filters = len(filters_of(item.entries)) or int(isinstance(item.entries.get("Filter"), Ref))
        return filters > 1 or (filters == 1 and len(item.raw or b"") > MOST_OF_ONE >> 11)

    def _told(self, entries: Dict) -> Dict:
        """What a stream says of its filters, without references."""
        told: Dict = {}
        for key in ("Filter", "DecodeParms"):
            if key in entries:
                value = self.resolved(entries[key])
                if isinstance(value, list):
                    value = [self.resolved(one) for one in value]
                told[key] = value
        return told


def references(item: Item) -> Iterator[int]:
    """The numbers of all objects that an object refers to."""
    source = item.plain()
    if source is not None:
        yield from map(int, _REFERENCE.findall(source))
        return
    stack = [item.value]
    while stack:
        value = stack.pop()
        if isinstance(value, Ref):
            yield value.number
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(value.values())
