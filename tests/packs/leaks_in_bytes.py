"""Ways to leak in the bytes of a PDF that no reader shows: what nothing leads to, what was there before, between objects and behind the end; and in pictures."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import tempfile
import zlib
from base64 import a85encode
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from tests.conftest import need_tool
from tests.packs.leaks import File, Proof, Secret, Ways, bytes_hold, in_bytes, in_operators, squeezed
from tests.packs.leaks_in_pdf import changed, zipped
from tests.packs.leaks_on_pages import _add_page, _lines, _text

WAYS = Ways("pdf")


def _plain(content: bytes) -> bytes:
    """The file with a table of objects of the old kind, so that more can be appended."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def appended(content: bytes, objects: Mapping[int, bytes]) -> bytes:
    """A revision behind a file that has been written by _plain. objects: by number, between "obj" and "endobj"."""
    before = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    trailer = content[content.rindex(b"trailer") + 7 : content.rindex(b"startxref")].strip()
    size = max([int(re.search(rb"/Size (\d+)", trailer)[1]), *(number + 1 for number in objects)])
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, trailer)
    trailer = re.sub(rb"/Prev \d+", b"", trailer)[:-2] + b" /Prev %d >>" % before
    out = bytearray(content if content.endswith(b"\n") else content + b"\n")
    table = bytearray(b"xref\n")
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    at = len(out)
    out += table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % at
    return bytes(out)


def _free_number(content: bytes) -> int:
    return int(re.findall(rb"/Size (\d+)", content)[-1])


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def _bytes_way(name: str, proof: Proof = in_bytes) -> Callable[[Callable[[bytes, Secret], bytes]], object]:
    def note(change: Callable[[bytes, Secret], bytes]) -> object:
        return WAYS(name, proof)(lambda file, secret: File(file.name, change(_plain(file.content), secret)))

    return note


# --------------------------------------------------------------------------- objects


@_bytes_way("a text that nothing leads to")
def _(content: bytes, secret: Secret) -> bytes:
    return appended(content, {_free_number(content): b"(" + secret.sentence.encode() + b")"})


@_bytes_way("a text in UTF-16 in a dictionary that nothing leads to")
def _(content: bytes, secret: Secret) -> bytes:
    text = b"\xfe\xff" + secret.sentence.encode("utf-16-be")
    return appended(content, {_free_number(content): b"<< /Kept (" + text + b") >>"})


@_bytes_way("a page that nothing leads to", in_operators)
def _(content: bytes, secret: Secret) -> bytes:
    number = _free_number(content)
    font = b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    page = b"<< /Type /Page /MediaBox [0 0 595 842] /Resources << /Font %s >> /Contents %d 0 R >>" % (
        font,
        number + 1,
    )
    data = zlib.compress(_text(_lines(secret.sentence)).encode())
    stream = _stream(data, b"/Filter /FlateDecode")
    return appended(content, {number: page, number + 1: stream})


@_bytes_way("a stream of objects that nothing leads to")
def _(content: bytes, secret: Secret) -> bytes:
    body = b"9001 0 (" + secret.sentence.encode() + b")"
    data = zlib.compress(body)
    stream = _stream(data, b"/Type /ObjStm /N 1 /First 7 /Filter /FlateDecode")
    return appended(content, {_free_number(content): stream})


@_bytes_way("an object that no table lists")
def _(content: bytes, secret: Secret) -> bytes:
    stray = b"99999 0 obj\n<< /Kept (" + secret.sentence.encode() + b") >>\nendobj\n"
    at = content.rindex(b"xref\n", 0, content.rindex(b"trailer"))
    moved = content[:at] + stray + content[at:]
    return re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (at + len(stray)), moved)


@_bytes_way("an object whose number is free")
def _(content: bytes, secret: Secret) -> bytes:
    number = _free_number(content)
    first = appended(content, {number: b"(" + secret.sentence.encode() + b")"})
    before = int(re.findall(rb"startxref\s+(\d+)", first)[-1])
    trailer = first[first.rindex(b"trailer") + 7 : first.rindex(b"startxref")].strip()
    trailer = re.sub(rb"/Prev \d+", b"/Prev %d" % before, trailer)
    table = b"xref\n%d 1\n%010d 00001 f \n" % (number, 0)
    return first + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(first)


# --------------------------------------------------------------------------- revisions


def _content_of_page(content: bytes, page: int) -> tuple[int, bytes]:
    with Pdf.open(io.BytesIO(content)) as pdf:
        contents = pdf.pages[page].obj.Contents
        stream = contents[0] if isinstance(contents, Array) else contents
        return stream.objgen[0], stream.read_bytes()


@_bytes_way("an earlier revision of a page")
def _(content: bytes, secret: Secret) -> bytes:
    number, clean = _content_of_page(content, 2)
    drawn = b"BT /F1 10 Tf 60 700 Td (" + secret.sentence.encode() + b") Tj ET"
    before = appended(content, {number: _stream(zlib.compress(drawn), b"/Filter /FlateDecode")})
    return appended(before, {number: _stream(zlib.compress(clean), b"/Filter /FlateDecode")})


@_bytes_way("an earlier revision of the document information")
def _(content: bytes, secret: Secret) -> bytes:
    number = int(re.search(rb"/Info (\d+) 0 R", content)[1])
    before = appended(content, {number: b"<< /Title (" + secret.sentence.encode() + b") >>"})
    return appended(before, {number: b"<< /Title (Nothing) >>"})


@_bytes_way("a page that a later revision has taken out", in_operators)
def _(content: bytes, secret: Secret) -> bytes:
    with Pdf.open(io.BytesIO(content)) as pdf:
        kept = len(pdf.pages)
        _add_page(pdf, _text(_lines(secret.sentence)), 3)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = out.getvalue()
    with Pdf.open(io.BytesIO(whole)) as pdf:
        tree = pdf.Root.Pages
        kids = b" ".join(b"%d 0 R" % kid.objgen[0] for number, kid in enumerate(tree.Kids) if number != 3)
        number = tree.objgen[0]
    return appended(whole, {number: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (kept, kids)})


# --------------------------------------------------------------------------- between and behind


@_bytes_way("a comment between two objects")
def _(content: bytes, secret: Secret) -> bytes:
    # Behind the objects, so that no offset moves but that of the table.
    at = content.rindex(b"xref\n", 0, content.rindex(b"trailer"))
    stray = b"% " + secret.sentence.encode() + b"\n"
    return re.sub(
        rb"startxref\s+\d+", b"startxref\n%d" % (at + len(stray)), content[:at] + stray + content[at:]
    )


@_bytes_way("behind the end of the file")
def _(content: bytes, secret: Secret) -> bytes:
    return content + b"\n" + secret.sentence.encode() + b"\n"


@_bytes_way("behind the end of the file, in UTF-16")
def _(content: bytes, secret: Secret) -> bytes:
    return content + secret.sentence.encode("utf-16-le")


@_bytes_way("before the head of the file")
def _(content: bytes, secret: Secret) -> bytes:
    return b"From: " + secret.sentence.encode() + b"\n" + content


def _zip_behind(file: File, secret: Secret) -> File:
    return File(file.name, _plain(file.content) + zipped({"notes.txt": secret.sentence.encode()}))


def _behind(file: File, secret: Secret) -> bool:
    """7-Zip and unzip find a ZIP file wherever it begins."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planted.zip"
        path.write_bytes(file.content)
        run = subprocess.run([need_tool("unzip"), "-p", str(path)], capture_output=True, check=False)
    return squeezed(secret.sentence) in squeezed(run.stdout.decode("utf-8", "replace"))


WAYS("a ZIP file behind the end", _behind)(_zip_behind)


@_bytes_way("behind the data of a stream, before it ends")
def _(content: bytes, secret: Secret) -> bytes:
    number, clean = _content_of_page(content, 2)
    data = zlib.compress(clean) + b"\n" + secret.sentence.encode() + b"\n"
    return appended(content, {number: _stream(data, b"/Filter /FlateDecode")})


def _filtered(name: str, entries: bytes, encode: Callable[[bytes], bytes]) -> None:
    def plant(file: File, secret: Secret) -> File:
        content = _plain(file.content)
        drawn = b"BT /F1 10 Tf 60 700 Td (" + secret.sentence.encode() + b") Tj ET"
        return File(file.name, appended(content, {_free_number(content): _stream(encode(drawn), entries)}))

    def proof(file: File, secret: Secret) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "planted.pdf"
            path.write_bytes(file.content)
            number = _free_number(file.content) - 1
            run = subprocess.run(
                [need_tool("mutool"), "show", "-b", str(path), str(number)], capture_output=True, check=True
            )
        return secret.sentence.encode() in run.stdout

    WAYS(name, proof)(plant)


_filtered(
    "a stream in hexadecimal digits", b"/Filter /ASCIIHexDecode", lambda data: data.hex().encode() + b">"
)
_filtered("a stream in base 85", b"/Filter /ASCII85Decode", lambda data: a85encode(data) + b"~>")
_filtered(
    "a stream in base 85 of deflated data",
    b"/Filter [/ASCII85Decode /FlateDecode]",
    lambda data: a85encode(zlib.compress(data)) + b"~>",
)
_filtered(
    "a stream of runs",
    b"/Filter /RunLengthDecode",
    lambda data: (
        b"".join(bytes([len(data[n : n + 100]) - 1]) + data[n : n + 100] for n in range(0, len(data), 100))
        + b"\x80"
    ),
)


# --------------------------------------------------------------------------- pictures


def _picture(pdf: Pdf, picture: bytes) -> pikepdf.Stream:
    """A picture as most programs put it into a PDF: its pixels, deflated."""
    with Image.open(io.BytesIO(picture)) as image:
        pixels = image.convert("RGB")
    stream = pdf.make_stream(pixels.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = pixels.size
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
    return stream


def _has_picture(file: File, secret: Secret) -> bool:
    """Poppler takes the picture out of the file, pixel by pixel as it was."""
    with Image.open(io.BytesIO(secret.picture)) as image:
        wanted = image.convert("RGB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planted.pdf"
        path.write_bytes(file.content)
        subprocess.run(
            [need_tool("pdfimages"), "-png", str(path), f"{folder}/p"], capture_output=True, check=True
        )
        for each in Path(folder).glob("p-*.png"):
            with Image.open(each) as found:
                if found.size == wanted.size and found.convert("RGB").tobytes() == wanted.tobytes():
                    return True
    return False


def _pixels_in_bytes(file: File, secret: Secret) -> bool:
    with Image.open(io.BytesIO(secret.picture)) as image:
        wanted = image.convert("RGB").tobytes()
    with Pdf.open(io.BytesIO(file.content)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and "/Width" in each:
                try:
                    if each.read_bytes() == wanted:
                        return True
                except pikepdf.PdfError:
                    continue
    return False


def _with_picture(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        page = _add_page(pdf, "100 0 0 80 60 600 cm /P1 Do", 3)
        page.Resources.XObject = Dictionary(P1=_picture(pdf, secret.picture))

    return changed(file, change)


WAYS("a withheld picture on a page", _has_picture, "picture")(_with_picture)


def _unused_picture(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        page = _add_page(pdf, "", 3)
        page.Resources.XObject = Dictionary(P1=_picture(pdf, secret.picture))

    return changed(file, change)


WAYS("a withheld picture that no page draws", _pixels_in_bytes, "picture")(_unused_picture)


def _thumbnail(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        thumb = _picture(pdf, secret.picture)
        del thumb.Type, thumb.Subtype
        pdf.pages[1].obj.Thumb = thumb

    return changed(file, change)


WAYS("a withheld picture as the thumbnail of a page", _pixels_in_bytes, "picture")(_thumbnail)


def _alternate(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        page = _add_page(pdf, "100 0 0 80 60 600 cm /P1 Do", 3)
        other = pdf.make_stream(b"\x80" * 3)
        other.Type, other.Subtype, other.Width, other.Height = Name.XObject, Name.Image, 1, 1
        other.ColorSpace, other.BitsPerComponent = Name.DeviceRGB, 8
        other.Alternates = Array([Dictionary(Image=_picture(pdf, secret.picture), DefaultForPrinting=True)])
        page.Resources.XObject = Dictionary(P1=other)

    return changed(file, change)


WAYS("a withheld picture instead of another, for printing", _pixels_in_bytes, "picture")(_alternate)


def _attached_picture(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        pdf.attachments["a.png"] = pikepdf.AttachedFileSpec(pdf, secret.picture, filename="a.png")

    return changed(file, change)


WAYS(
    "a withheld picture as an attachment",
    lambda file, secret: any(secret.picture == each for each in _streams(file)),
    "picture",
)(_attached_picture)


def _streams(file: File) -> list[bytes]:
    with Pdf.open(io.BytesIO(file.content)) as pdf:
        return [
            each.read_bytes()
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and "/Width" not in each
        ]


def jpeg(*, exif: str | None = None, comment: str | None = None, xmp: str | None = None) -> bytes:
    """A harmless picture that says something besides."""
    out = io.BytesIO()
    image = Image.new("RGB", (24, 16), (90, 120, 150))
    made = Image.Exif()
    if exif is not None:
        made[0x010E] = exif  # ImageDescription
    image.save(
        out,
        "JPEG",
        exif=made,
        comment=comment.encode() if comment else b"",
        **({"xmp": xmp.encode()} if xmp else {}),
    )
    return out.getvalue()


def _jpeg_way(name: str, **words: str) -> None:
    """words: which of the places of a JPEG file has the sentence."""

    def plant(file: File, secret: Secret) -> File:
        content = jpeg(**{key: value.format(secret.sentence) for key, value in words.items()})

        def change(pdf: Pdf) -> None:
            page = _add_page(pdf, "100 0 0 80 60 600 cm /P1 Do", 3)
            stream = pikepdf.Stream(pdf, content)
            stream.Type, stream.Subtype, stream.Width, stream.Height = Name.XObject, Name.Image, 24, 16
            stream.ColorSpace, stream.BitsPerComponent, stream.Filter = Name.DeviceRGB, 8, Name.DCTDecode
            page.Resources.XObject = Dictionary(P1=stream)

        return changed(file, change)

    WAYS(name, in_bytes)(plant)


_jpeg_way("EXIF of a picture", exif="{}")
_jpeg_way("the comment of a picture", comment="{}")
_jpeg_way("XMP of a picture", xmp="<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{}</a></x:xmpmeta>")


def png_with(text: str, *, compressed: bool) -> bytes:
    """A harmless PNG file with a text in it."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (90, 120, 150)).save(out, "PNG")
    content = out.getvalue()
    data = text.encode("latin-1", "replace")
    body = b"zTXtComment\0\0" + zlib.compress(data) if compressed else b"tEXtComment\0" + data
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    end = content.index(b"IEND") - 4
    return content[:end] + chunk + content[end:]


def _attached_png(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        content = png_with(secret.sentence, compressed=True)
        pdf.attachments["a.png"] = pikepdf.AttachedFileSpec(pdf, content, filename="a.png")

    return changed(file, change)


def text_of_png(content: bytes) -> str | None:
    """The comment of a PNG file, as Pillow reads it; None for other files."""
    if not content.startswith(b"\x89PNG"):
        return None
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image.info.get("Comment")


def _png_text(file: File, secret: Secret) -> bool:
    return any(text_of_png(each) == secret.sentence for each in _streams(file))


WAYS("a compressed comment of an attached picture", _png_text)(_attached_png)


# --------------------------------------------------------------------------- other secrets


def _path_behind(file: File, secret: Secret) -> File:
    return File(file.name, file.content + f"\n%{secret.home}/sources/\n".encode())


WAYS("an absolute path behind the end", bytes_hold("home"), "home")(_path_behind)
