"""What is wrong with a structure tree, a sentence for each fault: marks against tree against parent tree, order, kinds and their duties.

veraPDF does not look at all of it: that the parent tree leads back to the same element, that marks are used once, that the
order of the tree is the order of the page, that headings skip no level and rows have as many cells as their table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.conformance.tagged import Annotation, Content, Element, Tagged

GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "NonStruct", "TOC", "TOCI", "Index"}
BLOCKS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table", "Caption"}
INLINE = {"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Lbl"}
ILLUSTRATIONS = {"Figure", "Formula", "Form"}
INSIDE = {"LI", "LBody", "TR", "TH", "TD", "THead", "TBody", "TFoot"}
STANDARD = GROUPS | BLOCKS | INLINE | ILLUSTRATIONS | INSIDE
HEADINGS = {f"H{level}": level for level in range(1, 7)}
INK = GROUPS | {"L", "LI", "Table", "TR", "THead", "TBody", "TFoot"}
"""These hold elements, and no content of their own."""

MAY_STAND_IN = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TOCI": {"TOC"},
}
MAY_HOLD = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOC", "TOCI", "Caption"},
}


def structure_faults(pdf: pikepdf.Pdf, own: set[int] | None = None) -> list[str]:
    """What is wrong; [] for a sound file. own: 0-based pages whose content must be painted in the order in which it is read, None
    for all."""
    tagged = Tagged(pdf)
    if not tagged.roots:
        return ["there is no structure tree"]
    return [
        *tagged.trouble,
        *_catalog(pdf),
        *_marks(tagged),
        *_parent_tree(tagged),
        *_annotations(tagged),
        *_order(tagged, own),
        *_kinds(tagged, own),
        *_headings(tagged),
        *_lists(tagged),
        *_tables(tagged),
        *_figures(tagged),
        *_ids(tagged),
    ]


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "the file does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "the document has no language"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the window shows the file's name instead of the title"


# --------------------------------------------------------------------------- marks, tree, parent tree


def _marks(tagged: Tagged) -> Iterator[str]:
    """Everything painted is an artifact or in the tree, once."""
    in_tree = Counter((content.owner, content.mcid) for root in tagged.roots for content in root.contents())
    for mark, times in in_tree.items():
        if times > 1:
            yield f"mark {mark[1]} is in the tree {times} times"
        if mark not in tagged.by_mark:
            yield f"mark {mark[1]} of the tree is on no page"
    for (owner, mcid), pieces in tagged.by_mark.items():
        if len(pieces) > 1:
            yield f"mark {mcid} is used {len(pieces)} times on page {pieces[0].page + 1}"
        if (owner, mcid) not in in_tree:
            yield f"mark {mcid} on page {pieces[0].page + 1} is not in the tree: {pieces[0].text[:40]!r}"
    for piece in tagged.pieces:
        if piece.mcid is None and not piece.artifact and piece.paints:
            yield f"something on page {piece.page + 1} is neither content nor artifact: {piece.text[:40]!r}"
        if piece.nested:
            yield f"a mark inside a mark on page {piece.page + 1}: {piece.text[:40]!r}"
        if "\ufffd" in piece.text and piece.mcid is not None:
            yield f"letters on page {piece.page + 1} mean nothing: {piece.text[:40]!r}"


def _parent_tree(tagged: Tagged) -> Iterator[str]:
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


def _owners(tagged: Tagged) -> dict[tuple[int, int], Any]:
    """Pages, and forms with marks of their own."""
    found: dict[tuple[int, int], Any] = {page.obj.objgen: page.obj for page in tagged.pdf.pages}
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
    holder: dict[tuple[int, int], list[tuple[Element, Annotation]]] = {}
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


def _order(tagged: Tagged, own: set[int] | None) -> Iterator[str]:
    """The tree is read in the order in which the pages are painted. A row that goes on on the next page is read cell by cell,
    so that within a row pages may alternate."""
    place = {
        (piece.owner, piece.mcid): (piece.page, at)
        for at, piece in enumerate(tagged.pieces)
        if piece.mcid is not None
    }

    def reading(element: Element) -> Iterator[tuple[int, int, int]]:
        """(page, place in it, row) of all content, the row being that of the outermost table."""
        for content in element.contents():
            at = place.get((content.owner, content.mcid))
            if at is not None and (own is None or at[0] in own):
                yield (*at, rows.get((content.owner, content.mcid), 0))

    rows: dict[tuple[tuple[int, int], int], int] = {}
    for element in tagged.elements:
        if element.role == "TR":
            for content in element.contents():
                rows.setdefault((content.owner, content.mcid), element.key[0])
    for root in tagged.roots:
        for before, after in pairwise(reading(root)):
            if after < before and not (before[2] and before[2] == after[2] and after[0] != before[0]):
                words = tagged.pieces[after[1]].text[:40]
                yield f"{words!r} on page {after[0] + 1} is read after what is painted behind it"


# --------------------------------------------------------------------------- kinds and their duties


def _kinds(tagged: Tagged, own: set[int] | None) -> Iterator[str]:
    for element in tagged.elements:
        role = element.role
        if role not in STANDARD:
            yield f"{element} is of no standard kind"
        if element.kind in STANDARD and role != element.kind:
            yield f"the kind {element.kind} is given another meaning"
        around = element.parent.role if element.parent is not None else None
        if role in MAY_STAND_IN and around not in MAY_STAND_IN[role]:
            yield f"{element} stands in {element.parent}"
        if role in MAY_HOLD:
            strange = [str(kid) for kid in element.elements if kid.role not in MAY_HOLD[role]]
            yield from (f"{element} holds {kid}" for kid in strange)
        if role in INK and any(isinstance(kid, Content) for kid in element.kids):
            yield f"{element} has words of its own"
        if role in {"P", *HEADINGS} | (INLINE - {"Note"}):
            inner = [str(kid) for kid in element.elements if kid.role not in INLINE | ILLUSTRATIONS]
            yield from (f"{element} holds {kid}" for kid in inner)
        if not element.kids and role not in {"TD", "TH"} and _is_own(element, own):
            yield f"{element} is empty"
    if [root.role for root in tagged.roots] != ["Document"]:
        yield "the tree does not begin with one Document"


def _is_own(element: Element, own: set[int] | None) -> bool:
    """Whether what is around an element stands on own pages."""
    around: Element | None = element
    while around is not None:
        pages = {content.page for content in around.contents()}
        if pages:
            return own is None or bool(pages & own)
        around = around.parent
    return True


def _headings(tagged: Tagged) -> Iterator[str]:
    level = 0
    for element in tagged.elements:
        now = HEADINGS.get(element.role)
        if now is None:
            continue
        if now > level + 1:
            yield f"{element} comes after level {level}"
        level = now
        if not _words(tagged, element):
            yield f"{element} has no words"
    if level == 0:
        yield "there are no headings"


def _words(tagged: Tagged, element: Element) -> str:
    pieces = (tagged.by_mark.get((content.owner, content.mcid), []) for content in element.contents())
    return "".join(piece.text for found in pieces for piece in found).strip()


def _lists(tagged: Tagged) -> Iterator[str]:
    for element in tagged.elements:
        if element.role == "LI":
            kinds = [kid.role for kid in element.elements]
            if kinds not in (["Lbl", "LBody"], ["LBody"]):
                yield f"{element} has {kinds} instead of a label and a body"
            elif element.elements[0].role == "Lbl" and not _words(tagged, element.elements[0]):
                yield f"the label of {element} has no words"
        if element.role == "L":
            labelled = {len(item.elements) for item in element.elements if item.role == "LI"}
            if labelled == {1}:
                yield f"{element} has no labels"


def _tables(tagged: Tagged) -> Iterator[str]:
    for element in tagged.elements:
        if element.role == "Table":
            rows = list(_rows(element))
            widths = Counter(sum(_span(cell, "ColSpan") for cell in row.elements) for row in rows)
            spans = any(_span(cell, "RowSpan") > 1 for row in rows for cell in row.elements)
            if len(widths) > 1 and not spans:
                yield f"the rows of {element} have {sorted(widths)} cells"
            if not rows:
                yield f"{element} has no rows"
            heads = [cell for row in rows for cell in row.elements if cell.role == "TH"]
            if any(kid.role == "THead" for kid in element.elements) and not heads:
                yield f"the head of {element} has no header cells"
            captions = [at for at, kid in enumerate(element.elements) if kid.role == "Caption"]
            if captions not in ([], [0], [len(element.elements) - 1]):
                yield f"the caption of {element} stands in its middle"
        if element.role == "TH" and element.attributes.get("Scope") not in (Name.Column, Name.Row, Name.Both):
            yield f"{element} does not say whose header it is"


def _rows(table: Element) -> Iterator[Element]:
    for kid in table.elements:
        if kid.role == "TR":
            yield kid
        elif kid.role in {"THead", "TBody", "TFoot"}:
            yield from (row for row in kid.elements if row.role == "TR")


def _span(cell: Element, name: str) -> int:
    return int(cell.attributes.get(name, 1))


def _figures(tagged: Tagged) -> Iterator[str]:
    for element in tagged.elements:
        if element.role in {"Figure", "Formula"}:
            if not (element.text_of("/Alt") or element.text_of("/ActualText") or "").strip():
                yield f"{element} does not say what it shows"
            box = element.attributes.get("BBox")
            if element.role == "Figure" and (
                box is None or not (float(box[0]) < float(box[2]) and float(box[1]) < float(box[3]))
            ):
                yield f"{element} does not say where it stands"


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
