"""Addresses that look like others: letters of two scripts in one word, and domains that are nearly those of others; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
"""Scripts whose letters pass for those of another."""
_TWINS = str.maketrans(
    {
        **dict(zip("аеорсухіјѕһԁԛԝвкмнтӏԍү", "aeopcyxijshdqwbkmhtlgy", strict=True)),
        **dict(zip("αορνικτυχ", "aopviktyx", strict=True)),
        **dict(zip("օոսհցք", "onuhgp", strict=True)),
        **dict(zip("ıłøđħ01", "ilodhol", strict=True)),
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
    }
)
"""Letters, and digits, that look like Latin letters, or are written so where a keyboard lacks them."""
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SHORTEST = 5
"""Letters of a domain below which most are one letter off from another."""


def two_scripts(text: str) -> str | None:
    """The first word in which letters of several scripts stand that pass for each other; None where there is none."""
    for word in re.split(r"[\W_\d]+", text):
        scripts = {unicodedata.name(char, "?").split()[0] for char in word if char.isalpha()} & _ALIKE
        if len(scripts) > 1:
            return word
    return None


def disguised(domain: str) -> str | None:
    """The first part of a domain of Latin letters that is made of other letters, all of which look like Latin ones; None for none.

    Below a land or an organisation in the same script it is a word like any other.
    """
    *parts, land = domain.split(".")
    if not land.isascii():
        return None
    for part in parts:
        scripts = {unicodedata.name(char, "?").split()[0] for char in part if char.isalpha()}
        if not part.isascii() and "LATIN" not in scripts and scripts & _ALIKE and skeleton(part).isascii():
            return part
    return None


class Domains:
    """Domains that a list knows, to be asked which of them another passes for; as quick for a thousand as for ten."""

    def __init__(self, domains: Iterable[str] = ()) -> None:
        self._known: dict[str, int] = {}
        self._by_look: dict[str, str] = {}
        self._by_start: dict[str, str] = {}
        self._by_part: dict[str, list[str]] = {}
        for domain in domains:
            self.add(domain)

    def add(self, domain: str) -> None:
        if domain in self._known:
            return
        self._known[domain] = len(self._known)
        self._by_look.setdefault(skeleton(domain), domain)
        for start in (domain, domain.replace(".", "-")):
            self._by_start.setdefault(start, domain)
        for part in _less_one(domain):
            self._by_part.setdefault(part, []).append(domain)

    def nearest(self, domain: str) -> str | None:
        """The known domain that a domain passes for: it looks like it, is one letter off, or only begins with it. None for none, or where it is known itself;
        of several, the one that was added first."""
        if domain in self._known:
            return None
        found = {self._by_look.get(skeleton(domain))}
        found |= {self._by_start.get(domain[: match.start()]) for match in re.finditer(r"\.", domain)}
        # Two words that are one letter off have a word in common that is one of them without a letter.
        found |= {
            other
            for part in _less_one(domain)
            for other in self._by_part.get(part, ())
            if _is_one_off_where_that_counts(domain, other)
        }
        return min((other for other in found if other is not None), key=self._known.__getitem__, default=None)


def _less_one(word: str) -> set[str]:
    """A word, and what is left of it without one of its letters."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def _is_one_off_where_that_counts(domain: str, other: str) -> bool:
    name, _, land = domain.rpartition(".")
    its_name, _, its_land = other.rpartition(".")
    if name == its_name and len(land) == len(its_land) == 2:
        # The same organisation in two countries.
        return False
    return min(len(name), len(its_name)) >= _SHORTEST and is_one_off(domain, other)


def skeleton(text: str) -> str:
    """What a hasty reader sees of a text in small letters."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = plain.translate(_TWINS)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain


def is_one_off(one: str, other: str) -> bool:
    """Whether one letter more, less, changed, or two that changed places make the one the other."""
    if len(one) > len(other):
        one, other = other, one
    if one == other or len(other) - len(one) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, its_rest = one[start:], other[start:]
    if len(one) < len(other):
        return rest == its_rest[1:]
    return rest[1:] == its_rest[1:] or (rest[1::-1] == its_rest[:2] and rest[2:] == its_rest[2:])
