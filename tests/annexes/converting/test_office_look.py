"""What hides in Office documents is told of, before they are turned into PDFs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter

from briefpack.annex import Remark
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.converting import office_look
from briefpack.annexes.converting.office_look import look_into
from briefpack.annexes.foreign import kind_of_file
from tests.annexes.converting.documents import (
    added,
    changed,
    field,
    opendocument,
    rewritten,
    slides,
    word,
    workbook,
)


def seen(path: Path) -> dict[str, Remark]:
    remarks = look_into(path, kind_of_file(path))
    assert all(remark.advice for remark in remarks if remark.warn)
    return {remark.kind: remark for remark in remarks}


def counts(path: Path) -> dict[str, int]:
    return {kind: remark.count for kind, remark in seen(path).items()}


def test_plain_documents_call_for_no_remark(tmp_path: Path) -> None:
    assert not seen(word(tmp_path / "a.docx", "Text"))
    assert not seen(workbook(tmp_path / "a.xlsx"))
    assert not seen(slides(tmp_path / "a.odp", "Text"))
    assert not seen(opendocument(tmp_path / "a.odt", "<text:p>Text</text:p>"))


def test_comments_and_tracked_changes_of_a_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Text that is here to stay")
    for _ in range(2):
        document.add_comment(paragraph.runs, text="a remark", author="X", initials="X")
    document.save(str(tmp_path / "a.docx"))
    path = changed(
        tmp_path / "a.docx",
        "word/document.xml",
        "<w:sectPr",
        '<w:p><w:ins w:id="1" w:author="X"><w:r><w:t>in</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="X"><w:r><w:delText>out</w:delText></w:r></w:del></w:p><w:sectPr',
    )
    found = seen(path)
    assert found["comments"].what == "has 2 comments, left out of the pack"
    assert found["tracked-changes"].what == "has 2 tracked changes, which can be seen on its pages"
    assert all(remark.warn for remark in found.values())


@pytest.mark.parametrize(
    ("instruction", "today"),
    [
        ((" DATE \\@ &quot;d MMMM&quot; ",), True),
        ((" DA", "TE "), True),
        ((" time ",), True),
        ((" CREATEDATE ",), False),
        ((" DATEV ",), False),
        ((" PAGE ",), False),
    ],
    ids=str,
)
def test_fields_that_change_with_the_day(instruction: tuple[str, ...], today: bool, tmp_path: Path) -> None:
    path = changed(
        word(tmp_path / "a.docx", "Text"), "word/document.xml", "<w:sectPr", field(*instruction) + "<w:sectPr"
    )
    assert counts(path) == ({"today": 1} if today else {})


def test_pictures_kept_elsewhere(tmp_path: Path) -> None:
    path = changed(
        word(tmp_path / "a.docx", "Text"),
        "word/_rels/document.xml.rels",
        "</Relationships>",
        '<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
    )
    assert seen(path)["linked-pictures"].what.startswith("shows a picture that is kept in another place")


def test_a_workbook_with_hidden_sheets_comments_and_todays_date(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet("Shown")
        sheet.write_formula(0, 0, "=TODAY()")
        sheet.write_formula(1, 0, "=DATE(2026,1,1)")
        sheet.write_comment("B1", "a remark")
        book.add_worksheet("One").hide()
        book.add_worksheet("Two").very_hidden()
    found = seen(tmp_path / "a.xlsx")
    assert counts(tmp_path / "a.xlsx") == {"hidden-sheets": 2, "comments": 1, "today": 1}
    assert found["hidden-sheets"].what == "has 2 hidden sheets, left out of the pack"


def test_a_formula_between_two_blocks_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("Shown").write_formula(0, 0, "=TODAY()")
    for size in range(1, 40):
        monkeypatch.setattr(office_look, "_BLOCK", size)
        assert counts(tmp_path / "a.xlsx") == {"today": 1}, size


def powerpoint(path: Path, notes: str) -> Path:
    space = 'xmlns:p="p" xmlns:a="a"'
    number = '<p:sp><p:txBody><a:fld type="slidenum"><a:t>1</a:t></a:fld></p:txBody></p:sp>'
    return rewritten(
        path,
        {
            "[Content_Types].xml": b"<Types/>",
            "ppt/presentation.xml": b"<p/>",
            "ppt/slides/slide1.xml": f"<p:sld {space}/>".encode(),
            "ppt/slides/slide2.xml": f'<p:sld {space} show="0"/>'.encode(),
            "ppt/notesSlides/notesSlide1.xml": f"<p:notes {space}>{notes}{number}</p:notes>".encode(),
            "ppt/comments/comment1.xml": f"<p:cmLst {space}><p:cm/></p:cmLst>".encode(),
        },
    )


def test_a_presentation_with_hidden_slides_and_notes(tmp_path: Path) -> None:
    note = "<p:sp><p:txBody><a:p><a:t>Smile here</a:t></a:p></p:txBody></p:sp>"
    found = seen(powerpoint(tmp_path / "a.pptx", note))
    assert {kind: remark.count for kind, remark in found.items()} == {
        "hidden-slides": 1,
        "speaker-notes": 1,
        "comments": 1,
    }
    assert not found["speaker-notes"].warn
    assert "speaker-notes" not in seen(powerpoint(tmp_path / "b.pptx", ""))


def test_macros_are_said_not_to_have_run(tmp_path: Path) -> None:
    path = added(word(tmp_path / "a.docm", "Text"), "word/vbaProject.bin", "macro")
    assert seen(path)["macros"].what == "has macros, which were not run"
    assert not seen(path)["macros"].warn


def test_opendocument(tmp_path: Path) -> None:
    text = opendocument(
        tmp_path / "a.odt",
        "<text:tracked-changes><text:changed-region><text:insertion><office:change-info><dc:date>2026</dc:date>"
        "</office:change-info></text:insertion></text:changed-region></text:tracked-changes>"
        "<text:p>Text<office:annotation><dc:date>2026</dc:date><text:p>remark</text:p></office:annotation>"
        '<text:date>today</text:date><text:date text:fixed="true">then</text:date>'
        '<draw:frame><draw:image xlink:href="../secret.png"/></draw:frame>'
        '<draw:frame><draw:image xlink:href="Pictures/own.png"/></draw:frame></text:p>',
    )
    assert counts(text) == {"tracked-changes": 1, "comments": 1, "today": 1, "linked-pictures": 1}
    sheets = opendocument(
        tmp_path / "a.ods",
        '<table:table table:style-name="ta1"/><table:table table:style-name="ta2"><table:table-row>'
        '<table:table-cell table:formula="of:=NOW()"/></table:table-row></table:table>',
        '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="true"/></style:style>',
    )
    assert counts(sheets) == {"hidden-sheets": 1, "today": 1}
    shown = slides(tmp_path / "a.odp", "One", "Two", hidden="Three", note="Smile here")
    assert counts(shown) == {"hidden-slides": 1, "speaker-notes": 1}


def test_an_opendocument_with_a_password_is_refused(tmp_path: Path) -> None:
    path = opendocument(tmp_path / "a.odt", "", locked=True)
    with pytest.raises(Refusal) as caught:
        look_into(path, kind_of_file(path))
    assert caught.value.message == "is an OpenDocument text with a password"
    assert "password" in caught.value.hint


@pytest.mark.parametrize(
    "document",
    [
        b"<a",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b"\xff\xfe\x00",
        b"<a>" * 100_000,
    ],
    ids=["cut", "entities", "junk", "nested"],
)
def test_wrong_xml_is_left_to_libreoffice(document: bytes, tmp_path: Path) -> None:
    path = rewritten(tmp_path / "a.docx", {"[Content_Types].xml": b"<Types/>", "word/document.xml": document})
    assert not seen(path)


def test_what_swells_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = rewritten(
        tmp_path / "a.docx",
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a>" + b" " * 50_000_000 + b"<ins/></a>"},
    )
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(office_look, "MOST_XML", 1_000_000)
    assert not seen(path)


def test_a_document_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    whole = word(tmp_path / "a.docx", *(f"Paragraph {number}" for number in range(300))).read_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        inside = archive.getinfo("word/document.xml").header_offset + 500
    flipped = whole[:inside] + bytes([whole[inside] ^ 0x55]) + whole[inside + 1 :]
    zeroed = whole[:inside] + bytes(300) + whole[inside + 300 :]
    kind = kind_of_file(tmp_path / "a.docx")
    for number, content in enumerate((whole[:-900], flipped, zeroed)):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(content)
        with pytest.raises(Refusal, match=r"is a Word document that is damaged") as caught:
            look_into(path, kind)
        assert caught.value.hint.startswith("get it again from its source")
    (tmp_path / "longer.docx").write_bytes(whole + b"added by a mail gateway")
    assert not look_into(tmp_path / "longer.docx", kind)
