"""The audit of one audience's files, asked again and again: what it looks for is worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from briefpack.audit.auditor import Auditor
from briefpack.audit.case import weights_of
from briefpack.audit.expected import Expected, expect
from briefpack.audit.hits import Hit
from briefpack.audit.machine import Machine, this_machine
from briefpack.audit.read_back import read_back
from briefpack.audit.tree import Branch, tree_of
from briefpack.audit.weights import Weights
from briefpack.errors import Findings
from briefpack.pack import Pack
from briefpack.pipeline.audit_task import Task, annex_files
from briefpack.pipeline.prepare import Order, read, styles_of
from briefpack.pipeline.project import project_of
from briefpack.style import Style


@dataclass
class Case:
    """A pack with what the audit knows of it, whoever its files are for."""

    pack: Pack
    styles: dict[str, Style]

    @classmethod
    def of(cls, folder: Path) -> Case:
        findings = Findings()
        pack = read(folder, Order(), findings, lambda *_: None)
        return cls(pack, styles_of(folder, pack.audiences, findings))

    @cached_property
    def tree(self) -> Branch:
        return tree_of(self.pack, self.pack.meta.where)

    @cached_property
    def weights(self) -> Weights:
        return weights_of(self.tree)


@dataclass
class Auditing:
    """machine: instead of this one, so that its names can be planted."""

    case: Case
    audience: str
    machine: Machine | None = None

    @cached_property
    def expected(self) -> Expected:
        audience = next(each for each in self.case.pack.audiences if each.name == self.audience)
        return expect(self.case.pack, self.case.tree, audience, self.style.craft.parts)

    @property
    def style(self) -> Style:
        return next(
            self.case.styles[each.style] for each in self.case.pack.audiences if each.name == self.audience
        )

    @cached_property
    def auditor(self) -> Auditor:
        pack = self.case.pack
        machine = self.machine or this_machine(project_of(pack.path))
        task = Task(pack, self.expected, self.style, machine, self.case.weights, (), annex_files(pack, {}))
        auditor, _ = task.auditor()
        return auditor

    def hits(self, content: bytes, name: str) -> tuple[Hit, ...]:
        return self.auditor.look(read_back(content, name, sizes=self.auditor.sizes), name).hits
