"""A Document with the page numbers of its layout → the finished Word file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefpack.annex import AnnexFacts
from briefpack.document import AnnexEntry, Document, PageNumbers
from briefpack.style import Style


@dataclass(frozen=True, slots=True)
class WordFile:
    """pages, page_numbers: as in manifest.Output."""

    content: bytes
    pages: int
    page_numbers: str


def word_file(
    document: Document,
    style: Style,
    numbers: Callable[[], PageNumbers],
    shown: Sequence[tuple[AnnexEntry, AnnexFacts]],
    *,
    by_libreoffice: bool,
) -> WordFile:
    """numbers: asked once, when they are needed. shown: the annexes whose pages stand in the file; they have been drawn. by_libreoffice: LibreOffice
    sets the file and its page numbers are taken, so it is written twice. Raises BriefpackError where a tool fails."""
    from briefpack.word.writer import write_docx

    known: list[PageNumbers] = []

    def once() -> PageNumbers:
        if not known:
            known.append(numbers())
        return known[0]

    pictures = {}
    if shown:
        from briefpack.pipeline.shown import pictures_of

        pictures = {entry.anchor: pictures_of(facts) for entry, facts in shown}
    content = write_docx(document, style, once, pictures)
    if by_libreoffice:
        from briefpack.word.pages_from_libreoffice import libreoffice_numbers

        known[:] = [libreoffice_numbers(content, document)]
        content = write_docx(document, style, once, pictures)
    pages = _pages(document, style, once(), [len(pages) for pages in pictures.values()])
    return WordFile(content, pages, once().source)


def _pages(document: Document, style: Style, numbers: PageNumbers, shown: Sequence[int]) -> int:
    """Pages of the file, to the one on which the schedule of annexes begins, and those of the annexes that it shows."""
    from briefpack.word.annex_pages import last_page

    if not document.annexes:
        return numbers.front_pages + numbers.body_pages
    return numbers.front_pages + last_page(style, numbers, shown)
