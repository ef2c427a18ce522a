"""Every block of the vocabulary, alone and in odd unions, is a sound Word file that says what the Document says."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pytest

from briefpack import document as d
from briefpack.style import ChartForm
from tests.conformance.word_reading import word_faults
from tests.conftest import need_tool
from tests.specimens import SPECIMENS, UNIONS
from tests.word.making import pack
from tests.word.opened import NOTES, faults, open_docx, style_of, text_of, written

ALL = {**SPECIMENS, **UNIONS}
# What a list of figures or tables leads to must be there.
LISTED = tuple(
    block for name in ("timeline", "matrix", "table with spans", "drawing") for block in SPECIMENS[name]
)


def _blocks(name):
    listing = any(isinstance(block, d.Listing) for block in d.walk(ALL[name]))
    return (*LISTED, *ALL[name]) if listing else ALL[name]


def _everything():
    return pack(*ALL.values())


@pytest.mark.parametrize("name", ALL)
def test_each_kind_is_written_without_a_fault(name):
    assert faults(written(pack(_blocks(name)))) == []


@pytest.mark.parametrize("style", ["base", "minister", "delegation", "staff", "press"])
def test_all_kinds_together_pass_both_validators_in_every_style(style, tmp_path):
    path = tmp_path / "all.docx"
    path.write_bytes(written(_everything(), style_of(style)).content)

    # The specimens' one heading of level 3 has none of level 2 above it.
    assert [fault for fault in word_faults(path) if "A kept heading" not in fault] == []


def test_all_kinds_with_words_own_charts_pass_both_validators(tmp_path):
    style = style_of()
    style = replace(style, charts=replace(style.charts, word=ChartForm.NATIVE))
    path = tmp_path / "all.docx"
    path.write_bytes(written(_everything(), style).content)

    assert [fault for fault in word_faults(path) if "A kept heading" not in fault] == []


def test_equal_documents_give_equal_bytes():
    assert written(_everything()).content == written(_everything()).content


# --------------------------------------------------------------------------- what it says


def _said(document: d.Document) -> Iterator[str]:
    """The words of the body in reading order; labels that Word counts are left out, as readers leave them out."""
    for section in document.sections:
        yield section.title
        yield from _blocks_said(section.blocks)


def _blocks_said(blocks: tuple[d.Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case d.Heading() | d.Paragraph() | d.NumberedParagraph():
                yield d.plain_text(block.spans)
            case d.List():
                for item in block.items:
                    if block.kind is d.ListKind.TERMS:
                        yield item.label
                    yield from _blocks_said(item.blocks)
            case d.Table():
                yield from _caption(block.caption)
                for row in (*block.header, *block.rows):
                    for cell in row.cells:
                        yield from _blocks_said(cell.blocks)
                for note in block.notes:
                    yield note.mark + d.plain_text(note.spans)
                yield d.plain_text(block.source or ())
            case d.Image() | d.Chart():
                yield from _caption(block.caption)
                yield d.plain_text(block.source or ())
            case d.Callout():
                yield d.plain_text(block.title or ())
                yield from _blocks_said(block.blocks)
            case d.Quotation():
                yield from _blocks_said(block.blocks)
                yield d.plain_text(block.attribution or ())
            case d.SideBySide() | d.Columns():
                for part in block.parts:
                    yield from _blocks_said(part)
            case d.Landscape() | d.Together():
                yield from _blocks_said(block.blocks)
            case d.Listing():
                for entry in block.entries:
                    yield entry.label + entry.title
            case d.PageBreak():
                pass


def _caption(caption: d.Caption | None) -> Iterator[str]:
    if caption is not None:
        yield f"{caption.label}{caption.joint}{d.plain_text(caption.spans)}"


def _squeezed(text):
    return re.sub(r"\s+", "", text)


def _without_notes(blocks):
    """Blocks without notes: their marks are counted from 1 in a file, and those of the specimens are not."""

    def bare(spans):
        return tuple(span for span in spans if not isinstance(span, d.NoteReference))

    def inner(block):
        match block:
            case d.Paragraph():
                return replace(block, spans=bare(block.spans))
            case d.Table():
                rows = tuple(
                    replace(
                        row, cells=tuple(replace(c, blocks=tuple(map(inner, c.blocks))) for c in row.cells)
                    )
                    for row in block.rows
                )
                return replace(block, rows=rows)
            case _:
                return block

    return tuple(map(inner, blocks))


def _body_words(opened):
    """All words of the body but those of covers, contents and page numbers in lists of figures."""
    pieces = []
    for paragraph in opened.find("//w:body//w:p[not(ancestor::w:sdt)]"):
        style = opened.find("./w:pPr/w:pStyle/@w:val", paragraph)
        if style and style[0].startswith(("Cover", "Title", "Subtitle")):
            continue
        text = text_of(paragraph)
        pieces.append(text.rpartition("\t")[0] if style == ["TableOfFigures"] else text)
    return _squeezed("".join(pieces))


@pytest.mark.parametrize("name", ALL)
def test_the_file_says_what_the_document_says(name):
    document = pack(_without_notes(_blocks(name)))

    assert _body_words(written(document)) == _squeezed("".join(_said(document)))


def test_notes_say_what_the_document_says():
    opened = written(pack(*(ALL[name] for name in ("notes", "a note, a list and a box in cells"))))
    notes = [
        "".join(map(d.plain_text, span.paragraphs))
        for blocks in (ALL["notes"], ALL["a note, a list and a box in cells"])
        for block in d.walk(blocks)
        if isinstance(block, d.Paragraph)
        for span in block.spans
        if isinstance(span, d.NoteReference)
    ]
    found = _squeezed(text_of(opened.root(NOTES)))

    assert notes
    assert all(_squeezed(note) in found for note in notes)


def _pandoc_words(node):
    match node:
        case {"t": "Str", "c": words}:
            return words
        case {"t": "Code", "c": [_, words]}:
            return words
        case {"t": "Image"}:
            return ""
        case {"t": "Table", "c": [_, _, _, *content]}:
            # What comes before are its title and its description, which are spoken and not printed.
            return _pandoc_words(content)
        case {"c": content}:
            return _pandoc_words(content)
        case list():
            return "".join(map(_pandoc_words, node))
        case _:
            return ""


def test_pandoc_reads_the_same_words_in_the_same_order(tmp_path):
    program = need_tool("pandoc")
    kinds = {
        name: _without_notes(blocks)
        for name, blocks in ALL.items()
        # Of a field that is a contents pandoc reads nothing.
        if not any(isinstance(block, d.Listing) for block in d.walk(blocks))
    }
    document = pack(*kinds.values())
    path = tmp_path / "all.docx"
    style = style_of()
    style = replace(style, cover=replace(style.cover, show=False), contents=replace(style.contents, depth=0))
    path.write_bytes(written(document, style).content)
    ran = subprocess.run([program, "-f", "docx", "-t", "json", str(path)], capture_output=True, check=True)
    found = _squeezed(_pandoc_words(json.loads(ran.stdout)["blocks"]))

    assert found == _squeezed("".join(_said(document)))


def test_what_is_read_again_is_what_was_written():
    opened = written(_everything())

    assert open_docx(opened.content).parts == opened.parts
