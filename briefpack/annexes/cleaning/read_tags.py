"""The structure tree of an annex → a tree that says the same in the terms of PDF 1.7 alone, or nothing when its tags are not whole.

Roles and classes are resolved, so that annexes cannot quarrel about their meaning in one pack. Structure trees are ISO 32000-1, 14.7
and 14.8.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annexes.cleaning.mark_parents import check_parents
from briefpack.annexes.cleaning.marks import Key, Untagged, read_marks
from briefpack.annexes.cleaning.tag_kinds import standard_kind
from briefpack.annexes.cleaning.tags import Element, Kid, Mark, Place, Tags, Target
from briefpack.annexes.language import is_language
from briefpack.annexes.values import several

_TEXTS = ("/Alt", "/ActualText", "/E", "/T")
_OWNERS = frozenset({"/Layout", "/List", "/Table", "/PrintField"})
"""Owners of attributes that PDF itself explains; what others mean, only their makers know."""
_DEEPEST = 100
_MOST_ELEMENTS = 400_000


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
        moved = check_parents(pdf, root, reader.listed, pages)
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


def _found(kid: Kid, moved: Mapping[Place, Place]) -> Kid:
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
        self.listed: dict[Place, Key] = {}

    def read(self) -> list[Element]:
        """The elements on top. Afterwards, listed says which element lists a mark."""
        found = []
        for kid in several(self._root.get("/K")):
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
        for kid in several(held.get("/K")):
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
        return standard_kind(name, self._roles)

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
        for kind in several(held.get("/C")):
            if isinstance(kind, Name) and isinstance(self._classes, Dictionary):
                self._attribute(element, self._classes.get(kind))
        self._attribute(element, held.get("/A"))

    @staticmethod
    def _attribute(element: Element, value: Object | None) -> None:
        for held in several(value):
            # Between them may stand revision numbers.
            if not isinstance(held, Dictionary) or _text_of(held.get("/O")) not in _OWNERS:
                continue
            kept: dict[str, object] = {}
            for key in held:
                if str(key) == "/Headers":
                    element.headers = [
                        bytes(name) for name in several(held[str(key)]) if isinstance(name, String)
                    ]
                    continue
                plain = _plain(held[str(key)], 0)
                if plain is not None:
                    kept[str(key)] = plain
            element.attributes.append(kept)


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
