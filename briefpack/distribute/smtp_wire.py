"""Lines to a mail server and its replies (RFC 5321, 4.2), read strictly: a torn, foreign or unasked reply is none, and ends the connection.

The standard library takes a reply that ends in its middle for a whole one, waits for all bytes of a large message no longer than for one reply, and does not
tell whether the final dot had been sent when a connection broke. All three decide here whether a message may be sent again.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import time
import unicodedata
from dataclasses import dataclass

_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_CODE = re.compile(rb"[2-5][0-9]{2}")
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?: |$)", re.ASCII)
_LONGEST = 4096
"""Bytes of a line; the standard promises 512 (RFC 5321, 4.5.3.1.5), and servers are generous."""
_MOST_LINES = 256
_MOST_SAID = 400
_HUNG_UP = "the server closed the connection"
_PIECE = 64 * 1024
"""Bytes that are sent within one wait: a slow line has its time for each of them, not for the message as a whole."""


class LostError(Exception):
    """The connection ended, or can no longer be trusted. Its words say how. is_silence: whether nothing at all was heard for too long."""

    def __init__(self, why: str, *, is_silence: bool = False) -> None:
        self.is_silence = is_silence
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Reply:
    """code: three digits, the first of them 2 to 5. lines: what stands behind it, in bytes as they came."""

    code: int
    lines: tuple[bytes, ...]

    @property
    def text(self) -> str:
        """Its words as one line that is safe to print."""
        return cleaned(b" ".join(self.lines).decode("utf-8", "replace"))

    @property
    def enhanced(self) -> str:
        """The status that its words begin with (RFC 3463), such as 5.2.2; "" for none."""
        found = _ENHANCED.match(self.text)
        return found.group(1) if found else ""

    @property
    def is_good(self) -> bool:
        return self.code // 100 == 2

    @property
    def is_later(self) -> bool:
        """Whether it may be otherwise some time later."""
        return self.code // 100 == 4

    @property
    def is_foreign(self) -> bool:
        """Whether it is neither yes nor "later" nor no, and none that leads on: it answers something else than was asked, and so may the next ones."""
        return self.code // 100 == 3

    @property
    def is_closing(self) -> bool:
        """Whether the server ends the connection with it (RFC 5321, 3.8)."""
        return self.code == 421


def cleaned(text: str) -> str:
    """Somebody else's words as one line, without characters that control a terminal or turn a text around."""
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(shown.split())[:_MOST_SAID]


class Wire:
    """A connection. Everything but close raises LostError where it has ended; it is then closed."""

    def __init__(self, sock: socket.socket, wait: float) -> None:
        """wait: seconds for a reply, and for each piece of what is sent."""
        self._socket = sock
        # A message and its final dot are two sendings: the second one would wait for word of the first.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait = wait
        self._read = bytearray()
        self.is_closed = False

    def command(self, line: str) -> Reply:
        """Say a line and read its reply. Raises ValueError for what is more than a line."""
        if not line.isprintable():
            raise ValueError("a command is one line")
        self.send(line.encode() + b"\r\n")
        return self.reply()

    def send(self, content: bytes) -> None:
        """Nothing may have been said by the server that was not read: it would be taken for the reply to this."""
        self.expect_silence()
        view = memoryview(content)
        try:
            for begin in range(0, len(view), _PIECE):
                self._socket.settimeout(self._wait)
                self._socket.sendall(view[begin : begin + _PIECE])
        except TimeoutError:
            raise self._failed(f"the server took nothing for {self._wait:g} s") from None
        except OSError as error:
            raise self._failed(_ended(error)) from error

    def expect_silence(self) -> None:
        """Lose a connection whose server has said something unasked, or has hung up, as far as that is here by now."""
        if self.has_more():
            # Its number only: what is said while somebody logs in may repeat the login.
            code = _CODE.match(self._read)
            raise self._failed(
                "the server spoke before it was asked" + (f" ({int(code[0])})" if code else "")
            )

    def reply(self, wait: float | None = None) -> Reply:
        """wait: seconds for all of it, where they are not the usual ones."""
        seconds = self._wait if wait is None else wait
        until = time.monotonic() + seconds
        lines: list[bytes] = []
        code = b""
        while len(lines) < _MOST_LINES:
            found = _LINE.fullmatch(self._line(until, seconds))
            if found is None or code not in {b"", found[1]}:
                raise self._failed("the server answered something that is no reply")
            code = found[1]
            lines.append((found[3] or b"").strip())
            if found[2] != b"-":
                return Reply(int(code), tuple(lines))
        raise self._failed("the server's reply has no end")

    def has_more(self) -> bool:
        """Whether the server has said something that nobody read, as far as it is here by now."""
        try:
            self._socket.setblocking(False)
            more = self._socket.recv(_LONGEST)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return bool(self._read)
        except OSError as error:
            raise self._failed(_ended(error)) from error
        if not more:
            raise self._failed(_HUNG_UP)
        self._read += more
        return True

    def protect(self, context: ssl.SSLContext, host: str) -> None:
        """From now on with TLS. Raises ssl.SSLError besides."""
        self._socket.settimeout(self._wait)
        try:
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
            raise self._failed(_ended(error)) from error
        except ssl.SSLError:
            self.close()
            raise
        except OSError as error:
            raise self._failed(_ended(error)) from error

    @property
    def own_address(self) -> str:
        """Of this end."""
        return str(self._socket.getsockname()[0])

    def close(self) -> None:
        """Without a word."""
        self.is_closed = True
        with contextlib.suppress(OSError):
            self._socket.close()

    def _line(self, until: float, seconds: float) -> bytes:
        """The next line, without its end. A line that does not end is none."""
        while (end := self._read.find(b"\n")) < 0:
            if len(self._read) > _LONGEST:
                raise self._failed("the server's reply has a line without an end")
            left = until - time.monotonic()
            if left <= 0:
                raise self._failed(f"no answer within {seconds:g} s", is_silence=not self._read)
            self._socket.settimeout(left)
            try:
                more = self._socket.recv(_LONGEST)
            except TimeoutError:
                continue
            except OSError as error:
                raise self._failed(_ended(error)) from error
            if not more:
                raise self._failed(_HUNG_UP)
            self._read += more
        line = bytes(self._read[:end])
        del self._read[: end + 1]
        return line.removesuffix(b"\r")

    def _failed(self, why: str, *, is_silence: bool = False) -> LostError:
        self.close()
        return LostError(why, is_silence=is_silence)


def _ended(error: OSError) -> str:
    return f"the connection was lost: {cleaned(error.strerror or str(error))}"
