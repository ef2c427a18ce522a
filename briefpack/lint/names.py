"""The rule about names that are spelled in two ways.

Candidates are words with a capital that never stand in small letters. Two of them are one name when they differ by accents or capitals only, by
one letter inside, or are known forms of one name (Kiev, Kyiv). Words are brought together by what is left of them when a letter is taken out, so
the work grows with their number and not with its square.

Measured (tests/lint/prose.py): of 40 slips in 700 words, a quarter of them names, 37 are found, and without a slip nothing is. In 330,000 words of manuals,
licences and lists of helpers it told of 18 pairs, of which 15 were slips. It lets pass slips at the end of a name that stands alone, and those of
two letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from briefpack.errors import Diagnostic
from briefpack.lint.case import Case, base_language, warn
from briefpack.lint.walk import Passage, TextKind
from briefpack.lint.words import LOOK_ALIKE, TITLES, VARIANTS

_CAPITALS = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_NAME = re.compile(rf"(?<![\w’'-])[{_CAPITALS}][^\W\d_]+(?:[-’'][^\W\d_]+)*")
_OPENERS = frozenset('.!?:;…–—“”"«»(•[')
_ENDINGS = tuple(mark + end for end in ("s", "re", "ve", "ll", "d", "m", "t", "") for mark in "’'")
_SHORTEST = 6
"""Letters of a name that stands alone; of one with a neighbour in common two fewer, if it begins alike. Shorter words meet by chance."""
_SHORTEST_BESIDE = 4
_LONGEST = 40
_SHORTEST_ALIKE = 4
"""Letters of names that differ by accents and capitals only."""


@dataclass(slots=True)
class _Spelling:
    """A word as it is written. first: where it first stands. beside: the names next to it. sure: it has its capital for being a name, and
    not only for beginning a sentence."""

    word: str
    folded: str
    first: Passage
    count: int = 0
    sure: bool = False
    beside: set[str] = field(default_factory=set)


def check_names(case: Case) -> Iterator[Diagnostic]:
    small = {_fold(word) for word in case.small}
    by_language: dict[str, dict[str, _Spelling]] = {}
    for passage in case.texts:
        if passage.kind is not TextKind.SOURCE:
            _collect(passage, by_language.setdefault(base_language(passage.language), {}))
    told: set[frozenset[str]] = set()
    for spellings in by_language.values():
        for one, other in (*_known(spellings), *_near(spellings.values(), small)):
            pair = frozenset((one.word, other.word))
            if pair not in told:
                told.add(pair)
                yield _warning(one, other)


def _warning(one: _Spelling, other: _Spelling) -> Diagnostic:
    # The rarer one is the slip; of two as rare, the later.
    usual, slip = (one, other) if one.count >= other.count else (other, one)
    return warn(
        "name-spelling",
        slip.first.where,
        f"“{slip.word}” is elsewhere spelled “{usual.word}”",
        f"choose one spelling; the other is first used at {usual.first.where}",
    )


# --------------------------------------------------------------------------- collecting


def _collect(passage: Passage, spellings: dict[str, _Spelling]) -> None:
    text = passage.text
    last, last_end = "", -1
    for match in _NAME.finditer(text):
        word = _bare(match[0])
        begins = _begins(text, match.start()) and passage.kind is not TextKind.LABEL
        joined = last_end == match.start() - 1 and text[last_end] in " \u00a0"
        found = spellings.get(word)
        if found is None and not word.isupper():
            found = spellings[word] = _Spelling(word, _fold(word), passage)
        if found is not None:
            found.count += 1
            found.sure = found.sure or not begins or _goes_on(text, match.end())
            if joined:
                found.beside.add(last)
        if joined and last in spellings:
            spellings[last].beside.add(word)
        last, last_end = word, match.end()


def _bare(word: str) -> str:
    if "’" not in word and "'" not in word:
        return word
    for ending in _ENDINGS:
        word = word.removesuffix(ending)
    return word


def _begins(text: str, start: int) -> bool:
    """Whether a word begins a sentence, where any word has a capital."""
    before = text[max(0, start - 8) : start].rstrip()[-1:]
    return not before or before in _OPENERS


def _goes_on(text: str, end: int) -> bool:
    """Whether another word with a capital follows: “Kaja Kallas said” begins with a name."""
    return text[end : end + 1] in {" ", "\u00a0"} and text[end + 1 : end + 2].isupper()


@lru_cache(maxsize=65536)
def _fold(text: str) -> str:
    """Without accents and capitals."""
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return plain.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")


# --------------------------------------------------------------------------- comparing


def _known(spellings: dict[str, _Spelling]) -> Iterator[tuple[_Spelling, _Spelling]]:
    for variants in VARIANTS:
        used = sorted(variants & spellings.keys())
        yield from ((spellings[used[0]], spellings[other]) for other in used[1:])


def _near(spellings: Iterable[_Spelling], small: set[str]) -> Iterator[tuple[_Spelling, _Spelling]]:
    buckets: dict[str, list[_Spelling]] = {}
    for spelling in spellings:
        folded = spelling.folded
        if not _SHORTEST_ALIKE <= len(folded) <= _LONGEST or folded in small:
            continue
        keys = {folded, *(folded[:at] + folded[at + 1 :] for at in range(len(folded)))}
        for key in keys:
            bucket = buckets.setdefault(key, [])
            for other in bucket:
                if (spelling.sure or other.sure) and _is_one_name(other, spelling):
                    yield other, spelling
            bucket.append(spelling)


def _is_one_name(one: _Spelling, other: _Spelling) -> bool:
    a, b = one.folded, other.folded
    beside, also = _people(one.beside), _people(other.beside)
    shared = bool(beside & also)
    if beside and also and not shared:
        return False  # Ingrid Hansen and Peter Hanson, José Silva and Jose Ortega
    if a == b:
        return one.word != other.word
    if a in LOOK_ALIKE and b in LOOK_ALIKE:
        return False
    alike = a[0] == b[0]
    least = _SHORTEST if not shared else _SHORTEST_BESIDE if alike else _SHORTEST_BESIDE + 1
    if min(len(a), len(b)) < least:
        return False
    if not shared and (not alike or a[-1] != b[-1]):
        return False  # Serbia and Serbie, Balkan and Balkans
    return _apart_by_one(a, b) and not _is_inflected(a, b)


def _people(beside: set[str]) -> set[str]:
    return {word for word in beside if word.casefold() not in TITLES}


def _is_inflected(a: str, b: str) -> bool:
    """One is the other with a letter behind it: Balkan, Balkans; Serbia, Serbian."""
    return a.startswith(b) or b.startswith(a)


def _apart_by_one(a: str, b: str) -> bool:
    """Whether one letter is put in, left out, changed, or changed over with its neighbour."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    at = 0
    while at < len(a) and a[at] == b[at]:
        at += 1
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (
        a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    )
