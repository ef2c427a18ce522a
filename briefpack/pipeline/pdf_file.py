"""A Document that has been laid out, and its annexes → the finished PDF: written, bound, with its claims in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from briefpack.annex import Annex, AnnexFacts
from briefpack.body import AnnexWords
from briefpack.document import AnnexEntry, Document
from briefpack.style import Style

if TYPE_CHECKING:
    from briefpack.pdf.layout import Laid


@dataclass(frozen=True, slots=True)
class PdfFile:
    """pages, claims, faults: as in manifest.Output."""

    content: bytes
    pages: int
    claims: tuple[str, ...]
    faults: tuple[str, ...]


def pdf_file(
    document: Document,
    style: Style,
    laid: Laid,
    given: Sequence[tuple[AnnexEntry, Annex, AnnexFacts]],
    date: datetime,
) -> PdfFile:
    """given: the annexes of the Document, in its order. date: the build's clock. Raises BriefpackError where a stamp has no room or a file has changed."""
    from briefpack.annexes.attachments import embedded
    from briefpack.annexes.claims import claims_of, faults_of
    from briefpack.annexes.finish import finish
    from briefpack.pdf.writer import write_body

    body = write_body(document, style, laid)
    content = body.content
    annexes = [(entry, facts) for entry, _, facts in given]
    if annexes:
        from briefpack.annexes.bind import bind
        from briefpack.pdf.stamps import make_stamps, stamp_requests
        from briefpack.placing import placings

        placed = placings(document, style, [facts.sizes for _, facts in annexes])
        sheets = [[placing.sheet for placing in pages] for pages in placed]
        requests = stamp_requests(document, laid, sheets)
        stamps = make_stamps(document, style, requests)
        words = _words(style, document.meta.language)
        content = bind(body, annexes, stamps, requests, words, placings=placed)
    files = embedded(given, date)
    claims = claims_of((facts for _, facts in annexes), with_files=bool(files))
    content = finish(content, claims, files, document.meta.label)
    pages = len(laid.pages) + sum(len(annex.here) for annex in document.annexes)
    return PdfFile(content, pages, claims.names, faults_of(annexes, with_files=bool(files)))


def _words(style: Style, language: str) -> AnnexWords:
    """What the binder says in the pack's language."""
    return AnnexWords(
        *(style.word(key, language) for key in ("annex_page_image", "annex_picture", "annex_link"))
    )
