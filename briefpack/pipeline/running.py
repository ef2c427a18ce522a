"""The jobs of a build → their outcomes: one after the other or in processes, and with what is made audited while the rest is being made."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack.errors import BriefpackError, Severity
from briefpack.files import discard
from briefpack.pipeline.audience import Job, Outcome, attempt, load
from briefpack.pipeline.prepare import Order, Prepared
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.project import usage

if TYPE_CHECKING:
    from briefpack.pipeline.auditing import Audit

SMALL = 60_000
"""Bytes of source text, times audiences, below which starting processes costs more than it saves."""


def run_jobs(
    prepared: Prepared, order: Order, progress: Progress, audit: Audit | None = None
) -> Iterable[tuple[Job, Outcome]]:
    """Every job and its outcome, in the order of the jobs. audit: None for none; gets ready and takes what is made while the rest still is, where there are
    processes for it. Raises BriefpackError when there is no job, and when a process fails."""
    jobs = prepared.jobs
    if not jobs:
        wanted = " or ".join(kind.value for kind in order.formats)
        raise BriefpackError(
            [usage(f"no audience of {prepared.pack.name} has the format {wanted}", "add it to their formats")]
        )
    from briefpack.pipeline.workers import can_fork

    small = len(jobs) * sum(_size(path) for path in prepared.pack.inputs) < SMALL
    progress("building", 0, len(jobs))
    if small or order.jobs == 1 or len(jobs) == 1:
        # A single job is split even when it is small: the Word file's libraries load while the PDF is made.
        split = order.jobs > 1 and (not small or len(jobs) == 1)
        if audit is not None and len(jobs) == 1 and split and not small and can_fork():
            return [(jobs[0], _one_beside_its_audit(replace(jobs[0], two_at_once=split), audit, progress))]
        outcomes: list[Outcome] = []
        for number, job in enumerate(jobs):

            def tell(doing: str, name: str = job.audience.name, done: int = number) -> None:
                progress(f"{name}, {doing}", done, len(jobs))

            outcomes.append(attempt(replace(job, two_at_once=split), tell))
            progress("building", len(outcomes), len(jobs))
        return list(zip(jobs, outcomes, strict=True))
    return list(zip(jobs, _several(jobs, order.jobs, progress, audit), strict=True))


def _one_beside_its_audit(job: Job, audit: Audit, progress: Progress) -> Outcome:
    """Build the only audience while a process beside gets ready to audit what is made."""
    from multiprocessing import Pipe

    from briefpack.pipeline.workers import Worker

    receiver, sender = Pipe(duplex=False)
    auditor = Worker(audit.beside, job, receiver, sender)
    # Nobody waits at an end that nobody else holds: what is sent to a process that was killed fails at once.
    receiver.close()
    try:
        outcome = attempt(job, lambda doing: progress(f"{job.audience.name}, {doing}", 0, 1))
        progress("building", 1, 1)
        wrong = _is_wrong(outcome)
        if not wrong:
            progress("auditing", 0, 1)
            try:
                with contextlib.suppress(BrokenPipeError):
                    sender.send(outcome)
                # Raises where the process has ended.
                audit.take_all(job, auditor.result())
            except BaseException:
                discard(outcome.staged)
                raise
        return outcome
    finally:
        auditor.stop()
        sender.close()


def _several(jobs: Sequence[Job], most: int, progress: Progress, audit: Audit | None) -> list[Outcome]:
    """Build audiences in processes of their own, and audit what is made while the others are."""
    from briefpack.pipeline.workers import Crew, can_fork

    if audit is not None:
        from briefpack.pipeline.auditing import check as check_task
    if can_fork():
        # Once here instead of once in every worker.
        load(jobs)
    spare = most >= 2 * len(jobs)
    outcomes: dict[int, Outcome] = {}
    audited = to_audit = 0
    wrong = False
    with Crew(most) as crew:
        try:
            for number, job in enumerate(jobs):
                crew.add(number, attempt, replace(job, two_at_once=spare))
            for _ in audit.preparing() if audit is not None else ():
                crew.tend()
            for number, result in crew.results():
                if number is None and audit is not None:
                    audit.take(result)
                    audited += 1
                else:
                    outcomes[number] = result
                    wrong = wrong or _is_wrong(result)
                    tasks = audit.tasks(jobs[number], result) if audit is not None and not wrong else ()
                    for task in tasks:
                        crew.add(None, check_task, task)
                    to_audit += len(tasks)
                if len(outcomes) < len(jobs):
                    progress("building", len(outcomes), len(jobs))
                else:
                    progress("auditing", audited, to_audit)
        except BaseException:
            discard([staged for outcome in outcomes.values() for staged in outcome.staged])
            raise
    return [outcomes[number] for number in range(len(jobs))]


def _size(path: Path) -> int:
    # Pictures and annexes count as well: they too take time.
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0


def _is_wrong(outcome: Outcome) -> bool:
    return any(found.severity is Severity.ERROR for found in outcome.findings)
