"""What a sending leaves beside the packs that it sent: which ledger knows of it, and up to which line; so that a ledger that is lost, or an older copy of it, is noticed; pure.

It names no reader. The journal of a ledger is only ever added to, so a ledger that has the line that a mark tells of knows all that was sent before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from briefpack.distribute.delivery import Change, State

MARK_NAME = "sent.json"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """ledger: its identity. line: of its journal, the last one that says that a message may be on its way. checksum: of that line, see checksum_of.

    at: when that was, ISO 8601, UTC.
    """

    ledger: str
    line: int
    checksum: str
    at: str


def mark_of(identity: str, begun: Change) -> Mark:
    """begun: the last line of the journal whose delivery became `sending`."""
    return Mark(identity, begun.number, checksum_of(begun), begun.at.isoformat(timespec="milliseconds"))


def last_begun(journal: Sequence[Change]) -> Change | None:
    """None where no message has ever been on its way."""
    return next((each for each in reversed(journal) if each.after is State.SENDING), None)


def checksum_of(change: Change) -> str:
    """SHA-256 as hex digits; two ledgers have the same only where one is a copy of the other."""
    said = (change.number, change.key, change.at.isoformat(timespec="milliseconds"), change.after.value)
    return hashlib.sha256("\0".join(map(str, said)).encode()).hexdigest()


def render_mark(mark: Mark) -> bytes:
    """As JSON, UTF-8."""
    return (json.dumps({"schema": _SCHEMA, **asdict(mark)}, indent=2) + "\n").encode()


def read_mark(raw: bytes) -> Mark | None:
    """None where it is none, or none that this version understands."""
    try:
        content = json.loads(raw)
        if content.pop("schema") != _SCHEMA:
            return None
        mark = Mark(**content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    texts = (mark.ledger, mark.checksum, mark.at)
    return mark if all(isinstance(each, str) for each in texts) and type(mark.line) is int else None


def unknown_to(identity: str | None, journal: Sequence[Change], mark: Mark) -> str | None:
    """Why a ledger does not know of what a mark tells of; None where it does. identity: None for a ledger of a form that has none."""
    if identity is not None and identity != mark.ledger:
        return "is another one than the one that it was written into"
    # Numbers of lines begin at 1, and none is left out.
    line = journal[mark.line - 1] if 0 < mark.line <= len(journal) else None
    if identity is None or line is None or checksum_of(line) != mark.checksum:
        return "is an older copy, and does not know all of it"
    return None
