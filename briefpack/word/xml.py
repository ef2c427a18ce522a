"""WordprocessingML as text: escaped once where words enter, well-formed by construction after that.

Markup is built as strings, not as element trees: on a pack of 560 pages that is several times faster than lxml
elements, and nothing has to be serialised at the end. The type Xml keeps the two kinds of string apart: words become
Xml only in escape(), so that an author's "<w:p>" can never be markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NewType

Xml = NewType("Xml", str)
"""A well-formed piece of markup: elements and escaped text."""

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}

EMPTY = Xml("")

# What XML 1.0 (production 2, Char) does not allow: most control characters, surrogates and two non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NEEDS_CARE = re.compile("[\x00-\x1f&<>\u00ad\ud800-\udfff\ufffe\uffff]")


def escape(words: str) -> Xml:
    """Words as character data. An illegal character becomes U+FFFD, so that its loss can be seen."""
    if _NEEDS_CARE.search(words) is None:
        return Xml(words)
    words = _ILLEGAL.sub("\ufffd", words)
    return Xml(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def quote(words: str) -> Xml:
    """Words as the inside of a double-quoted attribute; line breaks and tabs become spaces."""
    return Xml(re.sub(r"[\t\n\r]", " ", escape(words)).replace('"', "&quot;"))


def element(name: str, attributes: dict[str, str | int] | None = None, *children: Xml) -> Xml:
    """One element. name and the names of attributes carry their prefix; values are quoted here."""
    opening = name
    if attributes:
        opening += "".join(f' {key}="{quote(str(value))}"' for key, value in attributes.items())
    if not children:
        return Xml(f"<{opening}/>")
    return Xml(f"<{opening}>{''.join(children)}</{name}>")


def value(name: str, content: str | int) -> Xml:
    """The commonest element of all: <w:name w:val="content"/>."""
    return Xml(f'<w:{name} w:val="{quote(str(content))}"/>')


def language(tag: str | None) -> Xml:
    """The property of a run (w:rPr) in another language than the text around; nothing for None. tag: BCP 47."""
    return element("w:lang", {"w:val": tag, "w:eastAsia": tag, "w:bidi": tag}) if tag is not None else EMPTY


def join(pieces: Iterable[Xml]) -> Xml:
    return Xml("".join(pieces))


def part(root: str, prefixes: Iterable[str], *children: Xml, attributes: str = "") -> bytes:
    """A whole XML part. root: the prefixed root element; prefixes: the namespaces it declares, root's own included."""
    declared = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)
    content = "".join(children)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<{root}{declared}{attributes}>{content}</{root}>'
    ).encode()


def words(text: str) -> Xml:
    """The content of a run: text with tabs as spaces and soft hyphens as Word's own element.

    A tab is a space here as it is in the PDF; Word would show U+00AD itself as a hyphen that is always there.
    """
    if _NEEDS_CARE.search(text) is None:
        return Xml(f'<w:t xml:space="preserve">{text}</w:t>')
    clean = escape(re.sub(r"[\t\n\r]", " ", text))
    if "\u00ad" not in clean:
        return Xml(f'<w:t xml:space="preserve">{clean}</w:t>')
    pieces = [f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "" for piece in clean.split("\u00ad")]
    return Xml("<w:softHyphen/>".join(pieces))


def run(text: str, properties: Xml = EMPTY) -> Xml:
    """A run of text. properties: the children of w:rPr in the order of the schema, or nothing."""
    if properties:
        return Xml(f"<w:r><w:rPr>{properties}</w:rPr>{words(text)}</w:r>")
    return Xml(f"<w:r>{words(text)}</w:r>")


def mark(content: str, properties: Xml = EMPTY) -> Xml:
    """A run that holds one empty element, named without its prefix: "tab", "br"."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return Xml(f"<w:r>{looks}<w:{content}/></w:r>")


def field(instruction: str, result: Xml, properties: Xml = EMPTY) -> Xml:
    """A complete field that is never dirty: result holds the runs Word shows without asking for an update.

    instruction is written by us and never by an author.
    """
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return Xml(
        f'<w:r>{looks}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{looks}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{looks}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{result}"
        f'<w:r>{looks}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def wide_field(instruction: str, properties: Xml = EMPTY) -> tuple[Xml, Xml]:
    """What opens and what closes a field whose result is more than a run; see field."""
    opening, _, closing = field(instruction, Xml("\ufffc"), properties).partition("\ufffc")
    return Xml(opening), Xml(closing)


def paragraph(style: str, *content: Xml, properties: Xml = EMPTY) -> Xml:
    """A paragraph in a style. properties: further children of w:pPr in the order of the schema."""
    return Xml(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(content)}</w:p>')
