"""The story of a build: read, select, take in, resolve, lay out, write, bind, publish. The only room where stages meet."""

from __future__ import annotations

import contextlib
import gc
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack.annex_record import RECORD_NAME, AnnexRecord
from briefpack.audit_record import AudienceAudit
from briefpack.errors import Diagnostic, Findings
from briefpack.files import discard, sweep
from briefpack.folder_lock import hold
from briefpack.pack import Audience, Format
from briefpack.pipeline.annex_cache import CACHE_NAME, cache_of, prune
from briefpack.pipeline.audience import Outcome, Until
from briefpack.pipeline.prepare import Order, Prepared, choose, output_folder, prepare, read, styles_of
from briefpack.pipeline.progress import Progress, no_progress
from briefpack.pipeline.publishing import publish_pack
from briefpack.pipeline.record import annex_records
from briefpack.pipeline.running import run_jobs
from briefpack.pipeline.told import HeldError, StrictError, Told, combined
from briefpack.select import Selection, select

if TYPE_CHECKING:
    from briefpack.pipeline.auditing import Audit

__all__ = [
    "CACHE_NAME",
    "HeldError",
    "Published",
    "Report",
    "StrictError",
    "build",
    "cache_of",
    "check",
    "combined",
    "explain",
    "no_progress",
]

SMALL_OUTPUT = 400_000
"""Bytes of finished files below which they are audited in this process: starting others costs more than it saves."""


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
            told = Told.of(findings, prepared.pack)
            told.stop_if_wrong(strict=order.strict, draft=order.draft)
            audits = _audited(prepared, made, audit, findings, progress)
            told = Told.of(findings, prepared.pack)
            told.stop_if_wrong(strict=order.strict, draft=order.draft)
            annexes = annex_records(prepared)
            publish_pack(prepared, made, annexes, audits, draft=order.draft)
            if not order.audiences:
                prune(cache, (facts for job in prepared.jobs for facts in job.facts.values()))
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
        _lend(cache_of(output_folder(folder, order)), Path(cache))
        prepared = prepare(folder, order, Until.LAID_OUT, findings, progress=progress, cache=Path(cache))
        for _, outcome in run_jobs(prepared, order, progress):
            findings.extend(outcome.findings)
    if not findings.has_errors:
        findings.extend(_repeated(prepared))
    told = Told.of(findings, prepared.pack, every_audience=not order.audiences)
    told.stop_if_wrong(strict=order.strict, draft=order.draft)
    return Report(folder.name, (), told.findings, told.silenced)


def _lend(kept: Path, work: Path) -> None:
    """Annexes that a build has cleaned need not be cleaned once more."""
    if kept.is_dir():
        from briefpack.annexes.cache import lend

        lend(kept, work)


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
