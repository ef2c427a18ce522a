"""Files of one audience → what is found in them that it must not have; in a process that knows the whole pack and makes nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefpack.annex import AnnexFacts
from briefpack.audit.auditor import Auditor
from briefpack.audit.case import Searched, auditor_of
from briefpack.audit.expected import Expected
from briefpack.audit.hits import Looked
from briefpack.audit.kept import read_clean
from briefpack.audit.machine import Machine
from briefpack.audit.read_back import read_back
from briefpack.audit.seen import Seen
from briefpack.audit.weights import Weights
from briefpack.pack import Pack
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
    """Files of one audience. annexes: by id. ready: who looks at them, where that has been worked out before; such a task cannot be pickled."""

    pack: Pack
    expected: Expected
    style: Style
    machine: Machine
    weights: Weights
    files: tuple[File, ...]
    annexes: Mapping[str, tuple[Source, ...]]
    ready: tuple[Auditor, Searched] | None = None

    def auditor(self) -> tuple[Auditor, Searched]:
        """Who looks at the files, and what for."""
        return self.ready or auditor_of(
            self.pack,
            self.expected,
            self.style,
            machine=self.machine,
            weights=self.weights,
            read_annex=Annexes(self.annexes).read,
        )


def audit_task(task: Task) -> tuple[tuple[Looked, ...], Searched]:
    """What is found in each of the files, and what was searched for."""
    auditor, searched = task.auditor()
    return (
        tuple(
            auditor.look(
                read_back(file.path.read_bytes(), file.name, ours=file.annex is None, sizes=auditor.sizes),
                file.shown,
                file.annex,
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
