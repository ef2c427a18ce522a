"""Replies are read strictly: what is torn, foreign or unasked ends the connection."""

from __future__ import annotations

import errno
import random
import select
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from briefpack.distribute.smtp_wire import LostError, Reply, Wire, cleaned


@contextmanager
def line(wait: float = 60.0) -> Iterator[tuple[Wire, socket.socket]]:
    """A wire and the server's end of it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        mine = socket.create_connection(listening.getsockname())
        theirs, _ = listening.accept()
    wire = Wire(mine, wait)
    with theirs:
        yield wire, theirs
    wire.close()


class Slow:
    """A line that takes so many bytes a second, by a clock of its own. As with a real one, the time limit is for all that is sent at once."""

    def __init__(self, rate: float) -> None:
        self.rate, self.clock, self.got = rate, 0.0, bytearray()
        self.limit: float | None = None

    def setsockopt(self, *_: int) -> None: ...

    def setblocking(self, _is_blocking: bool) -> None: ...

    def settimeout(self, seconds: float | None) -> None:
        self.limit = seconds

    def recv(self, _size: int) -> bytes:
        raise BlockingIOError

    def sendall(self, data: bytes) -> None:
        taken = len(data) / self.rate
        if self.limit is not None and taken > self.limit:
            raise TimeoutError
        self.clock += taken
        self.got += data

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        (b"250 ok\r\n", Reply(250, (b"ok",))),
        (b"250\r\n", Reply(250, (b"",))),
        (b"250 \r\n", Reply(250, (b"",))),
        (b"354 go on\n", Reply(354, (b"go on",))),
        (b"250-mail\r\n250-SIZE 10\r\n250 8BITMIME\r\n", Reply(250, (b"mail", b"SIZE 10", b"8BITMIME"))),
        (b"550 5.1.1 caf\xc3\xa9 \xff\r\n", Reply(550, (b"5.1.1 caf\xc3\xa9 \xff",))),
    ],
)
def test_replies_of_one_line_and_of_several(said: bytes, reply: Reply) -> None:
    with line() as (wire, theirs):
        theirs.sendall(said)
        assert wire.reply() == reply


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "closed the connection"),
        (b"25", "closed the connection"),
        (b"250", "closed the connection"),
        (b"250 ok", "closed the connection"),
        (b"250-more\r\n", "closed the connection"),
        (b"250-more\r\n550 no\r\n", "no reply"),
        (b"ok\r\n", "no reply"),
        (b"25 ok\r\n", "no reply"),
        (b"2500 ok\r\n", "no reply"),
        (b"150 ok\r\n", "no reply"),
        (b"650 ok\r\n", "no reply"),
        (b"\r\n", "no reply"),
        (b"-50 ok\r\n", "no reply"),
        (b"250 " + b"x" * 9000, "without an end"),
        (b"250-x\r\n" * 300, "has no end"),
    ],
)
def test_what_is_torn_or_foreign_is_no_reply(said: bytes, why: str) -> None:
    with line() as (wire, theirs):
        theirs.sendall(said)
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(LostError, match=why):
            wire.reply()
        assert wire.is_closed


def test_a_server_that_says_a_letter_at_a_time_does_not_hold_a_run_for_ever() -> None:
    with line(wait=0.3) as (wire, theirs):
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.05):
                try:
                    theirs.sendall(b"2")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        with pytest.raises(LostError, match=r"no answer within 0\.3 s"):
            wire.reply()
        stop.set()
        thread.join()


def test_what_was_said_unasked_is_not_taken_for_the_reply_to_the_next_command() -> None:
    with line() as (wire, theirs):
        theirs.sendall(b"250 ok\r\n250 and this\r\n")
        assert wire.reply().is_good
        with pytest.raises(LostError, match="before it was asked"):
            wire.command("DATA")


def test_what_was_said_unasked_is_found_though_it_came_by_itself() -> None:
    with line() as (wire, theirs):
        theirs.sendall(b"250 ok\r\n")
        assert wire.reply().is_good
        theirs.sendall(b"535 wrong: anna secret\r\n")
        select.select([wire._socket], [], [], 10)
        with pytest.raises(LostError) as caught:
            wire.command("DATA")
        assert str(caught.value) == "the server spoke before it was asked (535)"
        assert wire.is_closed
        with pytest.raises(LostError):
            wire.command("QUIT")


def test_a_server_that_hung_up_is_found_out_before_anything_is_said_to_it() -> None:
    with line() as (wire, theirs):
        theirs.shutdown(socket.SHUT_WR)
        select.select([wire._socket], [], [], 10)
        with pytest.raises(LostError, match="the server closed the connection"):
            wire.command("DATA")
        assert theirs.recv(100) == b""


def test_a_large_message_may_take_longer_than_one_reply_as_long_as_it_goes_on() -> None:
    content = random.Random(1).randbytes(3_000_001)
    slow = Slow(100_000)
    Wire(slow, 1.0).send(content)  # type: ignore[arg-type]
    assert bytes(slow.got) == content
    assert slow.clock > 30
    with pytest.raises(LostError, match="took nothing for 1 s"):
        Wire(Slow(60_000), 1.0).send(content)  # type: ignore[arg-type]


def test_a_large_message_arrives_whole() -> None:
    content = random.Random(2).randbytes(6_000_001)
    with line() as (wire, theirs):
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        got = bytearray()

        def read() -> None:
            while len(got) < len(content):
                got.extend(theirs.recv(400_000))

        thread = threading.Thread(target=read)
        thread.start()
        wire.send(content)
        thread.join()
        assert bytes(got) == content


def test_a_server_that_takes_nothing_is_given_up() -> None:
    with line(wait=0.2) as (wire, _theirs), pytest.raises(LostError, match=r"took nothing for 0\.2 s"):
        wire.send(b"x" * 50_000_000)


@pytest.mark.parametrize("command", ["RCPT TO:<a@b>\r\nDATA", "NOOP\n", "a\0b", "a\u2028b"])
def test_a_command_is_one_line(command: str) -> None:
    with line() as (wire, _theirs), pytest.raises(ValueError, match="one line"):
        wire.command(command)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5.1.1 no such user", "5.1.1 no such user"),
        ("a\x1b[31mred\x07\r\nb\u202ec", "a [31mred b c"),
        (" two \t words\u2028and\u00a0more ", "two words and more"),
        ("x" * 1000, "x" * 400),
    ],
)
def test_words_of_others_are_one_line_without_control_characters(text: str, shown: str) -> None:
    assert cleaned(text) == shown


def test_what_a_reply_says_about_itself() -> None:
    full = Reply(552, (b"5.2.2 mailbox", b"full \x1b[0m"))
    assert (full.text, full.enhanced) == ("5.2.2 mailbox full [0m", "5.2.2")
    assert (full.is_good, full.is_later, full.is_closing) == (False, False, False)
    assert Reply(421, (b"bye",)).is_closing
    assert Reply(421, (b"bye",)).is_later
    assert Reply(251, (b"",)).is_good
    assert Reply(250, (b"2.0.0x",)).enhanced == ""


def test_a_connection_that_is_reset_while_nobody_reads_is_lost() -> None:
    with line() as (wire, theirs):
        # Closed without lingering, it is reset.
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        theirs.close()
        select.select([wire._socket], [], [], 10)
        with pytest.raises(LostError, match="the connection was lost"):
            wire.has_more()
        assert wire.is_closed


def test_a_line_that_fails_while_tls_is_agreed_on_is_lost() -> None:
    class Gone(ssl.SSLContext):
        def wrap_socket(self, *_: Any, **__: Any) -> ssl.SSLSocket:
            raise OSError(errno.EHOSTUNREACH, "No route to host")

    with line() as (wire, _), pytest.raises(LostError, match="No route to host"):
        wire.protect(Gone(ssl.PROTOCOL_TLS_CLIENT), "smtp.example.int")
    assert wire.is_closed
