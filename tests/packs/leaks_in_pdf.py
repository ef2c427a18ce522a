"""Ways to leak in what a PDF has besides its pages: metadata, names, bookmarks, forms, comments, actions, tags, attachments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from urllib.parse import quote

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.packs.leaks import (
    File,
    Plant,
    Proof,
    Secret,
    Ways,
    abroad_in_bytes,
    by_exiftool,
    bytes_hold,
    in_bytes,
    pieces,
    squeezed,
)

WAYS = Ways("pdf")


def changed(file: File, change: Callable[[Pdf], None]) -> File:
    """The file with a change made to its objects. Strings are written as the library writes them: in PDFDocEncoding or UTF-16."""
    with Pdf.open(io.BytesIO(file.content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return File(file.name, out.getvalue())


def _way(
    name: str, proof: Proof = in_bytes, tells: str = "sentence"
) -> Callable[[Callable[[Pdf, Secret], None]], Plant]:
    """Note a way that is a change of objects."""

    def note(change: Callable[[Pdf, Secret], None]) -> Plant:
        def plant(file: File, secret: Secret) -> File:
            return changed(file, lambda pdf: change(pdf, secret))

        return WAYS(name, proof, tells)(plant)

    return note


def _annotate(pdf: Pdf, page: int = 2, **entries: object) -> Dictionary:
    """A comment on a page that is not the first."""
    mark = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[20, 20, 40, 40], F=2, **entries)
    )
    own = pdf.pages[page].obj
    if "/Annots" not in own:
        own.Annots = Array()
    own.Annots.append(mark)
    return mark


def _field(pdf: Pdf, **entries: object) -> Dictionary:
    form = pdf.Root.get("/AcroForm")
    if form is None:
        form = pdf.Root.AcroForm = Dictionary(Fields=Array())
    field = _annotate(pdf, FT=Name.Tx, T=String("f1"), **entries)
    field.Subtype = Name.Widget
    form.Fields.append(field)
    return field


def _element(pdf: Pdf) -> Dictionary:
    """An element of the structure tree, some way down."""
    node = pdf.Root.StructTreeRoot
    for _ in range(3):
        kids = node.K
        inner = [
            kid
            for kid in (kids if isinstance(kids, Array) else [kids])
            if isinstance(kid, Dictionary) and "/S" in kid
        ]
        if not inner:
            break
        node = inner[-1]
    return node


def _action(pdf: Pdf, action: Dictionary) -> None:
    _annotate(pdf, A=action, P=pdf.pages[2].obj).Subtype = Name.Link


# --------------------------------------------------------------------------- metadata


@_way("the title in the document information", by_exiftool)
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.docinfo["/Title"] = secret.sentence


@_way("a key of its own in the document information")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.docinfo["/SourceNote"] = secret.sentence


@_way("keywords in UTF-16", abroad_in_bytes("uk"), "abroad:uk")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.docinfo["/Keywords"] = secret.abroad["uk"]


@_way("XMP description", by_exiftool)
def _(pdf: Pdf, secret: Secret) -> None:
    with pdf.open_metadata() as meta:
        meta["dc:description"] = secret.sentence


@_way("XMP of a namespace of its own")
def _(pdf: Pdf, secret: Secret) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(
        b"</rdf:RDF>",
        b'<rdf:Description rdf:about="" xmlns:own="http://example.org/own/" own:remark="'
        + secret.sentence.encode()
        + b'"/></rdf:RDF>',
    )
    pdf.Root.Metadata.write(packet)


@_way("XMP behind the end of its packet")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes() + b"\n<!-- " + secret.sentence.encode() + b" -->")


@_way("metadata of a page")
def _(pdf: Pdf, secret: Secret) -> None:
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>' + secret.sentence.encode() + b"</rdf></x:xmpmeta>"
    stream = pdf.make_stream(packet)
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.pages[1].obj.Metadata = stream


@_way("private data of a program, at the catalog")
def _(pdf: Pdf, secret: Secret) -> None:
    private = Dictionary(Text=String(secret.sentence))
    pdf.Root.PieceInfo = Dictionary(Own=Dictionary(LastModified=String("D:20250402"), Private=private))


@_way("private data of a program, at a page, as a stream")
def _(pdf: Pdf, secret: Secret) -> None:
    private = pdf.make_stream(secret.sentence.encode())
    pdf.pages[1].obj.PieceInfo = Dictionary(
        Own=Dictionary(LastModified=String("D:20250402"), Private=private)
    )


@_way("web capture")
def _(pdf: Pdf, secret: Secret) -> None:
    source = Dictionary(AU=String("http://example.org/"), TS=String("D:20250402"))
    pages = Dictionary(S=Name.SPS, ID=String("one"), SI=source, T=String(secret.sentence), O=Array())
    pdf.Root.SpiderInfo = Dictionary(V=1, C=Array([pdf.make_indirect(pages)]))


@_way("words for the output intent")
def _(pdf: Pdf, secret: Secret) -> None:
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"))
    intent.Info = String(secret.sentence)
    pdf.Root.OutputIntents = Array([intent])


@_way("a key that nobody knows, at the catalog")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.Root["/ZZRemark"] = String(secret.sentence)


@_way("a key that nobody knows, in the trailer")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.trailer["/ZZRemark"] = String(secret.sentence)


@_way("a key that nobody knows, at the stream of a page")
def _(pdf: Pdf, secret: Secret) -> None:
    contents = pdf.pages[1].obj.Contents
    stream = contents[0] if isinstance(contents, Array) else contents
    stream["/ZZRemark"] = String(secret.sentence)


@_way("in UTF-8 with its mark", abroad_in_bytes("fr"), "abroad:fr")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.docinfo["/Remark"] = String(b"\xef\xbb\xbf" + secret.abroad["fr"].encode())


# --------------------------------------------------------------------------- names and bookmarks


@_way("a bookmark")
def _(pdf: Pdf, secret: Secret) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(secret.sentence, 1))


@_way("a bookmark that is folded away, three levels down", abroad_in_bytes("ar"), "abroad:ar")
def _(pdf: Pdf, secret: Secret) -> None:
    with pdf.open_outline() as outline:
        inner = pikepdf.OutlineItem(secret.abroad["ar"], 1)
        middle = pikepdf.OutlineItem("more", 1)
        middle.children.append(inner)
        middle.is_closed = True
        outline.root[0].children.append(middle)


@_way("a named destination")
def _(pdf: Pdf, secret: Secret) -> None:
    names = Array([String(secret.sentence), Array([pdf.pages[0].obj, Name.Fit])])
    kept = pdf.Root.get("/Names")
    if kept is None:
        kept = pdf.Root.Names = Dictionary()
    kept.Dests = Dictionary(Names=names)


@_way(
    "a named destination that is a name with escapes",
    lambda file, secret: quote(secret.sentence).replace("%", "#").encode() in file.content,
)
def _(pdf: Pdf, secret: Secret) -> None:
    dests = pdf.Root.get("/Dests")
    if dests is None:
        dests = pdf.Root.Dests = Dictionary()
    dests["/" + secret.sentence] = Array([pdf.pages[0].obj, Name.Fit])


@_way("the prefix of page labels")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(secret.sentence), S=Name.D)]))


@_way("the name of a layer")
def _(pdf: Pdf, secret: Secret) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(secret.sentence)))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group])))


@_way("a heading among the layers")
def _(pdf: Pdf, secret: Secret) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
    order = Array([Array([String(secret.sentence), group])])
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=order))


@_way("the title of an article")
def _(pdf: Pdf, secret: Secret) -> None:
    thread = pdf.make_indirect(Dictionary(Type=Name.Thread, I=Dictionary(Title=String(secret.sentence))))
    thread.F = pdf.make_indirect(Dictionary(Type=Name.Bead, T=thread, P=pdf.pages[0].obj, R=[0, 0, 9, 9]))
    pdf.Root.Threads = Array([thread])


@_way(
    "the name of a font",
    lambda file, secret: squeezed(secret.sentence) in squeezed(file.content.decode("latin-1")),
)
def _(pdf: Pdf, secret: Secret) -> None:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + "-".join(secret.sentence.split()))
    )
    pdf.pages[1].resources.Font["/ZZ1"] = pdf.make_indirect(font)


# --------------------------------------------------------------------------- forms


@_way("the value of a field")
def _(pdf: Pdf, secret: Secret) -> None:
    _field(pdf, V=String(secret.sentence))


@_way("the default value of a field")
def _(pdf: Pdf, secret: Secret) -> None:
    _field(pdf, DV=String(secret.sentence))


@_way("the value of a field as a stream")
def _(pdf: Pdf, secret: Secret) -> None:
    _field(pdf, V=pdf.make_stream(secret.sentence.encode()))


@_way("what a field is called for readers")
def _(pdf: Pdf, secret: Secret) -> None:
    _field(pdf, TU=String(secret.sentence))


@_way("what a field is called for exports")
def _(pdf: Pdf, secret: Secret) -> None:
    _field(pdf, TM=String(secret.sentence))


@_way("one of the choices of a field")
def _(pdf: Pdf, secret: Secret) -> None:
    _field(pdf, Opt=Array([String("a"), Array([String("b"), String(secret.sentence)])])).FT = Name.Ch


def _bare(file: File, secret: Secret) -> bool:
    return squeezed(secret.sentence) in squeezed(
        file.content.decode("latin-1").replace("<b>", "").replace("</b>", "")
    )


@_way("the rich value of a field", _bare)
def _(pdf: Pdf, secret: Secret) -> None:
    words = secret.sentence.split()
    half = len(words) // 2
    rich = f"<body><p>{' '.join(words[:half])} <b>{' '.join(words[half:])}</b></p></body>"
    _field(pdf, RV=String(rich))


@_way("the caption of a button")
def _(pdf: Pdf, secret: Secret) -> None:
    _field(pdf, MK=Dictionary(CA=String(secret.sentence))).FT = Name.Btn


@_way("an XFA form")
def _(pdf: Pdf, secret: Secret) -> None:
    packet = f'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><data>{secret.sentence}</data></xdp:xdp>'
    _field(pdf)
    pdf.Root.AcroForm.XFA = Array([String("datasets"), pdf.make_stream(packet.encode())])


# --------------------------------------------------------------------------- comments


@_way("a comment")
def _(pdf: Pdf, secret: Secret) -> None:
    _annotate(pdf, Contents=String(secret.sentence))


@_way("the subject of a comment")
def _(pdf: Pdf, secret: Secret) -> None:
    _annotate(pdf, Subj=String(secret.sentence))


@_way("the window of a comment")
def _(pdf: Pdf, secret: Secret) -> None:
    mark = _annotate(pdf, Contents=String("see"))
    popup = _annotate(pdf, Parent=mark, Contents=String(secret.sentence))
    popup.Subtype = Name.Popup
    mark.Popup = popup


@_way("the rich text of a comment")
def _(pdf: Pdf, secret: Secret) -> None:
    _annotate(pdf, RC=String(f"<body><p>{secret.sentence}</p></body>"))


@_way("what is to be printed over what is blackened")
def _(pdf: Pdf, secret: Secret) -> None:
    _annotate(pdf, OverlayText=String(secret.sentence)).Subtype = Name.Redact


@_way("the look of a comment when it is pressed", in_bytes)
def _(pdf: Pdf, secret: Secret) -> None:
    mark = _annotate(pdf)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    look = pdf.make_stream(b"BT /F 9 Tf 0 0 Td (" + secret.sentence.encode() + b") Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 500, 20])
    look.Resources = Dictionary(Font=Dictionary(F=font))
    empty = pdf.make_stream(b"")
    empty.Type, empty.Subtype, empty.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    mark.AP = Dictionary(N=empty, D=look)


@_way("a comment on no page")
def _(pdf: Pdf, secret: Secret) -> None:
    mark = _annotate(pdf, Contents=String("see"))
    mark.IRT = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 1, 1], Contents=String(secret.sentence))
    )


# --------------------------------------------------------------------------- actions


@_way("the query of a link", lambda file, secret: quote(secret.sentence).encode() in file.content)
def _(pdf: Pdf, secret: Secret) -> None:
    _action(pdf, Dictionary(S=Name.URI, URI=String("https://example.org/?q=" + quote(secret.sentence))))


@_way("a link to another file")
def _(pdf: Pdf, secret: Secret) -> None:
    _action(pdf, Dictionary(S=Name.GoToR, F=String(f"{secret.sentence}.pdf"), D=Array([0, Name.Fit])))


@_way("a script of the document")
def _(pdf: Pdf, secret: Secret) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String(f'app.alert("{secret.sentence}");'))
    kept = pdf.Root.get("/Names")
    if kept is None:
        kept = pdf.Root.Names = Dictionary()
    kept.JavaScript = Dictionary(Names=Array([String("a"), script]))


@_way("a script of a page, in a stream")
def _(pdf: Pdf, secret: Secret) -> None:
    script = pdf.make_stream(f'var note = "{secret.sentence}";'.encode())
    pdf.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=script))


@_way(
    "where a form is sent to", lambda file, secret: "+".join(secret.sentence.split()).encode() in file.content
)
def _(pdf: Pdf, secret: Secret) -> None:
    to = Dictionary(FS=Name.URL, F=String("https://example.org/" + "+".join(secret.sentence.split())))
    _action(pdf, Dictionary(S=Name.SubmitForm, F=to))


# --------------------------------------------------------------------------- tags


@_way("the text for a picture")
def _(pdf: Pdf, secret: Secret) -> None:
    _element(pdf).Alt = String(secret.sentence)


@_way("the actual text of an element")
def _(pdf: Pdf, secret: Secret) -> None:
    _element(pdf).ActualText = String(secret.sentence)


@_way("what an abbreviation stands for")
def _(pdf: Pdf, secret: Secret) -> None:
    _element(pdf).E = String(secret.sentence)


@_way("the title of an element")
def _(pdf: Pdf, secret: Secret) -> None:
    _element(pdf).T = String(secret.sentence)


@_way("the identifier of an element")
def _(pdf: Pdf, secret: Secret) -> None:
    _element(pdf).ID = String(secret.sentence)


@_way("a property that a user gave an element")
def _(pdf: Pdf, secret: Secret) -> None:
    one = Dictionary(N=String("Remark"), V=String(secret.sentence), H=True)
    _element(pdf).A = Dictionary(O=Name.UserProperties, P=Array([one]))


# --------------------------------------------------------------------------- attachments


def _attach(pdf: Pdf, name: str, content: bytes, description: str = "") -> None:
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name, description=description)


@_way("an attached text")
def _(pdf: Pdf, secret: Secret) -> None:
    _attach(pdf, "notes.txt", b"Notes\n\n" + secret.sentence.encode())


@_way("an attached text in UTF-16")
def _(pdf: Pdf, secret: Secret) -> None:
    _attach(pdf, "notes.txt", f"Notes\r\n{secret.sentence}".encode("utf-16"))


@_way("an attached Word file")
def _(pdf: Pdf, secret: Secret) -> None:
    _attach(pdf, "draft.docx", small_docx(secret.sentence))


@_way("an attached PDF")
def _(pdf: Pdf, secret: Secret) -> None:
    with Pdf.new() as inner:
        inner.add_blank_page()
        inner.docinfo["/Subject"] = secret.sentence
        out = io.BytesIO()
        inner.save(out)
    _attach(pdf, "draft.pdf", out.getvalue())


@_way("a ZIP file in an attached ZIP file")
def _(pdf: Pdf, secret: Secret) -> None:
    inner = zipped({"deep/notes.txt": secret.sentence.encode()})
    _attach(pdf, "all.zip", zipped({"inner.zip": inner}))


def _in_message(file: File, secret: Secret) -> bool:
    mails = (piece for piece in pieces(file.content) if piece.startswith(b"Subject: Draft"))
    return any(
        secret.sentence in message_from_bytes(mail).get_payload(decode=True).decode() for mail in mails
    )


@_way("an attached message", _in_message)
def _(pdf: Pdf, secret: Secret) -> None:
    message = EmailMessage()
    message["Subject"] = "Draft"
    message.set_content(secret.sentence, cte="base64")
    _attach(pdf, "draft.eml", message.as_bytes())


@_way("the description of an attachment")
def _(pdf: Pdf, secret: Secret) -> None:
    _attach(pdf, "notes.txt", b"Nothing here.", secret.sentence)


@_way("the name of an attachment")
def _(pdf: Pdf, secret: Secret) -> None:
    _attach(pdf, f"{secret.sentence}.txt", b"Nothing here.")


@_way("a file that is attached to a comment")
def _(pdf: Pdf, secret: Secret) -> None:
    stream = pdf.make_stream(secret.sentence.encode())
    stream.Type = Name.EmbeddedFile
    spec = Dictionary(Type=Name.Filespec, F=String("a.txt"), UF=String("a.txt"), EF=Dictionary(F=stream))
    _annotate(pdf, FS=pdf.make_indirect(spec)).Subtype = Name.FileAttachment


@_way("a file that belongs to a page and stands in no list")
def _(pdf: Pdf, secret: Secret) -> None:
    stream = pdf.make_stream(zipped({"a.csv": b"a;b\n" + secret.sentence.encode() + b";2\n"}))
    stream.Type = Name.EmbeddedFile
    spec = Dictionary(
        Type=Name.Filespec, F=String("a.zip"), EF=Dictionary(F=stream), AFRelationship=Name.Data
    )
    pdf.pages[1].obj.AF = Array([pdf.make_indirect(spec)])


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def small_docx(text: str) -> bytes:
    """A Word file of one paragraph, as small as it gets."""
    return wrapped_docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def wrapped_docx(body: str) -> bytes:
    """A Word file with these blocks, and nothing else."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/document.xml": f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>',
    }
    return zipped({name: text.encode() for name, text in parts.items()})


# --------------------------------------------------------------------------- other secrets


@_way("another audience's title in the document information", bytes_hold("other"), "other")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.docinfo["/Subject"] = f"Also made for {secret.other}"


@_way("a recipient's address in a comment", bytes_hold("address"), "address")
def _(pdf: Pdf, secret: Secret) -> None:
    _annotate(pdf, Contents=String(f"ask {secret.address} about it"))


@_way("the user's name as the author", bytes_hold("user"), "user")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.docinfo["/Author"] = secret.user


@_way("the machine's name in the XMP", bytes_hold("host"), "host")
def _(pdf: Pdf, secret: Secret) -> None:
    with pdf.open_metadata() as meta:
        meta["xmp:CreatorTool"] = f"briefpack on {secret.host}"


@_way("an absolute path in a link to a file", bytes_hold("home"), "home")
def _(pdf: Pdf, secret: Secret) -> None:
    _action(pdf, Dictionary(S=Name.Launch, F=String(f"file://{secret.home}/briefing/annex.pdf")))


@_way("the path of a withheld file in the document information", bytes_hold("path"), "path")
def _(pdf: Pdf, secret: Secret) -> None:
    pdf.docinfo["/Source"] = secret.path


@_way("a marking above the ceiling in the XMP", bytes_hold("marking"), "marking")
def _(pdf: Pdf, secret: Secret) -> None:
    with pdf.open_metadata() as meta:
        meta["dc:rights"] = secret.marking


@_way("a marking above the ceiling in a bookmark", bytes_hold("marking"), "marking")
def _(pdf: Pdf, secret: Secret) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Annex ({secret.marking})", 1))
