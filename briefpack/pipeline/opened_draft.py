"""The bytes of a draft → a message with the checksums of the files in it, opened by another reader than wrote it.

Long bodies are taken out before that reader sees them, and what several drafts have in common is decoded once: Python decodes a gigabyte of lines in twenty seconds, and a
thousand drafts carry the same files.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import hashlib
import re
import secrets
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

_POLICY = email.policy.default.clone(utf8=True)
_LINE, _CONTENT = 78, 57
"""Bytes of a whole line of base64 with its end (RFC 2045, 6.8), and of what it says."""
_LINES = 840
_BLOCK = _LINES * _LINE
"""Bytes that are looked up at once."""
_LEAST = 64 * _LINE
"""Bytes of a body below which the reader may as well have it."""
_MOST_KNOWN = 8_192
"""States that are kept: those of half a gigabyte of bodies, in some megabytes of memory."""
_BEGIN = re.compile(rb"\r\n\r\n(?=[A-Za-z0-9+/]{76}\r\n)")
_WHOLE = re.compile(rb"(?:[A-Za-z0-9+/]{76}\r\n)*")
"""Whole lines of base64. No line that divides a message is among them: it begins with dashes."""
_NONE = ""


class DraftReader:
    """Opens the drafts of an outbox, one after the other.

    What is remembered is no content: by the checksum of a body's lines up to some block, the state of the checksum of what they say. The same lines say the same.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, _Hash] = {}

    def open(self, raw: bytes) -> OpenedDraft:
        """raw: any bytes. Raises what Python's reader of messages raises on some of them, see read_letter.DAMAGE."""
        mark = f"body-{secrets.token_hex(16)}-"
        kept: list[bytes] = []
        told: list[_Hash] = []
        runs: list[tuple[int, int]] = []
        at = 0
        while found := _BEGIN.search(raw, at):
            end, state = self._run(raw, found.end())
            if end - found.end() < _LEAST:
                kept.append(raw[at:end])
            else:
                kept += (raw[at : found.end()], f"{mark}{len(told)}\r\n".encode())
                told.append(state)
                runs.append((found.end(), end))
            at = end
        kept.append(raw[at:])
        message = email.message_from_bytes(b"".join(kept), policy=_POLICY)
        return OpenedDraft(message, raw, tuple(runs), tuple(told), mark)

    def _run(self, raw: bytes, at: int) -> tuple[int, _Hash]:
        """Where the whole lines of base64 end that begin there, and the checksum of what they say."""
        seen, told = hashlib.sha256(), hashlib.sha256()
        while len(block := raw[at : at + _BLOCK]) == _BLOCK:
            seen.update(block)
            key = seen.digest()
            state = self._known.get(key)
            if state is None:
                content = _of_lines(block)
                if content is None:
                    break
                state = told.copy()
                state.update(content)
                self._remember(key, state)
            told = state
            at += _BLOCK
        rest = _WHOLE.match(raw, at, at + _BLOCK)
        if rest is None or not rest[0]:
            return at, told
        told = told.copy()
        told.update(binascii.a2b_base64(rest[0]))
        return rest.end(), told

    def _remember(self, key: bytes, state: _Hash) -> None:
        if len(self._known) >= _MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[key] = state


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """message: without the bodies that were taken out. raw: the draft. runs: where in it they begin and end. told: of each of them, the checksum of what its lines say.

    mark: stands in their places, with the number of the body behind it; nobody can have known it.
    """

    message: EmailMessage
    raw: bytes
    runs: tuple[tuple[int, int], ...]
    told: tuple[_Hash, ...]
    mark: str

    def sha256(self, part: EmailMessage) -> str:
        """Of what a part carries that is no container, hex digits; "" where it is not coded as files in drafts are: base64 in lines of 76 characters, and nothing else
        between or behind them, of which each program that reads mail might make something else."""
        number, content = self._parted(part)
        if content is None:
            return _NONE
        told = hashlib.sha256() if number is None else self.told[number].copy()
        told.update(content)
        return told.hexdigest()

    def content(self, part: EmailMessage) -> bytes | None:
        """The same in full; None for the same."""
        number, content = self._parted(part)
        if content is None or number is None:
            return content
        begin, end = self.runs[number]
        return binascii.a2b_base64(self.raw[begin:end]) + content

    def _parted(self, part: EmailMessage) -> tuple[int | None, bytes | None]:
        """Which body was taken out of a part, None for none, and what is said behind it, None where it is not coded as it should be."""
        text = part.get_payload(decode=False)
        if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
            return None, None
        if not isinstance(text, str) or not text.isascii():
            return None, None
        number = None
        if text.startswith(self.mark):
            line, _, text = text.partition("\r\n")
            number = int(line.removeprefix(self.mark))
        return number, _sound(text.encode())


def _of_lines(block: bytes) -> bytes | None:
    """What whole lines of base64 say; None where they are none."""
    count = len(block) // _LINE
    if block[_LINE - 2 :: _LINE] != b"\r" * count or block[_LINE - 1 :: _LINE] != b"\n" * count:
        return None
    try:
        content = binascii.a2b_base64(block)
    except binascii.Error:
        return None
    # What is no letter of base64 was passed over, so that there is too little where anything else stands in a line.
    return content if len(content) == count * _CONTENT else None


def _sound(text: bytes) -> bytes | None:
    """What a body says, or the end of one; None where it would be written otherwise. Its last line has an end or not: that may be the divider's."""
    try:
        content = binascii.a2b_base64(text)
    except binascii.Error:
        return None
    written = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return content if text.removesuffix(b"\r\n") == written.removesuffix(b"\r\n") else None
