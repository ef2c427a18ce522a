"""What other programs read out of the Word file is what the Document says."""

import json
import subprocess

import pytest
from lxml import etree

from briefpack.document import (
    Heading,
    List,
    ListKind,
    NumberedParagraph,
    Paragraph,
    Section,
    Table,
    plain_text,
)
from tests.conftest import need_tool
from tests.samples import sample_document
from tests.word.opened import style_of, written

SCHEDULE = "Schedule of annexes"


def _headings(document):
    for section in document.sections:
        yield 1, section.title
        yield from (
            (block.level, plain_text(block.spans)) for block in section.blocks if isinstance(block, Heading)
        )
    yield 1, SCHEDULE


def _tables(document):
    """The words of every cell of every table but the schedule."""
    return [
        [
            [
                " ".join(plain_text(block.spans) for block in cell.blocks if isinstance(block, Paragraph))
                for cell in row.cells
            ]
            for row in (*block.header, *block.rows)
        ]
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
    ]


def _top_items(document, kinds):
    return [
        plain_text(item.blocks[0].spans)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, List) and block.kind in kinds
        for item in block.items
    ]


# --------------------------------------------------------------------------- pandoc


@pytest.fixture(scope="module")
def pandoc_blocks(tmp_path_factory):
    program = need_tool("pandoc")
    path = tmp_path_factory.mktemp("pandoc") / "pack.docx"
    path.write_bytes(written(sample_document(), style_of()).content)
    ran = subprocess.run([program, "-f", "docx", "-t", "json", str(path)], capture_output=True, check=True)
    return json.loads(ran.stdout)["blocks"]


def _words(node):
    """The words of any part of pandoc's tree."""
    if isinstance(node, dict):
        match node.get("t"):
            case "Str":
                return node["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Note":
                return ""
            case "Code":
                return node["c"][1]
            case _:
                return _words(node.get("c", ""))
    if isinstance(node, list):
        return "".join(map(_words, node)) if node else ""
    return ""


def _every(node, kind):
    if isinstance(node, dict):
        if node.get("t") == kind:
            yield node
        for child in node.values():
            yield from _every(child, kind)
    elif isinstance(node, list):
        for child in node:
            yield from _every(child, kind)


def test_pandoc_reads_the_same_headings(pandoc_blocks):
    found = [(block["c"][0], _words(block["c"][2])) for block in pandoc_blocks if block["t"] == "Header"]

    assert found == list(_headings(sample_document()))


def test_pandoc_reads_the_same_tables(pandoc_blocks):
    found = []
    for table in _every(pandoc_blocks, "Table"):
        _, _, _, head, bodies, _ = table["c"]
        rows = [*head[1], *(row for body in bodies for row in body[3])]
        found.append([[" ".join(filter(None, map(_words, cell[4]))) for cell in row[1]] for row in rows])

    assert found[:-1] == _tables(sample_document())


def test_pandoc_reads_lists_as_lists(pandoc_blocks):
    document = sample_document()
    bullets = {_words(item[0]) for block in _every(pandoc_blocks, "BulletList") for item in block["c"]}
    numbers = {_words(item[0]) for block in _every(pandoc_blocks, "OrderedList") for item in block["c"][1]}

    assert set(_top_items(document, (ListKind.BULLETS, ListKind.DASHES))) <= bullets
    assert set(_top_items(document, (ListKind.NUMBERS,))) <= numbers
    paragraphs = {
        plain_text(block.spans)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, NumberedParagraph)
    }
    assert paragraphs <= numbers


# --------------------------------------------------------------------------- LibreOffice

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture(scope="module")
def libreoffice_tree(tmp_path_factory):
    program = need_tool("soffice")
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "pack.docx").write_bytes(written(sample_document(), style_of("delegation")).content)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "fodt",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / "pack.docx")],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return etree.parse(str(folder / "pack.fodt"), etree.XMLParser(huge_tree=True)).getroot()


def _said(element):
    """The words of an element, with its spaces and tabs."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
            pieces.append(" ")
        elif not child.tag.endswith(("bookmark", "bookmark-start", "bookmark-end", "soft-page-break")):
            pieces.append(_said(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def test_libreoffice_reads_the_same_headings(libreoffice_tree):
    found = [
        (int(heading.get(f"{TEXT}outline-level")), _said(heading))
        for heading in libreoffice_tree.iter(f"{TEXT}h")
        if not any(ancestor.tag == f"{TABLE}table" for ancestor in heading.iterancestors())
    ]

    assert found == list(_headings(sample_document()))


def test_libreoffice_reads_the_same_tables_with_their_header_rows(libreoffice_tree):
    found, headers = [], []
    for table in libreoffice_tree.iter(f"{TABLE}table"):
        headers.append(len(table.findall(f"{TABLE}table-header-rows/{TABLE}table-row")))
        found.append(
            [
                [
                    " ".join(_said(p) for p in cell.iter(f"{TEXT}p", f"{TEXT}h"))
                    for cell in row.iter(f"{TABLE}table-cell")
                ]
                for row in table.iter(f"{TABLE}table-row")
            ]
        )

    assert found[:-1] == _tables(sample_document())
    assert set(headers) == {1}


def test_libreoffice_reads_lists_as_lists(libreoffice_tree):
    items = {_said(item[0]) for item in libreoffice_tree.iter(f"{TEXT}list-item") if len(item)}

    assert set(_top_items(sample_document(), tuple(ListKind))) <= items


def test_the_sample_has_something_to_read():
    document = sample_document()
    assert all(isinstance(section, Section) for section in document.sections)
    assert len(_tables(document)) > 3
    assert len(_top_items(document, tuple(ListKind))) > 5
