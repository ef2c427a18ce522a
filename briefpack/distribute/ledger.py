"""The memory of what was sent to whom: a database that is on the disk before a message may be sent and as soon as its fate is known, so that no end of a run makes it forget.

Sending exactly once is impossible (RFC 1047): a connection can end between the server's taking a message and its saying so. What is kept here is that nothing is sent twice
without a person's word: a delivery that was under way when a run ended is uncertain, and stays so until somebody says that it has arrived, that it has not, or that it is
to be sent again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from briefpack.distribute import ledger_schema as schema
from briefpack.distribute.delivery import Change, Delivery, Entry, Outcome, State
from briefpack.distribute.ledger_file import located, make, open_database, prepare
from briefpack.errors import BriefpackError, ExitCode, Where, failure
from briefpack.folder_lock import hold

LEDGER_NAME = "ledger.sqlite3"
CUT_OFF = "the run that was sending it ended before the server's answer was written down"
LOCK_NAME = ".ledger.lock"
"""Not the folder's own: who writes beside the ledger need not wait for a long sending."""
_ON_PURPOSE = {
    State.UNCERTAIN: "to be sent again, although it may have arrived",
    State.SENT: "to be sent again, although it was sent",
}
_ARRIVED = "somebody said that it has arrived"
_LOST = "somebody said that it has not arrived"
_ONCE_MORE = "to be tried again, although it was refused"
_OPEN_TO_DRAFTS = frozenset({State.QUEUED, State.REFUSED, State.WITHDRAWN})


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """The ledger of a pack, open for one run at a time: a context manager, and inside it everything is on the disk when a method returns.

    Entering takes the lock of the file's folder, makes the file where there is none, and calls uncertain what an earlier run left as `sending`. It raises
    BriefpackError: BUSY while another run has it, OUTPUT where the file is damaged, is none, is of a newer briefpack or cannot be written; it is then as it was.
    Methods raise BriefpackError (OUTPUT) where the disk fails.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime] = _now,
        begun: Callable[[Ledger], None] | None = None,
    ) -> None:
        """now: the time, UTC. begun: is called when something is `sending`, and before a byte of it goes; where it raises BriefpackError, nothing goes."""
        self.path = path
        self._now, self._begun = now, begun
        self._database: sqlite3.Connection | None = None
        self._interrupted: tuple[Entry, ...] = ()
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            stack.enter_context(hold(self.path.parent, "send", "sending", LOCK_NAME, fixed=True))
            if not os.path.lexists(self.path):
                make(self.path)
            self._database = stack.enter_context(contextlib.closing(open_database(self.path)))
            with located(self.path):
                prepare(self._database, self.path)
            self._interrupted = self._call_uncertain()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database = None
        self._stack.close()

    @property
    def interrupted(self) -> tuple[Entry, ...]:
        """Those that were under way when an earlier run ended; they have become uncertain."""
        return self._interrupted

    # ----------------------------------------------------------------------- what is known

    def entries(self) -> tuple[Entry, ...]:
        """All deliveries, in the order in which they were first queued."""
        with located(self.path):
            return schema.entries(self._open)

    def entry(self, key: str) -> Entry | None:
        """One; None where it was never queued."""
        with located(self.path):
            return schema.entry(self._open, key)

    def journal(self) -> tuple[Change, ...]:
        """Every change of a state, the oldest first."""
        with located(self.path):
            return schema.journal(self._open)

    @property
    def identity(self) -> str:
        """What tells this ledger from all others; its copies have the same."""
        with located(self.path):
            return schema.identity(self._open) or ""

    def last_begun(self) -> Change | None:
        """The last line of the journal that says that a message may be on its way; None for none."""
        with located(self.path):
            return schema.last_begun(self._open)

    # ----------------------------------------------------------------------- what is to be done

    def queue(self, deliveries: Collection[Delivery]) -> None:
        """New ones and withdrawn ones are queued. Those that are queued or refused stay so, and are known by their new draft; nothing else is touched."""
        known = {each.key: each for each in self.entries()}
        new = [each for each in deliveries if each.key not in known]
        drafted = [
            (each, known[each.key])
            for each in deliveries
            if each.key in known and known[each.key].state in _OPEN_TO_DRAFTS
        ]
        changed = [
            (each, entry)
            for each, entry in drafted
            if entry.delivery != each or entry.state is State.WITHDRAWN
        ]
        if not new and not changed:
            return
        with self._writing() as database:
            for each in new:
                self._add(database, each)
            for each, entry in changed:
                database.execute(
                    "UPDATE delivery SET message = ?, draft = ?, checksum = ?, address = ?, copy = ? WHERE key = ?",
                    (each.message, each.draft, each.checksum, each.address, each.copy, each.key),
                )
                if entry.delivery.checksum != each.checksum or entry.state is State.WITHDRAWN:
                    self._date(database, each.key)
                self._move(database, each.key, State.WITHDRAWN, Outcome(State.QUEUED, None, ""))

    def withdraw(self, keys: Iterable[str], why: str) -> None:
        """What is queued or refused is no longer meant to be sent; others are left alone."""
        with self._writing() as database:
            for key in keys:
                for state in (State.QUEUED, State.REFUSED):
                    self._move(database, key, state, Outcome(State.WITHDRAWN, None, why))

    def retry(self, keys: Iterable[str]) -> None:
        """What was refused is queued again; others are left alone."""
        with self._writing() as database:
            for key in keys:
                self._move(database, key, State.REFUSED, Outcome(State.QUEUED, None, _ONCE_MORE))

    def resend(self, keys: Iterable[str]) -> None:
        """What is uncertain, or sent, is queued again, because somebody said so; others are left alone."""
        with self._writing() as database:
            for key in keys:
                for state, words in _ON_PURPOSE.items():
                    if self._move(database, key, state, Outcome(State.QUEUED, None, words)):
                        self._date(database, key)

    def settle(self, arrived: Iterable[str], lost: Iterable[str]) -> None:
        """What is uncertain is sent, or queued again, because somebody said that it has arrived or has not; others are left alone.

        What a server was asked to take, and is queued, may have arrived all the same: he who was said to lack it may have found it.
        """
        asked = {each.key: each.state for each in self.entries() if each.attempts}
        with self._writing() as database:
            for key in arrived:
                if asked.get(key) in {State.UNCERTAIN, State.QUEUED}:
                    self._move(database, key, asked[key], Outcome(State.SENT, None, _ARRIVED), on_word=True)
            for key in lost:
                if self._move(database, key, State.UNCERTAIN, Outcome(State.QUEUED, None, _LOST)):
                    self._date(database, key)

    # ----------------------------------------------------------------------- what a run of sending writes

    def begin(self, keys: Iterable[str]) -> None:
        """From now on their bytes may be on their way: all of them were queued, and are `sending`. Raises BriefpackError (BUSY) with nothing changed where one was not."""
        together = tuple(keys)
        with self._writing() as database:
            for key in together:
                if not self._move(database, key, State.QUEUED, Outcome(State.SENDING, None, ""), asked=1):
                    raise failure(
                        "somebody else changed the ledger while messages were sent",
                        code=ExitCode.BUSY,
                        where=Where(self.path),
                        hint="see that nothing else writes to it, then send again",
                    )
        if self._begun is None:
            return
        try:
            self._begun(self)
        except BriefpackError as error:
            why = "; ".join(each.message for each in error.diagnostics)
            self.end({key: Outcome(State.QUEUED, None, why) for key in together})
            raise

    def end(self, outcomes: Mapping[str, Outcome]) -> None:
        """What became of those that were `sending`, by key."""
        with self._writing() as database:
            for key, outcome in outcomes.items():
                self._move(database, key, State.SENDING, outcome)

    def answer(self, outcomes: Mapping[str, Outcome], *, asked: bool = True) -> None:
        """What the server said of queued ones before any of their bytes were sent, by key. asked: whether that was an attempt."""
        if not outcomes:
            return
        with self._writing() as database:
            for key, outcome in outcomes.items():
                self._move(database, key, State.QUEUED, outcome, asked=int(asked))

    def note(self, keys: Iterable[str], why: str) -> None:
        """Why queued ones stay queued although no server was asked."""
        with self._writing() as database:
            for key in keys:
                self._move(database, key, State.QUEUED, Outcome(State.QUEUED, None, why))

    # ----------------------------------------------------------------------- how it is written

    @property
    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            raise RuntimeError("the ledger is not open")
        return self._database

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and on the disk at the end."""
        database = self._open
        with located(self.path):
            try:
                if database.in_transaction:
                    # Ctrl-C can come between two lines of this.
                    database.execute("ROLLBACK")
                database.execute("BEGIN IMMEDIATE")
                yield database
                database.execute("COMMIT")
            except BaseException:
                # Where the disk is full, the database has rolled back by itself.
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise

    def _move(
        self,
        database: sqlite3.Connection,
        key: str,
        before: State,
        outcome: Outcome,
        asked: int = 0,
        *,
        on_word: bool = False,
    ) -> bool:
        """Whether it was in the one state and is now in the other. asked: how many attempts that was."""
        done = database.execute(
            """UPDATE delivery SET state = ?, attempts = attempts + ?, code = ?, reply = ?, since = ?, not_before = ?, on_word = ?
            WHERE key = ? AND state = ?""",
            (
                outcome.state.value,
                asked,
                outcome.code,
                outcome.reply,
                self._stamp(),
                outcome.not_before and outcome.not_before.isoformat(timespec="milliseconds"),
                on_word,
                key,
                before.value,
            ),
        )
        return bool(done.rowcount)

    def _add(self, database: sqlite3.Connection, new: Delivery) -> None:
        schema.add(database, new, self._stamp())
        self._date(database, new.key)

    def _date(self, database: sqlite3.Connection, key: str) -> None:
        date = self._now().isoformat(timespec="seconds")
        database.execute("UPDATE delivery SET dated = ? WHERE key = ?", (date, key))

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="milliseconds")

    def _call_uncertain(self) -> tuple[Entry, ...]:
        left = [each.key for each in self.entries() if each.state is State.SENDING]
        self.end({key: Outcome(State.UNCERTAIN, None, CUT_OFF) for key in left})
        return tuple(each for each in self.entries() if each.key in set(left))
