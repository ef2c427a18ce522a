"""Packs to make copies of, and copies to look into."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import pikepdf
import pypdfium2

from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.copies.copy_mark import CopyMark
from briefpack.copies.pdf_copy import PreparedPdf, prepare
from briefpack.distribution import Place
from briefpack.style import Style
from tests.annexes.makers import add_page, body_pdf, describe
from tests.pdf import looks

EVERYWHERE = tuple(Place)
A4 = (595.28, 841.89)


def mark(number: int = 3, name: str = "Elena Marković", *, of: int = 12, **more: str) -> CopyMark:
    return CopyMark(
        number,
        of,
        name,
        f"Copy {number} of {of} — {name}",
        more.get("trace", f"TR4C-{number:03}"),
        more.get("plain", ""),
    )


@cache
def pack(name: str = "base") -> bytes:
    """The sample pack in a style, as it is handed out."""
    _, _, body = looks.pack(name, annexes=False)
    return finish(body.content, Claims())


@cache
def prepared(name: str = "base", places: tuple[Place, ...] = EVERYWHERE) -> PreparedPdf:
    return prepare(pack(name), places, looks.style(name))


def whole(made: PreparedPdf, said: CopyMark) -> bytes:
    return b"".join(made.copy(said))


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def of_pages(*pages: dict[str, Any], content: bytes = b"") -> bytes:
    """A file with these pages, finished. pages: entries of each, box and content among them."""
    with pikepdf.new() as pdf:
        for page in pages:
            entries = dict(page)
            add_page(pdf, entries.pop("content", content), **entries)
        describe(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return finish(out.getvalue(), Claims(accessible=False, archive=""))


def plain(pages: int = 2) -> bytes:
    return finish(body_pdf(pages, 0), Claims(accessible=False, archive=""))


def copied(
    content: bytes,
    said: CopyMark | None = None,
    places: Sequence[Place] = EVERYWHERE,
    style: Style | None = None,
) -> bytes:
    return whole(prepare(content, tuple(places), style or looks.style()), said or mark())


def texts(content: bytes) -> list[str]:
    """The words of every page, as pdfium reads them."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def boxes(content: bytes, page: int, words: str) -> list[tuple[float, float, float, float]]:
    """Where words stand on a page, in points of the page as pdfium has it: left, bottom, right, top."""
    document = pypdfium2.PdfDocument(content)
    try:
        text = document[page].get_textpage()
        found = []
        search = text.search(words, match_case=True)
        while (hit := search.get_next()) is not None:
            at, count = hit
            chars = [text.get_charbox(number) for number in range(at, at + count)]
            seen = [box for box in chars if box[0] < box[2]]
            found.append(
                (
                    min(box[0] for box in seen),
                    min(box[1] for box in seen),
                    max(box[2] for box in seen),
                    max(box[3] for box in seen),
                )
            )
        return found
    finally:
        document.close()
