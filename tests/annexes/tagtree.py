"""Reads the tags of a PDF back: every key and every mark must lead where it says, and the tree must be whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, Stream


@dataclass
class Node:
    """An element as read. marks: (0-based page, MCID), links: annotations; all in reading order with the kids."""

    element: Object
    kind: str
    kids: list[Node | tuple[int, int] | Object] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all()

    def find(self, kind: str) -> list[Node]:
        return [node for node in self.all() if node.kind == kind]

    @property
    def marks(self) -> list[tuple[int, int]]:
        """Of this element and all below, in reading order."""
        found: list[tuple[int, int]] = []
        for kid in self.kids:
            if isinstance(kid, Node):
                found += kid.marks
            elif isinstance(kid, tuple):
                found.append(kid)
        return found

    def shape(self) -> object:
        """Kinds as nested lists, leaves as plain words."""
        kids = [kid.shape() for kid in self.kids if isinstance(kid, Node)]
        return [self.kind, *kids] if kids else self.kind


def read_tree(pdf: Pdf) -> Node:
    """The structure tree, checked: raises AssertionError for anything that does not fit together."""
    root = pdf.Root.StructTreeRoot
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    owners: dict[tuple[int, int], dict[object, Object]] = {}
    annotations: dict[tuple[int, int], Object] = {}

    def read(element: Object, parent: Object) -> Node:
        assert element.P.objgen == parent.objgen, f"{element.S} has another parent"
        node = Node(element, str(element.S)[1:])
        kids = element.get("/K")
        for kid in kids if isinstance(kids, Array) else [] if kids is None else [kids]:
            page = element.get("/Pg")
            if isinstance(kid, int):
                owners.setdefault(page.objgen, {})[kid] = element
                node.kids.append((pages[page.objgen], kid))
            elif kid.get("/Type") == Name.MCR:
                page = kid.get("/Pg", page)
                holder = kid.get("/Stm", page)
                owners.setdefault(holder.objgen, {})[int(kid.MCID)] = element
                node.kids.append((pages[page.objgen], int(kid.MCID)))
            elif kid.get("/Type") == Name.OBJR:
                assert kid.Obj.objgen not in annotations, "an annotation in two places"
                annotations[kid.Obj.objgen] = element
                node.kids.append(kid.Obj)
            else:
                node.kids.append(read(kid, element))
        return node

    top = root.K[0] if isinstance(root.K, Array) else root.K
    tree = read(top, root)
    numbers = dict(NumberTree(root.ParentTree).items())
    assert int(root.ParentTreeNextKey) > max(numbers)
    used: list[int] = []
    for index, page in enumerate(pdf.pages):
        used += check_content(page.obj, owners, numbers, f"page {index + 1}")
        for form in forms(page.obj):
            used += check_content(form, owners, numbers, f"a form of page {index + 1}")
        for annotation in page.obj.get("/Annots", Array()):
            key = int(annotation.StructParent)
            assert numbers[key].objgen == annotations[annotation.objgen].objgen
            used.append(key)
            assert annotation.F == 4
            assert str(annotation.Contents)
        assert page.obj.Tabs == Name.S
    assert len(used) == len(set(used)), "a key for two"
    assert set(used) == set(numbers)
    names = dict(pikepdf.NameTree(root.IDTree).items()) if "/IDTree" in root else {}
    ids = [bytes(node.element.ID) for node in tree.all() if "/ID" in node.element]
    assert len(ids) == len(set(ids)), "an ID of two elements"
    assert {bytes(node.element.ID): node.element.objgen for node in tree.all() if "/ID" in node.element} == {
        name.encode("latin-1") if isinstance(name, str) else bytes(name): value.objgen
        for name, value in names.items()
    }
    return tree


def check_content(
    holder: Object,
    owners: dict[tuple[int, int], dict[object, Object]],
    numbers: dict[int, Object],
    where: str,
) -> list[int]:
    marks = marks_of(holder)
    assert sorted(marks) == sorted(set(marks)), f"{where}: a mark twice"
    listed = owners.get(holder.objgen, {})
    assert set(marks) == set(listed), f"{where}: {marks} in the content, {sorted(listed)} in the tree"
    if not marks:
        assert "/StructParents" not in holder
        return []
    key = int(holder.StructParents)
    parents = numbers[key]
    for mark in marks:
        assert parents[mark].objgen == listed[mark].objgen, f"{where}: {mark} leads to another element"
    return [key]


def marks_of(holder: Object) -> list[int]:
    properties = holder.get("/Resources", Dictionary()).get("/Properties", Dictionary())
    marks: list[int] = []
    open_marks: list[int | str | None] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            held = instruction.operands[1] if operator == "BDC" else Dictionary()
            if isinstance(held, Name):
                held = properties[str(held)]
            mark = held.get("/MCID")
            inside = {kind for kind in open_marks if kind is not None}
            if mark is not None:
                assert "artifact" not in inside, "content in an artifact"
                marks.append(int(mark))
            if instruction.operands[0] == Name.Artifact:
                assert not any(isinstance(kind, int) for kind in inside), "an artifact in content"
                open_marks.append("artifact")
            else:
                open_marks.append(None if mark is None else int(mark))
        elif operator == "EMC":
            open_marks.pop()
        elif operator in {"Tj", "TJ", "'", '"'}:
            assert "/StructParents" not in holder or any(kind is not None for kind in open_marks), (
                "text outside of every mark"
            )
    assert not open_marks
    return marks


def forms(page: Object) -> list[Object]:
    found: dict[tuple[int, int], Object] = {}
    waiting = [page]
    while waiting:
        named = waiting.pop().get("/Resources", Dictionary()).get("/XObject", Dictionary())
        for key in named:
            form = named[key]
            if isinstance(form, Stream) and form.get("/Subtype") == Name.Form and form.objgen not in found:
                found[form.objgen] = form
                waiting.append(form)
    return list(found.values())


def opened(pack: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(pack))
