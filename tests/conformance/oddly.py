"""Builds a pack for all of its audiences and tells what is wrong: with its files, and with their words beside those of the Document."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pypdfium2

from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.document import Document, Section
from briefpack.errors import BriefpackError, Findings, Severity
from briefpack.lint import case_of, lint
from briefpack.pdf.fonts import missing_characters
from briefpack.pdf.layout import Laid, lay_out, section_pages
from briefpack.pdf.pages import PageKind
from briefpack.pdf.writer import write_body
from briefpack.pipeline.audience import Job, Until
from briefpack.pipeline.prepare import Order, prepare
from briefpack.resolve import resolve
from briefpack.word.writer import write_docx
from tests.conformance import word_reading
from tests.conformance.aloud import Word, _Teller, difference, heard, words_of
from tests.conformance.noting import marked, texts_of_notes
from tests.conformance.packs import Expected, texts_of_section
from tests.conformance.structure import structure_faults
from tests.conformance.tagged import Tagged
from tests.conformance.word_reading import word_faults
from tests.word.opened import NOTES, Opened, W, open_docx, text_of

NOTHING: Any = None
_UNSEEN = re.compile("[\\s\u00ad\u200b\u2060\ufeff\u0002\ufffe-]|\u2010|\u2011")


def faults_of_pack(folder: Path) -> list[str]:
    """What is wrong with the files of a pack; [] when all is well. An error of the author's is a fault here as well."""
    findings = Findings()
    with TemporaryDirectory() as cache:
        try:
            prepared = prepare(
                folder,
                Order(output=Path(cache)),
                Until.WRITTEN,
                findings,
                progress=lambda *_: None,
                cache=Path(cache),
            )
        except BriefpackError as error:
            return [str(found) for found in error.diagnostics if found.severity is Severity.ERROR]
        if findings.has_errors:
            return [str(found) for found in findings if found.severity is Severity.ERROR]
        return [
            f"{job.audience.name} ({job.style.name}): {fault}"
            for job in prepared.jobs
            for fault in _faults_of_job(job, Path(cache))
        ]


def _faults_of_job(job: Job, folder: Path) -> list[str]:
    resolution = resolve(job.pack, job.audience, job.style, job.facts, date=job.date, known=job.known)
    document = resolution.document
    errors = [str(found) for found in resolution.findings if found.severity is Severity.ERROR]
    if document is None or errors:
        return errors
    errors = [
        str(found) for found in missing_characters(document, job.style) if found.severity is Severity.ERROR
    ]
    if errors:
        return errors
    laid = lay_out(document, job.style)
    lint(case_of(job.pack, job.audience, job.style, document, pages=section_pages(document, laid, job.style)))
    content = finish(write_body(document, job.style, laid).content, Claims())
    (folder / "odd.pdf").write_bytes(content)
    path = folder / f"{job.audience.name}.docx"
    path.write_bytes(write_docx(document, job.style, lambda: laid.page_numbers))
    expected = Expected(NOTHING, NOTHING, NOTHING, job.style, {}, document)
    return [
        *pdf_faults(expected, laid, content),
        *(f"Word: {fault}" for fault in _word_faults(path)),
        *_words_of_word(document, open_docx(path.read_bytes())),
    ]


# --------------------------------------------------------------------------- the PDF


def pdf_faults(expected: Expected, laid: Laid, content: bytes) -> list[str]:
    """What is wrong with a PDF without annexes."""
    found: list[str] = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found += [f"PDF: {fault}" for fault in pdf.check_pdf_syntax()]
        own = set(range(len(pdf.pages)))
        tagged = Tagged(pdf)
        found += [f"PDF: {fault}" for fault in structure_faults(pdf, own)]
        part = difference(*map(_without_width, (_told(expected, laid), heard(tagged, own))))
        found += [f"PDF, read out: {part}"] if part else []
    found += _numbers(laid)
    found += _seen(expected.document, laid, content)
    return found


def _told(expected: Expected, laid: Laid) -> list[Word]:
    teller = _Teller(expected)
    teller.__dict__["numbers"] = laid.page_numbers.label_of
    return words_of(teller.pack())


def _without_width(words: list[Word]) -> list[Word]:
    return [replace(word, text=word.text.replace("\u200b", "")) for word in words]


def _numbers(laid: Laid) -> Iterator[str]:
    """Pages of the body are numbered from 1 without a gap."""
    labels = [page.label for page in laid.pages if page.kind in (PageKind.BODY, PageKind.BLANK)]
    numbers = [int(label) for label in labels if label.isdigit()]
    if any(later <= number for number, later in pairwise(numbers)) or len(numbers) < 1:
        yield f"PDF: the pages are numbered {labels}"


def _seen(document: Document, laid: Laid, content: bytes) -> Iterator[str]:
    """Every letter that a section says is seen as often at least on the pages of the body, and inside the page.

    Letters and not words: how a reader puts together what stands beside each other in narrow columns is its own affair.
    """
    pdf = pypdfium2.PdfDocument(content)
    text = ""
    for number, page in enumerate(pdf):
        width, height = page.get_size()
        words = page.get_textpage()
        if number < len(laid.pages) and laid.pages[number].kind is PageKind.BODY:
            text += words.get_text_range()
        left, bottom, right, top = 0.0, 0.0, width, height
        for index in range(words.count_rects()):
            box = words.get_rect(index)
            if box[0] < left - 1 or box[1] < bottom - 1 or box[2] > right + 1 or box[3] > top + 1:
                yield f"PDF: words stand beyond page {number + 1}: {words.get_text_bounded(*box)[:60]!r}"
    pdf.close()
    wanted = Counter(_letters("".join(text for section in document.sections for text in _said(section))))
    missing = wanted - Counter(_letters(text))
    if missing:
        yield f"PDF: of some letters fewer are seen than are said: {dict(missing)}"


def _said(section: Section) -> list[str]:
    return [*texts_of_section(marked(section)), *texts_of_notes(section)]


def _letters(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


# --------------------------------------------------------------------------- the Word file


def _word_faults(path: Path) -> list[str]:
    """As word_faults. The auditor remembers what parts had by where in memory they were, so that it is asked again, all new."""
    if not word_faults(path):
        return []
    word_reading._auditor.cache_clear()
    return word_faults(path)


def _words_of_word(document: Document, opened: Opened) -> Iterator[str]:
    """Every run of words comes in order in the Word file; numbers and labels it counts itself."""
    said = _letters(
        "".join(
            text_of(paragraph)
            for paragraph in opened.find("//w:body//w:p")
            if not "".join(opened.find("w:pPr/w:pStyle/@w:val", paragraph)).startswith("TOC")
            and not opened.find("ancestor::w:p", paragraph)
        )
    )
    at = 0
    for section in document.sections:
        for text in texts_of_section(section):
            whole, bare = _letters(text), _letters(text.split(" ", 1)[-1])
            place = said.find(whole, at)
            length = len(whole)
            near = said.find(bare, at)
            if place < 0 or (0 <= near < place):
                place, length = near, len(bare)
            if place < 0:
                yield f"Word: {text[:80]!r} is missing, or comes too early, after {said[max(at - 30, 0) : at]!r}"
            else:
                at = place + length
    if NOTES in opened.parts:
        notes = [
            _letters("".join(map(text_of, note.iter(f"{W}p"))))
            for note in opened.root(NOTES).findall(f"{W}footnote")
        ]
        said = "\n".join(notes)
    else:
        said = ""
    for section in document.sections:
        for text in texts_of_notes(section):
            if _letters(text.split(" ", 1)[-1]) not in said and _letters(text) not in said:
                yield f"Word: note {text[:60]!r} is missing"
