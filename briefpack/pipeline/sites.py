"""Names on the command line → where built packs lie, with the project of their sources where it is at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.distribute.copy_register import REGISTER_NAME
from briefpack.distribute.ledger import LEDGER_NAME
from briefpack.errors import BriefpackError
from briefpack.manifest import MANIFEST_NAME
from briefpack.pipeline.project import (
    BUILD,
    PACK_FILE,
    SENT,
    SOURCES,
    find_packs,
    project_around,
    project_of,
    usage,
)


@dataclass(frozen=True, slots=True)
class Site:
    """folder: of a pack's output. project: that has its sources, None where they are not at hand."""

    folder: Path
    project: Path | None

    @property
    def register(self) -> Path | None:
        """The register of its copies, which may not be there."""
        return None if self.project is None else self.project / SENT / self.folder.name / REGISTER_NAME

    @property
    def ledger(self) -> Path | None:
        """Of what was sent to whom, which may not be there."""
        return None if self.project is None else self.project / SENT / self.folder.name / LEDGER_NAME

    @property
    def built_here(self) -> Path | None:
        """The folder that the project builds this pack to, where this is another one and something was built there."""
        if self.project is None:
            return None
        folder = self.project / BUILD / self.folder.name
        same = folder.absolute() == self.folder.absolute()
        return folder if not same and (folder / MANIFEST_NAME).is_file() else None


def find_sites(names: Sequence[str], output: Path | None, here: Path) -> tuple[Site, ...]:
    """The packs that were named, or that lie in output, or all of the project around here.

    A name is that of a pack, or a folder with a manifest. output: a pack's folder, or a folder of several. Raises BriefpackError (USAGE).
    """
    if names:
        return tuple(dict.fromkeys(_named(name, output, here) for name in names))
    root = output if output is not None else here
    if (root / MANIFEST_NAME).is_file():
        return (_site(root, here),)
    if output is None:
        output = project_around(here) / BUILD
    found = tuple(_site(path.parent, here) for path in sorted(output.glob(f"*/{MANIFEST_NAME}")))
    if not found:
        raise BriefpackError(
            [
                usage(
                    f"there is no built pack in {output}",
                    "build one first, or name the folder where it lies: --output DIR",
                )
            ]
        )
    return found


def project_sites(here: Path, output: Path | None) -> tuple[Site, ...]:
    """All packs of the project around here and of output that were built, or of which copies were made; () for none."""
    project = project_around(here)
    folders = [path.parent for path in sorted((output or project / BUILD).glob(f"*/{MANIFEST_NAME}"))]
    if output is not None and (output / MANIFEST_NAME).is_file():
        folders.append(output)
    if (here / MANIFEST_NAME).is_file():
        folders.append(here)
    known = {folder.name for folder in folders}
    made = (path.parent.name for path in sorted((project / SENT).glob(f"*/{REGISTER_NAME}")))
    sites = [_site(folder, here) for folder in folders]
    # A register outlives the build that its copies were made of, and the pack's sources.
    sites += [Site(project / BUILD / name, project) for name in made if name not in known]
    return tuple(dict.fromkeys(sites))


def _named(name: str, output: Path | None, here: Path) -> Site:
    roots: Iterable[Path] = (here,) if output is None else (output, here)
    for root in roots:
        folder = root / name
        if name and "\0" not in name and (folder / MANIFEST_NAME).is_file():
            return _site(folder, here)
    (pack,) = find_packs([name], here)
    project = project_of(pack)
    root = output if output is not None else project / BUILD
    if output is not None and output.name == pack.name and (output / MANIFEST_NAME).is_file():
        return Site(output, project)
    return Site(root / pack.name, project)


def _site(folder: Path, here: Path) -> Site:
    """With the project that the folder lies in, or that is around here, where it has the sources of a pack of that name."""
    folder = folder.absolute()
    for project in (*folder.parents[1:2], project_around(here)):
        if (project / SOURCES / folder.name / PACK_FILE).is_file():
            return Site(folder, project)
    return Site(folder, None)
