"""A tidy tree of tags → the structure tree of the clean file: one element on top, a flat ParentTree, keys from 0 on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annexes.cleaning.marks import Key
from briefpack.annexes.cleaning.tags import Element, Mark, Tags, Target


def write_tags(
    new: Pdf,
    tags: Tags,
    pages: Sequence[Object],
    forms: Mapping[Key, Object],
    links: Mapping[Key, Object],
) -> None:
    """Write tags whose marks are in the content of pages and forms already.

    pages: of the new file. forms, links: by the object that each was in the old file.
    """
    writer = _Writer(new, pages, forms, links)
    writer.add_missing_links(tags.top)
    root = new.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([writer.element(tags.top, root)])
    owners = [(page, marked) for page, marked in zip(pages, tags.pages, strict=True)]
    for page, marked in owners:
        for owner in marked.marks:
            writer.key(forms.get(owner, page), writer.elements_of(owner))
    for link, element in writer.link_elements:
        writer.object_key(link, element)
    root.ParentTree = new.make_indirect(Dictionary(Nums=writer.numbers))
    new.Root.StructTreeRoot = root
    new.Root.MarkInfo = Dictionary(Marked=True)


class _Writer:
    def __init__(
        self, new: Pdf, pages: Sequence[Object], forms: Mapping[Key, Object], links: Mapping[Key, Object]
    ) -> None:
        self._new, self._pages, self._forms, self._links = new, pages, forms, links
        self._owned: dict[Key, dict[int, Object]] = {}
        self._keys = 0
        self.numbers = Array()
        self.link_elements: list[tuple[Object, Object]] = []
        self._link_pages = {
            link.objgen: page
            for page in pages
            for link in (page.get("/Annots", Array()) if "/Annots" in page else ())
        }

    def add_missing_links(self, top: Element) -> None:
        """Hang links that no element holds at the end: they can be followed, so they are content."""
        held = {kid.annotation for element in top.all() for kid in element.kids if isinstance(kid, Target)}
        missing = [key for key in self._links if key not in held]
        if missing:
            top.kids.append(Element("P", [Element("Link", [Target(key)]) for key in missing]))

    def element(self, element: Element, parent: Object) -> Object:
        made = self._new.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.kind}"), P=parent))
        page = next((kid.page for kid in element.kids if isinstance(kid, Mark)), element.page)
        if page is not None:
            made.Pg = self._pages[page]
        for key, text in element.texts.items():
            made[key] = String(text)
        if element.name is not None:
            made.ID = String(element.name)
        attributes = [Dictionary(held) for held in element.attributes]
        if element.headers:
            attributes.append(
                Dictionary(O=Name.Table, Headers=Array([String(name) for name in element.headers]))
            )
        if attributes:
            made.A = Array(attributes)
        kids = Array()
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self.element(kid, made))
            elif isinstance(kid, Mark):
                kids.append(self._mark(kid, page, made))
            else:
                kids.append(self._target(kid, made))
        if len(kids):
            made.K = kids
        return made

    def _mark(self, mark: Mark, page: int | None, element: Object) -> Object | int:
        self._owned.setdefault(mark.owner, {})[mark.number] = element
        form = self._forms.get(mark.owner)
        if form is None and mark.page == page:
            return mark.number
        reference = Dictionary(Type=Name.MCR, Pg=self._pages[mark.page], MCID=mark.number)
        if form is not None:
            reference.Stm = form
        return reference

    def _target(self, target: Target, element: Object) -> Object:
        link = self._links[target.annotation]
        self.link_elements.append((link, element))
        return Dictionary(Type=Name.OBJR, Obj=link, Pg=self._link_pages[link.objgen])

    def elements_of(self, owner: Key) -> Array:
        """The elements of an owner's marks, by number."""
        owned = self._owned[owner]
        return Array([owned.get(number) for number in range(max(owned) + 1)])

    def key(self, holder: Object, elements: Array) -> None:
        """Lead from content to its elements."""
        holder.StructParents = self._keys
        self._note(self._new.make_indirect(elements))

    def object_key(self, link: Object, element: Object) -> None:
        """Lead from a link to its element."""
        link.StructParent = self._keys
        self._note(element)

    def _note(self, value: Object) -> None:
        # pikepdf takes Python's numbers, which its types do not say.
        key: Any = self._keys
        self.numbers.extend([key, value])
        self._keys += 1
