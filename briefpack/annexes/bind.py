"""Body and clean annexes → the pack: one PDF in the order of the plan, with stamps, bookmarks, links and page labels."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, assert_never

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from briefpack.annexes.compact import compact
from briefpack.annexes.geometry import Matrix, View
from briefpack.annexes.page_labels import label_ranges
from briefpack.body import AnnexPages, Body, BodyPage, OutlineEntry, StampRequest, StampSheet
from briefpack.document import AnnexEntry, annex_page_anchor
from briefpack.pack import AnnexFacts, OutlineNode

_CONTENT = "/Annex"
"""The name under which a clean page paints its content (see cleaning)."""


_Kind = TypeVar("_Kind", bound=PdfObject)


class BindingError(Exception):
    """The pack came out other than planned: a fault of briefpack, never of an author."""


def bind(
    body: Body,
    annexes: Sequence[tuple[AnnexEntry, AnnexFacts]],
    stamps: StampSheet,
    requests: Sequence[StampRequest],
) -> bytes:
    """The finished pack, compact and read back.

    annexes: in the order of Document.annexes, their clean files as intake made them. stamps: one stream for each of requests;
    an annex page without a request is bound without a stamp. Raises BindingError.
    """
    if len(stamps.streams) != len(requests):
        raise BindingError(f"{len(stamps.streams)} stamps for {len(requests)} requests")
    pack = compact(_Binder(body, annexes, stamps, requests).bind())
    _read_back(pack, _planned(body, annexes))
    return pack


def _planned(body: Body, annexes: Sequence[tuple[AnnexEntry, AnnexFacts]]) -> int:
    return sum(1 if isinstance(item, BodyPage) else annexes[item.annex][1].pages for item in body.plan)


def _read_back(pack: bytes, planned: int) -> None:
    document = pypdfium2.PdfDocument(pack)
    try:
        if len(document) != planned:
            raise BindingError(f"the pack has {len(document)} pages instead of {planned}")
        for index in range(planned):
            document.get_page_size(index)
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class _Page:
    """A bound annex page."""

    ref: IndirectObject
    view: View


@dataclass(slots=True)
class _Item:
    """A bookmark to be. to: an explicit destination, None when it leads nowhere."""

    title: str
    to: ArrayObject | None
    children: list[_Item]


class _Binder:
    def __init__(
        self,
        body: Body,
        annexes: Sequence[tuple[AnnexEntry, AnnexFacts]],
        stamps: StampSheet,
        requests: Sequence[StampRequest],
    ) -> None:
        self.body, self.annexes = body, annexes
        reader = PdfReader(io.BytesIO(body.content))
        for key in ("/Outlines", "/PageLabels"):
            # They are written anew; without them there is less to clone.
            reader.root_object.pop(NameObject(key), None)
        self.writer = PdfWriter(clone_from=reader)
        self.body_pages = [_ref(page) for page in self.writer.pages]
        self.stamps = {
            (request.annex, request.page): stream
            for request, stream in zip(requests, stamps.streams, strict=True)
        }
        unknown = [key for key in self.stamps if key[1] not in range(1, annexes[key[0]][1].pages + 1)]
        if unknown:
            raise BindingError(
                f"a stamp is for annex {unknown[0][0]}, page {unknown[0][1]}, which does not exist"
            )
        self.resources = self._stamp_resources(stamps.sheet)
        self.content_name = _CONTENT
        while self.content_name in self.resources.get("/XObject", {}):
            self.content_name += "x"

    def bind(self) -> bytes:
        bound = [self._append(number, facts.clean) for number, (_, facts) in enumerate(self.annexes)]
        self._set_order(bound)
        self._set_labels()
        self._add_links(bound)
        self._add_outline(bound)
        out = io.BytesIO()
        self.writer.write(out)
        return out.getvalue()

    def _add(self, item: PdfObject) -> IndirectObject:
        return self.writer._add_object(item)  # noqa: SLF001 - pypdf documents it as the way to add objects of one's own

    # ----------------------------------------------------------------------- pages

    def _stamp_resources(self, sheet: bytes) -> dict[str, Any]:
        page = PdfReader(io.BytesIO(sheet)).pages[0]
        resources = _as(DictionaryObject, page.get("/Resources", DictionaryObject())).clone(self.writer)
        shared: dict[str, Any] = {}
        for kind, named in resources.items():
            value = named.get_object()
            # One dictionary that all annex pages point to; only /XObject is made for each page.
            shared[kind] = (
                value if kind == "/XObject" or isinstance(named, IndirectObject) else self._add(value)
            )
        return shared

    def _append(self, annex: int, clean: Path) -> list[_Page]:
        reader = PdfReader(io.BytesIO(clean.read_bytes()))
        pages = _pages_of(reader)
        self._take_over(reader)
        bound = []
        for number, page in enumerate(pages):
            view = _view_of(page)
            self._paint(page, view, self.stamps.get((annex, number + 1)))
            bound.append(_Page(_ref(page), view))
        return bound

    def _take_over(self, reader: PdfReader) -> None:
        """Make all objects of a reader the writer's own, in place: nothing is copied and no chain is followed."""
        objects = {}
        size = _as(NumberObject, reader.trailer["/Size"])
        for number in range(1, size):
            item = reader.get_object(number)
            if item is not None:
                objects[number] = item
        moved: dict[int, int] = {}
        for number, item in objects.items():
            item.indirect_reference = None
            moved[number] = self._add(item).idnum
        for item in objects.values():
            _relocate(item, self.writer, moved)

    def _paint(self, page: DictionaryObject, view: View, stamp: bytes | None) -> None:
        """Let a page paint its content and then its stamp. The content is a Form XObject, so its state ends with it."""
        form = _as(DictionaryObject, _as(DictionaryObject, page["/Resources"])["/XObject"]).raw_get(_CONTENT)
        content = DecodedStreamObject()
        lines = [f"{self.content_name} Do".encode()]
        if stamp is not None:
            lines += [b"q", _cm(view.matrix), stamp, b"Q"]
        content.set_data(b"\n".join(lines))
        page[NameObject("/Contents")] = self._add(content)
        xobjects = DictionaryObject(self.resources.get("/XObject", {}))
        xobjects[NameObject(self.content_name)] = form
        fresh = DictionaryObject(self.resources)
        fresh[NameObject("/XObject")] = xobjects
        page[NameObject("/Resources")] = fresh

    def _set_order(self, bound: Sequence[Sequence[_Page]]) -> None:
        kids: list[IndirectObject] = []
        for item in self.body.plan:
            match item:
                case BodyPage(index):
                    kids.append(self.body_pages[index])
                case AnnexPages(annex):
                    kids.extend(page.ref for page in bound[annex])
                case _:
                    assert_never(item)
        tree = self.writer.root_object.raw_get("/Pages")
        root = _as(DictionaryObject, tree)
        root[NameObject("/Kids")] = ArrayObject(kids)
        root[NameObject("/Count")] = NumberObject(len(kids))
        for kid in kids:
            _as(DictionaryObject, kid)[NameObject("/Parent")] = tree

    # ----------------------------------------------------------------------- labels, links, bookmarks

    def _set_labels(self) -> None:
        labels: list[str | tuple[str, int]] = []
        for item in self.body.plan:
            if isinstance(item, BodyPage):
                labels.append(self.body.labels[item.index])
            else:
                entry, facts = self.annexes[item.annex]
                labels.extend((f"{entry.label}-", number) for number in range(1, facts.pages + 1))
        numbers = ArrayObject()
        for part in label_ranges(labels):
            entry_of = DictionaryObject()
            if part.style is not None:
                entry_of[NameObject("/S")] = NameObject(part.style)
                entry_of[NameObject("/St")] = NumberObject(part.start)
            if part.prefix:
                entry_of[NameObject("/P")] = TextStringObject(part.prefix)
            numbers.extend([NumberObject(part.first), entry_of])
        self.writer.root_object[NameObject("/PageLabels")] = self._add(
            DictionaryObject({NameObject("/Nums"): numbers})
        )

    def _add_links(self, bound: Sequence[Sequence[_Page]]) -> None:
        places = {
            annex_page_anchor(entry.anchor, number): page
            for (entry, _), pages in zip(self.annexes, bound, strict=True)
            for number, page in enumerate(pages, 1)
        }
        for link in self.body.annex_links:
            if link.anchor not in places:
                raise BindingError(f"a link leads to {link.anchor}, which is no annex page")
            rect = link.rect
            annotation = DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Subtype"): NameObject("/Link"),
                    NameObject("/Rect"): _numbers(rect.left, rect.bottom, rect.right, rect.top),
                    NameObject("/Border"): _numbers(0, 0, 0),
                    NameObject("/F"): NumberObject(4),
                    NameObject("/Contents"): TextStringObject(link.contents),
                    NameObject("/Dest"): _top_of(places[link.anchor]),
                }
            )
            page = _as(DictionaryObject, self.body_pages[link.page])
            if "/Annots" not in page:
                page[NameObject("/Annots")] = ArrayObject()
            _as(ArrayObject, page["/Annots"]).append(self._add(annotation))

    def _add_outline(self, bound: Sequence[Sequence[_Page]]) -> None:
        top: list[_Item] = []
        open_items: list[tuple[int, _Item]] = []
        for entry in self.body.outline:
            item = self._item(entry, bound)
            while open_items and open_items[-1][0] >= entry.level:
                open_items.pop()
            (open_items[-1][1].children if open_items else top).append(item)
            open_items.append((entry.level, item))
        if top:
            root = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
            ref = self._add(root)
            self._write_items(root, ref, top)
            root[NameObject("/Count")] = NumberObject(len(top))
            self.writer.root_object[NameObject("/Outlines")] = ref

    def _item(self, entry: OutlineEntry, bound: Sequence[Sequence[_Page]]) -> _Item:
        if entry.annex is None:
            page, height = self.body.destinations[entry.anchor]
            to = ArrayObject(
                [self.body_pages[page], NameObject("/XYZ"), NullObject(), FloatObject(height), NullObject()]
            )
            return _Item(entry.title, to, [])
        pages = bound[entry.annex]
        return _Item(entry.title, _top_of(pages[0]), _items(self.annexes[entry.annex][1].outline, pages))

    def _write_items(
        self, parent: DictionaryObject, parent_ref: IndirectObject, items: Sequence[_Item]
    ) -> None:
        """Children are closed: a reader sees the contents' first level and opens what he looks for."""
        made = [DictionaryObject({NameObject("/Title"): TextStringObject(item.title)}) for item in items]
        refs = [self._add(item) for item in made]
        for number, (item, written) in enumerate(zip(items, made, strict=True)):
            written[NameObject("/Parent")] = parent_ref
            if number > 0:
                written[NameObject("/Prev")] = refs[number - 1]
            if number + 1 < len(refs):
                written[NameObject("/Next")] = refs[number + 1]
            if item.to is not None:
                written[NameObject("/Dest")] = item.to
            if item.children:
                self._write_items(written, refs[number], item.children)
                written[NameObject("/Count")] = NumberObject(-len(item.children))
        parent[NameObject("/First")], parent[NameObject("/Last")] = refs[0], refs[-1]


def _items(nodes: Iterable[OutlineNode], pages: Sequence[_Page]) -> list[_Item]:
    return [
        _Item(
            node.title, None if node.page is None else _top_of(pages[node.page]), _items(node.children, pages)
        )
        for node in nodes
    ]


def _pages_of(reader: PdfReader) -> list[DictionaryObject]:
    # Clean files have the page tree that qpdf writes: nodes of nodes. Walked without pypdf's page objects, which are slow.
    found: list[DictionaryObject] = []
    waiting: list[PdfObject] = [reader.root_object["/Pages"]]
    while waiting:
        node = _as(DictionaryObject, waiting.pop())
        if "/Kids" in node:
            waiting.extend(reversed(_as(ArrayObject, node["/Kids"])))
        else:
            found.append(node)
    return found


def _relocate(item: PdfObject, writer: PdfWriter, moved: dict[int, int]) -> None:
    """Point every reference within an object to where its target is now."""
    waiting = [item]
    while waiting:
        holder = waiting.pop()
        values: Iterable[Any]
        if isinstance(holder, DictionaryObject):
            values = dict.values(holder)
        elif isinstance(holder, ArrayObject):
            values = holder
        else:
            continue
        for value in values:
            if isinstance(value, IndirectObject):
                if value.pdf is not writer:
                    value.idnum, value.generation, value.pdf = moved[value.idnum], 0, writer
            elif isinstance(value, (DictionaryObject, ArrayObject)):
                waiting.append(value)


def _ref(item: PdfObject) -> IndirectObject:
    if item.indirect_reference is None:
        raise BindingError("a page is not an object of its own")
    return item.indirect_reference


def _as(kind: type[_Kind], item: PdfObject | None) -> _Kind:
    """The object itself, or what a reference leads to. Raises BindingError when it is of another kind."""
    found = None if item is None else item.get_object()
    if not isinstance(found, kind):
        raise BindingError(f"a {type(found).__name__} where a {kind.__name__} belongs")
    return found


def _view_of(page: DictionaryObject) -> View:
    left, bottom, right, top = (float(value) for value in _as(ArrayObject, page["/MediaBox"]))
    rotate, unit = page.get("/Rotate", NumberObject(0)), page.get("/UserUnit", NumberObject(1))
    return View((left, bottom, right, top), int(rotate), float(unit))


def _top_of(page: _Page) -> ArrayObject:
    x, y = page.view.top_left
    return ArrayObject([page.ref, NameObject("/XYZ"), FloatObject(x), FloatObject(y), NullObject()])


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(value) for value in values])


def _cm(matrix: Matrix) -> bytes:
    # Eight digits: a page of 200 inches is still met to a thousandth of a point.
    words = (f"{value:.8f}".rstrip("0").rstrip(".") for value in matrix)
    return " ".join("0" if word == "-0" else word for word in words).encode() + b" cm"
