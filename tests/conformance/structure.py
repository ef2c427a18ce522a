"""What is wrong with a structure tree, a sentence for each fault: its marks (marks.py), and the kinds of its elements with their
duties: levels of headings, cells of rows, labels of items, words for pictures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

from tests.conformance.marks import mark_faults
from tests.conformance.tagged import Content, Element, Tagged

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
    """What is wrong; [] for a sound file. own: 0-based pages that the pack itself set, None for all.

    What an annex brought along must be consistent; how it is made up is its own matter.
    """
    tagged = Tagged(pdf)
    if not tagged.roots:
        return ["there is no structure tree"]
    elements = [element for element in tagged.elements if _is_own(element, own)]
    return [
        *_catalog(pdf),
        *mark_faults(tagged, own),
        *_kinds(tagged, elements),
        *_headings(tagged),
        *_lists(tagged, elements),
        *_tables(elements),
        *_figures(tagged.elements),
        *(f"{each} has no name" for each in elements if each.role == "Note" and not each.text_of("/ID")),
    ]


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "the file does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "the document has no language"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the window shows the file's name instead of the title"


# --------------------------------------------------------------------------- kinds and their duties


def _kinds(tagged: Tagged, elements: list[Element]) -> Iterator[str]:
    for element in elements:
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
        if not element.kids and role not in {"TD", "TH"}:
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


def _lists(tagged: Tagged, elements: list[Element]) -> Iterator[str]:
    for element in elements:
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


def _tables(elements: list[Element]) -> Iterator[str]:
    for element in elements:
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


def _figures(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.role in {"Figure", "Formula"}:
            if not (element.text_of("/Alt") or element.text_of("/ActualText") or "").strip():
                yield f"{element} does not say what it shows"
            box = element.attributes.get("BBox")
            if element.role == "Figure" and (
                box is None or not (float(box[0]) < float(box[2]) and float(box[1]) < float(box[3]))
            ):
                yield f"{element} does not say where it stands"
