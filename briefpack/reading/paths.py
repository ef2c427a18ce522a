"""Paths an author writes → files inside the pack's folder, or in folders the command line allows; nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.errors import ExitCode
from briefpack.reading.shape import Report, near
from briefpack.reading.yaml_tree import Node

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True)
class Roots:
    """base: the folder relative paths start from. allowed: real paths that files may lie in, base among them."""

    base: Path
    allowed: tuple[Path, ...]

    @classmethod
    def of(cls, base: Path, allow: Sequence[Path] = ()) -> Roots:
        return cls(base, tuple(Path(os.path.realpath(p)) for p in (base, *allow)))

    def file(self, node: Node, report: Report, what: str, code: ExitCode | None = None) -> Path | None:
        """The existing file that a scalar names; None after reporting why there is none.

        what: "section file", for messages. code: the exit code of an error, where not the report's own.
        """
        if node.text == "" or node.is_null:
            return None
        problem = self._problem(node.text, what)
        if problem is None:
            path = self._find(node.text)
            if path is not None:
                return path
            problem = self._missing(node.text, what)
        report.findings.error(node.where, *problem, code or report.code)
        return None

    def _problem(self, text: str, what: str) -> tuple[str, str] | None:
        if _DRIVE.match(text) or "\\" in text:
            return f"“{text}” is a Windows path", "write it relative to the pack's folder, with /"
        if _ADDRESS.match(text):
            return f"“{text}” is an address; nothing is fetched", f"save the {what} in the pack's folder"
        if text.startswith(("/", "~")):
            return (
                f"“{text}” is an absolute path",
                f"put the {what} into the pack's folder, or allow its folder with --allow and write the path relative to it",
            )
        for root in self._starts():
            real = Path(os.path.realpath(root / text))
            if real.exists() or root == self.base:
                if not any(real.is_relative_to(a) for a in self.allowed):
                    return (
                        f"“{text}” leads out of the pack's folder",
                        f"put the {what} into the pack's folder, or allow its folder with --allow",
                    )
                break
        return None

    def _starts(self) -> tuple[Path, ...]:
        return (self.base, *self.allowed[1:])

    def _find(self, text: str) -> Path | None:
        for root in self._starts():
            path = root / text
            if path.is_file():
                return path
        return None

    def _missing(self, text: str, what: str) -> tuple[str, str]:
        path = self.base / text
        if path.is_dir():
            return f"“{text}” is a folder", f"name a {what} in it"
        if not path.parent.is_dir():
            return f"there is no folder “{Path(text).parent}” for the {what} “{text}”", "check the path"
        names = sorted(p.name for p in path.parent.iterdir() if p.is_file())
        lower = {name.lower(): name for name in names}
        close = lower.get(path.name.lower()) or lower.get(near(path.name, list(lower)) or "")
        hint = (
            f"did you mean “{Path(text).parent / close}”?"
            if close
            else "check the name; nothing like it is there"
        )
        return f"there is no {what} “{text}”", hint
