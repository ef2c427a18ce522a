"""What is known of a message on its way to one reader: what it is, how far it came, and what a run of sending did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from briefpack.errors import Diagnostic

BEYOND_LIMIT = "the message is too large for the server"
"""How the reply of an entry begins whose message nobody was asked to take, since the server had said how large one may be."""
BEYOND_ASCII = "the server takes no addresses beyond ASCII (SMTPUTF8)"
"""The same of a message that is to such an address, or names one."""


class State(Enum):
    """How far a delivery came. SENDING: its bytes may be on their way. UNCERTAIN: nobody knows whether the server took it; never sent again without a word.

    REFUSED: the server will not have it. WITHDRAWN: it was queued, and is no longer meant to be sent.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Delivery:
    """key: as in outbox_record.RecordedReader, the same for the same files to the same reader. message: the Message-ID without its brackets.

    draft: its name, without ".eml". checksum: SHA-256 of the draft, hex digits. address: as in an envelope. part, parts: 0 where the pack goes whole.
    copy: the number of the reader's copy, None for none.
    """

    key: str
    message: str
    draft: str
    checksum: str
    audience: str
    address: str
    part: int = 0
    parts: int = 0
    copy: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery in the ledger. attempts: how often a server was asked to take it. code: of its last answer (RFC 5321, 4.2), None for none.

    reply: its words, or why there was no answer; "" for none; one line, without control characters. since: when it came to its state, UTC.
    not_before: UTC, when it is worth another try; None where nothing is known of that. dated: the Date of its message, UTC, whole seconds: of when it was
    queued, or of its latest draft; the same for all attempts, so that they have the same bytes. on_word: it is sent because a person said that it has arrived, and
    no server did.
    """

    delivery: Delivery
    state: State
    attempts: int
    code: int | None
    reply: str
    since: datetime
    not_before: datetime | None
    dated: datetime
    on_word: bool = False

    @property
    def key(self) -> str:
        return self.delivery.key


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the journal. before: None where the delivery was new. at: UTC. The rest as in Entry."""

    number: int
    key: str
    at: datetime
    before: State | None
    after: State
    attempts: int
    code: int | None
    reply: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. Otherwise as in Entry."""

    state: State
    code: int | None
    reply: str
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One message and the readers who get it; more than one only where all get the same bytes.

    sender: of the envelope. read: the draft as it is now; raises OSError. form: the draft's bytes → what is transmitted: lines that end in CRLF, and nobody's
    name who is hidden. Both are called for each attempt, just before it.
    """

    sender: str
    deliveries: tuple[Delivery, ...]
    read: Callable[[], bytes]
    form: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Login:
    """Who logs in at the mail server. It is in no error and no representation."""

    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pace:
    """How hard a run tries. rate: messages a minute, None for no limit. tries: attempts at one message within a run that are answered with "later".

    wait: seconds before the second one; each further one waits `growth` times as long, at most `longest`, and up to a quarter more or less by chance.
    """

    rate: int | None = None
    tries: int = 3
    wait: float = 30.0
    growth: float = 4.0
    longest: float = 600.0


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run did with the deliveries of its jobs, as the ledger has them at its end, in the order of the jobs.

    sent, refused, uncertain: by this run. queued: what is left, each with the reason. before: those that were not queued when the run began; they were not touched.
    stopped: why the run ended early, None where it did not. interrupted: whether it was asked to stop (Ctrl-C).
    """

    sent: tuple[Entry, ...]
    refused: tuple[Entry, ...]
    uncertain: tuple[Entry, ...]
    queued: tuple[Entry, ...]
    before: tuple[Entry, ...]
    stopped: Diagnostic | None = None
    interrupted: bool = False
