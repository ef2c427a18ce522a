"""The tables of a ledger, and the rules that the database itself keeps: which state follows which, and that nothing is ever taken back or left out of the journal."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from briefpack.distribute.delivery import Change, Delivery, Entry, State

VERSION = 1
APPLICATION = 0x62706B6C
"""Stands in the head of the file ("bpkl"), so that another program's database is not taken for a ledger."""

_WAYS = (
    (State.QUEUED, State.QUEUED),
    (State.QUEUED, State.SENDING),
    (State.QUEUED, State.REFUSED),
    (State.QUEUED, State.WITHDRAWN),
    (State.SENDING, State.SENT),
    (State.SENDING, State.REFUSED),
    (State.SENDING, State.UNCERTAIN),
    (State.SENDING, State.QUEUED),
    (State.SENT, State.QUEUED),
    (State.REFUSED, State.QUEUED),
    (State.REFUSED, State.WITHDRAWN),
    (State.UNCERTAIN, State.QUEUED),
    (State.WITHDRAWN, State.QUEUED),
)
"""What may follow what. Nothing but a person's word leads out of SENT and UNCERTAIN, and only to the queue."""

_SCHEMA = """
CREATE TABLE way (before TEXT NOT NULL, after TEXT NOT NULL);
CREATE TABLE delivery (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    message TEXT NOT NULL,
    draft TEXT NOT NULL,
    checksum TEXT NOT NULL,
    audience TEXT NOT NULL,
    address TEXT NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    copy INTEGER,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    code INTEGER,
    reply TEXT NOT NULL DEFAULT '',
    since TEXT NOT NULL,
    not_before TEXT,
    dated TEXT NOT NULL
);
CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    code INTEGER,
    reply TEXT NOT NULL,
    message TEXT NOT NULL,
    checksum TEXT NOT NULL
);
CREATE TRIGGER delivery_is_queued_first BEFORE INSERT ON delivery WHEN new.state <> 'queued'
BEGIN SELECT RAISE(ABORT, 'a delivery begins as queued'); END;
CREATE TRIGGER delivery_goes_its_way BEFORE UPDATE OF state ON delivery
WHEN NOT EXISTS (SELECT 1 FROM way WHERE before = old.state AND after = new.state)
BEGIN SELECT RAISE(ABORT, 'that state does not follow that one'); END;
CREATE TRIGGER delivery_stays BEFORE DELETE ON delivery
BEGIN SELECT RAISE(ABORT, 'a delivery is never forgotten'); END;
CREATE TRIGGER delivery_keeps_its_key BEFORE UPDATE OF key ON delivery
BEGIN SELECT RAISE(ABORT, 'a delivery stays what it is'); END;
CREATE TRIGGER journal_knows_new AFTER INSERT ON delivery
BEGIN INSERT INTO journal (key, at, before, after, attempts, code, reply, message, checksum)
VALUES (new.key, new.since, NULL, new.state, new.attempts, new.code, new.reply, new.message, new.checksum); END;
CREATE TRIGGER journal_knows_change AFTER UPDATE OF state ON delivery
BEGIN INSERT INTO journal (key, at, before, after, attempts, code, reply, message, checksum)
VALUES (new.key, new.since, old.state, new.state, new.attempts, new.code, new.reply, new.message, new.checksum); END;
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
"""

_ALL = """SELECT key, message, draft, checksum, audience, address, part, parts, copy, state, attempts, code, reply, since, not_before, dated
FROM delivery ORDER BY number"""
_ONE = """SELECT key, message, draft, checksum, audience, address, part, parts, copy, state, attempts, code, reply, since, not_before, dated
FROM delivery WHERE key = ?"""
_JOURNAL = "SELECT number, key, at, before, after, attempts, code, reply FROM journal ORDER BY number"


def empty() -> bytes:
    """The file of a ledger with nothing in it."""
    made = sqlite3.connect(":memory:")
    try:
        made.executescript(_SCHEMA)
        made.executemany("INSERT INTO way VALUES (?, ?)", [(one.value, other.value) for one, other in _WAYS])
        made.commit()
        # Pragmas take no parameters.
        made.execute(f"PRAGMA application_id = {APPLICATION}")
        made.execute(f"PRAGMA user_version = {VERSION}")
        return made.serialize()
    finally:
        made.close()


def entries(database: sqlite3.Connection) -> tuple[Entry, ...]:
    """All, in the order in which they were first queued. Raises sqlite3.Error, and ValueError where a row says what no ledger does."""
    return tuple(_entry(*row) for row in database.execute(_ALL))


def entry(database: sqlite3.Connection, key: str) -> Entry | None:
    """One; None where it was never queued. Raises as entries does."""
    row = database.execute(_ONE, (key,)).fetchone()
    return None if row is None else _entry(*row)


def journal(database: sqlite3.Connection) -> tuple[Change, ...]:
    """Every change, the oldest first. Raises as entries does."""
    return tuple(
        Change(
            number, key, datetime.fromisoformat(at), State(before) if before else None, State(after), *rest
        )
        for number, key, at, before, after, *rest in database.execute(_JOURNAL)
    )


def _entry(*row: Any) -> Entry:
    *told, state, attempts, code, reply, since, not_before, dated = row
    return Entry(
        Delivery(*told),
        State(state),
        attempts,
        code,
        reply,
        datetime.fromisoformat(since),
        datetime.fromisoformat(not_before) if not_before else None,
        datetime.fromisoformat(dated),
    )
