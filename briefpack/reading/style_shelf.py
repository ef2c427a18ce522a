"""Which styles there are, by name, and the line of styles that one extends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from briefpack.errors import ExitCode, Findings, Where
from briefpack.reading.checks import suggestion
from briefpack.reading.style_layers import StyleFile, read_style_file, read_words_file
from briefpack.reading.style_schema import STYLE_NAME

BASE = "base"
DATA = Path(__file__).parent.parent / "data"
"""The packaged files: the base style, its words, its fonts."""


@cache
def packaged_base() -> StyleFile:
    """The base style with the packaged words. Raises RuntimeError when the package is damaged."""
    findings = Findings()
    path = DATA / "base.yaml"
    file = read_style_file(BASE, path, findings)
    settings = dict(file.layer.settings)
    for words in sorted(DATA.glob("words-*.yaml")):
        settings.update(read_words_file(BASE, words.stem.removeprefix("words-"), words, findings))
    if findings.items:
        raise RuntimeError(f"the packaged base style is damaged: {findings.items[0]}")
    return replace(file, layer=replace(file.layer, settings=settings), parents=())


class Shelf:
    """The styles that can be named: files of the folders, earlier folders first, then the packaged base."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[Path, StyleFile] = {}

    def names(self) -> tuple[str, ...]:
        """Every name that can be used, in alphabetical order."""
        found_names = {BASE}
        for folder in self._folders:
            found_names.update(
                path.stem for path in folder.glob("*.yaml") if re.fullmatch(STYLE_NAME, path.stem)
            )
        return tuple(sorted(found_names))

    def find(self, name: str, asking: Path | None = None) -> Path | None:
        """The file of a style, None when there is none. asking: the file that names it; a base.yaml of the
        project that extends base means the packaged one."""
        if not re.fullmatch(STYLE_NAME, name):
            return None
        for folder in self._folders:
            path = folder / f"{name}.yaml"
            if path.is_file() and not (name == BASE and path == asking):
                return path
        return DATA / "base.yaml" if name == BASE else None

    def read(self, name: str, path: Path, findings: Findings) -> StyleFile:
        """Read a style file, once."""
        if path == DATA / "base.yaml":
            return packaged_base()
        if path not in self._read:
            self._read[path] = read_style_file(name, path, findings)
        return self._read[path]

    def line(self, name: str, findings: Findings, asked: Where | None) -> list[StyleFile] | None:
        """A style and all it extends, the most general first; each counts once, where it comes up first.

        asked: the place that names the style. None when one of them is not there or extends itself; findings say why.
        """
        line: list[StyleFile] = []
        return line if self._visit(name, asked, (), line, findings) else None

    def _visit(
        self, name: str, where: Where | None, way: tuple[Path, ...], line: list[StyleFile], findings: Findings
    ) -> bool:
        """Add a style and what it extends to line. False when something in it cannot be followed.

        way: the files that are being followed, from the style that was asked for to the one that names this.
        """
        path = self.find(name, way[-1] if way else None)
        if path is None:
            findings.error(where, f"there is no style `{name}`", self._remedy(name), ExitCode.STYLE)
            return False
        if path in way:
            circle = " → ".join(file.stem for file in (*way[way.index(path) :], path))
            message = f"the style `{name}` extends itself: {circle}"
            findings.error(where, message, "take one of these names away", ExitCode.STYLE)
            return False
        if any(file.path == path for file in line):
            return True
        file = self.read(name, path, findings)
        parents = ((BASE, Where(path, 1, 1)),) if file.parents is None else file.parents
        followed = [self._visit(parent, place, (*way, path), line, findings) for parent, place in parents]
        line.append(file)
        return all(followed)

    def _remedy(self, name: str) -> str:
        stem = Path(name).stem
        if stem != name and stem in self.names():
            return f"a style is named without folder and ending: `{stem}`"
        return suggestion(name, self.names(), "styles")
