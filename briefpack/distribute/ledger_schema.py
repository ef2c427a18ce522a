"""The tables of a ledger, and the rules that the database itself keeps: which state follows which, and that nothing is ever taken back or left out of the journal."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import astuple
from datetime import datetime
from typing import Any

from briefpack.distribute.delivery import Change, Delivery, Entry, State

VERSION = 2
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
"""What may follow what in a ledger of form 1. Nothing but a person's word leads out of SENT and UNCERTAIN; since form 2 also to SENT, from UNCERTAIN and from a queue that it went back to."""

_FORM_1 = """
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

_FORM_2 = (
    "ALTER TABLE delivery ADD COLUMN on_word INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE identity (id TEXT NOT NULL)",
    """CREATE TRIGGER identity_is_one BEFORE INSERT ON identity WHEN EXISTS (SELECT 1 FROM identity)
BEGIN SELECT RAISE(ABORT, 'a ledger is one'); END""",
    """CREATE TRIGGER identity_is_not_changed BEFORE UPDATE ON identity
BEGIN SELECT RAISE(ABORT, 'a ledger stays what it is'); END""",
    """CREATE TRIGGER identity_stays BEFORE DELETE ON identity
BEGIN SELECT RAISE(ABORT, 'a ledger stays what it is'); END""",
    "INSERT INTO way VALUES ('uncertain', 'sent'), ('queued', 'sent')",
    """CREATE TRIGGER delivery_arrives_on_a_word BEFORE UPDATE OF state ON delivery
WHEN new.on_word <> (new.state = 'sent' AND old.state <> 'sending') OR new.on_word AND old.attempts = 0
BEGIN SELECT RAISE(ABORT, 'a word, and nothing else, leads to sent from where it is not under way'); END""",
    """CREATE TRIGGER delivery_keeps_the_word BEFORE UPDATE OF on_word ON delivery
WHEN new.on_word <> old.on_word AND new.state = old.state
BEGIN SELECT RAISE(ABORT, 'what was said is not taken back'); END""",
    f"PRAGMA user_version = {VERSION}",
)
"""From form 1 to form 2, which knows who says that a message has arrived, and tells ledgers apart."""

_ALL = """SELECT key, message, draft, checksum, audience, address, part, parts, copy, state, attempts, code, reply, since, not_before, dated, {on_word}
FROM delivery"""
_JOURNAL = "SELECT number, key, at, before, after, attempts, code, reply FROM journal"


def upgrade(database: sqlite3.Connection, now: int) -> None:
    """From form 1 to this one, within one transaction of the caller's. now: the form that it has. Raises sqlite3.Error."""
    if now == VERSION:
        return
    for order in _FORM_2:
        database.execute(order)
    database.execute("INSERT INTO identity VALUES (?)", (secrets.token_hex(16),))


def empty() -> bytes:
    """The file of a ledger with nothing in it."""
    made = sqlite3.connect(":memory:")
    try:
        made.executescript(_FORM_1)
        made.executemany("INSERT INTO way VALUES (?, ?)", [(one.value, other.value) for one, other in _WAYS])
        upgrade(made, 1)
        made.commit()
        # Pragmas take no parameters.
        made.execute(f"PRAGMA application_id = {APPLICATION}")
        return made.serialize()
    finally:
        made.close()


def form(database: sqlite3.Connection) -> int:
    """Which form a ledger has."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def identity(database: sqlite3.Connection) -> str | None:
    """What tells this ledger from all others, and is the same in its copies; None in one of form 1. Raises sqlite3.Error, and ValueError where it is none."""
    if form(database) == 1:
        return None
    found = database.execute("SELECT id FROM identity").fetchall()
    if len(found) != 1:
        raise ValueError("it has no identity")
    return str(found[0][0])


def add(database: sqlite3.Connection, new: Delivery, since: str) -> None:
    """A new delivery, queued; one that is known stays as it is. since: as in the table; its date is still to be set."""
    database.execute(
        """INSERT INTO delivery (key, message, draft, checksum, audience, address, part, parts, copy, state, since, dated)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, '') ON CONFLICT (key) DO NOTHING""",
        (*astuple(new), since),
    )


def entries(database: sqlite3.Connection) -> tuple[Entry, ...]:
    """All, in the order in which they were first queued. Raises sqlite3.Error, and ValueError where a row says what no ledger does."""
    return tuple(_entry(*row) for row in database.execute(f"{_deliveries(database)} ORDER BY number"))


def entry(database: sqlite3.Connection, key: str) -> Entry | None:
    """One; None where it was never queued. Raises as entries does."""
    row = database.execute(f"{_deliveries(database)} WHERE key = ?", (key,)).fetchone()
    return None if row is None else _entry(*row)


def journal(database: sqlite3.Connection) -> tuple[Change, ...]:
    """Every change, the oldest first. Raises as entries does."""
    return tuple(_change(*row) for row in database.execute(f"{_JOURNAL} ORDER BY number"))


def last_begun(database: sqlite3.Connection) -> Change | None:
    """The last line of the journal that says that a message may be on its way; None for none. Raises as entries does."""
    row = database.execute(
        f"{_JOURNAL} WHERE after = ? ORDER BY number DESC LIMIT 1", (State.SENDING.value,)
    ).fetchone()
    return None if row is None else _change(*row)


def _deliveries(database: sqlite3.Connection) -> str:
    return _ALL.format(on_word="0" if form(database) == 1 else "on_word")


def _change(number: int, key: str, at: str, before: str | None, after: str, *rest: Any) -> Change:
    return Change(
        number, key, datetime.fromisoformat(at), State(before) if before else None, State(after), *rest
    )


def _entry(*row: Any) -> Entry:
    *told, state, attempts, code, reply, since, not_before, dated, on_word = row
    return Entry(
        Delivery(*told),
        State(state),
        attempts,
        code,
        reply,
        datetime.fromisoformat(since),
        datetime.fromisoformat(not_before) if not_before else None,
        datetime.fromisoformat(dated),
        bool(on_word),
    )
