"""A ledger read while another may be writing it, or where nobody is: nothing is changed, and nobody is kept waiting."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack.distribute import ledger_schema as schema
from briefpack.distribute.delivery import Change, Entry, State
from briefpack.distribute.ledger import CUT_OFF, LOCK_NAME
from briefpack.distribute.ledger_file import check, is_there, located, log_of, open_database
from briefpack.folder_lock import holder


@dataclass(frozen=True, slots=True)
class Look:
    """A ledger as it is at a moment. identity: as in Ledger, None where it is of form 1. holder: the process that has it open, 0 where that is unknown; None where nobody does.

    entries: where nobody has it open, what was under way is told as uncertain, which it will be called as soon as somebody does.
    """

    identity: str | None
    entries: tuple[Entry, ...]
    journal: tuple[Change, ...]
    holder: int | None


def look(path: Path) -> Look | None:
    """Read a ledger that another may be writing; None where there is none. Raises BriefpackError (OUTPUT) where it is damaged or of a newer briefpack.

    Not for a process that has it open itself: whoever closes a file loses all locks that his process has on it (sqlite.org/howtocorrupt.html, 2.2).
    """
    if not is_there(path):
        return None
    at_work = holder(path.parent, LOCK_NAME)
    # A database in use wants to write beside it, also for one who reads.
    only_read = at_work is None and not log_of(path).exists() and not os.access(path.parent, os.W_OK)
    with contextlib.closing(open_database(path, only_read=only_read)) as database, located(path):
        # Opened for reading only, it would leave files of its own behind.
        database.execute("PRAGMA query_only = ON")
        check(database, path)
        database.execute("BEGIN")
        identity = schema.identity(database)
        entries, journal = schema.entries(database), schema.journal(database)
    if at_work is None and any(each.state is State.SENDING for each in entries):
        # Cut off, or begun since it was asked.
        at_work = holder(path.parent, LOCK_NAME)
    if at_work is None:
        entries = tuple(
            replace(each, state=State.UNCERTAIN, reply=CUT_OFF) if each.state is State.SENDING else each
            for each in entries
        )
    return Look(identity, entries, journal, at_work)
