"""The pages of clean annexes → pages of the pack, each with its stamp."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from briefpack.annexes.geometry import View
from briefpack.annexes.objects import (
    BindingError,
    Page,
    add,
    dictionary,
    expect,
    numbers,
    reference,
    stream_of,
)
from briefpack.annexes.sheets import Patterns, Sheet, cm, follow, set_on, sheet_of
from briefpack.placing import Placing

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
        self._sheets: dict[tuple[View, Placing | None], Sheet] = {}
        self._openings: dict[Sheet, IndirectObject] = {}
        self._closing = add(writer, stream_of(b"Q"))
        self._patterns = Patterns(writer)
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

    def adopt(
        self, clean: Path, stamps: Mapping[int, bytes], placings: Sequence[Placing] | None = None
    ) -> Adopted:
        """Bring the pages of a clean annex into the writer, not yet into its page tree.

        stamps: content streams in visible coordinates of the sheet, by 1-based page. placings: of every page; None where each is its
        own sheet.
        """
        reader = PdfReader(io.BytesIO(clean.read_bytes()))
        root, pages = reader.root_object, _pages_of(reader)
        if placings is not None and len(placings) != len(pages):
            raise BindingError(f"{len(placings)} sheets for {len(pages)} pages")
        objects = self._take_over(reader)
        tree = expect(DictionaryObject, root["/StructTreeRoot"]) if "/StructTreeRoot" in root else None
        adopted = []
        for index, page in enumerate(pages):
            sheet = self._sheet_of(_view_of(page), None if placings is None else placings[index])
            if sheet.moved is not None:
                set_on(page, sheet)
            stamp = stamps.get(index + 1)
            if tree is None:
                self._paint(page, sheet, stamp)
            else:
                if sheet.moved is not None:
                    self._move(page, sheet)
                if stamp is not None:
                    self._stamp(page, sheet, stamp)
            adopted.append(Page(reference(page), sheet.view, sheet.content, sheet.moved))
        follow(adopted)
        return Adopted(adopted, tree, objects)

    def _sheet_of(self, view: View, placing: Placing | None) -> Sheet:
        key = (view, placing)
        known = self._sheets.get(key)
        if known is None:
            known = self._sheets[key] = sheet_of(view, placing)
        return known

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

    def _paint(self, page: DictionaryObject, sheet: Sheet, stamp: bytes | None) -> None:
        """Let a page without tags paint its content, marked as the page's content 0, and then its stamp.

        The content is a Form XObject, so its state ends with it.
        """
        form = expect(DictionaryObject, expect(DictionaryObject, page["/Resources"])["/XObject"]).raw_get(
            _CONTENT
        )
        lines = [b"/Figure <</MCID 0>> BDC", f"{self._content} Do".encode(), _END]
        if sheet.moved is not None:
            lines[1:1] = [b"q", cm(sheet.moved)]
            lines.insert(-1, b"Q")
        if stamp is not None:
            lines += [_ARTIFACT, b"q", cm(sheet.view.matrix), stamp, b"Q", _END]
        page[NameObject("/Contents")] = add(self._writer, stream_of(b"\n".join(lines)))
        xobjects = DictionaryObject(self._resources.get("/XObject", {}))
        xobjects[NameObject(self._content)] = form
        resources = DictionaryObject(self._resources)
        resources[NameObject("/XObject")] = xobjects
        page[NameObject("/Resources")] = resources

    def _move(self, page: DictionaryObject, sheet: Sheet) -> None:
        """Let a tagged page paint its content where it stands on its sheet, and nothing beside it; its state ends with it."""
        resources = DictionaryObject(expect(DictionaryObject, page["/Resources"]))
        page[NameObject("/Resources")] = resources
        content = expect(ArrayObject, page["/Contents"])
        opening = self._openings.get(sheet)
        if opening is None:
            opening = self._openings[sheet] = add(self._writer, stream_of(sheet.opening))
        content.insert(0, opening)
        content.append(self._closing)
        if "/Pattern" in resources and sheet.moved is not None:
            self._patterns.move(resources, sheet.moved)

    def _stamp(self, page: DictionaryObject, sheet: Sheet, stamp: bytes) -> None:
        """Let a tagged page paint its stamp after its own content, whose state ends with it (see cleaning).

        The stamp is a Form XObject, so that its names and those of the page keep out of each other's way.
        """
        form = stream_of(stamp)
        form.update(
            dictionary(
                Type=NameObject("/XObject"),
                Subtype=NameObject("/Form"),
                BBox=numbers(0, 0, *sheet.view.size),
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
        content = [_ARTIFACT, b"q", cm(sheet.view.matrix), f"{name} Do".encode(), b"Q", _END]
        expect(ArrayObject, page["/Contents"]).append(add(self._writer, stream_of(b"\n".join(content))))


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
