"""The experiment: many deliveries to a server that fails in every way, by senders that are killed at random moments, until all is done; then what the ledger says is held
against what the server took.

    python -m tests.mail_experiment --deliveries 1200 --seed 1

prints figures and what was wrong, as JSON, and ends with 1 where anything was. `--mutant` breaks the sender in one of the ways that such programs are broken; the experiment
must then find something, or it proves nothing. `--moments 1` kills a sender at each of its writes, commits and lines, one after the other.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from briefpack.distribute import ledger as ledger_module
from briefpack.distribute import smtp
from briefpack.distribute.delivery import Delivery, Job, Outcome, Pace, State
from briefpack.distribute.ledger import Ledger, look
from briefpack.distribute.sender import deliver
from briefpack.distribute.smtp_wire import Wire
from briefpack.distribution import Security, Server
from briefpack.errors import BriefpackError, ExitCode, Where

PACE = Pace(rate=None, tries=3, wait=0.01, growth=2.0)
FATE = 1
"""How many times as long the answer to a message is waited for as another: some never come."""
DONE, EARLY, BUSY = 0, 3, int(ExitCode.BUSY)
MOST_RUNS = 3000
ROUNDS = 3
"""How often somebody says that some of what is uncertain is to be sent again."""

Hook = Callable[[], None]


# --------------------------------------------------------------------------- what is sent, and by whom


@dataclass(frozen=True)
class Mailing:
    """folder: of the drafts and the ledger. groups: the addresses of each message."""

    folder: Path
    groups: tuple[tuple[str, ...], ...]

    @property
    def ledger(self) -> Path:
        return self.folder / "sent" / "ledger.sqlite3"

    @property
    def addresses(self) -> list[str]:
        return [each for group in self.groups for each in group]

    def write(self) -> None:
        for number, group in enumerate(self.groups):
            (self.folder / f"m{number}.eml").write_bytes(_draft(number, group))

    def jobs(self) -> list[Job]:
        made = []
        for number, group in enumerate(self.groups):
            path = self.folder / f"m{number}.eml"
            checksum = hashlib.sha256(_draft(number, group)).hexdigest()
            deliveries = tuple(
                Delivery(key_of(each), f"m{number}@example.int", path.stem, checksum, "desk", each)
                for each in group
            )
            made.append(Job("desk@example.int", deliveries, path.read_bytes, bytes))
        return made


def key_of(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:40]


def _draft(number: int, group: Sequence[str]) -> bytes:
    head = f"From: desk@example.int\r\nTo: {', '.join(group)}\r\nMessage-ID: <m{number}@example.int>\r\n"
    return head.encode() + b"Subject: Your pack\r\n\r\n.a line with a dot\r\n" + b"words\r\n" * 300 + b".\r\n"


def made_mailing(folder: Path, deliveries: int, chance: random.Random) -> Mailing:
    """A third of the readers stand in messages with others."""
    groups: list[tuple[str, ...]] = []
    number = 0
    while number < deliveries:
        size = min(chance.randrange(2, 9) if chance.random() < 0.1 else 1, deliveries - number)
        kinds = chance.choices(["reader", "grey", "full", "none"], [84, 10, 3, 3], k=size)
        groups.append(tuple(f"{kind}-{number + n}@example.int" for n, kind in enumerate(kinds)))
        number += size
    mailing = Mailing(folder, tuple(groups))
    mailing.write()
    return mailing


@contextlib.contextmanager
def mail_server(log: Path, seed: int, faults: float) -> Iterator[int]:
    """A server in a process of its own; gives its port."""
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.distribute.mail_server", str(log)),
            *("--seed", str(seed), "--faults", str(faults)),
        ],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()


def taken(log: Path) -> Counter[str]:
    """How often the server took a message for each address."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return Counter(address for line in lines for address in json.loads(line)["to"])


def send(mailing: Mailing, port: int, ready: Hook = lambda: None) -> int:
    """What a sending process does, from its beginning to its end. ready: is called whenever a message is begun."""
    server = Server(
        "127.0.0.1", port, Security.NONE, verify=True, rate=None, timeout=5, where=Where(Path("x"))
    )
    jobs = mailing.jobs()
    try:
        with Ledger(mailing.ledger) as ledger:
            ledger.queue([each for job in jobs for each in job.deliveries])
            tally = deliver(jobs, ledger, partial(smtp.connect, server, None), PACE, lambda *_: ready())
    except BriefpackError as error:
        return int(error.exit_code)
    return EARLY if tally.stopped or tally.interrupted else DONE


def start(work: Callable[[], int]) -> int:
    """A process of its own that ends with what its work gives; a fork, since starting a Python would take most of the time."""
    process = os.fork()
    if process:
        return process
    code = 99
    try:
        smtp._FATE = FATE
        code = work()
    except KeyboardInterrupt:
        code = EARLY
    finally:
        os._exit(code)


def wait_for(process: int) -> int:
    """Its exit code; negative: the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


# --------------------------------------------------------------------------- broken senders


def _written_after(ledger: type[Ledger]) -> None:
    """Everything is written when the answer is there, and nothing before."""
    begin, end = ledger.begin, ledger.end

    def late(self: Ledger, outcomes: dict[str, Outcome]) -> None:
        begin(self, [key for key in outcomes if _is(self, key, State.QUEUED)])
        end(self, outcomes)

    ledger.begin = lambda _self, _keys: None  # type: ignore[method-assign]
    ledger.end = late  # type: ignore[method-assign,assignment]


def _is(ledger: Ledger, key: str, state: State) -> bool:
    entry = ledger.entry(key)
    return entry is not None and entry.state is state


def _hopeful(ledger: type[Ledger]) -> None:
    """What was under way when a run ended is simply sent again."""

    def again(self: Ledger) -> tuple[()]:
        left = [each.key for each in self.entries() if each.state is State.SENDING]
        self.end({key: Outcome(State.QUEUED, None, "") for key in left})
        return ()

    ledger._call_uncertain = again  # type: ignore[method-assign]


def _impatient(ledger: type[Ledger]) -> None:
    """A connection that ends after the message is tried again like any other."""
    end = ledger.end

    def hasty(self: Ledger, outcomes: dict[str, Outcome]) -> None:
        hasty_outcomes = {
            key: Outcome(State.QUEUED, None, each.reply) if each.state is State.UNCERTAIN else each
            for key, each in outcomes.items()
        }
        end(self, hasty_outcomes)

    ledger.end = hasty  # type: ignore[method-assign,assignment]


def _boastful(ledger: type[Ledger]) -> None:
    """A message counts as sent when it is sent off."""
    begin, end = ledger.begin, ledger.end

    def early(self: Ledger, keys: Sequence[str]) -> None:
        begin(self, keys)
        end(self, {key: Outcome(State.SENT, 250, "") for key in keys})

    ledger.begin = early  # type: ignore[method-assign,assignment]


MUTANTS: dict[str, Callable[[type[Ledger]], None]] = {
    "written-after": _written_after,
    "hopeful": _hopeful,
    "impatient": _impatient,
    "boastful": _boastful,
}


# --------------------------------------------------------------------------- the experiment


@dataclass
class Figures:
    deliveries: int = 0
    runs: int = 0
    killed: int = 0
    interrupted: int = 0
    kept_out: int = 0
    stopped: int = 0
    resent: int = 0
    doubled_on_purpose: int = 0
    taken: int = 0
    states: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def experiment(folder: Path, deliveries: int, seed: int, faults: float, mutant: str = "") -> Figures:
    """folder: empty. faults: as the server has them."""
    chance = random.Random(seed)
    began = time.monotonic()
    mailing = made_mailing(folder, deliveries, chance)
    if mutant:
        MUTANTS[mutant](Ledger)
    figures = Figures(deliveries)
    resent: Counter[str] = Counter()
    log = folder / "taken.jsonl"
    with mail_server(log, seed, faults) as port:
        for number in range(ROUNDS):
            _run_until_done(mailing, port, chance, figures)
            if number + 1 < ROUNDS:
                _say_again(mailing, chance, resent)
        # The server may still be writing down what the last sender did not hear of.
        time.sleep(0.2)
    figures.resent = resent.total()
    figures.wrong += judge(mailing, taken(log), resent)
    counts = taken(log)
    figures.taken = counts.total()
    figures.doubled_on_purpose = sum(1 for each in counts.values() if each > 1)
    seen = look(mailing.ledger)
    assert seen is not None
    figures.states = dict(Counter(each.state.value for each in seen.entries))
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


def _run_until_done(mailing: Mailing, port: int, chance: random.Random, figures: Figures) -> None:
    for _ in range(MOST_RUNS):
        figures.runs += 1
        heard, said = os.pipe()
        process = start(lambda said=said: send(mailing, port, lambda: _said(said)))  # type: ignore[misc]
        os.close(said)
        # On a machine that has other things to do it takes its time to begin. Some die before.
        if chance.random() < 0.8:
            os.read(heard, 1)
        os.close(heard)
        time.sleep(chance.uniform(0.0, 0.1))
        if chance.random() < 0.15:
            # A second one, while the first may be at work.
            code = wait_for(start(lambda: send(mailing, port))) if _is_running(process) else DONE
            figures.kept_out += code == BUSY
        how = signal.SIGINT if chance.random() < 0.1 else signal.SIGKILL
        if _is_running(process):
            os.kill(process, how)
        code = wait_for(process)
        figures.killed += code == -signal.SIGKILL
        figures.interrupted += how == signal.SIGINT and code == EARLY
        figures.stopped += how == signal.SIGKILL and code == EARLY
        if code not in {DONE, EARLY, BUSY, -signal.SIGKILL, -signal.SIGINT}:
            figures.wrong.append(f"a sender ended with {code}")
        if code == DONE:
            return
    figures.wrong.append("the senders came to no end")


def _said(pipe: int) -> None:
    # Whoever does not listen any more has heard it.
    with contextlib.suppress(BrokenPipeError):
        os.write(pipe, b".")


def _is_running(process: int) -> bool:
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def _say_again(mailing: Mailing, chance: random.Random, resent: Counter[str]) -> None:
    """Half of what is uncertain is to be sent again, and all that was refused or put off is to be tried again."""
    with Ledger(mailing.ledger) as ledger:
        uncertain = [each for each in ledger.entries() if each.state is State.UNCERTAIN]
        chosen = [each for each in uncertain if chance.random() < 0.5]
        resent.update(each.delivery.address for each in chosen)
        ledger.resend(each.key for each in chosen)
        ledger.retry(each.key for each in ledger.entries() if each.state is State.REFUSED)


def judge(mailing: Mailing, counts: Counter[str], resent: Counter[str]) -> list[str]:
    """What is wrong: a reader who got a message twice without a word, or who got none and nobody knows, or a ledger that says something else than happened.

    counts: how often the server took each address's message. resent: how often somebody said that it is to be sent again.
    """
    seen = look(mailing.ledger)
    if seen is None:
        return ["there is no ledger"]
    wrong = []
    entries = {each.delivery.address: each for each in seen.entries}
    said = Counter(
        each.key for each in seen.journal if (each.before, each.after) == (State.UNCERTAIN, State.QUEUED)
    )
    wrong += [f"{each}: is not on record" for each in mailing.addresses if each not in entries]
    wrong += [f"{each}: the server took it, nobody meant to send it" for each in counts.keys() - entries]
    for address, entry in entries.items():
        count, again = counts[address], resent[address]
        if count > 1 + again:
            wrong.append(f"{address}: taken {count} times, and sent again on purpose {again} times")
        if said[entry.key] != again:
            wrong.append(
                f"{address}: the journal has {said[entry.key]} words of sending it again, not {again}"
            )
        if entry.state is State.SENT and not count:
            wrong.append(f"{address}: called sent, and never taken")
        if entry.state in {State.QUEUED, State.REFUSED} and count > again:
            wrong.append(f"{address}: called {entry.state.value}, and taken")
        if entry.state in {State.QUEUED, State.REFUSED} and not entry.reply:
            wrong.append(f"{address}: called {entry.state.value}, and nobody knows why")
        if entry.state in {State.SENDING, State.WITHDRAWN}:
            wrong.append(f"{address}: left as {entry.state.value}")
    last = {each.key: each.after for each in seen.journal}
    for entry in seen.entries:
        if last.get(entry.key) is not entry.state:
            wrong.append(f"{entry.delivery.address}: the journal ends otherwise than the ledger")
    return wrong


# --------------------------------------------------------------------------- every moment, one after the other


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
    opened, sent, heard = ledger_module.open_database, Wire.send, Wire.reply

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

    ledger_module.open_database = lambda path: WiredDatabase(opened(path), hook)  # type: ignore[assignment,return-value]
    Wire.send, Wire.reply = wired_send, wired_reply  # type: ignore[method-assign]


def every_moment(folder: Path, step: int, mutant: str = "") -> Figures:
    """A small mailing, whose sender is killed at its first moment; another one, at its second; until one gets through. folder: empty.

    step: 1 for every moment, more to leave some out.
    """
    figures = Figures()
    began = time.monotonic()
    log = folder / "taken.jsonl"
    if mutant:
        MUTANTS[mutant](Ledger)
    with mail_server(log, 0, 0.0) as port:
        for at in range(1, MOST_RUNS, step):
            here = folder / str(at)
            here.mkdir()
            names = ("reader-a", "none-b", "grey-c", "reader-d", "reader-e")
            one, two, three, four, five = (f"{name}{at}@example.int" for name in names)
            mailing = Mailing(here, ((one, two, three), (four,), (five,)))
            mailing.write()

            def killed(mailing: Mailing = mailing, at: int = at) -> int:
                wire(Tripwire(at))
                return send(mailing, port)

            figures.runs += 1
            figures.deliveries += 5
            code = wait_for(start(killed))
            figures.killed += code == -signal.SIGKILL
            figures.wrong += [f"moment {at}: {each}" for each in _at_once(mailing, log)]
            again = wait_for(start(lambda mailing=mailing: send(mailing, port)))  # type: ignore[misc]
            if code not in {DONE, -signal.SIGKILL} or again != DONE:
                figures.wrong.append(f"moment {at}: the senders ended with {code} and {again}")
            figures.wrong += [f"moment {at}: {each}" for each in judge(mailing, _of(mailing, log), Counter())]
            if code == DONE:
                break
    figures.taken = taken(log).total()
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


def _at_once(mailing: Mailing, log: Path) -> list[str]:
    """Right after a kill: what the server has taken is not called anything that would send it once more."""
    time.sleep(0.01)
    seen = look(mailing.ledger) if mailing.ledger.exists() else None
    states = {} if seen is None else {each.delivery.address: each.state for each in seen.entries}
    return [
        f"{address}: taken, and {states.get(address)} right after the kill"
        for address in _of(mailing, log)
        if states.get(address) not in {State.SENT, State.UNCERTAIN}
    ]


def _of(mailing: Mailing, log: Path) -> Counter[str]:
    wanted = set(mailing.addresses)
    return Counter({address: count for address, count in taken(log).items() if address in wanted})


def calm(folder: Path, deliveries: int) -> Figures:
    """One sender, in this process, that nobody kills, and a server that fails nobody: for who watches what it does."""
    mailing = made_mailing(folder, deliveries, random.Random(0))
    with mail_server(folder / "taken.jsonl", 0, 0.0) as port:
        code = send(mailing, port)
    figures = Figures(deliveries, runs=1, taken=taken(folder / "taken.jsonl").total())
    figures.wrong = judge(mailing, taken(folder / "taken.jsonl"), Counter()) + (
        [] if code == DONE else [f"ended with {code}"]
    )
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--deliveries", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.1)
    parser.add_argument("--mutant", choices=sorted(MUTANTS), default="")
    parser.add_argument("--moments", type=int, default=0, help="1: all, 5: every fifth")
    parser.add_argument("--calm", action="store_true", help="no kills, no faults")
    parser.add_argument("--folder", type=Path, help="where drafts and ledger go; a temporary one when absent")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        if asked.moments:
            figures = every_moment(Path(folder), asked.moments, asked.mutant)
        elif asked.calm:
            figures = calm(Path(folder), asked.deliveries)
        else:
            figures = experiment(Path(folder), asked.deliveries, asked.seed, asked.faults, asked.mutant)
    print(json.dumps(vars(figures), indent=2))
    return 1 if figures.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
