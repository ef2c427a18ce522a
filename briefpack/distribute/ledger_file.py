"""The file of a ledger: made whole or not at all, opened only when it is one and in order, and never overwritten; what is wrong with it is told with its place."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from briefpack.distribute import ledger_schema as schema
from briefpack.errors import BriefpackError, ExitCode, Where, failure
from briefpack.files import flush_folder, publish_first, stage

_HEAD = b"SQLite format 3\0"
_PATIENCE = 5.0
"""Seconds that another's look at the file is waited for."""
_KEEP = (
    "keep the file, and restore a copy of it: without it nobody knows what was sent, and to whom; only when you have found that out otherwise, move it away with what "
    "stands beside it"
)

_OWNERS = "it names readers, and is its owner's only: let whoever has sent the pack do it, or mend the permissions of the file"


def make(path: Path) -> None:
    """An empty ledger, whole or not at all, unless somebody has made one meanwhile: where a folder is shared, locks may not reach to the other machine."""
    log = log_of(path)
    if log.exists():
        raise failure(
            f"the ledger is gone, and only its log is left: {log.name}",
            code=ExitCode.OUTPUT,
            where=Where(path),
            hint=_KEEP,
        )
    # It names readers.
    publish_first(stage(path, schema.empty(), private=True))
    # Its folders may be new as well, sent/PACK in the project; publishing flushes the nearest.
    for folder in path.parents[1:3]:
        flush_folder(folder)


def log_of(path: Path) -> Path:
    """What the database keeps beside the file while it is open, and after its process was killed: commits that are not in the file yet."""
    return path.with_name(f"{path.name}-wal")


def is_there(path: Path) -> bool:
    """Whether there is a ledger, or what was one: a log that is left, or a link that leads nowhere, as to a disk that is away. None of these is made anew."""
    return os.path.lexists(path) or log_of(path).exists()


def open_database(path: Path, *, only_read: bool = False) -> sqlite3.Connection:
    """Where there is one. only_read: nobody changes it meanwhile, and its folder may be one that cannot be written to. Raises BriefpackError (OUTPUT)."""
    with located(path):
        with path.open("rb") as file:
            head = file.read(len(_HEAD))
        # An empty file would pass for a new ledger: one that knows of nothing that was sent.
        if head != _HEAD:
            raise sqlite3.DatabaseError("it is no database")
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?{'immutable=1' if only_read else 'mode=rw'}",
            uri=True,
            timeout=_PATIENCE,
            isolation_level=None,
        )


def prepare(database: sqlite3.Connection, path: Path) -> None:
    """From now on every commit is on the disk when it returns. Raises BriefpackError (OUTPUT) and sqlite3.Error."""
    version = check(database, path)
    (mode,) = database.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise failure(
            "the disk of the ledger cannot keep a log beside it, as a network share may not",
            code=ExitCode.OUTPUT,
            where=Where(path),
            hint="keep the project on a disk of this machine",
        )
    database.execute("PRAGMA synchronous = FULL")
    # macOS flushes its disk's own memory only when it is asked to; elsewhere this does nothing.
    database.execute("PRAGMA fullfsync = ON")
    database.execute("PRAGMA checkpoint_fullfsync = ON")
    if version != schema.VERSION:
        # Whole or not at all: who is killed here leaves a ledger of the form that it had.
        database.execute("BEGIN IMMEDIATE")
        schema.upgrade(database, version)
        database.execute("COMMIT")


def check(database: sqlite3.Connection, path: Path) -> int:
    """Its form: it is a ledger, of a form that is known, and undamaged; else BriefpackError (OUTPUT) or sqlite3.Error."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    version = schema.form(database)
    if application != schema.APPLICATION:
        raise sqlite3.DatabaseError("it is another program's")
    if not 1 <= version <= schema.VERSION:
        raise failure(
            f"this ledger has form {version}, and this briefpack knows none above {schema.VERSION}",
            code=ExitCode.OUTPUT,
            where=Where(path),
            hint="use the briefpack that wrote it, or a newer one",
        )
    faults = [fault for (fault,) in database.execute("PRAGMA integrity_check(1)")]
    if faults != ["ok"]:
        raise sqlite3.DatabaseError(", ".join(str(fault).replace("\n", " ") for fault in faults))
    return version


@contextlib.contextmanager
def located(path: Path) -> Iterator[None]:
    """What the database and the disk complain of, as errors with a place and a remedy."""
    try:
        yield
    except (BriefpackError, sqlite3.IntegrityError):
        # The rules of the database are kept by the program: what breaks one is a fault of ours.
        raise
    except sqlite3.OperationalError as error:
        # Of the disk, as a rule, rather than of what is on it.
        raise failure(
            f"the ledger cannot be written or read: {error}",
            code=ExitCode.OUTPUT,
            where=Where(path),
            hint="see that there is room on the disk, that its folder can be written to, and that no other program has the file open",
        ) from error
    except OSError as error:
        raise failure(
            f"the ledger cannot be read: {error.strerror or error}",
            code=ExitCode.OUTPUT,
            where=Where(path),
            hint=_OWNERS if isinstance(error, PermissionError) else _KEEP,
        ) from error
    except (sqlite3.DatabaseError, ValueError) as error:
        raise failure(
            f"the ledger is damaged: {error}", code=ExitCode.OUTPUT, where=Where(path), hint=_KEEP
        ) from error
