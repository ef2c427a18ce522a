"""A PDF → all that is in it: what its pages say, and what its objects hold, of this state of the file and of earlier ones.

Pages are read by pdfium (read_pdf_pages.py), objects by a reader of the audit's own (read_pdf_file.py and the rooms that it is built on). pikepdf and
pypdf would be less work, but they wrote what is read here, and they see what a file's tables lead to: a leak may be in an older state of
the file, in objects that nothing leads to, or in comments between them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from briefpack.audit.gathering import Gathering, TooMuchError
from briefpack.audit.read_pdf_file import Item, PdfFile, read_file, references
from briefpack.audit.read_pdf_pages import NoPagesError, opened, text_of_page
from briefpack.audit.read_pdf_syntax import Dict, Ref
from briefpack.audit.read_pdf_words import Spot, Words, between, text_string
from briefpack.audit.read_strings import strings_in
from briefpack.audit.read_xml import BadXmlError, read_xml
from briefpack.audit.seen import Seat

_WITHIN = 1024
"""Readers look for the header in the first bytes (ISO 32000-1, annex H.3, note 13)."""


def is_pdf(content: bytes) -> bool:
    return content.find(b"%PDF-", 0, _WITHIN + 5) >= 0


def read_pdf(content: bytes, found: Gathering) -> None:
    """Write down what is in a PDF."""
    file = read_file(content, found.allowance)
    for place, why in file.faults:
        found.cannot(place, why)
    _pages(content, found)
    _Objects(file, found).read()
    for place, text in between(file):
        found.say(Seat.HIDDEN, place, text)
    if file.behind:
        found.embed(file.behind, f"{len(file.behind):,} bytes behind the end of the file")


def _pages(content: bytes, found: Gathering) -> None:
    try:
        with opened(content, found.allowance.passwords) as document:
            for index in range(len(document)):
                text = text_of_page(document, index)
                if text is None:
                    found.cannot(f"page {index + 1}", "cannot be loaded by pdfium")
                else:
                    found.say(Seat.PAGE, f"page {index + 1}", text, index + 1)
    except NoPagesError as error:
        found.cannot("its pages", str(error))


class _Objects:
    """Reads a file's objects."""

    def __init__(self, file: PdfFile, found: Gathering) -> None:
        self._file = file
        self._found = found
        self._reached = self._reach(self._roots())
        self._pages = list(self._page_items())
        self._page_of = self._owners()
        self._attached = dict(self._attachments())

    def read(self) -> None:
        words = Words(self._file, self._found)
        for item in self._file.items:
            kind = item.entries.get("Type") if item.plain() is None else None
            if kind in {"XRef", "ObjStm"} and item.raw is not None:
                continue
            spot = self._spot(item)
            words.read(item, spot)
            if item.raw is not None:
                try:
                    self._stream(item, spot)
                except TooMuchError as error:
                    self._found.cannot(f"object {item.number}", str(error))
        words.close()

    def _roots(self) -> Iterator[int]:
        last = max((revision for revision, _ in self._file.trailers), default=0)
        for revision, trailer in self._file.trailers:
            if revision == last or "Prev" not in trailer:
                for key in ("Root", "Info", "Encrypt"):
                    value = trailer.get(key)
                    if isinstance(value, Ref):
                        yield value.number

    def _reach(self, numbers: Iterator[int]) -> set[int]:
        reached: set[int] = set()
        waiting = deque(numbers)
        while waiting:
            number = waiting.popleft()
            if number in reached:
                continue
            reached.add(number)
            item = self._file.current.get(number)
            if item is not None:
                waiting.extend(references(item))
        return reached

    def _page_items(self) -> Iterator[Item]:
        """Pages in their order (7.7.3)."""
        for _, trailer in reversed(self._file.trailers):
            root = self._file.dictionary(trailer.get("Root"))
            waiting = [root.get("Pages")]
            met: set[int] = set()
            pages = []
            while waiting:
                item = self._file.item(waiting.pop())
                if item is None or item.number in met:
                    continue
                met.add(item.number)
                kids = self._file.resolved(item.entries.get("Kids"))
                if isinstance(kids, list):
                    waiting.extend(reversed(kids))
                else:
                    pages.append(item)
            if pages:
                yield from pages
                return

    def _owners(self) -> dict[int, int]:
        """Objects and the first page that leads to them."""
        of_page: dict[int, int] = {item.number: number for number, item in enumerate(self._pages, 1)}
        for number, page in enumerate(self._pages, 1):
            waiting = deque(_children(page.entries))
            while waiting:
                one = waiting.popleft()
                if one in of_page:
                    continue
                of_page[one] = number
                item = self._file.current.get(one)
                if item is not None:
                    waiting.extend(_children(item.entries) if item.plain() is None else references(item))
        return of_page

    def _spot(self, item: Item) -> Spot:
        number = item.number
        if self._file.current.get(number) is not item:
            return Spot(number, apart="of an earlier state of the file")
        if number not in self._reached:
            return Spot(number, apart="to which nothing leads")
        info = any(
            isinstance(trailer.get("Info"), Ref) and trailer["Info"] == Ref(number)
            for _, trailer in self._file.trailers
        )
        return Spot(number, self._page_of.get(number), info=info)

    def _attachments(self) -> Iterator[tuple[int, str]]:
        for item in self._file.items:
            entries = item.entries if item.plain() is None else {}
            files = self._file.dictionary(entries.get("EF"))
            for value in files.values():
                one = self._file.item(value)
                name = entries.get("UF", entries.get("F"))
                if one is not None:
                    yield (
                        id(one),
                        text_string(name) if isinstance(name, bytes) else f"attachment {one.number}",
                    )

    def _stream(self, item: Item, spot: Spot) -> None:
        entries, found = item.entries, self._found
        place = f"object {item.number}" + (f", {spot.apart}" if spot.apart else "")
        if "Width" in entries and "Height" in entries:
            return
        done = self._file.unpacked(item, found.allowance)
        if done.fault:
            found.cannot(place, done.fault)
        if done.behind:
            found.say_all(Seat.HIDDEN, f"{place}, behind its compressed data", strings_in(done.behind))
        if id(item) in self._attached or entries.get("Type") == "EmbeddedFile":
            found.embed(done.data, self._attached.get(id(item), f"attachment {item.number}"))
        elif entries.get("Type") == "Metadata" or entries.get("Subtype") == "XML":
            try:
                seen = read_xml(done.data)
            except BadXmlError:
                found.say_all(Seat.METADATA, f"{place}, metadata", strings_in(done.data))
                return
            for name, text in (*seen.texts, *seen.values):
                found.say(Seat.METADATA, f"the metadata (XMP, {name})", text)
            found.say_all(Seat.METADATA, "the metadata (XMP), comments", seen.aside)


def _children(entries: Dict) -> Iterator[int]:
    """What an object leads to, without what leads back."""
    stack = [value for key, value in entries.items() if key not in {"Parent", "P", "Dest", "A"}]
    while stack:
        value = stack.pop()
        if isinstance(value, Ref):
            yield value.number
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(value.values())
