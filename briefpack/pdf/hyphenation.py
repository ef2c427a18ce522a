"""Where a line may end inside a word: by the language's patterns, at soft hyphens, after dashes and slashes.

The only module with pyphen, of which it takes the pattern files and the choice of one for a language. A break is (offset, hyphen): the line ends before word[offset], and hyphen says whether
a hyphen is to be printed there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
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
_SIGNS = (*sorted(_MAY_BREAK), "@", "www.", "_")

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
# A name such as pack_part_2, of a file or of a machine; with a hyphen it would be another one.
_JOINED = re.compile(r"[^\W_]_[^\W_]")
_FILE = re.compile(r"[^\W_]\.[^\W\d_]{2}")
_LONG_NAME = 20
"""Characters from which on a joined name may end a line within: shorter ones go to the next line whole, since who copies `cleared_by` from two lines has a space in it."""
_LETTERS = re.compile(r"[^\W\d_]{5,}")

_HEX = re.compile(r"\^\^([0-9a-f]{2})")
_NO_DIGITS = {ord(digit): None for digit in "0123456789"}

# Patterns differ by country where the language alone does not tell; international English is British.
_COUNTRY = {"en": "en_GB", "pt": "pt_PT", "de": "de_DE"}


class Patterns:
    """The hyphenation patterns of one file: F. M. Liang's method ("Word Hy-phen-a-tion by Com-put-er", 1983).

    A pattern's digits stand between letters; of all patterns that a word contains, the greatest digit at a place
    counts, and an odd one allows a division there. Reading a file takes about as long as dividing 2,000 words, so
    patterns are kept as they stand and taken apart when a word first meets them.
    """

    __slots__ = ("_at", "_digits")

    def __init__(self, path: Path) -> None:
        encoding, *lines = path.read_bytes().split(b"\n")
        name = encoding.strip().decode("ascii")
        text = b"\n".join(lines).decode({"microsoft-cp1251": "cp1251"}.get(name.lower(), name))
        if "^^" in text:
            text = _HEX.sub(lambda match: chr(int(match.group(1), 16)), text)
        # Letters of every pattern, and of every beginning of one (None): a search stops where neither is found.
        at: dict[str, str | None] = {}
        for line in map(str.strip, text.split("\n")):
            letters = line.partition("/")[0].translate(_NO_DIGITS)
            # Comments, options ("LEFTHYPHENMIN 2", whose capitals no word has) and patterns that say nothing.
            if line[:1] in ("%", "#") or len(letters) == len(line):
                continue
            for end in range(len(letters) - 1, 0, -1):
                if letters[:end] in at:
                    break
                at[letters[:end]] = None
            at[letters] = line
        self._at = at
        self._digits: dict[str, tuple[tuple[int, int], ...]] = {}

    def divisions(self, word: str) -> list[int]:
        """Offsets in word, of letters only, where it may be divided, whatever is left on either side."""
        text = f".{word.lower()}."
        length = len(text)
        levels = [0] * (length + 1)
        at, digits = self._at, self._digits
        for begin in range(length - 1):
            for end in range(begin + 1, length + 1):
                part = text[begin:end]
                line = at.get(part, "")
                if line is None:
                    continue
                if not line:
                    break
                known = digits.get(part)
                if known is None:
                    known = digits[part] = _digits(line)
                for place, level in known:
                    levels[begin + place] = max(level, levels[begin + place])
        return [place - 1 for place in range(2, length - 1) if levels[place] % 2]


def _digits(line: str) -> tuple[tuple[int, int], ...]:
    """The digits of a pattern: (letters before it, digit)."""
    pattern, slash, _ = line.partition("/")
    found: list[tuple[int, int]] = []
    letters = 0
    for char in pattern:
        if char.isdecimal():
            level = int(char)
            # A slash respells the divided word (Hungarian "asszony", "asz-szony"): not done, so not divided there.
            found.append((letters, level + level % 2 if slash else level))
        else:
            letters += 1
    return tuple(found)


@lru_cache(maxsize=32)
def _patterns(language: str) -> Patterns | None:
    """The patterns of a BCP 47 language or of its base language; None where there are none."""
    name = pyphen.language_fallback(_COUNTRY.get(language.lower(), language))
    return None if name is None else Patterns(pyphen.LANGUAGES[name])


@lru_cache(maxsize=100_000)
def _divisions(letters: str, language: str) -> tuple[int, ...]:
    patterns = _patterns(language)
    if patterns is None or letters.isupper():
        return ()
    most = len(letters) - RIGHT_MIN
    return tuple(place for place in patterns.divisions(letters) if LEFT_MIN <= place <= most)


def may_show_breaks(text: str) -> bool:
    """False when no word of text has given_breaks; a few searches for a whole paragraph."""
    return any(sign in text for sign in _SIGNS)


def given_breaks(word: str) -> tuple[Break, ...]:
    """Breaks that the word itself shows: after dashes and slashes, at soft hyphens and zero-width spaces."""
    if _ADDRESS.search(word) or (len(word) >= _LONG_NAME and _JOINED.search(word)):
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


def all_breaks(word: str, language: str) -> tuple[Break, ...]:
    """given_breaks and those of the language's patterns, ascending.

    Where the author put soft hyphens, his are the only ones. Words in capitals are abbreviations and stay whole.
    """
    given = given_breaks(word)
    if SOFT_HYPHEN in word or any(name.search(word) for name in (_ADDRESS, _JOINED, _FILE)):
        return given
    found = dict(given)
    for match in _LETTERS.finditer(word):
        letters = match.group()
        if not given or len(letters) >= _PART_MIN:
            begin = match.start()
            found.update((begin + place, True) for place in _divisions(letters, language))
    return tuple(sorted(found.items()))


def anywhere(word: str) -> tuple[Break, ...]:
    """The last resort for a word wider than the line: a break before every character, without hyphen."""
    return tuple((offset, False) for offset in range(1, len(word)))
