"""The audit of one audience's files, asked again and again: what it looks for is worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from briefpack.audit.auditor import Auditor, Hit
from briefpack.audit.case import auditor_of, weights_of
from briefpack.audit.expected import expect
from briefpack.audit.machine import Machine, this_machine
from briefpack.audit.read_back import read_back
from briefpack.audit.tree import tree_of
from briefpack.errors import Findings
from briefpack.pipeline.auditing import Annexes, annex_files
from briefpack.pipeline.audience import Until
from briefpack.pipeline.prepare import Order, Prepared, prepare


def prepared(pack: Path) -> Prepared:
    """A pack as a build has it before anything is made."""
    findings = Findings()
    with TemporaryDirectory() as folder:
        return prepare(
            pack,
            Order(output=Path(folder)),
            Until.RESOLVED,
            findings,
            progress=lambda *_: None,
            cache=Path(folder),
        )


@dataclass
class Auditing:
    """machine: instead of this one, so that its names can be planted."""

    pack: Prepared
    audience: str
    machine: Machine | None = None

    @cached_property
    def auditor(self) -> Auditor:
        whole = self.pack.pack
        job = next(job for job in self.pack.jobs if job.audience.name == self.audience)
        tree = tree_of(whole, whole.meta.where)
        files = Annexes(annex_files(whole, {}))
        auditor, _ = auditor_of(
            whole,
            expect(whole, tree, job.audience, job.style.craft.parts),
            job.style,
            self.machine or this_machine(self.pack.project),
            weights_of(tree),
            files.read,
        )
        return auditor

    def hits(self, content: bytes, name: str) -> tuple[Hit, ...]:
        return self.auditor.look(read_back(content, name), name).hits
