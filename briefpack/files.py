"""Finished bytes → files that appear whole or not at all.

What is guaranteed: a target holds its old bytes or its new bytes and never a part of either, whenever the process is killed
or the disk fills up. All files of a run are written, flushed to disk and read back before the first one is put in place; when
putting them in place fails half-way, those already placed are taken back. Only a kill within that last moment (renames, some
microseconds a file) can leave new files beside old ones; the manifest is placed last, so it then names the old ones' sums.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.errors import BriefpackError, ExitCode, failure

_PREFIX, _SUFFIX = ".briefpack-", ".part"
_ELSEWHERE = "or write somewhere else with --output DIR"
_WITH_THE_PROJECT = "or move the project to a disk that can be written: this folder stays with it"


@dataclass(frozen=True, slots=True)
class Staged:
    """A finished file that waits beside its target. size: bytes. sha256: hex digest of the bytes."""

    waiting: Path
    target: Path
    size: int
    sha256: str


def is_left_over(path: Path) -> bool:
    """Whether a file was left waiting by a run that was killed, or is one that a run is writing now."""
    return path.name.startswith(_PREFIX) and path.name.endswith(_SUFFIX)


def output_error(error: OSError, path: Path, *, fixed: bool = False) -> BriefpackError:
    """What the operating system refused, in words and with a remedy; path: what was to be written. fixed: it belongs to the project, wherever output goes."""
    elsewhere = _WITH_THE_PROJECT if fixed else _ELSEWHERE
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            message, hint = f"no room left on the disk for {path}", f"free some space, {elsewhere}"
        case errno.EFBIG:
            message, hint = f"{path} is larger than a file may be here", f"raise the limit, {elsewhere}"
        case errno.EROFS:
            message, hint = f"{path} is on a read-only disk", elsewhere.removeprefix("or ")
        case errno.EACCES | errno.EPERM:
            message = f"no permission to write {path}"
            hint = f"close it if another program has it open, mend the permissions of its folder, {elsewhere}"
        case errno.EISDIR:
            message, hint = f"{path} is a folder, but a file belongs there", "move the folder away"
        case errno.ENOTDIR | errno.EEXIST:
            message, hint = f"a file stands where the folder of {path} belongs", "move that file away"
        case errno.ENAMETOOLONG:
            message, hint = f"the name {path.name} is too long for this disk", "give the pack a shorter name"
        case _:
            message = f"cannot write {path}: {error.strerror or error}"
            hint = f"check the disk, {elsewhere}"
    return failure(message, code=ExitCode.OUTPUT, hint=hint)


def make_folder(folder: Path, *, private: bool = False, fixed: bool = False) -> None:
    """Make a folder and those above it. private: only its owner may list it, where it is made now. fixed: as in output_error. Raises BriefpackError (OUTPUT)."""
    try:
        if private:
            folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(0o700 if private else 0o777, parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(error, folder, fixed=fixed) from error


# --------------------------------------------------------------------------- staging


def stage(target: Path, content: bytes, *, private: bool = False) -> Staged:
    """Write content beside target, flush it to disk and read it back; target itself is not touched.

    private: only its owner may read the file, and list its folder where that is made now (not on Windows, whose folders of users are private as they are).
    Raises BriefpackError (OUTPUT); then nothing is left behind.
    """
    make_folder(target.parent, private=private)
    if target.is_dir():
        raise output_error(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)), target)
    waiting = target.parent / f"{_PREFIX}{os.urandom(6).hex()}{_SUFFIX}"
    digest = hashlib.sha256(content).hexdigest()
    try:
        with open(waiting, "xb", opener=_private if private else None) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written = digest_of(waiting)
    except OSError as error:
        remove(waiting)
        raise output_error(error, target) from error
    except BaseException:
        remove(waiting)
        raise
    if written != digest:
        remove(waiting)
        raise failure(
            f"{target} does not read back as it was written",
            code=ExitCode.OUTPUT,
            hint=f"the disk may be failing: check it, {_ELSEWHERE}",
        )
    return Staged(waiting, target, len(content), digest)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def set_aside(folder: Path, content: bytes) -> Path:
    """Keep content in a file of folder until the run is over, for what is too much for memory; it is swept as what is staged.

    The caller removes it. Only its owner may read it. Raises BriefpackError (OUTPUT); then nothing is left behind.
    """
    make_folder(folder)
    path = folder / f"{_PREFIX}{os.urandom(6).hex()}{_SUFFIX}"
    try:
        with open(path, "xb", opener=_private) as file:
            file.write(content)
    except OSError as error:
        remove(path)
        raise output_error(error, path) from error
    except BaseException:
        remove(path)
        raise
    return path


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def discard(staged: Sequence[Staged]) -> None:
    """Remove what was staged and will not be published."""
    for item in staged:
        remove(item.waiting)


def sweep(folder: Path) -> None:
    """Remove what a killed run left waiting in folder, in the folders below it and in those below these. Needs the lock."""
    if folder.is_dir():
        below = _folders(folder)
        for each in (folder, *below, *(deeper for one in below for deeper in _folders(one))):
            for stale in each.glob(f"{_PREFIX}*{_SUFFIX}"):
                remove(stale)


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())


def remove(path: Path) -> None:
    """Remove a file that waited. Best effort: what cannot be removed now is swept by the next run."""
    with contextlib.suppress(OSError):
        path.unlink()


# --------------------------------------------------------------------------- publishing


def publish(staged: Sequence[Staged], stale: Sequence[Path] = ()) -> None:
    """Put every staged file in its place, in order, then remove the stale ones.

    Raises BriefpackError (OUTPUT) with every target as it was before.
    """
    placed: list[_Placed] = []
    try:
        for item in staged:
            _place(item, placed)
    except BaseException:
        for done in reversed(placed):
            _take_back(done)
        discard(staged)
        raise
    for path in stale:
        remove(path)
    for folder in sorted({item.target.parent for item in staged} | {path.parent for path in stale}):
        flush_folder(folder)
    for done in placed:
        if done.former is not None:
            remove(done.former)


def publish_first(item: Staged) -> None:
    """Put a staged file in its place, unless somebody was there before: then his stays, whatever it is.

    Raises BriefpackError (OUTPUT) with the target as it was before.
    """
    try:
        os.link(item.waiting, item.target)
    except FileExistsError:
        discard([item])
    except (OSError, NotImplementedError):
        # A memory stick, some network shares: no second names, and no way to tell.
        publish([item])
    else:
        discard([item])
        flush_folder(item.target.parent)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A target about to be replaced. existed: it held a file. former: a second name of that file, None when there
    is none: nothing stood there, or the disk knows no second names."""

    item: Staged
    existed: bool
    former: Path | None


def _place(item: Staged, placed: list[_Placed]) -> None:
    try:
        existed = os.path.lexists(item.target)
        former = _second_name(item.target) if existed else None
        placed.append(_Placed(item, existed, former))
        item.waiting.replace(item.target)
    except OSError as error:
        raise output_error(error, item.target) from error


def _second_name(target: Path) -> Path | None:
    former = target.parent / f"{_PREFIX}{os.urandom(6).hex()}{_SUFFIX}"
    try:
        os.link(target, former, follow_symlinks=False)
    except (OSError, NotImplementedError):
        # A memory stick, some network shares: the rename is whole all the same, but cannot be undone.
        return None
    return former


def _take_back(done: _Placed) -> None:
    target = done.item.target
    if done.former is not None:
        with contextlib.suppress(OSError):
            done.former.replace(target)
        # Renaming a file onto another name of itself does nothing: then the second name is still there.
        remove(done.former)
    elif not done.existed and not done.item.waiting.exists():
        remove(target)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    # Some systems cannot flush a folder (Windows, a few network shares); the renames themselves stand.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
