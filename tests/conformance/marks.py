"""What is wrong between the marks on the pages, the structure tree and the parent tree: a sentence for each fault.

veraPDF does not look at all of it: that the parent tree leads back to the same element, that marks are used once, that the
order of the tree is the order of the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.conformance.tagged import Annotation, Content, Element, Key, Tagged


def mark_faults(tagged: Tagged, own: set[int] | None) -> list[str]:
    """As structure.structure_faults, for marks, annotations, order and names."""
    return [
        *tagged.trouble,
        *_marks(tagged, own),
        *_parent_tree(tagged, own),
        *_annotations(tagged),
        *_order(tagged, own),
        *_ids(tagged),
    ]


def _marks(tagged: Tagged, own: set[int] | None) -> Iterator[str]:
    """Everything painted is an artifact or in the tree, once; other programs leave their furniture out of the tree."""
    in_tree = Counter((content.owner, content.mcid) for root in tagged.roots for content in root.contents())
    for mark, times in in_tree.items():
        if times > 1:
            yield f"mark {mark[1]} is in the tree {times} times"
        if mark not in tagged.by_mark:
            yield f"mark {mark[1]} of the tree is on no page"
    for (owner, mcid), pieces in tagged.by_mark.items():
        if len(pieces) > 1:
            yield f"mark {mcid} is used {len(pieces)} times on page {pieces[0].page + 1}"
        if (owner, mcid) not in in_tree and (own is None or pieces[0].page in own):
            yield f"mark {mcid} on page {pieces[0].page + 1} is not in the tree: {pieces[0].text[:40]!r}"
    for piece in tagged.pieces:
        if piece.mcid is None and not piece.artifact and piece.paints:
            yield f"something on page {piece.page + 1} is neither content nor artifact: {piece.text[:40]!r}"
        if piece.nested and (own is None or piece.page in own):
            yield f"a mark inside a mark on page {piece.page + 1}: {piece.text[:40]!r}"
        if "\ufffd" in piece.text and piece.mcid is not None and (own is None or piece.page in own):
            yield f"letters on page {piece.page + 1} mean nothing: {piece.text[:40]!r}"


def _parent_tree(tagged: Tagged, own: set[int] | None) -> Iterator[str]:
    """From every mark the parent tree leads to the element that holds it, and holds nothing else."""
    root = tagged.pdf.Root.StructTreeRoot
    if "/ParentTree" not in root:
        yield "there is no parent tree"
        return
    parents = {int(key): value for key, value in pikepdf.NumberTree(root.ParentTree).items()}
    if parents and int(root.get("/ParentTreeNextKey", -1)) <= max(parents):
        yield "the next key of the parent tree is taken"
    holder = {
        (content.owner, content.mcid): element
        for element in tagged.elements
        for content in element.kids
        if isinstance(content, Content)
    }
    used: set[int] = set()
    for owner, holding in _owners(tagged).items():
        key = holding.get("/StructParents")
        marks = {mcid for of, mcid in tagged.by_mark if of == owner}
        if key is None:
            if marks:
                yield f"object {owner[0]} has marks and no key into the parent tree"
            continue
        if int(key) in used:
            yield f"key {int(key)} of the parent tree is used twice"
        used.add(int(key))
        listed = parents.get(int(key))
        if not isinstance(listed, Array):
            yield f"the parent tree has no list for object {owner[0]}"
            continue
        for mcid, element in enumerate(listed):
            expected = holder.get((owner, mcid))
            if expected is None and own is not None and tagged.pages.get(owner, -1) not in own:
                # Another program's furniture may lead to an element that is in no tree.
                continue
            if isinstance(element, Dictionary) != (expected is not None) or (
                expected is not None and element.objgen != expected.key
            ):
                yield f"the parent tree leads from mark {mcid} of object {owner[0]} to another element than {expected}"
        for mcid in marks:
            if mcid >= len(listed):
                yield f"the parent tree does not know mark {mcid} of object {owner[0]}"
    used |= {int(found.StructParent) for found in _annotations_of(tagged) if "/StructParent" in found}
    for key in sorted(set(parents) - used):
        yield f"key {key} of the parent tree belongs to nothing"


def _owners(tagged: Tagged) -> dict[Key, Any]:
    """Pages, and forms with marks of their own."""
    found: dict[Key, Any] = {page.obj.objgen: page.obj for page in tagged.pdf.pages}
    for item in tagged.pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/StructParents" in item:
            found[item.objgen] = item
    return found


def _annotations_of(tagged: Tagged) -> Iterator[Any]:
    for page in tagged.pdf.pages:
        yield from page.obj.get("/Annots", [])


def _annotations(tagged: Tagged) -> Iterator[str]:
    root = tagged.pdf.Root.StructTreeRoot
    parents: dict[int, Any] = {}
    if "/ParentTree" in root:
        parents |= {int(key): value for key, value in pikepdf.NumberTree(root.ParentTree).items()}
    holder: dict[Key, list[tuple[Element, Annotation]]] = {}
    for element in tagged.elements:
        for kid in element.kids:
            if isinstance(kid, Annotation):
                holder.setdefault(kid.key, []).append((element, kid))
    seen = set()
    for number, page in enumerate(tagged.pdf.pages):
        annotations = list(page.obj.get("/Annots", []))
        if annotations and page.obj.get("/Tabs") != Name.S:
            yield f"the order of tabs on page {number + 1} is not that of the tree"
        for found in annotations:
            where = f"the annotation {found.objgen[0]} on page {number + 1}"
            seen.add(found.objgen)
            if found.get("/Subtype") == Name.Link and not str(found.get("/Contents", "")).strip():
                yield f"{where} does not say where it leads"
            if not int(found.get("/F", 0)) & 4:
                yield f"{where} is not printed"
            held = holder.get(found.objgen, [])
            if len(held) != 1:
                yield f"{where} is in the tree {len(held)} times"
                continue
            element, reference = held[0]
            if reference.page != number:
                yield f"the tree has {where} on another page"
            if found.get("/Subtype") == Name.Link and element.role != "Link":
                yield f"{where} stands in a {element.kind}"
            listed = parents.get(int(found.get("/StructParent", -1)))
            if not isinstance(listed, Dictionary) or listed.objgen != element.key:
                yield f"the parent tree does not lead from {where} to its element"
    for key, held in holder.items():
        if key not in seen:
            yield f"{held[0][0]} holds an annotation that is on no page"
    for element in tagged.elements:
        if element.role == "Link" and not any(
            isinstance(kid, Annotation) for each in element.walk() for kid in each.kids
        ):
            yield f"{element} leads nowhere"


# --------------------------------------------------------------------------- order


def _beside(element: Element) -> bool:
    """Whether an element holds what stands side by side."""
    return element.role == "TR" or (
        element.role == "Div" and any(each.role == "Div" for each in element.elements)
    )


def _order(tagged: Tagged, own: set[int] | None) -> Iterator[str]:
    """The tree is read in the order in which the pages are painted. A row that goes on on the next page is read cell by cell,
    so that within a row pages may alternate; within a table whose cells cover several rows, and within parts that stand side by
    side (which a Div holds), they may, too; and a row that goes on in the next column may do so on its page.
    Notes are painted at the foot of their pages, in order."""
    place = {
        (piece.owner, piece.mcid): (piece.page, at)
        for at, piece in enumerate(tagged.pieces)
        if piece.mcid is not None
    }

    def reading(element: Element, *, notes: bool) -> Iterator[tuple[int, int, int]]:
        """(page, place in it, row) of all content of notes or of the text, the row being that of the outermost table."""
        for content in element.contents():
            at = place.get((content.owner, content.mcid))
            noted = (content.owner, content.mcid) in in_notes
            if at is not None and noted is notes and (own is None or at[0] in own):
                yield (*at, rows.get((content.owner, content.mcid), 0))

    rows: dict[tuple[Key, int], int] = {}
    columned = {
        element.key[0]
        for element in tagged.elements
        if element.role == "Div" and any(_beside(each) for each in element.walk() if each is not element)
    }
    for element in tagged.elements:
        joined = element.role == "Table" and any(
            int(cell.attributes.get("RowSpan", 1)) > 1 for cell in element.walk()
        )
        if joined or element.role in {"TR", "Div"}:
            for content in element.contents():
                rows.setdefault((content.owner, content.mcid), element.key[0])
    in_notes = {
        (content.owner, content.mcid)
        for element in tagged.elements
        if element.role == "Note"
        for content in element.contents()
    }
    pairs = (
        pair
        for root in tagged.roots
        for notes in (False, True)
        for pair in pairwise(reading(root, notes=notes))
    )
    for before, after in pairs:
        together = before[2] and before[2] == after[2]
        if after < before and not (together and (after[0] != before[0] or after[2] in columned)):
            words = tagged.pieces[after[1]].text[:40]
            yield f"{words!r} on page {after[0] + 1} is read after what is painted behind it"


def _ids(tagged: Tagged) -> Iterator[str]:
    """Names of elements are unique, and the tree of names leads to them."""
    named: dict[bytes, Element] = {}
    for element in tagged.elements:
        name = element.source.get("/ID")
        if name is None:
            continue
        if bytes(name) in named:
            yield f"two elements are called {bytes(name)!r}"
        named[bytes(name)] = element
    tree = tagged.pdf.Root.StructTreeRoot.get("/IDTree")
    listed = (
        {} if tree is None else {str(name).encode(): value for name, value in pikepdf.NameTree(tree).items()}
    )
    if {name: element.key for name, element in named.items()} != {
        name: value.objgen for name, value in listed.items()
    }:
        yield "the tree of names does not lead to the elements that have them"
    for element in tagged.elements:
        for name in element.attributes.get("Headers", []):
            if bytes(name) not in named:
                yield f"{element} names a header that is not there"
