r"""A mail server that follows a script, in a thread: what it says, what it expects to hear, and how it leaves.

A script is a text, a step a line: "S: 220 hello" is said, "C: EHLO" is the beginning of what is heard, "RAW: 25" is said without the end of a line ("\r\n" stands for one), "BODY" hears
a message to its final dot, "SOME" hears a part of one, "TLS" begins TLS, "WAIT 0.5" sleeps, "CTRL-C" interrupts
this process and waits until it has felt it, "CLOSE" hangs up, "NEXT" hangs up and takes the next connection.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from briefpack.distribution import Security, Server
from briefpack.errors import Where

LIST = Where(Path("distribution.yaml"), 2, 3)


class Scripted:
    """heard: the lines that clients said. bodies: the messages, with their final dot. Leaving it raises what went otherwise than the script says."""

    def __init__(
        self, script: str, tls: ssl.SSLContext | None = None, *, felt: threading.Event | None = None
    ) -> None:
        self.steps = [line.strip() for line in script.splitlines() if line.strip()]
        self.tls = tls
        self.felt = felt or threading.Event()
        self.heard: list[str] = []
        self.bodies: list[bytes] = []
        self.wrong: list[str] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.listening.settimeout(120)
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self.run)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.thread.join(300)
        assert not self.thread.is_alive()
        self.listening.close()
        if kind is None:
            assert self.wrong == []

    def server(self, security: Security = Security.NONE, **told: Any) -> Server:
        known: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "verify": True,
            "timeout": 60,
            **told,
        }
        return Server(security=security, rate=None, where=LIST, **known)

    def run(self) -> None:
        steps = iter(self.steps)
        more = True
        while more:
            try:
                connection, _ = self.listening.accept()
            except TimeoutError:
                self.wrong.append("nobody came")
                return
            connection.settimeout(120)
            line = Line(connection)
            try:
                more = self.talk(steps, line)
            except OSError as error:
                left = next(steps, None)
                if left not in {None, "NEXT", "CLOSE"}:
                    self.wrong.append(f"{error} before {left}")
                more = left == "NEXT"
            finally:
                line.connection.close()

    def talk(self, steps: Any, line: Line) -> bool:
        """Whether there is another connection to come."""
        for step in steps:
            what, _, told = step.partition(" ")
            match what:
                case "S:":
                    line.connection.sendall(told.encode() + b"\r\n")
                case "RAW:":
                    line.connection.sendall(told.replace("\\r\\n", "\r\n").encode())
                case "C:":
                    said = line.read(b"\r\n").decode()
                    self.heard.append(said.rstrip("\r\n"))
                    if not said.startswith(told):
                        self.wrong.append(f"heard {said!r} instead of {told!r}")
                        return False
                case "BODY":
                    self.bodies.append(line.read(b"\r\n.\r\n"))
                case "SOME":
                    line.connection.recv(10)
                case "TLS":
                    assert self.tls is not None
                    try:
                        line.connection = self.tls.wrap_socket(line.connection, server_side=True)
                    except (ssl.SSLError, ConnectionError):
                        # The client does not trust it; whether it should is the test's question.
                        return False
                case "WAIT":
                    time.sleep(float(told))
                case "CTRL-C":
                    self.felt.clear()
                    os.kill(os.getpid(), signal.SIGINT)
                    if not self.felt.wait(60):
                        self.wrong.append("nobody felt the Ctrl-C")
                case "CLOSE":
                    return False
                case "NEXT":
                    return True
                case _:
                    self.wrong.append(f"the script says {step!r}")
        # Whoever is still there goes first.
        line.rest()
        return False


@dataclass
class Line:
    connection: socket.socket
    read_ahead: bytes = b""

    def read(self, end: bytes) -> bytes:
        while end not in self.read_ahead:
            more = self.connection.recv(65536)
            if not more:
                raise ConnectionResetError("the client hung up")
            self.read_ahead += more
        found, _, self.read_ahead = self.read_ahead.partition(end)
        return found + end

    def rest(self) -> None:
        while self.connection.recv(65536):
            pass


@dataclass(frozen=True)
class Authority:
    """file: of its certificate. context: of a server whose certificate it gave, for localhost and 127.0.0.1."""

    file: Path
    context: ssl.SSLContext


def authority(folder: Path, days: int = 0, name: str = "localhost") -> Authority:
    """One that nobody knows, and a server's certificate by it. days: by how many the time is another one in which that holds, a day before and after now. name: of the server."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    now = dt.datetime.now(dt.UTC)
    day = dt.timedelta(days=1)

    def certificate(
        name: str, key: Any, issuer: str, issuer_key: Any, *extensions: Any, now: dt.datetime = now
    ) -> Any:
        def named(common: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])

        made = x509.CertificateBuilder(
            named(issuer), named(name), key.public_key(), x509.random_serial_number(), now - day, now + day
        )
        for extension, critical in extensions:
            made = made.add_extension(extension, critical)
        return made.sign(issuer_key, hashes.SHA256())

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_id = x509.SubjectKeyIdentifier.from_public_key(root_key.public_key())
    root = certificate(
        "Test authority",
        root_key,
        "Test authority",
        root_key,
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (root_id, False),
        (
            x509.KeyUsage(
                digital_signature=False,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=True,
                crl_sign=True,
                encipher_only=False,
                decipher_only=False,
            ),
            True,
        ),
    )
    names = x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ip_address("127.0.0.1"))])
    leaf = certificate(
        "localhost",
        key,
        "Test authority",
        root_key,
        (names, False),
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(root_id), False),
        now=now + days * day,
    )
    file, chain = folder / "authority.pem", folder / "server.pem"
    file.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain.write_bytes(private + leaf.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return Authority(file, context)
