"""The structure tree of an annex → a tree that says the same in the terms of PDF 1.7 alone, or nothing when its tags are not whole.

Roles and classes are resolved, so that annexes cannot quarrel about their meaning in one pack. Structure trees are ISO 32000-1, 14.7
and 14.8.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annexes.cleaning.marks import Key, Marked, Untagged, read_marks
from briefpack.annexes.language import is_language

GROUPING = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
    ]
)
_BLOCKS = frozenset(
    [
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
    ]
)
_INLINE = frozenset(
    [
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
    ]
)
_ILLUSTRATIONS = frozenset({"Figure", "Formula", "Form"})
STANDARD = GROUPING | _BLOCKS | _INLINE | _ILLUSTRATIONS
"""ISO 32000-1, 14.8.4."""
_NEWER = {
    "Title": "P",
    "FENote": "Note",
    "Sub": "Span",
    "Em": "Span",
    "Strong": "Span",
    "Aside": "Div",
    "DocumentFragment": "Div",
    "Artifact": "NonStruct",
}
"""Types that came with PDF 2.0, in terms of PDF 1.7."""
_HEADING = re.compile(r"H[1-9]\d*")

_TEXTS = ("/Alt", "/ActualText", "/E", "/T")
_OWNERS = frozenset({"/Layout", "/List", "/Table", "/PrintField"})
"""Owners of attributes that PDF itself explains; what others mean, only their makers know."""
_DEEPEST = 100
_MOST_ELEMENTS = 400_000
_MOST_ROLES = 32


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content. owner: the page or form it is in. page: 0-based; of pages that were left out, the number of pages and up."""

    owner: Key
    number: int
    page: int


@dataclass(frozen=True, slots=True)
class Target:
    """An annotation, by its object."""

    annotation: Key


_Place: TypeAlias = tuple[Key, int]
"""A mark: the object whose content it is in, and its number."""
Kid: TypeAlias = "Element | Mark | Target"


@dataclass(slots=True)
class Element:
    """kind: of PDF 1.7, without its slash. texts: by key, as "/Alt". attributes: one dictionary each, of plain values.

    name: the ID by which others refer to it. headers: the IDs of a cell's headers.
    """

    kind: str
    kids: list[Kid] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    attributes: list[dict[str, object]] = field(default_factory=list)
    name: bytes | None = None
    headers: list[bytes] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def all(self) -> Iterator[Element]:
        """The element itself and all below, in reading order."""
        yield self
        for kid in self.elements:
            yield from kid.all()

    def attribute(self, key: str) -> object:
        """The value of an attribute; the last one given counts."""
        return next((held[key] for held in reversed(self.attributes) if key in held), None)

    @property
    def page(self) -> int | None:
        """The page of the first mark below it."""
        for kid in self.kids:
            found = kid.page if isinstance(kid, (Mark, Element)) else None
            if found is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class Tags:
    """top: a Div. pages: the marks of every page."""

    top: Element
    pages: tuple[Marked, ...]


def is_heading(element: Element) -> bool:
    """Whether it is a heading with a level."""
    return len(element.kind) == 2 and element.kind[0] == "H" and element.kind[1].isdigit()


def read_tags(pdf: Pdf, left_out: Collection[Key] = ()) -> Tags | None:
    """The tags of a document; None when it has none, or they do not say all that its pages say.

    left_out: pages that were taken out of it. The marks on them are still in the tree.
    """
    root, mark_info = pdf.Root.get("/StructTreeRoot"), pdf.Root.get("/MarkInfo")
    if not isinstance(root, Dictionary) or not isinstance(mark_info, Dictionary):
        return None
    # pikepdf gives booleans as Python's own, which its types do not say.
    marked: object = mark_info.get("/Marked")
    if marked is not True or not isinstance(root.get("/ParentTree"), Dictionary):
        return None
    try:
        reader = _Reader(pdf, root, left_out)
        elements = reader.read()
        pages = tuple(read_marks(page.obj) for page in pdf.pages)
        moved = _check(pdf, root, reader.listed, pages)
    except Untagged:
        return None
    except Exception:  # noqa: BLE001 - no object is too odd to be in some tree; such tags are not whole, the annex is what it is
        return None
    there = {(owner, number) for page in pages for owner, marks in page.marks.items() for number in marks}
    top = _top(elements)
    for element in top.all():
        element.kids = [_found(kid, moved) for kid in element.kids]
        # What was marked and is not there any more (on a layer that is off, say) is no loss.
        element.kids = [
            kid
            for kid in element.kids
            if not isinstance(kid, Mark) or (kid.owner, kid.number) in there or kid.page >= len(pages)
        ]
    language = pdf.Root.get("/Lang")
    if "/Lang" not in top.texts and isinstance(language, String) and is_language(str(language)):
        top.texts["/Lang"] = str(language)
    return Tags(top, pages)


def _found(kid: Kid, moved: Mapping[_Place, _Place]) -> Kid:
    if isinstance(kid, Mark) and (kid.owner, kid.number) in moved:
        owner, number = moved[kid.owner, kid.number]
        return Mark(owner, number, kid.page)
    return kid


def _top(elements: list[Element]) -> Element:
    """One element that holds the whole document; within a pack it is a part of another one."""
    if len(elements) == 1 and elements[0].kind == "Document":
        top = elements[0]
        top.kind = "Div"
    else:
        top = Element("Div", list(elements))
    for element in top.all():
        if element.kind == "Document":
            element.kind = "Div"
    return top


class _Reader:
    """Reads the tree as it is written, roles resolved."""

    def __init__(self, pdf: Pdf, root: Dictionary, left_out: Iterable[Key]) -> None:
        self._root = root
        self._page_keys = [*(page.obj.objgen for page in pdf.pages), *left_out]
        self._pages = {key: index for index, key in enumerate(self._page_keys)}
        self._roles = _names(root.get("/RoleMap"))
        self._classes = root.get("/ClassMap")
        self._seen: set[Key] = set()
        self._count = 0
        self.listed: dict[_Place, Key] = {}

    def read(self) -> list[Element]:
        """The elements on top. Afterwards, listed says which element lists a mark."""
        found = []
        for kid in _list(self._root.get("/K")):
            if not isinstance(kid, Dictionary) or "/S" not in kid:
                raise Untagged
            found.append(self._element(kid, None, 0))
        if not found:
            raise Untagged
        return found

    def _element(self, held: Dictionary, page: int | None, depth: int) -> Element:
        self._count += 1
        if depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise Untagged
        if held.is_indirect:
            if held.objgen in self._seen:
                raise Untagged
            self._seen.add(held.objgen)
        own = held.get("/Pg")
        if isinstance(own, Dictionary):
            page = self._pages.get(own.objgen)
        element = Element(self._kind(held))
        self._describe(element, held)
        for kid in _list(held.get("/K")):
            made = self._kid(kid, page, depth)
            if isinstance(made, Mark):
                if (made.owner, made.number) in self.listed:
                    raise Untagged
                self.listed[made.owner, made.number] = held.objgen
            if made is not None:
                element.kids.append(made)
        return element

    def _kid(self, kid: object, page: int | None, depth: int) -> Kid | None:
        if isinstance(kid, int) and not isinstance(kid, bool):
            return self._mark(kid, page, None)
        if not isinstance(kid, Dictionary):
            return None
        if "/S" in kid:
            return self._element(kid, page, depth + 1)
        own = kid.get("/Pg")
        if isinstance(own, Dictionary):
            page = self._pages.get(own.objgen)
        target = kid.get("/Obj")
        if isinstance(target, Dictionary) and target.get("/Subtype") not in {Name.Form, Name.Image}:
            return Target(target.objgen)
        number: object = kid.get("/MCID")
        if isinstance(number, int) and not isinstance(number, bool):
            return self._mark(number, page, kid.get("/Stm"))
        # A picture that is content as a whole: nothing marks it where it is painted.
        raise Untagged

    def _mark(self, number: int, page: int | None, stream: Object | None) -> Mark:
        if page is None:
            raise Untagged
        return Mark(self._page_keys[page] if stream is None else stream.objgen, number, page)

    def _kind(self, held: Dictionary) -> str:
        name = _name(held.get("/S"))
        space = held.get("/NS")
        where = space.get("/NS") if isinstance(space, Dictionary) else None
        if isinstance(where, String) and "MathML" in str(where):
            return "Span"
        for _ in range(_MOST_ROLES):
            if name not in self._roles or self._roles[name] == name:
                break
            name = self._roles[name]
        if name in STANDARD:
            return name
        if _HEADING.fullmatch(name):
            return "H6"
        return _NEWER.get(name, "NonStruct")

    def _describe(self, element: Element, held: Dictionary) -> None:
        for key in _TEXTS:
            text = held.get(key)
            if isinstance(text, String) and str(text):
                element.texts[key] = str(text)
        language = held.get("/Lang")
        if isinstance(language, String) and is_language(str(language)):
            element.texts["/Lang"] = str(language)
        name = held.get("/ID")
        if isinstance(name, String):
            element.name = bytes(name)
        # Attributes of classes first: the element's own count more.
        for kind in _list(held.get("/C")):
            if isinstance(kind, Name) and isinstance(self._classes, Dictionary):
                self._attribute(element, self._classes.get(kind))
        self._attribute(element, held.get("/A"))

    @staticmethod
    def _attribute(element: Element, value: Object | None) -> None:
        for held in _list(value):
            # Between them may stand revision numbers.
            if not isinstance(held, Dictionary) or _text_of(held.get("/O")) not in _OWNERS:
                continue
            kept: dict[str, object] = {}
            for key in held:
                if str(key) == "/Headers":
                    element.headers = [
                        bytes(name) for name in _list(held[str(key)]) if isinstance(name, String)
                    ]
                    continue
                plain = _plain(held[str(key)], 0)
                if plain is not None:
                    kept[str(key)] = plain
            element.attributes.append(kept)


def _check(
    pdf: Pdf, root: Dictionary, listed: Mapping[_Place, Key], pages: tuple[Marked, ...]
) -> dict[_Place, _Place]:
    """See that every mark is in the tree, and that what leads from marks to the tree leads there. Raises Untagged.

    Returns where marks are that the tree looks for elsewhere: some writers count those in forms among the page's.
    """
    parents = dict(_numbers(root.get("/ParentTree")))
    moved: dict[_Place, _Place] = {}
    for page, marked in zip(pdf.pages, pages, strict=True):
        own = page.obj.objgen
        for owner, marks in marked.marks.items():
            holder = marked.forms.get(owner, page.obj)
            lent = owner != own and "/StructParents" not in holder
            if lent:
                if set(marks) & set(marked.marks.get(own, ())):
                    raise Untagged
                holder = page.obj
            key: object = holder.get("/StructParents")
            elements = parents.get(key) if isinstance(key, int) else None
            if not isinstance(elements, Array):
                raise Untagged
            for number in marks:
                place = (own if lent else owner, number)
                element = elements[number] if number < len(elements) else None
                if not isinstance(element, Dictionary) or listed.get(place) != element.objgen:
                    raise Untagged
                if lent:
                    if place in moved:
                        raise Untagged
                    moved[place] = owner, number
    return moved


def _numbers(tree: object) -> Iterator[tuple[int, object]]:
    """The pairs of a number tree, however it is broken."""
    waiting, seen = [tree], set[Key]()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        waiting.extend(_list(node.get("/Kids")))
        pairs = _list(node.get("/Nums"))
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            if isinstance(key, int):
                yield key, value


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _names(value: object) -> Mapping[str, str]:
    if not isinstance(value, Dictionary):
        return {}
    return {str(key)[1:]: _name(value[str(key)]) for key in value if isinstance(value[str(key)], Name)}


def _name(value: object) -> str:
    return str(value)[1:] if isinstance(value, Name) else ""


def _text_of(value: object) -> str:
    return str(value) if isinstance(value, Name) else ""


def _plain(value: object, depth: int) -> object:
    if isinstance(value, (bool, int, Decimal, Name, String)):
        return value
    if isinstance(value, Array) and depth < 2:
        parts = [_plain(item, depth + 1) for item in value]
        return None if None in parts else Array(parts)
    return None
