"""A built pack that is too large for one message → its parts, made of the same sources by the street's own stages and audited as it was."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack.distribute.parcel import BESIDE, Attachment, Parcel
from briefpack.document import Document
from briefpack.errors import ExitCode, Findings, failure, some_of
from briefpack.fields import size_in_words
from briefpack.pack import Format
from briefpack.pipeline.annex_cache import cache_of
from briefpack.pipeline.audience import Job, Until
from briefpack.pipeline.auditing import audit_parts
from briefpack.pipeline.divider import Change, Divided, Divider, changed, size_of
from briefpack.pipeline.pieces import Pieces
from briefpack.pipeline.prepare import Order, Prepared, output_folder, prepare
from briefpack.pipeline.progress import Progress
from briefpack.style import AnnexForm

if TYPE_CHECKING:
    from briefpack.pdf.portion import Portioner
    from briefpack.pdf.units import Unit


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
    """The files of each part, together at most so many bytes where a part can be made that small; what cannot is warned of, once.

    folder: the pack's; its output must be held. order: its output and allowed folders. parcel: what is divided; the gate has seen that it is as it was built, and
    its sources too. most: bytes of a part's files. change: None leaves them as they are made. Where all of it fits, or cannot be divided, there is one part, the parcel's own
    files.
    Raises BriefpackError where a part cannot be made, or has what the audience must not get.
    """
    if size_of(parcel.attachments) <= most:
        return (parcel.attachments,)
    _refuse_pictures(parcel)
    with tempfile.TemporaryDirectory(prefix="briefpack-") as work:
        prepared, job = _prepared(folder, order, parcel, progress)
        portioner = _laid_out(job)
        pieces = Pieces(job.pack.annexes, job.facts, Path(work))
        made = Divider(job, parcel, portioner, pieces, progress, change).divide(most)
    if len(made) == 1:
        # Of one part nothing has to be said.
        made = (replace(made[0], files=tuple(changed(file, change) for file in parcel.attachments)),)
    _report(made, portioner.document, parcel, most, findings)
    if not parcel.draft:
        _audit(made, prepared, job, progress)
    return tuple(part.files for part in made)


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


def _prepared(folder: Path, order: Order, parcel: Parcel, progress: Progress) -> tuple[Prepared, Job]:
    """The audience's job, as the build had it."""
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
    return prepared, job


def _laid_out(job: Job) -> Portioner:
    from briefpack.pdf.layout import lay_out
    from briefpack.pdf.portion import Portioner
    from briefpack.pdf.units import units_of
    from briefpack.resolve import resolve

    resolution = resolve(job.pack, job.audience, job.style, job.facts, date=job.date, known=job.known)
    document = resolution.document
    if document is None:
        found = Findings()
        found.extend(resolution.findings)
        found.raise_if_errors()
        raise AssertionError("no Document, and nothing is wrong")
    laid = lay_out(document, job.style)
    return Portioner(document, job.style, laid, units_of(document, laid, job.style))


def _audit(made: Sequence[Divided], prepared: Prepared, job: Job, progress: Progress) -> None:
    """Look for what the audience must not get, as in any file that is made for it."""
    progress("auditing", 0, 1)
    found = Findings()
    files = [(file.name, file.content) for part in made for file in part.files if file.format != BESIDE]
    audit_parts(prepared, job, files, found)
    found.raise_if_errors()


def _report(
    made: Sequence[Divided], document: Document, parcel: Parcel, most: int, findings: Findings
) -> None:
    """Warn of what is too large by itself, all of it at once, at the place of the largest."""
    large = sorted((part for part in made if part.size > most), key=lambda part: -part.size)
    if not large:
        return
    has, limit = (size_in_words(each, parcel.style, "en") for each in (large[0].size, most))
    units = [part.units[0] for part in large]
    named, advice = _named(units[0], document)
    to = f"“{parcel.audience.name}”"
    fact = f"a part of {to} with nothing but {named} has {has}, and it may have {limit}"
    if len(units) > 1:
        others = [f"{_named(each, document)[0]} ({each.where.path}:{each.where.line})" for each in units[1:]]
        fact = (
            f"{len(units)} parts of {to} are too large and cannot be divided: the largest, with nothing but {named}, has {has}, and it may have {limit}; "
            f"too large as well: {some_of(others)}"
        )
    findings.warning(units[0].where, fact, advice, rule="large-part")


def _named(unit: Unit, document: Document) -> tuple[str, str]:
    """What a unit is, and what can be done about its size."""
    if unit.annex is not None:
        entry = document.annexes[unit.annex]
        named = f"annex {entry.label}, “{entry.title}”"
        if len(unit.bound) < entry.pages:
            first, last = unit.bound[0], unit.bound[-1]
            named = f"{f'page {first}' if first == last else f'pages {first} to {last}'} of {named}"
        return (
            named,
            "ask for it with smaller pictures, or raise `size:` where the readers' servers take more",
        )
    titles = [f"“{document.sections[position].title}”" for position in unit.sections]
    if len(titles) > 1:
        return f"the sections {', '.join(titles)}", (
            "they share pages: a style with `section_start: page` lets them be divided"
        )
    return f"the section {titles[0]}", "make two sections of it, or its pictures smaller"
