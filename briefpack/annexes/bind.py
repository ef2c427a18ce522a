"""Body and clean annexes → the pack: one PDF in the order of the plan, with stamps, bookmarks, links and page labels."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias, assert_never

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from briefpack.annex import AnnexFacts
from briefpack.annexes.adopt import Adopter
from briefpack.annexes.bookmarks import Bookmark, as_tree, below, write
from briefpack.annexes.objects import (
    BindingError,
    Page,
    add,
    dictionary,
    expect,
    place,
    reference,
    top_of,
)
from briefpack.annexes.page_labels import label_ranges
from briefpack.annexes.serial import written
from briefpack.annexes.structure import Place, Structure
from briefpack.body import AnnexPages, AnnexWords, Body, BodyPage, OutlineEntry, StampRequest, StampSheet
from briefpack.document import AnnexEntry, annex_page_anchor
from briefpack.placing import Placings

Annexes: TypeAlias = Sequence[tuple[AnnexEntry, AnnexFacts]]


def bind(
    body: Body,
    annexes: Annexes,
    stamps: StampSheet,
    requests: Sequence[StampRequest],
    words: AnnexWords,
    *,
    placings: Placings | None = None,
) -> bytes:
    """The pack, not yet finished (see finish.py), but read back.

    annexes: in the order of Document.annexes, their clean files as intake made them. stamps: one stream for each of requests;
    an annex page without a request is bound without a stamp. placings: None where every page is its own sheet. Raises BindingError.
    """
    by_page = _by_page(annexes, stamps, requests)
    pack = _Binder(body, annexes, by_page, stamps.sheet, words, placings=placings).bind()
    _read_back(
        pack, sum(1 if isinstance(item, BodyPage) else annexes[item.annex][1].pages for item in body.plan)
    )
    return pack


def _by_page(
    annexes: Annexes, stamps: StampSheet, requests: Sequence[StampRequest]
) -> dict[int, dict[int, bytes]]:
    """Annex → 1-based page → its stamp."""
    if len(stamps.streams) != len(requests):
        raise BindingError(f"{len(stamps.streams)} stamps for {len(requests)} requests")
    found: dict[int, dict[int, bytes]] = defaultdict(dict)
    for request, stream in zip(requests, stamps.streams, strict=True):
        if not 1 <= request.page <= annexes[request.annex][1].pages:
            raise BindingError(
                f"a stamp is for page {request.page} of annex {request.annex}, which does not exist"
            )
        found[request.annex][request.page] = stream
    return found


def _read_back(pack: bytes, planned: int) -> None:
    document = pypdfium2.PdfDocument(pack)
    try:
        if len(document) != planned:
            raise BindingError(f"the pack has {len(document)} pages instead of {planned}")
        for index in range(planned):
            document.get_page_size(index)
    finally:
        document.close()


class _Binder:
    def __init__(
        self,
        body: Body,
        annexes: Annexes,
        stamps: dict[int, dict[int, bytes]],
        sheet: bytes,
        words: AnnexWords,
        *,
        placings: Placings | None,
    ) -> None:
        self.body, self.annexes = body, annexes
        reader = PdfReader(io.BytesIO(body.content))
        for key in ("/Outlines", "/PageLabels"):
            # They are written anew; without them there is less to clone.
            reader.root_object.pop(NameObject(key), None)
        # Not an empty writer to which the body is added: language, metadata and viewer preferences must stay.
        self.writer = PdfWriter(clone_from=reader)
        self.body_pages = [reference(page) for page in self.writer.pages]
        adopter = Adopter(self.writer, sheet)
        structure = Structure(self.writer)
        self.bound: list[list[Page]] = []
        for number, (entry, facts) in enumerate(annexes):
            pages: list[Page] = []
            for index, (before, part) in enumerate(facts.starts()):
                own = {
                    page: stamps[number][page + before]
                    for page in range(1, part.pages + 1)
                    if page + before in stamps[number]
                }
                sheets = None if placings is None else placings[number][before : before + part.pages]
                adopted = adopter.adopt(part.clean, own, sheets)
                where = Place(entry, index, before)
                if adopted.tree is None:
                    structure.show(where, adopted.pages, words)
                else:
                    structure.graft(where, adopted.pages, adopted.tree, adopted.objects, words)
                pages += adopted.pages
            self.bound.append(pages)
        structure.finish()

    def bind(self) -> bytes:
        self._set_order()
        self._set_labels()
        self._point_destinations()
        write(self.writer, as_tree((entry.level, self._bookmark(entry)) for entry in self.body.outline))
        return written(self.writer)

    def _set_order(self) -> None:
        kids: list[IndirectObject] = []
        for item in self.body.plan:
            match item:
                case BodyPage(index):
                    kids.append(self.body_pages[index])
                case AnnexPages(annex):
                    kids.extend(page.ref for page in self.bound[annex])
                case _:
                    assert_never(item)
        tree = self.writer.root_object.raw_get("/Pages")
        root = expect(DictionaryObject, tree)
        root[NameObject("/Kids")] = ArrayObject(kids)
        root[NameObject("/Count")] = NumberObject(len(kids))
        for kid in kids:
            expect(DictionaryObject, kid)[NameObject("/Parent")] = tree

    def _set_labels(self) -> None:
        labels: list[str | tuple[str, int]] = []
        for item in self.body.plan:
            if isinstance(item, BodyPage):
                labels.append(self.body.labels[item.index])
            else:
                entry, facts = self.annexes[item.annex]
                if len(entry.here) != facts.pages:
                    raise BindingError(f"annex {entry.label} has {facts.pages} pages")
                labels.extend((f"{entry.label}-", number) for number in entry.here)
        ranges = ArrayObject()
        for part in label_ranges(labels):
            entries: dict[str, PdfObject] = {}
            if part.style is not None:
                entries |= {"S": NameObject(part.style), "St": NumberObject(part.start)}
            if part.prefix:
                entries["P"] = TextStringObject(part.prefix)
            ranges.extend([NumberObject(part.first), dictionary(**entries)])
        self.writer.root_object[NameObject("/PageLabels")] = add(self.writer, dictionary(Nums=ranges))

    def _point_destinations(self) -> None:
        places: dict[str, Page] = {
            annex_page_anchor(entry.anchor, number): page
            for (entry, _), pages in zip(self.annexes, self.bound, strict=True)
            for number, page in zip(entry.here, pages, strict=True)
        }
        if not self.body.annex_destinations:
            return
        named = expect(DictionaryObject, self.writer.root_object["/Dests"])
        for name in self.body.annex_destinations:
            if name not in places:
                raise BindingError(f"a link leads to {name}, which is no annex page")
            named[NameObject(f"/{name}")] = top_of(places[name])

    def _bookmark(self, entry: OutlineEntry) -> Bookmark:
        if entry.annex is None:
            page, top = self.body.destinations[entry.anchor]
            return Bookmark(entry.title, place(self.body_pages[page], None, top), [])
        pages = self.bound[entry.annex]
        return Bookmark(entry.title, top_of(pages[0]), below(self.annexes[entry.annex][1].outline, pages))
