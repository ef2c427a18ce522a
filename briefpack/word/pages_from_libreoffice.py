"""The page numbers of a Word file as LibreOffice lays it out, for packs whose readers have no Word.

LibreOffice turns the file into a PDF in which every bookmark is a named destination; pdfium reads on which page each
one is. About 3 seconds for 160 pages, 10 for 660.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pypdfium2.raw

from briefpack.document import (
    Chart,
    Document,
    Heading,
    Image,
    NumberedParagraph,
    PageNumbers,
    Paragraph,
    Table,
    annex_page_anchor,
    walk,
)
from briefpack.errors import BriefpackError, ExitCode, failure
from briefpack.libreoffice import find_libreoffice
from briefpack.numerals import roman
from briefpack.word.annexes import SCHEDULE
from briefpack.word.writer import LAST_OF_BODY

_TIMEOUT = 600
"""Seconds LibreOffice may take; ten times what 6,000 pages need."""
_OPTIONS = {
    "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
    # The blank pages before right-hand pages have numbers too.
    "IsSkipEmptyPages": {"type": "boolean", "value": "false"},
}
_REMEDY = "leave out --word-pages libreoffice to take the page numbers of the PDF's layout"


def libreoffice_numbers(docx: bytes, document: Document, *, timeout: float = _TIMEOUT) -> PageNumbers:
    """Where every anchor of document stands in docx, a file written from it with whatever numbers.

    timeout: seconds. Raises BriefpackError with code TOOL when LibreOffice is missing or fails.
    """
    program = find_libreoffice()
    if program is None:
        raise failure(
            "LibreOffice is not installed",
            code=ExitCode.TOOL,
            hint=f"install it (Debian: apt install libreoffice-writer), or {_REMEDY}",
        )
    with TemporaryDirectory(prefix="briefpack-") as folder:
        pages = _destinations(_convert(program, docx, Path(folder), timeout))
    return _numbers(pages, document)


def _convert(program: Path, docx: bytes, folder: Path, timeout: float) -> bytes:
    """The file as a PDF. A profile of its own, since a running LibreOffice would take the work and lose it."""
    source = folder / "pack.docx"
    source.write_bytes(docx)
    target = folder / "out" / "pack.pdf"
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(_OPTIONS)}",
        "--outdir",
        str(target.parent),
        str(source),
    ]
    try:
        run = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        raise _failed(f"LibreOffice did not finish within {timeout:.0f} seconds") from None
    except OSError as error:
        raise _failed(f"LibreOffice cannot be started: {error.strerror}") from error
    # LibreOffice ends with 0 whatever happens: only the file tells.
    if not target.exists() or not target.stat().st_size:
        said = run.stderr.decode(errors="replace").strip().splitlines()
        raise _failed("LibreOffice made no PDF" + (f": {said[-1]}" if said else ""))
    return target.read_bytes()


def _failed(message: str) -> BriefpackError:
    return failure(message, code=ExitCode.TOOL, hint=_REMEDY)


def _destinations(pdf: bytes) -> dict[str, int]:
    """Name of each destination as LibreOffice writes it → 0-based page."""
    raw = pypdfium2.raw
    pages: dict[str, int] = {}
    with pypdfium2.PdfDocument(pdf) as opened:
        for index in range(raw.FPDF_CountNamedDests(opened)):
            size = ctypes.c_long(0)
            raw.FPDF_GetNamedDest(opened, index, None, ctypes.byref(size))
            name = ctypes.create_string_buffer(size.value)
            destination = raw.FPDF_GetNamedDest(opened, index, name, ctypes.byref(size))
            pages[name.raw.decode("utf-16-le").rstrip("\0")] = raw.FPDFDest_GetDestPageIndex(
                opened, destination
            )
    return pages


def _written(anchor: str) -> str:
    """An anchor as LibreOffice names its destination: what is no letter or digit becomes its code."""
    return "".join(c if c.isalnum() else f"{ord(c):02X}" for c in anchor)


def _anchors(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield section.anchor
        for block in walk(section.blocks):
            match block:
                case (
                    Heading(anchor=anchor)
                    | Table(anchor=anchor)
                    | Image(anchor=anchor)
                    | Chart(anchor=anchor)
                ):
                    yield anchor
                case Paragraph(anchor=str(named)) | NumberedParagraph(anchor=str(named)):
                    yield named
                case _:
                    # The other kinds cannot be referred to.
                    pass
    if document.annexes:
        yield SCHEDULE


def _numbers(pages: dict[str, int], document: Document) -> PageNumbers:
    def page_of(anchor: str) -> int:
        found = pages.get(_written(anchor), pages.get(anchor))
        if found is None:
            raise _failed(f"LibreOffice lost the place “{anchor}”")
        return found

    last = page_of(LAST_OF_BODY)
    front = page_of(document.sections[0].anchor) if document.sections else last

    def label(page: int) -> str:
        return str(page - front + 1) if page >= front else roman(page + 1)

    labels = {anchor: label(page_of(anchor)) for anchor in _anchors(document)}
    for annex in document.annexes:
        # Annexes are bound into the PDF pack only, where their pages have numbers of their own.
        labels[annex.anchor] = annex.label
        for page in range(1, annex.pages + 1):
            labels[annex_page_anchor(annex.anchor, page)] = f"{annex.label}-{page}"
    return PageNumbers(labels, front, last - front + 1, "libreoffice")
