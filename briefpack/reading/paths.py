"""Paths an author writes → files inside the pack's folder, or in folders the command line allows; nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefpack.errors import ExitCode
from briefpack.reading.checks import Report, near
from briefpack.reading.node import Node

_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|(?:file|data|https?|ftp|mailto|smb):)", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")

_Problem = tuple[str, str]

SOURCES, STYLES = "sources", "styles"


def project_of(pack: Path) -> Path:
    """The project of a pack: the nearest folder above it that holds sources/ or styles/, else the folder it is in."""
    for folder in pack.parents:
        if (folder / SOURCES).is_dir() or (folder / STYLES).is_dir():
            return folder
    return pack.parent


@dataclass(slots=True)
class Roots:
    """base: the folder relative paths start from. allow: further folders they may start from or lead into."""

    base: Path
    allow: tuple[Path, ...] = ()
    _real: tuple[Path, ...] = ()
    _listed: dict[Path, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, base: Path, allow: Sequence[Path] = ()) -> Roots:
        """The roots of a pack; folders that are not there allow nothing."""
        return cls(base, tuple(allow), tuple(Path(os.path.realpath(folder)) for folder in (base, *allow)))

    def file(self, node: Node, report: Report, what: str, missing: ExitCode | None = None) -> Path | None:
        """The existing file that a scalar names; None after reporting why there is none.

        what: "section file", for messages. missing: the exit code where the path is right and the file is not there;
        the report's own when None.
        """
        problem = _refused(node.text, what)
        code = report.code
        if problem is None:
            try:
                found = self._find(node.text, what)
            except OSError as error:
                found = (
                    f"“{node.text[:60]}” cannot be opened: {error.strerror}",
                    "check its name and permissions",
                )
            if isinstance(found, Path):
                return found
            if found is None:
                problem, code = self._missing(node.text, what), missing or report.code
            else:
                problem = found
        report.findings.error(node.where, *problem, code)
        return None

    def _find(self, text: str, what: str) -> Path | _Problem | None:
        """The file; or why it must not be used; or None when there is none. Raises OSError."""
        for root in (self.base, *self.allow):
            path = root / text
            real = Path(os.path.realpath(path))
            inside = any(real.is_relative_to(folder) for folder in self._real)
            if not inside:
                if root == self.base:
                    return _leads_out(text, what, linked=not _climbs(text))
                continue
            if path.is_dir():
                names = ", ".join(sorted(self._names(path).values())[:3])
                return f"“{text}” is a folder", "name a file in it" + (f": {names}" if names else "")
            if not path.exists():
                continue
            if not path.is_file():
                return f"“{text}” is no ordinary file", "name a file that can be read"
            return self._in_its_case(path, root, text) or path
        return None

    def _in_its_case(self, path: Path, root: Path, text: str) -> _Problem | None:
        """Some systems find `Map.PNG` under `map.png`; the pack must build on all of them."""
        for part in (path, *path.parents):
            if part == root:
                break
            if part.name not in ("", "..") and part.name not in self._names(part.parent).values():
                named = self._names(part.parent).get(part.name.lower())
                return (
                    f"“{text}” is spelt differently on the disk",
                    f"write “{named}”" if named else "check the case",
                )
        return None

    def _names(self, folder: Path) -> dict[str, str]:
        """The names in a folder by their lower-case form."""
        if folder not in self._listed:
            try:
                names = sorted(os.listdir(folder))  # noqa: PTH208  names only, and many of them
            except OSError:
                names = []
            self._listed[folder] = {name.lower(): name for name in names}
        return self._listed[folder]

    def _missing(self, text: str, what: str) -> _Problem:
        path = self.base / text
        folder = path.parent
        if not folder.is_dir():
            above = folder
            while not above.parent.is_dir() and above != above.parent:
                above = above.parent
            if above.exists():
                return (
                    f"“{above.name}” is a file and no folder: there can be no {what} “{text}”",
                    "check the path",
                )
            meant = self._near(above, folders=True)
            return (
                f"there is no folder “{Path(text).parent.as_posix()}” for the {what} “{text}”",
                f"did you mean the folder “{meant}”?" if meant else "check the path",
            )
        meant = self._near(path)
        if meant is None:
            elsewhere = [name for name in self._suffixes(path) if not name.startswith(".")][:4]
            listed = f"; there are: {', '.join(elsewhere)}" if elsewhere else ""
            return f"there is no {what} “{text}”", f"check the name{listed}"
        return f"there is no {what} “{text}”", f"did you mean “{(Path(text).parent / meant).as_posix()}”?"

    def _near(self, path: Path, *, folders: bool = False) -> str | None:
        names = {
            lower: name
            for lower, name in self._names(path.parent).items()
            if (path.parent / name).is_dir() == folders
        }
        if path.name.lower() in names:
            return names[path.name.lower()]
        # Compared without their endings, which make any two of a kind look alike.
        stems = {Path(name).stem: name for name in names if not name.startswith(".")}
        close = near(path.stem, tuple(stems))
        return names[stems[close]] if close else None

    def _suffixes(self, path: Path) -> list[str]:
        suffix = path.suffix.lower()
        return [name for name in self._names(path.parent).values() if Path(name).suffix.lower() == suffix]


def _refused(text: str, what: str) -> _Problem | None:
    """Why a path is refused by its looks alone."""
    if not text.strip():
        return "a path is asked for here; found nothing", f"write the path of the {what}"
    if _ADDRESS.match(text):
        return (
            f"“{text[:60]}” is an address; nothing is ever fetched",
            f"save the {what} in the pack's folder",
        )
    if _DRIVE.match(text) or "\\" in text:
        remedy = text.replace("\\", "/") if not _DRIVE.match(text) and not text.startswith("\\") else None
        return (
            f"“{text[:60]}” is a Windows path",
            f"write “{remedy}”"
            if remedy
            else "write it relative to the pack's folder, with / between folders",
        )
    if text.startswith(("/", "~")):
        return (
            f"“{text[:60]}” is an absolute path",
            f"put the {what} into the pack's folder, or allow its folder with --allow, and write a relative path",
        )
    return None


def _climbs(text: str) -> bool:
    return os.path.normpath(text).startswith("..")


def _leads_out(text: str, what: str, *, linked: bool) -> _Problem:
    return (
        f"“{text[:60]}” leads out of the pack's folder{' through a symbolic link' if linked else ''}",
        f"put the {what} into the pack's folder, or allow its folder with --allow",
    )
