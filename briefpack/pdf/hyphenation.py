"""Where a word may be divided: by the language's patterns, at soft hyphens, after dashes and slashes."""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen

SOFT_HYPHEN = "\u00ad"
LEFT_MIN = 2
"""Letters that stay before a division, at least."""
RIGHT_MIN = 3
"""Letters that go to the next line, at least."""

_AFTER = re.compile(r"(?<=[\w)\]][\u2013\u2014/-])(?=[\w(\[])|(?<=\u2014)(?=\w)")
_WORD = re.compile(r"[^\W\d_]{5,}")


@lru_cache(maxsize=16)
def _patterns(language: str) -> pyphen.Pyphen | None:
    """The patterns of a BCP 47 language, of its base language, or None: then nothing is divided."""
    # British words are not divided as American ones are; a bare "en" in an international pack is British.
    wanted = {"en": "en_GB", "pt": "pt_PT", "de": "de_DE"}.get(language, language.replace("-", "_"))
    name = pyphen.language_fallback(wanted)
    return None if name is None else pyphen.Pyphen(lang=name, left=LEFT_MIN, right=RIGHT_MIN)


@lru_cache(maxsize=200_000)
def divisions(word: str, language: str) -> tuple[int, ...]:
    """Offsets in word (without soft hyphens) where a hyphen may be put, in ascending order."""
    patterns = _patterns(language)
    if patterns is None:
        return ()
    found: list[int] = []
    for match in _WORD.finditer(word):
        letters = match.group()
        if letters.isupper():
            continue  # abbreviations such as KFORCE stay whole
        found.extend(match.start() + int(p) for p in patterns.positions(letters))
    return tuple(found)


def soft_hyphens(word: str) -> tuple[str, tuple[int, ...]]:
    """word without its soft hyphens, and the offsets where they stood."""
    if SOFT_HYPHEN not in word:
        return word, ()
    offsets: list[int] = []
    clean: list[str] = []
    length = 0
    for part in word.split(SOFT_HYPHEN):
        if clean:
            offsets.append(length)
        clean.append(part)
        length += len(part)
    return "".join(clean), tuple(o for o in offsets if 0 < o < length)


def explicit_breaks(word: str) -> tuple[int, ...]:
    """Offsets after a dash or slash inside word, where a line may end without a new hyphen."""
    return tuple(m.start() for m in _AFTER.finditer(word))
