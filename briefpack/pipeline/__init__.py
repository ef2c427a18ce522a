"""The story of a build: read, select, take in, resolve, lay out, write, bind, publish. The only room where stages meet."""

from __future__ import annotations

import contextlib
import gc
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack import __version__, withheld_record
from briefpack.annex_record import RECORD_NAME, AnnexRecord, read_entries
from briefpack.audit_record import AUDIT_NAME, AudienceAudit
from briefpack.audit_record import render as render_audits
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Findings, Severity
from briefpack.files import discard, publish, stage, sweep
from briefpack.folder_lock import hold
from briefpack.manifest import MANIFEST_NAME, render
from briefpack.pack import Audience, Format, Pack
from briefpack.pipeline.audience import Job, Outcome, Until
from briefpack.pipeline.prepare import (
    Order,
    Prepared,
    Progress,
    choose,
    output_folder,
    prepare,
    read,
    styles_of,
)
from briefpack.pipeline.record import annex_records, record, rendered_annexes
from briefpack.pipeline.running import run_jobs
from briefpack.pipeline.withheld import rendered_withheld
from briefpack.rules import RULES, apart, idle
from briefpack.select import Selection, select

if TYPE_CHECKING:
    from briefpack.pipeline.auditing import Audit

CACHE_NAME = ".cache"
SMALL_OUTPUT = 400_000
"""Bytes of finished files below which they are audited in this process: starting others costs more than it saves."""


class StrictError(BriefpackError):
    """Only warnings, and they were not to be passed over."""

    exit_code = ExitCode.STRICT


class HeldError(BriefpackError):
    """Only warnings, but one that stops a build which is no draft (Rule.stops)."""

    exit_code = ExitCode.ANNEX


def combined(failures: Sequence[BriefpackError]) -> BriefpackError:
    """One error for the failures of several packs."""
    kind: type[BriefpackError] = BriefpackError
    if all(isinstance(failure, StrictError) for failure in failures):
        kind = StrictError
    elif all(isinstance(failure, StrictError | HeldError) for failure in failures):
        kind = HeldError
    return kind([found for failure in failures for found in failure.diagnostics])


@dataclass(frozen=True, slots=True)
class Published:
    """A file in its place. audience: its name. pages, page_numbers, claims, faults: as in manifest.Output. seconds: it took."""

    audience: str
    format: Format
    path: Path
    pages: int
    size: int
    sha256: str
    page_numbers: str
    seconds: float
    claims: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did with one pack. findings: warnings and notes only. silenced: how many more there are that the author silenced.

    annexes: what became of those that were bound. annex_record: where that is written; None for a pack without annexes.
    """

    pack: str
    files: tuple[Published, ...]
    findings: tuple[Diagnostic, ...]
    silenced: int = 0
    annexes: tuple[AnnexRecord, ...] = ()
    annex_record: Path | None = None


def no_progress(_doing: str, _done: int, _parts: int) -> None:
    """For those who do not want to know."""


def cache_of(output: Path) -> Path:
    """Where clean annexes are kept. output: folder of a pack's output."""
    # What other versions made of an annex need not be what this one makes of it.
    return output / CACHE_NAME / f"{__version__}-{metadata.version('pikepdf')}"


def build(folder: Path, order: Order, progress: Progress = no_progress) -> Report:
    """Build a pack and publish it, whole or not at all.

    Raises BriefpackError with everything found wrong; then the output is as it was before.
    """
    output = output_folder(folder, order)
    cache = cache_of(output)
    findings = Findings()
    with hold(output), _no_collecting():
        sweep(output)
        made: dict[str, Outcome] = {}
        try:
            prepared = prepare(folder, order, Until.WRITTEN, findings, progress=progress, cache=cache)
            audit = _audit_of(prepared, order)
            for job, outcome in run_jobs(prepared, order, progress, audit):
                made[job.audience.name] = outcome
                findings.extend(outcome.findings)
            told = _Told.of(findings, prepared.pack)
            told.stop_if_wrong(order)
            audits = _audited(prepared, made, audit, findings, progress)
            told = _Told.of(findings, prepared.pack)
            told.stop_if_wrong(order)
            annexes = annex_records(prepared)
            _publish(prepared, made, annexes, audits, draft=order.draft)
            if not order.audiences:
                _prune(cache, prepared.jobs)
        except BaseException:
            discard([staged for outcome in made.values() for staged in outcome.staged])
            raise
        finally:
            # What a worker had under its hands when it was stopped.
            sweep(output)
    files = tuple(
        Published(
            name,
            file.format,
            file.staged.target,
            file.pages,
            file.staged.size,
            file.staged.sha256,
            file.page_numbers,
            file.seconds,
            file.claims,
            file.faults,
        )
        for name, outcome in made.items()
        for file in outcome.files
    )
    return Report(
        folder.name, files, told.findings, told.silenced, annexes, output / RECORD_NAME if annexes else None
    )


def _audit_of(prepared: Prepared, order: Order) -> Audit | None:
    """None for a draft."""
    if order.draft:
        return None
    from briefpack.pipeline.auditing import Audit

    # Where there are few audiences, their files keep the processors busy.
    return Audit(prepared, order.jobs, apart=len(prepared.jobs) <= order.jobs > 1)


def _audited(
    prepared: Prepared,
    made: dict[str, Outcome],
    audit: Audit | None,
    findings: Findings,
    progress: Progress,
) -> dict[str, AudienceAudit]:
    """What the audit says of what was made; what it finds stands among the findings. Of drafts, that they are drafts."""
    if audit is None:
        from briefpack.pipeline.auditing import drafts

        return drafts(prepared, made)
    size = sum(staged.size for outcome in made.values() for staged in outcome.staged)
    return audit.finish(made, findings, progress, alone=size < SMALL_OUTPUT)


def check(folder: Path, order: Order, progress: Progress = no_progress) -> Report:
    """Everything up to the layout, for all audiences; nothing is written.

    Raises BriefpackError with everything found wrong.
    """
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="briefpack-") as cache, _no_collecting():
        prepared = prepare(folder, order, Until.LAID_OUT, findings, progress=progress, cache=Path(cache))
        for _, outcome in run_jobs(prepared, order, progress):
            findings.extend(outcome.findings)
    if not findings.has_errors:
        findings.extend(_repeated(prepared))
    told = _Told.of(findings, prepared.pack, every_audience=not order.audiences)
    told.stop_if_wrong(order)
    return Report(folder.name, (), told.findings, told.silenced)


def _repeated(prepared: Prepared) -> Iterator[Diagnostic]:
    """What a build is warned of by the stage that audits it, and a silence is written for."""
    jobs = prepared.jobs
    chosen = [prepared.selections[job.audience.name] for job in jobs]
    if all(verdict.included for selection in chosen for verdict in selection.verdicts):
        return
    from briefpack.audit.case import weights_of
    from briefpack.audit.expected import expect
    from briefpack.audit.repeated import repeated
    from briefpack.audit.tree import tree_of

    pack = prepared.pack
    tree = tree_of(pack, pack.meta.where)
    weights = weights_of(tree)
    for job in jobs:
        yield from repeated(expect(pack, tree, job.audience, job.style.craft.parts), weights)


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Leave cycles of garbage alone for the length of a run: next to nothing of what a run makes is garbage before its end, and
    looking for it takes an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def explain(folder: Path, audience: str, allow: tuple[Path, ...]) -> tuple[Audience, Selection]:
    """What one audience gets of a pack and what it does not. Raises BriefpackError."""
    findings = Findings()
    pack = read(folder, Order(allow=allow), findings, no_progress)
    findings.raise_if_errors()
    (chosen,) = choose(pack, [audience])
    style = styles_of(folder, [chosen], findings)[chosen.style]
    return chosen, select(pack, chosen, style.craft.parts)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a run tells: each finding once, since several audiences find the same faults, and without what the author silenced."""

    findings: tuple[Diagnostic, ...]
    silenced: int

    @classmethod
    def of(cls, findings: Findings, pack: Pack, *, every_audience: bool = False) -> _Told:
        """every_audience: all were looked at, so that a silence without anything to silence is seen to be idle."""
        found = tuple(dict.fromkeys(findings))
        left, used = apart(found, pack.silences)
        idlers = idle(pack.silences, used) if every_audience and not findings.has_errors else []
        return cls((*left, *idlers), len(found) - len(left))

    def stop_if_wrong(self, order: Order) -> None:
        if any(found.severity is Severity.ERROR for found in self.findings):
            raise BriefpackError(self.findings)
        if not order.draft and any(found.rule and RULES[found.rule].stops for found in self.findings):
            raise HeldError(self.findings)
        if order.strict and any(found.severity is Severity.WARNING for found in self.findings):
            raise StrictError(self.findings)


def _prune(cache: Path, jobs: Iterable[Job]) -> None:
    """Forget the copies of annexes that no audience gets any more, clean ones and those that other programs made."""
    parts = [part for job in jobs for facts in job.facts.values() for part in facts.parts]
    wanted = {part.clean.stem for part in parts}
    if not cache.parent.is_dir():
        return
    for version in cache.parent.iterdir():
        if version != cache or not wanted:
            shutil.rmtree(version, ignore_errors=True)
    for path in cache.iterdir() if wanted else ():
        # What was kept out of a clean file stands beside it under its name.
        if path.name.partition(".")[0] not in wanted:
            with contextlib.suppress(OSError):
                path.unlink()
    if wanted:
        from briefpack.annexes.converting.kept import forget

        forget(cache, {part.sha256 for part in parts})


def _publish(
    prepared: Prepared,
    made: dict[str, Outcome],
    annexes: tuple[AnnexRecord, ...],
    audits: Mapping[str, AudienceAudit],
    *,
    draft: bool,
) -> None:
    from briefpack.pipeline.auditing import merged

    manifest, stale = record(prepared, made, draft=draft)
    target = prepared.folder / RECORD_NAME
    told = rendered_annexes(prepared, annexes)
    if told is None and read_entries(target):
        stale = (*stale, target)
    sheets = [stage(target, told)] if told is not None else []
    target = prepared.folder / withheld_record.RECORD_NAME
    withheld = rendered_withheld(prepared)
    if withheld is not None:
        sheets.append(stage(target, withheld))
    elif withheld_record.read_entries(target):
        stale = (*stale, target)
    published = {
        name: frozenset(file.sha256 for file in entry.files) for name, entry in manifest.audiences.items()
    }
    audited = render_audits(prepared.pack.name, merged(prepared, audits, published))
    sheets.append(stage(prepared.folder / AUDIT_NAME, audited))
    sheets.append(stage(prepared.folder / MANIFEST_NAME, render(manifest)))
    publish([*(staged for outcome in made.values() for staged in outcome.staged), *sheets], stale)
    for path in stale:
        # The folder of an audience that is no more, or of its annexes; it stays when something else is in it.
        with contextlib.suppress(OSError):
            path.parent.rmdir()
            if path.parent.parent != prepared.folder:
                path.parent.parent.rmdir()
