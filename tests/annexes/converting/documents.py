"""Office documents for tests, made by hand as far as no library here writes them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import xlsxwriter

_OD = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{short}="{_OD}{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("presentation", "presentation"),
        ("manifest", "manifest"),
    )
)
_LINKS = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def opendocument(path: Path, body: str, styles: str = "", *, locked: bool = False) -> Path:
    """body: of the element text, spreadsheet or presentation, which the suffix of path tells."""
    kind = {".odt": "text", ".ods": "spreadsheet", ".odp": "presentation"}[path.suffix]
    media = f"application/vnd.oasis.opendocument.{kind}"
    secret = "<manifest:encryption-data/>" if locked else ""
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", media)
        made.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {_SPACES} {_LINKS} office:version="1.2">'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        made.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {_SPACES} manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
            f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{secret}</manifest:file-entry>'
            "</manifest:manifest>",
        )
    return path


def slides(path: Path, *texts: str, hidden: str | None = None, note: str | None = None) -> Path:
    """An OpenDocument presentation with a slide for each text. hidden: one more that is not shown. note: for the speaker of the first."""
    pages = []
    for number, text in enumerate([*texts, *([hidden] if hidden else [])]):
        style = "off" if text == hidden else "on"
        notes = f"<presentation:notes>{_box(note)}</presentation:notes>" if note and number == 0 else ""
        pages.append(
            f'<draw:page draw:name="p{number}" draw:style-name="{style}">{_box(text)}{notes}</draw:page>'
        )
    styles = (
        '<style:style style:name="on" style:family="drawing-page"/>'
        '<style:style style:name="off" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    return opendocument(path, "".join(pages), styles)


def _box(text: str) -> str:
    return (
        '<draw:frame svg:x="2cm" svg:y="2cm" svg:width="15cm" svg:height="5cm">'
        f"<draw:text-box><text:p>{escape(text)}</text:p></draw:text-box></draw:frame>"
    )


def word(path: Path, *texts: str, font: str = "Calibri") -> Path:
    document = docx.Document()
    document.styles["Normal"].font.name = font
    document.add_heading("A chapter", 1)
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def workbook(path: Path, rows: int = 1, hidden: tuple[str, ...] = ()) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Shown")
        for row in range(rows):
            sheet.write(row, 0, f"cell {row}")
        for name in hidden:
            secret = book.add_worksheet(name)
            secret.write(0, 0, f"secret of {name}")
            secret.hide()
    return path


def changed(path: Path, member: str, old: str, new: str) -> Path:
    """Replace words in a member of an archive; they must be there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[member]
    parts[member] = parts[member].replace(old.encode(), new.encode(), 1)
    return rewritten(path, parts)


def added(path: Path, member: str, content: str) -> Path:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(member, content)
    return path


def rewritten(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def field(*instruction: str) -> str:
    """A field of Word, its instruction in as many runs."""
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in instruction
    )
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"<w:p>{begin}{runs}{middle}<w:r><w:t>old</w:t></w:r>{end}</w:p>"
