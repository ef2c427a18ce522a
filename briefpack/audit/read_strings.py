"""Bytes of any kind → the runs of characters in them, in ASCII, UTF-8 and UTF-16, as the program `strings` finds them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

SHORTEST = 6
"""Characters. Shorter runs come about by chance, everywhere; what is searched for is longer."""

_UTF_8 = re.compile(
    rb"(?:[\t\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\r\n](?=[\t\x20-\x7e\xc2-\xef])){%d,}+"
    % SHORTEST
)
_UTF_16_LE = re.compile(
    rb"(?:[\x20-\x7e\xa0-\xff]\0|[\x00-\xff][\x01-\x06\x20\xfb]|[\t\r\n]\0){%d,}+" % SHORTEST
)
_UTF_16_BE = re.compile(
    rb"(?:\0[\x20-\x7e\xa0-\xff]|[\x01-\x06\x20\xfb][\x00-\xff]|\0[\t\r\n]){%d,}+" % SHORTEST
)
_BASE64 = re.compile(
    r"[A-Za-z0-9+/]{40,}+(?:\s++[A-Za-z0-9+/]{40,}+)*+(?:\s*+[A-Za-z0-9+/]{1,39}+(?![A-Za-z0-9+/]))?={0,2}"
)
_WORDLIKE = re.compile(r"[^\W\d_]{3}")


def strings_in(data: bytes) -> Iterator[str]:
    """Runs with at least three letters in a row; those in UTF-8 first."""
    for found in _UTF_8.finditer(data):
        text = found[0].decode("utf-8", "replace")
        if _WORDLIKE.search(text):
            yield text
    if b"\0" not in data:
        return
    for pattern, encoding in ((_UTF_16_LE, "utf-16-le"), (_UTF_16_BE, "utf-16-be")):
        for found in pattern.finditer(data):
            text = found[0].decode(encoding, "replace")
            if _WORDLIKE.search(text):
                yield text


def packed_in(text: str) -> Iterator[str]:
    """What is in a text as Base64 (RFC 4648), in any of these encodings; lines may be of any length above forty letters."""
    for found in _BASE64.finditer(text):
        letters = "".join(found[0].split())
        yield from strings_in(base64.b64decode(letters[: len(letters) // 4 * 4]))


def decoded(data: bytes) -> str | None:
    """Bytes that are a text as a whole; None when they are not."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                return None
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    if _CONTROLS.search(data) or len(data) > 8 * len(re.findall(rb"[A-Za-z]", data[: 1 << 16])) + (1 << 16):
        return None
    return data.decode("cp1252", "replace")


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
