"""What a file is that is no PDF, in the words of the one who sent it. Reads the first bytes only. Pure."""

from __future__ import annotations

HEADER_WITHIN = 1024
"""Readers look for "%PDF-" in the first 1,024 bytes (ISO 32000-1, annex H.3, note 13)."""

_OFFICE = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation"),
    (b"application/epub+zip", "an e-book"),
)
_STARTS = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word, Excel or Outlook file, or an Office file with a password",
    ),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
)
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta")
_MAIL = (b"received: ", b"return-path: ", b"from: ", b"mime-version: ", b"delivered-to: ")


def kind_of(start: bytes, names: bytes = b"") -> str | None:
    """What a file is that begins so, with its article ("a web page"); None for what may be a PDF.

    start: at least the first HEADER_WITHIN bytes, or the whole file. names: any stretch of a ZIP archive that lists its
    members, such as its last bytes.
    """
    if not start:
        return "an empty file"
    if b"%PDF-" in start[:HEADER_WITHIN]:
        return None
    for magic, words in _STARTS:
        if start.startswith(magic):
            office = (found for sign, found in _OFFICE if sign in start or sign in names)
            return next(office, words) if magic.startswith(b"PK") else words
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "a picture (WebP)"
    if start[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif", b"ftypheix"}:
        return "a picture (HEIC or AVIF)"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_PAGES) or (text.startswith((b"<?xml", b"<!--")) and b"<html" in text):
        return "a web page"
    if text.startswith(b"<svg") or (text.startswith(b"<?xml") and b"<svg" in text):
        return "a picture (SVG)"
    if text.startswith(b"<?xml"):
        return "an XML file"
    if text.startswith(_MAIL):
        return "an e-mail message"
    if not start.strip(b"\0"):
        return "filled with zeros: its download or copy was never finished"
    if _is_text(start):
        return "a plain text file"
    return "no PDF, nor anything else that is known here"


def _is_text(start: bytes) -> bool:
    try:
        # The last character may be cut off.
        start[:-4].decode() if len(start) > 4 else start.decode()
    except UnicodeDecodeError:
        return False
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in start)
