"""The rule about abbreviations that are used and never explained.

Measured (tests/lint/prose.py): of 24 abbreviations of the trade 23 are told of, and none once it is explained. It lets pass those that are also words in
small letters in the same text (WHO), those inside sources and labels (who leads, whom points are for), and those that look like roman numerals.
In technical prose, which spells little out, it tells of more than a reader misses: an author's list of explained ones is the remedy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefpack.errors import Diagnostic
from briefpack.lint.case import Case, base_language, warn
from briefpack.lint.walk import Passage, TextKind
from briefpack.lint.words import KNOWN, ORDINARY

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_TOKEN = re.compile(
    rf"(?<![\w/.])(?P<short>[{_CAPITAL}](?:\.?[{_CAPITAL}0-9&]){{1,8}})(?P<dot>\.?)(?P<plural>s|’s|'s)?(?![\w/&])(?!-\d)"
)
_CODE_AFTER = re.compile(r"\s?[(\d]\d|\s\d|[-/]\w?\d")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LETTER = re.compile(rf"[{_CAPITAL}]")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(
    r"\([\s“\"«‘]{0,3}(?:(?:the|or|hereafter|hereinafter|called|ci-après|dite?|ou|le|la|les)\s+|l['’]|[“\"«‘]){0,4}\Z"
)
_OR = re.compile(r"(?:,\s*|\s)(?:or|called|known as|ou|dite?|appelée?)\s(?:the\s|l['’]|le\s|la\s)?[“\"«]?\Z")
_AFTER = re.compile(
    r"[”\"»]?\s?(?:\(|(?:is|are|means|stands for|refers to|was|est|signifie|désigne|=|:|–|—|,)\s+)"
    r"(?:(?:the|an?|le|la|les)\s+|l['’])?[“\"«]?"
)
_MOST, _LEAST = 8, 2
"""Letters of an abbreviation."""
_SKIPPED = frozenset({TextKind.SOURCE, TextKind.LABEL})


def check_abbreviations(case: Case) -> Iterator[Diagnostic]:
    explained: set[str] = {_plain(short) for short in case.explained}
    used: dict[str, tuple[str, Passage]] = {}
    for passage in case.texts:
        text = passage.text
        if text.isupper() and " " in text.strip():
            continue  # a line in capitals is no abbreviation
        known = KNOWN.get(base_language(passage.language), KNOWN["en"])
        for match in _TOKEN.finditer(text):
            short = match["short"]
            plain = short.replace(".", "")
            if plain in known or plain in explained or plain in ORDINARY or not _is_abbreviation(plain):
                continue
            if _explains(passage, match):
                explained.add(plain)
            elif passage.kind not in _SKIPPED and not _CODE_AFTER.match(text, match.end()):
                used.setdefault(plain, (short, passage))
    barred = {_plain(short): where for short, where in case.barred.items()}
    for plain, (short, passage) in used.items():
        if plain in explained or plain.lower() in case.small:
            continue
        told, remedy = "nowhere explained in the same pack", "explain it in the glossary"
        if plain in barred:
            name = case.audience.name
            told = f"the entry of the glossary that explains it ({barred[plain]}) is withheld from {name}"
            remedy = f"let {name} have the entry"
        yield warn(
            "unexplained-abbreviation",
            passage.where,
            f"“{short}” is used, and {told}",
            f"write it out where it is first used, “… ({short})”, or {remedy}",
        )


def _plain(short: str) -> str:
    return short.replace(".", "")


def _is_abbreviation(plain: str) -> bool:
    letters = len(_LETTER.findall(plain))
    return _LEAST <= letters <= _MOST and not _ROMAN.fullmatch(plain)


def _explains(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the words around an abbreviation say what it stands for."""
    text, plain = passage.text, _plain(match["short"])
    if passage.kind is TextKind.TERM and text.strip(" .") == match["short"]:
        return True
    before = text[max(0, match.start() - 160) : match.start()]
    opening = _BEFORE.search(before) or _OR.search(before)
    if opening is not None:
        initials = _initials(before[: opening.start()])[-(len(plain) + 4) :]
        if plain[0].casefold() in [initial.casefold() for initial in initials]:
            return True
    following = _AFTER.match(text, match.end())
    if following is None:
        return False
    capitals = [i for i in _initials(text[following.end() : following.end() + 120]) if i.isupper()]
    return capitals[:1] == [_fold(plain[0])] and _in_order(_fold(plain), capitals[: len(plain) + 4]) >= _LEAST


def _initials(text: str) -> list[str]:
    return [_fold(word[0]) for word in _WORD.findall(text)]


def _fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _in_order(letters: str, initials: list[str]) -> int:
    """How many letters are met in order among initials."""
    met = 0
    for initial in initials:
        if met < len(letters) and initial == letters[met]:
            met += 1
    return met
