"""Who gets which pack by e-mail, and in what words, as the list of a pack says it: checked and positioned, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from briefpack.errors import Where
from briefpack.marking import Ceiling

OUTBOX = "outbox"
"""The folder of a pack's messages, beside those of its audiences, none of which has this name."""
DEFAULT_SIZE = 10_000_000
"""Bytes of a message, encoded, that most mail servers let pass."""


class Line(Enum):
    """Where a reader stands in the head of a message."""

    TO = "to"
    CC = "cc"
    BCC = "bcc"


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
    greeting: the line that he is greeted with, "" for the usual one.
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


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an audience's message. subject, body: templates by language; what is under "" is for every other language."""

    subject: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mailing:
    """What holds for all messages to one audience. only: domains that they may go to, None for any; "*.example.int" is any below that one.

    where: what is said of it, or the audience.
    """

    sender: Mailbox
    reply_to: Mailbox | None
    wording: Wording
    only: tuple[str, ...] | None
    where: Where


@dataclass(frozen=True, slots=True)
class Distribution:
    """mailings: of every audience of the pack, in its order. recipients: in the order of the list. size: bytes of a message, encoded, that are too many.

    style: the name of the style of the proof sheet, "" for that of the first audience. where, size_where: the list, and its word on size.
    """

    mailings: Mapping[str, Mailing]
    recipients: tuple[Recipient, ...]
    size: int
    style: str
    where: Where
    size_where: Where
    style_where: Where

    def of(self, audience: str) -> tuple[Recipient, ...]:
        """Those who get an audience's pack."""
        return tuple(each for each in self.recipients if each.audience == audience)
