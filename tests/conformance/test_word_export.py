"""The Word files as LibreOffice exports them to tagged PDF: an independent reading of what is heading, list, table or picture in
them, and of the order in which it is read."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from briefpack.document import (
    Block,
    Chart,
    Document,
    Image,
    List,
    ListKind,
    NumberedParagraph,
    Table,
)
from briefpack.fields import pack_values
from briefpack.template import fill
from briefpack.word.styles import LAYOUT
from tests.conformance.built import Built
from tests.conformance.fonts import write_fonts
from tests.conformance.noting import marked, notes_of
from tests.conformance.packs import PRINTED, every, headings, inside, table_texts, texts_of_section
from tests.conformance.tagged import Element, Tagged
from tests.conformance.vera import Verdict, validate
from tests.conftest import need_tool
from tests.packs.torture_maker import NAME as TORTURE

EXPORT = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
}
OF_LIBREOFFICE = {
    # Lines around tables and paragraphs are painted outside of all tags.
    "7.1-3",
    # It writes no order of tabs for pages with links.
    "7.18.3-1",
}
"""Rules of PDF/UA-1 that every export of LibreOffice 7.4 with borders and links breaks, whatever is in the file."""

OF_NOTES = {
    # It gives footnotes no names, and leaves the links between them and their marks out of the tree.
    "7.9-1",
    "7.18.5-1",
}
"""The same for exports with footnotes."""

WATERMARK = "7.3-1"
"""On some pages LibreOffice takes the watermark, which stands in the header, for a picture, and does not find its text."""

READ = (*PRINTED, (TORTURE, "base"))


@pytest.fixture(scope="session", params=READ, ids="-".join)
def built(request: pytest.FixtureRequest, files: dict[tuple[str, str], Built]) -> Built:
    """The files of one audience after the other."""
    return files[request.param]


@pytest.fixture(scope="session")
def exported(once: Any, files: dict[tuple[str, str], Built]) -> Path:
    """The folder of what LibreOffice makes of the Word files."""
    program = need_tool("soffice")

    def fill(folder: Path) -> None:
        fonts = write_fonts(folder)
        sources = [str(files[pack, audience].docx) for pack, audience in READ]
        ran = subprocess.run(
            [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
             "--convert-to", f"pdf:writer_pdf_Export:{json.dumps(EXPORT)}", "--outdir", str(folder), *sources],
            capture_output=True, check=False, timeout=600, env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr.decode()

    return once("word-export", fill)


@pytest.fixture(scope="session")
def judged(exported: Path) -> dict[str, Verdict]:
    """What veraPDF says of each, by the name of the file."""
    return {
        verdict.path.stem: verdict
        for verdict in validate(("ua1", path) for path in sorted(exported.glob("*.pdf")))
    }


@pytest.fixture
def tree(built: Built, exported: Path) -> Iterator[Tagged]:
    """The tags of the export of one audience's file."""
    with pikepdf.open(exported / f"{built.pack}-{built.audience}.pdf") as pdf:
        yield Tagged(pdf)


def _of(tree: Tagged, *roles: str) -> list[Element]:
    return [element for element in tree.elements if element.role in roles]


def _said(tree: Tagged, element: Element) -> str:
    """The words of an element and all below it, without white space: LibreOffice writes none at a line's end."""
    words = [
        piece.text
        for content in element.contents()
        if content.mcid is not None
        for piece in tree.by_mark.get((content.owner, content.mcid), [])
    ]
    return _squeezed("".join(words))


def _squeezed(text: str) -> str:
    # It also makes ordinary hyphens of those that do not break.
    return re.sub(r"[\s\u00ad\u200b]+", "", text).replace("\u2011", "-").casefold()


def test_nothing_is_wrong_with_it_that_is_not_wrong_with_every_export(built: Built, judged):
    verdict = judged[f"{built.pack}-{built.audience}"]

    document = built.expected.document
    excused = OF_LIBREOFFICE | ({WATERMARK} if document.meta.watermark else set())
    excused |= OF_NOTES if any(notes_of(document.sections)) else set()
    assert {broken.rule for broken in verdict.broken} <= excused, str(verdict)
    assert verdict.checks > 1000


def test_what_stands_outside_of_all_tags_are_lines_and_no_words(tree: Tagged):
    assert [
        piece.text for piece in tree.pieces if piece.mcid is None and not piece.artifact and piece.text
    ] == []


def test_headings_arrive_with_their_levels_and_in_order(built: Built, tree: Tagged):
    document, style = built.expected.document, built.expected.style
    wanted = [
        (f"H{level}", _squeezed(f"{number or ''}{words}")) for level, number, words in headings(document)
    ]
    if document.annexes:
        wanted.append(("H1", _squeezed(style.word("schedule_of_annexes", document.meta.language))))
        wanted += [("H2", _squeezed(annex.title)) for annex in document.annexes]

    assert [
        (found.role, _said(tree, found)) for found in _of(tree, "H1", "H2", "H3", "H4", "H5", "H6")
    ] == wanted


def test_tables_arrive_with_their_rows_and_header_cells(built: Built, tree: Tagged):
    """Those that say something: others arrange what stands side by side or in a box."""
    document = built.expected.document
    wanted = [[[_squeezed(cell) for cell in row] for row in table] for table in table_texts(marked(document))]
    arranging = [
        built.word.find("w:tblPr/w:tblStyle/@w:val", table) == [LAYOUT]
        for table in built.word.find("//w:body//w:tbl")
    ]
    every_table = _of(tree, "Table")
    assert len(every_table) == len(arranging)
    tables = [table for table, arranges in zip(every_table, arranging, strict=True) if not arranges]
    found = [
        [[_said(tree, cell) for cell in row.elements if cell.role in {"TH", "TD"}] for row in _rows(table)]
        for table in tables
    ]

    assert found[: len(wanted)] == wanted
    assert len(found) == len(wanted) + bool(document.annexes)
    for table, tagged in zip(_tables(document), tables, strict=False):
        # LibreOffice knows header rows, and no headers of rows or of groups within a table.
        wanted_roles = [{"TH"}] * len(table.header) + [{"TD"}] * len(table.rows)
        assert [{cell.role for cell in row.elements} for row in _rows(tagged)] == wanted_roles
    if document.annexes:
        # The schedule has a header row.
        head, *others = _rows(tables[-1])
        assert {cell.role for cell in head.elements} == {"TH"}
        assert {cell.role for row in others for cell in row.elements} == {"TD"}


def _rows(element: Element) -> Iterator[Element]:
    """Of a table, without those of tables in its cells."""
    for kid in element.elements:
        if kid.role == "TR":
            yield kid
        elif kid.role in {"THead", "TBody", "TFoot"}:
            yield from _rows(kid)


def _tables(document: Document) -> list[Table]:
    return [
        block for section in document.sections for block in every(section.blocks) if isinstance(block, Table)
    ]


def test_lists_arrive_as_lists(built: Built, tree: Tagged):
    items = [_said(tree, found) for found in _of(tree, "LI")]
    wanted = [_squeezed(first) for first in _items(built.expected.document.sections)]

    # An item holds the lists inside it.
    assert len(items) == len(wanted)
    assert [want for want, item in zip(wanted, items, strict=True) if not item.startswith(want)] == []


def _items(sections: Any) -> Iterator[str]:
    for section in sections:
        yield from _labelled(section.blocks)


def _labelled(blocks: Iterable[Block]) -> Iterator[str]:
    """Label and first words of everything that is an item of a list."""
    for block in blocks:
        match block:
            case NumberedParagraph():
                yield block.label
            case List() if block.kind is not ListKind.TERMS:
                for item in block.items:
                    yield item.label
                    yield from _labelled(item.blocks)
            case _:
                # Terms are words before a paragraph.
                yield from _labelled(inside(block))


def test_pictures_arrive_with_what_they_show(built: Built, tree: Tagged):
    document, cover = built.expected.document, built.expected.style.cover
    logo = cover.show and (cover.logo or document.meta.logo) is not None
    wanted = [document.meta.organisation] if logo else []
    wanted += [
        block.alt
        for section in document.sections
        for block in every(section.blocks)
        if isinstance(block, Image | Chart)
    ]
    said = [alt for found in _of(tree, "Figure") if (alt := found.text_of("/Alt"))]

    assert said == [alt for alt in wanted if alt]


def test_everything_is_read_in_the_order_of_the_document(built: Built, tree: Tagged):
    said = "".join(_said(tree, root) for root in tree.roots)
    position = 0
    for section in marked(built.expected.document).sections:
        for text in texts_of_section(section):
            found = said.find(_squeezed(text), position)
            assert found >= 0, text
            position = found + len(_squeezed(text))


def test_nothing_of_headers_and_footers_is_read(built: Built, tree: Tagged):
    said = "".join(_said(tree, root) for root in tree.roots)
    document, style = built.expected.document, built.expected.style
    marking = fill(style.banner, pack_values(document.meta, style))
    artifacts = "".join(_squeezed(piece.text) for piece in tree.pieces if piece.artifact)

    if marking:
        assert _squeezed(marking) in artifacts
        # The cover, and the schedule for its annexes, may name it.
        shown = 1 + sum(annex.marking == marking for annex in document.annexes)
        assert said.count(_squeezed(marking)) <= shown
