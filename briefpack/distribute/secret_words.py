"""Passwords: how they are drawn, how weak ones are told, and how one is found again on the letter that tells it; pure but for the drawing."""

from __future__ import annotations

import re
import secrets

from briefpack.distribute.traces import ALPHABET

GROUPS, LETTERS = 5, 4
"""20 signs of 25 are 92 bits: more than anybody can try, whatever the format makes of a try."""
FEWEST = 12
"""Characters of a password that somebody thought of: the files that it locks can be tried without limit."""
_FEWEST_DIFFERENT = 6
_DRAWN = re.compile(rf"(?<!\S)[{ALPHABET}]{{{LETTERS}}}(?:-[{ALPHABET}]{{{LETTERS}}}){{{GROUPS - 1}}}(?!\S)")


def drawn() -> str:
    """A new one, in groups: "K7QM-4X9D-…"."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def found_in(text: str) -> str:
    """The drawn password that stands in a text by itself; "" where there is none, or more than one."""
    found = set(_DRAWN.findall(text))
    return found.pop() if len(found) == 1 else ""


def weakness(password: str, known: tuple[str, ...]) -> str:
    """What makes a password easy to guess, to go on after "the password …"; "" for nothing. known: what everybody knows of the reader, his name and address.

    It never repeats the password.
    """
    if len(password) < FEWEST:
        return f"has fewer than {FEWEST} characters"
    folded = password.casefold()
    if len(set(folded)) < _FEWEST_DIFFERENT:
        return "repeats a few characters"
    if any(word in folded for each in known for word in _words(each)):
        return "has the reader's name or address in it"
    return ""


def _words(known: str) -> list[str]:
    """Those that are long enough to be more than chance."""
    return [word for word in re.split(r"[\W_]+", known.casefold()) if len(word) >= LETTERS]
