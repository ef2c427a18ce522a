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
    room = MOST - len(_OPEN) - len(code) - 1 - len(_CLOSE)
    return [f"{_OPEN}{code}?{_encoded(piece, code)}{_CLOSE}" for piece in _pieces(text, code, room)]


def _pieces(text: str, code: str, room: int) -> list[str]:
    """Parts of a text that fit when they are encoded. A space goes with the word before it."""
    pieces: list[str] = []
    begin = 0
    while begin < len(text):
        end, used = begin, 0
        while end < len(text) and (used + _cost(text[end], code)) <= (room if code == "q" else room // 4 * 3):
            used += _cost(text[end], code)
            end += 1
        between = text.rfind(" ", begin, end) + 1
        if end < len(text) and between:
            end = between
        pieces.append(text[begin:end])
        begin = end
    return pieces


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
