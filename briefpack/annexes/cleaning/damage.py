"""Is a PDF whole? Told by qpdf, by reading every stream, and by a second reader that counts the pages on its own."""

from __future__ import annotations

import io
import mmap
import re
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Object, Pdf, Stream

from briefpack.annexes.cleaning.refusal import Refusal, damaged

_TRUSTED_FILTERS = frozenset(
    f"/{name}"
    for name in ("FlateDecode", "Fl", "LZWDecode", "LZW", "ASCII85Decode", "A85", "ASCIIHexDecode", "AHx")
)
_FLATE = frozenset({"/FlateDecode", "/Fl"})

LARGEST_STREAM = 512 << 20
"""Bytes; a scan of A3 at 800 dpi in colour has 370 million."""
DEEPEST = 100
"""Levels of nesting; other readers of the file, pypdf among them, go down by recursion."""

_MOST_RATIO = 1032
"""More than this DEFLATE cannot compress (zlib's technical details)."""
_BLOCK = 1 << 20
_BRACKETS = re.compile(rb"<<|>>|[\[\]]")
_REVISION = re.compile(rb"\A\d+(\s|\Z)|\bobj\b|\bxref\b")
"""How a revision begins, or what it holds."""
_SIGNS = ("reconstruct", "recover", "decoding", "loop detected", "unable to find")
"""Words of qpdf's warnings that tell of lost content; its other warnings are about matters of form."""


def open_whole(path: Path) -> Pdf:
    """Open a file that needs no repair. Raises Refusal when it does, or when it needs a password."""
    try:
        return pikepdf.open(_up_to_end(path), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refusal(
            "needs a password to be opened", "remove the password and save it again as PDF"
        ) from None
    except pikepdf.PdfError as error:
        if "encrypt" in str(error).lower():
            raise Refusal(
                "is encrypted in a way that cannot be read", "save it again as PDF without encryption"
            ) from None
        raise damaged("its table of contents of objects is broken or cut off") from None


def _up_to_end(path: Path) -> Path | io.BytesIO:
    """The file, without what was put behind its end (by mail gateways and web servers).

    Raises Refusal when that is a later revision, cut off: without it the file would be whole, but an older one.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        end = view.rfind(b"%%EOF")
        behind = view[end + 5 :].strip(b"\r\n \t\0")
        if end < 0 or not behind:
            return path
        if _REVISION.search(behind):
            raise damaged("its last revision is cut off")
        return io.BytesIO(view[: end + 5] + b"\n")


def check_objects(pdf: Pdf) -> None:
    """Read every stream that is compressed without loss, and see that nothing is nested out of all reason.

    Raises Refusal when a stream cannot be read whole or is made to swell.
    """
    for item in pdf.objects:
        if _nested(item) > DEEPEST:
            raise Refusal("is nested so deeply that PDF readers fail on it", "print it to a new PDF")
        if not isinstance(item, Stream):
            continue
        filters = item.get("/Filter")
        names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters or "/Fl")]
        if not all(name in _TRUSTED_FILTERS for name in names):
            continue
        if names[0] in _FLATE and _swells(item.read_raw_bytes()):
            raise Refusal(
                f"unpacks to more than {LARGEST_STREAM >> 20} MB in one piece",
                "make its pictures smaller, or print it to a new PDF",
            )
        try:
            item.read_bytes()
        except pikepdf.PdfError as error:
            if "bad_alloc" in str(error):
                # What C++ calls it; qpdf takes it for an error of the stream.
                raise MemoryError from None
            raise damaged("part of its content cannot be decompressed") from None
    check_warnings(pdf)


def _swells(packed: bytes) -> bool:
    if len(packed) * _MOST_RATIO < LARGEST_STREAM:
        return False
    unpacker = zlib.decompressobj()
    size, rest = 0, packed
    try:
        while rest and size <= LARGEST_STREAM:
            size += len(unpacker.decompress(rest, _BLOCK))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        # Whether it is damage is for qpdf to say.
        return False
    return size > LARGEST_STREAM


def _nested(item: Object) -> int:
    """How deeply arrays and dictionaries stand in each other within one object."""
    if isinstance(item, Stream):
        words = item.stream_dict.unparse()
    elif isinstance(item, (pikepdf.Array, pikepdf.Dictionary)):
        words = item.unparse(resolved=True)
    else:
        return 0
    if words.count(b"[") + words.count(b"<<") <= DEEPEST:
        return 1
    depth = deepest = 0
    for bracket in _BRACKETS.finditer(words):
        depth += 1 if bracket[0] in {b"[", b"<<"} else -1
        deepest = max(deepest, depth)
    return deepest


def check_warnings(pdf: Pdf) -> None:
    """Raises Refusal when qpdf had to guess at content so far."""
    for warning in pdf.get_warnings():
        if any(sign in str(warning).lower() for sign in _SIGNS):
            raise damaged("part of its content had to be guessed")


def count_pages(pdf: Pdf) -> int:
    """The pages of a document. Raises Refusal when it has none, or declares another number than it has."""
    pages = len(pdf.pages)
    if pages == 0:
        raise Refusal("has no pages", "check that it is the right file")
    tree = pdf.Root.get("/Pages")
    declared = tree.get("/Count") if isinstance(tree, Dictionary) else None
    if declared != pages:
        raise damaged(f"it says that it has {declared} pages, but {pages} can be found")
    return pages


def check_second_reader(path: Path, pages: int) -> None:
    """Raises Refusal unless PDFium finds the same pages and can read every one."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise damaged("one of two PDF readers cannot open it") from None
    try:
        if len(document) != pages:
            raise damaged(f"one PDF reader finds {pages} pages in it, another {len(document)}")
        for index in range(pages):
            try:
                document[index].close()
            except pypdfium2.PdfiumError:
                raise damaged(f"page {index + 1} cannot be read") from None
    finally:
        document.close()
