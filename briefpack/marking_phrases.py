"""Words of an annex → the markings of a policy that they say; pure.

A word such as “secret” is a marking where it stands as one: in capitals, by itself but for what stands beside markings (references, dates, page numbers, those it
may be given to). In running text it is a word like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from briefpack.inscription import SAYS_A_MARKING, Inscription, Spot
from briefpack.marking import Marking
from briefpack.policy import MarkingError, Policy
from briefpack.policy_terms import RELEASABLE

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WITHIN = re.compile(r"[\s/\\._·‐-―-]*")
"""What may stand between the words of a phrase: OFFICIAL-SENSITIVE, SECRET UE/EU SECRET."""
_SPACED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_][\s.·_‐-―-]{1,3}){3,}[^\W\d_](?![^\W\d_])")
"""S E C R E T."""
_PARTED_RIGHT = re.compile(r"\s*(?://|[|:;•·*<>\[\](){}=]|[‐-―]\s|[—–]|-\s|\s[-‐-―])")
_PARTED_LEFT = re.compile(r"(?://|[|:;•·*<>\[\](){}=]|[—–]|\s[-‐-―])\s*$")
_BARRED = re.compile(r"\s*(?://|\|)")
_LABEL = re.compile(
    r".{0,40}?(?:classif|marking|sensitivi|protecti|einstuf|mention de|niveau de|handling)[^:–—-]{0,30}[:–—-]\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)
_GIVEN_TO = frozenset(
    {"REL", "RELEASABLE", "RELEASED", "RELEASE", "COMMUNICABLE", "DIFFUSABLE", "FREIGEGEBEN"}
)
_BESIDE = frozenset(
    # What stands beside a marking in the head or foot of a page.
    [
        "PAGE",
        "PAGES",
        "OF",
        "SUR",
        "VON",
        "DE",
        "COPY",
        "COPIE",
        "EXEMPLAIRE",
        "COPIES",
        "NO",
        "NR",
        "N",
        "NUMBER",
        "ISSUE",
        "VERSION",
        "DRAFT",
        "PROJET",
        "SPECIMEN",
        "EXERCISE",
        "SEITE",
        "BLATT",
        "SHEET",
        "ANNEX",
        "ANNEXE",
        "CLASSIFIED",
        "CLASSIFICATION",
        "LEVEL",
        "NIVEAU",
        "MARKING",
        "FINAL",
        "TO",
        "THE",
        "AND",
        "ET",
        "UND",
    ]
)
_WHOSE = frozenset(["NATO", "OTAN", "EU", "UE", "UK", "US", "USA", "UN", "ONU", "COSMIC", "ATOMAL", "HM"])
"""Whose marking it is; NATO SECRET is SECRET to a policy that does not know the former."""
_SAME = {"OTAN": "NATO", "UE": "EU", "ONU": "UN"}
"""What owners are called in French."""
_DENIALS = frozenset({"NOT", "NON", "NICHT", "NO", "FORMERLY", "PAS"})
_COUNTED = re.compile(r"[IVX]{2,}|[A-Z]")
"""As lists count, (A) and (II)."""
_LONGEST_REFERENCE = 8
_FEWEST_MARKS = 2
_MOST_BEHIND = 8
_LONGEST_CAVEATS = 80


@dataclass(frozen=True, slots=True)
class Said:
    """What an inscription says. phrase: its words, as they stand there. marking: in the policy's terms. bare: they say a level, and nothing of caveats or of
    those it may be given to."""

    inscription: Inscription
    phrase: str
    marking: Marking
    bare: bool = True

    def is_above(self, marking: Marking) -> bool:
        """Whether it says more than a marking. A level alone says nothing against others: (U) stands in papers for some."""
        return self.marking.level > marking.level or not (self.bare or self.marking <= marking)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """words: normalized. rank: of its level."""

    words: tuple[str, ...]
    rank: int

    @property
    def joined(self) -> str:
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class _Word:
    """text: normalized. start, end: in the line. loud: in capitals. spaced: letter by letter."""

    text: str
    start: int
    end: int
    loud: bool
    spaced: bool = False


def phrases_of(policy: Policy, rank: int) -> tuple[str, ...]:
    """The words by which papers say a level, in all languages of the policy."""
    level = policy.levels[rank]
    more = () if level.phrases else level.aliases
    return tuple(dict.fromkeys((*policy.phrases(rank), level.name, *level.words.values(), *more)))


class Reader:
    """Reads markings of one policy."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        phrases = {
            _Phrase(tuple(_normal(word) for word in _TOKEN.findall(_plain(text))), rank): None
            for rank in range(len(policy.levels))
            for text in phrases_of(policy, rank)
        }
        # TOP SECRET before SECRET.
        self._phrases = sorted(
            (each for each in phrases if each.words), key=lambda each: (-len(each.words), -len(each.joined))
        )
        caveats = {
            caveat.name: {
                _normal(word)
                for text in (caveat.name, *caveat.words.values(), *caveat.aliases)
                for word in _TOKEN.findall(_plain(text))
            }
            for caveat in policy.caveats
        }
        self._known = {word for each in self._phrases for word in each.words}.union(*caveats.values())
        # LIMITE stands where a level would; STAFF alone is a heading.
        self._for_levels = set[str]().union(
            *(caveats[each.name] for each in policy.caveats if each.stands_for is not None)
        )
        self._portions = {
            _squeezed(text): rank
            for rank, level in enumerate(policy.levels)
            for text in (level.portion, *level.portions.values(), *phrases_of(policy, rank))
        }
        self._joined = {each.joined for each in self._phrases} | self._for_levels
        self._prefixes = tuple(
            prefix
            for language in policy.languages
            if (prefix := policy.form(language, portion=False).field(RELEASABLE).prefix.strip())
        )
        self._bare = [policy.parse(level.name) for level in policy.levels]

    def read(self, inscriptions: Iterable[Inscription]) -> tuple[Said, ...]:
        """What the words of one file say, in their order; what says nothing is left out."""
        every = tuple(inscriptions)
        counts = _counts(every)
        likely = (each for each in every if self._may_say(each))
        return tuple(said for each in likely if (said := self._said(each, counts=counts)) is not None)

    def _may_say(self, inscription: Inscription) -> bool:
        """Whether it is worth a closer look: few lines are."""
        letters = _squeezed(inscription.text)
        if inscription.spot is Spot.PORTION:
            return True
        return any(each in letters for each in self._joined)

    def _said(self, inscription: Inscription, *, counts: bool) -> Said | None:
        text = _plain(inscription.text)
        match inscription.spot:
            case Spot.PORTION:
                return self._portion(inscription, text, counts=counts)
            case Spot.PROPERTY if SAYS_A_MARKING.search(inscription.name):
                found = self._anywhere(text)
            case Spot.PROPERTY:
                found = max(
                    filter(None, (self._banner(part, titled=False) for part in re.split(r"[,;]", text))),
                    key=lambda one: one[1].level,
                    default=None,
                )
            case Spot.EDGE | Spot.LINE:
                found = self._banner(text, titled=inscription.spot is Spot.EDGE) or self._labelled(text)
        return None if found is None else self._as_said(inscription, *found)

    def _as_said(self, inscription: Inscription, phrase: str, marking: Marking) -> Said:
        return Said(inscription, phrase, marking, marking == self._bare[marking.level])

    # ----------------------------------------------------------------------- lines

    def _banner(self, line: str, *, titled: bool) -> tuple[str, Marking] | None:
        """titled: whether it counts where only its first letters are capitals."""
        words = _words(line)
        found = None
        for first, last, phrase in self._matches(line, words):
            matched = words[first : last + 1]
            left, right = line[: matched[0].start], line[matched[-1].end :]
            if all(word.loud for word in matched):
                stands = self._is_beside(left, after=False, parted=True) and self._is_beside(
                    right, after=True, parted=True
                )
            else:
                stands = (
                    titled
                    and all(line[word.start].isupper() for word in matched)
                    and self._is_beside(left, after=False, parted=False)
                    and self._is_beside(right, after=True, parted=False)
                )
            if stands and found is not None and phrase.rank == found[0].rank and first == found[2] + 1:
                # SECRET UE/EU SECRET.
                found = (phrase, found[1], last)
            elif stands and (found is None or phrase.rank > found[0].rank):
                found = (phrase, first, last)
        if found is None:
            return self._as_the_policy_says(line, words)
        phrase, first, last = found
        first = next((n for n in range(first) if all(w.text in _WHOSE for w in words[n:first])), first)
        start, end = words[first].start, words[last].end
        return line[start:end], self._marking(phrase.rank, line[words[found[1]].start :])

    def _labelled(self, line: str) -> tuple[str, Marking] | None:
        label = _LABEL.fullmatch(line)
        if label is None:
            return None
        value = label[1]
        words = _words(value)
        for first, last, phrase in self._matches(value, words):
            before = all(word.text in _WHOSE for word in words[:first])
            if before and self._is_beside(value[words[last].end :], after=True, parted=True):
                return value[: words[last].end], self._marking(phrase.rank, value)
        return None

    def _anywhere(self, text: str) -> tuple[str, Marking] | None:
        """The highest marking in a text that is nothing but one."""
        words = _words(text)
        found: tuple[str, Marking] | None = None
        for first, last, phrase in self._matches(text, words):
            denied = first > 0 and words[first - 1].text in _DENIALS
            if not denied and (found is None or phrase.rank > found[1].level):
                found = text[words[first].start : words[last].end], self._bare[phrase.rank]
        return found

    def _matches(self, line: str, words: Sequence[_Word]) -> Iterator[tuple[int, int, _Phrase]]:
        """Phrases in a line with the indices of their first and last words, the longest at each place; none inside another."""
        whole = "".join(word.text for word in words)
        if words and all(word.loud for word in words):
            exact = next((each for each in self._phrases if each.joined == whole), None)
            if exact is not None:
                yield 0, len(words) - 1, exact
                return
        index = 0
        while index < len(words):
            match = next((each for each in self._phrases if _begins(line, words, index, each)), None)
            if match is None:
                index += 1
                continue
            size = 1 if words[index].spaced else len(match.words)
            yield index, index + size - 1, match
            index += size

    def _marking(self, rank: int, text: str) -> Marking:
        """What the policy makes of a text that begins with a phrase, without the page number and the like behind it; the level alone, where it is nothing
        that the policy knows."""
        pieces = text.split()
        for last in range(len(pieces), max(len(pieces) - _MOST_BEHIND, 0), -1):
            try:
                marking = self.policy.parse(" ".join(pieces[:last]))
            except MarkingError:
                continue
            return marking if marking.level >= rank else self._bare[rank]
        return self._bare[rank]

    def _as_the_policy_says(self, line: str, words: Sequence[_Word]) -> tuple[str, Marking] | None:
        """A marking without a level: a caveat alone, such as LIMITE."""
        if not words or len(line) > _LONGEST_CAVEATS or words[0].text not in self._for_levels:
            return None
        if not all(word.loud for word in words):
            return None
        try:
            return line, self.policy.parse(line)
        except MarkingError:
            return None

    def _is_beside(self, rest: str, *, after: bool, parted: bool) -> bool:
        """Whether what stands before or after a phrase leaves it a marking. parted: a dash or colon between them parts the two."""
        if not any(map(str.isalnum, rest)):
            return True
        if after:
            if (_PARTED_RIGHT if parted else _BARRED).match(rest):
                return True
        elif parted and _PARTED_LEFT.search(rest):
            return True
        pieces = [piece for piece in rest.split() if any(map(str.isalnum, piece))]
        given = after and _normal(_TOKEN.findall(pieces[0])[0]) in _GIVEN_TO
        if given or (after and rest.lstrip().startswith(tuple(f"{each} " for each in self._prefixes))):
            return True
        counted = [any(map(str.isdecimal, piece)) for piece in pieces]
        for number, piece in enumerate(pieces):
            parts = [_normal(part) for part in _TOKEN.findall(piece)]
            near = counted[number] or any(counted[max(number - 1, 0) : number + 2])
            if counted[number] or all(
                part in _BESIDE | _WHOSE | self._known or len(part) == 1 for part in parts
            ):
                continue
            if not (near and len(piece) <= _LONGEST_REFERENCE):
                return False
        return True

    # ----------------------------------------------------------------------- portions

    def _portion(self, inscription: Inscription, text: str, *, counts: bool) -> Said | None:
        """counts: brackets with a letter are how the file counts, not how it marks."""
        first, barred, _ = text.partition("//")
        rank = self._portions.get(_squeezed(first))
        if rank is None:
            return None
        if (
            not barred
            and _COUNTED.fullmatch(_squeezed(text))
            and (counts or inscription.count < _FEWEST_MARKS)
        ):
            return None
        return self._as_said(inscription, f"({text})", self._marking(rank, f"({text})"))


def _counts(inscriptions: Sequence[Inscription]) -> bool:
    """Whether brackets at the start of lines count: (A) and (B), (II) and (III)."""
    seen = {_squeezed(each.text) for each in inscriptions if each.spot is Spot.PORTION}
    return bool(seen & {"II", "III", "IV"}) or {"A", "B"} <= seen or {"B", "C"} <= seen


def _begins(line: str, words: Sequence[_Word], index: int, phrase: _Phrase) -> bool:
    word = words[index]
    if word.spaced:
        return word.text == phrase.joined or (
            abs(len(word.text) - len(phrase.joined)) <= 1
            and (word.text.endswith(phrase.joined) or word.text.startswith(phrase.joined))
        )
    part = words[index : index + len(phrase.words)]
    return tuple(each.text for each in part) == phrase.words and all(
        _WITHIN.fullmatch(line[one.end : other.start]) for one, other in pairwise(part)
    )


def _words(line: str) -> list[_Word]:
    spaced = [
        (match.start(), match.end()) for match in _SPACED.finditer(line) if match[0] == match[0].upper()
    ]
    found = [_Word(_squeezed(line[start:end]), start, end, loud=True, spaced=True) for start, end in spaced]
    for match in _TOKEN.finditer(line):
        if not any(start <= match.start() < end for start, end in spaced):
            word = match[0]
            found.append(_Word(_normal(word), match.start(), match.end(), word == word.upper()))
    return sorted(found, key=lambda word: word.start)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("_", " "))


def _normal(word: str) -> str:
    """In capitals, without accents: TRÈS SECRET is often written TRES SECRET."""
    apart = unicodedata.normalize("NFKD", word.upper())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return _SAME.get(plain, plain)


@lru_cache(maxsize=1 << 14)
def _squeezed(text: str) -> str:
    """Its letters and digits, in capitals and without accents. Kept: readers of several policies ask for the same."""
    return "".join(map(_normal, _TOKEN.findall(text)))
