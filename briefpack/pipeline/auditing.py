"""The audit as a stage of a build: every file that waits to be published is read back and searched, in processes that know the whole pack and make nothing.

The workers that build know one audience's selection and nothing else; those that audit know everything and write nothing that a reader gets.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefpack.annex import AnnexFacts
from briefpack.audit.auditor import Auditor, Hit, Looked, gathered
from briefpack.audit.case import Searched, auditor_of, weights_of
from briefpack.audit.expected import Expected, expect
from briefpack.audit.kept import read_clean
from briefpack.audit.machine import Machine, this_machine
from briefpack.audit.read_back import read_back
from briefpack.audit.repeated import repeated
from briefpack.audit.seen import Seen
from briefpack.audit.tree import tree_of
from briefpack.audit.weights import Weights
from briefpack.audit_record import AUDIT_NAME, AudienceAudit, AuditedFile, Sought, read_audits
from briefpack.errors import Findings
from briefpack.manifest import MANIFEST_NAME, Output, is_as_published, read_audiences
from briefpack.pack import Format, Pack
from briefpack.pipeline.audience import BESIDE, Job, Outcome
from briefpack.pipeline.crowds import errors
from briefpack.pipeline.prepare import Prepared, Progress
from briefpack.pipeline.workers import run_all
from briefpack.style import Style


@dataclass(frozen=True, slots=True)
class File:
    """A file to be audited. path: where it waits. name: of the file as its reader gets it. shown: relative to the folder of the output. annex: the id of
    the annex that it is a file of, None for a pack."""

    path: Path
    name: str
    shown: str
    size: int
    sha256: str
    annex: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file of an annex, as the audit reads it. name: of the author's file. clean: it is a clean one, of the cache. password_env: as in annex.Treatment."""

    path: Path
    name: str
    clean: bool = False
    password_env: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Files of one audience. annexes: by id."""

    pack: Pack
    expected: Expected
    style: Style
    machine: Machine
    weights: Weights
    files: tuple[File, ...]
    annexes: Mapping[str, tuple[Source, ...]]

    def auditor(self) -> tuple[Auditor, Searched]:
        """Who looks at the files, and what for."""
        return auditor_of(
            self.pack,
            self.expected,
            self.style,
            machine=self.machine,
            weights=self.weights,
            read_annex=Annexes(self.annexes).read,
        )


def audit_task(task: Task) -> tuple[tuple[Looked, ...], Searched]:
    """Look at files; in a process of its own where there are several."""
    auditor, searched = task.auditor()
    return (
        tuple(
            auditor.look(
                read_back(file.path.read_bytes(), file.name, ours=file.annex is None), file.shown, file.annex
            )
            for file in task.files
        ),
        searched,
    )


@dataclass(slots=True)
class Annexes:
    """The files of annexes as the audit reads them, each once. files: of each annex, by its id."""

    files: Mapping[str, tuple[Source, ...]]
    _known: dict[str, list[Seen]] = field(default_factory=dict)

    def read(self, annex: str) -> Sequence[Seen]:
        if annex not in self._known:
            self._known[annex] = [_read(source) for source in self.files.get(annex, ())]
        return self._known[annex]


def _read(source: Source) -> Seen:
    try:
        if source.clean:
            return read_clean(source.path, source.name)
        password = os.environ.get(source.password_env or "", "")
        return read_back(source.path.read_bytes(), source.name, (password,) if password else ())
    except OSError:
        # What is not there any more cannot have been bound.
        return Seen(source.name, ())


def annex_files(pack: Pack, facts: Mapping[str, AnnexFacts]) -> dict[str, tuple[Source, ...]]:
    """Where the text of each annex is read: in its clean files where they are known, else in the author's own."""
    found: dict[str, tuple[Source, ...]] = {}
    for annex in pack.annexes:
        known = facts.get(annex.id)
        if known is not None and all(part.clean.is_file() for part in known.parts):
            pairs = zip(annex.files, known.parts, strict=True)
            found[annex.id] = tuple(Source(part.clean, file.path.name, clean=True) for file, part in pairs)
        else:
            found[annex.id] = tuple(
                Source(file.path, file.path.name, password_env=file.treatment.password_env)
                for file in annex.files
            )
    return found


def audit(
    prepared: Prepared,
    made: Mapping[str, Outcome],
    jobs: int,
    findings: Findings,
    progress: Progress,
    *,
    alone: bool,
) -> dict[str, AudienceAudit]:
    """Audit what was made for each audience, and what is left there of earlier builds. alone: no processes are worth starting.

    What is found are errors (LEAK) among the findings.
    """
    pack = prepared.pack
    tree = tree_of(pack, pack.meta.where)
    machine = this_machine(prepared.project)
    facts = {name: fact for job in prepared.jobs for name, fact in job.facts.items()}
    annexes = annex_files(pack, facts)
    everything = {
        job.audience.name: expect(pack, tree, job.audience, job.style.craft.parts) for job in prepared.jobs
    }
    some = any(expected.withheld for expected in everything.values())
    weights = weights_of(tree) if some else Weights({})
    tasks: list[Task] = []
    for job in prepared.jobs:
        expected = everything[job.audience.name]
        findings.extend(repeated(expected, weights))
        files = _files(prepared, job, made[job.audience.name])
        whole = Task(pack, expected, job.style, machine, weights, files, annexes)
        # Two audiences keep two processors busy; of one, each file is a task of its own.
        several = len(prepared.jobs) < jobs and not alone
        groups = [(file,) for file in files] if several else [files]
        tasks += [_with(whole, group) for group in groups if group]
    progress("auditing", 0, len(tasks))
    results: dict[int, tuple[tuple[Looked, ...], Searched]] = {}
    if alone or jobs == 1 or len(tasks) == 1:
        for number, task in enumerate(tasks):
            results[number] = audit_task(task)
            progress("auditing", len(results), len(tasks))
    else:
        for number, result in run_all(audit_task, tasks, jobs):
            results[number] = result
            progress("auditing", len(results), len(tasks))
    audits: dict[str, AudienceAudit] = {}
    hits: list[Hit] = []
    for number, task in enumerate(tasks):
        looked, searched = results[number]
        name = task.expected.audience.name
        before = audits[name].files if name in audits else ()
        audits[name] = AudienceAudit(
            (*before, *map(_audited, task.files, looked)), _sought(searched), draft=False
        )
        hits += (hit for one in looked for hit in one.hits)
    owners = {file.shown: task.expected.audience.name for task in tasks for file in task.files}
    findings.extend(
        errors(
            gathered(hits),
            owners.__getitem__,
            lambda name: (everything[name], *(one for other, one in everything.items() if other != name)),
        )
    )
    return audits


def audit_parts(prepared: Prepared, job: Job, files: Sequence[tuple[str, bytes]], findings: Findings) -> None:
    """Audit files that were made of a pack which is published already: parts of it. files: names and contents. What is found are errors (LEAK)."""
    pack = prepared.pack
    tree = tree_of(pack, pack.meta.where)
    expected = expect(pack, tree, job.audience, job.style.craft.parts)
    weights = weights_of(tree) if expected.withheld else Weights({})
    machine = this_machine(prepared.project)
    task = Task(pack, expected, job.style, machine, weights, (), annex_files(pack, job.facts))
    auditor, _ = task.auditor()
    looked = [auditor.look(read_back(content, name, ours=True), name, None) for name, content in files]
    hits = [hit for one in looked for hit in one.hits]
    findings.extend(errors(gathered(hits), lambda _: job.audience.name, lambda _: (expected,)))


def _with(task: Task, files: tuple[File, ...]) -> Task:
    return Task(task.pack, task.expected, task.style, task.machine, task.weights, files, task.annexes)


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
