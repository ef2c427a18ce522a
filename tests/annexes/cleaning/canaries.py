"""One annex in which 51 words are hidden, each in another place, and a search for them in any file, however they are written."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from shutil import which

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import Image

from tests.annexes.makers import add_page, font, link

PLACES = (
    *(
        "script",
        "open-action",
        "page-action",
        "launch",
        "file-address",
        "other-file",
        "submit",
        "note",
        "rich-note",
    ),
    *(
        "note-author",
        "popup",
        "drawn-comment",
        "hidden-annotation",
        "embedded-file",
        "embedded-name",
        "hung-file",
    ),
    *(
        "title",
        "custom-info",
        "xmp",
        "page-xmp",
        "picture-xmp",
        "program-data",
        "page-program-data",
        "thumbnail",
    ),
    *(
        "layer-off-name",
        "layer-off-text",
        "layer-membership-text",
        "layer-on-name",
        "field-value",
        "field-name",
    ),
    *(
        "field-tooltip",
        "xfa",
        "unused-object",
        "earlier-state",
        "alternate",
        "exif",
        "jpeg-comment",
        "file-comment",
    ),
    *("behind-the-end", "named-destination", "tag-text", "web-capture", "page-label", "content-comment"),
    *("mark-properties", "inline-picture", "invisible", "white", "covered", "off-page", "actual-text"),
)
"""51 of them."""
TOLD = {
    "invisible": "hidden-invisible-text",
    "white": "hidden-text",
    "covered": "hidden-text",
    "actual-text": "hidden-other-words",
}
"""What may be left, and the kind of the remark that must tell of it."""

_XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF \
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
pdf:Keywords="{}"/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


def word(place: str) -> str:
    """The word hidden in a place; no other has it within."""
    return f"QZ{PLACES.index(place):02d}{''.join(part[0] for part in place.split('-')).upper()}KANARI"


def found(file: bytes, work: Path) -> set[str]:
    """The places whose words are in a file, in one of the ways that PDF writes text. work: a folder for what is unpacked."""
    plain = _unpacked(file, work)
    small = plain.lower()
    met = set()
    for place in PLACES:
        text = word(place)
        written = [text.encode(), text.encode("utf-16-be"), text.encode("utf-16-le")]
        if any(one in plain or one.hex().encode() in small for one in written):
            met.add(place)
    return met


def _unpacked(file: bytes, work: Path) -> bytes:
    packed, plain = work / "packed.pdf", work / "plain.pdf"
    packed.write_bytes(file)
    if which("qpdf"):
        # 3: with warnings.
        ran = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", packed, plain], check=False)
        assert ran.returncode in {0, 3}
    else:
        with pikepdf.open(packed) as pdf:
            pdf.save(
                plain,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                qdf=True,
            )
    return file + plain.read_bytes()


def planted() -> bytes:
    """The annex: two pages that look like nothing but a heading, a picture and a field."""
    pdf = Pdf.new()
    page = add_page(pdf, _content())
    second = add_page(pdf)
    _resources(pdf, page)
    _catalog(pdf, page)
    _on_page(pdf, page, second)
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return _with_states(out.getvalue())


def _content() -> bytes:
    def shown(place: str, x: int, y: int) -> bytes:
        return f"BT /F1 12 Tf {x} {y} Td ({word(place)}) Tj ET\n".encode()

    return b"".join(
        [
            b"BT /F1 24 Tf 72 780 Td (Heading) Tj ET\n",
            f"% {word('content-comment')}\n".encode(),
            f"/Point <</Private ({word('mark-properties')})>> DP\n".encode(),
            f"q 9 0 0 9 500 780 cm BI /W 1 /H 1 /BPC 8 /CS /G /Note ({word('inline-picture')}) ID x EI Q\n".encode(),
            b"q 99 0 0 99 72 600 cm /Picture Do Q\n",
            b"/OC /Off BDC " + shown("layer-off-text", 72, 500) + b"EMC /Member Do /OC /On BDC EMC\n",
            b"q 3 Tr " + shown("invisible", 72, 450) + b"Q q 1 g " + shown("white", 72, 400) + b"Q\n",
            shown("covered", 72, 350) + b"q 0 g 60 340 200 40 re f Q\n" + shown("off-page", 72, 900),
            f"/Span <</ActualText ({word('actual-text')})>> BDC\n".encode(),
            b"BT /F1 12 Tf 72 300 Td (Seen) Tj ET EMC\n",
        ]
    )


def _resources(pdf: Pdf, page: Object) -> None:
    off, on = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(word(f"layer-{state}-name"))))
        for state in ("off", "on")
    )
    pdf.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=Dictionary(OFF=Array([off])))
    member = pdf.make_stream(
        f"BT /F1 12 Tf 72 550 Td ({word('layer-membership-text')}) Tj ET".encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 595, 842]),
        OC=pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([off]), P=Name.AllOn)),
        Resources=Dictionary(Font=Dictionary(F1=font())),
    )
    page.Resources = Dictionary(
        Font=Dictionary(F1=font()),
        Properties=Dictionary(Off=off, On=on),
        XObject=Dictionary(Member=member, Picture=_picture(pdf)),
    )


def jpeg(exif: str, comment: str) -> bytes:
    """A small picture with a word in its EXIF data and one in a comment."""
    picture = Image.new("RGB", (16, 16), "teal")
    data = Image.Exif()
    # The maker of the camera.
    data[0x010F] = exif
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=data, comment=comment.encode())
    return out.getvalue()


def _picture(pdf: Pdf) -> Stream:
    looks = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": 16,
        "Height": 16,
        "ColorSpace": Name.DeviceRGB,
        "BitsPerComponent": 8,
    }
    other = pdf.make_stream(word("alternate").encode() * 48, **looks)
    made = pdf.make_stream(
        b"",
        Alternates=Array([Dictionary(Image=other, DefaultForPrinting=True)]),
        Metadata=pdf.make_stream(f"<x>{word('picture-xmp')}</x>".encode(), Type=Name.Metadata),
        **looks,
    )
    made.write(jpeg(word("exif"), word("jpeg-comment")), filter=Name.DCTDecode)
    return made


def _catalog(pdf: Pdf, page: Object) -> None:
    root = pdf.Root
    script = Dictionary(S=Name.JavaScript, JS=String(word("script")))
    file = _file(pdf, "embedded-file", word("embedded-name"))
    root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), script])),
        EmbeddedFiles=Dictionary(Names=Array([String("a"), file])),
        Dests=Dictionary(Names=Array([String(word("named-destination")), Array([page, Name.Fit])])),
    )
    root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(word("open-action")))
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({"/Title": String(word("title")), "/Desk": String(word("custom-info"))})
    )
    root.Metadata = pdf.make_stream(_XMP.format(word("xmp")).encode(), Type=Name.Metadata, Subtype=Name.XML)
    root.PieceInfo = Dictionary(App=Dictionary(Private=String(word("program-data"))))
    root.SpiderInfo = Dictionary(V=1, C=Array([Dictionary(URL=String(word("web-capture")))]))
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(word("page-label")))]))
    element = Dictionary(Type=Name.StructElem, S=Name.P, Alt=String(word("tag-text")))
    root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([pdf.make_indirect(element)]))
    field = Dictionary(
        FT=Name.Tx,
        T=String(word("field-name")),
        TU=String(word("field-tooltip")),
        V=String(word("field-value")),
    )
    root.AcroForm = Dictionary(
        Fields=Array([pdf.make_indirect(field)]),
        XFA=pdf.make_stream(f"<xdp>{word('xfa')}</xdp>".encode()),
        DA=String("/Helv 0 Tf 0 g"),
    )


def _file(pdf: Pdf, place: str, name: str) -> Object:
    content = pdf.make_stream(word(place).encode(), Type=Name.EmbeddedFile)
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String(name), EF=Dictionary(F=content)))


def _on_page(pdf: Pdf, page: Object, second: Object) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String(word("page-action")))
    page.AA = Dictionary(O=script)
    page.Metadata = pdf.make_stream(f"<x>{word('page-xmp')}</x>".encode(), Type=Name.Metadata)
    page.PieceInfo = Dictionary(App=Dictionary(Private=String(word("page-program-data"))))
    page.Thumb = pdf.make_stream(
        word("thumbnail").encode() * 3, Width=9, Height=5, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )
    rect = Array([300, 300, 320, 320])
    look = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 20, 20])}
    note = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Rect=rect,
            Contents=String(word("note")),
            RC=String(f"<body>{word('rich-note')}</body>"),
            T=String(word("note-author")),
        )
    )
    second.Annots = Array(
        [
            note,
            Dictionary(
                Type=Name.Annot, Subtype=Name.Popup, Rect=rect, Parent=note, Contents=String(word("popup"))
            ),
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.FreeText,
                Rect=rect,
                F=4,
                AP=Dictionary(N=pdf.make_stream(f"BT ({word('drawn-comment')}) Tj ET".encode(), **look)),
            ),
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Stamp,
                Rect=rect,
                F=2,
                AP=Dictionary(N=pdf.make_stream(f"BT ({word('hidden-annotation')}) Tj ET".encode(), **look)),
            ),
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.FileAttachment,
                Rect=rect,
                FS=_file(pdf, "hung-file", "notes.txt"),
            ),
            link(pdf, A=Dictionary(S=Name.Launch, F=String(word("launch")))),
            link(pdf, A=Dictionary(S=Name.URI, URI=String(f"file:///{word('file-address')}"))),
            link(pdf, A=Dictionary(S=Name.GoToR, F=String(word("other-file")), D=Array([0, Name.Fit]))),
            link(pdf, A=Dictionary(S=Name.SubmitForm, F=String(f"https://a.example/{word('submit')}"))),
        ]
    )


def _with_states(file: bytes) -> bytes:
    """The file with an unused object, a state before its last one, a comment between objects, and words behind its end."""
    number = int(re.findall(rb"/Size (\d+)", file)[-1])
    root = re.findall(rb"/Root (\d+ 0 R)", file)[-1]
    info = re.findall(rb"/Info (\d+ 0 R)", file)[-1]

    def state(before: bytes, objects: dict[int, str]) -> bytes:
        start = int(re.findall(rb"startxref\s+(\d+)", before)[-1])
        body, places = before, {}
        for key, words in objects.items():
            places[key] = len(body)
            body += f"{key} 0 obj\n<< /Note ({words}) >>\nendobj\n".encode()
        table = b"".join(b"%d 1\n%010d 00000 n \n" % (key, place) for key, place in places.items())
        trailer = b"trailer\n<< /Size %d /Root %s /Info %s /Prev %d >>\n" % (number + 2, root, info, start)
        return body + b"xref\n" + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)

    first = state(
        file + f"% {word('file-comment')}\n".encode(),
        {number: word("unused-object"), number + 1: word("earlier-state")},
    )
    return state(first, {number + 1: "nothing"}) + f"{word('behind-the-end')}\n".encode()
