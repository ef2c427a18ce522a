"""Any files, also such as come back from others, audited for an audience of a pack; each is read in a process of its own that can be ended."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack.audit.case import Searched, weights_of
from briefpack.audit.expected import Expected, expect
from briefpack.audit.hits import Hit, Looked
from briefpack.audit.machine import this_machine
from briefpack.audit.read_back import read_back
from briefpack.audit.tree import tree_of
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Findings, failure
from briefpack.pack import Pack
from briefpack.pipeline.audit_task import Task, annex_files
from briefpack.pipeline.crowds import errors
from briefpack.pipeline.prepare import Order, choose, read, styles_of
from briefpack.pipeline.project import project_of, usage
from briefpack.pipeline.workers import Worker

LONGEST = 300.0
"""Seconds that reading and searching a file may take."""
MOST_MEMORY = 4 << 30
"""Bytes of address space."""


@dataclass(frozen=True, slots=True)
class Audited:
    """A file that was looked at. looked: what was found. searched: what was searched for; None when the file could not be read to its
    end. errors: what was found, as it is told."""

    path: Path
    looked: Looked
    searched: Searched | None
    errors: tuple[Diagnostic, ...] = ()


def audience_of(path: Path, pack: Pack, named: str | None) -> str:
    """The audience that a file is audited for: the one that was named, else the one in whose folder it lies. Raises BriefpackError (USAGE)."""
    if named is not None:
        return named
    names = {audience.name for audience in pack.audiences}
    around = [folder.name for folder in (path.parent, path.parent.parent) if folder.name in names]
    if not around:
        raise BriefpackError(
            [
                usage(
                    f"{path.name} does not lie in the folder of an audience, so that it is not known who is to get it",
                    f"name the audience with --audience: {', '.join(audience.name for audience in pack.audiences)}",
                )
            ]
        )
    return around[0]


def audit_files(
    folder: Path,
    paths: Sequence[Path],
    audience: str | None,
    allow: tuple[Path, ...] = (),
    password: str | None = None,
) -> Iterator[tuple[str, Audited]]:
    """Look at files, one after the other: for each, the audience and what was found.

    Raises BriefpackError for a pack that is wrong, an audience that it lacks, and a file that is not there.
    """
    findings = Findings()
    pack = read(folder, Order(allow=allow), findings, lambda *_: None)
    findings.raise_if_errors()
    wanted = [audience_of(path.absolute(), pack, audience) for path in paths]
    chosen = choose(pack, wanted)
    styles = styles_of(folder, chosen, findings)
    findings.raise_if_errors()
    tree = tree_of(pack, pack.meta.where)
    weights, machine = weights_of(tree), this_machine(project_of(folder))
    annexes = annex_files(pack, {})
    by_name = {one.name: one for one in chosen}
    for path, name in zip(paths, wanted, strict=True):
        if not path.is_file():
            raise failure(f"there is no file {path}", code=ExitCode.USAGE, hint="check its name")
        one = by_name[name]
        expected = expect(pack, tree, one, styles[one.style].craft.parts)
        task = Task(pack, expected, styles[one.style], machine, weights, (), annexes)
        audited = _in_time(task, path, password)

        def everyone(_: str, task: Task = task) -> Iterator[Expected]:
            yield task.expected
            for other in pack.audiences:
                if other.name != task.expected.audience.name:
                    # Of other styles, parts of briefs may be missing that this one prints: it is near enough to tell packs apart.
                    yield expect(pack, tree, other, task.style.craft.parts)

        told = errors(audited.looked.hits, dict.fromkeys((path.name,), name).__getitem__, everyone)
        yield name, replace(audited, errors=tuple(told))


def _in_time(task: Task, path: Path, password: str | None) -> Audited:
    worker = Worker(_look, task, path, password)
    try:
        if not worker.results.poll(LONGEST):
            return _unread(path, f"takes more than {LONGEST:.0f} seconds to read")
        looked, searched = worker.result()
    except BriefpackError:
        return _unread(path, "makes its reader fail or needs more memory than a file may")
    finally:
        worker.stop()
    return Audited(path, looked, searched)


def _unread(path: Path, why: str) -> Audited:
    hit = Hit(
        f"something {why}, so that nobody can tell what is in it:",
        ((path.name, ""),),
        "leave it out; what cannot be read is not given away",
    )
    return Audited(path, Looked(0, 0, (hit,)), None)


def _look(task: Task, path: Path, password: str | None) -> tuple[Looked, Searched]:
    """Look at one file; in a process of its own."""
    limit()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise failure(
            f"{path} cannot be read: {error.strerror or error}",
            code=ExitCode.USAGE,
            hint="check its permissions",
        ) from error
    auditor, searched = task.auditor()
    owner = next(
        (annex.id for annex in task.pack.annexes if path.name in {file.path.name for file in annex.files}),
        None,
    )
    seen = read_back(content, path.name, (password,) if password else ())
    return auditor.look(seen, path.name, owner if owner in task.expected.annexes else None), searched


def limit() -> None:
    """Let this process take no more memory and time than reading a file may."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(LONGEST), int(LONGEST)))
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
