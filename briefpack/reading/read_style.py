"""A style's name → a complete Style, with the origin of every value and everything that is wrong or doubtful in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.errors import ExitCode, Findings, Where
from briefpack.reading.checks import Report
from briefpack.reading.style_build import Builder
from briefpack.reading.style_checks import check_complete, check_contrast
from briefpack.reading.style_layers import Layer, compose
from briefpack.reading.style_room import check_room
from briefpack.reading.style_shelf import BASE, DATA, Shelf
from briefpack.style import Style


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from. value: as written. style: the name of the style that says it."""

    value: str
    style: str
    where: Where

    @property
    def is_packaged(self) -> bool:
        """The base style that comes with briefpack."""
        return self.where.path.is_relative_to(DATA)

    def __str__(self) -> str:
        return BASE if self.is_packaged else str(self.where)


@dataclass(frozen=True, slots=True)
class StyleReading:
    """style: None when findings have errors. origins: "text.body.size" → where its value comes from, by key;
    "~" is a value that was taken away. Keys that no style sets are not there (see Style for what then holds)."""

    style: Style | None
    origins: Mapping[str, Origin]
    findings: Findings


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """A style that can be named. extends: as written, ("base",) when the file does not say.

    path: None for the packaged base.
    """

    name: str
    description: str
    path: Path | None
    extends: tuple[str, ...]


def read_style(name: str, folders: Sequence[Path], asked: Where | None = None) -> StyleReading:
    """Read a style and all it extends.

    folders: where style files are, earlier ones first; the packaged "base" comes last.
    asked: the place that names the style, for the message when there is none of that name.
    """
    findings = Findings()
    line = Shelf(folders).line(name, findings, asked)
    if line is None:
        return StyleReading(None, {}, findings)
    style_file = line[-1]
    merged = Layer()
    for file in line:
        merged = compose(merged, file.layer)
    ranks = {file.path: rank for rank, file in enumerate(line)}
    # The packaged words are files of their own beside the base.
    ranks.update(dict.fromkeys(DATA.glob("words-*.yaml"), -1))
    report = Report(findings, ExitCode.STYLE)
    origins = _origins(merged)
    if not check_complete(merged, Where(style_file.path, 1, 1), report):
        return StyleReading(None, origins, findings)
    builder = Builder(merged, report)
    inputs = tuple(file.path for file in line if not file.path.is_relative_to(DATA))
    style = builder.build(name, style_file.description, inputs)
    check_contrast(builder.roles, builder.painted, ranks, report)
    if not findings.has_errors:
        check_room(style, builder.roles, merged, ranks, report)
    return StyleReading(None if findings.has_errors else style, origins, findings)


def _origins(merged: Layer) -> dict[str, Origin]:
    """Of every setting, and of every ~ that left nothing."""
    origins = {
        ".".join(path): Origin(setting.text, setting.style, setting.where)
        for path, setting in merged.settings.items()
    }
    for path, where in merged.unset.items():
        if not any(True for _ in merged.below(path)):
            origins[".".join(path)] = Origin("~", where.path.stem, where)
    return origins


def list_styles(folders: Sequence[Path]) -> list[StyleEntry]:
    """Every style that can be named, by name. What is wrong in a file is found by reading it with read_style."""
    shelf = Shelf(folders)
    entries: list[StyleEntry] = []
    for name in shelf.names():
        path = shelf.find(name)
        if path is None:
            continue
        file = shelf.read(name, path, Findings())
        parents = (BASE,) if file.parents is None else tuple(parent for parent, _ in file.parents)
        packaged = path.is_relative_to(DATA)
        entries.append(StyleEntry(name, file.description, None if packaged else path, parents))
    return entries
