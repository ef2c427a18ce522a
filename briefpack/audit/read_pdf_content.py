"""Pages and forms of a PDF → what their content shows; also of streams that no page shows (ISO 32000-2, 7.7.3, 8.10)."""

from __future__ import annotations

from collections.abc import Iterator

from briefpack.audit.gathering import Allowance
from briefpack.audit.read_pdf_objects import Item, PdfFile
from briefpack.audit.read_pdf_operators import MOST_DRAWS, Content, Reading
from briefpack.audit.read_pdf_resources import Resources
from briefpack.audit.read_pdf_syntax import Dict

MOST_CONTENT = 32 << 20
"""Bytes of a page's streams, those of forms as often as they are drawn; real maps have some 20 MB."""
_DEEPEST = 30
"""Forms in one another."""


def streams_of(file: PdfFile, page: Dict) -> Iterator[Item]:
    """The streams that a page's content is divided into."""
    contents = page.get("Contents")
    several = file.resolved(contents)
    for one in several if isinstance(several, list) else [contents]:
        item = file.item(one)
        if item is not None and item.raw is not None:
            yield item


class ContentReader:
    """Reads content streams of one file. Forms are read once."""

    __slots__ = ("_allowance", "_busy", "_file", "_forms", "_resources")

    def __init__(self, file: PdfFile, allowance: Allowance) -> None:
        self._file = file
        self._allowance = allowance
        self._resources = Resources(file, allowance)
        self._forms: dict[int, Content] = {}
        self._busy: set[int] = set()

    def page(self, entries: Dict) -> Content:
        """What a page shows. Raises TooMuchError."""
        streams = (
            self._file.unpacked(item, self._allowance).data for item in streams_of(self._file, entries)
        )
        return self.read(b"\n".join(streams), self._resources.of_page(entries))

    def form(self, item: Item, outer: Dict, depth: int = 0) -> Content:
        """What a form shows (8.10). outer: resources of what draws it, which old files let it use. Raises TooMuchError."""
        key = id(item)
        known = self._forms.get(key)
        if known is not None:
            return known
        if key in self._busy or depth > _DEEPEST:
            return Content(draws=MOST_DRAWS)
        self._busy.add(key)
        try:
            own = item.entries.get("Resources")
            resources = self._file.dictionary(own) if own is not None else outer
            made = self.read(self._file.unpacked(item, self._allowance).data, resources, depth)
        finally:
            self._busy.discard(key)
        self._forms[key] = made
        return made

    def was_drawn(self, item: Item) -> bool:
        return id(item) in self._forms

    def read(self, data: bytes, resources: Dict, depth: int = 0) -> Content:
        """What the bytes of a content stream show. Raises TooMuchError."""

        def draw(form: Item) -> Content:
            return self.form(form, resources, depth + 1)

        return Reading(data, resources, self._resources, draw).run()
