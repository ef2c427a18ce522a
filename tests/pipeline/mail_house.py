"""A mail server of the tests' own, on this machine: a real one (aiosmtpd) in a thread, with certificates that are made here, and readers whom it does not take."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HANG_UP = "hang up"
"""Instead of an answer to a whole message."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A message as the server has it."""

    sender: str
    readers: tuple[str, ...]
    content: bytes
    user: str | None


@dataclass(frozen=True, slots=True)
class Papers:
    """authority: the file of a certificate authority. chain, key: of a server that it vouches for."""

    authority: Path
    chain: Path
    key: Path


def papers(folder: Path, name: str = "localhost") -> Papers:
    """Made anew in a folder. name: whom the certificate is for; a number is one of a machine."""
    folder.mkdir(parents=True, exist_ok=True)
    ca_key, own_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of a test")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        crl_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    authority = (
        x509.CertificateBuilder()
        .subject_name(ca_name)
        .issuer_name(ca_name)
        .public_key(ca_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    own = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(ca_name)
        .public_key(own_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    made = Papers(folder / "authority.pem", folder / "chain.pem", folder / "key.pem")
    made.authority.write_bytes(authority.public_bytes(pem))
    made.chain.write_bytes(own.public_bytes(pem))
    made.key.write_bytes(
        own_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


@dataclass(slots=True)
class House:
    """A context manager: a server that listens while it is open.

    security: as in the list; with "starttls" it takes nothing before it. offers: whether it says that it has STARTTLS. papers: needed for TLS. user, password: who may log in;
    "" for everybody without. refuses: address → the answer to it. answers: what it says to whole messages, one after the other, as long as there are any.
    echoes: what it says to a wrong login has the login in it. international: whether it takes addresses beyond ASCII. offered: every message that reached it, taken or not. waits: it takes a message only when told to go on; it says when it is busy with one.
    """

    security: str = "none"
    papers: Papers | None = None
    offers: bool = True
    user: str = ""
    password: str = ""
    refuses: Mapping[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    echoes: bool = False
    international: bool = True
    waits: bool = False
    busy: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    offered: list[bytes] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(120)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        assert self._thread is not None
        self._thread.join(120)

    def reached(self) -> list[str]:
        """Addresses of all who were sent something, sorted; twice who was sent it twice."""
        return sorted(address for each in self.taken for address in each.readers)

    # ----------------------------------------------------------------------- what aiosmtpd asks

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        self.busy.set()
        self.offered.append(bytes(envelope.original_content))
        # An event of threads, which asyncio cannot wait for.
        while self.waits and not self.go_on.is_set():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        if self.answers:
            answer = self.answers.pop(0)
            if answer == HANG_UP:
                server.transport.abort()
                return answer
            if not answer.startswith("2"):
                return answer
        user = session.auth_data.decode() if isinstance(session.auth_data, bytes) else session.auth_data
        self.taken.append(
            Taken(envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.original_content), user)
        )
        return "250 2.0.0 taken"

    # ----------------------------------------------------------------------- the server

    def _serve(self, ready: threading.Event) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        context = None
        if self.papers is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.papers.chain, self.papers.key)

        protocols: list[SMTP] = []

        def protocol() -> SMTP:
            self.connections += 1
            starttls = self.security == "starttls" and self.offers
            made = SMTP(
                self,
                hostname="localhost",
                loop=loop,
                enable_SMTPUTF8=self.international,
                tls_context=context if starttls else None,
                require_starttls=starttls,
                auth_required=bool(self.user),
                authenticator=self._authenticate if self.user else None,
            )
            # It does not see that it is protected from the start, and would warn if it were told not to ask.
            made._auth_require_tls = self.security == "starttls"
            protocols.append(made)
            return made

        direct = context if self.security == "tls" else None
        server = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0, ssl=direct))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        server.close()
        for each in protocols:
            if each.transport is not None:
                each.transport.abort()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        # A connection is closed in a turn of its own.
        loop.run_until_complete(asyncio.sleep(0))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    def _authenticate(
        self, _server: SMTP, _session: Any, _envelope: Any, _mechanism: str, auth_data: Any
    ) -> AuthResult:
        assert isinstance(auth_data, LoginPassword)
        given = (auth_data.login.decode(), auth_data.password.decode())
        if given == (self.user, self.password):
            return AuthResult(success=True, auth_data=given[0])
        if self.echoes:
            # Such servers exist: what they were given stands in what they say.
            message = f"535 5.7.8 wrong: {given[0]} {given[1]}"
            return AuthResult(success=False, handled=False, message=message)
        return AuthResult(success=False, handled=False)
