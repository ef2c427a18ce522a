"""A mail server and who logs in → a session that takes one message after the other, a step at a time; protected and proven to be the one that was meant, or not at all.

What is relied on: RFC 5321 (SMTP), 3207 (STARTTLS), 8314 (TLS from the start), 4954 (login), 1870 (size), 6531 (addresses beyond ASCII), 6152 (8BITMIME).
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import ssl
from collections.abc import Mapping
from typing import NoReturn

from briefpack.distribute.delivery import Login
from briefpack.distribute.smtp_login import log_in
from briefpack.distribute.smtp_tls import context_of, fault_of
from briefpack.distribute.smtp_wire import LostError, Reply, Wire, cleaned
from briefpack.distribution import Security, Server
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Severity

PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
_FATE = 10
"""How many times as long the answer to a whole message is waited for: servers look for viruses then, and who hangs up does not know whether it was taken
(RFC 5321, 4.5.3.2.6, asks for ten minutes; with the usual 60 s it is that)."""
_FAREWELL = 5.0
"""Seconds that the answer to QUIT is waited for: nothing hangs on it."""
_LOGGED_IN = 235
_DIGITS = 20
_KEYWORD = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)[ =]?(.*)", re.ASCII)
_NO_SUCH_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class ServerError(BriefpackError):
    """A server that cannot be used as the list says; another try would end alike."""


class UnreachableError(Exception):
    """A server that cannot be used now. Its words say why, one line. code: of its reply, None where it gave none."""

    def __init__(self, why: str, code: int | None = None) -> None:
        self.code = code
        super().__init__(why)


class Session:
    """A connection through which messages go. All steps raise LostError where the connection ends; the session is then over.

    limit: bytes of a message that the server takes, None where it does not say. smtputf8: whether it takes addresses and heads beyond ASCII.
    offers_login: whether somebody may log in; whom it lets send without is not said anywhere.
    """

    def __init__(self, wire: Wire, features: Mapping[str, str], fate: float) -> None:
        """features: what the server said to EHLO: keyword in capitals → what stands behind it. fate: seconds that the answer to a message is waited for."""
        self._wire, self._features, self._fate = wire, features, fate
        self.limit = _limit(features.get("SIZE", ""))
        self.smtputf8 = "SMTPUTF8" in features
        self.offers_login = "AUTH" in features
        self.is_used = False
        """Whether a message was begun on it: then the next one needs a reset, and the server may have hung up in between."""

    @property
    def is_over(self) -> bool:
        """Whether nothing can be sent on it any more."""
        return self._wire.is_closed

    def mail(self, sender: str, size: int, *, international: bool) -> Reply:
        """Begin a message. size: its bytes. international: it has addresses or heads beyond ASCII, and smtputf8 is set."""
        told = f"MAIL FROM:<{sender}>"
        if "SIZE" in self._features:
            told += f" SIZE={size}"
        if international:
            told += " SMTPUTF8"
            if "8BITMIME" in self._features:
                told += " BODY=8BITMIME"
        if self.is_used:
            reply = self._say("RSET")
            if not reply.is_good:
                self.close()
                raise LostError(f"the server would not begin anew ({reply.code} {reply.text})")
        self.is_used = True
        return self._say(told)

    def rcpt(self, address: str) -> Reply:
        """A reader of the message."""
        return self._say(f"RCPT TO:<{address}>")

    def data(self) -> Reply:
        """Ask for leave to send the content: 354 gives it."""
        return self._say("DATA")

    def content(self, message: bytes) -> None:
        """All but the end of a message whose lines end in CRLF. A server that does not get the end has nothing to deliver (RFC 5321, 4.1.1.4)."""
        stuffed = message.replace(b"\r\n.", b"\r\n..")
        self._wire.send(b"." + stuffed if stuffed.startswith(b".") else stuffed)
        # Before the end is sent, nobody can have taken it.
        self._wire.expect_silence()

    def dot(self) -> Reply:
        """The end of a message. Whatever goes wrong from here on, the server may have taken it."""
        self._wire.send(b".\r\n")
        return self._heard(self._wire.reply(self._fate))

    def quit(self) -> None:
        """End it in good manners, where that is still possible."""
        if not self.is_over:
            with contextlib.suppress(LostError):
                self._wire.send(b"QUIT\r\n")
                self._wire.reply(_FAREWELL)
        self.close()

    def close(self) -> None:
        """End it without a word: what has been begun is dropped by the server."""
        self._wire.close()

    def _say(self, line: str) -> Reply:
        return self._heard(self._wire.command(line))

    def _heard(self, reply: Reply) -> Reply:
        if reply.is_closing:
            self.close()
        return reply


def connect(server: Server, login: Login | None) -> Session:
    """A session in which messages can be sent. login: None where the server asks for none.

    Raises ServerError, with the place of the server in the list, where it cannot be used as that says, and UnreachableError where it may be tried later.
    """
    opening = _Opening(server)
    wire = Wire(opening.socket(), server.timeout)
    try:
        features = opening.features(wire)
        if login is not None:
            opening.log_in(wire, features, login)
    except LostError as error:
        raise UnreachableError(f"{opening.name}: {error}") from error
    except BaseException:
        wire.close()
        raise
    return Session(wire, features, server.timeout * _FATE)


class _Opening:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.port = PORTS[server.security] if server.port is None else server.port
        self.name = f"{cleaned(server.host)}:{self.port}"

    def socket(self) -> socket.socket:
        """Connected to the server, and nothing said yet."""
        try:
            found = socket.create_connection((self.server.host, self.port), self.server.timeout)
        except (socket.gaierror, UnicodeError) as error:
            if isinstance(error, socket.gaierror) and error.errno not in _NO_SUCH_HOST:
                raise UnreachableError(f"{self.name}: {error.strerror}") from error
            self.refuse("there is no such host", "see how the mail server is called")
        except TimeoutError as error:
            raise UnreachableError(
                f"{self.name}: it does not answer within {self.server.timeout} s"
            ) from error
        except OSError as error:
            raise UnreachableError(f"{self.name}: {cleaned(error.strerror or str(error))}") from error
        try:
            peer = str(found.getpeername()[0])
        except OSError as error:
            found.close()
            # It was gone again at once.
            raise UnreachableError(f"{self.name}: {cleaned(error.strerror or str(error))}") from error
        if self.server.security is Security.NONE and not _is_here(peer):
            found.close()
            self.refuse(
                "it is not on this machine, and `security: none` sends everything in the clear",
                "say `security: starttls` or `tls`",
            )
        return found

    def features(self, wire: Wire) -> dict[str, str]:
        """What a server offers that has been greeted, is who it should be and cannot be overheard."""
        security = self.server.security
        if security is Security.TLS:
            self.protect(wire)
        self.expect(self.greeting(wire), 220, "does not take messages")
        offered = self.hello(wire)
        if security is Security.STARTTLS:
            if "STARTTLS" not in offered:
                self.refuse(
                    "it does not offer STARTTLS, and without it everything would be sent in the clear",
                    "see which port it protects, and say `security: tls` where that is from the start; if it used to offer it, somebody may be listening",
                )
            self.expect(wire.command("STARTTLS"), 220, "would not begin TLS")
            if wire.has_more():
                self.refuse(
                    "it went on speaking unprotected after it had agreed to begin TLS",
                    "somebody may be in the line: do not send from this network",
                )
            self.protect(wire)
            # What was offered in the clear may have been anybody's word (RFC 3207, 4.2).
            offered = self.hello(wire)
        return offered

    def greeting(self, wire: Wire) -> Reply:
        """The first that a server says. One that speaks TLS from the start waits for that of others, and says nothing."""
        try:
            return wire.reply()
        except LostError as lost:
            if self.server.security is Security.TLS or not lost.is_silence:
                raise
            raise LostError(
                f"{lost}; where it speaks TLS from the start, as on port {PORTS[Security.TLS]}, say `security: tls`"
            ) from lost

    def protect(self, wire: Wire) -> None:
        """Begin TLS. SSL_CERT_FILE and SSL_CERT_DIR name other authorities than the system's."""
        try:
            wire.protect(context_of(verify=self.server.verify), self.server.host)
        except ssl.SSLError as error:
            self.refuse(*fault_of(error, self.server.host))

    def hello(self, wire: Wire) -> dict[str, str]:
        reply = wire.command(f"EHLO {_literal(wire.own_address)}")
        self.expect(reply, 250, "does not speak ESMTP")
        told: dict[str, str] = {}
        for line in reply.lines[1:]:
            # Old servers write AUTH=LOGIN.
            found = _KEYWORD.match(line.decode("ascii", "replace"))
            if found:
                keyword = found[1].upper()
                told[keyword] = f"{told.get(keyword, '')} {found[2]}".strip()
        return told

    def log_in(self, wire: Wire, features: Mapping[str, str], login: Login) -> None:
        """Of the server's answer nothing is told but its number: it may repeat what it was sent."""
        if (fault := _unsendable(login.user + login.password)) is not None:
            self.refuse(f"the login {fault}", "see how the user and password are kept")
        reply = log_in(wire, features.get("AUTH", "").upper().split(), login)
        if reply is None:
            offered = cleaned(features.get("AUTH", "")) or "none"
            self.refuse(
                f"it offers no way to log in that is known here; its ways: {offered}",
                "ask who runs it for one that takes a password, or for a server that needs none",
            )
        if reply.is_later:
            raise UnreachableError(
                f"{self.name} answers, and lets nobody log in just now ({reply.code})", reply.code
            )
        if reply.code != _LOGGED_IN:
            self.refuse(f"it refused the login ({reply.code})", "see that user and password are right")

    def expect(self, reply: Reply, code: int, what: str) -> None:
        if reply.is_later:
            raise UnreachableError(f"{self.name}: {reply.text}", reply.code)
        if reply.code != code:
            self.refuse(f"it {what}: {reply.code} {reply.text}", "ask who runs it")

    def refuse(self, fact: str, hint: str) -> NoReturn:
        raise ServerError(
            [
                Diagnostic(
                    Severity.ERROR,
                    self.server.where,
                    f"the mail server {self.name} cannot be used: {fact}",
                    hint,
                    ExitCode.MAIL,
                )
            ]
        )


def _limit(said: str) -> int | None:
    """What stands behind SIZE, in bytes; None where it says nothing, which nought does as well (RFC 1870, 3 and 4: at most twenty digits)."""
    return int(said) or None if said.isdecimal() and len(said) <= _DIGITS else None


def _unsendable(login: str) -> str | None:
    """Why no server could be told a user or a password; None where it can."""
    if "\0" in login:
        return "has a character that ends a text"
    try:
        login.encode()
    except UnicodeEncodeError:
        # Bytes of the environment that are no UTF-8.
        return "has letters that are not in UTF-8"
    return None


def _is_here(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return found.is_loopback or (mapped is not None and mapped.is_loopback)


def _literal(address: str) -> str:
    """An address as a name (RFC 5321, 4.1.3): this machine has none that a server could make anything of."""
    plain = address.partition("%")[0]
    return f"[IPv6:{plain}]" if ":" in plain else f"[{plain}]"
