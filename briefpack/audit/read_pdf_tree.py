"""The objects of a PDF as they hang together: which pages there are, what leads to what, and what nothing leads to (ISO 32000-2, 7.7)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from briefpack.audit.read_pdf_objects import Item, PdfFile, references
from briefpack.audit.read_pdf_syntax import Dict, Ref, Value

MOST_PAGES = 50_000
_BACK = frozenset({"Parent", "P", "Dest", "A", "StructParent", "Pg"})
"""Keys that lead back, or away to other pages."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an object belongs. page: the first page that leads to it. apart: why it is none of the file as it is now, "" for others. info: it is the
    dictionary of the file's properties (14.3.3)."""

    number: int
    page: int | None = None
    apart: str = ""
    info: bool = False


class Tree:
    """pages: as the file has them now, in their order."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        last = max((revision for revision, _ in file.trailers), default=0)
        self._trailers = [
            trailer for revision, trailer in file.trailers if revision == last or "Prev" not in trailer
        ]
        self.pages = tuple(self._page_items())
        self._info = {
            value.number for _, trailer in file.trailers if isinstance(value := trailer.get("Info"), Ref)
        }

    def spot(self, item: Item) -> Spot:
        number = item.number
        if self._file.current.get(number) is not item:
            return Spot(number, apart="of an earlier state of the file")
        if number not in self._reached:
            return Spot(number, apart="to which nothing leads")
        return Spot(number, self._owners.get(number), info=number in self._info)

    @cached_property
    def _reached(self) -> set[int]:
        reached: set[int] = set()
        waiting = [
            value.number
            for trailer in self._trailers
            for key in ("Root", "Info", "Encrypt")
            if isinstance(value := trailer.get(key), Ref)
        ]
        current = self._file.current
        while waiting:
            number = waiting.pop()
            if number not in reached:
                reached.add(number)
                item = current.get(number)
                if item is not None:
                    waiting.extend(references(item))
        return reached

    def _page_items(self) -> Iterator[Item]:
        """7.7.3.2."""
        for trailer in reversed(self._trailers):
            pages = list(self._below(self._file.dictionary(trailer.get("Root")).get("Pages")))
            if pages:
                yield from pages
                return

    def _below(self, top: Value) -> Iterator[Item]:
        waiting = [top]
        met: set[int] = set()
        found = 0
        while waiting and found < MOST_PAGES:
            item = self._file.item(waiting.pop())
            if item is None or item.number in met:
                continue
            met.add(item.number)
            kids = self._file.resolved(item.entries.get("Kids"))
            if isinstance(kids, list):
                waiting.extend(reversed(kids))
            else:
                found += 1
                yield item

    @cached_property
    def _owners(self) -> dict[int, int]:
        """Objects and the first page that leads to them."""
        owners = {item.number: number for number, item in enumerate(self.pages, 1)}
        current = self._file.current
        for number, page in enumerate(self.pages, 1):
            waiting = deque(_children(page.entries))
            while waiting:
                one = waiting.popleft()
                if one in owners:
                    continue
                owners[one] = number
                item = current.get(one)
                if item is not None:
                    plain = item.plain()
                    simple = plain is not None and b"/P" not in plain and b"/Dest" not in plain
                    waiting.extend(references(item) if simple else _children(item.entries))
        return owners


def _children(entries: Dict) -> Iterator[int]:
    """What an object leads to."""
    stack: list[Value] = [value for key, value in entries.items() if key not in _BACK]
    while stack:
        value = stack.pop()
        if isinstance(value, Ref):
            yield value.number
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(one for key, one in value.items() if key not in _BACK)
