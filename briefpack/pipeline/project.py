"""Names on the command line → the folders of packs, and the project they belong to."""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Severity
from briefpack.reading.paths import SOURCES, STYLES, project_of

__all__ = [
    "BUILD",
    "PACK_FILE",
    "SENT",
    "SOURCES",
    "STYLES",
    "find_packs",
    "packs_of",
    "project_around",
    "project_of",
    "sent_folder",
    "style_folders",
    "suggestion",
    "usage",
]

BUILD, PACK_FILE = "build", "pack.yaml"
SENT = "sent"
"""The folder of what must outlive build/: who was sent what, and whose copy is which."""


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """A question after the known word that is nearest, or None when none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else None


def usage(message: str, hint: str | None = None) -> Diagnostic:
    """An error of the command line."""
    return Diagnostic(Severity.ERROR, None, message, hint, ExitCode.USAGE)


def project_around(here: Path) -> Path:
    """The project one is in: here or the nearest folder above that holds sources/, else here."""
    for folder in (here, *here.parents):
        if (folder / SOURCES).is_dir():
            return folder
    return here


def style_folders(pack: Path) -> tuple[Path, ...]:
    """Where the styles of a pack are looked up, the nearest first."""
    return (pack / STYLES, project_of(pack) / STYLES)


def sent_folder(pack: Path) -> Path:
    """Where the ledger and the register of copies of a pack are. pack: its folder."""
    return project_of(pack) / SENT / pack.name


def packs_of(project: Path) -> tuple[Path, ...]:
    """The folders of the packs under sources/, in order of their names."""
    sources = project / SOURCES
    if not sources.is_dir():
        return ()
    return tuple(sorted(folder for folder in sources.iterdir() if (folder / PACK_FILE).is_file()))


def find_packs(names: Sequence[str], here: Path) -> tuple[Path, ...]:
    """The folders of the packs that were named: a folder, a pack.yaml, or a name under sources/; without names, all
    packs under sources/.

    Raises BriefpackError (USAGE) with a word on every name that is none.
    """
    project = project_around(here)
    known = packs_of(project)
    if not names:
        if not known:
            raise BriefpackError(
                [
                    usage(
                        f"there is no pack under {_shown(project / SOURCES, here)}",
                        "name a pack's folder, or make one with: briefpack new NAME",
                    )
                ]
            )
        return known
    found: dict[Path, None] = {}
    wrong: list[Diagnostic] = []
    for name in names:
        folder = _find(name, here, project)
        if folder is None:
            wrong.append(_unknown(name, here, known))
        else:
            found[folder] = None
    by_name: dict[str, Path] = {}
    wrong.extend(
        usage(
            f"two packs are called {folder.name}: {_shown(by_name[folder.name], here)} and {_shown(folder, here)}",
            "build them one at a time, with --output DIR for one of them",
        )
        for folder in found
        if by_name.setdefault(folder.name, folder) != folder
    )
    if wrong:
        raise BriefpackError(wrong)
    return tuple(found)


def _find(name: str, here: Path, project: Path) -> Path | None:
    if not name or "\0" in name:
        return None
    for start in (here / name, project / SOURCES / name):
        path = Path(os.path.abspath(start))  # noqa: PTH100 - resolve() would rename a pack that is a symbolic link
        if path.name == PACK_FILE and path.is_file():
            return _as_spelt(path.parent)
        if (path / PACK_FILE).is_file():
            return _as_spelt(path)
    return None


def _as_spelt(folder: Path) -> Path:
    """A folder by the name that it has on the disk. Some systems find `Visit` under `visit`, and what is kept of a pack is kept by its name: under another one, nobody would have been
    sent it yet."""
    try:
        names = os.listdir(folder.parent)  # noqa: PTH208  names only
    except OSError:
        return folder
    if folder.name in names:
        return folder
    wanted = _alike(folder.name)
    found = (folder.with_name(name) for name in names if _alike(name) == wanted)
    return next((each for each in found if each.samefile(folder)), folder)


def _alike(name: str) -> str:
    """The same for names that a system may take for one another."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _unknown(name: str, here: Path, known: Sequence[Path]) -> Diagnostic:
    if name and "\0" not in name and (here / name).is_dir():
        return usage(f"{name} holds no {PACK_FILE}", "name the folder of a pack")
    names = [folder.name for folder in known]
    listed = f"packs here: {', '.join(names)}" if names else "make one with: briefpack new NAME"
    return usage(f"there is no pack `{name}`", suggestion(name, names) or listed)


def _shown(path: Path, here: Path) -> str:
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
