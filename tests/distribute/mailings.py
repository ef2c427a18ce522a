"""What the experiment sends and by whom: small messages of its own, or the drafts of a pack by all that `mail send` does; servers and senders are processes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from briefpack.distribute import smtp
from briefpack.distribute.delivery import Delivery, Job, Pace, Tally
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.sender import deliver
from briefpack.distribution import Security, Server
from briefpack.errors import BriefpackError, ExitCode, Where

PACE = Pace(rate=None, tries=3, wait=0.01, growth=2.0)
FATE = 1
"""How many times as long the answer to a message is waited for as another: some never come."""
DONE, EARLY, BUSY = 0, 3, int(ExitCode.BUSY)

Hook = Callable[[], None]


class Mailing(Protocol):
    """ledger: where it is. addresses: of all readers, each once."""

    @property
    def ledger(self) -> Path: ...

    @property
    def addresses(self) -> list[str]: ...

    def send(self, port: int, ready: Hook) -> int:
        """What a sending process does, from its beginning to its end; its exit code. ready: is called whenever a message is begun."""


@dataclass(frozen=True)
class Drafts:
    """folder: of the drafts and the ledger. groups: the addresses of each message."""

    folder: Path
    groups: tuple[tuple[str, ...], ...]

    @property
    def ledger(self) -> Path:
        return self.folder / "sent" / "ledger.sqlite3"

    @property
    def addresses(self) -> list[str]:
        return [each for group in self.groups for each in group]

    def send(self, port: int, ready: Hook, timeout: int = 5) -> int:
        where = Where(Path("list.yaml"))
        server = Server(
            "127.0.0.1", port, Security.NONE, verify=True, rate=None, timeout=timeout, where=where
        )
        jobs = self.jobs()
        try:
            with Ledger(self.ledger) as ledger:
                ledger.queue([each for job in jobs for each in job.deliveries])
                connect = partial(smtp.connect, server, None)
                return _code(deliver(jobs, ledger, connect, PACE, lambda *_: ready()))
        except BriefpackError as error:
            return int(error.exit_code)

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


@dataclass(frozen=True)
class DraftedPack:
    """root: of a project whose only pack has been drafted to these addresses."""

    root: Path
    addresses: list[str]

    @property
    def ledger(self) -> Path:
        return self.root / "sent" / "visit" / "ledger.sqlite3"

    def send(self, port: int, ready: Hook) -> int:
        from briefpack.pipeline.prepare import Order
        from briefpack.pipeline.sending import Wish, send

        def progress(what: str, _done: int, _of: int) -> None:
            if what.startswith("sending"):
                ready()

        environ = {"BRIEFPACK_SMTP_PORT": str(port)}
        try:
            sent = send(
                self.root / "sources" / "visit",
                Order(),
                Wish(),
                environ=environ,
                agree=lambda _: True,
                progress=progress,
                pace=PACE,
            )
        except BriefpackError as error:
            return int(error.exit_code)
        return DONE if sent.tally is None else _code(sent.tally)


def _code(tally: Tally) -> int:
    return EARLY if tally.stopped or tally.interrupted else DONE


def key_of(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:40]


def _draft(number: int, group: Sequence[str]) -> bytes:
    head = f"From: desk@example.int\r\nTo: {', '.join(group)}\r\nMessage-ID: <m{number}@example.int>\r\n"
    return head.encode() + b"Subject: Your pack\r\n\r\n.a line with a dot\r\n" + b"words\r\n" * 300 + b".\r\n"


def _kinds(number: int, chance: random.Random) -> list[str]:
    return chance.choices(["reader", "grey", "full", "none"], [84, 10, 3, 3], k=number)


def made_mailing(folder: Path, deliveries: int, chance: random.Random) -> Drafts:
    """A third of the readers stand in messages with others."""
    groups: list[tuple[str, ...]] = []
    number = 0
    while number < deliveries:
        size = min(chance.randrange(2, 9) if chance.random() < 0.1 else 1, deliveries - number)
        kinds = _kinds(size, chance)
        groups.append(tuple(f"{kind}-{number + n}@example.int" for n, kind in enumerate(kinds)))
        number += size
    mailing = Drafts(folder, tuple(groups))
    mailing.write()
    return mailing


def made_pack(folder: Path, deliveries: int, chance: random.Random) -> DraftedPack:
    """A pack with two audiences, built and drafted: of the one, each reader has a message of his own, those of the other stand in one together."""
    from briefpack.pipeline import build, no_progress
    from briefpack.pipeline.dispatch import draft
    from briefpack.pipeline.prepare import Order
    from tests.conftest import NOTES, PACK, PROGRAMME, Project

    made = Project(folder, folder / "sources" / "visit")
    made.write("pack.yaml", PACK + "    distribution: list.yaml\n")
    made.write("sections/01-programme.yaml", PROGRAMME)
    made.write("sections/02-notes.yaml", NOTES)
    (folder / "styles").mkdir()
    addresses = [f"{kind}-{n}@example.int" for n, kind in enumerate(_kinds(deliveries, chance))]
    own = deliveries * 4 // 5
    lines = [
        "server: {host: 127.0.0.1, port: 25, security: none, rate: 100000, timeout: 5}",
        "sender: Protocol <protocol@example.int>",
        "audiences: {desk: {body: 'Dear {name}, {attachments}'}}",
        "groups:",
        "  desk:",
        "    audience: desk",
        "    people:",
        *(f"      - {{name: Reader {n}, address: {each}}}" for n, each in enumerate(addresses[:own])),
        "  press:",
        "    audience: press",
        "    people:",
        *(f"      - {each}" for each in addresses[own:]),
    ]
    made.write("list.yaml", "\n".join(lines) + "\n")
    build(made.pack, Order())
    draft(made.pack, Order(), no_progress)
    return DraftedPack(folder, addresses)


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
