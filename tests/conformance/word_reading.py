"""What is wrong with a Word file, told by two validators, by what Word stumbles over, and by what stands in the way of a reader
who listens: a sentence for each fault."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import ooxml_integrity
import openxml_audit

from tests.word.opened import NOTES, Opened, W, faults, open_docx, text_of

SEPARATORS = frozenset({"Separator", "CoverRule"})
"""Styles of paragraphs that are empty for a reason: between two tables or at a section's end, and the rule of a cover."""

BLIND_WORDS = frozenset({"here", "click here", "link", "this link", "more", "ici"})


@cache
def _auditor() -> openxml_audit.OpenXmlValidator:
    # Its schemas are read once.
    return openxml_audit.OpenXmlValidator()


def word_faults(path: Path) -> list[str]:
    """What is wrong with a file; [] for a sound one."""
    found = [f"openxml-audit: {fault.description}" for fault in _auditor().validate(str(path)).errors]
    found += [
        f"ooxml-integrity: {fault}"
        for fault in ooxml_integrity.check(str(path))
        if fault.severity is not ooxml_integrity.INFO
    ]
    if found:
        # A file that is no Word file need not be read any further.
        return found
    opened = open_docx(path.read_bytes())
    return [*faults(opened), *reading_faults(opened)]


def reading_faults(opened: Opened) -> list[str]:
    """What a screen reader would stumble over."""
    return [
        *_properties(opened),
        *_headings(opened),
        *_tables(opened),
        *_paragraphs(opened),
        *_fields(opened),
        *_links(opened),
        *_notes(opened),
    ]


def _properties(opened: Opened) -> list[str]:
    found: list[str] = []
    styles, core = opened.root("word/styles.xml"), opened.root("docProps/core.xml")
    if not opened.find("//w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val", styles):
        found.append("the text has no language")
    if not "".join(core.xpath("//*[local-name()='title']/text()")).strip():
        found.append("the file has no title")
    if not "".join(core.xpath("//*[local-name()='language']/text()")).strip():
        found.append("the file's properties have no language")
    for moment in core.xpath("//*[local-name()='created' or local-name()='modified']/text()"):
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment):
            found.append(f"{moment!r} is no date")
    return found


def _levels(opened: Opened) -> dict[str, int]:
    """The level of heading that a style stands for, 1-based."""
    return {
        style.get(f"{W}styleId"): int(level) + 1
        for style in opened.find("//w:style[@w:type='paragraph']", opened.root("word/styles.xml"))
        for level in opened.find("./w:pPr/w:outlineLvl/@w:val", style)
        if int(level) < 9
    }


def _headings(opened: Opened) -> list[str]:
    levels, found, level = _levels(opened), [], 0
    for paragraph in opened.find("//w:body//w:p"):
        now = levels.get(_style(paragraph))
        if now is None:
            continue
        words = text_of(paragraph).strip()
        if not words:
            found.append(f"a heading of level {now} has no words")
        if now > level + 1:
            found.append(f"heading “{words}” of level {now} comes after level {level}")
        level = now
    return found if level else ["there are no headings"]


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if style is None else style.get(f"{W}val")


def _tables(opened: Opened) -> list[str]:
    """A table that is looked at as having a header row has one, it is the first, and it is said again on every page."""
    found: list[str] = []
    for number, table in enumerate(opened.find("//w:body//w:tbl"), 1):
        look = table.find(f"{W}tblPr/{W}tblLook")
        headed = look is not None and look.get(f"{W}firstRow") == "1"
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")]
        if headed != heads[0]:
            found.append(f"table {number} looks as if it had a header row, or hides that it has one")
        if any(later and not before for before, later in pairwise(heads)):
            found.append(f"table {number} has a header row that is not at its top")
        for cell in opened.find("./w:tr/w:tc[w:tcPr/w:vMerge[not(@w:val)]]", table):
            if text_of(cell).strip():
                found.append(f"table {number} has words in a cell that is covered by another")
    return found


def _paragraphs(opened: Opened) -> list[str]:
    """No empty paragraphs for the sake of space; an empty cell holds one, because it must."""
    found: list[str] = []
    for paragraph in opened.find("//w:body//w:p"):
        if text_of(paragraph).strip() or opened.find(".//w:drawing | .//w:pict", paragraph):
            continue
        around = paragraph.getparent()
        alone_in_cell = around.tag == f"{W}tc" and len(around.findall(f"{W}p")) == 1
        if _style(paragraph) not in SEPARATORS and not alone_in_cell:
            found.append(f"an empty paragraph of style {_style(paragraph)}")
    return found


def _fields(opened: Opened) -> list[str]:
    """A field that was never updated is read out as its cached result, so it must have one."""
    found: list[str] = []
    for part in opened.parts:
        if not part.startswith("word/") or not part.endswith(".xml"):
            continue
        open_fields: list[tuple[list[str], list[str], list[bool]]] = []
        for node in opened.root(part).iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
            kind = node.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(([], [], []))
            elif kind == "separate" and open_fields:
                open_fields[-1][2].append(True)
            elif kind == "end" and open_fields:
                instruction, result, _ = open_fields.pop()
                if not "".join(result).strip():
                    found.append(f"{part}: the field {' '.join(instruction).split()} has no words")
                if open_fields:
                    open_fields[-1][1].extend(result)
            elif node.tag == f"{W}instrText" and open_fields:
                open_fields[-1][0].append(node.text or "")
            elif node.tag == f"{W}t" and open_fields and open_fields[-1][2]:
                open_fields[-1][1].append(node.text or "")
    return found


def _notes(opened: Opened) -> list[str]:
    """A footnote says something behind its mark, which Word counts unless the mark is the author's own."""
    if NOTES not in opened.parts:
        return []
    notes = opened.find("//w:footnote[not(@w:type)]", opened.root(NOTES))
    found = [f"footnote {note.get(f'{W}id')} has no words" for note in notes if not text_of(note).strip()]
    own = set(opened.find("//w:footnoteReference[@w:customMarkFollows]/@w:id"))
    return found + [
        f"footnote {number} does not repeat its mark"
        for note in notes
        if len(opened.find(".//w:footnoteRef", note)) != ((number := note.get(f"{W}id")) not in own)
    ]


def _links(opened: Opened) -> list[str]:
    found: list[str] = []
    for link in opened.find("//w:hyperlink"):
        words = text_of(link).strip()
        if not words:
            found.append("a link without words")
        elif words.casefold() in BLIND_WORDS:
            found.append(f"a link called “{words}”")
    return found
