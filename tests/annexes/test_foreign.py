"""Naming what is no PDF."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from briefpack.annexes.foreign import Way, kind_of, kind_of_file
from tests.annexes.converting.compound import compound


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x" * 5000)
    return out.getvalue()


KINDS = {
    "an empty file": b"",
    "a picture (PNG)": b"\x89PNG\r\n\x1a\n....",
    "a picture (JPEG)": b"\xff\xd8\xff\xe0....",
    "a picture (HEIC or AVIF)": b"\0\0\0\x18ftypheic....",
    "an RTF document": b"{\\rtf1 }",
    "a PostScript file": b"%!PS-Adobe-3.0\n",
    "a web page": b"\xef\xbb\xbf  \r\n<!DOCTYPE html><html>",
    "a picture (SVG)": b"<?xml version='1.0'?><svg>",
    "an XML file": b"<?xml version='1.0'?><a/>",
    "an e-mail message": b"Received: from mail.example",
    "a plain text file": b"Dear colleagues,\nplease find \xe2\x80\xa6",
    "a compressed file (gzip)": b"\x1f\x8b\x08",
}


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_named_by_what_they_begin_with(kind: str) -> None:
    assert kind_of(KINDS[kind]) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("word/document.xml", "a Word document"),
        ("xl/workbook.xml", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("photo.txt", "a ZIP archive"),
    ],
)
def test_archives_are_named_by_what_they_hold(name: str, kind: str) -> None:
    content = archive("[Content_Types].xml", name)
    assert kind_of(content[:4096], content[-1000:]) == kind


@pytest.mark.parametrize(
    "start", [b"%PDF-1.7\n", b"junk of a mail gateway\r\n%PDF-1.4"], ids=["plain", "with junk before"]
)
def test_what_may_be_a_pdf_has_no_other_name(start: bytes) -> None:
    assert kind_of(start) is None


def test_random_bytes_are_not_given_a_name() -> None:
    assert "no PDF" in str(kind_of(b"\x01\x02\x03\xfe\xff" * 100))


def test_zeros_tell_of_an_unfinished_copy() -> None:
    assert "never finished" in str(kind_of(b"\0" * 4096))


# --------------------------------------------------------------------------- and how they become a PDF


def opendocument(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        made.writestr("content.xml", "x" * 5000)
    return out.getvalue()


FILES: dict[str, tuple[bytes, Way, str]] = {
    "a.pdf": (b"%PDF-1.7\n", Way.PDF, "a PDF"),
    "a.jpg": (b"\xff\xd8\xff\xe0....", Way.PICTURE, "a picture (JPEG)"),
    "a.heic": (b"\0\0\0\x18ftypheic....", Way.NONE, "a picture (HEIC or AVIF)"),
    "a.docx": (archive("[Content_Types].xml", "word/document.xml"), Way.OFFICE, "a Word document"),
    "a.docm": (
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        Way.OFFICE,
        "a Word document with macros",
    ),
    "named wrongly.pdf": (archive("[Content_Types].xml", "xl/workbook.xml"), Way.OFFICE, "an Excel workbook"),
    "cut.docx": (
        archive("[Content_Types].xml", *(f"_rels/{n}" for n in range(20)), "word/document.xml")[:50_000],
        Way.NONE,
        "an Office document that is cut off",
    ),
    "a.xps": (archive("[Content_Types].xml", "FixedDocSeq.fdseq"), Way.NONE, "an XPS document"),
    "passwords.zip": (archive("password/document.txt"), Way.NONE, "a ZIP archive"),
    "a.odt": (opendocument("text"), Way.OFFICE, "an OpenDocument text"),
    "a.ods": (opendocument("spreadsheet"), Way.OFFICE, "an OpenDocument spreadsheet"),
    "a.odp": (opendocument("presentation"), Way.OFFICE, "an OpenDocument presentation"),
    "a.doc": (compound("1Table", "WordDocument"), Way.OFFICE, "an old Word document (.doc)"),
    "a.xls": (compound("Workbook"), Way.OFFICE, "an old Excel workbook (.xls)"),
    "a.ppt": (
        compound("Current User", "PowerPoint Document"),
        Way.OFFICE,
        "an old PowerPoint presentation (.ppt)",
    ),
    "a.msg": (
        compound("__nameid_version1.0", "__properties_version1.0"),
        Way.NONE,
        "a message saved by Outlook",
    ),
    "many.doc": (
        compound(*(f"Stream {n}" for n in range(40)), "WordDocument"),
        Way.OFFICE,
        "an old Word document (.doc)",
    ),
    "locked.docx": (
        compound("EncryptionInfo", "EncryptedPackage"),
        Way.NONE,
        "a Word document with a password",
    ),
    "locked": (
        compound("EncryptionInfo", "EncryptedPackage"),
        Way.NONE,
        "an Office document with a password",
    ),
    "cut.doc": (
        compound("WordDocument")[:600],
        Way.NONE,
        "an old Word, Excel or Outlook file, or an Office file with a password",
    ),
    "stub.doc": (
        compound("WordDocument")[:20],
        Way.NONE,
        "an old Word, Excel or Outlook file, or an Office file with a password",
    ),
    "BMW.txt": (b"BMW and others answered.\n", Way.SET, "a plain text file"),
    "a.bmp": (b"BM\x36\0\0\0\0\0", Way.PICTURE, "a picture (BMP)"),
    "notes.md": (b"# Title\n\nText\n", Way.SET, "a text in Markdown"),
    "page.md": (b"<html lang=en> is how a page begins", Way.SET, "a text in Markdown"),
    "list.csv": (b"a;b\n1;2\n", Way.SET, "a table in a text file (CSV)"),
    "picture.md": (b"\x89PNG\r\n\x1a\n....", Way.PICTURE, "a picture (PNG)"),
    "a.txt": (b"Text\n", Way.SET, "a plain text file"),
    "a.eml": (b"Received: from mail.example", Way.SET, "an e-mail message"),
    "a.svg": (b"<?xml version='1.0'?><svg>", Way.SET, "a picture (SVG)"),
    "a.html": (b"<!DOCTYPE html><html>", Way.NONE, "a web page"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_told_by_its_content_and_by_its_name_where_it_is_text(name: str, tmp_path: Path) -> None:
    content, way, words = FILES[name]
    (tmp_path / name).write_bytes(content)
    kind = kind_of_file(tmp_path / name)
    assert (kind.way, kind.words) == (way, words)
    assert kind.remedy


def test_a_list_of_streams_that_never_ends_is_left(tmp_path: Path) -> None:
    content = bytearray(compound(*(f"Stream {n}" for n in range(8))))
    # The first sector of the directory follows upon itself.
    content[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    (tmp_path / "loop.doc").write_bytes(content)
    assert kind_of_file(tmp_path / "loop.doc").name == "ole"


def test_any_damage_to_an_old_file_ends_in_a_kind(tmp_path: Path) -> None:
    dice = random.Random(7)
    whole = compound(*(f"Stream {n}" for n in range(30)), "Workbook")
    path = tmp_path / "a.xls"
    for _ in range(300):
        content = bytearray(whole[: dice.randrange(8, len(whole))] if dice.random() < 0.3 else whole)
        for _ in range(dice.randrange(1, 30)):
            content[dice.randrange(8, min(len(content), 1200)) % len(content)] = dice.choice(
                (0, 1, 9, 255, dice.randrange(256))
            )
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content[8:])
        assert kind_of_file(path).name in {"ole", "xls"}
