"""A lock on a pack's folder, which keeps two runs apart that build, draft or send it, and dies with its process."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from briefpack.errors import BriefpackError, ExitCode, failure
from briefpack.files import make_folder, output_error

LOCK_NAME = ".lock"
_HELD: set[Path] = set()
"""Locks that this process holds. POSIX locks do not keep a process from itself, and are lost as soon as it closes the file once more."""
_HELD_BYTE = 1 << 30
"""What a holder locks: beyond the text, since Windows lets nobody read what is locked, and others read the holder's process id."""
_ASKED_BYTE = _HELD_BYTE + 1
"""What a holder locks as well, and those lock for a moment who only ask whether there is one: nobody who wants to be one must take them for one."""


@contextlib.contextmanager
def hold(
    folder: Path,
    verb: str = "build",
    work: str = "build, draft or sending",
    name: str = LOCK_NAME,
    *,
    fixed: bool = False,
) -> Iterator[None]:
    """Hold the lock of a pack's folder (made when missing) while the block runs. verb: what the one who has to wait wanted to do. work: what others do under it.

    name: of the lock; one of another name keeps others out. fixed: whether the folder belongs to the project, wherever output goes.

    The lock dies with its process and is not inherited by the processes it starts.
    Raises BriefpackError: BUSY when somebody else holds it, OUTPUT when the folder cannot be written.
    """
    make_folder(folder, fixed=fixed)
    path = folder / name
    known = path.resolve()
    if known in _HELD:
        raise _busy(folder, work, verb, str(os.getpid()))
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise output_error(error, path, fixed=fixed) from error
    try:
        try:
            _lock(handle)
        except BlockingIOError as error:
            raise _busy(folder, work, verb, _said_by_holder(handle)) from error
        except OSError as error:
            raise output_error(error, path, fixed=fixed) from error
        _HELD.add(known)
        with contextlib.suppress(OSError):
            # The id is a courtesy to the one who waits; a full disk must not stop the build here.
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0) if hasattr(os, "pwrite") else os.write(
                handle, f"{os.getpid()}\n".encode()
            )
        yield
    finally:
        _HELD.discard(known)
        os.close(handle)


def holder(folder: Path, name: str = LOCK_NAME) -> int | None:
    """The process that holds the lock of a folder; None where nobody does. 0: somebody, but who is unknown. name: as in hold.

    Whoever wants the lock at the same moment is not kept from it.
    """
    path = folder / name
    if path.resolve() in _HELD:
        return os.getpid()
    try:
        handle = os.open(path, _ASKING)
    except OSError:
        return None
    try:
        if not _is_locked(handle):
            return None
        said = _said_by_holder(handle)
        return int(said) if said.isdecimal() else 0
    except OSError:
        return None
    finally:
        os.close(handle)


def _said_by_holder(handle: int) -> str:
    return os.read(handle, 32).decode("ascii", "replace").strip()


def _busy(folder: Path, work: str, verb: str, process: str) -> BriefpackError:
    return failure(
        f"another {work} of {folder.name} is running" + (f" (process {process})" if process else ""),
        code=ExitCode.BUSY,
        hint=f"wait until it has finished, then {verb} again",
    )


if sys.platform == "win32":
    import msvcrt

    _ASKING = os.O_RDWR

    def _lock(handle: int) -> None:
        """Raises BlockingIOError when another process holds the lock."""
        _lock_byte(handle, msvcrt.LK_NBLCK, _HELD_BYTE)
        _lock_byte(handle, msvcrt.LK_LOCK, _ASKED_BYTE)

    def _is_locked(handle: int) -> bool:
        try:
            _lock_byte(handle, msvcrt.LK_NBLCK, _ASKED_BYTE)
        except BlockingIOError:
            return True
        return False

    def _lock_byte(handle: int, how: int, byte: int) -> None:
        os.lseek(handle, byte, os.SEEK_SET)
        try:
            msvcrt.locking(handle, how, 1)
        except OSError as error:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    _ASKING = os.O_RDONLY
    """Who may not write there may ask all the same."""

    def _lock(handle: int) -> None:
        """Raises BlockingIOError when another process holds the lock."""
        _lock_byte(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, _HELD_BYTE)
        # Those who ask have it for a moment.
        _lock_byte(handle, fcntl.LOCK_EX, _ASKED_BYTE)

    def _is_locked(handle: int) -> bool:
        try:
            _lock_byte(handle, fcntl.LOCK_SH | fcntl.LOCK_NB, _ASKED_BYTE)
        except BlockingIOError:
            return True
        return False

    def _lock_byte(handle: int, how: int, byte: int) -> None:
        try:
            fcntl.lockf(handle, how, 1, byte)
        except OSError as error:
            if error.errno in {errno.EACCES, errno.EAGAIN}:
                # POSIX leaves the choice between the two numbers to the system.
                raise BlockingIOError(error.errno, error.strerror) from error
            raise
