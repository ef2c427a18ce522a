"""Words beyond ASCII as they stand in the head of a message (RFC 2047), divided between words where that is possible; pure.

The library's own encoder takes what looks like encoded words apart first, and so lets a line's end come out of a title that has one in code. This one
encodes what it is given.
"""

from __future__ import annotations

import base64
import string

MOST = 75
"""Characters of an encoded word."""
_OPEN, _CLOSE = "=?utf-8?", "?="
_AS_IT_IS = frozenset(string.ascii_letters + string.digits + "!*+-/")
"""What may stand in a name unencoded (RFC 2047, 5, rule 3)."""


def encoded_words(text: str) -> list[str]:
    """text, which is one line and not empty, as encoded words; with white space between them, which does not count, they are the text."""
    code = min("q", "b", key=lambda each: len(_encoded(text, each)))
    words: list[str] = []
    begin = 0
    while begin < len(text):
        end, used = _end(text, begin, code)
        words.append(f"{_OPEN}{used}?{_encoded(text[begin:end], used)}{_CLOSE}")
        begin = end
    return words


def _end(text: str, begin: int, code: str) -> tuple[int, str]:
    """Where a word ends that begins there, and its code. It ends behind a space where that is possible.

    In base64 only the last one is filled up with =, since some readers decode a run of words as one, and stop there (GMime 3.2). Where no letters come to
    a multiple of three bytes, the word has the other code.
    """
    room = MOST - len(_OPEN) - len(code) - 1 - len(_CLOSE)
    most = room if code == "q" else room // 4 * 3
    ends: list[int] = []
    used = 0
    for end, char in enumerate(text[begin:], begin + 1):
        used += _cost(char, code)
        if used > most:
            break
        if end == len(text):
            return end, code
        if code == "q" or used % 3 == 0:
            ends.append(end)
    if not ends:
        return _end(text, begin, "q")
    return next((end for end in reversed(ends) if text[end - 1] == " "), ends[-1]), code


def _cost(char: str, code: str) -> int:
    """Characters that a character takes; in base64, bytes, of which three take four characters."""
    return len(_encoded(char, code)) if code == "q" else len(char.encode())


def _encoded(text: str, code: str) -> str:
    if code == "b":
        return base64.b64encode(text.encode()).decode("ascii")
    return "".join(
        char
        if char in _AS_IT_IS
        else "_"
        if char == " "
        else "".join(f"={byte:02X}" for byte in char.encode())
        for char in text
    )
