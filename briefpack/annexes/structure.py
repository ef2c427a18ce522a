"""The body's structure tree, extended by what annexes have to say: their own trees, or one figure for each of their pages.

Structure trees are ISO 32000-1, 14.7; how PDF/UA-1 (ISO 14289-1) wants them decides here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

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
from briefpack.annexes.sheets import move_attributes
from briefpack.body import AnnexWords
from briefpack.document import AnnexEntry
from briefpack.template import fill

_ELEMENT, _OBJECT = NameObject("/StructElem"), NameObject("/OBJR")
_FIGURE, _LINK, _PARAGRAPH = NameObject("/Figure"), NameObject("/Link"), NameObject("/P")
_LAYOUT, _BLOCK = NameObject("/Layout"), NameObject("/Block")
_STRUCTURE = NameObject("/S")
_KIND, _KIDS, _PARENT, _CONTENTS = (
    NameObject("/S"),
    NameObject("/K"),
    NameObject("/P"),
    NameObject("/Contents"),
)
_ALT, _ID, _HEADERS, _TABS = (
    NameObject("/Alt"),
    NameObject("/ID"),
    NameObject("/Headers"),
    NameObject("/Tabs"),
)
_OF_CONTENT, _OF_OBJECT = NameObject("/StructParents"), NameObject("/StructParent")
_FIRST = NumberObject(0)

_NEEDS_ALT = frozenset({"/Figure", "/Formula"})
"""What PDF/UA-1 wants described (7.3 and 7.7)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pages of a file stand: in which annex, as which of its files (0-based), behind how many of its pages."""

    entry: AnnexEntry
    file: int = 0
    before: int = 0

    def named(self, name: str) -> str:
        """A name of the file's own, made one of the pack's."""
        return f"{self.entry.anchor}-{self.file}-{name}" if self.file else f"{self.entry.anchor}-{name}"


class Structure:
    """The structure tree of a pack under construction."""

    def __init__(self, writer: PdfWriter) -> None:
        """Raises BindingError when the body that is in the writer is not tagged."""
        self._writer = writer
        self._root = expect(DictionaryObject, writer.root_object.get("/StructTreeRoot"))
        parents = list(_leaves(self._root.get("/ParentTree"), "/Nums"))
        self._parents: list[PdfObject] = [item for pair in parents for item in pair]
        self._next = max((int(expect(NumberObject, key)) for key, _ in parents), default=-1) + 1
        self._ids = {_text(name): value for name, value in _leaves(self._root.get("/IDTree"), "/Names")}

    def finish(self) -> None:
        """Write what finds elements by key and by ID."""
        tree = dictionary(Nums=ArrayObject(self._parents))
        self._root[NameObject("/ParentTree")] = add(self._writer, tree)
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next)
        names = ArrayObject()
        for name, value in sorted(self._ids.items()):
            names.extend([ByteStringObject(name.encode()), value])
        if names:
            self._root[NameObject("/IDTree")] = add(self._writer, dictionary(Names=names))

    # ----------------------------------------------------------------------- annexes without tags

    def show(self, place: Place, pages: Sequence[Page], words: AnnexWords) -> None:
        """Hang one figure for each page behind an annex's divider, with the links of the page.

        The page's content must be the marked content 0.
        """
        sect, kids = self._sect(place.entry)
        heading = [] if kids else [self._heading(place, pages[0], sect, 1)]
        kids.extend(heading)
        for number, page in enumerate(pages, 1):
            holder = expect(DictionaryObject, page.ref)
            figure = DictionaryObject(
                {
                    NameObject("/Type"): _ELEMENT,
                    _KIND: _FIGURE,
                    _PARENT: sect,
                    NameObject("/Pg"): page.ref,
                    _KIDS: _FIRST,
                    _ALT: TextStringObject(_said(words.page_image, place, number)),
                    NameObject("/A"): dictionary(O=_LAYOUT, Placement=_BLOCK, BBox=numbers(*page.content)),
                }
            )
            ref = add(self._writer, figure)
            kids.append(ref)
            holder[_OF_CONTENT] = self._key(ArrayObject([ref, *heading]))
            heading = []
            holder[_TABS] = _STRUCTURE
            links = holder.get("/Annots")
            if links is not None:
                kids.append(self._links(sect, page.ref, expect(ArrayObject, links)))
        self._name_links(place, pages, words)

    def _links(self, sect: IndirectObject, page: IndirectObject, links: ArrayObject) -> IndirectObject:
        elements = ArrayObject()
        paragraph = DictionaryObject(
            {NameObject("/Type"): _ELEMENT, _KIND: _PARAGRAPH, _PARENT: sect, _KIDS: elements}
        )
        ref = add(self._writer, paragraph)
        for link in links:
            target = DictionaryObject(
                {NameObject("/Type"): _OBJECT, NameObject("/Obj"): link, NameObject("/Pg"): page}
            )
            element = DictionaryObject(
                {
                    NameObject("/Type"): _ELEMENT,
                    _KIND: _LINK,
                    _PARENT: ref,
                    NameObject("/Pg"): page,
                    _KIDS: target,
                }
            )
            made = add(self._writer, element)
            elements.append(made)
            expect(DictionaryObject, link)[_OF_OBJECT] = self._key(made)
        return ref

    # ----------------------------------------------------------------------- annexes with tags

    def graft(
        self,
        place: Place,
        pages: Sequence[Page],
        tree: DictionaryObject,
        objects: Sequence[PdfObject],
        words: AnnexWords,
    ) -> None:
        """Hang an annex's own tree behind its divider.

        tree: its StructTreeRoot, as intake writes it: one element on top, a flat ParentTree. objects: all objects of the annex.
        """
        sect, kids = self._sect(place.entry)
        headless = not kids
        top = expect(ArrayObject, tree["/K"])[0]
        expect(DictionaryObject, top)[_PARENT] = sect
        kids.append(reference(expect(DictionaryObject, top)))
        base = self._next
        for key, value in _leaves(tree["/ParentTree"], "/Nums"):
            number = base + int(expect(NumberObject, key))
            self._parents += [NumberObject(number), value]
            self._next = max(self._next, number + 1)
        where = {page.ref.idnum: number for number, page in enumerate(pages, 1)}
        self._move(pages, objects)
        for item in objects:
            if not isinstance(item, DictionaryObject):
                continue
            for key in (_OF_CONTENT, _OF_OBJECT):
                if key in item:
                    item[key] = NumberObject(base + int(expect(NumberObject, item[key])))
            if item.get("/Type") == _ELEMENT:
                self._make_own(item, place, words, where)
        for page in pages:
            expect(DictionaryObject, page.ref)[_TABS] = _STRUCTURE
        if headless:
            elements = self._elements_on(expect(DictionaryObject, pages[0].ref))
            heading = self._heading(place, pages[0], sect, len(elements))
            elements.append(heading)
            kids.insert(0, heading)
        self._name_links(place, pages, words)

    def _elements_on(self, page: DictionaryObject) -> ArrayObject:
        """The elements of a page's marks, by number."""
        if _OF_CONTENT not in page:
            page[_OF_CONTENT] = self._key(ArrayObject())
        wanted = page[_OF_CONTENT]
        for key, value in zip(self._parents[::2], self._parents[1::2], strict=True):
            if key == wanted:
                return expect(ArrayObject, value)
        raise BindingError("a page's marks lead to no elements")

    @staticmethod
    def _move(pages: Sequence[Page], objects: Sequence[PdfObject]) -> None:
        """Let attributes that tell of places and lengths tell of the sheets on which pages stand."""
        matrices = {page.ref.idnum: page.moved for page in pages if page.moved is not None}
        if not matrices:
            return
        for item in objects:
            if isinstance(item, DictionaryObject) and item.get("/Type") == _ELEMENT and "/A" in item:
                matrix = matrices.get(_page_of(item))
                if matrix is not None:
                    for attributes in expect(ArrayObject, item["/A"]):
                        move_attributes(expect(DictionaryObject, attributes), matrix)

    def _make_own(
        self, element: DictionaryObject, place: Place, words: AnnexWords, where: dict[int, int]
    ) -> None:
        if _ID in element:
            name = place.named(_text(element[_ID]))
            element[_ID] = ByteStringObject(name.encode())
            self._ids[name] = reference(element)
        for attributes in expect(ArrayObject, element.get("/A", ArrayObject())):
            held = expect(DictionaryObject, attributes)
            if _HEADERS in held:
                held[_HEADERS] = ArrayObject(
                    ByteStringObject(place.named(_text(name)).encode())
                    for name in expect(ArrayObject, held[_HEADERS])
                )
        if str(element[_KIND]) in _NEEDS_ALT and _ALT not in element and "/ActualText" not in element:
            page = dict.get(element, "/Pg")
            number = where.get(page.idnum, 1) if isinstance(page, IndirectObject) else 1
            element[_ALT] = TextStringObject(_said(words.picture, place, number))

    # ----------------------------------------------------------------------- both

    def _heading(self, place: Place, page: Page, sect: IndirectObject, mark: int) -> IndirectObject:
        """The heading of an annex that has no divider. Nothing of it is seen: it is an empty mark at the head of the first page, with words
        for those who hear the pack, as a divider's label and title are its heading elsewhere."""
        holder = expect(DictionaryObject, page.ref)
        begin = add(self._writer, stream_of(b"/H1 <</MCID %d>> BDC EMC" % mark))
        content = holder.raw_get(_CONTENTS)
        parts = [*held] if isinstance(held := content.get_object(), ArrayObject) else [content]
        holder[_CONTENTS] = ArrayObject([begin, *parts])
        element = DictionaryObject(
            {
                NameObject("/Type"): _ELEMENT,
                _KIND: NameObject("/H1"),
                _PARENT: sect,
                NameObject("/Pg"): page.ref,
                _KIDS: NumberObject(mark),
                NameObject("/ActualText"): TextStringObject(f"{place.entry.label} {place.entry.title}"),
            }
        )
        return add(self._writer, element)

    def _sect(self, entry: AnnexEntry) -> tuple[IndirectObject, ArrayObject]:
        """The element of an annex, and the list of its kids to be added to."""
        if entry.anchor not in self._ids:
            raise BindingError(f"the body has no element for {entry.anchor}")
        sect = expect(DictionaryObject, self._ids[entry.anchor])
        kids = sect.get(_KIDS)
        if not isinstance(kids, ArrayObject):
            kids = ArrayObject([] if kids is None else [sect.raw_get(_KIDS)])
            sect[_KIDS] = kids
        return reference(sect), kids

    def _key(self, value: PdfObject) -> NumberObject:
        key = NumberObject(self._next)
        self._next += 1
        self._parents += [key, add(self._writer, value) if isinstance(value, ArrayObject) else value]
        return key

    def _name_links(self, place: Place, pages: Sequence[Page], words: AnnexWords) -> None:
        """Give words to every link that has none: its web address, or the page it leads to."""
        where = {page.ref.idnum: number for number, page in enumerate(pages, 1)}
        for page in pages:
            for link in expect(ArrayObject, expect(DictionaryObject, page.ref).get("/Annots", ArrayObject())):
                held = expect(DictionaryObject, link)
                if held.get("/Contents"):
                    continue
                if "/A" in held:
                    address = expect(DictionaryObject, held["/A"])["/URI"]
                    held[_CONTENTS] = TextStringObject(_text(address))
                else:
                    to: Any = expect(ArrayObject, held["/Dest"])[0]
                    held[_CONTENTS] = TextStringObject(_said(words.link, place, where[to.idnum]))


def _said(template: str, place: Place, page: int) -> str:
    """page: 1-based page of the file."""
    entry = place.entry
    values = {
        "label": entry.label,
        "title": entry.title,
        "page": str(entry.here[page + place.before - 1]),
        "pages": str(entry.pages),
    }
    return fill(template, values)


def _page_of(element: DictionaryObject) -> int:
    """The number of the page object that an element, or the first of those below it that says so, stands on; 0 when none does."""
    waiting: list[PdfObject] = [element]
    while waiting:
        held = waiting.pop().get_object()
        if isinstance(held, ArrayObject):
            waiting.extend(reversed(held))
        elif isinstance(held, DictionaryObject):
            page = dict.get(held, "/Pg")
            if isinstance(page, IndirectObject):
                return page.idnum
            if _KIDS in held:
                waiting.append(held.raw_get(_KIDS))
    return 0


def _leaves(tree: PdfObject | None, kind: str) -> Iterator[tuple[PdfObject, PdfObject]]:
    """The pairs of a number tree ("/Nums") or name tree ("/Names"), in order."""
    waiting = [] if tree is None else [tree]
    while waiting:
        node = expect(DictionaryObject, waiting.pop())
        waiting.extend(reversed(expect(ArrayObject, node.get("/Kids", ArrayObject()))))
        pairs = expect(ArrayObject, node.get(kind, ArrayObject()))
        yield from zip(pairs[::2], pairs[1::2], strict=True)


def _text(value: PdfObject | None) -> str:
    found = None if value is None else value.get_object()
    if isinstance(found, TextStringObject):
        return str(found)
    return expect(ByteStringObject, found).decode("latin-1")
