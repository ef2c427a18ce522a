"""Naming what is no PDF."""

from __future__ import annotations

import io
import zipfile

import pytest

from briefpack.annexes.foreign import kind_of


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
