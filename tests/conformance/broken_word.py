"""Breaks a good Word file on purpose, in one small place at a time, and knows what should be said of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import TypeAlias

Parts: TypeAlias = dict[str, bytes]
DOCUMENT, STYLES, NUMBERING, SETTINGS = (
    f"word/{name}.xml" for name in ("document", "styles", "numbering", "settings")
)
FOOTNOTES = "word/footnotes.xml"
CORE, TYPES, RELATIONS = "docProps/core.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"


def _change(part: str, pattern: str, to: str, *, times: int = 1) -> Callable[[Parts], None]:
    """Replace what a regular expression finds; it must find something."""

    def change(parts: Parts) -> None:
        text, count = re.subn(pattern, to, parts[part].decode(), count=times, flags=re.DOTALL)
        assert count, pattern
        assert text.encode() != parts[part]
        parts[part] = text.encode()

    return change


def _without(part: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        del parts[part]

    return change


def _instances_first(parts: Parts) -> None:
    text = parts[NUMBERING].decode()
    (instance,) = re.findall(r"<w:num .*?</w:num>", text, flags=re.DOTALL)[:1]
    text = text.replace(instance, "")
    parts[NUMBERING] = text.replace("<w:abstractNum ", instance + "<w:abstractNum ", 1).encode()


def _second_style(parts: Parts) -> None:
    again = (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    parts[STYLES] = parts[STYLES].replace(b"</w:styles>", again.encode())


MUTATIONS: dict[str, tuple[str, Callable[[Parts], None]]] = {
    # Not well formed, not a package, not valid against the schema
    "XML is cut off": ("Cannot parse", _change(DOCUMENT, r"</w:body>.*", "")),
    "the main part is missing": ("not found", _without(DOCUMENT)),
    "a style part is missing": ("not found", _without(STYLES)),
    "a picture is missing": ("image1.png", _without("word/media/image1.png")),
    "a content type is missing": (
        "footer1.xml",
        _change(TYPES, r'<Override PartName="/word/footer1\.xml"[^>]*/>', ""),
    ),
    "an element nobody knows": ("banana", _change(DOCUMENT, r"(</w:pPr>)", r"\1<w:banana/>")),
    "properties in the wrong order": (
        "pStyle",
        _change(DOCUMENT, r'<w:pPr>(<w:pStyle w:val="Heading1"/>)', r'<w:pPr><w:jc w:val="left"/>\1'),
    ),
    "a value that is none": (
        "nextPages",
        _change(DOCUMENT, r'<w:type w:val="nextPage"/>', '<w:type w:val="nextPages"/>'),
    ),
    "a paragraph in a paragraph": (
        "Unexpected element 'p'",
        _change(DOCUMENT, r"<w:t [^>]*>Contents</w:t>", "<w:p><w:r><w:t>Contents</w:t></w:r></w:p>"),
    ),
    "a cell without a paragraph": (
        "Required",
        _change(DOCUMENT, r"(<w:tc><w:tcPr>.*?</w:tcPr>)<w:p>.*?</w:tc>", r"\1</w:tc>"),
    ),
    "a date that is none": (
        "no date",
        _change(CORE, r"(<dcterms:created[^>]*>)[^<]*", r"\g<1>the first of May"),
    ),
    # Sound XML that leads nowhere
    "a picture that leads nowhere": ("rId999", _change(DOCUMENT, r'r:embed="[^"]+"', 'r:embed="rId999"')),
    "a header that leads nowhere": (
        "rId998",
        _change(DOCUMENT, r'(<w:headerReference w:type="default" r:id=")[^"]+"', r'\1rId998"'),
    ),
    "a link that leads nowhere": (
        "sec_trois",
        _change(DOCUMENT, r'w:anchor="sec_deux"', 'w:anchor="sec_trois"'),
    ),
    "a page reference that leads nowhere": (
        "sec_trois",
        _change(DOCUMENT, r"PAGEREF sec_deux", "PAGEREF sec_trois"),
    ),
    "a cross-reference that leads nowhere": ("nowhere", _change(DOCUMENT, r" REF \w+", " REF nowhere")),
    "a style that is not defined": (
        "Rubrik",
        _change(DOCUMENT, r'<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Rubrik"/>'),
    ),
    "a list that is not defined": (
        "777",
        _change(DOCUMENT, r'<w:numId w:val="[1-9]\d*"/>', '<w:numId w:val="777"/>'),
    ),
    # Twice what may be there once
    "two bookmarks of one name": (
        "sec_first twice",
        _change(DOCUMENT, r'w:name="sec_deux"', 'w:name="sec_first"'),
    ),
    "two bookmarks of one number": (
        "duplicates",
        _change(DOCUMENT, r'(<w:bookmarkStart w:id=)"2"', r'\1"1"'),
    ),
    "two drawings of one number": (
        "twice",
        _change(DOCUMENT, r"(<w:r>(?:(?!</w:r>).)*<w:drawing>.*?</w:drawing></w:r>)", r"\1\1"),
    ),
    "two styles of one name": ("Heading1", _second_style),
    # Half of a pair
    "a bookmark that never ends": ("do not pair", _change(DOCUMENT, r'<w:bookmarkEnd w:id="3"/>', "")),
    "a field that never ends": (
        "never closed",
        _change(DOCUMENT, r'<w:fldChar w:fldCharType="end"/>', "<w:t/>"),
    ),
    "a field without a result": (
        "without result",
        _change(
            DOCUMENT,
            r'(PAGEREF.*?)<w:r>(?:<w:rPr><w:webHidden/></w:rPr>)?<w:fldChar w:fldCharType="separate"/></w:r>',
            r"\1",
        ),
    ),
    "a field whose result is empty": (
        "no words",
        _change(DOCUMENT, r'(PAGEREF.*?"separate"/></w:r>.*?<w:t [^>]*>)[^<]+', r"\1"),
    ),
    "a field to be updated": (
        "dirty",
        _change(DOCUMENT, r'w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"'),
    ),
    "a row with a cell too few": (
        "1 cells",
        _change(DOCUMENT, r"(<w:tr>.*?)<w:tc>.*?</w:tc>(.*?</w:tr>)", r"\1\2"),
    ),
    "a grid with a column too few": ("1 tblGrid", _change(DOCUMENT, r"<w:gridCol [^>]*/>", "")),
    "instances before the lists they are of": ("abstractNum", _instances_first),
    # Notes, cells over rows and columns, charts
    "a cell over a column too many": (
        "4 cells vs 3",
        _change(DOCUMENT, r'<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'),
    ),
    "a cell that goes on from none": (
        "goes on from none above",
        _change(DOCUMENT, r'<w:vMerge w:val="restart"/>', ""),
    ),
    "words in a cell that is covered": (
        "covered by another",
        _change(DOCUMENT, r"(<w:vMerge/>.*?</w:pPr>)", r"\1<w:r><w:t>lost</w:t></w:r>"),
    ),
    "a footnote without a mark": (
        "never referenced",
        _change(DOCUMENT, r'<w:footnoteReference [^>]*w:id="1"/>', ""),
    ),
    "a mark without a footnote": (
        "no entry in footnotes.xml",
        _change(DOCUMENT, r'(<w:footnoteReference [^>]*w:id=)"1"', r'\1"99"'),
    ),
    "two marks of one footnote": (
        "not one mark",
        _change(DOCUMENT, r'(<w:footnoteReference [^>]*w:id="1"/>)', r"\1\1"),
    ),
    "a footnote without words": (
        "has no words",
        _change(FOOTNOTES, r"<w:t(?: [^>]*)?>[^<]*</w:t>", "", times=0),
    ),
    "a footnote that does not repeat its mark": (
        "does not repeat its mark",
        _change(FOOTNOTES, r"<w:footnoteRef/>", ""),
    ),
    "a chart that says nothing": ("alternative text", _change(DOCUMENT, r' descr="Bar chart[^"]*"', "")),
    # What Word asks its reader about
    "a prompt to update fields": (
        "update fields",
        _change(SETTINGS, r"(<w:footnotePr>)", r'<w:updateFields w:val="true"/>\1'),
    ),
    "a compatibility mode": (
        "compatibility mode",
        _change(SETTINGS, r'(w:name="compatibilityMode"[^>]*w:val=)"15"', r'\1"12"'),
    ),
    # What is only heard
    "a picture that says nothing": ("alternative text", _change(DOCUMENT, r' descr="[^"]+"', "")),
    "a table without a header row": ("header row", _change(DOCUMENT, r"<w:tblHeader/>", "")),
    "a title that is missing": ("no title", _change(CORE, r"<dc:title>[^<]*</dc:title>", "")),
    "a language that is missing": ("no language", _change(STYLES, r"<w:lang [^>]*/>", "")),
    "a heading level that is skipped": (
        "after level 1",
        _change(DOCUMENT, r'<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading3"/>'),
    ),
    "an empty line for the sake of space": (
        "empty paragraph",
        _change(
            DOCUMENT,
            r'(<w:p><w:pPr><w:pStyle w:val="Heading2"/>)',
            r'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>\1',
        ),
    ),
    "a link without words": (
        "without words",
        _change(DOCUMENT, r"(<w:hyperlink r:id=[^>]*>).*?(</w:hyperlink>)", r"\1\2"),
    ),
    "a link that says here": (
        "“here”",
        _change(DOCUMENT, r"(<w:hyperlink r:id=[^>]*>.*?<w:t [^>]*>)[^<]*", r"\1here"),
    ),
}
"""By what is wrong: a word that somebody must say of it, and the change."""


def broken(good: bytes, mutation: Callable[[Parts], None]) -> bytes:
    """The file with one thing wrong in it."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    mutation(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
