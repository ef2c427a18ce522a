"""The other readers of a file, beside qpdf: how many pages they find, and copies that they make of it."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from briefpack.annexes.cleaning.refusal import unable
from briefpack.annexes.raw import Source


def as_file(source: Source) -> Path | io.BytesIO:
    """A file as most libraries want it."""
    return io.BytesIO(source) if isinstance(source, bytes) else source


def pages_by_pdfium(source: Source, password: str) -> tuple[int, int | None] | None:
    """How many pages PDFium finds, and the first, 0-based, that it cannot read (None for none); None when it cannot open the file."""
    try:
        document = pypdfium2.PdfDocument(source, password=password or None)
    except pypdfium2.PdfiumError:
        return None
    try:
        for index in range(len(document)):
            try:
                document[index].close()
            except pypdfium2.PdfiumError:
                return len(document), index
        return len(document), None
    finally:
        document.close()


def imported(source: Source, password: str) -> io.BytesIO:
    """The pages of the file as PDFium imports them. Raises Unable, also when there are layers, which would all be shown."""
    try:
        original = pypdfium2.PdfDocument(source, password=password or None)
    except pypdfium2.PdfiumError:
        raise unable("no PDF reader here can open it") from None
    made = io.BytesIO()
    try:
        copy = pypdfium2.PdfDocument.new()
        copy.import_pages(original)
        copy.save(made)
        copy.close()
    except pypdfium2.PdfiumError:
        raise unable("no PDF reader here can open all of its pages") from None
    finally:
        original.close()
    made.seek(0)
    with Pdf.open(made) as pdf:
        if any(_is_layer(item) for item in pdf.objects):
            raise unable("its layers cannot be told apart")
    made.seek(0)
    return made


def _is_layer(item: object) -> bool:
    held = item.stream_dict if isinstance(item, Stream) else item
    if isinstance(held, Array):
        return any(_is_layer(each) for each in held if isinstance(each, Dictionary))
    return isinstance(held, Dictionary) and (
        held.get("/Type") in {Name.OCG, Name.OCMD} or "/OC" in held or "/Properties" in held
    )
