"""A written .docx taken apart again for tests, and everything in it that Word or a reader would stumble over."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from briefpack.document import Chart, Document, Image, PageNumbers, Table, annex_page_anchor, walk
from briefpack.reading.read_style import read_style
from briefpack.style import Style
from briefpack.word.writer import write_docx
from briefpack.word.xml import NAMESPACES

STYLES = Path(__file__).parents[2] / "styles"
W = f"{{{NAMESPACES['w']}}}"
NOTES = "word/footnotes.xml"


@cache
def style_of(name: str = "base") -> Style:
    """A style of the project, complete."""
    style = read_style(name, [STYLES]).style
    assert style is not None
    return style


def numbers_of(document: Document, *, first: int = 1) -> PageNumbers:
    """Page numbers that differ for every entry of the contents, so that a mix-up shows."""
    labels = {entry.anchor: str(first + 2 * n) for n, entry in enumerate(document.contents)}
    inner = (block for section in document.sections for block in walk(section.blocks))
    for n, block in enumerate(inner, 100):
        if isinstance(block, Table | Image | Chart):
            labels[block.anchor] = str(n)
    for annex in document.annexes:
        labels[annex.anchor] = annex.label
        labels |= {
            annex_page_anchor(annex.anchor, n): f"{annex.label}-{n}" for n in range(1, annex.pages + 1)
        }
    return PageNumbers(labels, 2, first + 2 * len(document.contents), "layout")


@dataclass(frozen=True)
class Opened:
    """The parts of a file by name, and its main part."""

    content: bytes
    parts: dict[str, bytes]

    def root(self, name: str) -> Any:
        return etree.fromstring(self.parts[name])

    @property
    def document(self) -> Any:
        return self.root("word/document.xml")

    @property
    def body(self) -> Any:
        return self.document.find(f"{W}body")

    def find(self, path: str, root: Any = None) -> list[Any]:
        return list((self.document if root is None else root).xpath(path, namespaces=NAMESPACES))

    def paragraphs(self, style: str) -> list[Any]:
        return self.find(f'//w:p[w:pPr/w:pStyle/@w:val="{style}"]')

    def texts(self, style: str) -> list[str]:
        return [text_of(paragraph) for paragraph in self.paragraphs(style)]

    def sections(self) -> list[Any]:
        return self.find("//w:sectPr")

    def related(self, relation: str) -> str:
        """The name of the part a relationship of the document leads to."""
        for found in self.root("word/_rels/document.xml.rels"):
            if found.get("Id") == relation:
                return f"word/{found.get('Target')}"
        raise KeyError(relation)

    def headers(self, kind: str) -> Iterator[list[tuple[str, str]]]:
        """For every section the (kind of page, words) of its headers or footers. kind: "header" or "footer"."""
        for section in self.sections():
            yield [
                (
                    reference.get(f"{W}type"),
                    text_of(self.root(self.related(reference.get(f"{{{NAMESPACES['r']}}}id")))),
                )
                for reference in section.findall(f"{W}{kind}Reference")
            ]


def text_of(element: Any) -> str:
    """The words of an element as Word shows them; a tab reads as a tab, a break as a line feed."""
    pieces = []
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}softHyphen"):
        if node.getparent().tag == f"{W}tabs":
            continue
        pieces.append(
            {"t": node.text or "", "tab": "\t", "br": "\n", "softHyphen": "\u00ad"}[
                etree.QName(node).localname
            ]
        )
    return "".join(pieces)


def open_docx(content: bytes) -> Opened:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return Opened(content, {name: archive.read(name) for name in archive.namelist()})


def written(
    document: Document,
    style: Style | None = None,
    numbers: PageNumbers | Callable[[], PageNumbers] | None = None,
) -> Opened:
    return open_docx(write_docx(document, style or style_of(), numbers or numbers_of(document)))


# --------------------------------------------------------------------------- faults


def faults(opened: Opened) -> list[str]:
    """What is wrong in a file although its XML is well formed; [] for a sound file."""
    found: list[str] = []
    stories = [opened.document, *([opened.root(NOTES)] if NOTES in opened.parts else [])]
    names = [mark.get(f"{W}name") for root in stories for mark in opened.find("//w:bookmarkStart", root)]
    found += _bookmark_faults(opened, stories, names)
    found += _note_faults(opened)
    for part in opened.parts:
        if part.startswith("word/") and part.endswith(".xml"):
            root = opened.root(part)
            found += [f"{part}: {fault}" for fault in _field_faults(root, set(names))]
            found += [f"{part}: {fault}" for fault in _table_faults(root)]
    anchors = [anchor for root in stories for anchor in opened.find("//w:hyperlink/@w:anchor", root)]
    found += [f"link to nowhere: {anchor}" for anchor in anchors if anchor not in names]
    drawings = [drawing.get("id") for drawing in opened.find("//wp:docPr")]
    found += [f"drawing id {each} twice" for each, count in Counter(drawings).items() if count > 1]
    for drawing in opened.find("//wp:docPr"):
        if not drawing.get("descr") and not opened.find(".//adec:decorative[@val='1']", drawing):
            found.append("drawing without alternative text that is no decoration")
    return found + _setting_faults(opened) + _style_faults(opened)


def _bookmark_faults(opened: Opened, stories: list[Any], names: list[str]) -> list[str]:
    found = [f"bookmark {name} twice" for name, count in Counter(names).items() if count > 1]
    found += [f"bad bookmark name {name}" for name in names if not re.fullmatch(r"[A-Za-z_]\w{0,39}", name)]
    starts = [each for root in stories for each in opened.find("//w:bookmarkStart/@w:id", root)]
    ends = [each for root in stories for each in opened.find("//w:bookmarkEnd/@w:id", root)]
    if sorted(starts) != sorted(ends) or len(set(starts)) != len(starts):
        found.append("bookmarks do not pair")
    return found


def _note_faults(opened: Opened) -> list[str]:
    """Every mark has its footnote and every footnote its mark; the two separators are there and bare."""
    marks = opened.find("//w:footnoteReference/@w:id")
    named = opened.find("//w:footnotePr/w:footnote/@w:id", opened.root("word/settings.xml"))
    if NOTES not in opened.parts:
        return ["marks or separators of footnotes without footnotes"] if marks or named else []
    root = opened.root(NOTES)
    found = [f"footnote {each} has not one mark" for each, times in Counter(marks).items() if times > 1]
    if sorted(marks) != sorted(opened.find("//w:footnote[not(@w:type)]/@w:id", root)):
        found.append("marks and footnotes do not pair")
    if sorted(named) != sorted(opened.find("//w:footnote[@w:type]/@w:id", root)) or len(named) != 2:
        found.append("the separators of footnotes are not named in the settings")
    if opened.find("//w:footnote[@w:type]//w:footnoteRef", root):
        found.append("a separator with a mark, which Word repairs")
    return found


def _field_faults(root: Any, names: set[str]) -> list[str]:
    found: list[str] = []
    open_fields: list[tuple[list[str], list[bool]]] = []
    for node in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if node.get(f"{W}dirty"):
            found.append("dirty field")
        if node.tag == f"{W}instrText":
            open_fields[-1][0].append(node.text)
            continue
        match node.get(f"{W}fldCharType"):
            case "begin":
                open_fields.append(([], []))
            case "separate":
                open_fields[-1][1].append(True)
            case "end":
                instruction, result = open_fields.pop()
                words = "".join(instruction).split()
                if not result:
                    found.append(f"field without result: {words}")
                if words[0] in ("REF", "PAGEREF", "NOTEREF") and words[1] not in names:
                    found.append(f"field to nowhere: {words}")
            case _:
                found.append("simple field")
    return found + ["field never closed"] * len(open_fields)


def _table_faults(root: Any) -> list[str]:
    found: list[str] = []
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        above: dict[int, int] = {}
        for row in table.findall(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            wide = sum(span_of(cell) for cell in cells)
            if wide != columns:
                found.append(f"{wide} cells under {columns} columns")
            if any(cell[-1].tag != f"{W}p" for cell in cells):
                found.append("cell that does not end with a paragraph")
            merged = dict(_merged(cells))
            for position, (span, begins) in merged.items():
                if not begins and above.get(position) != span:
                    found.append("cell that goes on from none above")
            above = {position: span for position, (span, _) in merged.items()}
        if table.getnext() is not None and table.getnext().tag == f"{W}tbl":
            found.append("two tables that Word melts into one")
    return found


def span_of(cell: Any) -> int:
    """How many columns a cell takes."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val"))


def _merged(cells: list[Any]) -> Iterator[tuple[int, tuple[int, bool]]]:
    """Cells of a row that are merged with others in their columns: position, columns, and whether they begin here."""
    position = 0
    for cell in cells:
        span, merge = span_of(cell), cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None:
            yield position, (span, merge.get(f"{W}val") == "restart")
        position += span


def _setting_faults(opened: Opened) -> list[str]:
    found: list[str] = []
    settings = opened.root("word/settings.xml")
    if settings.find(f"{W}updateFields") is not None:
        found.append("Word would ask to update fields")
    mode = opened.find("//w:compatSetting[@w:name='compatibilityMode']/@w:val", settings)
    if mode != ["15"]:
        found.append(f"compatibility mode {mode}")
    return found


def _style_faults(opened: Opened) -> list[str]:
    defined = set(opened.find("//w:style/@w:styleId", opened.root("word/styles.xml")))
    used = set(opened.find("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
    numbering = opened.root("word/numbering.xml")
    instances = set(opened.find("//w:num/@w:numId", numbering))
    found = [f"style {name} is not defined" for name in sorted(used - defined)]
    found += [f"list {each} is not defined" for each in set(opened.find("//w:numId/@w:val")) - instances]
    kinds = [etree.QName(child).localname for child in numbering]
    if kinds != sorted(kinds, key=["abstractNum", "num"].index):
        found.append("abstract lists after instances")
    return found
