"""A font's ToUnicode stream → what its character codes mean (ISO 32000-1, 9.10.3). Pure."""

from __future__ import annotations

import re

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])")
_MOST_IN_RANGE = 65_536


def read_unicode_map(content: bytes) -> dict[int, str]:
    """Code → text. What cannot be read is left out."""
    found: dict[int, str] = {}
    for section in _SECTION.finditer(content):
        tokens = [
            (token[2] or bytes.fromhex(_even(token[1]))) if token[2] else bytes.fromhex(_even(token[1]))
            for token in _TOKEN.finditer(section[2])
        ]
        if section[1] == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=False):
                found[_number(code)] = _text(text)
        else:
            _ranges(tokens, found)
    return found


def _ranges(tokens: list[bytes], found: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(tokens):
        first, last = _number(tokens[at]), _number(tokens[at + 1])
        last = min(last, first + _MOST_IN_RANGE)
        if tokens[at + 2] == b"[":
            at += 3
            for code in range(first, last + 1):
                if at >= len(tokens) or tokens[at] == b"]":
                    break
                found[code] = _text(tokens[at])
                at += 1
            while at < len(tokens) and tokens[at] != b"]":
                at += 1
            at += 1
        else:
            start = tokens[at + 2]
            for code in range(first, last + 1):
                # Only the last byte counts up, and it does not carry.
                found[code] = _text(start[:-1] + bytes([(start[-1] + code - first) & 0xFF]) if start else b"")
            at += 3


def _even(digits: bytes) -> str:
    plain = b"".join(digits.split()).decode("ascii")
    return plain if len(plain) % 2 == 0 else plain + "0"


def _number(code: bytes) -> int:
    return int.from_bytes(code, "big")


def _text(raw: bytes) -> str:
    return raw.decode("utf-16-be", "replace") if len(raw) > 1 else raw.decode("latin-1")
