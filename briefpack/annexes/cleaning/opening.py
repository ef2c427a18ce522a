"""A file of others → a whole PDF in memory, by one engine of the chain, or a refusal that says what is wrong with the file.

Whether something of it is lost is judged here (losses.py, raw.py), before anything is taken out; whether the clean copy is right
is judged at the end (verifying.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from briefpack.annex import Remark, Treatment
from briefpack.annexes.chain import Engine
from briefpack.annexes.cleaning.choosing import order_of
from briefpack.annexes.cleaning.engines import open_by
from briefpack.annexes.cleaning.losses import check_nesting, losses_of, tables_of
from briefpack.annexes.cleaning.opening_remarks import encrypted, repaired, what_is_left
from briefpack.annexes.cleaning.page_count import count_again, count_pages, other_pages
from briefpack.annexes.cleaning.refusal import Refusal, damaged, unable
from briefpack.annexes.raw import Source, bytes_of, from_header, has_objects, traces_of

MOST_PAGES = 5_000
"""Pages of an annex."""

_REVISION = re.compile(rb"\A\d+(\s|\Z)|\bobj\b|\bxref\b")
"""How a revision begins, or what it holds."""
_BY_PDFIUM = frozenset({Engine.IMPORTED, Engine.PICTURES})
_REBUILT = ("reconstruct", "recover")
_MISPLACED = (
    "expected n n obj",
    "expected endstream",
    "lacks /length",
    "stream as empty",
    "non-dictionary object",
    "reconstruct",
    "recover",
    "loop detected",
    "unable to find",
)
"""Words of qpdf's warnings that tell of a table of objects that does not hold; most of its others are about matters of form."""


@dataclass(frozen=True, slots=True)
class Opened:
    """pdf: to be closed by the caller. password: "" for none. remarks: what was done to open it. damaged: it is what is left of the file.

    source: the file from its header to its end. comparable: PDFium reads the same pages in it, so looks can be compared.
    """

    pdf: Pdf
    source: Source
    password: str
    remarks: tuple[Remark, ...]
    damaged: bool
    comparable: bool


def open_annex(path: Path, treatment: Treatment, engine: Engine) -> Opened:
    """Open a file. Raises Unable when another engine should try, Refusal when the file is the reason."""
    source, revised = _up_to_end(from_header(path))
    if revised and engine is Engine.WHOLE:
        raise unable("its last revision is cut off")
    try:
        pdf, password = open_by(engine, source, treatment)
    except pikepdf.PdfError as error:
        words = str(error).lower()
        if "loop detected" in words:
            # Readers break it at different places.
            raise other_pages("its list of pages runs in a circle") from None
        if "encrypt" in words:
            raise Refusal(
                "is encrypted in a way that cannot be read", "save it again as PDF without encryption"
            ) from None
        with bytes_of(source) as view:
            if not has_objects(view):
                raise damaged("there is nothing in it but a beginning") from None
        raise unable("its table of contents of objects is broken or cut off") from None
    try:
        return _judged(source, password, treatment, engine, pdf)
    except pikepdf.PdfError:
        pdf.close()
        raise unable("its pages cannot be found") from None
    except BaseException:
        pdf.close()
        raise


def _up_to_end(source: Source) -> tuple[Source, bool]:
    """The file, without what was put behind its end (by mail gateways and web servers); and whether that is a later revision, cut off:
    without it the file would be whole, but an older one."""
    with bytes_of(source) as view:
        end = view.rfind(b"%%EOF")
        behind = view[end + 5 :].strip(b"\r\n \t")
        if end < 0 or not behind:
            return source, False
        if _REVISION.search(behind.strip(b"\r\n \t\0")):
            return source, True
        return view[: end + 5] + b"\n", False


def _judged(source: Source, password: str, treatment: Treatment, engine: Engine, pdf: Pdf) -> Opened:
    pages = len(pdf.pages)
    if pages and not treatment.pages:
        # Before every page costs time; which of them are chosen counts once it is known that they are all there.
        order_of((), pages, MOST_PAGES)
    check_nesting(pdf)
    warnings = [str(warning).lower() for warning in pdf.get_warnings()]
    told = any(sign in warning for warning in warnings for sign in _MISPLACED)
    if engine is Engine.WHOLE and told:
        raise unable("part of its content had to be guessed")
    rebuilt = engine is not Engine.WHOLE and (
        engine is not Engine.REPAIRED or any(sign in warning for warning in warnings for sign in _REBUILT)
    )
    tables = {} if engine is Engine.WHOLE else tables_of(pdf)
    traces = traces_of(source, tables.items(), all_of_them=engine is not Engine.WHOLE)
    # A revision that is cut off leaves a table behind that fits what was there before.
    rebuilt = rebuilt or bool(traces.signs)
    losses = losses_of(pdf, source, traces, warnings, rebuilt=rebuilt)
    if pages == 0 and not losses.lost:
        raise Refusal("has no pages", "check that it is the right file")
    comparable = count_pages(source, password, pdf, losses, rebuilt=rebuilt)
    if engine in _BY_PDFIUM:
        count_again(source, password, pages, losses)
    accepted = treatment.damaged and bool(losses.lost)
    if losses.lost and (not accepted or pages == 0):
        raise damaged(losses.lost[0])
    remarks = (*encrypted(pdf), *repaired(engine, losses, comparable=comparable, rebuilt=rebuilt))
    if accepted:
        remarks = (*encrypted(pdf), what_is_left(losses, pages))
    return Opened(pdf, source, password, remarks, accepted, comparable)
