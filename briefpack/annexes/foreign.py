"""What a file is and how it becomes a PDF, told by its content, and by its name only where the content is plain text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

HEADER_WITHIN = 1024
"""Readers look for "%PDF-" in the first 1,024 bytes (ISO 32000-1, annex H.3, note 13)."""


class Way(Enum):
    """How a file becomes a PDF. PICTURE: each of its pictures is a page. OFFICE: by LibreOffice. SET: in the pack's style, before
    intake; what comes to intake all the same cannot be taken. NONE: not at all."""

    PDF = "pdf"
    PICTURE = "picture"
    OFFICE = "office"
    SET = "set"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    """words: with their article, to follow "is" ("a Word document"). name: for programs, and the suffix such a file has ("docx").

    remedy: what the author can do where briefpack cannot make a PDF of it.
    """

    name: str
    words: str
    way: Way
    remedy: str


PRINT = "save or print it as PDF and name that file"
_ANEW = "get it again from its source"
_OPEN = "open it, save or print as PDF what is wanted of it, and name that file"
_BROWSER = "open it in a browser, print it to a PDF and name that file"
_PASSWORD = "open it with its password, save it as PDF and name that file"  # noqa: S105 - a remedy


def _office(name: str, words: str) -> Kind:
    return Kind(name, words, Way.OFFICE, PRINT)


def _picture(name: str, words: str) -> Kind:
    return Kind(name, f"a picture ({words})", Way.PICTURE, "save it as PNG or JPEG, or print it as PDF")


def _none(name: str, words: str, remedy: str = PRINT) -> Kind:
    return Kind(name, words, Way.NONE, remedy)


def _set(name: str, words: str) -> Kind:
    return Kind(name, words, Way.SET, PRINT)


PDF = Kind("pdf", "a PDF", Way.PDF, PRINT)
MARKDOWN = _set("md", "a text in Markdown")
TEXT = _set("txt", "a plain text file")
MAIL = _set("eml", "an e-mail message")
SVG = _set("svg", "a picture (SVG)")

_ZIP = _none("zip", "a ZIP archive", "unpack it and name the files in it that belong to the annex, as PDF")
_MEMBERS = (
    (b"word/document", _office("docx", "a Word document")),
    (b"xl/workbook", _office("xlsx", "an Excel workbook")),
    (b"ppt/presentation", _office("pptx", "a PowerPoint presentation")),
    (
        b"Index/Document.iwa",
        _none("iwork", "a document of Pages, Numbers or Keynote", "export it as PDF there"),
    ),
    (b"FixedDocSeq.fdseq", _none("xps", "an XPS document")),
    (b"FixedDocumentSequence.fdseq", _none("xps", "an XPS document")),
)
"""How members are called that only archives of a kind have (ECMA-376, part 1; the names that every Office program writes)."""
_TYPES = b"[Content_Types].xml"
"""What Office documents and XPS have in common (ECMA-376, part 2, 7.2.3)."""
_END = b"PK\x05\x06"
"""What a whole archive has at its end, and an empty one at its start."""
_CUT = _none("cut", "an Office document that is cut off", _ANEW)
_MACROS = b"vbaProject.bin"
_ODF = b"mimetypeapplication/vnd.oasis.opendocument."
"""An OpenDocument file begins with its type, uncompressed (OpenDocument 1.3, part 2, 3.3)."""
_ODF_TYPES = (
    (b"text", _office("odt", "an OpenDocument text")),
    (b"spreadsheet", _office("ods", "an OpenDocument spreadsheet")),
    (b"presentation", _office("odp", "an OpenDocument presentation")),
    (b"graphics", _office("odg", "an OpenDocument drawing")),
)
_EPUB = _none("epub", "an e-book")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_FILE = _none(
    "ole",
    "an old Word, Excel or Outlook file, or an Office file with a password",
    "open it, save it as PDF and name that file",
)
_OLE_STREAMS = (
    ("WordDocument", _office("doc", "an old Word document (.doc)")),
    ("Workbook", _office("xls", "an old Excel workbook (.xls)")),
    ("Book", _office("xls", "an old Excel workbook (.xls)")),
    ("PowerPoint Document", _office("ppt", "an old PowerPoint presentation (.ppt)")),
    (
        "__properties_version1.0",
        _none("msg", "a message saved by Outlook", "save it as PDF, or as .eml, and name that file"),
    ),
    ("VisioDocument", _none("vsd", "a Visio drawing")),
)
"""How streams are called that only files of a kind have (MS-DOC 2.1, MS-XLS 2.1.2, MS-PPT 2.1, MS-OXMSG 2.1)."""
_LOCKED = "EncryptedPackage"
"""The stream that holds an Office document with a password (MS-OFFCRYPTO 2.3.4.4)."""
_LOCKED_AS = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), "a Word document"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xltx"), "an Excel workbook"),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".potx"), "a PowerPoint presentation"),
}
"""What it may be by its name: its content does not tell."""

_STARTS = (
    (_END, _none("zip", "an empty ZIP archive", _ANEW)),
    (b"\xff\xd8\xff", _picture("jpg", "JPEG")),
    (b"\x89PNG\r\n\x1a\n", _picture("png", "PNG")),
    (b"GIF8", _picture("gif", "GIF")),
    (b"BM", _picture("bmp", "BMP")),
    (b"II*\x00", _picture("tif", "TIFF")),
    (b"MM\x00*", _picture("tif", "TIFF")),
    (b"{\\rtf", _office("rtf", "an RTF document")),
    (b"%!PS", _none("ps", "a PostScript file")),
    (b"\x1f\x8b", _none("gz", "a compressed file (gzip)", "unpack it and name what is in it, as PDF")),
    (b"7z\xbc\xaf\x27\x1c", _none("7z", "a 7-Zip archive", _ZIP.remedy)),
    (b"Rar!\x1a\x07", _none("rar", "a RAR archive", _ZIP.remedy)),
    (b"MZ", _none("exe", "a Windows program", "name the document that is meant, as PDF")),
    (b"\x7fELF", _none("elf", "a program", "name the document that is meant, as PDF")),
)
_WEBP = _picture("webp", "WebP")
_HEIC = _none(
    "heic",
    "a picture (HEIC or AVIF)",
    "save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible) and name that file",
)
_EMPTY = _none("empty", "an empty file", _ANEW)
_ZEROS = _none("zeros", "filled with zeros: its download or copy was never finished", _ANEW)
_PAGE = _none("html", "a web page", _BROWSER)
_XML = _none("xml", "an XML file")
_CSV = _set("csv", "a table in a text file (CSV)")
_UNKNOWN = _none("unknown", "no PDF, nor anything else that is known here")

_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta")
_MAIL = (b"received: ", b"return-path: ", b"from: ", b"mime-version: ", b"delivered-to: ")
_SUFFIXES = {".md": MARKDOWN, ".markdown": MARKDOWN, ".csv": _CSV, ".tsv": _CSV}
"""What a text is by its name."""

_START = 4096
_TAIL = 64 << 10
"""A ZIP archive lists its members at its end."""


def kind_of(start: bytes, names: bytes = b"") -> str | None:
    """What a file is that begins so, with its article ("a web page"); None for what may be a PDF.

    start: at least the first HEADER_WITHIN bytes, or the whole file. names: any stretch of a ZIP archive that lists its
    members, such as its last bytes.
    """
    kind = told(start, names)
    return None if kind.way is Way.PDF else kind.words


def kind_of_file(path: Path) -> Kind:
    """What a file is. Reads its first bytes, its last, and in an old Office file the list of its streams. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(_START)
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
        if start.startswith(_OLE):
            streams = frozenset(_streams(file, start))
            if _LOCKED in streams:
                words = _LOCKED_AS.get(path.suffix.lower(), "an Office document")
                return locked(words)
            return next((kind for name, kind in _OLE_STREAMS if name in streams), _OLE_FILE)
    return told(start, tail, path.suffix)


def locked(words: str) -> Kind:
    """An Office document with a password. words: what it is without."""
    return _none("locked", f"{words} with a password", _PASSWORD)


def told(start: bytes, names: bytes = b"", suffix: str = "") -> Kind:
    """What a file is that begins so; start, names: as in kind_of. suffix: of its name, with the dot."""
    if not start:
        return _EMPTY
    if b"%PDF-" in start[:HEADER_WITHIN]:
        return PDF
    if start.startswith(b"PK\x03\x04"):
        return _archive(start, names)
    if start.startswith(_OLE):
        return _OLE_FILE
    for magic, kind in _STARTS:
        # A text may begin with two letters of its own.
        if start.startswith(magic) and (len(magic) > 2 or not _is_text(start)):
            return kind
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return _WEBP
    if start[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif", b"ftypheix"}:
        return _HEIC
    return _text(start, suffix.lower())


def _archive(start: bytes, names: bytes) -> Kind:
    # The first member has its name at byte 30.
    if start.startswith(_ODF, 30):
        kind = start[30 + len(_ODF) :]
        return next((found for sign, found in _ODF_TYPES if kind.startswith(sign)), _ZIP)
    if start.startswith(b"mimetypeapplication/epub+zip", 30):
        return _EPUB
    packaged = _TYPES in start or _TYPES in names
    for sign, found in _MEMBERS:
        if (sign in start or sign in names) and (packaged or found.name == "iwork"):
            if found.way is Way.OFFICE and (_MACROS in start or _MACROS in names):
                return Kind(found.name, f"{found.words} with macros", found.way, found.remedy)
            return found
    return _CUT if packaged and names and _END not in names else _ZIP


def _text(start: bytes, suffix: str) -> Kind:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    plain = _is_text(start)
    if plain and suffix in _SUFFIXES:
        # Markdown may begin with HTML, and a table with anything.
        return _SUFFIXES[suffix]
    if text.startswith(_PAGES) or (text.startswith((b"<?xml", b"<!--")) and b"<html" in text):
        return _PAGE
    if text.startswith(b"<svg") or (text.startswith((b"<?xml", b"<!")) and b"<svg" in text):
        return SVG
    if text.startswith(b"<?xml"):
        return _XML
    if text.startswith(_MAIL):
        return MAIL
    if not start.strip(b"\0"):
        return _ZEROS
    return TEXT if plain else _UNKNOWN


def _is_text(start: bytes) -> bool:
    try:
        # The last character may be cut off.
        start[:-4].decode() if len(start) > 4 else start.decode()
    except UnicodeDecodeError:
        return False
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in start)


# --------------------------------------------------------------------------- compound files of before 2007

_HEADER_FATS = 109
"""Sectors of the table of sectors that the header names (MS-CFB 2.2)."""
_ENTRY = 128
"""Bytes of an entry of the directory (MS-CFB 2.6.1)."""
_MOST_SECTORS = 256
"""Of a directory: at least 1,024 streams, and those that tell a kind are among the first."""


def _streams(file: BinaryIO, start: bytes) -> Iterator[str]:
    """Names of the streams of a compound file, as far as its directory can be followed."""
    if len(start) < 512:
        return
    (shift,) = struct.unpack_from("<H", start, 30)
    if shift not in {9, 12}:
        return
    size = 1 << shift
    (sector,) = struct.unpack_from("<I", start, 48)
    fats = struct.unpack_from(f"<{_HEADER_FATS}I", start, 76)
    for _ in range(_MOST_SECTORS):
        file.seek((sector + 1) << shift)
        content = file.read(size)
        for position in range(0, len(content) - _ENTRY + 1, _ENTRY):
            (length,) = struct.unpack_from("<H", content, position + 64)
            name = content[position : position + min(max(length - 2, 0), 62)]
            yield name.decode("utf-16-le", errors="replace")
        table, place = divmod(sector, size // 4)
        if len(content) < size or table >= _HEADER_FATS:
            return
        file.seek(((fats[table] + 1) << shift) + 4 * place)
        following = file.read(4)
        if len(following) < 4:
            return
        (sector,) = struct.unpack("<I", following)
