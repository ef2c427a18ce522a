"""Our bytes of pypdf's objects, beside those that pypdf writes itself, as qpdf reads both."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from briefpack.annexes.objects import add, dictionary
from briefpack.annexes.serial import written

EXAMPLES = sorted((Path(__file__).parents[2] / "sources" / "foreign-ministers" / "annexes").glob("*.pdf"))


def by_pypdf(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def objects(content: bytes) -> list[tuple[bytes, bytes]]:
    """Every object and its stream, by number."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.get_warnings()
        return [
            (item.unparse(resolved=True), item.read_raw_bytes() if isinstance(item, pikepdf.Stream) else b"")
            for item in pdf.objects
        ]


def odd() -> PdfWriter:
    """Every kind of object, and names that cannot be written as they are."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(b"q Q endstream-like words")
    stream[NameObject("/Kind")] = NameObject("/Straße (1)/2#3")
    held = ArrayObject(
        [
            BooleanObject(True),
            NullObject(),
            NumberObject(-7),
            FloatObject("0.000125"),
            TextStringObject("Grüße (an) \\ alle"),
            ByteStringObject(b"\x00\xff)"),
            ArrayObject(),
            dictionary(Empty=dictionary(), To=add(writer, stream)),
        ]
    )
    writer.root_object[NameObject("/Odd")] = add(writer, held)
    return writer


def test_every_kind_of_object_is_written() -> None:
    ours = written(odd())
    assert objects(ours) == objects(by_pypdf(odd()))
    with pikepdf.open(io.BytesIO(ours)) as pdf:
        assert str(pdf.Root.Odd[4]) == "Grüße (an) \\ alle"
        assert bytes(pdf.Root.Odd[5]) == b"\x00\xff)"
        assert str(pdf.Root.Odd[7].To.Kind) == "/Straße (1)/2#3"
        assert pdf.Root.Odd[7].To.read_bytes() == b"q Q endstream-like words"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_documents_are_written_as_pypdf_writes_them(path: Path) -> None:
    content = path.read_bytes()
    ours, theirs = (way(PdfWriter(clone_from=PdfReader(io.BytesIO(content)))) for way in (written, by_pypdf))
    assert objects(ours) == objects(theirs)


def test_what_is_known_of_the_document_stays() -> None:
    writer = odd()
    writer.add_metadata({"/Title": "A title"})
    with pikepdf.open(io.BytesIO(written(writer))) as pdf:
        assert str(pdf.docinfo.Title) == "A title"


def test_objects_that_are_none_leave_a_gap() -> None:
    writer = odd()
    gone = add(writer, dictionary(Secret=NumberObject(1)))
    add(writer, dictionary(Kept=NumberObject(2)))
    writer._objects[gone.idnum - 1] = None
    ours = written(writer)
    assert b"/Secret" not in ours
    with pikepdf.open(io.BytesIO(ours)) as pdf:
        assert not pdf.get_warnings()
        assert len(pdf.pages) == 1
