"""A pack's folder → one job for each audience, with everything found wrong on the way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from briefpack.errors import BriefpackError, ExitCode, Findings, failure
from briefpack.file_names import file_stem
from briefpack.pack import Audience, Format, Pack
from briefpack.pipeline.audience import Job, Until, WordPages
from briefpack.pipeline.markings import check_declared, check_release, is_for_nobody
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.project import BUILD, project_of, style_folders, suggestion, usage
from briefpack.pipeline.take_in import TakenIn, look_for_markings, take_in_all
from briefpack.rules import apart
from briefpack.select import Selection, select
from briefpack.style import AnnexForm, Style
from briefpack.verdict import Kind

EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - like as_of, a date of the pack and of no time zone
"""Dates the files of a pack that says no as_of; the earliest that a Word file's ZIP container can hold. It is
never printed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a pack.

    audiences: names, () for all. formats: () for each audience's own. output: folder of all output, None for the
    project's build/. jobs: processes at a time. allow: folders outside the pack whose files may be used.
    strict: a warning stops the build as an error does. draft: the files are drafts, say so, are not audited, and no warning alone stops them.
    """

    audiences: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ()
    output: Path | None = None
    jobs: int = 1
    allow: tuple[Path, ...] = ()
    word_pages: WordPages = WordPages.LAYOUT
    strict: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """folder: the pack's output folder. selections, jobs: by audience, in the pack's order. date: the build's clock."""

    pack: Pack
    project: Path
    folder: Path
    selections: dict[str, Selection]
    jobs: tuple[Job, ...]
    date: datetime


def output_folder(pack: Path, order: Order) -> Path:
    """Where the output of a pack goes."""
    return (order.output if order.output is not None else project_of(pack) / BUILD) / pack.name


def prepare(
    folder: Path, order: Order, until: Until, findings: Findings, *, progress: Progress, cache: Path
) -> Prepared:
    """Read, select, and take in the annexes. cache: folder for cleaned annexes.

    With errors among the findings the jobs go no further than checking references.
    Raises BriefpackError when the pack cannot be read at all or the order asks for what it does not have.
    """
    from briefpack.lint import withheld_mentions, withheld_totals
    from briefpack.resolve import known_names

    pack = read(folder, order, findings, progress)
    audiences = choose(pack, order.audiences)
    styles = styles_of(folder, audiences, findings)
    selections = {
        audience.name: select(pack, audience, styles[audience.style].craft.parts) for audience in audiences
    }
    check_declared(pack, findings)
    for audience in audiences:
        selection = selections[audience.name]
        check_release(pack, audience, selection, findings)
        findings.extend(withheld_mentions(selection.pack, pack, audience))
        findings.extend(withheld_totals(selection.verdicts, pack, audience))
    if all(is_for_nobody(audience, selections[audience.name]) for audience in audiences):
        raise BriefpackError(apart(findings, pack.silences)[0])
    roots = (folder, *order.allow)
    style_of = {audience.name: styles[audience.style] for audience in audiences}
    annexes = take_in_all(
        selections, style_of, pack.meta.language, roots, findings, progress=progress, cache=cache
    )
    if pack.policy is not None:
        look_for_markings(pack, pack.policy, annexes, findings)
    date = clock(pack)
    target = output_folder(folder, order)
    _check_names(selections, audiences, styles, date, findings)
    if findings.has_errors:
        until = Until.RESOLVED
    shown = (
        _draw(annexes, audiences, styles, order=order, findings=findings, progress=progress)
        if until is Until.WRITTEN
        else {}
    )
    known = known_names(pack)
    jobs = tuple(
        Job(
            pack=replace(selections[audience.name].pack, annexes=annexes[audience.name].annexes),
            audience=as_draft(audience, pack, styles[audience.style]) if order.draft else audience,
            style=styles[audience.style],
            facts=annexes[audience.name].facts,
            known=known,
            date=date,
            formats=_formats(audience, order),
            folder=target / audience.name,
            until=until,
            word_pages=order.word_pages,
            shown=shown.get(audience.name, frozenset()),
            barred={
                verdict.title: verdict.where
                for verdict in selections[audience.name].verdicts
                if verdict.kind is Kind.ABBREVIATION and not verdict.included
            },
        )
        for audience in audiences
        if _formats(audience, order) and not is_for_nobody(audience, selections[audience.name])
    )
    return Prepared(pack, project_of(folder), target, selections, jobs, date)


def as_draft(audience: Audience, pack: Pack, style: Style) -> Audience:
    """The audience with a watermark that says that its files are drafts, added to what it has."""
    own = pack.meta.watermark if audience.watermark is None else audience.watermark
    word = style.word("draft", pack.meta.language)
    return replace(audience, watermark=f"{own} · {word}" if own else word)


def _check_names(
    selections: Mapping[str, Selection],
    audiences: Iterable[Audience],
    styles: Mapping[str, Style],
    date: datetime,
    findings: Findings,
) -> None:
    """Files of two audiences that are called alike are one mouse click away from the wrong reader."""
    first: dict[str, Audience] = {}
    for audience in audiences:
        stem = file_stem(selections[audience.name].pack, audience, styles[audience.style], date)
        other = first.setdefault(stem.casefold(), audience)
        if other is not audience:
            findings.error(
                audience.where,
                f"the files of {audience.name} would be called as those of {other.name} are: {stem}",
                f"put {{audience}} into `file_name` of the style {audience.style}",
                code=ExitCode.STYLE,
            )


def _draw(
    annexes: Mapping[str, TakenIn],
    audiences: Iterable[Audience],
    styles: Mapping[str, Style],
    *,
    order: Order,
    findings: Findings,
    progress: Progress,
) -> dict[str, frozenset[str]]:
    """Ids of the annexes whose pages an audience's Word file shows, by audience."""
    names = [
        audience.name
        for audience in audiences
        if styles[audience.style].annexes.word is AnnexForm.PICTURES
        and Format.DOCX in _formats(audience, order)
        and annexes[audience.name].annexes
    ]
    if not names:
        return {}
    from briefpack.pipeline.shown import draw_shown

    shown = draw_shown(
        [[(annex, annexes[name].facts[annex.id]) for annex in annexes[name].annexes] for name in names],
        order.jobs,
        findings,
        lambda done, files: progress("drawing annexes", done, files),
    )
    return dict(zip(names, shown, strict=True))


def read(folder: Path, order: Order, findings: Findings, progress: Progress) -> Pack:
    """Read a pack. Raises BriefpackError when nothing can be made of it."""
    from briefpack.reading.read_pack import read_pack

    progress("reading", 0, 1)
    reading = read_pack(folder, order.allow)
    findings.extend(reading.findings)
    progress("reading", 1, 1)
    if reading.pack is None:
        raise BriefpackError(apart(findings, reading.silences)[0])
    return reading.pack


def choose(pack: Pack, names: Sequence[str]) -> tuple[Audience, ...]:
    """The audiences that were named, all when none was. Raises BriefpackError (USAGE) for one the pack lacks."""
    known = {audience.name: audience for audience in pack.audiences}
    wrong = [
        usage(
            f"{pack.name} has no audience `{name}`",
            suggestion(name, known) or f"its audiences: {', '.join(known)}",
        )
        for name in dict.fromkeys(names)
        if name not in known
    ]
    if wrong:
        raise BriefpackError(wrong)
    return tuple(audience for audience in pack.audiences if not names or audience.name in names)


def clock(pack: Pack) -> datetime:
    """The build's only clock: SOURCE_DATE_EPOCH, else the pack's as_of, else EPOCH; without a time zone.

    Raises BriefpackError (USAGE) when SOURCE_DATE_EPOCH is no number of seconds since 1970.
    https://reproducible-builds.org/specs/source-date-epoch/
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        try:
            date = datetime.fromtimestamp(int(given), UTC).replace(tzinfo=None)
        except (ValueError, OverflowError, OSError) as error:
            raise failure(
                f"SOURCE_DATE_EPOCH is {given!r}, which is no date",
                code=ExitCode.USAGE,
                hint="give the seconds since 1 January 1970, or unset it",
            ) from error
        return max(date, EPOCH)
    return max(pack.meta.date or EPOCH, EPOCH)


def _formats(audience: Audience, order: Order) -> tuple[Format, ...]:
    return tuple(kind for kind in audience.formats if not order.formats or kind in order.formats)


def styles_of(folder: Path, audiences: Iterable[Audience], findings: Findings) -> dict[str, Style]:
    """Style by name. One that is wrong is stood in for by the base style: enough to go on checking with."""
    from briefpack.reading.read_style import read_style

    folders = style_folders(folder)
    styles: dict[str, Style] = {}
    wrong: set[str] = set()
    for audience in audiences:
        if audience.style in styles and audience.style not in wrong:
            continue
        # A style that does not exist is told of at every place that names it.
        reading = read_style(audience.style, folders, audience.style_where)
        findings.extend(reading.findings)
        style = reading.style
        if style is None:
            wrong.add(audience.style)
            style = read_style("base", ()).style
        if style is None:
            raise BriefpackError(findings)
        styles[audience.style] = style
    return styles
