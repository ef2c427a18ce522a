"""Do all readers find the same pages in a file? Where they do not, nobody knows what its reader will see."""

from __future__ import annotations

import re

from pikepdf import Dictionary, Pdf

from briefpack.annexes.cleaning.losses import Losses
from briefpack.annexes.cleaning.readers import pages_by_pdfium
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.raw import Source, bytes_of, readable_alone

_PAGE = re.compile(rb"/Type[\0\t\n\f\r ]*/Page\b")


def count_pages(source: Source, password: str, pdf: Pdf, losses: Losses, *, rebuilt: bool) -> bool:
    """See that two readers find the same pages; what speaks against it in a file that had to be rebuilt is a loss.

    Returns whether PDFium reads every page of the source. Raises Refusal when a file that holds together shows other pages to other
    readers.
    """
    pages = len(pdf.pages)
    tree = pdf.Root.get("/Pages")
    declared: object = tree.get("/Count") if isinstance(tree, Dictionary) else None
    if declared != pages and (isinstance(declared, int) or not rebuilt):
        sign = f"it says that it has {declared} pages, but {pages} can be found"
        if not rebuilt:
            raise other_pages(sign)
        losses.add(sign)
    found = pages_by_pdfium(source, password)
    if found is None:
        from briefpack.annexes.cleaning.pypdf_reader import pages_by_pypdf  # noqa: PLC0415 - most files do without it, and it takes its time

        other = pages_by_pypdf(source, password)
        if other is None:
            losses.add("one of two PDF readers cannot open it")
        elif other != pages:
            losses.add(f"one PDF reader finds {pages} pages in it, another {other}")
        return False
    said, unreadable = found
    if said != pages:
        sign = f"one PDF reader finds {pages} pages in it, another {said}"
        if not rebuilt:
            raise other_pages(sign)
        losses.add(sign)
        return False
    if unreadable is not None:
        losses.add(f"page {unreadable + 1} cannot be read")
        return False
    return True


def count_again(source: Source, password: str, pages: int, losses: Losses) -> None:
    """See that PDFium is not the only one that finds these pages; where nobody else can read the file, its own words must do."""
    from briefpack.annexes.cleaning.pypdf_reader import pages_by_pypdf  # noqa: PLC0415 - most files do without it, and it takes its time

    other = pages_by_pypdf(source, password)
    if other is None:
        with bytes_of(source) as view:
            other = sum(1 for _ in _PAGE.finditer(view))
    if other != pages:
        losses.add("only one of several PDF readers can open it")
    if not readable_alone(source):
        losses.add("parts of it are missing or cannot be read")


def other_pages(sign: str) -> Refusal:
    """Also when the author takes damaged files: nothing is missing, but who looks at it elsewhere sees other pages."""
    return Refusal(
        f"is damaged: {sign}",
        "get it again from its source, or open it in a PDF viewer, check that all pages are there, and print it to a new PDF",
    )
