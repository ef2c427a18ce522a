"""Where a line may end inside a word: by the language's patterns, at soft hyphens, after dashes and slashes.

The only module with pyphen. A break is (offset, hyphen): the line ends before word[offset], and hyphen says whether
a hyphen is to be printed there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

import pyphen

from briefpack.pdf.fonts import SOFT_HYPHEN

Break: TypeAlias = tuple[int, bool]

LEFT_MIN = 2
"""Letters that stay on the line, at least."""
RIGHT_MIN = 3
"""Letters that go to the next line, at least."""
_PART_MIN = 9
"""Letters that a part of a word with a dash of its own must have to be divided further ("EU-Außenminister")."""

_ZERO_WIDTH_SPACE = "\u200b"
_MAY_BREAK = frozenset("-\u2010\u2013\u2014/\u00ad\u200b")

# After a hyphen between letters ("South-East"; not "F-16", "e-mail", "-5"); after a dash between words or times
# ("14:30–16:00"); after a slash between words of three letters and more ("and/or" stays whole). Unicode's line
# breaking (UAX 14) allows more; these are the breaks an editor would not mark.
_GIVEN = re.compile(
    r"(?<=\w\w[-\u2010])(?=[^\W\d_]{2})"
    r"|(?<=[\w)\].%][\u2013\u2014])(?=[\w(\[])"
    r"|(?<=\w\w\w/)(?=[^\W\d_]{3})"
)
# An address may end a line after its punctuation, and never takes a hyphen.
_ADDRESS = re.compile(r"://|^www\.|@\w+\.")
_IN_ADDRESS = re.compile(r"(?<=[\w)][/.?&=_#@:-])(?=[\w(])|(?<=//)(?=\w)")
_LETTERS = re.compile(r"[^\W\d_]{5,}")

# Patterns differ by country where the language alone does not tell; international English is British.
_COUNTRY = {"en": "en_GB", "pt": "pt_PT", "de": "de_DE"}


@lru_cache(maxsize=32)
def _patterns(language: str) -> pyphen.Pyphen | None:
    """The patterns of a BCP 47 language or of its base language; None where there are none."""
    name = pyphen.language_fallback(_COUNTRY.get(language.lower(), language))
    return None if name is None else pyphen.Pyphen(lang=name, left=LEFT_MIN, right=RIGHT_MIN)


def given_breaks(word: str) -> tuple[Break, ...]:
    """Breaks that the word itself shows: after dashes and slashes, at soft hyphens and zero-width spaces."""
    if _ADDRESS.search(word):
        return tuple((match.start(), False) for match in _IN_ADDRESS.finditer(word))
    if _MAY_BREAK.isdisjoint(word):
        return ()
    found = {match.start(): False for match in _GIVEN.finditer(word)}
    found.update(
        (offset, char == SOFT_HYPHEN)
        for offset, char in enumerate(word, start=1)
        if char in (SOFT_HYPHEN, _ZERO_WIDTH_SPACE) and 1 < offset < len(word)
    )
    return tuple(sorted(found.items()))


@lru_cache(maxsize=100_000)
def all_breaks(word: str, language: str) -> tuple[Break, ...]:
    """given_breaks and those of the language's patterns, ascending.

    Where the author put soft hyphens, his are the only ones. Words in capitals are abbreviations and stay whole.
    """
    given = given_breaks(word)
    patterns = _patterns(language)
    if patterns is None or SOFT_HYPHEN in word or _ADDRESS.search(word) or word.isupper():
        return given
    found = dict(given)
    for match in _LETTERS.finditer(word):
        letters = match.group()
        if letters.isupper() or (given and len(letters) < _PART_MIN):
            continue
        found.update(
            (match.start() + int(position), True)
            for position in patterns.positions(letters)
            # Some languages respell a divided word (Hungarian "asszony", "asz-szony"): not done, so not divided.
            if getattr(position, "data", None) is None
        )
    return tuple(sorted(found.items()))


def anywhere(word: str) -> tuple[Break, ...]:
    """The last resort for a word wider than the line: a break before every character, without hyphen."""
    return tuple((offset, False) for offset in range(1, len(word)))
