"""One audience's build: its selected pack in, its finished files out, waiting beside their targets.

This is all that runs in a worker; it is handed what this audience gets and nothing else.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from briefpack.annex import Annex, AnnexFacts
from briefpack.document import AnnexEntry, Document, PageNumbers
from briefpack.errors import BriefpackError, Diagnostic, Findings, Where
from briefpack.files import Staged, discard, stage
from briefpack.pack import Audience, Format, Pack
from briefpack.pipeline.progress import Tell, tell_nobody
from briefpack.pipeline.workers import Worker, can_fork
from briefpack.style import Style

if TYPE_CHECKING:
    from briefpack.pdf.layout import Laid


BESIDE = "annexes"
"""The folder beside an audience's pack that has the files of annexes."""


class WordPages(Enum):
    """Where the page numbers in a Word file come from."""

    LAYOUT = "layout"
    LIBREOFFICE = "libreoffice"


class Until(Enum):
    """How far a job goes: references checked, pages laid out, files written."""

    RESOLVED = "resolved"
    LAID_OUT = "laid out"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Job:
    """What one audience's build needs.

    pack: the audience's selection. known: every id of the whole pack and its place, to tell "withheld" from "unknown".
    facts: of the annexes it gets. date: the build's clock. folder: where its files go.
    barred: abbreviations whose entries in the glossary it does not get, and where they are.
    two_at_once: write the Word file in a second process. shown: ids of the annexes whose pages the Word file shows; they have been drawn.
    """

    pack: Pack
    audience: Audience
    style: Style
    facts: Mapping[str, AnnexFacts]
    known: Mapping[str, Where]
    date: datetime
    formats: tuple[Format, ...]
    folder: Path
    until: Until = Until.WRITTEN
    word_pages: WordPages = WordPages.LAYOUT
    two_at_once: bool = False
    shown: frozenset[str] = frozenset()
    barred: Mapping[str, Where] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file. pages, claims, faults: as in manifest.Output. seconds: from the job's start until it was finished."""

    format: Format
    staged: Staged
    pages: int
    page_numbers: str
    seconds: float
    claims: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """beside: files of annexes that go with the pack as they are. findings: with an error among them, there are no files."""

    files: tuple[Made, ...]
    findings: tuple[Diagnostic, ...]
    beside: tuple[Staged, ...] = ()

    @property
    def staged(self) -> tuple[Staged, ...]:
        """All that waits to be published."""
        return (*(file.staged for file in self.files), *self.beside)


def load(jobs: Sequence[Job]) -> None:
    """Import the rooms that jobs will need."""
    import briefpack.annexes.finish
    import briefpack.lint
    import briefpack.pdf.fonts
    import briefpack.pdf.layout
    import briefpack.pdf.writer

    if any(job.pack.annexes for job in jobs):
        import briefpack.annexes.bind
        import briefpack.pdf.stamps
    if any(Format.DOCX in job.formats for job in jobs):
        import briefpack.word.writer  # noqa: F401 - to have it


def attempt(job: Job, tell: Tell = tell_nobody) -> Outcome:
    """As run(), with what it raises among the findings: one audience's trouble does not hide another's."""
    try:
        return run(job, tell)
    except BriefpackError as error:
        return Outcome((), error.diagnostics)


def run(job: Job, tell: Tell = tell_nobody) -> Outcome:
    """Resolve, lay out, write and bind one audience's pack; its files are staged, not published.

    Raises BriefpackError when a file cannot be written or a tool fails; then nothing is left staged.
    """
    from briefpack.resolve import resolve

    started = time.perf_counter()
    findings = Findings()
    resolution = resolve(job.pack, job.audience, job.style, job.facts, date=job.date, known=job.known)
    findings.extend(resolution.findings)
    if resolution.document is None or job.until is Until.RESOLVED:
        return Outcome((), tuple(findings))
    from briefpack.pdf.fonts import missing_characters

    findings.extend(missing_characters(resolution.document, job.style))
    if resolution.document.policy is not None:
        from briefpack.pdf.banners import check_banners

        findings.extend(check_banners(resolution.document, job.style))
    if findings.has_errors:
        return Outcome((), tuple(findings))
    maker = _Maker(job, resolution.document, started, tell)
    made = maker.make()
    try:
        beside = maker.beside() if job.until is Until.WRITTEN else ()
    except BaseException:
        discard([file.staged for file in made])
        raise
    return Outcome(made, (*findings, *maker.warnings), beside)


class _Maker:
    """Makes the files of one Document. started: time.perf_counter() when its job began. warnings: of the pack's craft, once made."""

    def __init__(self, job: Job, document: Document, started: float, tell: Tell) -> None:
        self.job, self.document, self.started, self.tell = job, document, started, tell
        self.warnings: tuple[Diagnostic, ...] = ()

    def make(self) -> tuple[Made, ...]:
        from briefpack.pdf.layout import lay_out

        job = self.job
        both = job.until is Until.WRITTEN and {Format.PDF, Format.DOCX} <= set(job.formats)
        if both and job.two_at_once and can_fork():
            return self.make_two_at_once()
        self.tell("laying out")
        laid = lay_out(self.document, job.style)
        self.warnings = self.looked_at(self.pages(laid))
        if job.until is Until.LAID_OUT:
            return ()
        made: list[Made] = []
        try:
            for wanted in job.formats:
                match wanted:
                    case Format.PDF:
                        made.append(self.pdf(laid))
                    case Format.DOCX:
                        made.append(self.word(lambda: laid.page_numbers))
                    case _:
                        assert_never(wanted)
        except BaseException:
            discard([file.staged for file in made])
            raise
        return tuple(made)

    def make_two_at_once(self) -> tuple[Made, ...]:
        """The Word file is written in a process of its own, which waits for the page numbers only when it needs them."""
        from multiprocessing import Pipe

        from briefpack.pdf.layout import lay_out

        receiver, sender = Pipe(duplex=False)

        def word() -> tuple[Made, tuple[Diagnostic, ...]]:
            # Without this copy of the sending end, the wait below ends when the parent does.
            sender.close()
            made = self.word(receiver.recv)
            # The Word file is done long before the PDF: whoever wrote it has the time to look at the craft.
            return made, self.looked_at(receiver.recv())

        writer = Worker(word)
        # Nobody waits at an end that nobody else holds: what is sent to a process that was killed fails at once.
        receiver.close()
        made: list[Made] = []
        try:
            self.tell("laying out")
            laid = lay_out(self.document, self.job.style)
            # Where the process has ended, its result tells why.
            with contextlib.suppress(BrokenPipeError):
                sender.send(laid.page_numbers)
                sender.send(self.pages(laid))
            made.append(self.pdf(laid))
            written, self.warnings = writer.result()
            made.append(written)
        except BaseException:
            writer.stop()
            discard([file.staged for file in made])
            raise
        finally:
            sender.close()
        return tuple(sorted(made, key=lambda file: self.job.formats.index(file.format)))

    def pages(self, laid: Laid) -> Mapping[Where, int]:
        """How many pages each section has, by its place."""
        from briefpack.pdf.layout import section_pages

        return section_pages(self.document, laid, self.job.style)

    def looked_at(self, pages: Mapping[Where, int]) -> tuple[Diagnostic, ...]:
        """What is said of the craft of what has been laid out. pages: of each section."""
        from briefpack.lint import case_of, lint

        job = self.job
        explained = frozenset(entry.short for entry in job.pack.glossary)
        return lint(
            case_of(
                job.pack,
                job.audience,
                job.style,
                self.document,
                pages=pages,
                explained=explained,
                barred=job.barred,
            )
        )

    def word(self, numbers: Callable[[], PageNumbers]) -> Made:
        """numbers: of the layout, asked for when they are needed."""
        from briefpack.pipeline.word_file import word_file

        self.tell("writing the Word file")
        job = self.job
        shown = [(entry, facts) for entry, annex, facts in self.given() if annex.id in job.shown]
        file = word_file(
            self.document,
            job.style,
            numbers,
            shown,
            by_libreoffice=job.word_pages is WordPages.LIBREOFFICE,
        )
        return self.finish(Format.DOCX, file.content, file.pages, file.page_numbers)

    def pdf(self, laid: Laid) -> Made:
        from briefpack.pipeline.pdf_file import pdf_file

        self.tell("writing the PDF")
        file = pdf_file(self.document, self.job.style, laid, self.given(), self.job.date)
        made = self.finish(Format.PDF, file.content, file.pages, laid.page_numbers.source)
        return replace(made, claims=file.claims, faults=file.faults)

    def given(self) -> list[tuple[AnnexEntry, Annex, AnnexFacts]]:
        """The annexes of this audience."""
        pairs = zip(self.document.annexes, self.job.pack.annexes, strict=True)
        return [(entry, annex, self.job.facts[annex.id]) for entry, annex in pairs]

    def beside(self) -> tuple[Staged, ...]:
        """The files of annexes that are put beside the pack, staged."""
        if not any(annex.beside for annex in self.job.pack.annexes):
            return ()
        from briefpack.annexes.attachments import beside

        staged: list[Staged] = []
        try:
            staged.extend(
                stage(self.job.folder / BESIDE / file.name, file.content())
                for file in beside(self.given(), self.job.date)
            )
        except BaseException:
            discard(staged)
            raise
        return tuple(staged)

    def finish(self, kind: Format, content: bytes, pages: int, page_numbers: str) -> Made:
        target = self.job.folder / f"{self.document.meta.file_stem}.{kind.value}"
        staged = stage(target, content)
        return Made(kind, staged, pages, page_numbers, time.perf_counter() - self.started)
