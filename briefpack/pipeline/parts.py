"""A built pack that is too large for one message → its parts, made of the same sources by the street's own stages and audited as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack.annex import Annex, AnnexFacts
from briefpack.distribute.parcel import BESIDE, Attachment, Parcel, whole
from briefpack.document import AnnexEntry, Document
from briefpack.errors import ExitCode, Findings, failure
from briefpack.fields import size_in_words
from briefpack.pack import Format
from briefpack.pipeline import cache_of
from briefpack.pipeline.audience import Job, Until
from briefpack.pipeline.auditing import audit_parts
from briefpack.pipeline.filling import fill
from briefpack.pipeline.pdf_file import pdf_file
from briefpack.pipeline.prepare import Order, Prepared, Progress, output_folder, prepare
from briefpack.style import AnnexForm

if TYPE_CHECKING:
    from briefpack.pdf.layout import Laid
    from briefpack.pdf.portion import Portioner, Unit

Change = Callable[[str, bytes], bytes]
"""What is done with a made file: its format and its content → its content."""

_PAGE = 2_000
"""Bytes that a page is thought to have at least."""


def parts(
    folder: Path,
    order: Order,
    parcel: Parcel,
    most: int,
    findings: Findings,
    *,
    progress: Progress,
    change: Change | None = None,
) -> tuple[tuple[Attachment, ...], ...]:
    """The files of each part, together at most so many bytes where a part can be made that small; what cannot is warned of.

    folder: the pack's; its output must be held. order: its output and allowed folders. parcel: what is divided; the gate has seen that it is as it was built, and
    its sources too. most: bytes of a part's files. change: None leaves them as they are made. Where all of it fits there is one part, the parcel's own files.
    Raises BriefpackError where a part cannot be made, or has what the audience must not get.
    """
    if sum(file.size for file in parcel.attachments) <= most:
        return (parcel.attachments,)
    _refuse_pictures(parcel)
    divider = _divider(folder, order, parcel, progress, change)
    groups, made = divider.divide(most)
    divider.report(groups, made, most, findings)
    if not parcel.draft:
        divider.audit(made, progress)
    return made


def _refuse_pictures(parcel: Parcel) -> None:
    """Word counts the pages of such a file by itself, so that those of a part could not go on from those of another."""
    audience, style = parcel.audience, parcel.style
    word = any(file.format == Format.DOCX.value for file in parcel.attachments)
    if word and style.annexes.word is AnnexForm.PICTURES:
        raise failure(
            f"the Word file of “{audience.name}” shows its annexes, and cannot be divided into parts",
            code=ExitCode.STYLE,
            where=audience.style_where,
            hint="send the PDF only, or let its style list the annexes: `annexes: {word: list}`",
        )


def _divider(
    folder: Path, order: Order, parcel: Parcel, progress: Progress, change: Change | None
) -> _Divider:
    """Everything up to the layout, as the build had it."""
    from briefpack.pdf.layout import lay_out
    from briefpack.pdf.portion import Portioner, units_of
    from briefpack.resolve import resolve

    found = Findings()
    wanted = {file.format for file in parcel.attachments}
    order = replace(
        order,
        audiences=(parcel.audience.name,),
        formats=tuple(kind for kind in Format if kind.value in wanted),
        draft=parcel.draft,
    )
    cache = cache_of(output_folder(folder, order))
    prepared = prepare(folder, order, Until.WRITTEN, found, progress=progress, cache=cache)
    found.raise_if_errors()
    (job,) = prepared.jobs
    resolution = resolve(job.pack, job.audience, job.style, job.facts, date=job.date, known=job.known)
    found.extend(resolution.findings)
    found.raise_if_errors()
    if resolution.document is None:
        raise AssertionError("a Document without errors")
    laid = lay_out(resolution.document, job.style)
    units = units_of(resolution.document, laid, job.style)
    portioner = Portioner(resolution.document, job.style, laid, units)
    return _Divider(prepared, job, parcel, portioner, progress, change)


@dataclass(slots=True)
class _Divider:
    """Makes the parts of one audience's pack. sizes: of those that have been weighed, by their units."""

    prepared: Prepared
    job: Job
    parcel: Parcel
    portioner: Portioner
    progress: Progress
    change: Change | None
    sizes: dict[range, int] = field(default_factory=dict)

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.portioner.units

    def divide(self, most: int) -> tuple[list[range], tuple[tuple[Attachment, ...], ...]]:
        """The units of each part, and its files."""
        weights, limit = self.weights(), most
        while True:
            groups = list(fill(weights, self.weigh, limit))
            made = tuple(self.make(groups, number) for number in range(len(groups)))
            # What is said of other parts is known in the end only, and may have made one heavier than it was weighed.
            over = [_size(files) - most for files, group in zip(made, groups, strict=True) if len(group) > 1]
            if max(over, default=0) <= 0:
                return groups, made
            limit -= max(over)

    def weigh(self, group: range) -> int:
        """Bytes of a part's files; what stands before and behind is taken for a part each."""
        if group not in self.sizes:
            others = (range(group.start), group, range(group.stop, len(self.units)))
            groups = [each for each in others if each]
            self.sizes[group] = _size(self.make(groups, groups.index(group)))
        return self.sizes[group]

    def weights(self) -> list[float]:
        """What the units are thought to weigh: annexes as their clean files do, sections by their pages, of what is left."""
        annexes = [
            sum(part.clean.stat().st_size for part in facts.parts)
            for annex in self.job.pack.annexes
            for facts in [self.job.facts[annex.id]]
        ]
        sections = sum(unit.pages for unit in self.units if unit.sections) or 1
        left = sum(file.size for file in self.parcel.attachments if file.format != BESIDE) - sum(annexes)
        page = max(left / sections, _PAGE)
        return [
            sum(annexes[position] for position in unit.annexes)
            + (page * unit.pages if unit.sections else _PAGE)
            + _size(self.beside(unit))
            for unit in self.units
        ]

    # ----------------------------------------------------------------------- making

    def make(self, groups: Sequence[range], number: int) -> tuple[Attachment, ...]:
        """The files of a part, in the parcel's order."""
        self.progress("dividing", number, len(groups))
        document, laid = self.portioner.portion(groups, number)
        return tuple(self._made(groups, number, document, laid))

    def _made(
        self, groups: Sequence[range], number: int, document: Document, laid: Laid
    ) -> Iterator[Attachment]:
        group = groups[number]
        for file in self.parcel.attachments:
            if file.format == Format.PDF.value:
                made = pdf_file(document, self.job.style, laid, self._given(document), self.job.date)
                yield self._attachment(file, document, made.content, made.pages)
            elif file.format == Format.DOCX.value and document.sections:
                yield self._word(file, document, laid, last=self._has_last_section(group))
            elif file.format == BESIDE:
                units = self.units[group.start : group.stop]
                if any(file in self.beside(unit) for unit in units):
                    yield file

    def _attachment(self, built: Attachment, document: Document, content: bytes, pages: int) -> Attachment:
        if self.change is not None:
            content = self.change(built.format, content)
        return whole(f"{document.meta.file_stem}.{built.format}", built.format, content, pages, built.of)

    def _word(self, built: Attachment, document: Document, laid: Laid, *, last: bool) -> Attachment:
        """The Word file of a part. last: the sections end in it, and behind them there is the schedule of annexes, as in the whole file."""
        from briefpack.pdf.portion import with_schedule
        from briefpack.word.writer import write_docx

        style, numbers = self.job.style, laid.page_numbers
        document = with_schedule(document, self.portioner.document, here=last)
        content = write_docx(document, style, numbers)
        pages = numbers.front_pages + sum(unit.pages for unit in self._sections_of(document))
        return self._attachment(built, document, content, pages + (1 if document.annexes else 0))

    def _sections_of(self, document: Document) -> Iterator[Unit]:
        anchors = {section.anchor for section in document.sections}
        sections = self.portioner.document.sections
        return (
            unit for unit in self.units if any(sections[each].anchor in anchors for each in unit.sections)
        )

    def _has_last_section(self, group: range) -> bool:
        last = max((number for number, unit in enumerate(self.units) if unit.sections), default=-1)
        return last in group

    def _given(self, document: Document) -> list[tuple[AnnexEntry, Annex, AnnexFacts]]:
        entries = {entry.anchor: entry for entry in document.annexes}
        pairs = zip(self.portioner.document.annexes, self.job.pack.annexes, strict=True)
        return [
            (entries[entry.anchor], annex, self.job.facts[annex.id])
            for entry, annex in pairs
            if entry.anchor in entries
        ]

    def beside(self, unit: Unit) -> tuple[Attachment, ...]:
        """The files that were put beside the pack and belong to an annex; those that no annex claims go with the first unit."""
        whole_pack = self.portioner.document
        labels = {whole_pack.annexes[position].label for position in unit.annexes}
        known = {entry.label for entry in whole_pack.annexes}
        found = []
        for file in self.parcel.attachments:
            label = file.name.partition("-")[0]
            if file.format == BESIDE and (label in labels or (label not in known and unit is self.units[0])):
                found.append(file)
        return tuple(found)

    # ----------------------------------------------------------------------- afterwards

    def audit(self, made: Sequence[Sequence[Attachment]], progress: Progress) -> None:
        """Look for what the audience must not get, as in any file of its."""
        progress("auditing", 0, 1)
        findings = Findings()
        files = [(file.name, file.content) for part in made for file in part if file.format != BESIDE]
        audit_parts(self.prepared, self.job, files, findings)
        findings.raise_if_errors()

    def report(
        self,
        groups: Sequence[range],
        made: Sequence[Sequence[Attachment]],
        most: int,
        findings: Findings,
    ) -> None:
        """Warn of what is too large by itself."""
        style = self.parcel.style
        for group, files in zip(groups, made, strict=True):
            size = _size(files)
            if size > most:
                unit = self.units[group.start]
                has, limit = (size_in_words(each, style, "en") for each in (size, most))
                findings.warning(
                    unit.where,
                    f"a part of “{self.parcel.audience.name}” with nothing but {self._named(unit)} has {has}, and it may have {limit}",
                    self._advice(unit),
                    rule="large-part",
                )

    def _named(self, unit: Unit) -> str:
        document = self.portioner.document
        if unit.annexes:
            entry = document.annexes[unit.annexes.start]
            return f"annex {entry.label}, “{entry.title}”"
        titles = [f"“{document.sections[position].title}”" for position in unit.sections]
        return f"the section {titles[0]}" if len(titles) == 1 else f"the sections {', '.join(titles)}"

    def _advice(self, unit: Unit) -> str:
        if unit.annexes:
            return "make it two annexes, each with some of the `pages:`, or raise `size:` where servers take more"
        if len(unit.sections) > 1:
            return "they share pages: a style with `section_start: page` lets them be divided"
        return "make two sections of it, or its pictures smaller"


def _size(files: Sequence[Attachment]) -> int:
    return sum(file.size for file in files)
