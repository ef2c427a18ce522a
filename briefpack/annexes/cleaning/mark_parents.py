"""Whether marks and the structure tree know of each other: what leads from marks to the tree (ISO 32000-1, 14.7.4.4) must lead where they are listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pikepdf import Array, Dictionary, Pdf

from briefpack.annexes.cleaning.marks import Key, Marked, Untagged
from briefpack.annexes.cleaning.tags import Place
from briefpack.annexes.values import several


def check_parents(
    pdf: Pdf, root: Dictionary, listed: Mapping[Place, Key], pages: tuple[Marked, ...]
) -> dict[Place, Place]:
    """See that every mark is in the tree, and that what leads from marks to the tree leads there. Raises Untagged.

    Returns where marks are that the tree looks for elsewhere: some writers count those in forms among the page's.
    """
    parents = dict(_numbers(root.get("/ParentTree")))
    moved: dict[Place, Place] = {}
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
        waiting.extend(several(node.get("/Kids")))
        pairs = several(node.get("/Nums"))
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            if isinstance(key, int):
                yield key, value
