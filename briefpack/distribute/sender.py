"""Messages that are queued in a ledger → a mail server, one after the other, and what became of each of them into the ledger: before a byte of it may arrive, and as soon as
its fate is known.

What an answer means is RFC 5321's word: a positive one after the end of a message is its acceptance (4.2.5), a message whose end was never sent is not delivered (4.1.1.4), and
where the connection ends in between, nobody knows. Then it is not sent again, unless somebody says so.
"""

from __future__ import annotations

import hashlib
import heapq
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from briefpack.distribute.brake import Brake
from briefpack.distribute.delivery import Delivery, Entry, Job, Outcome, Pace, State, Tally
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.smtp import Session, UnreachableError
from briefpack.distribute.transaction import End, Result, Transaction, unfit
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Severity

Progress = Callable[[str, int, int], None]
"""What is done, how many deliveries are done with, and of how many."""

MOST_READERS = 100
"""Readers of one transaction, which every server takes (RFC 5321, 4.5.3.1.8)."""
_MOST_LOST = 5
"""Messages in a row whose connection was lost: a server that takes none, or whose answers never arrive, must not be given all of them."""
_MOST_WITHOUT_SENDER = 3
"""Messages in a row whose sender was refused: the others would be as well."""
_IDLE = 20.0
"""Seconds of waiting before which a session is ended: servers do not like to be kept waiting."""
_WORTH_TELLING = 5.0
_CUT_OFF = "it was cut off with Ctrl-C, while its fate was written down"


class Clock:
    """Time as a run of sending needs it."""

    def now(self) -> datetime:
        """UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Since some moment; never set back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Ctrl-C ends it."""
        time.sleep(seconds)

    def chance(self) -> float:
        """From 0 to 1."""
        return random.SystemRandom().random()


def deliver(
    jobs: Sequence[Job],
    ledger: Ledger,
    connect: Callable[[], Session],
    pace: Pace,
    progress: Progress,
    *,
    clock: Clock | None = None,
) -> Tally:
    """Send what is queued of these jobs, all of whose deliveries are in the ledger. connect: as smtp.connect, with its server; it is called again where a connection ended.

    Everything ends in the tally: what was refused, what is uncertain, what is left, and why the run ended early where it did. Ctrl-C lets the message that is under way
    be finished; a second one cuts it off, and its fate is uncertain where its end was sent already. Only a fault of the ledger raises (BriefpackError, OUTPUT): then what
    it has not on record is uncertain when it is opened again.
    """
    return _Run(jobs, ledger, connect, pace, progress=progress, clock=clock or Clock()).run()


@dataclass(order=True, slots=True)
class _Task:
    """Some readers of a message. due: when it is tried, in seconds of the clock. tries: how often it was within this run."""

    due: float
    number: int
    job: Job = field(compare=False)
    deliveries: tuple[Delivery, ...] = field(compare=False)
    tries: int = field(compare=False, default=0)


class _StopError(Exception):
    """The run ends early."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.message)


class _Run:
    def __init__(
        self,
        jobs: Sequence[Job],
        ledger: Ledger,
        connect: Callable[[], Session],
        pace: Pace,
        *,
        progress: Progress,
        clock: Clock,
    ) -> None:
        self.ledger, self.connect, self.pace = ledger, connect, pace
        self.progress, self.clock = progress, clock
        self.known = {each.key: each for each in ledger.entries()}
        listed = dict.fromkeys(each.key for job in jobs for each in job.deliveries)
        self.before = tuple(self.known[key] for key in listed if self.known[key].state is not State.QUEUED)
        self.wanted = tuple(key for key in listed if self.known[key].state is State.QUEUED)
        self.left = 0
        self.numbers = count()
        self.tasks: list[_Task] = []
        waiting = set(self.wanted)
        for job in jobs:
            mine = [each for each in job.deliveries if each.key in waiting]
            waiting.difference_update(each.key for each in mine)
            for begin in range(0, len(mine), MOST_READERS):
                self.push(job, mine[begin : begin + MOST_READERS], clock.seconds(), 0)
        self.session: Session | None = None
        self.is_first = True
        self.slot = clock.seconds()
        self.lost = self.without_sender = 0

    def run(self) -> Tally:
        stopped: Diagnostic | None = None
        interrupted = False
        brake = Brake(lambda: self.tell("finishing the message that is under way; Ctrl-C again cuts it off"))
        with brake:
            try:
                while self.tasks:
                    self.take(brake)
                self.end_session()
            except _StopError as stop:
                stopped = stop.diagnostic
            except KeyboardInterrupt:
                interrupted = True
            finally:
                if self.session is not None:
                    self.session.close()
            if stopped or interrupted:
                self.note_left("the run was stopped before" if stopped is None else stopped.message)
        return self.tally(stopped, interrupted)

    def note_left(self, why: str) -> None:
        """Of those that this run did not get to; the others have their own reasons. What was cut off while it was written down is uncertain."""
        now = {each.key: each for each in self.ledger.entries()}
        under_way = [key for key in self.wanted if now[key].state is State.SENDING]
        self.ledger.end({key: Outcome(State.UNCERTAIN, None, _CUT_OFF) for key in under_way})
        self.ledger.note((key for key in self.wanted if now[key].attempts == self.known[key].attempts), why)

    def tally(self, stopped: Diagnostic | None, interrupted: bool) -> Tally:
        now = {each.key: each for each in self.ledger.entries()}

        def of(state: State) -> tuple[Entry, ...]:
            return tuple(now[key] for key in self.wanted if now[key].state is state)

        return Tally(
            of(State.SENT),
            of(State.REFUSED),
            of(State.UNCERTAIN),
            of(State.QUEUED),
            self.before,
            stopped,
            interrupted,
        )

    # ----------------------------------------------------------------------- one task

    def take(self, brake: Brake) -> None:
        """The task that is due first. It is taken off the heap only when its fate is in the ledger, so that what is left is told of."""
        self.wait(max(self.tasks[0].due, self.slot) - self.clock.seconds(), "waiting")
        session = self.open()
        task = self.tasks[0]
        message = self.message(task)
        if message is None:
            self.pop()
            return
        self.slot = self.clock.seconds() + (60 / self.pace.rate if self.pace.rate else 0)
        self.tell(f"sending {task.deliveries[0].draft}")
        pause = self.pause(task.tries)
        transaction = Transaction(
            session,
            self.ledger,
            brake,
            sender=task.job.sender,
            message=message,
            not_before=self.clock.now() + timedelta(seconds=pause),
        )
        result = transaction.run(task.deliveries)
        self.pop()
        self.again(task, result, pause)

    def message(self, task: _Task) -> bytes | None:
        """What is transmitted; None where the draft is not what it was, which is noted."""
        try:
            draft = task.job.read()
            digest = hashlib.sha256(draft).hexdigest()
            if any(each.checksum != digest for each in task.deliveries):
                why: str | None = "the draft has changed since it was made: draft it again"
            else:
                message = task.job.form(draft)
                why = unfit(message)
        except OSError as error:
            why = f"the draft cannot be read: {error.strerror or error}"
        except BriefpackError as error:
            why = "; ".join(each.message for each in error.diagnostics)
        if why is None:
            return message
        self.ledger.note((each.key for each in task.deliveries), why)
        return None

    def again(self, task: _Task, result: Result, pause: float) -> None:
        """What the end of a transaction means for the rest of the run."""
        of_key = {each.key: each for each in task.deliveries}
        for keys in (result.alone, result.at_once):  # Together they were too many.
            self.push(task.job, [of_key[key] for key in keys], self.clock.seconds(), task.tries)
        if task.tries + 1 < self.pace.tries:
            due = self.clock.seconds() + pause
            self.push(task.job, [of_key[key] for key in result.later], due, task.tries + 1)
        if result.end is not End.STALE:
            self.lost = self.lost + 1 if result.end is End.LOST else 0
        self.without_sender = self.without_sender + 1 if result.end is End.SENDER else 0
        if result.end is End.LOGIN:
            raise _stop(
                f"the mail server takes no message without a login: {result.why}",
                "say who logs in, or see that user and password are those of the sender",
            )
        if self.lost >= _MOST_LOST:
            raise _stop(
                f"the connection was lost during {self.lost} messages in a row: {result.why}",
                "see what ails the server or the line, then send again",
            )
        if self.without_sender >= _MOST_WITHOUT_SENDER:
            raise _stop(
                f"the mail server takes no messages from {task.job.sender}: {result.why}",
                "see who may send there; then try those again that were refused",
            )

    def pop(self) -> None:
        self.left -= len(heapq.heappop(self.tasks).deliveries)

    def push(self, job: Job, deliveries: Sequence[Delivery], due: float, tries: int) -> None:
        if deliveries:
            self.left += len(deliveries)
            heapq.heappush(self.tasks, _Task(due, next(self.numbers), job, tuple(deliveries), tries))

    # ----------------------------------------------------------------------- the session, and time

    def open(self) -> Session:
        """A session that is open as far as one can know."""
        if self.session is not None and not self.session.is_over:
            return self.session
        tries = 0
        while True:
            try:
                self.session = self.connect()
            except UnreachableError as error:
                tries += 1
                # Who starts a run whose server cannot be found at all is told so, rather than kept waiting.
                if tries >= self.pace.tries or (self.is_first and error.code is None):
                    raise _stop(
                        f"the mail server cannot be reached: {error}",
                        "see that it runs and is called so, then send again",
                    ) from error
                self.wait(self.pause(tries - 1), str(error))
            except BriefpackError as error:
                raise _StopError(error.diagnostics[0]) from error
            else:
                self.is_first = False
                return self.session

    def end_session(self) -> None:
        if self.session is not None:
            self.session.quit()
            self.session = None

    def pause(self, tries: int) -> float:
        """Seconds before another try; tries: how many there were before this one."""
        seconds = min(self.pace.wait * self.pace.growth**tries, self.pace.longest)
        return seconds * (0.75 + self.clock.chance() / 2)

    def wait(self, seconds: float, why: str) -> None:
        if seconds > _IDLE:
            self.end_session()
        if seconds > 0:
            if seconds >= _WORTH_TELLING:
                self.tell(f"{why}: {seconds:.0f} s")
            self.clock.sleep(seconds)

    def tell(self, what: str) -> None:
        self.progress(what, len(self.wanted) - self.left, len(self.wanted))


def _stop(message: str, hint: str) -> _StopError:
    return _StopError(Diagnostic(Severity.ERROR, None, message, hint, ExitCode.MAIL))
