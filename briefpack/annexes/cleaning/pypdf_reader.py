"""pypdf as a reader of a file, beside qpdf and PDFium: how many pages it finds, and the copy that it makes. Loaded only where it is asked: it takes its time."""

from __future__ import annotations

import io
import struct
import zlib

import pypdf
from pypdf.errors import PyPdfError

from briefpack.annexes.cleaning.readers import as_file
from briefpack.annexes.cleaning.refusal import unable
from briefpack.annexes.raw import Source

_FAILURES = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    OverflowError,
    OSError,
    struct.error,
    zlib.error,
)
"""What pypdf raises on files that it cannot read; it promises no common class."""


def pages_by_pypdf(source: Source, password: str) -> int | None:
    """How many pages pypdf finds; None when it cannot read the file."""
    try:
        return len(pypdf.PdfReader(as_file(source), strict=False, password=password or None).pages)
    except _FAILURES:
        return None


def rewritten(source: Source, password: str) -> io.BytesIO:
    """The file as pypdf copies it. Raises Unable."""
    made = io.BytesIO()
    try:
        reader = pypdf.PdfReader(as_file(source), strict=False, password=password or None)
        pypdf.PdfWriter(clone_from=reader).write(made)
    except _FAILURES:
        raise unable("no PDF reader here can open it") from None
    made.seek(0)
    return made
