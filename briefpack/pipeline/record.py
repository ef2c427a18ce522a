"""What was made, and what was there before → the next manifest, the record of annexes, and the files that no longer belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from briefpack.annex_record import RECORD_NAME, AnnexRecord, FileRecord, read_entries, render
from briefpack.errors import ExitCode, failure
from briefpack.manifest import (
    MANIFEST_NAME,
    AudienceEntry,
    Beside,
    Manifest,
    Output,
    describe_inputs,
    is_as_published,
    public_name,
    read_audiences,
    tool_versions,
)
from briefpack.pack import Pack
from briefpack.pipeline.audience import Job, Outcome
from briefpack.pipeline.prepare import Prepared
from briefpack.style import Style


def record(
    prepared: Prepared, made: Mapping[str, Outcome], *, draft: bool = False
) -> tuple[Manifest, tuple[Path, ...]]:
    """The manifest to publish with what was made, and the outputs of earlier builds to remove.

    An audience that was not built this time keeps its entry while its files are as they were published. An output goes when the
    pack no longer has its audience or format and nobody has changed the file since; so does a file of an annex that was put beside a pack
    and no longer is. draft: what was made are drafts.
    Raises BriefpackError when an input has gone meanwhile.
    """
    pack = prepared.pack
    former = read_audiences(prepared.folder / MANIFEST_NAME)
    digests: dict[Path, str] = {}
    entries: dict[str, AudienceEntry] = {}
    for audience in pack.audiences:
        before = former.get(audience.name)
        if audience.name in made:
            job = next(job for job in prepared.jobs if job.audience.name == audience.name)
            entries[audience.name] = _entry(prepared, job, made[audience.name], before, digests, draft=draft)
        elif before is not None and all(is_as_published(prepared.folder, o) for o in before.files):
            entries[audience.name] = before
    wanted = {(audience.name, kind.value) for audience in pack.audiences for kind in audience.formats}
    stale = tuple(
        prepared.folder / output.path
        for name, entry in former.items()
        for output in entry.outputs
        if ((name, output.format) not in wanted or _is_renamed(output, entries.get(name), made.get(name)))
        and is_as_published(prepared.folder, output)
    )
    # What stands beside a pack that was not built this time is left alone, whatever became of the pack.
    settled = {audience.name for audience in pack.audiences} - made.keys()
    beside = {file.path for entry in entries.values() for file in entry.beside}
    stale += tuple(
        prepared.folder / file.path
        for name, entry in former.items()
        for file in entry.beside
        if name not in settled and file.path not in beside and is_as_published(prepared.folder, file)
    )
    manifest = Manifest(
        pack=pack.name,
        title=pack.meta.title,
        version=pack.meta.version,
        date=prepared.date.isoformat(),
        tools=tool_versions(),
        audiences=entries,
    )
    return manifest, stale


def _is_renamed(output: Output, entry: AudienceEntry | None, outcome: Outcome | None) -> bool:
    """Whether the files of an audience have another name now than this output of an earlier build."""
    if entry is None or outcome is None or any(other.path == output.path for other in entry.outputs):
        return False
    stems = {file.staged.target.stem for file in outcome.files}
    return bool(stems) and PurePosixPath(output.path).stem not in stems


def inputs_of(pack: Pack, style: Style) -> tuple[Path, ...]:
    """Every file that an audience's build reads. pack: its selection."""
    return (*pack.inputs, *(file.path for annex in pack.annexes for file in annex.files), *style.inputs)


def _entry(
    prepared: Prepared,
    job: Job,
    made: Outcome,
    before: AudienceEntry | None,
    digests: dict[Path, str],
    *,
    draft: bool,
) -> AudienceEntry:
    files = [file for annex in job.pack.annexes for file in annex.files]
    parts = [part for annex in job.pack.annexes for part in job.facts[annex.id].parts]
    digests.update((file.path, part.sha256) for file, part in zip(files, parts, strict=True))
    try:
        inputs = describe_inputs(inputs_of(job.pack, job.style), prepared.project, digests)
    except OSError as error:
        raise failure(
            f"{error.filename} has changed while the pack was being built",
            code=ExitCode.SOURCE,
            hint="build again",
        ) from error
    withheld = Counter(
        verdict.kind.value
        for verdict in prepared.selections[job.audience.name].verdicts
        if not verdict.included and not verdict.inherited
    )
    outputs = [
        Output(
            file.format.value,
            file.staged.target.relative_to(prepared.folder).as_posix(),
            file.staged.size,
            file.staged.sha256,
            file.pages,
            file.page_numbers,
            file.claims,
            file.faults,
        )
        for file in made.files
    ]
    if before is not None and before.inputs == inputs and before.draft is draft:
        # Only one format was built this time: the other one is still what these inputs give.
        built = {output.format for output in outputs}
        own = {kind.value for kind in job.audience.formats}
        outputs += [
            output
            for output in before.outputs
            if output.format in own - built and is_as_published(prepared.folder, output)
        ]
    marking = job.audience.marking
    return AudienceEntry(
        title=job.audience.title,
        style=job.audience.style,
        outputs=tuple(sorted(outputs, key=lambda output: output.path)),
        inputs=inputs,
        withheld=withheld,
        draft=draft,
        beside=tuple(
            sorted(
                (
                    Beside(staged.target.relative_to(prepared.folder).as_posix(), staged.size, staged.sha256)
                    for staged in made.beside
                ),
                key=lambda file: file.path,
            )
        ),
        marking=job.pack.meta.marking if marking is None else marking,
    )


# --------------------------------------------------------------------------- annexes


def annex_records(prepared: Prepared) -> tuple[AnnexRecord, ...]:
    """What became of the annexes that somebody got in this build, in the order of the pack."""
    records = []
    for annex in prepared.pack.annexes:
        jobs = [job for job in prepared.jobs if any(each.id == annex.id for each in job.pack.annexes)]
        if not jobs:
            continue
        files = tuple(
            FileRecord(
                public_name(file.path, prepared.project),
                part.sha256,
                part.pages,
                part.tagged,
                part.damaged,
                file.treatment,
                part.remarks,
                part.faults,
            )
            for file, part in zip(annex.files, jobs[0].facts[annex.id].parts, strict=True)
        )
        records.append(AnnexRecord(annex.id, annex.title, tuple(job.audience.name for job in jobs), files))
    return tuple(records)


def rendered_annexes(prepared: Prepared, records: tuple[AnnexRecord, ...]) -> bytes | None:
    """The record of annexes to publish; None where the pack has none. Audiences that were not built now keep what an earlier build said of
    them."""
    pack = prepared.pack
    if not pack.annexes:
        return None
    built = {job.audience.name for job in prepared.jobs}
    others = [audience.name for audience in pack.audiences if audience.name not in built]
    former = read_entries(prepared.folder / RECORD_NAME)
    order = [audience.name for audience in pack.audiences]
    merged = []
    for each in records:
        before = former.pop(each.id, {"audiences": []})
        names = {*each.audiences, *(name for name in before["audiences"] if name in others)}
        merged.append(replace(each, audiences=tuple(name for name in order if name in names)))
    kept = {}
    for name, entry in former.items():
        still = [audience for audience in entry["audiences"] if audience in others]
        if still:
            kept[name] = {**entry, "audiences": still}
    return render(pack.name, merged, kept, [annex.id for annex in pack.annexes])
