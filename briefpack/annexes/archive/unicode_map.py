"""A font's ToUnicode stream → what its character codes mean (ISO 32000-1, 9.10.3). Pure.

Readers differ in what they make of a stream with mistakes, so that one with any says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEX = rb"<((?:[0-9A-Fa-f]{2})*)>"
_SPACE = rb"[\s\0]*"
_OPENED = re.compile(rb"begin(?:codespacerange|bfchar|bfrange)\b")
_SECTION = re.compile(rb"begin(codespacerange|bfchar|bfrange)\b(.*?)\bend(\w+)", re.DOTALL)
_PAIR = re.compile(_SPACE + _HEX + _SPACE + _HEX)
_RANGE = re.compile(
    _SPACE
    + _HEX
    + _SPACE
    + _HEX
    + _SPACE
    + rb"(?:"
    + _HEX
    + rb"|\[((?:"
    + _SPACE
    + _HEX
    + rb")*)"
    + _SPACE
    + rb"\])"
)
_ONE = re.compile(_HEX)
_MOST_IN_RANGE = 65_536


class _Mistake(Exception):  # noqa: N818 - a finding, not a fault
    pass


def read_unicode_map(content: bytes) -> dict[int, str]:
    """Code → text; {} when the stream has a mistake or says nothing."""
    sections = list(_SECTION.finditer(content))
    if len(sections) != len(_OPENED.findall(content)) or any(part[1] != part[3] for part in sections):
        # One is opened and never closed.
        return {}
    found: dict[int, str] = {}
    spaces: list[tuple[int, int, int]] = []
    try:
        for section in sections:
            _read(section[1], section[2], spaces, found)
    except _Mistake:
        return {}
    return found


def _read(kind: bytes, held: bytes, spaces: list[tuple[int, int, int]], found: dict[int, str]) -> None:
    if kind == b"codespacerange":
        spaces += [(len(pair[1]), _number(pair[1]), _number(pair[2])) for pair in _all(_PAIR, held)]
    elif kind == b"bfchar":
        for pair in _all(_PAIR, held):
            _note(found, spaces, pair[1], bytes.fromhex(pair[2].decode("ascii")))
    else:
        for span in _all(_RANGE, held):
            _note_range(found, spaces, span)


def _all(pattern: re.Pattern[bytes], held: bytes) -> Iterator[re.Match[bytes]]:
    """What a section is made of, from its first to its last byte."""
    at = 0
    while (match := pattern.match(held, at)) is not None:
        yield match
        at = match.end()
    if held[at:].strip(b" \t\r\n\f\0"):
        raise _Mistake


def _note_range(found: dict[int, str], spaces: list[tuple[int, int, int]], span: re.Match[bytes]) -> None:
    first, last = _number(span[1]), _number(span[2])
    if len(span[1]) != len(span[2]) or not first <= last <= first + _MOST_IN_RANGE:
        raise _Mistake
    if span[3] is None:
        for code, one in enumerate(_ONE.finditer(span[4]), first):
            if code <= last:
                _note(found, spaces, b"%0*x" % (len(span[1]), code), bytes.fromhex(one[1].decode("ascii")))
        return
    start = bytes.fromhex(span[3].decode("ascii"))
    if not start or start[-1] + last - first > 0xFF:
        # Only the last byte counts up, and it does not carry.
        raise _Mistake
    for code in range(first, last + 1):
        text = start[:-1] + bytes([start[-1] + code - first])
        _note(found, spaces, b"%0*x" % (len(span[1]), code), text)


def _note(found: dict[int, str], spaces: list[tuple[int, int, int]], digits: bytes, text: bytes) -> None:
    code = _number(digits)
    if not any(size == len(digits) and first <= code <= last for size, first, last in spaces):
        raise _Mistake
    found[code] = text.decode("utf-16-be", "replace") if len(text) > 1 else text.decode("latin-1")


def _number(digits: bytes) -> int:
    return int(digits, 16) if digits else -1
