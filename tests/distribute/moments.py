"""A sender is killed at each of its steps, one after the other: every order to its database, every line to and from the server, and the middle of what it sends."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

from briefpack.distribute import ledger as ledger_module
from briefpack.distribute.delivery import State
from briefpack.distribute.ledger_look import look
from briefpack.distribute.smtp_wire import Wire
from tests.distribute.judging import Figures, judge
from tests.distribute.mailings import DONE, Drafts, Hook, mail_server, start, taken, wait_for

MOST_MOMENTS = 3000


class Tripwire:
    """Kills its process at the nth of the moments that it is told of."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


class WiredDatabase:
    """A connection to a database whose every order is a moment, before and after it."""

    def __init__(self, database: Any, hook: Hook) -> None:
        self._database, self._hook = database, hook

    def execute(self, *order: Any) -> Any:
        self._hook()
        result = self._database.execute(*order)
        self._hook()
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


def wire(hook: Hook) -> None:
    """In this process every order to the database and every line to and from the server is a moment, and so is the middle of what is sent."""
    opened, sent, heard = ledger_module.open_database, Wire.send, Wire.reply  # type: ignore[attr-defined]

    def wired_open(path: Path) -> Any:
        return WiredDatabase(opened(path), hook)

    def wired_send(self: Wire, content: bytes) -> None:
        hook()
        half = len(content) // 2
        sent(self, content[:half])
        hook()
        sent(self, content[half:])
        hook()

    def wired_reply(self: Wire, wait: float | None = None) -> Any:
        reply = heard(self, wait)
        hook()
        return reply

    ledger_module.open_database = wired_open  # type: ignore[attr-defined,assignment]
    Wire.send, Wire.reply = wired_send, wired_reply  # type: ignore[method-assign]


def every_moment(folder: Path, step: int) -> Figures:
    """A small mailing, whose sender is killed at its first moment; another one, at its second; until one gets through. folder: empty.

    step: 1 for every moment, more to leave some out.
    """
    figures = Figures()
    began = time.monotonic()
    log = folder / "taken.jsonl"
    with mail_server(log, 0, 0.0) as port:
        for at in range(1, MOST_MOMENTS, step):
            here = folder / str(at)
            here.mkdir()
            names = ("reader-a", "none-b", "grey-c", "reader-d", "reader-e")
            one, two, three, four, five = (f"{name}{at}@example.int" for name in names)
            mailing = Drafts(here, ((one, two, three), (four,), (five,)))
            mailing.write()

            def killed(mailing: Drafts = mailing, at: int = at) -> int:
                wire(Tripwire(at))
                return mailing.send(port, lambda: None, timeout=60)

            figures.runs += 1
            figures.deliveries += 5
            code = wait_for(start(killed))
            figures.killed += code == -signal.SIGKILL
            figures.wrong += [f"moment {at}: {each}" for each in _at_once(mailing, log)]
            again = wait_for(start(lambda mailing=mailing: mailing.send(port, lambda: None, timeout=60)))  # type: ignore[misc]
            if code not in {DONE, -signal.SIGKILL} or again != DONE:
                figures.wrong.append(f"moment {at}: the senders ended with {code} and {again}")
            figures.wrong += [f"moment {at}: {each}" for each in judge(mailing, _of(mailing, log), Counter())]
            if code == DONE:
                break
    figures.taken = taken(log).total()
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


def _at_once(mailing: Drafts, log: Path) -> list[str]:
    """Right after a kill: what the server has taken is not called anything that would send it once more."""
    time.sleep(0.01)
    seen = look(mailing.ledger) if mailing.ledger.exists() else None
    states = {} if seen is None else {each.delivery.address: each.state for each in seen.entries}
    return [
        f"{address}: taken, and {states.get(address)} right after the kill"
        for address in _of(mailing, log)
        if states.get(address) not in {State.SENT, State.UNCERTAIN}
    ]


def _of(mailing: Drafts, log: Path) -> Counter[str]:
    wanted = set(mailing.addresses)
    return Counter({address: count for address, count in taken(log).items() if address in wanted})
