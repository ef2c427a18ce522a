"""What a server's answers mean for each reader, and that every message's fate is written down when it is known, and not guessed when it is not."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType
from unittest.mock import patch

import pytest

from briefpack.distribute.brake import Brake
from briefpack.distribute.delivery import BEYOND_ASCII, BEYOND_LIMIT, Delivery, Entry, Job, Pace, State, Tally
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.sender import Clock, deliver
from briefpack.distribute.smtp import connect
from briefpack.distribute.transaction import unfit
from briefpack.errors import BriefpackError, ExitCode, failure
from tests.distribute.scripted import Scripted

MESSAGE = b"Message-ID: <m@example.int>\r\nTo: anna@example.int\r\n\r\nHello\r\n"
NOON = datetime(2025, 4, 2, 12, tzinfo=UTC)
HELLO = """
    S: 220 hello
    C: EHLO
    S: 250 mail
"""
BEGUN = "C: MAIL FROM:<desk@example.int>\nS: 250 ok\n"
TAKEN = "C: DATA\nS: 354 go on\nBODY\nS: 250 taken\n"
BYE = "C: QUIT\nS: 221 bye\n"
ONCE = Pace(tries=1)
needs_signals = pytest.mark.skipif(os.name != "posix", reason="uses POSIX signals")


def rcpt(name: str, reply: str = "250 ok") -> str:
    return f"C: RCPT TO:<{name}@example.int>\nS: {reply}\n"


class Hands(Clock):
    """A clock whose hands are moved by waiting."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.passed += seconds

    def chance(self) -> float:
        return 0.5


def job(*names: str, message: bytes = MESSAGE, sender: str = "desk@example.int") -> Job:
    """One message to these readers."""
    checksum = hashlib.sha256(message).hexdigest()
    deliveries = tuple(
        Delivery(
            name,
            "m@example.int",
            f"to-{names[0]}",
            checksum,
            "desk",
            name if "@" in name else f"{name}@example.int",
        )
        for name in names
    )
    return Job(sender, deliveries, lambda: message, bytes)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "visit" / "ledger.sqlite3"


@contextmanager
def feeling(felt: threading.Event) -> Iterator[None]:
    """Tells when a Ctrl-C has been dealt with: two at once would be one."""
    pulled = Brake._pulled

    def told(brake: Brake, number: int, frame: FrameType | None) -> None:
        try:
            pulled(brake, number, frame)
        finally:
            felt.set()

    with patch.object(Brake, "_pulled", told):
        yield


class Run:
    """A run of sending against a script."""

    def __init__(self, path: Path, script: str, *jobs: Job, pace: Pace = ONCE) -> None:
        self.clock = Hands()
        self.told: list[str] = []
        felt = threading.Event()
        server = Scripted(script, felt=felt)
        with feeling(felt), server, Ledger(path, self.clock.now) as ledger:
            ledger.queue([each for job in jobs for each in job.deliveries])
            self.tally = deliver(
                jobs,
                ledger,
                partial(connect, server.server(), None),
                pace,
                self.tell,
                clock=self.clock,
            )
            self.entries = {each.key: each for each in ledger.entries()}
            self.journal = [(each.key, each.after.value) for each in ledger.journal()]
        self.server = server

    def tell(self, what: str, done: int, of: int) -> None:
        self.told.append(f"{what} ({done}/{of})")

    @property
    def states(self) -> dict[str, str]:
        return {key: each.state.value for key, each in self.entries.items()}

    def said(self, key: str) -> tuple[str, int | None, str]:
        entry = self.entries[key]
        return entry.state.value, entry.code, entry.reply


def keys(entries: tuple[Entry, ...]) -> list[str]:
    return [each.key for each in entries]


# --------------------------------------------------------------------------- what answers mean


def test_a_message_that_is_taken_is_sent_and_was_written_down_before(path: Path) -> None:
    run = Run(path, HELLO + BEGUN + rcpt("anna") + TAKEN + BYE, job("anna"))
    assert run.said("anna") == ("sent", 250, "taken")
    assert run.journal == [("anna", "queued"), ("anna", "sending"), ("anna", "sent")]
    assert run.server.bodies == [MESSAGE + b".\r\n"]
    assert run.tally == Tally((run.entries["anna"],), (), (), (), ())
    assert run.told == ["sending to-anna (0/1)"]


def test_messages_go_through_one_connection(path: Path) -> None:
    script = (
        HELLO + BEGUN + rcpt("anna") + TAKEN + "C: RSET\nS: 250 ok\n" + BEGUN + rcpt("kwame") + TAKEN + BYE
    )
    assert Run(path, script, job("anna"), job("kwame")).states == {"anna": "sent", "kwame": "sent"}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("550 5.1.1 no such user", ("refused", 550, "5.1.1 no such user")),
        ("552 5.2.2 mailbox full", ("refused", 552, "5.2.2 mailbox full")),
        ("552 too much", ("refused", 552, "too much")),
        ("450 4.7.1 greylisted", ("queued", 450, "4.7.1 greylisted")),
        ("452 4.2.2 mailbox full", ("queued", 452, "4.2.2 mailbox full")),
        ("550 no \x1b[31mway\u202e", ("refused", 550, "no [31mway")),
    ],
)
def test_what_is_said_of_a_reader(path: Path, reply: str, said: tuple[str, int, str]) -> None:
    run = Run(path, HELLO + BEGUN + rcpt("anna", reply) + BYE, job("anna"))
    assert run.said("anna") == said
    assert run.entries["anna"].attempts == 1
    assert (run.entries["anna"].not_before is None) is (said[0] == "refused")
    # Nobody was asked to send it, so it was never under way.
    assert ("anna", "sending") not in run.journal


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("451 later", ("queued", 451, "later")),
        ("452 4.3.1 no room", ("queued", 452, "4.3.1 no room")),
        ("554 5.6.0 not this", ("refused", 554, "5.6.0 not this")),
        ("552 5.3.4 too large", ("refused", 552, "5.3.4 too large")),
        ("251 forwarded", ("sent", 251, "forwarded")),
    ],
)
def test_what_is_said_of_a_whole_message(path: Path, reply: str, said: tuple[str, int, str]) -> None:
    script = HELLO + BEGUN + rcpt("anna") + f"C: DATA\nS: 354 go on\nBODY\nS: {reply}\n" + BYE
    assert Run(path, script, job("anna")).said("anna") == said


@pytest.mark.parametrize(
    ("reply", "said"),
    [("451 later", ("queued", 451, "later")), ("554 no", ("refused", 554, "no"))],
)
def test_what_is_said_before_the_content_is_no_acceptance(
    path: Path, reply: str, said: tuple[str, int, str]
) -> None:
    script = HELLO + BEGUN + rcpt("anna") + f"C: DATA\nS: {reply}\n" + BYE
    assert Run(path, script, job("anna")).said("anna") == said


@pytest.mark.parametrize(
    ("end", "reply"),
    [
        ("CLOSE", "the server closed the connection, after the whole message had been sent"),
        ("RAW: 250\nCLOSE", "the server closed the connection, after the whole message had been sent"),
        (
            "RAW: 250-taken\\r\\n\nCLOSE",
            "the server closed the connection, after the whole message had been sent",
        ),
        ("S: taken", "the server answered something that is no reply, after the whole message had been sent"),
    ],
)
def test_no_answer_to_a_whole_message_leaves_it_uncertain(path: Path, end: str, reply: str) -> None:
    run = Run(
        path, HELLO + BEGUN + rcpt("anna") + f"C: DATA\nS: 354 go on\nBODY\n{end}", job("anna"), pace=Pace()
    )
    assert run.said("anna") == ("uncertain", None, reply)
    assert keys(run.tally.uncertain) == ["anna"]
    assert run.clock.waits == []


def test_an_answer_that_never_comes_leaves_it_uncertain(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefpack.distribute.smtp._FATE", 0.005)
    run = Run(path, HELLO + BEGUN + rcpt("anna") + "C: DATA\nS: 354 go on\nBODY", job("anna"))
    assert run.said("anna") == (
        "uncertain",
        None,
        "no answer within 0.3 s, after the whole message had been sent",
    )


@pytest.mark.parametrize("reply", ["354 go on", "221 bye", "220 mail ESMTP", "235 in"])
def test_an_answer_that_is_neither_yes_nor_no_leaves_it_uncertain(path: Path, reply: str) -> None:
    script = HELLO + BEGUN + rcpt("anna") + f"C: DATA\nS: 354 go on\nBODY\nS: {reply}\n"
    code, _, words = reply.partition(" ")
    assert Run(path, script, job("anna")).said("anna") == ("uncertain", int(code), words)


def test_a_server_that_answers_what_it_was_not_asked_is_not_talked_to_any_more(path: Path) -> None:
    script = HELLO + BEGUN + rcpt("anna") + rcpt("kwame", "354 go on")
    run = Run(path, script, job("anna", "kwame"))
    assert run.said("kwame") == ("queued", 354, "go on")
    assert run.said("anna") == ("queued", None, "the server answered what it was not asked: 354 go on")
    run = Run(path.with_name("other.sqlite3"), HELLO + "C: MAIL\nS: 354 go on", job("anna"))
    assert run.said("anna") == ("queued", 354, "go on")


@pytest.mark.parametrize(
    "script",
    [
        "C: MAIL\nCLOSE",
        "C: MAIL\nS: 421 bye\nCLOSE",
        BEGUN + "C: RCPT\nCLOSE",
        BEGUN + "C: RCPT\nS: 421 bye\nCLOSE",
        BEGUN + rcpt("anna") + "C: DATA\nCLOSE",
        BEGUN + rcpt("anna") + "C: DATA\nS: 421 bye\nCLOSE",
        BEGUN + rcpt("anna") + "C: DATA\nS: 250 what",
        BEGUN + rcpt("anna") + "C: DATA\nS: 354 go on\nBODY\nS: 421 bye\nCLOSE",
    ],
)
def test_a_connection_that_ends_before_the_message_does_leaves_it_queued(path: Path, script: str) -> None:
    run = Run(path, HELLO + script, job("anna"))
    assert run.states == {"anna": "queued"}
    assert run.entries["anna"].reply
    assert keys(run.tally.queued) == ["anna"]


def test_a_connection_that_ends_in_the_middle_of_a_message_leaves_it_queued(path: Path) -> None:
    large = MESSAGE + b"x" * 900 + b"\r\n" + b"words and words\r\n" * 1_000_000
    script = HELLO + BEGUN + rcpt("anna") + "C: DATA\nS: 354 go on\nSOME\nCLOSE"
    run = Run(path, script, job("anna", message=large))
    assert run.states == {"anna": "queued"}
    assert run.entries["anna"].reply.endswith("before the message was complete")
    assert run.journal == [("anna", "queued"), ("anna", "sending"), ("anna", "queued")]


def test_what_a_server_says_while_it_is_sent_a_message_is_not_taken_for_its_fate(path: Path) -> None:
    large = MESSAGE + b"words and words\r\n" * 1_000_000
    script = HELLO + BEGUN + rcpt("anna") + "C: DATA\nS: 354 go on\nSOME\nS: 250 taken"
    run = Run(path, script, job("anna", message=large))
    assert run.said("anna") == (
        "queued",
        None,
        "the server spoke before it was asked (250), before the message was complete",
    )
    assert run.server.bodies == []


# --------------------------------------------------------------------------- several readers


def test_of_readers_of_one_message_each_has_his_own_answer(path: Path) -> None:
    script = HELLO + BEGUN + rcpt("anna") + rcpt("nobody", "550 no such user") + rcpt("grey", "450 later")
    run = Run(path, script + rcpt("kwame") + TAKEN + BYE, job("anna", "nobody", "grey", "kwame"))
    assert run.states == {"anna": "sent", "nobody": "refused", "grey": "queued", "kwame": "sent"}
    assert len(run.server.bodies) == 1


def test_readers_that_were_put_off_are_tried_again_alone(path: Path) -> None:
    script = HELLO + BEGUN + rcpt("anna") + rcpt("grey", "450 later") + TAKEN + BYE + "NEXT\n" + HELLO
    script += BEGUN + rcpt("grey") + TAKEN + BYE
    run = Run(path, script, job("anna", "grey"), pace=Pace(tries=2))
    assert run.states == {"anna": "sent", "grey": "sent"}
    assert run.entries["grey"].attempts == 2


def test_where_nobody_is_left_no_content_is_sent(path: Path) -> None:
    script = HELLO + BEGUN + rcpt("anna", "550 no") + rcpt("kwame", "550 no") + BYE
    assert Run(path, script, job("anna", "kwame")).states == {"anna": "refused", "kwame": "refused"}


@pytest.mark.parametrize(
    "reply",
    [
        "452 4.5.3 too many recipients",
        "452 enough",
        "552 too many recipients",
        # OpenSMTPD 7.6, with `smtp limit max-rcpt`.
        "451 4.5.3 Too many recipients: Too many recipients",
    ],
)
def test_a_server_that_has_enough_readers_is_given_the_others_at_once(path: Path, reply: str) -> None:
    script = HELLO + BEGUN + rcpt("anna") + rcpt("kwame", reply) + TAKEN + "C: RSET\nS: 250 ok\n" + BEGUN
    run = Run(path, script + rcpt("kwame") + TAKEN + BYE, job("anna", "kwame"))
    assert run.states == {"anna": "sent", "kwame": "sent"}
    assert run.clock.waits == []


@pytest.mark.parametrize(
    "refusal",
    [
        "C: DATA\nS: 554 Too many recipients\n",
        "C: DATA\nS: 354 go on\nBODY\nS: 554 Too many recipients\n",
    ],
)
def test_readers_who_were_accepted_are_not_refused_because_there_were_others_with_them(
    path: Path, refusal: str
) -> None:
    # Exim with `recipients_max_reject`: 552 to those that are too many, then 554 to the message as a whole.
    script = HELLO + BEGUN + rcpt("anna") + rcpt("ben") + rcpt("kwame", "552 too many recipients") + refusal
    script += "C: RSET\nS: 250 ok\n" + BEGUN + rcpt("anna") + rcpt("ben") + TAKEN
    script += "C: RSET\nS: 250 ok\n" + BEGUN + rcpt("kwame") + TAKEN + BYE
    run = Run(path, script, job("anna", "ben", "kwame"))
    assert run.states == {"anna": "sent", "ben": "sent", "kwame": "sent"}
    assert run.clock.waits == []


def test_a_message_that_is_refused_with_fewer_readers_as_well_is_refused(path: Path) -> None:
    script = HELLO + BEGUN + rcpt("anna") + rcpt("kwame", "552 too many recipients") + "C: DATA\nS: 554 no\n"
    script += ("C: RSET\nS: 250 ok\n" + BEGUN + rcpt("anna") + "C: DATA\nS: 554 no\n") + (
        "C: RSET\nS: 250 ok\n" + BEGUN + rcpt("kwame") + "C: DATA\nS: 554 no\n" + BYE
    )
    assert Run(path, script, job("anna", "kwame")).states == {"anna": "refused", "kwame": "refused"}


def test_a_full_mailbox_behind_a_reader_who_was_taken_is_still_full(path: Path) -> None:
    script = HELLO + BEGUN + rcpt("anna") + rcpt("kwame", "552 5.2.2 full") + TAKEN + BYE
    assert Run(path, script, job("anna", "kwame")).states == {"anna": "sent", "kwame": "refused"}


def test_a_connection_that_ends_among_the_readers_forgets_no_refusal(path: Path) -> None:
    script = HELLO + BEGUN + rcpt("anna") + rcpt("nobody", "550 no") + "C: RCPT\nCLOSE"
    run = Run(path, script, job("anna", "nobody", "kwame"))
    assert run.states == {"anna": "queued", "nobody": "refused", "kwame": "queued"}


def test_no_transaction_has_more_readers_than_every_server_takes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefpack.distribute.sender.MOST_READERS", 2)
    script = (
        HELLO
        + BEGUN
        + rcpt("a")
        + rcpt("b")
        + TAKEN
        + "C: RSET\nS: 250 ok\n"
        + BEGUN
        + rcpt("c")
        + TAKEN
        + BYE
    )
    assert set(Run(path, script, job("a", "b", "c")).states.values()) == {"sent"}


# --------------------------------------------------------------------------- trying again, and when


def test_what_is_put_off_is_tried_again_after_longer_and_longer_waits_and_then_left(path: Path) -> None:
    again = BEGUN + rcpt("anna", "451 later") + BYE
    run = Run(path, "NEXT\n".join([HELLO + again] * 3), job("anna"), pace=Pace(tries=3, wait=30, growth=4))
    assert run.clock.waits == [30, 120]
    assert run.said("anna") == ("queued", 451, "later")
    assert run.entries["anna"].attempts == 3
    assert run.entries["anna"].not_before == NOON + timedelta(seconds=150 + 480)
    assert run.told == [
        "sending to-anna (0/1)",
        "waiting: 30 s (0/1)",
        "sending to-anna (0/1)",
        "waiting: 120 s (0/1)",
        "sending to-anna (0/1)",
    ]


def test_waits_have_a_limit_and_differ_by_chance(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chances = iter([0.0, 1.0, 0.5, 0.5])
    monkeypatch.setattr(Hands, "chance", lambda _: next(chances))
    again = BEGUN + rcpt("anna", "451 later") + BYE
    pace = Pace(tries=3, wait=100, growth=10, longest=400)
    assert Run(path, "NEXT\n".join([HELLO + again] * 3), job("anna"), pace=pace).clock.waits == [75, 500]


def test_others_do_not_wait_for_one_that_is_put_off(path: Path) -> None:
    script = HELLO + BEGUN + rcpt("grey", "451 later") + "C: RSET\nS: 250 ok\n" + BEGUN + rcpt("anna") + TAKEN
    script += BYE + "NEXT\n" + HELLO + BEGUN + rcpt("grey") + TAKEN + BYE
    run = Run(path, script, job("grey"), job("anna"), pace=Pace(tries=2))
    assert [key for key, state in run.journal if state == "sent"] == ["anna", "grey"]


def test_a_rate_is_kept(path: Path) -> None:
    script = HELLO
    for number in range(4):
        script += ("C: RSET\nS: 250 ok\n" if number else "") + BEGUN + rcpt(f"r{number}") + TAKEN
    run = Run(path, script + BYE, *(job(f"r{n}") for n in range(4)), pace=Pace(rate=30))
    assert run.clock.waits == [2, 2, 2]


def test_a_server_that_hung_up_between_two_messages_is_called_again_at_once(path: Path) -> None:
    second = BEGUN + rcpt("kwame") + TAKEN + BYE
    for hung_up in (
        "CLOSE",
        "C: RSET\nS: 421 idle\nCLOSE",
        "C: RSET\nS: 250 ok\nC: MAIL\nS: 421 enough\nCLOSE",
    ):
        script = HELLO + BEGUN + rcpt("anna") + TAKEN + hung_up.replace("CLOSE", "NEXT\n") + HELLO + second
        run = Run(path.with_name(f"{len(hung_up)}.sqlite3"), script, job("anna"), job("kwame"))
        assert run.states == {"anna": "sent", "kwame": "sent"}
        assert run.entries["kwame"].attempts == 1
        assert run.clock.waits == []


# --------------------------------------------------------------------------- what the server cannot take


def test_a_message_larger_than_the_server_takes_is_refused_before_it_is_begun(path: Path) -> None:
    script = "S: 220 hello\nC: EHLO\nS: 250-mail\nS: 250 SIZE 20\n" + BYE
    run = Run(path, script, job("anna"))
    why = f"{BEYOND_LIMIT}: {len(MESSAGE)} bytes, and it takes 20 at most"
    assert run.said("anna") == ("refused", None, why)
    assert run.entries["anna"].attempts == 0


def test_an_address_beyond_ascii_is_refused_where_the_server_takes_none_and_the_others_go(path: Path) -> None:
    run = Run(path, HELLO + BEGUN + rcpt("anna") + TAKEN + BYE, job("анна@example.int", "anna"))
    assert run.said("анна@example.int") == ("refused", None, BEYOND_ASCII)
    assert run.states["anna"] == "sent"


def test_a_message_with_a_head_beyond_ascii_is_refused_where_the_server_takes_none(path: Path) -> None:
    message = MESSAGE.replace(b"anna", "анна".encode())
    run = Run(path, HELLO + BYE, job("anna", message=message))
    assert run.said("anna") == ("refused", None, f"{BEYOND_ASCII}, and the message names one")


def test_an_address_beyond_ascii_goes_where_the_server_takes_it(path: Path) -> None:
    script = "S: 220 hello\nC: EHLO\nS: 250-mail\nS: 250 SMTPUTF8\n"
    script += "C: MAIL FROM:<desk@example.int> SMTPUTF8\nS: 250 ok\n" + rcpt("анна") + TAKEN + BYE
    assert Run(path, script, job("анна@example.int")).states == {"анна@example.int": "sent"}


@pytest.mark.parametrize(
    "address", ["a@b>\r\nDATA", "a b@example.int", "a@b> SIZE=1", "a@b\x00", "a\u202eb@c"]
)
def test_what_is_no_address_is_not_said_to_a_server(path: Path, address: str) -> None:
    run = Run(path, "S: 220 hello\nC: EHLO\nS: 250-mail\nS: 250 SMTPUTF8\n" + BYE, job(address))
    assert run.said(address)[::2] == ("refused", "this is no address")


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (b"a\r\nb\r\n", None),
        (b"a\r\n" + b"x" * 998 + b"\r\n", None),
        (b"a\r\n" + b"x" * 999 + b"\r\n", "more than 998"),
        (b"a\r\n\n.\r\nMAIL FROM:<x>\r\n", "line ends"),
        (b"a\r.\r\n", "line ends"),
        (b"a\0\r\n", "line ends"),
        (b"a", "line ends"),
        (b"", "line ends"),
        (b"a\r\n\r", "line ends"),
    ],
)
def test_a_message_that_servers_may_divide_differently_is_unfit(message: bytes, why: str | None) -> None:
    found = unfit(message)
    assert found is None if why is None else (found is not None and why in found)


# --------------------------------------------------------------------------- drafts


def test_a_draft_that_changed_is_not_sent_and_stays_queued_with_the_reason(path: Path) -> None:
    made = job("anna")
    changed = Job(made.sender, made.deliveries, lambda: MESSAGE + b"!", made.form)
    run = Run(path, HELLO + BEGUN + rcpt("kwame") + TAKEN + BYE, changed, job("kwame"))
    assert run.said("anna") == ("queued", None, "the draft has changed since it was made: draft it again")
    assert run.entries["anna"].attempts == 0
    assert run.states["kwame"] == "sent"


def test_a_draft_that_is_gone_and_a_form_that_fails_are_told_of(path: Path, tmp_path: Path) -> None:
    def fails(_draft: bytes) -> bytes:
        raise failure("it has no head", code=ExitCode.OUTPUT)

    gone, unformed, unfit_one = job("anna"), job("kwame"), job("piotr")
    jobs = (
        Job(gone.sender, gone.deliveries, (tmp_path / "gone.eml").read_bytes, bytes),
        Job(unformed.sender, unformed.deliveries, unformed.read, fails),
        Job(unfit_one.sender, unfit_one.deliveries, unfit_one.read, lambda draft: draft + b"\n"),
    )
    run = Run(path, HELLO + BYE, *jobs)
    assert [run.said(each)[2] for each in ("anna", "kwame", "piotr")] == [
        "the draft cannot be read: No such file or directory",
        "it has no head",
        "the message has line ends that servers understand differently",
    ]
    assert len(run.tally.queued) == 3


def test_what_is_sent_is_the_form_of_the_draft_that_was_checked(path: Path) -> None:
    made = job("anna")
    shaped = Job(
        made.sender, made.deliveries, made.read, lambda draft: draft.replace(b"Hello", b"Good morning")
    )
    assert b"Good morning" in Run(path, HELLO + BEGUN + rcpt("anna") + TAKEN + BYE, shaped).server.bodies[0]


def test_only_what_is_queued_is_sent_and_each_only_once(path: Path) -> None:
    Run(path, HELLO + BEGUN + rcpt("anna") + TAKEN + BYE, job("anna"))
    run = Run(path, HELLO + BEGUN + rcpt("kwame") + TAKEN + BYE, job("anna", "kwame"), job("kwame"))
    assert keys(run.tally.before) == ["anna"]
    assert keys(run.tally.sent) == ["kwame"]


def test_nobody_is_called_where_there_is_nothing_to_send(path: Path) -> None:
    def never() -> None:
        pytest.fail("somebody was called")

    with Ledger(path) as ledger:
        tally = deliver([], ledger, never, ONCE, lambda *_: None)  # type: ignore[arg-type]
    assert tally == Tally((), (), (), (), ())


# --------------------------------------------------------------------------- runs that end early


def stopped(run: Run) -> str:
    assert run.tally.stopped is not None
    assert run.tally.stopped.code is ExitCode.MAIL
    assert run.tally.stopped.hint
    return run.tally.stopped.message


def test_a_server_that_cannot_be_used_ends_the_run_and_everything_stays_queued(path: Path) -> None:
    run = Run(path, "S: 554 go away", job("anna"), job("kwame"))
    assert "does not take messages: 554 go away" in stopped(run)
    assert run.states == {"anna": "queued", "kwame": "queued"}
    assert run.said("kwame")[2] == stopped(run)


def test_a_server_that_is_not_there_when_a_run_begins_is_not_waited_for(path: Path) -> None:
    run = Run(path, "CLOSE", job("anna"), pace=Pace())
    assert "cannot be reached" in stopped(run)
    assert run.clock.waits == []


def test_a_server_that_is_busy_is_waited_for(path: Path) -> None:
    script = "S: 421 busy\nNEXT\n" + HELLO + BEGUN + rcpt("anna") + TAKEN + BYE
    run = Run(path, script, job("anna"), pace=Pace())
    assert run.states == {"anna": "sent"}
    assert run.clock.waits == [30]


def test_a_server_that_goes_away_during_a_run_is_waited_for(path: Path) -> None:
    script = (
        HELLO
        + BEGUN
        + rcpt("anna")
        + TAKEN
        + "NEXT\nNEXT\nNEXT\n"
        + HELLO
        + BEGUN
        + rcpt("kwame")
        + TAKEN
        + BYE
    )
    run = Run(path, script, job("anna"), job("kwame"), pace=Pace())
    assert run.states == {"anna": "sent", "kwame": "sent"}
    assert run.clock.waits == [30, 120]


def test_a_server_that_stays_busy_ends_the_run(path: Path) -> None:
    run = Run(path, "S: 421 busy\nNEXT\nS: 421 busy\n", job("anna"), pace=Pace(tries=2))
    assert stopped(run).endswith("busy")
    assert run.clock.waits == [30]


def test_a_server_that_loses_every_connection_is_not_given_all_messages(path: Path) -> None:
    lost = HELLO + BEGUN + "C: RCPT\nS: 250 ok\nC: DATA\nS: 354 go on\nBODY\n"
    run = Run(path, "NEXT\n".join([lost] * 5) + "CLOSE", *(job(f"r{n}") for n in range(8)))
    assert "was lost during 5 messages in a row" in stopped(run)
    assert list(run.states.values()) == ["uncertain"] * 5 + ["queued"] * 3


def test_a_server_that_takes_nothing_from_a_sender_is_not_asked_for_all_messages(path: Path) -> None:
    refused = "C: MAIL\nS: 553 not yours\n"
    script = HELLO + "C: RSET\nS: 250 ok\n".join([refused] * 3)
    run = Run(path, script, *(job(f"r{n}") for n in range(5)))
    assert "takes no messages from desk@example.int: 553 not yours" in stopped(run)
    assert list(run.states.values()) == ["refused"] * 3 + ["queued"] * 2


@pytest.mark.parametrize("where", ["C: MAIL\n", BEGUN + "C: RCPT\n", BEGUN + rcpt("anna") + "C: DATA\n"])
def test_a_server_that_wants_a_login_ends_the_run(path: Path, where: str) -> None:
    run = Run(path, HELLO + where + "S: 530 5.7.0 who are you\n", job("anna"), job("kwame"))
    assert "without a login" in stopped(run)
    assert run.states == {"anna": "queued", "kwame": "queued"}


# --------------------------------------------------------------------------- Ctrl-C


@needs_signals
@pytest.mark.parametrize(
    ("script", "said"),
    [
        (BEGUN + "C: RCPT\nCTRL-C", ("queued", None, "the run was stopped before")),
        (
            BEGUN + rcpt("anna") + "C: DATA\nS: 354 go on\nBODY\nCTRL-C\nS: 250 taken",
            ("sent", 250, "taken"),
        ),
        (
            BEGUN + rcpt("anna") + "C: DATA\nCTRL-C\nS: 354 go on\nBODY\nS: 250 taken",
            ("sent", 250, "taken"),
        ),
        (
            BEGUN + rcpt("anna") + "C: DATA\nS: 354 go on\nBODY\nCTRL-C\nCTRL-C",
            ("uncertain", None, "it was cut off with Ctrl-C, after the whole message had been sent"),
        ),
        (
            BEGUN + rcpt("anna") + "C: DATA\nCTRL-C\nCTRL-C",
            ("queued", None, "it was cut off with Ctrl-C, before the message was complete"),
        ),
    ],
)
def test_an_interrupted_run_finishes_what_is_under_way_or_tells_what_it_cut_off(
    path: Path, script: str, said: tuple[str, int | None, str]
) -> None:
    former = signal.getsignal(signal.SIGINT)
    run = Run(path, HELLO + script, job("anna"), job("kwame"))
    assert signal.getsignal(signal.SIGINT) is former
    assert run.tally.interrupted
    assert run.tally.stopped is None
    assert run.said("anna") == said
    assert run.said("kwame") == ("queued", None, "the run was stopped before")
    told = "finishing the message that is under way; Ctrl-C again cuts it off (0/2)" in run.told
    assert told is ("DATA" in script)


@pytest.mark.parametrize(("step", "script"), [("begin", ""), ("end", TAKEN)])
def test_what_is_cut_off_between_server_and_ledger_is_told_as_uncertain(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, script: str
) -> None:
    done = getattr(Ledger, step)
    cut: list[str] = []

    def cut_off(ledger: Ledger, given: object) -> None:
        if not given or cut:
            done(ledger, given)
            return
        cut.append(step)
        if step == "begin":
            done(ledger, given)
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, step, cut_off)
    run = Run(path, HELLO + BEGUN + rcpt("anna") + script, job("anna"), job("kwame"))
    assert run.tally.interrupted
    assert keys(run.tally.uncertain) == ["anna"]
    assert run.said("anna") == (
        "uncertain",
        None,
        "it was cut off with Ctrl-C, while its fate was written down",
    )
    assert keys(run.tally.queued) == ["kwame"]


# --------------------------------------------------------------------------- a ledger that fails


def test_a_ledger_that_cannot_be_written_before_the_content_stops_the_content(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "begin", _full)
    with pytest.raises(BriefpackError, match="no room"):
        Run(path, HELLO + BEGUN + rcpt("anna") + "C: DATA", job("anna"))
    monkeypatch.undo()
    with Ledger(path) as ledger:
        assert [each.state for each in ledger.entries()] == [State.QUEUED]


def test_a_fate_that_cannot_be_written_down_is_told_and_uncertain_from_then_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "end", _full_after_open(Ledger.end))
    with pytest.raises(BriefpackError) as caught:
        Run(path, HELLO + BEGUN + rcpt("anna") + TAKEN, job("anna"))
    assert "the message to anna@example.int could not be written down: it is sent" in str(caught.value)
    monkeypatch.undo()
    with Ledger(path) as ledger:
        assert keys(ledger.interrupted) == ["anna"]


def _full(*_: object) -> None:
    raise failure("there is no room", code=ExitCode.OUTPUT)


def _full_after_open(end: Callable[..., None]) -> Callable[..., None]:
    """Opening a ledger ends what was under way before; there is nothing of that here."""
    return lambda ledger, outcomes: _full() if outcomes else end(ledger, outcomes)


def test_the_real_clock_waits_and_tells_the_time() -> None:
    clock = Clock()
    began = clock.seconds()
    clock.sleep(0.01)
    assert clock.seconds() >= began + 0.01
    assert time.monotonic() <= clock.seconds() <= time.monotonic()
    assert datetime.now(UTC) <= clock.now() <= datetime.now(UTC)
    assert 0 <= clock.chance() <= 1
