"""The pages of clean annexes → pages of the pack, each with its stamp."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from briefpack.annexes.geometry import Matrix, View
from briefpack.annexes.objects import Page, add, dictionary, expect, numbers, reference

_CONTENT = "/Annex"
"""The name under which the clean page of an annex without tags paints its content (see cleaning)."""
_STAMP = "/Stamp"
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"
_END = b"EMC"


@dataclass(frozen=True, slots=True)
class Adopted:
    """An annex in the writer. tree: its StructTreeRoot, None for an annex without tags. objects: all there are of it."""

    pages: list[Page]
    tree: DictionaryObject | None
    objects: list[PdfObject]


class Adopter:
    """Brings annex pages into a writer."""

    def __init__(self, writer: PdfWriter, sheet: bytes) -> None:
        """sheet: StampSheet.sheet."""
        self._writer = writer
        self._resources = self._shared(sheet)
        self._all_resources = add(writer, DictionaryObject(self._resources))
        self._content = _CONTENT
        while self._content in self._resources.get("/XObject", {}):
            self._content += "x"

    def _shared(self, sheet: bytes) -> dict[str, Any]:
        """The stamps' resources: objects that all annex pages point to; only /XObject is made anew for each page."""
        page = PdfReader(io.BytesIO(sheet)).pages[0]
        resources = expect(DictionaryObject, page.get("/Resources", DictionaryObject())).clone(self._writer)
        shared: dict[str, Any] = {}
        for kind, named in resources.items():
            value = named.get_object()
            as_it_is = kind == "/XObject" or isinstance(named, IndirectObject)
            shared[kind] = value if as_it_is else add(self._writer, value)
        return shared

    def adopt(self, clean: Path, stamps: Mapping[int, bytes]) -> Adopted:
        """Bring the pages of a clean annex into the writer, not yet into its page tree.

        stamps: content streams in visible coordinates, by 1-based page.
        """
        reader = PdfReader(io.BytesIO(clean.read_bytes()))
        root, pages = reader.root_object, _pages_of(reader)
        objects = self._take_over(reader)
        tree = expect(DictionaryObject, root["/StructTreeRoot"]) if "/StructTreeRoot" in root else None
        adopted = []
        for number, page in enumerate(pages, 1):
            view = _view_of(page)
            if tree is None:
                self._paint(page, view, stamps.get(number))
            elif number in stamps:
                self._stamp(page, view, stamps[number])
            adopted.append(Page(reference(page), view))
        return Adopted(adopted, tree, objects)

    def _take_over(self, reader: PdfReader) -> list[PdfObject]:
        """Make all objects of a reader the writer's own, in place: nothing is copied, and no chain of references is followed."""
        objects = {}
        for number in range(1, expect(NumberObject, reader.trailer["/Size"])):
            item = reader.get_object(number)
            if item is not None:
                objects[number] = item
        moved: dict[int, int] = {}
        for number, item in objects.items():
            item.indirect_reference = None
            moved[number] = add(self._writer, item).idnum
        for item in objects.values():
            _relocate(item, self._writer, moved)
        return list(objects.values())

    def _paint(self, page: DictionaryObject, view: View, stamp: bytes | None) -> None:
        """Let a page without tags paint its content, marked as the page's content 0, and then its stamp.

        The content is a Form XObject, so its state ends with it.
        """
        form = expect(DictionaryObject, expect(DictionaryObject, page["/Resources"])["/XObject"]).raw_get(
            _CONTENT
        )
        content = DecodedStreamObject()
        lines = [b"/Figure <</MCID 0>> BDC", f"{self._content} Do".encode(), _END]
        if stamp is not None:
            lines += [_ARTIFACT, b"q", _cm(view.matrix), stamp, b"Q", _END]
        content.set_data(b"\n".join(lines))
        page[NameObject("/Contents")] = add(self._writer, content)
        xobjects = DictionaryObject(self._resources.get("/XObject", {}))
        xobjects[NameObject(self._content)] = form
        resources = DictionaryObject(self._resources)
        resources[NameObject("/XObject")] = xobjects
        page[NameObject("/Resources")] = resources

    def _stamp(self, page: DictionaryObject, view: View, stamp: bytes) -> None:
        """Let a tagged page paint its stamp after its own content, whose state ends with it (see cleaning).

        The stamp is a Form XObject, so that its names and those of the page keep out of each other's way.
        """
        form = DecodedStreamObject()
        form.set_data(stamp)
        form.update(
            dictionary(
                Type=NameObject("/XObject"),
                Subtype=NameObject("/Form"),
                BBox=numbers(0, 0, *view.size),
                Resources=self._all_resources,
            )
        )
        resources = DictionaryObject(expect(DictionaryObject, page["/Resources"]))
        xobjects = DictionaryObject(expect(DictionaryObject, resources.get("/XObject", DictionaryObject())))
        name = _STAMP
        while name in xobjects:
            name += "x"
        xobjects[NameObject(name)] = add(self._writer, form)
        resources[NameObject("/XObject")] = xobjects
        page[NameObject("/Resources")] = resources
        content = DecodedStreamObject()
        content.set_data(b"\n".join([_ARTIFACT, b"q", _cm(view.matrix), f"{name} Do".encode(), b"Q", _END]))
        expect(ArrayObject, page["/Contents"]).append(add(self._writer, content))


def _pages_of(reader: PdfReader) -> list[DictionaryObject]:
    # Walked without pypdf's page objects, which are slow and which nothing here needs.
    found: list[DictionaryObject] = []
    waiting: list[PdfObject] = [reader.root_object["/Pages"]]
    while waiting:
        node = expect(DictionaryObject, waiting.pop())
        if "/Kids" in node:
            waiting.extend(reversed(expect(ArrayObject, node["/Kids"])))
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
            values = holder.values()
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


def _view_of(page: DictionaryObject) -> View:
    left, bottom, right, top = (float(value) for value in expect(ArrayObject, page["/MediaBox"]))
    rotate, unit = page.get("/Rotate", NumberObject(0)), page.get("/UserUnit", NumberObject(1))
    return View((left, bottom, right, top), int(rotate), float(unit))


def _cm(matrix: Matrix) -> bytes:
    # Eight digits: a page of 200 inches is still met to a thousandth of a point.
    words = (f"{value:.8f}".rstrip("0").rstrip(".") for value in matrix)
    return " ".join("0" if word == "-0" else word for word in words).encode() + b" cm"
