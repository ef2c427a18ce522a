"""The bytes of a draft → those that a mail server is handed: what makes a draft of it and the hidden readers taken out, the date of sending put in, and nothing else touched.

Bytes are cut, never parsed and written anew, so that what was looked at is what goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from briefpack.distribute.message import HIDDEN_ONLY

_END = b"\r\n"
_LONGEST = 998
"""Bytes of a line without its end (RFC 5322, 2.1.1)."""
_DRAFT_ONLY = frozenset({"bcc", "x-unsent", "x-uniform-type-identifier"})
_ONCE = ("from", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id")
"""Fields that a message has once at most (RFC 5322, 3.6); a second one would be read by some programs and not by others."""
_NEEDED = ("from", "date", "message-id")
_FIELD = re.compile(rb"([!-9;-~]+):")
"""The name of a field, as far as its colon (RFC 5322, 3.6.8)."""


class NoDraftError(ValueError):
    """The bytes are not those of a draft as they are written here; says why in a few words."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a message's head. name: in small letters. raw: its lines with all their ends."""

    name: str
    raw: bytes

    @property
    def value(self) -> str:
        """Unfolded, as it is written: encoded words stay encoded."""
        return self.raw.decode().partition(":")[2].replace("\r\n", "").strip()


def fields_of(content: bytes) -> tuple[Field, ...]:
    """The head of a message. Raises NoDraftError where it is none that is written here, or where any line of the message is one that servers may alter:
    too long, not ended by CR and LF, or with bytes beyond ASCII below the head."""
    _check_lines(content)
    head, found, body = content.partition(_END * 2)
    if not found:
        raise NoDraftError("it has no end of a head")
    if not body.isascii():
        raise NoDraftError("its body has bytes beyond ASCII")
    fields: list[Field] = []
    for line in (head + _END).splitlines(keepends=True):
        if line[:1] in {b" ", b"\t"}:
            if not fields or not line.strip():
                raise NoDraftError("its head is folded wrongly")
            fields[-1] = Field(fields[-1].name, fields[-1].raw + line)
            continue
        name = _FIELD.match(line)
        if name is None:
            raise NoDraftError("its head has a line that is no field")
        fields.append(Field(name[1].decode().lower(), line))
    try:
        head.decode()
    except UnicodeDecodeError as error:
        raise NoDraftError("its head is not UTF-8") from error
    names = [each.name for each in fields]
    for name_ in _ONCE:
        if names.count(name_) > 1:
            raise NoDraftError(f"its head says “{name_}” twice")
    for name_ in _NEEDED:
        if name_ not in names:
            raise NoDraftError(f"its head has no “{name_}”")
    return tuple(fields)


def transmitted(draft: bytes, date: datetime) -> bytes:
    """What is handed to a mail server. date: of sending, with its time zone. Raises NoDraftError, as fields_of does.

    The same draft and date give the same bytes: who sends it once more sends the same message.
    """
    if date.tzinfo is None:
        raise ValueError("a message is sent at a moment, and this date has no time zone")
    fields = fields_of(draft)
    kept = [each for each in fields if each.name not in _DRAFT_ONLY]
    if not {"to", "cc"} & {each.name for each in kept}:
        # Where it would have stood: servers take a message without it for junk.
        behind = max(n for n, each in enumerate(kept) if each.name in {"from", "reply-to"}) + 1
        kept.insert(behind, Field("to", f"To: {HIDDEN_ONLY}\r\n".encode()))
    head = b"".join(
        f"Date: {format_datetime(date)}\r\n".encode() if each.name == "date" else each.raw for each in kept
    )
    return head + _END + draft.partition(_END * 2)[2]


def _check_lines(content: bytes) -> None:
    if b"\0" in content:
        raise NoDraftError("it has a NUL")
    bare = content.replace(_END, b"")
    if b"\r" in bare or b"\n" in bare:
        raise NoDraftError("it has a line that does not end with CR and LF")
    if any(len(line) > _LONGEST for line in content.split(_END)):
        raise NoDraftError(f"it has a line of more than {_LONGEST} bytes")
