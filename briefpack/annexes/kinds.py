"""Names what a file is that was handed in as an annex PDF and is none."""

from __future__ import annotations

import zipfile
from io import BytesIO

HEADER_WITHIN = 1024
"""A PDF's header may stand this many bytes into the file (ISO 32000-1, Annex H, implementation note 13)."""

_LEADS = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%!PS", "a PostScript file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
)
_PARTS = (
    ("word/", "a Word document"),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/manifest.xml", "an OpenDocument file"),
)


def looks_like_pdf(head: bytes) -> bool:
    """Whether the first bytes of a file hold a PDF header."""
    return b"%PDF-" in head[:HEADER_WITHIN]


def foreign_kind(raw: bytes) -> str:
    """What a file that has no PDF header is, in words: "a Word document"."""
    if not raw.strip(b"\x00 \t\r\n"):
        return "an empty file"
    for lead, name in _LEADS:
        if raw.startswith(lead):
            return name
    if raw.startswith(b"PK\x03\x04"):
        return _zip_kind(raw)
    start = raw[:HEADER_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "a web page"
    if start.startswith(b"<?xml"):
        return "an XML file"
    if start.startswith((b"from:", b"received:", b"return-path:", b"mime-version:", b"delivered-to:")):
        return "an e-mail message"
    text = raw[:HEADER_WITHIN]
    if b"\x00" not in text and sum(byte < 9 for byte in text) == 0:
        return "a text file"
    return "no PDF file"


def _zip_kind(raw: bytes) -> str:
    try:
        names = zipfile.ZipFile(BytesIO(raw)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "a damaged ZIP archive"
    for part, kind in _PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return "a ZIP archive"
