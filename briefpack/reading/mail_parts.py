"""The parts of a message, as Python's parser gives them: what they are and what is in them, whatever it raises on values that make no sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from typing import TypeVar

from briefpack.reading.foreign_text import clean

_Value = TypeVar("_Value")

DAMAGE = (
    MessageError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    NameError,
    AssertionError,
    OverflowError,
)
"""What Python's parser of header values raises on values that make no sense (several open faults of CPython: “To: <” is an IndexError, “To: b@[ ” a NameError); it promises none."""
_LONGEST_NAME = 120


def _asked(ask: Callable[[], _Value], otherwise: _Value) -> _Value:
    """What the parser says, or something else where it cannot say it."""
    try:
        return ask()
    except DAMAGE:
        return otherwise


def header_of(message: Message, name: str) -> str:
    """A header's value, decoded as far as it can be; "" for none."""
    try:
        value = message[name]
        return "" if value is None else str(value)
    except DAMAGE:
        raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
        return _asked(lambda: str(make_header(decode_header(str(raw)))), str(raw))


def kind_of(part: Message) -> str:
    """The type of a part, "text/plain"."""
    return _asked(part.get_content_type, "application/octet-stream")


def disposition_of(part: Message) -> str | None:
    """Whether a part is said to be an "attachment" or to stand "inline"; None where nothing is said of it."""
    return _asked(part.get_content_disposition, None)


def charset_of(part: EmailMessage) -> str | None:
    """In what encoding a part is said to be; None where nothing is said of it."""
    return _asked(part.get_content_charset, None)


def parameter_of(part: EmailMessage, name: str) -> str:
    """A parameter of a part's type; "" for none."""
    return _asked(lambda: str(part.get_param(name) or ""), "")


def file_name_of(part: EmailMessage) -> str:
    """The name of the file that a part is, on one line, with its middle left out where it is long; "" for none."""
    name = _asked(part.get_filename, None)
    return shortened(" ".join(clean(str(name or ""), lenient=True).text.split()))


def shortened(name: str) -> str:
    """A name without what is too much of it in the middle."""
    name = name.strip()
    half = _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[:half]}…{name[-half:]}"


def parts_in(part: Message) -> list[EmailMessage]:
    """The parts that stand in a part directly."""
    held = part.get_payload()
    return [each for each in held if isinstance(each, EmailMessage)] if isinstance(held, list) else []


def all_parts(message: Message) -> Iterator[Message]:
    """A message and all parts in it, but not those of messages that are attached to it."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        yield part
        if kind_of(part) != "message/rfc822":
            waiting.extend(parts_in(part))


def content_of(part: Message) -> bytes:
    """The bytes of a part as they were before they were encoded for the mail; b"" where there are none."""
    try:
        content = part.get_payload(decode=True)
    except DAMAGE:
        return b""
    return content if isinstance(content, bytes) else b""


def size_of(part: Message) -> int:
    """How many bytes of content a part has, a message that is a part all of its own."""
    if part.is_multipart():
        try:
            return len(part.get_payload(0).as_bytes())  # type: ignore[union-attr]  # of a message that is a part
        except (*DAMAGE, RecursionError):
            return 0
    return len(content_of(part))
