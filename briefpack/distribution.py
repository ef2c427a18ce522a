"""Who gets which pack by e-mail, and in what words, as the list of a pack says it: checked and positioned, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from ipaddress import ip_address

from briefpack.errors import Where
from briefpack.marking import Ceiling

OUTBOX = "outbox"
"""The folder of a pack's messages, beside those of its audiences, none of which has this name."""
DEFAULT_SIZE = 10_000_000
"""Bytes of a message, encoded, that most mail servers let pass."""

DEFAULT_RESOLUTION = 150
"""Pixels an inch: what a printed page still bears."""
DEFAULT_RATE = 60
DEFAULT_TIMEOUT = 60


class Line(Enum):
    """Where a reader stands in the head of a message."""

    TO = "to"
    CC = "cc"
    BCC = "bcc"


class Fit(Enum):
    """What is done with a message that is too large. pdf-only: Word files are left out where a PDF goes along. compress: pictures are resampled.
    split: the pack goes in parts, one a message."""

    PDF_ONLY = "pdf-only"
    COMPRESS = "compress"
    SPLIT = "split"


class Place(Enum):
    """Where a numbered copy says whose it is."""

    COVER = "cover"
    FOOTER = "footer"
    WATERMARK = "watermark"


class Secret(Enum):
    """Where the password of a reader's files comes from: an environment variable, or drawn at random and told in a letter of its own."""

    ENVIRONMENT = "environment"
    LETTER = "letter"


class Security(Enum):
    """How a connection to a mail server is protected. NONE is for servers on the same machine only."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server that takes the messages. port: None for the usual one of its security. verify: whether its certificate is checked.

    rate: messages a minute, None for no limit. timeout: seconds that an answer is waited for.
    """

    host: str
    port: int | None
    security: Security
    verify: bool
    rate: int | None
    timeout: int
    where: Where

    @property
    def is_local(self) -> bool:
        """Whether it is this machine, so that nothing that it is told goes over a wire."""
        if self.host.casefold() == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Address:
    """local: before the @, NFC. domain: as people write it, in small letters. ascii_domain: as mail servers know it ("xn--…")."""

    local: str
    domain: str
    ascii_domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def wire(self) -> str:
        """As it stands in the head of a message and in an envelope."""
        return f"{self.local}@{self.ascii_domain}"

    @property
    def key(self) -> str:
        """The same for two addresses that reach the same reader: no server in use tells capitals apart."""
        return self.wire.casefold()

    @property
    def needs_smtputf8(self) -> bool:
        """Whether only servers with the extension SMTPUTF8 pass it on (RFC 6531)."""
        return not self.local.isascii()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """name: "" for none."""

    name: str
    address: Address

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else str(self.address)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One reader of one audience's pack. group: the name of the group that lists him.

    language: of the message that he gets. formats: as in manifest.Output, () for all that the audience has. copy: the number of his copy, None for none.
    greeting: the line that he is greeted with, "" for the usual one. password: the environment variable with that of his files, "" for none of his own.
    """

    mailbox: Mailbox
    audience: str
    group: str
    line: Line
    language: str
    formats: tuple[str, ...]
    copy: int | None
    where: Where
    clearance: Ceiling | None = None
    greeting: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an audience's message. subject, body: templates by language; what is under "" is for every other language."""

    subject: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mailing:
    """What holds for all messages to one audience. only: domains that they may go to, None for any; "*.example.int" is any below that one.

    where: what is said of it, or the audience. copies: the places where each reader's copy says that it is his, () for the same files for all.
    password: None where files are not locked. beside: whether files that the build put beside the pack go along.
    """

    sender: Mailbox
    reply_to: Mailbox | None
    wording: Wording
    only: tuple[str, ...] | None
    where: Where
    copies: tuple[Place, ...] = ()
    password: Secret | None = None
    beside: bool = True

    @property
    def each_his_own(self) -> bool:
        """Whether no two readers get the same files."""
        return bool(self.copies) or self.password is not None

    def may_go_to(self, address: Address) -> bool:
        """Whether `only` lets the pack go to an address."""
        domain = address.domain
        return self.only is None or any(
            domain.endswith(allowed[1:]) if allowed.startswith("*.") else domain == allowed
            for allowed in self.only
        )


@dataclass(frozen=True, slots=True)
class Distribution:
    """mailings: of every audience of the pack, in its order. recipients: in the order of the list. size: bytes of a message, encoded, that are too many.

    style: the name of the style of the proof sheet, "" for that of the first audience. where, size_where: the list, and its word on size.
    too_large: what is done with a message that is, one after the other until it no longer is. resolution: pixels an inch that compressed pictures keep.
    copies: the highest number that a copy has, through all audiences; 0 for none. server: None where the list names none.
    """

    mailings: Mapping[str, Mailing]
    recipients: tuple[Recipient, ...]
    size: int
    style: str
    where: Where
    size_where: Where
    style_where: Where
    too_large: tuple[Fit, ...] = ()
    resolution: int = DEFAULT_RESOLUTION
    copies: int = 0
    server: Server | None = None

    def of(self, audience: str) -> tuple[Recipient, ...]:
        """Those who get an audience's pack."""
        return tuple(each for each in self.recipients if each.audience == audience)
