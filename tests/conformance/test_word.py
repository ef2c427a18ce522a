"""The Word files, opened by validators, pandoc and LibreOffice: sound, and with the words and numbers of the Document."""

import json
import os
import re
import subprocess
import sys
from itertools import pairwise

import pypdfium2
import pytest

from briefpack.document import List, ListKind, NumberedParagraph, Paragraph, plain_text, walk
from tests.conformance.built import Built, chars_of, lines_of, squeezed, text_of_line, tool
from tests.conformance.fonts import write_fonts
from tests.conformance.noting import marked, texts_of_notes
from tests.conformance.packs import (
    CASES,
    PRINTED,
    caption_texts,
    headings,
    spaced,
    table_texts,
    texts_of_section,
)
from tests.conftest import need_tool
from tests.word.opened import faults, text_of


@pytest.mark.parametrize(
    "command", [["openxml_audit", "-q"], ["ooxml_integrity", "check"]], ids=lambda c: c[0]
)
def test_validators_find_nothing_wrong(built: Built, command):
    ran = subprocess.run(
        [sys.executable, "-m", *command, str(built.docx)], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_there_is_nothing_in_it_that_word_would_stumble_over(built: Built):
    assert faults(built.word) == []


# --------------------------------------------------------------------------- contents


def _contents(built):
    """(number, words, printed page) of every line of the contents."""
    found = []
    for paragraph in built.word.find('//w:sdtContent/w:p[w:pPr/w:pStyle[starts-with(@w:val, "TOC")]]'):
        *number, title, page = text_of(paragraph).split("\t") if "\t" in text_of(paragraph) else (None, None)
        if title is not None:
            found.append((number[0] if number else None, spaced(title), page))
    return found


def test_the_contents_print_the_entries_of_the_document_with_the_pages_of_the_pdf(built: Built):
    """But for the schedule that stands for the annexes in this file."""
    document, style = built.expected.document, built.expected.style
    schedule = style.word("schedule_of_annexes", document.meta.language)
    page_of = {mark.title: mark.page for mark in built.bookmarks_of_pdfium if mark.level == 0}
    printed = _contents(built)
    wanted = [(entry.number, entry.title) for entry in built.expected.printed_contents]

    assert [line[:2] for line in printed if line[1] != schedule] == wanted
    assert [line[1] for line in printed].count(schedule) == (1 if document.annexes else 0)
    for number, title, page in printed:
        mark = f"{number} {title}" if number else title
        if mark in page_of:
            assert page == built.plan.labels[page_of[mark]], title


def test_every_line_of_the_contents_has_the_number_that_the_pdf_prints(built: Built):
    schedule = built.expected.style.word("schedule_of_annexes", built.expected.document.meta.language)
    in_word = [squeezed(" ".join(filter(None, line))) for line in _contents(built) if line[1] != schedule]
    links = sorted(
        (link for link in built.links if built.plan.kinds[link.page] is not None
         and built.plan.kinds[link.page].value == "contents"),
        key=lambda link: (link.page, -link.rect[3]),
    )  # fmt: skip
    in_pdf = [re.sub(r"( \.)+ ", " ", squeezed(built.words_in(link.page, link.rect))) for link in links]

    assert in_word == in_pdf


# --------------------------------------------------------------------------- pandoc


@pytest.fixture(scope="session")
def pandoc(once, output):
    """What pandoc reads, by pack and audience."""
    need_tool("pandoc")

    def fill(folder):
        for pack, audience in CASES:
            source = Built(pack, audience, output / pack).docx
            (folder / f"{pack}-{audience}.json").write_text(
                tool("pandoc", "-f", "docx", "-t", "json", str(source))
            )

    folder = once("pandoc", fill)
    return {
        case: json.loads((folder / f"{'-'.join(case)}.json").read_text(encoding="utf-8"))["blocks"]
        for case in CASES
    }


def _said(node):
    """The words of any part of pandoc's tree."""
    if isinstance(node, dict):
        match node.get("t"):
            case "Str":
                return node["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Code":
                return node["c"][1]
            case "Para" | "Plain":
                return _said(node["c"]) + " "
            case "Image" | "Note":
                return ""
            case _:
                return _said(node.get("c", ""))
    return "".join(map(_said, node)) if isinstance(node, list) else ""


def _every(node, *kinds):
    if isinstance(node, dict):
        if node.get("t") in kinds:
            yield node
        for child in node.values():
            yield from _every(child, *kinds)
    elif isinstance(node, list):
        for child in node:
            yield from _every(child, *kinds)


def _schedule(built):
    return built.expected.style.word("schedule_of_annexes", built.expected.document.meta.language)


def test_pandoc_reads_the_headings_of_the_document(built: Built, pandoc):
    found = [
        (block["c"][0], spaced(_said(block["c"][2])))
        for block in pandoc[built.pack, built.audience]
        if block["t"] == "Header"
    ]
    wanted = [(level, words) for level, _, words in headings(built.expected.document)]

    assert found == wanted + ([(1, _schedule(built))] if built.expected.document.annexes else [])


def test_pandoc_reads_the_tables_of_the_document(built: Built, pandoc):
    found = []
    for table in _every(pandoc[built.pack, built.audience], "Table"):
        _, _, _, head, bodies, _ = table["c"]
        rows = [*head[1], *(row for body in bodies for row in body[3])]
        found.append([[_said(cell[4]).strip() for cell in row[1]] for row in rows])
    if built.expected.document.annexes:
        *found, schedule = found
        assert [row[0] for row in schedule[1:]] == [annex.label for annex in built.expected.document.annexes]
    wanted = table_texts(built.expected.document)
    # Boxes are tables with one cell to pandoc, and what stands side by side is one with one row.
    found = [table for table in found if table in wanted or (len(table) > 1 and len(table[0]) > 1)]

    assert found == wanted


def test_pandoc_reads_lists_and_numbered_paragraphs_as_lists(built: Built, pandoc):
    blocks = pandoc[built.pack, built.audience]
    bullets = [_said(item[0]).strip() for each in _every(blocks, "BulletList") for item in each["c"]]
    numbers = [_said(item[0]).strip() for each in _every(blocks, "OrderedList") for item in each["c"][1]]
    lists = list(_lists(built.expected.document))
    # Terms are words before a paragraph.
    dashes = [text for kind, text in lists if kind in {ListKind.BULLETS, ListKind.DASHES}]
    counted = [text for kind, text in lists if kind is ListKind.NUMBERS]
    paragraphs = [
        plain_text(block.spans)
        for section in built.expected.document.sections
        for block in walk(section.blocks)
        if isinstance(block, NumberedParagraph)
    ]

    assert sorted(bullets) == sorted(dashes)
    assert sorted(numbers) == sorted(counted + paragraphs)


def _lists(document):
    """(kind, first words) of every item of every list, wherever it stands."""
    for section in document.sections:
        for block in walk(section.blocks):
            if isinstance(block, List):
                for item in block.items:
                    if isinstance(item.blocks[0], Paragraph):
                        yield block.kind, plain_text(item.blocks[0].spans)


# --------------------------------------------------------------------------- LibreOffice

DIVIDED = {("gallery", "press")}
"""Where pages end in long typed texts, of which the PDF keeps four lines on a page and Word two: headings slip by a page."""

EXPORT = {"IsSkipEmptyPages": {"type": "boolean", "value": "false"}}


@pytest.fixture(scope="session")
def printed(once, output):
    """The PDF that LibreOffice makes of each Word file, by pack and audience."""
    program = need_tool("soffice")

    def fill(folder):
        fonts = write_fonts(folder)
        sources = [str(Built(pack, audience, output / pack).docx) for pack, audience in PRINTED]
        ran = subprocess.run(
            [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
             "--convert-to", f"pdf:writer_pdf_Export:{json.dumps(EXPORT)}", "--outdir", str(folder), *sources],
            capture_output=True, check=False, timeout=600, env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr.decode()

    folder = once("libreoffice", fill)
    return {case: pypdfium2.PdfDocument(folder / f"{'-'.join(case)}.pdf") for case in PRINTED}


def _words_of(pdf):
    return squeezed("\n".join(page.get_textpage().get_text_range().replace("\r", "") for page in pdf))


def test_libreoffice_prints_every_number_and_word_of_the_document(printable: Built, printed):
    """Numbers of headings and paragraphs, labels of lists and captions are counted by LibreOffice itself."""
    words = _words_of(printed[printable.pack, printable.audience])
    # LibreOffice divides the words of addresses and of typed text at the end of a line.
    unspaced = _unspaced(words)
    missing = [
        text
        for section in printable.expected.document.sections
        for text in (*texts_of_section(marked(section)), *texts_of_notes(section))
        if squeezed(text) not in words
        and _unspaced(text) not in unspaced
        and not _around_a_page_end(squeezed(text), printed[printable.pack, printable.audience])
    ]

    assert not missing
    assert all(squeezed(caption) in words for caption in caption_texts(marked(printable.expected.document)))


def _unspaced(text):
    return "".join(squeezed(text).split())


def _around_a_page_end(text, pdf):
    """Whether text begins on one page and goes on on the next, furniture between them."""
    pages = [squeezed(page.get_textpage().get_text_range().replace("\r", "")) for page in pdf]
    words = text.split(" ")
    return any(
        " ".join(words[:cut]) in upper and " ".join(words[cut:]) in lower
        for upper, lower in pairwise(pages)
        for cut in range(1, len(words))
    )


def test_libreoffice_finds_every_heading_on_the_page_that_the_contents_say(printable: Built, printed):
    """And prints that number at the foot of the page. Elsewhere than on Linux it may lack our fonts, and slip by a page."""
    pdf = printed[printable.pack, printable.audience]
    schedule = _schedule(printable)
    annexes = {annex.title for annex in printable.expected.document.annexes}
    entries = [line for line in _contents(printable) if line[1] not in annexes]
    marks = iter([(squeezed(item.get_title()), item.get_dest().get_index()) for item in pdf.get_toc()])
    found = []
    for _, title, label in entries:
        page = next(page for words, page in marks if words.endswith(squeezed(title)))
        found.append((title, page, int(label)))
    front = found[0][1] - found[0][2] + 1
    slipped = [(title, label, page - front + 1) for title, page, label in found if page - front + 1 != label]
    unprinted = [
        (title, label)
        for title, page, label in found
        if str(page - front + 1) not in _foot(pdf, page, printable.expected.style.page.bottom)
    ]

    assert schedule in [title for title, *_ in found] or not annexes
    assert not unprinted
    if sys.platform == "linux" and (printable.pack, printable.audience) not in DIVIDED:
        assert not slipped
    assert all(abs(page - label) <= 1 for _, label, page in slipped), slipped


def _foot(pdf, page, height):
    low = [char for char in chars_of(pdf, page) if char.upright and char.baseline < height]
    return [word for line in lines_of(low) for word in text_of_line(line)]


def test_libreoffice_prints_as_many_pages_as_the_manifest_says(printable: Built, printed):
    """The schedule of annexes included."""
    manifest = json.loads((printable.folder / "manifest.json").read_text(encoding="utf-8"))
    (word,) = (
        each for each in manifest["audiences"][printable.audience]["outputs"] if each["format"] == "docx"
    )

    slip = abs(len(printed[printable.pack, printable.audience]) - word["pages"])
    assert slip <= ((printable.pack, printable.audience) in DIVIDED)
