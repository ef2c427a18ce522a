"""The register of copies, sent/PACK/copies.csv: rows are written behind what is there, and reach the disk before the copies themselves do.

So no copy is without its row, whenever the process is killed; a row without its copy does no harm.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefpack.distribute.copy_register import REGISTER_NAME, Row, addition
from briefpack.distribute.read_copies import read_copies
from briefpack.errors import ExitCode, Where, failure
from briefpack.files import flush_folder, output_error
from briefpack.folder_lock import hold


@contextlib.contextmanager
def registered(folder: Path, rows: Sequence[Row]) -> Iterator[None]:
    """Write the rows that the register does not have yet, then run the block, which publishes the copies. Where the block fails, or a row cannot be
    written, the register is as it was.

    folder: see project.sent_folder; it is locked meanwhile, whichever output folder the pack is built to. Raises BriefpackError: BUSY, or OUTPUT, also where
    what lies there is no register.
    """
    if not rows:
        yield
        return
    with hold(folder, "draft", "draft", fixed=True):
        path = folder / REGISTER_NAME
        former = _append(path, rows)
        try:
            yield
        except BaseException:
            _shorten(path, former)
            raise


def _append(path: Path, rows: Sequence[Row]) -> int:
    """How long the register was before; 0 where there was none."""
    try:
        register = path.read_bytes() if path.exists() else b""
        if register and read_copies(register) is None:
            raise failure(
                f"{path.name} is no register of copies any more, and what is written behind it could not be traced",
                code=ExitCode.OUTPUT,
                where=Where(path),
                hint="bring it back from a backup; where there is none, move it away, and a new one begins: it knows of no earlier copies",
            )
        content = addition(register, rows)
        if not content:
            return len(register)
        with path.open("ab", buffering=0) as file:
            try:
                while content:
                    content = content[file.write(content) :]
                os.fsync(file.fileno())
            except OSError:
                _shorten(path, len(register))
                raise
    except OSError as error:
        raise output_error(error, path, fixed=True) from error
    flush_folder(path.parent)
    return len(register)


def _shorten(path: Path, former: int) -> None:
    """Take back what was written now. A register that was not there is none again."""
    with contextlib.suppress(OSError):
        if former:
            os.truncate(path, former)
        else:
            path.unlink(missing_ok=True)
