"""The words of a marking → the names of a policy in it: every way to read them; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from typing import TypeAlias

Phrase: TypeAlias = tuple[str, ...]
"""Words without case, accents and what stands between them."""

_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_HARD = re.compile(r"[,;/\[\]()]|\s[-\u2010-\u2015]\s")
_BETWEEN = re.compile(r"[\s,;:./()\[\]\u2010-\u2015-]*")
_AND = frozenset({"and", "et"})
"""Between the last two of a list; the first one is the code of Andorra as well."""
LONGEST = 8000
"""Characters of a text that may be a marking; one that names every country of the world has half of them."""


class Term(Enum):
    """What a phrase of a policy is."""

    LEVEL = auto()
    CAVEAT = auto()
    PREFIX = auto()
    RELEASE = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names. level: rank, None where it names none. caveats: names. releasable: names of groups and codes of countries, None where it does not say.

    nobody: it says that it is releasable to nobody.
    """

    level: int | None
    caveats: tuple[str, ...] = ()
    releasable: tuple[str, ...] | None = None
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Stuck:
    """Where a text cannot be read on. rest: what stands there, as written. expected: what could. second: it is another level."""

    rest: str
    expected: frozenset[Term]
    second: bool = False


@cache
def _plain(word: str) -> str:
    """A word without case and accents."""
    apart = unicodedata.normalize("NFKD", word.replace("\u2019", "'"))
    return "".join(char for char in apart.casefold() if not unicodedata.combining(char))


@lru_cache(maxsize=4096)
def phrase_of(text: str) -> Phrase:
    """The words of a name."""
    return tuple(_plain(match[0]) for match in _WORD.finditer(text))


class Vocabulary:
    """The phrases of a policy, and what each of them is; one phrase may be several things."""

    def __init__(self, phrases: Iterable[tuple[str, Term, str]]) -> None:
        """phrases: text, what it is, and the name it stands for."""
        self._by_first: dict[str, dict[Phrase, list[tuple[Term, str]]]] = {}
        for text, term, name in phrases:
            phrase = phrase_of(text)
            if phrase:
                entries = self._by_first.setdefault(phrase[0], {}).setdefault(phrase, [])
                if (term, name) not in entries:
                    entries.append((term, name))
        for first, held in self._by_first.items():
            self._by_first[first] = dict(sorted(held.items(), key=lambda item: -len(item[0])))

    def at(self, words: Sequence[str], place: int) -> Iterator[tuple[int, Term, str]]:
        """What may begin at a place, the longest first: where it ends, what it is, the name it stands for."""
        for phrase, entries in self._by_first.get(words[place], {}).items():
            end = place + len(phrase)
            if tuple(words[place:end]) == phrase:
                for term, name in entries:
                    yield end, term, name

    def whole(self, text: str) -> list[tuple[Term, str]]:
        """What a text is that is one phrase and nothing else."""
        phrase = phrase_of(text)
        return self._by_first.get(phrase[0], {}).get(phrase, []) if phrase else []


class _In(Enum):
    """Where in a marking a reader is: among levels and caveats, behind the prefix of a release, behind one of its names."""

    FIELDS = auto()
    PREFIXED = auto()
    NAMED = auto()


_State: TypeAlias = tuple[int, _In, bool]
"""The next word, where the reader is, whether there was a level."""

_ALLOWED: Mapping[_In, frozenset[Term]] = {
    _In.FIELDS: frozenset({Term.LEVEL, Term.CAVEAT, Term.PREFIX}),
    _In.PREFIXED: frozenset({Term.RELEASE, Term.NOBODY}),
    _In.NAMED: frozenset({Term.RELEASE, Term.CAVEAT}),
}
_Step: TypeAlias = tuple[_State, Term | None, str]


class Reader:
    """Reads one text. open_names: whether names that the vocabulary lacks may stand in a release."""

    def __init__(self, text: str, vocabulary: Vocabulary, *, open_names: bool = False) -> None:
        matches = list(_WORD.finditer(text))
        self._text = text
        self._spans = [match.span() for match in matches]
        self._words = [_plain(match[0]) for match in matches]
        self._vocabulary = vocabulary
        self._open = open_names
        self._steps: dict[_State, list[_Step]] = {}

    def stray(self, known: Collection[str]) -> str | None:
        """A character between the words that no marking has. known: those that names of the policy have."""
        ends = [0, *(end for _, end in self._spans)]
        starts = [*(start for start, _ in self._spans), len(self._text)]
        for end, start in zip(ends, starts, strict=True):
            between = self._text[end:start]
            if not _BETWEEN.fullmatch(between):
                for char in between:
                    if char not in known and not _BETWEEN.fullmatch(char):
                        return char
        return None

    def readings(self, most: int = 64) -> Iterator[Named]:
        """Every way to read the text, those with longer phrases first; at most so many."""
        alive = self._alive()
        start: _State = (0, _In.FIELDS, False)
        if start not in alive or not self._words:
            return
        stack: list[tuple[_State, tuple[_Step, ...]]] = [(start, ())]
        while stack and most:
            state, way = stack.pop()
            if self._is_end(state):
                most -= 1
                yield self._named(way)
                continue
            stack.extend((step[0], (*way, step)) for step in reversed(self._steps[state]) if step[0] in alive)

    def stuck(self) -> Stuck:
        """Where a text without any reading cannot be read on: as far as one gets."""
        self._alive()
        place, where, levelled = max(self._steps, key=lambda state: (state[0], state[2], state[1].value))
        rest = self._rest(place)
        second = (
            levelled
            and place < len(self._words)
            and any(term is Term.LEVEL for _, term, _ in self._vocabulary.at(self._words, place))
        )
        return Stuck(rest, _ALLOWED[where], second)

    def _rest(self, place: int) -> str:
        """What stands at a word, up to what divides names."""
        if place >= len(self._words):
            return ""
        start = self._spans[place][0]
        end = _HARD.search(self._text, start)
        return self._text[start : end.start() if end else len(self._text)].strip()

    def _is_end(self, state: _State) -> bool:
        return state[0] == len(self._words) and state[1] is not _In.PREFIXED

    def _alive(self) -> set[_State]:
        """The states from which the end can be reached."""
        queue: list[_State] = [(0, _In.FIELDS, False)]
        before: dict[_State, list[_State]] = {}
        while queue:
            state = queue.pop()
            if state in self._steps:
                continue
            steps = [] if state[0] == len(self._words) else list(self._from(state))
            self._steps[state] = steps
            for step in steps:
                before.setdefault(step[0], []).append(state)
                queue.append(step[0])
        queue = [state for state in self._steps if self._is_end(state)]
        alive = set(queue)
        while queue:
            for state in before.get(queue.pop(), ()):
                if state not in alive:
                    alive.add(state)
                    queue.append(state)
        return alive

    def _from(self, state: _State) -> Iterator[_Step]:
        place, where, levelled = state
        joining = where is _In.NAMED and self._joins(place)
        if joining:
            yield (place + 1, _In.PREFIXED, levelled), None, ""
        for end, term, name in self._vocabulary.at(self._words, place):
            if term not in _ALLOWED[where] or (term is Term.LEVEL and levelled):
                continue
            if joining and end == place + 1 and term is Term.RELEASE:
                continue
            into = {Term.PREFIX: _In.PREFIXED, Term.RELEASE: _In.NAMED, Term.NOBODY: _In.NAMED}.get(
                term, _In.FIELDS
            )
            yield (end, into, levelled or term is Term.LEVEL), term, name
        if self._open and where is not _In.FIELDS:
            yield from self._unlisted(state)

    def _joins(self, place: int) -> bool:
        """Whether a word is the "and" of a list: what is listed follows it, or it is in small letters and nothing does."""
        if not self._is_and(place):
            return False
        after = place + 1
        if after == len(self._words):
            return self._text[slice(*self._spans[place])].islower()
        return not self._divided(after) and (
            self._open or any(term is Term.RELEASE for _, term, _ in self._vocabulary.at(self._words, after))
        )

    def _unlisted(self, state: _State) -> Iterator[_Step]:
        """A name that is not listed: all words up to what divides names."""
        place, where, levelled = state
        if where is _In.NAMED and not self._divided(place):
            return
        end = place
        while end < len(self._words) and not self._is_and(end):
            end += 1
            if end < len(self._words) and self._divided(end):
                break
        if end > place and all(stop != end for stop, _, _ in self._vocabulary.at(self._words, place)):
            name = self._text[self._spans[place][0] : self._spans[end - 1][1]]
            yield (end, _In.NAMED, levelled), Term.RELEASE, name

    def _is_and(self, place: int) -> bool:
        """Whether a word is "and", standing by itself: in RESEARCH-AND-DEVELOPMENT it is part of a name."""
        if self._words[place] not in _AND:
            return False
        start, end = self._spans[place]
        return self._text[start - 1].isspace() and (end == len(self._text) or self._text[end].isspace())

    def _divided(self, place: int) -> bool:
        """Whether what divides names stands before a word."""
        return _HARD.search(self._text[self._spans[place - 1][1] : self._spans[place][0]]) is not None

    @staticmethod
    def _named(way: Sequence[_Step]) -> Named:
        level: int | None = None
        caveats: dict[str, None] = {}
        releasable: dict[str, None] | None = None
        nobody = False
        for _, term, name in way:
            match term:
                case Term.LEVEL:
                    level = int(name)
                case Term.CAVEAT:
                    caveats[name] = None
                case Term.PREFIX:
                    releasable = {} if releasable is None else releasable
                case Term.RELEASE:
                    releasable = {**(releasable or {}), name: None}
                case Term.NOBODY:
                    nobody = True
                case None:
                    pass
        return Named(level, tuple(caveats), None if releasable is None else tuple(releasable), nobody)
