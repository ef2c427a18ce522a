"""Every place of an Office document, and of an archive, that a text can hide in: a canary is planted in each, and must be found there."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping

import pytest

from briefpack.audit.read_back import read_back
from briefpack.audit.seen import Seat
from tests.audit.finding import CANARY, all_opaque, assert_found
from tests.audit.pdf_maker import Maker, text_of

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_LETTERS = "".join(f"<w:r><w:t xml:space='preserve'>{letter}</w:t></w:r>" for letter in CANARY)


def _run(words: str, more: str = "", tag: str = "t") -> str:
    return f"<w:r>{more}<w:{tag} xml:space='preserve'>{words}</w:{tag}></w:r>"


def package(body: str = "", parts: Mapping[str, str | bytes] | None = None, leads: str = "") -> bytes:
    """A Word document. body: in its body. parts: by their names. leads: more relationships of the document."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f"<Relationships {_RELS}><Relationship Id='r1' Type='t' Target='word/document.xml'/></Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships {_RELS}>{leads}</Relationships>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return out.getvalue()


def archive_of(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _led(name: str) -> str:
    return f"<Relationship Id='r9' Type='t' Target='{name}'/>"


def _part(name: str, content: str | bytes) -> bytes:
    return package(parts={f"word/{name}": content}, leads=_led(name))


def _pdf() -> bytes:
    maker = Maker()
    maker.add_page(text_of(CANARY))
    return maker.build()


def _field_data(words: str, before: bytes = b"", line: int = 10_000) -> str:
    """As Word keeps what belongs to a field: in Base64, the words in UTF-16."""
    packed = base64.b64encode(before + words.encode("utf-16-le")).decode()
    lines = "\n".join(packed[at : at + line] for at in range(0, len(packed), line))
    return (
        f"<w:p><w:r><w:fldChar w:fldCharType='begin'><w:fldData>{lines}</w:fldData></w:fldChar></w:r></w:p>"
    )


def _with_comment() -> bytes:
    out = io.BytesIO(package())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = CANARY.encode()
    return out.getvalue()


def _with_extra() -> bytes:
    out = io.BytesIO(package())
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("word/x.xml")
        note = CANARY.encode()
        info.extra = b"\x99\x99" + len(note).to_bytes(2, "little") + note
        archive.writestr(info, "<x/>")
    return out.getvalue()


def _unlisted() -> bytes:
    """An entry whose record in the list was taken out."""
    content = package(parts={"word/zz.txt": CANARY})
    start, end = content.rindex(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    tail = bytearray(content[end:])
    for at in (8, 10):
        tail[at] -= 1
    tail[12:16] = (int.from_bytes(tail[12:16], "little") - (end - start)).to_bytes(4, "little")
    return content[:start] + bytes(tail)


_SHEET = archive_of(
    **{
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships {_RELS}><Relationship Id='r1' Type='t' Target='/xl/sharedStrings.xml'/></Relationships>",
        "xl/sharedStrings.xml": f"<sst><si><r><t>{CANARY[:9]}</t></r><r><t>{CANARY[9:]}</t></r></si></sst>",
    }
)
_VANISH = "<w:rPr><w:vanish/></w:rPr>"

PLANTS: dict[str, tuple[Seat, str, bytes]] = {
    "in a paragraph": (Seat.PAGE, "word/document.xml", package(f"<w:p>{_run(CANARY)}</w:p>")),
    "a letter a run": (Seat.PAGE, "word/document.xml", package(f"<w:p>{_LETTERS}</w:p>")),
    "with soft hyphens": (
        Seat.PAGE,
        "word/document.xml",
        package(f"<w:p>{_run('The grey he')}<w:r><w:softHyphen/></w:r>{_run('ron leaves at dawn')}</w:p>"),
    ),
    "around a text box": (
        Seat.PAGE,
        "word/document.xml",
        package(f"<w:p>{_run(CANARY[:9])}<w:r><w:pict><w:txbxContent><w:p>{_run('box')}</w:p></w:txbxContent></w:pict></w:r>{_run(CANARY[9:])}</w:p>"),
    ),
    "as symbols": (
        Seat.PAGE,
        "word/document.xml",
        package("<w:p>" + "".join(f"<w:r><w:sym w:font='Symbol' w:char='F0{ord(letter):02X}'/></w:r>" for letter in CANARY) + "</w:p>"),
    ),
    "hidden": (Seat.HIDDEN, "hidden or deleted", package(f"<w:p>{_run(CANARY, _VANISH)}</w:p>")),
    "half hidden": (Seat.HIDDEN, "hidden or deleted", package(f"<w:p>{_run(CANARY[:9])}{_run(CANARY[9:], _VANISH)}</w:p>")),
    "deleted": (Seat.HIDDEN, "hidden or deleted", package(f"<w:p><w:del>{_run(CANARY, tag='delText')}</w:del></w:p>")),
    "before changes": (
        Seat.HIDDEN,
        "hidden or deleted",
        package(f"<w:p>{_run('The grey ')}<w:del>{_run('heron', tag='delText')}</w:del><w:ins>{_run('stork')}</w:ins>{_run(' leaves at dawn')}</w:p>"),
    ),
    "in the code of a field": (Seat.HIDDEN, "codes of fields", package(f"<w:p>{_run(CANARY[:9], tag='instrText')}{_run(CANARY[9:], tag='instrText')}</w:p>")),
    "in the data of a field": (Seat.HIDDEN, "fldData, packed in it", package(_field_data(CANARY))),
    "in the data of a field, behind bytes, in lines": (
        Seat.HIDDEN,
        "fldData, packed in it",
        package(_field_data("Ordinary words before it. " + CANARY, before=b"\1\0\7\0\0", line=76)),
    ),
    "in both choices": (
        Seat.PAGE,
        "word/document.xml",
        package(f"<w:p><mc:AlternateContent xmlns:mc='mc'><mc:Choice>{_run('x')}</mc:Choice><mc:Fallback><w:p>{_run(CANARY)}</w:p></mc:Fallback></mc:AlternateContent></w:p>"),
    ),
    "the text of a picture": (Seat.HIDDEN, "descr", package(f"<wp:docPr xmlns:wp='wp' id='1' name='x' descr='{CANARY}'/>")),
    "the name of a picture": (Seat.NAME, "name", package(f"<wp:docPr xmlns:wp='wp' id='1' name='{CANARY}'/>")),
    "a bookmark": (Seat.NAME, "name", package(f"<w:bookmarkStart w:id='1' w:name='{CANARY}'/>")),
    "a tip": (Seat.HIDDEN, "tooltip", package(f"<w:hyperlink w:tooltip='{CANARY}'/>")),
    "a watermark": (Seat.PAGE, "painted", package(f"<v:textpath xmlns:v='v' string='{CANARY}'/>")),
    "a comment in XML": (Seat.HIDDEN, "comments in its XML", package(f"<!-- {CANARY} -->")),
    "an instruction in XML": (Seat.HIDDEN, "comments in its XML", package(f"<?note {CANARY}?>")),
    "a header": (Seat.PAGE, "word/header1.xml", _part("header1.xml", f"<w:hdr {_W}><w:p>{_run(CANARY)}</w:p></w:hdr>")),
    "a note": (Seat.PAGE, "word/footnotes.xml", _part("footnotes.xml", f"<w:footnotes {_W}><w:footnote><w:p>{_run(CANARY)}</w:p></w:footnote></w:footnotes>")),
    "a comment": (Seat.HIDDEN, "word/comments.xml", _part("comments.xml", f"<w:comments {_W}><w:comment w:author='a'><w:p>{_run(CANARY)}</w:p></w:comment></w:comments>")),
    "who commented": (Seat.METADATA, "author", _part("comments.xml", f"<w:comments {_W}><w:comment w:author='{CANARY}'/></w:comments>")),
    "a building block": (Seat.HIDDEN, "word/glossary/document.xml", _part("glossary/document.xml", f"<w:glossaryDocument {_W}><w:p>{_run(CANARY)}</w:p></w:glossaryDocument>")),
    "a variable": (Seat.NAME, "word/settings.xml", _part("settings.xml", f"<w:settings {_W}><w:docVars><w:docVar w:name='a' w:val='{CANARY}'/></w:docVars></w:settings>")),
    "a style": (Seat.NAME, "word/styles.xml", _part("styles.xml", f"<w:styles {_W}><w:style><w:name w:val='{CANARY}'/></w:style></w:styles>")),
    "a value in a chart": (Seat.PAGE, "word/charts/chart1.xml", _part("charts/chart1.xml", f"<c:chartSpace xmlns:c='c'><c:pt><c:v>{CANARY}</c:v></c:pt></c:chartSpace>")),
    "a property": (Seat.METADATA, "docProps/custom.xml", package(parts={"docProps/custom.xml": f"<Properties><property name='a'><lpwstr>{CANARY}</lpwstr></property></Properties>"})),
    "custom XML": (Seat.METADATA, "customXml/item1.xml", package(parts={"customXml/item1.xml": f"<a><b>{CANARY}</b></a>"})),
    "a part that nothing leads to": (Seat.HIDDEN, "to which nothing leads", package(parts={"word/old.xml": f"<w:document {_W}><w:p>{_run(CANARY)}</w:p></w:document>"})),
    "the name of a part": (Seat.NAME, "the names of its parts", package(parts={f"word/{CANARY}.xml": "<x/>"})),
    "where a link leads": (Seat.HIDDEN, "Target", package(leads=f"<Relationship Id='r9' Type='t' TargetMode='External' Target='file:///C:/{CANARY}'/>")),
    "a workbook": (Seat.PAGE, "xl/sharedStrings.xml", _part("embeddings/book.xlsx", _SHEET)),
    "a document in it": (Seat.PAGE, "word/embeddings/in.docx: word/document.xml", _part("embeddings/in.docx", package(f"<w:p>{_run(CANARY)}</w:p>"))),
    "a PDF in it": (Seat.PAGE, "word/embeddings/in.pdf: page 1", _part("embeddings/in.pdf", _pdf())),
    "a web page in it": (Seat.PAGE, "its text", _part("chunk.html", f"<!DOCTYPE html><p>{CANARY[:9]}<b>{CANARY[9:]}</b></p>")),
    "the comment of the archive": (Seat.HIDDEN, "the comment of the archive", _with_comment()),
    "an extra field": (Seat.HIDDEN, "an extra field", _with_extra()),
    "before the archive": (Seat.HIDDEN, "between its parts", CANARY.encode() + package()),
    "behind the archive": (Seat.HIDDEN, "between its parts", package() + CANARY.encode()),
    "an entry that is not listed": (Seat.PAGE, "which the archive does not list", _unlisted()),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTS)
def test_it_is_found(name: str) -> None:
    seat, place, content = PLANTS[name]
    seen = read_back(content, "pack.docx")
    assert_found(seen, seat, place)
    assert list(all_opaque(seen)) == []


def test_macros_are_told_of() -> None:
    assert list(
        all_opaque(
            read_back(_part("vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "a.docm")
        )
    )


OTHERS: dict[str, tuple[Seat, str, bytes]] = {
    "a text": (Seat.PAGE, "its text", CANARY.encode()),
    "a text in UTF-16": (Seat.PAGE, "its text", b"\xff\xfe" + CANARY.encode("utf-16-le")),
    "a folded line": (Seat.HIDDEN, "folded lines", b"BEGIN:VCALENDAR\r\nSUMMARY:The grey her\r\n on leaves at dawn\r\n"),
    "an escaped text": (Seat.PAGE, "without escapes", b'{"a": "The grey \\u0068eron leaves at dawn"}'),
    "rich text": (Seat.PAGE, "as it is shown", b"{\\rtf1 The grey {\\b he}ron leaves \\'61t dawn}"),
    "a picture in XML": (Seat.PAGE, "without marks", b"<svg><text>The grey <tspan>heron leaves</tspan> at dawn</text></svg>"),
    "a message": (
        Seat.PAGE,
        "the text of the message",
        b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nVGhlIGdyZXkgaGVyb24gbGVhdmVzIGF0IGRhd24=\n",
    ),
    "the subject of a message": (
        Seat.METADATA,
        "the field Subject",
        b"From: a@example.org\nSubject: =?utf-8?b?VGhlIGdyZXkgaGVyb24gbGVhdmVzIGF0IGRhd24=?=\n\nHi\n",
    ),
    "bytes": (Seat.HIDDEN, "its bytes", bytes(64) + CANARY.encode("utf-16-le") + bytes(64)),
    "a comment in a JPEG": (Seat.METADATA, "a comment", b"\xff\xd8\xff\xfe" + (len(CANARY) + 2).to_bytes(2, "big") + CANARY.encode() + b"\xff\xd9"),
    "a text behind a JPEG": (Seat.PAGE, "behind the end", b"\xff\xd8\xff\xd9" + CANARY.encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_found_in_other_files(name: str) -> None:
    seat, place, content = OTHERS[name]
    assert_found(read_back(content, "file"), seat, place)
