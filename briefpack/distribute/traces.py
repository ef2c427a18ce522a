"""Short ids that are made of what they stand for: the same each time, no two alike, and nobody reads what they were made of out of them; pure."""

from __future__ import annotations

import hashlib
import re

ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
"""Without signs that are taken for others in some hand or font: 0 O, 1 I L, 2 Z, 5 S, 8 B. There is no small letter among them."""
_GROUPS, _LETTERS = 3, 4
_ONE = re.compile(rf"(?<!\S)[{ALPHABET}]{{{_LETTERS}}}(?:-[{ALPHABET}]{{{_LETTERS}}}){{{_GROUPS - 1}}}(?!\S)")


def short_id(*parts: str) -> str:
    """As K7QM-4X9D-TRWA: 12 signs of 25 are 55 bits of a digest, so that two of a million are alike once in 100,000 times."""
    told = hashlib.sha256()
    for part in parts:
        told.update(part.encode() + b"\0")
    number = int.from_bytes(told.digest())
    signs = ""
    for _ in range(_GROUPS * _LETTERS):
        number, sign = divmod(number, len(ALPHABET))
        signs += ALPHABET[sign]
    return "-".join(signs[n : n + _LETTERS] for n in range(0, len(signs), _LETTERS))


def id_in(text: str) -> str:
    """The short id that stands in a text by itself; "" where there is none, or more than one."""
    found = set(_ONE.findall(text))
    return found.pop() if len(found) == 1 else ""
