"""What a record says that something was made of, held against the project as it is now. The record may say anything: a folder may have been handed over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

from briefpack.files import digest_of

_PACKAGE = Path(__file__).parents[1]


def changed_inputs(inputs: Iterable[tuple[str, str]], project: Path) -> list[str]:
    """Names of the inputs that are others now, or gone. inputs: path as in manifest.Input, and checksum.

    What lies elsewhere cannot be found, and counts as unchanged. Nothing outside of the project is read, and nothing that is no file.
    """
    return sorted({name for name, digest in inputs if not _is_as_it_was(name, digest, project)})


def _is_as_it_was(name: str, digest: str, project: Path) -> bool:
    kind, _, rest = name.partition(":")
    if kind == "elsewhere":
        return True
    root, inner = (_PACKAGE, rest) if kind == "briefpack" else (project, name)
    if PurePath(inner).is_absolute() or ".." in PurePath(inner).parts:
        return False
    path = root / inner
    try:
        # Of a pipe or a device there is no end.
        return path.is_file() and digest_of(path) == digest
    except (OSError, ValueError):
        return False
