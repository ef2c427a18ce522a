"""The audit as a stage of a build: every file that waits to be published is read back and searched, in processes that know the whole pack and make nothing.

The workers that build know one audience's selection and nothing else; those that audit know everything and write nothing that a reader gets. What can be
worked out before there are files is worked out while they are made, and the files of one audience are audited while those of another are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path

from briefpack.audit.case import Searched, weights_of
from briefpack.audit.expected import Expected, expect
from briefpack.audit.hits import Looked, gathered
from briefpack.audit.machine import this_machine
from briefpack.audit.read_back import read_back
from briefpack.audit.read_picture import make_ready
from briefpack.audit.repeated import repeated
from briefpack.audit.tree import Branch, tree_of
from briefpack.audit.weights import Weights
from briefpack.audit_record import AUDIT_NAME, AudienceAudit, AuditedFile, Sought, read_audits
from briefpack.errors import Diagnostic, Findings
from briefpack.manifest import MANIFEST_NAME, Output, is_as_published, read_audiences
from briefpack.pack import Format
from briefpack.pipeline.audience import BESIDE, Job, Outcome
from briefpack.pipeline.audit_task import File, Task, annex_files, audit_task
from briefpack.pipeline.crowds import errors
from briefpack.pipeline.prepare import Prepared
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.workers import can_fork, run_all


@dataclass(frozen=True, slots=True)
class Checked:
    """What a process that audited says. looked: by the names of the files, relative to the folder of the output."""

    audience: str
    looked: Mapping[str, Looked]
    searched: Searched


@dataclass
class Audit:
    """The audit of one build. jobs: processes that may run at once. apart: each file of an audience is a task of its own."""

    prepared: Prepared
    jobs: int
    apart: bool
    _warnings: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    _tasks: dict[str, Task] = field(default_factory=dict)
    _looked: dict[str, Looked] = field(default_factory=dict)
    _searched: dict[str, Searched] = field(default_factory=dict)

    # ----------------------------------------------------------------------- before there are files

    @cached_property
    def _tree(self) -> Branch:
        return tree_of(self.prepared.pack, self.prepared.pack.meta.where)

    @cached_property
    def _expected(self) -> dict[str, Expected]:
        pack = self.prepared.pack
        return {
            job.audience.name: expect(pack, self._tree, job.audience, job.style.craft.parts)
            for job in self.prepared.jobs
        }

    @cached_property
    def _weights(self) -> Weights:
        # Where nothing is withheld, nobody asks how much words say.
        some = any(expected.withheld for expected in self._expected.values())
        return weights_of(self._tree) if some else Weights({})

    def preparing(self) -> Iterator[None]:
        """Work out what does not hang on the files, in pieces, so that something else can be done between them."""
        for step in (lambda: self._tree, lambda: self._expected, lambda: self._weights, make_ready):
            step()
            yield
        prepared = self.prepared
        machine = this_machine(prepared.project)
        annexes = annex_files(
            prepared.pack, {name: fact for job in prepared.jobs for name, fact in job.facts.items()}
        )
        for job in prepared.jobs:
            name = job.audience.name
            if name in self._tasks:
                continue
            expected = self._expected[name]
            self._warnings[name] = tuple(repeated(expected, self._weights))
            task = Task(prepared.pack, expected, job.style, machine, self._weights, (), annexes)
            # Processes that are forked share it; annexes that are withheld would have to be read for it.
            if self.apart and can_fork() and all(each.annex is None for each in expected.withheld):
                task = replace(task, ready=task.auditor())
            self._tasks[name] = task
            yield

    # ----------------------------------------------------------------------- what there is to be done

    def tasks(self, job: Job, made: Outcome) -> list[Task]:
        """For what was made for an audience, and what is left there of earlier builds."""
        for _ in self.preparing():
            pass
        files = _files(self.prepared, job, made)
        groups = [(file,) for file in files] if self.apart else [files]
        return [replace(self._tasks[job.audience.name], files=group) for group in groups if group]

    def take(self, checked: Checked) -> None:
        """Keep what a process found."""
        self._looked.update(checked.looked)
        self._searched[checked.audience] = checked.searched

    def beside(
        self, job: Job, made: Connection, other_end: Connection
    ) -> tuple[tuple[Checked, ...], tuple[Diagnostic, ...]]:
        """In a process of its own while the only audience's files are made, get ready and wait for them. made: gives the Outcome.
        other_end: of it, which belongs to who makes them."""
        # Without this copy of the sending end, the wait below ends when the parent does.
        other_end.close()
        for _ in self.preparing():
            pass
        tasks = self.tasks(job, made.recv())
        checked = tuple(result for _, result in run_all(check, tasks, self.jobs))
        return checked, self._warnings[job.audience.name]

    def take_all(self, job: Job, found: tuple[Sequence[Checked], tuple[Diagnostic, ...]]) -> None:
        """Keep what the process beside the build found."""
        checked, self._warnings[job.audience.name] = found
        for one in checked:
            self.take(one)

    # ----------------------------------------------------------------------- what came of it

    def finish(
        self, made: Mapping[str, Outcome], findings: Findings, progress: Progress, *, alone: bool
    ) -> dict[str, AudienceAudit]:
        """Audit what was not yet, and tell what was found: as errors (LEAK) among the findings. alone: no processes are worth starting."""
        jobs = self.prepared.jobs
        files = {job.audience.name: _files(self.prepared, job, made[job.audience.name]) for job in jobs}
        waiting = [
            job for job in jobs if any(one.shown not in self._looked for one in files[job.audience.name])
        ]
        self._rest(
            [task for job in waiting for task in self.tasks(job, made[job.audience.name])],
            progress,
            alone=alone,
        )
        audits: dict[str, AudienceAudit] = {}
        for name, some in files.items():
            findings.extend(self._warnings[name])
            if some:
                looked = [_audited(file, self._looked[file.shown]) for file in some]
                audits[name] = AudienceAudit(tuple(looked), _sought(self._searched[name]), draft=False)
        owners = {file.shown: name for name, some in files.items() for file in some}
        findings.extend(
            errors(
                gathered(hit for shown in owners for hit in self._looked[shown].hits),
                owners.__getitem__,
                self._everyone,
            )
        )
        return audits

    def _rest(self, tasks: Sequence[Task], progress: Progress, *, alone: bool) -> None:
        progress("auditing", 0, len(tasks))
        if alone or self.jobs == 1 or len(tasks) == 1:
            results: Iterator[Checked] = map(check, tasks)
        else:
            results = (result for _, result in run_all(check, tasks, self.jobs))
        for number, checked in enumerate(results, 1):
            self.take(checked)
            progress("auditing", number, len(tasks))

    def _everyone(self, name: str) -> tuple[Expected, ...]:
        """What is expected for an audience, and then for the others."""
        others = (one for other, one in self._expected.items() if other != name)
        return (self._expected[name], *others)


def audit_parts(prepared: Prepared, job: Job, files: Sequence[tuple[str, bytes]], findings: Findings) -> None:
    """Audit files that were made of a pack which is published already: parts of it. files: names and contents. What is found are errors (LEAK)."""
    pack = prepared.pack
    tree = tree_of(pack, pack.meta.where)
    expected = expect(pack, tree, job.audience, job.style.craft.parts)
    weights = weights_of(tree) if expected.withheld else Weights({})
    machine = this_machine(prepared.project)
    task = Task(pack, expected, job.style, machine, weights, (), annex_files(pack, job.facts))
    auditor, _ = task.auditor()
    looked = [
        auditor.look(read_back(content, name, ours=True, sizes=auditor.sizes), name, None)
        for name, content in files
    ]
    hits = [hit for one in looked for hit in one.hits]
    findings.extend(errors(gathered(hits), lambda _: job.audience.name, lambda _: (expected,)))


def check(task: Task) -> Checked:
    """Look at files; in a process of its own where there are several."""
    looked, searched = audit_task(task)
    shown = [file.shown for file in task.files]
    return Checked(task.expected.audience.name, dict(zip(shown, looked, strict=True)), searched)


def _files(prepared: Prepared, job: Job, made: Outcome) -> tuple[File, ...]:
    """All files of an audience: what was made now, and what an earlier build made in a format that was not asked for this time."""
    found = []
    owner = {file.path.name: annex.id for annex in job.pack.annexes for file in annex.files}
    for staged in made.staged:
        shown = staged.target.relative_to(prepared.folder).as_posix()
        own = owner.get(staged.target.name) if staged.target.parent.name == BESIDE else None
        if staged.target.parent.name == BESIDE and own is None:
            own = next(iter(owner.values()), None)
        found.append(File(staged.waiting, staged.target.name, shown, staged.size, staged.sha256, own))
    former = read_audiences(prepared.folder / MANIFEST_NAME).get(job.audience.name)
    if former is not None:
        built = {file.format for file in made.files}
        found += [
            _left(prepared.folder, output)
            for output in former.outputs
            if output.format in {kind.value for kind in job.audience.formats}
            and Format(output.format) not in built
            and is_as_published(prepared.folder, output)
        ]
    return tuple(found)


def _left(folder: Path, output: Output) -> File:
    path = folder / output.path
    return File(path, path.name, output.path, output.size, output.sha256)


def _audited(file: File, looked: Looked) -> AuditedFile:
    return AuditedFile(
        file.shown,
        file.size,
        file.sha256,
        looked.passed,
        looked.passages,
        looked.pictures,
        len(looked.hits),
    )


def _sought(searched: Searched) -> Sought:
    return Sought(
        searched.portions, searched.unsearched, searched.names, searched.markings, searched.pictures
    )


def drafts(prepared: Prepared, made: Mapping[str, Outcome]) -> dict[str, AudienceAudit]:
    """The record of files that were not audited."""
    return {
        name: AudienceAudit(
            tuple(
                AuditedFile(
                    staged.target.relative_to(prepared.folder).as_posix(),
                    staged.size,
                    staged.sha256,
                    passed=False,
                    passages=0,
                    pictures=0,
                    hits=0,
                )
                for staged in outcome.staged
            ),
            None,
            draft=True,
        )
        for name, outcome in made.items()
    }


def merged(
    prepared: Prepared, audits: Mapping[str, AudienceAudit], published: Mapping[str, frozenset[str]]
) -> dict[str, AudienceAudit]:
    """The record to publish: of this build, and of an earlier one for audiences that were not built now. published: digests of the files of each
    audience as the manifest has them; a file that it does not have is in no record."""
    former = read_audits(prepared.folder / AUDIT_NAME)
    found: dict[str, AudienceAudit] = {}
    for name, digests in published.items():
        audit = audits.get(name) or former.get(name)
        if audit is not None:
            files = tuple(file for file in audit.files if file.sha256 in digests)
            found[name] = AudienceAudit(files, audit.sought, audit.draft)
    return found
