"""Ways to leak in a Word file: in every part that one can have, in what is hidden in its text, in what is embedded, and in the ZIP container around it."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import pikepdf
from PIL import Image

from tests.packs.leaks import (
    File,
    Plant,
    Proof,
    Secret,
    Ways,
    in_bytes,
    in_parts,
    parts_hold,
    parts_of,
    squeezed,
)
from tests.packs.leaks_in_bytes import jpeg, png_with, text_of_png
from tests.packs.leaks_in_pdf import small_docx, zipped

WAYS = Ways("docx")

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Parts = dict[str, bytes]


def changed(file: File, change: Callable[[Parts], None], comment: bytes = b"") -> File:
    """The file with a change made to its parts."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        archive.comment = comment
    return File(file.name, out.getvalue())


def _way(
    name: str, proof: Proof = in_parts, tells: str = "sentence"
) -> Callable[[Callable[[Parts, Secret], None]], Plant]:
    """Note a way that is a change of parts."""

    def note(change: Callable[[Parts, Secret], None]) -> Plant:
        return WAYS(name, proof, tells)(
            lambda file, secret: changed(file, lambda parts: change(parts, secret))
        )

    return note


def _body(
    name: str, proof: Proof = in_parts, tells: str = "sentence"
) -> Callable[[Callable[[Secret], str]], Plant]:
    """Note a way that is XML in the body of the document."""

    def note(make: Callable[[Secret], str]) -> Plant:
        def change(parts: Parts, secret: Secret) -> None:
            _insert(parts, make(secret))

        return WAYS(name, proof, tells)(
            lambda file, secret: changed(file, lambda parts: change(parts, secret))
        )

    return note


def _insert(parts: Parts, xml: str) -> None:
    """Put blocks before the second paragraph whose style is that of running text."""
    document = parts["word/document.xml"]
    at = [found.start() for found in re.finditer(rb"<w:p>(?=<w:pPr><w:pStyle w:val=\"Heading1\")", document)][
        1
    ]
    parts["word/document.xml"] = document[:at] + xml.encode() + document[at:]


def _runs(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _part(
    parts: Parts,
    name: str,
    content: bytes,
    content_type: str,
    relation: str,
    *,
    source: str = "word/document.xml",
) -> str:
    """Add a part that another one leads to. Gives the relation's id."""
    parts[name] = content
    types = parts["[Content_Types].xml"]
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/>'.encode()
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override + b"</Types>")
    return _relate(parts, "/" + name, relation, source=source)


def _relate(
    parts: Parts, target: str, relation: str, *, source: str = "word/document.xml", mode: str = ""
) -> str:
    folder, _, own = source.rpartition("/")
    name = f"{folder}/_rels/{own}.rels" if own else "_rels/.rels"
    if name not in parts:
        namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
        parts[name] = XML + f'<Relationships xmlns="{namespace}"></Relationships>'.encode()
    key = f"rZZ{len(re.findall(b'rZZ', parts[name]))}"
    entry = f'<Relationship Id="{key}" Type="{relation}" Target={quoteattr(target)}{mode}/>'
    parts[name] = parts[name].replace(b"</Relationships>", entry.encode() + b"</Relationships>")
    return key


def _type_of(parts: Parts, extension: str, content_type: str) -> None:
    if f'Extension="{extension}"'.encode() not in parts["[Content_Types].xml"]:
        entry = f'<Default Extension="{extension}" ContentType="{content_type}"/>'
        parts["[Content_Types].xml"] = re.sub(
            rb"(<Types[^>]*>)", rb"\1" + entry.encode(), parts["[Content_Types].xml"]
        )


# --------------------------------------------------------------------------- parts of their own


def _comment(parts: Parts, author: str, text: str) -> None:
    content = (
        f'<w:comments {W}><w:comment w:id="0" w:author={quoteattr(author)} w:initials="x">'
        f"{_runs(_run(text))}</w:comment></w:comments>"
    )
    _part(parts, "word/comments.xml", XML + content.encode(), f"{WML}.comments+xml", f"{OFFICE}/comments")
    _insert(parts, _runs(_run("see") + '<w:r><w:commentReference w:id="0"/></w:r>'))


@_way("a comment")
def _(parts: Parts, secret: Secret) -> None:
    _comment(parts, "Desk", secret.sentence)


@_way("the author of a comment")
def _(parts: Parts, secret: Secret) -> None:
    _comment(parts, secret.sentence, "see")


@_way("people who have worked on it")
def _(parts: Parts, secret: Secret) -> None:
    space = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    content = f"<w15:people {space}><w15:person w15:author={quoteattr(secret.sentence)}/></w15:people>"
    _part(
        parts,
        "word/people.xml",
        XML + content.encode(),
        f"{WML}.people+xml",
        "http://schemas.microsoft.com/office/2011/relationships/people",
    )


@_way("a footnote")
def _(parts: Parts, secret: Secret) -> None:
    note = f'<w:footnote w:id="991">{_runs(_run(secret.sentence))}</w:footnote></w:footnotes>'
    if "word/footnotes.xml" in parts:
        parts["word/footnotes.xml"] = parts["word/footnotes.xml"].replace(b"</w:footnotes>", note.encode())
        return
    content = XML + f"<w:footnotes {W}>{note}".encode()
    _part(parts, "word/footnotes.xml", content, f"{WML}.footnotes+xml", f"{OFFICE}/footnotes")


@_way("an endnote, over several runs")
def _(parts: Parts, secret: Secret) -> None:
    runs = "".join(_run(f"{word} ") for word in secret.sentence.split())
    content = f'<w:endnotes {W}><w:endnote w:id="1">{_runs(runs)}</w:endnote></w:endnotes>'
    _part(parts, "word/endnotes.xml", XML + content.encode(), f"{WML}.endnotes+xml", f"{OFFICE}/endnotes")


@_way("a header that no section uses")
def _(parts: Parts, secret: Secret) -> None:
    content = f"<w:hdr {W}>{_runs(_run(secret.sentence))}</w:hdr>"
    _part(parts, "word/header99.xml", XML + content.encode(), f"{WML}.header+xml", f"{OFFICE}/header")


@_way("custom XML")
def _(parts: Parts, secret: Secret) -> None:
    content = XML + f'<data xmlns="urn:own"><row remark={quoteattr(secret.sentence)}/></data>'.encode()
    _part(parts, "customXml/item1.xml", content, "application/xml", f"{OFFICE}/customXml")


@_way("the title in the properties")
def _(parts: Parts, secret: Secret) -> None:
    _property(
        parts, "docProps/core.xml", "</cp:coreProperties>", f"<dc:subject>{secret.sentence}</dc:subject>"
    )


@_way("keywords in the properties, in Cyrillic letters", parts_hold("abroad:uk"), "abroad:uk")
def _(parts: Parts, secret: Secret) -> None:
    words = f"<cp:keywords>{secret.abroad['uk']}</cp:keywords>"
    _property(parts, "docProps/core.xml", "</cp:coreProperties>", words)


@_way("the company in the properties")
def _(parts: Parts, secret: Secret) -> None:
    _property(parts, "docProps/app.xml", "</Properties>", f"<Company>{secret.sentence}</Company>")


@_way("the titles of parts in the properties")
def _(parts: Parts, secret: Secret) -> None:
    titles = (
        '<TitlesOfParts><vt:vector xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes" '
        f'size="1" baseType="lpstr"><vt:lpstr>{secret.sentence}</vt:lpstr></vt:vector></TitlesOfParts>'
    )
    _property(parts, "docProps/app.xml", "</Properties>", titles)


@_way("a custom property")
def _(parts: Parts, secret: Secret) -> None:
    _property(parts, "docProps/custom.xml", "</Properties>", _custom("Remark", secret.sentence))


@_way("the name of a custom property")
def _(parts: Parts, secret: Secret) -> None:
    _property(parts, "docProps/custom.xml", "</Properties>", _custom(secret.sentence, "yes"))


def _custom(name: str, text: str) -> str:
    return (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="97" name={quoteattr(name)}>'
        '<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{escape(text)}</vt:lpwstr></property>"
    )


def _property(parts: Parts, name: str, end: str, xml: str) -> None:
    assert end.encode() in parts[name]
    parts[name] = parts[name].replace(end.encode(), xml.encode() + end.encode())


@_way("a variable of the document")
def _(parts: Parts, secret: Secret) -> None:
    xml = f'<w:docVars><w:docVar w:name="a" w:val={quoteattr(secret.sentence)}/></w:docVars>'
    _property(parts, "word/settings.xml", "</w:settings>", xml)


def _quoted_in_parts(file: File, secret: Secret) -> bool:
    return any(quote(secret.sentence) in text for text in parts_of(file.content))


@_way("where a template lies", _quoted_in_parts)
def _(parts: Parts, secret: Secret) -> None:
    target = f"file:///C:/templates/{quote(secret.sentence)}.dotx"
    _relate(
        parts, target, f"{OFFICE}/attachedTemplate", source="word/settings.xml", mode=' TargetMode="External"'
    )


@_way("the name of a style")
def _(parts: Parts, secret: Secret) -> None:
    xml = f'<w:style w:type="paragraph" w:styleId="ZZ"><w:name w:val={quoteattr(secret.sentence)}/></w:style>'
    _property(parts, "word/styles.xml", "</w:styles>", xml)


@_way("the text of a numbering")
def _(parts: Parts, secret: Secret) -> None:
    xml = (
        f'<w:abstractNum w:abstractNumId="991"><w:lvl w:ilvl="0"><w:lvlText w:val={quoteattr(secret.sentence)}/>'
        "</w:lvl></w:abstractNum>"
    )
    numbering = parts["word/numbering.xml"]
    at = numbering.index(b"<w:num ")
    parts["word/numbering.xml"] = numbering[:at] + xml.encode() + numbering[at:]


@_way("the glossary of building blocks")
def _(parts: Parts, secret: Secret) -> None:
    content = (
        f'<w:glossaryDocument {W}><w:docParts><w:docPart><w:docPartPr><w:name w:val="a"/></w:docPartPr>'
        f"<w:docPartBody>{_runs(_run(secret.sentence))}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
    )
    _part(
        parts,
        "word/glossary/document.xml",
        XML + content.encode(),
        f"{WML}.document.glossary+xml",
        f"{OFFICE}/glossaryDocument",
    )


@_way("a part that nothing leads to")
def _(parts: Parts, secret: Secret) -> None:
    parts["word/old.xml"] = XML + f"<old>{escape(secret.sentence)}</old>".encode()


@_way("a part without an ending, in UTF-16", in_bytes)
def _(parts: Parts, secret: Secret) -> None:
    parts["word/state"] = b"\0\1\2\3" + secret.sentence.encode("utf-16-le") + b"\0\0\0"


@_way(
    "the name of a part",
    lambda file, secret: (
        "-".join(secret.sentence.split()) in "".join(zipfile.ZipFile(io.BytesIO(file.content)).namelist())
    ),
)
def _(parts: Parts, secret: Secret) -> None:
    parts[f"word/media/{'-'.join(secret.sentence.split())}.png"] = png_with("a", compressed=False)


@_way("a remark in XML")
def _(parts: Parts, secret: Secret) -> None:
    document = parts["word/document.xml"]
    parts["word/document.xml"] = document.replace(
        b"<w:body>", f"<w:body><!-- {secret.sentence} -->".encode(), 1
    )


@_way("an instruction in XML")
def _(parts: Parts, secret: Secret) -> None:
    document = parts["word/document.xml"]
    parts["word/document.xml"] = document.replace(
        b"<w:body>", f"<w:body><?own {secret.sentence}?>".encode(), 1
    )


@_way("in a part in UTF-16", in_bytes)
def _(parts: Parts, secret: Secret) -> None:
    content = f'<?xml version="1.0" encoding="UTF-16"?><data>{escape(secret.sentence)}</data>'.encode(
        "utf-16"
    )
    _part(parts, "customXml/item2.xml", content, "application/xml", f"{OFFICE}/customXml")


def _referred(file: File, secret: Secret) -> bool:
    coded = "".join(f"&#x{ord(letter):x};" for letter in secret.sentence)
    return any(coded in text for text in parts_of(file.content))


@_way("in character references", _referred)
def _(parts: Parts, secret: Secret) -> None:
    coded = "".join(f"&#x{ord(letter):x};" for letter in secret.sentence)
    _insert(parts, f"<w:p><w:r><w:t>{coded}</w:t></w:r></w:p>")


# --------------------------------------------------------------------------- in the text


@_body("plain text")
def _(secret: Secret) -> str:
    return _runs(_run(secret.sentence))


@_body("over runs, a letter or two each")
def _(secret: Secret) -> str:
    pairs = [secret.sentence[at : at + 2] for at in range(0, len(secret.sentence), 2)]
    return _runs("".join(_run(pair) for pair in pairs))


@_body("over runs with things that are nothing between them")
def _(secret: Secret) -> str:
    words = secret.sentence.split()
    between = (
        '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="77" w:name="b"/><w:bookmarkEnd w:id="77"/>'
    )
    return _runs(between.join(_run(f"{word} ") for word in words))


@_body("one word a paragraph")
def _(secret: Secret) -> str:
    return "".join(_runs(_run(word)) for word in secret.sentence.split())


@_body("one word a cell")
def _(secret: Secret) -> str:
    cells = "".join(f"<w:tc>{_runs(_run(word))}</w:tc>" for word in secret.sentence.split())
    return f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>{_runs('')}"


@_body("hidden text")
def _(secret: Secret) -> str:
    return _runs(_run(secret.sentence, "<w:rPr><w:vanish/></w:rPr>"))


@_body("white text, one point high")
def _(secret: Secret) -> str:
    return _runs(_run(secret.sentence, '<w:rPr><w:color w:val="FFFFFF"/><w:sz w:val="2"/></w:rPr>'))


@_body("in capitals")
def _(secret: Secret) -> str:
    return _runs(_run(secret.sentence.upper()))


@_body("text that was deleted and is tracked")
def _(secret: Secret) -> str:
    words = secret.sentence.split()
    pieces = "".join(
        f'<w:r><w:delText xml:space="preserve">{escape(word)} </w:delText></w:r>' for word in words
    )
    return _runs(f'<w:del w:id="88" w:author="x" w:date="2025-04-02T00:00:00Z">{pieces}</w:del>')


@_body("text that was inserted and is tracked")
def _(secret: Secret) -> str:
    return _runs(
        f'<w:ins w:id="89" w:author="x" w:date="2025-04-02T00:00:00Z">{_run(secret.sentence)}</w:ins>'
    )


@_body("half deleted and half kept")
def _(secret: Secret) -> str:
    words = secret.sentence.split()
    half = len(words) // 2
    gone = f'<w:r><w:delText xml:space="preserve">{escape(" ".join(words[half:]))}</w:delText></w:r>'
    return _runs(_run(" ".join(words[:half]) + " ") + f'<w:del w:id="90" w:author="x">{gone}</w:del>')


@_body("who tracked a change")
def _(secret: Secret) -> str:
    return _runs(f'<w:ins w:id="91" w:author={quoteattr(secret.sentence)}>{_run("see")}</w:ins>')


@_body("the code of a field")
def _(secret: Secret) -> str:
    code = f'<w:instrText xml:space="preserve"> SET remark "{escape(secret.sentence)}" </w:instrText>'
    return _runs(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>{code}</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@_body("the code of a simple field")
def _(secret: Secret) -> str:
    return _runs(
        f"<w:fldSimple w:instr={quoteattr(f' QUOTE {secret.sentence} ')}>{_run('see')}</w:fldSimple>"
    )


@_body(
    "the data of a field",
    lambda file, secret: any(_base64(secret) in text for text in parts_of(file.content)),
)
def _(secret: Secret) -> str:
    return _runs(
        f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{_base64(secret)}</w:fldData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _base64(secret: Secret) -> str:
    return b64encode(secret.sentence.encode("utf-16-le")).decode()


@_body("a form field's words of help")
def _(secret: Secret) -> str:
    data = f'<w:ffData><w:name w:val="a"/><w:helpText w:type="text" w:val={quoteattr(secret.sentence)}/></w:ffData>'
    return _runs(
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@_body(
    "the name of a bookmark",
    lambda file, secret: any(_joined(secret) in text for text in parts_of(file.content)),
)
def _(secret: Secret) -> str:
    return _runs(
        f'<w:bookmarkStart w:id="78" w:name="{_joined(secret)}"/><w:bookmarkEnd w:id="78"/>{_run("see")}'
    )


def _joined(secret: Secret) -> str:
    return "_".join(re.findall(r"\w+", secret.sentence))


@_body("what a link says when it is pointed at")
def _(secret: Secret) -> str:
    return _runs(
        f'<w:hyperlink w:anchor="a" w:tooltip={quoteattr(secret.sentence)}>{_run("see")}</w:hyperlink>'
    )


@_way("where a link leads", _quoted_in_parts)
def _(parts: Parts, secret: Secret) -> None:
    target = f"https://example.org/?q={quote(secret.sentence)}"
    _relate(parts, target, f"{OFFICE}/hyperlink", mode=' TargetMode="External"')


@_body("what a content control asks for")
def _(secret: Secret) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val={quoteattr(secret.sentence)}/><w:tag w:val="t"/></w:sdtPr><w:sdtContent>{_runs(_run("see"))}</w:sdtContent></w:sdt>'


@_body("the tag of a content control")
def _(secret: Secret) -> str:
    return f"<w:sdt><w:sdtPr><w:tag w:val={quoteattr(secret.sentence)}/></w:sdtPr><w:sdtContent>{_runs(_run('see'))}</w:sdtContent></w:sdt>"


@_body("one of the choices of a content control")
def _(secret: Secret) -> str:
    item = f'<w:listItem w:displayText={quoteattr(secret.sentence)} w:value="1"/>'
    return f"<w:sdt><w:sdtPr><w:dropDownList>{item}</w:dropDownList></w:sdtPr><w:sdtContent>{_runs(_run('see'))}</w:sdtContent></w:sdt>"


@_body("a smart tag")
def _(secret: Secret) -> str:
    attr = f'<w:smartTagPr><w:attr w:name="a" w:val={quoteattr(secret.sentence)}/></w:smartTagPr>'
    return _runs(f'<w:smartTag w:uri="urn:own" w:element="e">{attr}{_run("see")}</w:smartTag>')


@_body("ruby above words")
def _(secret: Secret) -> str:
    return _runs(
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{_run(secret.sentence)}</w:rt><w:rubyBase>{_run('see')}</w:rubyBase></w:ruby></w:r>"
    )


@_body(
    "symbols instead of letters",
    lambda file, secret: f'w:char="{ord(secret.sentence[0]):04X}"' in "".join(parts_of(file.content)),
)
def _(secret: Secret) -> str:
    return _runs(
        "".join(
            f'<w:r><w:sym w:font="Carlito" w:char="{ord(letter):04X}"/></w:r>' for letter in secret.sentence
        )
    )


@_body(
    "symbols in the private area, as Word writes them",
    lambda file, secret: (
        f'w:char="{0xF000 + ord(secret.sentence[0]):04X}"' in "".join(parts_of(file.content))
    ),
)
def _(secret: Secret) -> str:
    return _runs(
        "".join(
            f'<w:r><w:sym w:font="Symbol" w:char="{0xF000 + ord(letter):04X}"/></w:r>'
            for letter in secret.sentence
        )
    )


@_body("with soft hyphens")
def _(secret: Secret) -> str:
    runs = []
    for word in secret.sentence.split():
        half = len(word) // 2
        runs.append(
            f'<w:r><w:t>{escape(word[:half])}</w:t><w:softHyphen/><w:t xml:space="preserve">{escape(word[half:])} </w:t></w:r>'
        )
    return _runs("".join(runs))


def _raw(file: File) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


@_body("with signs without width")
def _(secret: Secret) -> str:
    return _runs(
        _run("\u200b".join(secret.sentence[at : at + 3] for at in range(0, len(secret.sentence), 3)))
    )


@_body("with tabs and breaks for spaces")
def _(secret: Secret) -> str:
    between = ("<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', "<w:cr/>")
    words = secret.sentence.split()
    inner = "".join(f"<w:t>{escape(word)}</w:t>{between[number % 4]}" for number, word in enumerate(words))
    return _runs(f"<w:r>{inner}</w:r>")


@_body("in full-width letters")
def _(secret: Secret) -> str:
    return _runs(_run("".join(chr(ord(c) + 0xFEE0) if 33 <= ord(c) < 127 else c for c in secret.sentence)))


@_body(
    "with letters that look alike",
    lambda file, secret: any(_alike(secret) in text for text in parts_of(file.content)),
)
def _(secret: Secret) -> str:
    return _runs(_run(_alike(secret)))


def _alike(secret: Secret) -> str:
    return secret.sentence.translate(str.maketrans("aeopcxy", "\u0430\u0435\u043e\u0440\u0441\u0445\u0443"))


@_body(
    "in French, with accents put together from two signs",
    lambda file, secret: any(_apart(secret) in text for text in parts_of(file.content)),
    "abroad:fr",
)
def _(secret: Secret) -> str:
    return _runs(_run(_apart(secret)))


def _apart(secret: Secret) -> str:
    return unicodedata.normalize("NFD", secret.abroad["fr"])


@_body("in Arabic letters", parts_hold("abroad:ar"), "abroad:ar")
def _(secret: Secret) -> str:
    return _runs(_run(secret.abroad["ar"], "<w:rPr><w:rtl/></w:rPr>"))


@_body(
    "a third of the sentence",
    lambda file, secret: any(_third(secret) in text for text in parts_of(file.content)),
)
def _(secret: Secret) -> str:
    return _runs(_run(f"It is said that {_third(secret)}, among other things."))


def _third(secret: Secret) -> str:
    words = secret.sentence.rstrip(".").split()
    return " ".join(words[: max(len(words) // 3, 7)])


@_body("an equation")
def _(secret: Secret) -> str:
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    return _runs(f"<m:oMath {m}><m:r><m:t>{escape(secret.sentence)}</m:t></m:r></m:oMath>")


# --------------------------------------------------------------------------- drawings


def _drawing(properties: str = "", inner: str = "") -> str:
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{wp}"><wp:extent cx="1" cy="1"/><wp:docPr id="99" name="a"{properties}/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData uri="{wps}"><wps:wsp xmlns:wps="{wps}">{inner}</wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


@_body("the text for a picture")
def _(secret: Secret) -> str:
    return _runs(_drawing(f" descr={quoteattr(secret.sentence)}"))


@_body("the title of a picture")
def _(secret: Secret) -> str:
    return _runs(_drawing(f" title={quoteattr(secret.sentence)}"))


@_body("a text box")
def _(secret: Secret) -> str:
    return _runs(
        _drawing(inner=f"<wps:txbx><w:txbxContent>{_runs(_run(secret.sentence))}</w:txbxContent></wps:txbx>")
    )


@_body("what old programs show instead of a text box")
def _(secret: Secret) -> str:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    old = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{_runs(_run(secret.sentence))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    return _runs(
        f'<mc:AlternateContent {mc}><mc:Choice Requires="wps">{_drawing()}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    )


@_body("what only programs of tomorrow show")
def _(secret: Secret) -> str:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return _runs(
        f'<mc:AlternateContent {mc}><mc:Choice Requires="w99" xmlns:w99="urn:99">{_run(secret.sentence)}</mc:Choice><mc:Fallback>{_run("see")}</mc:Fallback></mc:AlternateContent>'
    )


@_body("letters that are drawn as a picture's words")
def _(secret: Secret) -> str:
    v = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    return _runs(
        f"<w:r><w:pict><v:shape {v}><v:textpath string={quoteattr(secret.sentence)}/></v:shape></w:pict></w:r>"
    )


CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


@_way("the remembered values of a chart")
def _(parts: Parts, secret: Secret) -> None:
    c = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    words = secret.sentence.split()
    points = "".join(f'<c:pt idx="{n}"><c:v>{escape(word)}</c:v></c:pt>' for n, word in enumerate(words))
    content = f"<c:chartSpace {c}><c:chart><c:plotArea><c:barChart><c:ser><c:cat><c:strRef><c:f>A1</c:f><c:strCache>{points}</c:strCache></c:strRef></c:cat></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    _part(parts, "word/charts/chart91.xml", XML + content.encode(), CHART, f"{OFFICE}/chart")


@_way("a diagram's data")
def _(parts: Parts, secret: Secret) -> None:
    spaces = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    content = f"<dgm:dataModel {spaces}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>{escape(secret.sentence)}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    _part(
        parts,
        "word/diagrams/data1.xml",
        XML + content.encode(),
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        f"{OFFICE}/diagramData",
    )


# --------------------------------------------------------------------------- embedded


def _embed(parts: Parts, name: str, content: bytes, relation: str = f"{OFFICE}/package") -> None:
    _type_of(parts, name.rpartition(".")[2], "application/octet-stream")
    parts[f"word/embeddings/{name}"] = content
    _relate(parts, f"embeddings/{name}", relation)


@_way("an embedded workbook", in_parts)
def _(parts: Parts, secret: Secret) -> None:
    x = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    words = secret.sentence.split()
    half = len(words) // 2
    shared = f'<sst xmlns="{x}"><si><r><t xml:space="preserve">{escape(" ".join(words[:half]))} </t></r><r><t>{escape(" ".join(words[half:]))}</t></r></si></sst>'
    _embed(
        parts,
        "Sheet1.xlsx",
        zipped({"xl/sharedStrings.xml": XML + shared.encode(), "[Content_Types].xml": b"<Types/>"}),
    )


@_way("an embedded Word file")
def _(parts: Parts, secret: Secret) -> None:
    _embed(parts, "Draft.docx", small_docx(secret.sentence))


@_way("an embedded PDF", in_bytes)
def _(parts: Parts, secret: Secret) -> None:
    with pikepdf.Pdf.new() as inner:
        inner.add_blank_page()
        inner.docinfo["/Subject"] = secret.sentence
        out = io.BytesIO()
        inner.save(out)
    _embed(parts, "Draft.pdf", out.getvalue())


@_way("an embedded object of the old kind", in_bytes)
def _(parts: Parts, secret: Secret) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    text = secret.sentence.encode("utf-16-le")
    _embed(parts, "oleObject1.bin", head + text + b"\0" * (1024 - len(text) % 512), f"{OFFICE}/oleObject")


@_way("a chunk of HTML", in_parts)
def _(parts: Parts, secret: Secret) -> None:
    words = secret.sentence.split()
    content = f"<html><body><p>{' '.join(words[:4])} <b>{' '.join(words[4:])}</b></p></body></html>"
    _type_of(parts, "html", "text/html")
    parts["word/chunk1.html"] = content.encode()
    key = _relate(parts, "chunk1.html", f"{OFFICE}/aFChunk")
    _insert(parts, f'<w:altChunk xmlns:r="{OFFICE}" r:id="{key}"/>')


def _in_rtf(file: File, secret: Secret) -> bool:
    bare = (re.sub(r"[{}]|\\[a-z]+1? ?", "", text) for text in parts_of(file.content))
    return any(secret.sentence in text for text in bare)


@_way("a chunk of RTF", _in_rtf)
def _(parts: Parts, secret: Secret) -> None:
    words = secret.sentence.split()
    content = (
        "{\\rtf1\\ansi "
        + " ".join(f"{{\\b {word}}}" if n % 3 == 0 else word for n, word in enumerate(words))
        + "\\par}"
    )
    _type_of(parts, "rtf", "application/rtf")
    parts["word/chunk2.rtf"] = content.encode("ascii")
    key = _relate(parts, "chunk2.rtf", f"{OFFICE}/aFChunk")
    _insert(parts, f'<w:altChunk xmlns:r="{OFFICE}" r:id="{key}"/>')


@_way("EXIF of a picture", in_bytes)
def _(parts: Parts, secret: Secret) -> None:
    _type_of(parts, "jpg", "image/jpeg")
    parts["word/media/image99.jpg"] = jpeg(exif=secret.sentence)


@_way("a comment in a picture", in_parts)
def _(parts: Parts, secret: Secret) -> None:
    parts["word/media/image98.png"] = png_with(secret.sentence, compressed=False)


def _in_png(file: File, secret: Secret) -> bool:
    return any(text_of_png(raw) == secret.sentence for raw in _raw(file))


@_way("a compressed comment in a picture", _in_png)
def _(parts: Parts, secret: Secret) -> None:
    parts["word/media/image97.png"] = png_with(secret.sentence, compressed=True)


@_way("the words of a vector picture")
def _(parts: Parts, secret: Secret) -> None:
    _type_of(parts, "svg", "image/svg+xml")
    spans = "".join(f"<tspan>{escape(word)} </tspan>" for word in secret.sentence.split())
    parts["word/media/image96.svg"] = (
        f'<svg xmlns="http://www.w3.org/2000/svg"><text>{spans}</text></svg>'.encode()
    )


@_way("a thumbnail with words in it", in_bytes)
def _(parts: Parts, secret: Secret) -> None:
    _type_of(parts, "jpeg", "image/jpeg")
    parts["docProps/thumbnail.jpeg"] = jpeg(comment=secret.sentence)
    relation = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    _relate(parts, "docProps/thumbnail.jpeg", relation, source="")


def _has_picture(file: File, secret: Secret) -> bool:
    return secret.picture in _raw(file)


@_way("a withheld picture among the media", _has_picture, "picture")
def _(parts: Parts, secret: Secret) -> None:
    parts["word/media/image95.png"] = secret.picture


@_way("a withheld picture as the thumbnail", _has_picture, "picture")
def _(parts: Parts, secret: Secret) -> None:
    parts["docProps/thumbnail.png"] = secret.picture
    relation = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    _relate(parts, "docProps/thumbnail.png", relation, source="")


@_way("a withheld picture that was saved anew", lambda file, secret: _bitmap(secret) in _raw(file), "picture")
def _(parts: Parts, secret: Secret) -> None:
    _type_of(parts, "bmp", "image/bmp")
    parts["word/media/image94.bmp"] = _bitmap(secret)


def _bitmap(secret: Secret) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(secret.picture)) as image:
        image.convert("RGB").save(out, "BMP")
    return out.getvalue()


@_way("macros", in_bytes)
def _(parts: Parts, secret: Secret) -> None:
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + secret.sentence.encode() + b"\0" * 64


# --------------------------------------------------------------------------- the container


def _commented(file: File, secret: Secret) -> File:
    return changed(file, lambda _: None, secret.sentence.encode())


WAYS("the comment of the ZIP file", in_bytes)(_commented)


def _entry(change: Callable[[zipfile.ZipInfo, Secret], None]) -> Plant:
    def plant(file: File, secret: Secret) -> File:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                info = zipfile.ZipInfo(name)
                if name == "word/styles.xml":
                    change(info, secret)
                archive.writestr(info, content, zipfile.ZIP_DEFLATED)
        return File(file.name, out.getvalue())

    return plant


def _comment_of(info: zipfile.ZipInfo, secret: Secret) -> None:
    info.comment = secret.sentence.encode()


def _extra_of(info: zipfile.ZipInfo, secret: Secret) -> None:
    text = secret.sentence.encode()
    info.extra = b"ZZ" + len(text).to_bytes(2, "little") + text


WAYS("the comment of a part in the ZIP file", in_bytes)(_entry(_comment_of))
WAYS("an extra field of a part in the ZIP file", in_bytes)(_entry(_extra_of))
WAYS("behind the ZIP file", in_bytes)(
    lambda file, secret: File(file.name, file.content + secret.sentence.encode())
)
WAYS("before the ZIP file", in_bytes)(
    lambda file, secret: File(file.name, secret.sentence.encode() + b"\n" + file.content)
)


def _twice(file: File, secret: Secret) -> File:
    """Two parts of one name: readers that take the last and readers that take the first see different files."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"]
    other = document.replace(b"<w:body>", f"<w:body>{_runs(_run(secret.sentence))}".encode(), 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("word/document.xml"), other, zipfile.ZIP_DEFLATED)
        for name, content in parts.items():
            if name != "word/document.xml":
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        info = zipfile.ZipInfo("word/documenT.xml")
        archive.writestr(info, document, zipfile.ZIP_DEFLATED)
    return File(file.name, out.getvalue().replace(b"word/documenT.xml", b"word/document.xml"))


def _deleted(file: File, secret: Secret) -> File:
    """A part that was taken out of the directory; its data are still there."""
    data = zipped({"word/old.xml": secret.sentence.encode()})
    # Only the entry itself, without the directory.
    entry = data[: data.index(b"PK\x01\x02")]
    content = file.content
    end = content.rindex(b"PK\x05\x06")
    at = int.from_bytes(content[end + 16 : end + 20], "little")
    moved = content[:at] + entry + content[at:end] + content[end : end + 16]
    return File(file.name, moved + (at + len(entry)).to_bytes(4, "little") + content[end + 20 :])


def _raw_deflated(file: File, secret: Secret) -> bool:
    for found in re.finditer(rb"PK\x03\x04", file.content):
        head = file.content[found.start() : found.start() + 30]
        start = (
            found.start() + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        )
        try:
            data = zlib.decompressobj(-15).decompress(file.content[start:])
        except zlib.error:
            continue
        if squeezed(secret.sentence) in squeezed(re.sub(r"<[^>]*>", "", data.decode("utf-8", "replace"))):
            return True
    return False


WAYS("a part of which there are two", _raw_deflated)(_twice)
WAYS("a part that was taken out of the directory", _raw_deflated)(_deleted)


# --------------------------------------------------------------------------- other secrets


@_way("a banner above the ceiling", parts_hold("marking"), "marking")
def _(parts: Parts, secret: Secret) -> None:
    name = next(name for name in sorted(parts) if name.startswith("word/header3"))
    parts[name] = parts[name].replace(b"</w:hdr>", _runs(_run(secret.marking)).encode() + b"</w:hdr>")


@_body(
    "a portion mark above the ceiling",
    lambda file, secret: any(f"{secret.portion} The minister" in text for text in parts_of(file.content)),
    "portion",
)
def _(secret: Secret) -> str:
    return _runs(_run(f"{secret.portion} The minister has been told."))


@_way("a marking above the ceiling as a label", parts_hold("marking"), "marking")
def _(parts: Parts, secret: Secret) -> None:
    _property(parts, "docProps/custom.xml", "</Properties>", _custom("Classification", secret.marking))


@_way("another audience's title in the properties", parts_hold("other"), "other")
def _(parts: Parts, secret: Secret) -> None:
    _property(parts, "docProps/app.xml", "</Properties>", f"<Company>For {secret.other}</Company>")


@_way("a recipient's address in a link", parts_hold("address"), "address")
def _(parts: Parts, secret: Secret) -> None:
    _relate(parts, f"mailto:{secret.address}", f"{OFFICE}/hyperlink", mode=' TargetMode="External"')


@_way("the user's name as who changed it last", parts_hold("user"), "user")
def _(parts: Parts, secret: Secret) -> None:
    words = f"<cp:lastModifiedBy>{secret.user}</cp:lastModifiedBy>"
    core = re.sub(rb"<cp:lastModifiedBy>.*?</cp:lastModifiedBy>", b"", parts["docProps/core.xml"])
    parts["docProps/core.xml"] = core
    _property(parts, "docProps/core.xml", "</cp:coreProperties>", words)


@_way("the machine's name in the properties", parts_hold("host"), "host")
def _(parts: Parts, secret: Secret) -> None:
    _property(parts, "docProps/app.xml", "</Properties>", f"<Manager>{secret.host}</Manager>")


@_way("an absolute path where a template lies", parts_hold("home"), "home")
def _(parts: Parts, secret: Secret) -> None:
    target = f"file://{secret.home}/templates/a.dotx"
    _relate(
        parts, target, f"{OFFICE}/attachedTemplate", source="word/settings.xml", mode=' TargetMode="External"'
    )


@_way("the path of a withheld file in custom XML", parts_hold("path"), "path")
def _(parts: Parts, secret: Secret) -> None:
    content = XML + f"<data><file>{secret.path}</file></data>".encode()
    _part(parts, "customXml/item3.xml", content, "application/xml", f"{OFFICE}/customXml")
