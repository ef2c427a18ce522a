"""The structure tree in a PDF: which marks on which pages belong to an element, and the objects that say so.

Recording is kept apart from the tree itself, so that a tree can be drawn more than once. The objects are written out as
bytes: there are thousands of them, and all they hold are numbers of other objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObjectReference

from briefpack.pdf.fonts import PdfDocument
from briefpack.pdf.structure import Element

OWNERS = {
    "Scope": "Table",
    "RowSpan": "Table",
    "ColSpan": "Table",
    "ListNumbering": "List",
    "Placement": "Layout",
    "BBox": "Layout",
}
"""Attribute → its owner (ISO 32000-1, 14.8.5)."""

_KEPT = frozenset({"TH", "TD"})
"""Elements that are in the tree even when they say nothing: a row's cells are counted."""
_LEAF = 256
"""Keys in a leaf of the parent tree; a tree with fewer has no leaves (ISO 32000-1, 7.9.7)."""

_Mark: TypeAlias = tuple[int, int]
"""(0-based page, marked-content identifier)."""
_Annotation: TypeAlias = tuple[int, str]
"""(0-based page, reportlab's name of the object)."""
_Kid: TypeAlias = "Element | _Mark | _Annotation"


class Tags:
    """What is recorded while pages are drawn. root: of the tree.

    Keys of the parent tree are given to pages and annotations in the order in which they come.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        self._own: dict[Element, list[_Kid]] = {}
        self._marks: list[Element] = []
        self._parents: list[Element | list[Element]] = []
        self._boxes: dict[Element, str] = {}
        self._page = 0

    # ----------------------------------------------------------------------- while drawing

    def mark(self, element: Element) -> int:
        """A new marked-content identifier on the page at hand, for what is now drawn of an element."""
        number = len(self._marks)
        self._marks.append(element)
        own = self._own.get(element)
        if own is None:
            own = self._begin(element)
        own.append((self._page, number))
        return number

    def _begin(self, element: Element) -> list[_Kid]:
        """An element says something for the first time: one among words takes its place there."""
        own: list[_Kid] = []
        self._own[element] = own
        parent = element.parent
        if element.inline and parent is not None:
            around = self._own.get(parent)
            if around is None:
                around = self._begin(parent)
            around.append(element)
        return own

    def annotate(self, element: Element, name: str) -> int:
        """An annotation of the page at hand belongs to an element that has been drawn. name: as reportlab refers to it.

        Gives the annotation's key in the parent tree.
        """
        self._own[element].append((self._page, name))
        self._parents.append(element)
        return len(self._parents) - 1

    def place(self, element: Element, box: tuple[float, float, float, float]) -> None:
        """Where a figure stands: left, bottom, right, top in points."""
        self._boxes[element] = "[{:.2f} {:.2f} {:.2f} {:.2f}]".format(*box)

    def end_page(self) -> int | None:
        """Go on to the next page. Gives the key of this one in the parent tree; None when it has no content."""
        self._page += 1
        if not self._marks:
            return None
        self._parents.append(self._marks)
        self._marks = []
        return len(self._parents) - 1

    # ----------------------------------------------------------------------- at the end

    def write(self, pdf: PdfDocument, pages: Sequence[str]) -> None:
        """Put the tree into the PDF. pages: reportlab's names of the page objects."""
        written: list[tuple[Element, list[_Kid]]] = []
        self._collect(self.root, written)
        writer = _Writer(pdf, pages, [element for element, _ in written], self._boxes)
        writer.write(written, self._parents)

    def _collect(self, element: Element, written: list[tuple[Element, list[_Kid]]]) -> bool:
        """List an element and all below it with what they hold, but for those that say nothing."""
        place = len(written)
        kids: list[_Kid] = []
        written.append((element, kids))
        kids.extend(
            kid
            for kid in self._own.get(element, ())
            if not isinstance(kid, Element) or self._collect(kid, written)
        )
        kids.extend(child for child in element.children if self._collect(child, written))
        # The part of an annex without a divider says nothing yet: the binder fills it.
        to_be_filled = element.kind == "Sect" and element.identity is not None
        if kids or element.kind in _KEPT or element is self.root or to_be_filled:
            return True
        del written[place:]
        return False


class _Writer:
    """Numbers are known beforehand: of pages and annotations reportlab has them, elements get the next ones in order."""

    def __init__(
        self,
        pdf: PdfDocument,
        pages: Sequence[str],
        elements: Sequence[Element],
        boxes: dict[Element, str],
    ) -> None:
        self.pdf = pdf
        self.pages = [self._number(name) for name in pages]
        self.boxes = boxes
        # The root comes first.
        self.root = pdf.objectcounter + 1
        self.numbers = {element: self.root + place for place, element in enumerate(elements, 1)}

    def _number(self, name: str) -> int:
        number: int = self.pdf.idToObjectNumberAndVersion[name][0]
        return number

    def _add(self, name: str, content: str) -> None:
        self.pdf.Reference(content.encode("ascii"), name)

    def write(
        self,
        written: Sequence[tuple[Element, list[_Kid]]],
        parents: Sequence[Element | list[Element]],
    ) -> None:
        last = self.root + len(written)
        leaves = [range(start, min(start + _LEAF, len(parents))) for start in range(0, len(parents), _LEAF)]
        if len(leaves) <= 1:
            leaves = []
        tree, names = last + 1, last + 2 + len(leaves)
        identities = sorted((e.identity, number) for e, number in self.numbers.items() if e.identity)
        root = [
            f"<</Type/StructTreeRoot/K {self.root + 1} 0 R/ParentTree {tree} 0 R/ParentTreeNextKey {len(parents)}"
        ]
        if identities:
            root.append(f"/IDTree {names} 0 R")
        self._add("StructTreeRoot", "".join((*root, ">>")))
        for place, (element, kids) in enumerate(written):
            self._add(f"Element{place}", self._element(element, kids))
        if leaves:
            kids_of_tree = " ".join(f"{tree + 1 + k} 0 R" for k in range(len(leaves)))
            self._add("ParentTree", f"<</Kids[{kids_of_tree}]>>")
        else:
            self._add("ParentTree", f"<</Nums[{self._numbered(parents, range(len(parents)))}]>>")
        for keys in leaves:
            numbers = self._numbered(parents, keys)
            self._add(f"ParentTree{keys[0]}", f"<</Limits[{keys[0]} {keys[-1]}]/Nums[{numbers}]>>")
        if identities:
            entries = "".join(f"{text_string(name)}{number} 0 R " for name, number in identities if name)
            self._add("IDTree", f"<</Names[{entries}]>>")
        catalog = self.pdf.Catalog
        catalog.StructTreeRoot = PDFObjectReference("StructTreeRoot")
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _numbered(self, parents: Sequence[Element | list[Element]], keys: range) -> str:
        return "".join(f"{key}{self._parents(parents[key])}" for key in keys)

    def _parents(self, of: Element | list[Element]) -> str:
        numbers = self.numbers
        if isinstance(of, Element):
            return f" {numbers[of]} 0 R "
        return f"[{' '.join([f'{numbers[element]} 0 R' for element in of])}]"

    def _element(self, element: Element, kids: Sequence[_Kid]) -> str:
        parent = self.root if element.parent is None else self.numbers[element.parent]
        # /Type may be left out (table 323), and is: there are thousands of them.
        head = f"<</S/{element.kind}/P {parent} 0 R"
        page = None
        for kid in kids:
            if not isinstance(kid, Element):
                page = kid[0]
                head = f"{head}/Pg {self.pages[page]} 0 R"
                break
        if len(kids) == 1:
            head = f"{head}/K {self._kid(kids[0], page)}"
        elif kids:
            head = f"{head}/K[{' '.join([self._kid(kid, page) for kid in kids])}]"
        if element.is_plain:
            return f"{head}>>"
        return f"{head}{self._entries(element)}>>"

    def _entries(self, element: Element) -> str:
        entries: list[str] = []
        for key, words in (
            ("Alt", element.alternative),
            ("ActualText", element.spoken),
            ("Lang", element.language),
            ("T", element.title),
            ("ID", element.identity),
        ):
            if words:
                entries.append(f"/{key}{text_string(words)}")
        attributes = dict(element.attributes)
        if element in self.boxes:
            attributes["BBox"] = self.boxes[element]
        if attributes:
            entries.append(_attributes(attributes))
        return "".join(entries)

    def _kid(self, kid: _Kid, page: int | None) -> str:
        """page: the one that the element names."""
        if isinstance(kid, Element):
            return f"{self.numbers[kid]} 0 R"
        on, what = kid
        if isinstance(what, int):
            return str(what) if on == page else f"<</Type/MCR/Pg {self.pages[on]} 0 R/MCID {what}>>"
        on_page = "" if on == page else f"/Pg {self.pages[on]} 0 R"
        return f"<</Type/OBJR/Obj {self._number(what)} 0 R{on_page}>>"


def _attributes(attributes: dict[str, str]) -> str:
    owners = {OWNERS[name] for name in attributes}
    parts = []
    for owner in sorted(owners):
        own = "".join(
            f"/{name}{value if value[0] in '/[' else f' {value}'}"
            for name, value in sorted(attributes.items())
            if OWNERS[name] == owner
        )
        parts.append(f"<</O/{owner}{own}>>")
    return f"/A{parts[0]}" if len(parts) == 1 else f"/A[{''.join(parts)}]"


def text_string(words: str) -> str:
    """A text string as a PDF writes it (ISO 32000-1, 7.9.2.2), in ASCII."""
    if words.isascii() and words.isprintable():
        escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"
