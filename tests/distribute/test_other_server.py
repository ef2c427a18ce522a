"""Messages arrive byte by byte at a server that others wrote, protected and logged in."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from briefpack.distribute.delivery import BEYOND_LIMIT, Login, Pace, Tally
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.sender import deliver
from briefpack.distribute.smtp import connect
from briefpack.distribution import Security, Server
from tests.distribute.aio_server import LIMIT, PASSWORD, USER
from tests.distribute.scripted import LIST, authority
from tests.distribute.test_sender import MESSAGE, job


@dataclass(frozen=True)
class Other:
    port: int
    folder: Path

    def got(self, number: int) -> tuple[bytes, dict[str, Any]]:
        return (self.folder / f"{number}.eml").read_bytes(), json.loads(
            (self.folder / f"{number}.json").read_text(encoding="utf-8")
        )


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Other]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority(tmp_path).file))
    folder = tmp_path / "box"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.distribute.aio_server", str(folder), str(tmp_path / "server.pem")],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield Other(int(process.stdout.readline()), folder)
        process.kill()


def sent(other: Other, path: Path, *jobs: Any, said: str = PASSWORD) -> Tally:
    server = Server(
        "localhost", other.port, Security.STARTTLS, verify=True, rate=None, timeout=10, where=LIST
    )
    with Ledger(path) as ledger:
        ledger.queue([each for job in jobs for each in job.deliveries])
        return deliver(
            jobs, ledger, partial(connect, server, Login(USER, said)), Pace(tries=1), lambda *_: None
        )


def test_messages_arrive_as_they_are(other: Other, tmp_path: Path) -> None:
    dotted = MESSAGE + b".\r\n..\r\n. a\r\n\r\n" + b"x" * 900 + b"\r\n.\r\n"
    foreign = MESSAGE.replace(b"anna", "анна".encode())
    jobs = (
        job("anna", "kwame", message=dotted),
        job("анна@example.int", message=foreign),
        job("large", message=MESSAGE + b"words\r\n" * LIMIT),
    )
    tally = sent(other, tmp_path / "visit" / "ledger.sqlite3", *jobs)
    assert [each.key for each in tally.sent] == ["anna", "kwame", "анна@example.int"]
    assert [each.reply for each in tally.refused] == [
        f"{BEYOND_LIMIT}: {len(MESSAGE) + 7 * LIMIT} bytes, and it takes {LIMIT} at most"
    ]
    content, told = other.got(1)
    assert content == dotted
    assert told == {
        "from": "desk@example.int",
        "to": ["anna@example.int", "kwame@example.int"],
        "options": [f"SIZE={len(dotted)}"],
        "tls": True,
        "hello": "[127.0.0.1]",
    }
    content, told = other.got(2)
    assert content == foreign
    assert told["to"] == ["анна@example.int"]
    assert told["options"] == [f"SIZE={len(foreign)}", "SMTPUTF8", "BODY=8BITMIME"]


def test_a_wrong_password_ends_the_run_and_nothing_is_sent(other: Other, tmp_path: Path) -> None:
    tally = sent(other, tmp_path / "visit" / "ledger.sqlite3", job("anna"), said="guessed")
    assert tally.stopped is not None
    assert tally.stopped.message.endswith("it refused the login (535)")
    assert tally.stopped.where == LIST
    assert [each.key for each in tally.queued] == ["anna"]
    assert list(other.folder.iterdir()) == []
