import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime

import docx
import pytest

from briefpack.document import (
    CrossReference,
    Heading,
    Link,
    Paragraph,
    Section,
    Table,
    Text,
    plain_text,
)
from briefpack.style import SectionStart, Slots
from briefpack.word.writer import write_docx
from tests.samples import WHERE, sample_document, sample_meta
from tests.word.opened import W, faults, numbers_of, style_of, text_of, written

EVERY_STYLE = ("base", "minister", "delegation", "staff", "press")
HOSTILE = "<w:p> & {{ PAGE }} { TOC \\o } ]]> \x00\x07\x1b \ud800 \ufffe \" ' %s <b>"


def _section(*blocks, title="Title", number="1"):
    return Section(number, title, "sec_only", (), blocks, WHERE)


def _document(*blocks, annexes=(), **meta):
    return replace(sample_document(annexes=annexes, **meta), sections=(_section(*blocks),), contents=())


@pytest.mark.parametrize("name", EVERY_STYLE)
def test_a_pack_with_every_kind_of_block_has_no_faults_in_any_style(name):
    opened = written(sample_document(), style_of(name))

    assert faults(opened) == []


@pytest.mark.parametrize("name", ["base", "delegation"])
@pytest.mark.parametrize("command", [["openxml_audit", "-q"], ["ooxml_integrity", "check"]])
def test_validators_find_nothing_wrong(name, command, tmp_path):
    path = tmp_path / "pack.docx"
    path.write_bytes(written(sample_document(), style_of(name)).content)

    ran = subprocess.run(
        [sys.executable, "-m", *command, str(path)], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_equal_documents_give_equal_bytes():
    first = write_docx(sample_document(), style_of(), numbers_of(sample_document()))
    second = write_docx(sample_document(), style_of(), numbers_of(sample_document()))

    assert first == second


def test_the_wall_clock_and_the_library_leave_no_trace():
    opened = written(sample_document())
    everything = b"".join(opened.parts.values())

    assert b"python-docx" not in everything
    assert {info.date_time for info in _entries(opened.content)} == {(1980, 1, 1, 0, 0, 0)}


def _entries(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.infolist()


def test_page_numbers_may_come_late_and_are_asked_for_once():
    document = sample_document()
    asked = []

    def late():
        asked.append(True)
        return numbers_of(document)

    assert write_docx(document, style_of(), late) == write_docx(document, style_of(), numbers_of(document))
    assert asked == [True]


def test_python_docx_opens_the_file_and_reads_the_headings():
    document = sample_document()

    opened = docx.Document(io.BytesIO(written(document).content))

    titles = [p.text for p in opened.paragraphs if p.style.name == "Heading 1"]
    assert titles == [*(s.title for s in document.sections), "Schedule of annexes"]


def test_headings_stand_in_the_document_as_in_the_file():
    document = sample_document()
    opened = written(document)

    for level in (2, 3, 4):
        expected = [
            plain_text(block.spans)
            for section in document.sections
            for block in section.blocks
            if isinstance(block, Heading) and block.level == level
        ]
        assert opened.texts(f"Heading{level}") == expected


def test_hostile_words_are_words_everywhere():
    evil = (
        Text(HOSTILE),
        Text(HOSTILE, strong=True),
        Link('https://example.org/?a=1&b="2"', (Text(HOSTILE),)),
    )
    document = _document(
        Heading(2, "1.1", evil, "h_evil", WHERE),
        Paragraph((*evil, CrossReference("h_evil", (Text(HOSTILE),))), WHERE),
        title=HOSTILE,
        reference=HOSTILE,
        organisation=HOSTILE,
        marking=HOSTILE,
        watermark=HOSTILE,
    )

    opened = written(document)

    assert faults(opened) == []
    shown = HOSTILE.translate({0: 0xFFFD, 7: 0xFFFD, 0x1B: 0xFFFD, 0xD800: 0xFFFD, 0xFFFE: 0xFFFD})
    assert opened.texts("Heading2") == [shown * 3]
    assert opened.texts("Banner") == []  # The banner is in headers, not in the body.
    assert shown in "".join(words for kinds in opened.headers("header") for _, words in kinds)
    assert not opened.find("//w:instrText[contains(., 'PAGE }')]")


def test_a_word_of_ten_thousand_characters_is_kept_whole():
    opened = written(_document(Paragraph((Text("x" * 10_000),), WHERE)))

    assert "x" * 10_000 in opened.texts("Normal")


def test_a_pack_of_annexes_alone_is_sound():
    document = replace(sample_document(), sections=())
    document = replace(document, contents=document.contents[-3:])

    assert faults(written(document)) == []


@pytest.mark.parametrize("start", list(SectionStart))
@pytest.mark.parametrize("two_sided", [False, True])
def test_sections_begin_where_the_style_says(start, two_sided):
    style = style_of()
    style = replace(style, header=replace(style.header, recto=Slots("{section}", "", "")))
    style = replace(style, page=replace(style.page, section_start=start, two_sided=two_sided))
    opened = written(sample_document(annexes=()), style)

    kinds = [section.find(f"{W}type").get(f"{W}val") for section in opened.sections()]
    later = {
        SectionStart.PAGE: "nextPage",
        SectionStart.CONTINUOUS: "continuous",
        SectionStart.RECTO: "oddPage",
    }[start]
    if start is SectionStart.RECTO and not two_sided:
        later = "nextPage"
    assert kinds[2] == ("oddPage" if two_sided else "nextPage")
    assert kinds[3:] == [later, later]


def test_sections_that_run_on_share_one_setup_when_no_header_names_them():
    style = style_of()
    style = replace(style, page=replace(style.page, section_start=SectionStart.CONTINUOUS))
    document = sample_document(annexes=())
    opened = written(document, style)

    assert len(opened.sections()) == 3
    assert opened.texts("Heading1") == [section.title for section in document.sections]
    assert faults(opened) == []


def test_front_pages_are_roman_and_the_body_begins_at_one():
    opened = written(sample_document())

    numbering = [
        (kind.get(f"{W}fmt"), kind.get(f"{W}start")) for kind in opened.find("//w:sectPr/w:pgNumType")
    ]

    assert numbering == [
        ("lowerRoman", "1"),
        ("lowerRoman", None),
        ("decimal", "1"),
        ("decimal", None),
        ("decimal", None),
        ("decimal", None),
    ]


def test_every_section_carries_its_own_sheet_and_margins():
    style = style_of("delegation")
    opened = written(sample_document(), style)

    for section in opened.sections():
        margins = section.find(f"{W}pgMar")
        assert int(margins.get(f"{W}left")) == style.page.inside.twips
        assert int(margins.get(f"{W}top")) == style.page.top.twips
        assert section.find(f"{W}pgSz").get(f"{W}w") == str(style.page.width.twips)
    assert opened.root("word/settings.xml").find(f"{W}mirrorMargins") is not None


def test_a_section_in_another_language_says_so_in_every_run():
    document = sample_document()
    french = replace(document.sections[1], language="fr")
    document = replace(document, sections=(document.sections[0], french, document.sections[2]))

    opened = written(document)

    title = next(p for p in opened.paragraphs("Heading1") if text_of(p) == french.title)
    assert opened.find(".//w:lang/@w:val", title) == ["fr"]
    other = next(p for p in opened.paragraphs("Heading1") if text_of(p) == document.sections[0].title)
    assert opened.find(".//w:lang", other) == []


def test_there_are_no_paragraphs_that_only_make_space():
    opened = written(sample_document())

    for paragraph in opened.find("//w:body//w:p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        empty = not text_of(paragraph) and paragraph.find(f".//{W}drawing") is None
        assert not empty or style in {"CoverRule", "Separator", "TableHeader"}


def test_neighbouring_tables_stay_apart():
    table = next(b for s in sample_document().sections for b in s.blocks if isinstance(b, Table))
    second = replace(table, anchor="tbl_second")

    opened = written(_document(table, second))

    assert faults(opened) == []
    assert len(opened.find("//w:tbl")) == 2


def test_core_properties_come_from_the_pack():
    document = sample_document()
    opened = written(replace(document, meta=sample_meta(date=datetime(2025, 4, 2, 18, 0))))

    core = opened.root("docProps/core.xml")
    text = {child.tag.split("}")[1]: child.text for child in core}
    assert text["title"] == document.meta.title
    assert text["created"] == text["modified"] == "2025-04-02T18:00:00Z"
    assert text["language"] == "en"


def test_writing_does_not_load_the_pdf_library():
    code = "import sys, briefpack.word.writer; print('reportlab' in sys.modules, 'yaml' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["False", "False"]
