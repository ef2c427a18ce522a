"""How much a word says: bits, from how rare it is in the pack and in its language; pure.

A text can be searched for if it says enough: "yes", "3 April" or "see the annex" stand in every paper and prove nothing, while a name that occurs once
in a pack nearly does. The figures are rough and need be no better, as what an audience may have is never taken for a leak anyway: they only keep the
audit from crying over words that anybody would write.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from briefpack.audit.squeeze import words_of

ENOUGH = 27.0
"""Bits of a text that is searched as a whole: two rare words, or a number of eight digits. A chance of one in a hundred million."""
PLENTY = 50.0
"""Bits of a run of words out of a longer text: four to seven words of prose."""
FOREIGN = 72.0
"""Bits of a run that is searched for where others have written: annexes speak of the same things in the same phrases."""
LIGHT = 7.0
"""Bits of a word below which it may stand anywhere."""
SENTENCE = 8
"""Words of a whole text that may not stand in an annex: names and titles are shorter, and everybody's."""
PHRASE = 16
"""Words in a row, out of a longer text, that may not stand in an annex: set phrases are shorter."""
PASSAGE = 30
"""Words that two annexes must have in common for one to be part of the other: letterheads and set phrases are shorter."""

_BACKGROUND = 40_000
"""Words of an imagined text around the pack, in which every word but the common ones occurs once: a short pack must not make its own words seem common."""
_STEPS = 1 << 20
"""Of a bit."""
_COMMON = 4.5
_COMMON_WORDS = """
the of and to in a for is on that with as by at from be it this are was or an which not have has will would should can may must its their our we they you
he she his her i but if than then there these those also into all any no more most other such been were had do does did so up out over under between
about after before during through per each both only new one two three first second next last see yes please today year years day days date time
january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
le la les l un une des du de d et en à au aux pour par sur dans que qui est sont ne pas plus ce cette ces se s il elle ils elles nous vous on son sa ses
leur leurs mais ou où avec sans sous entre comme être avoir fait tout tous toute toutes oui non an ans jour date
janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
der die das den dem des ein eine einer einen einem und oder zu zum zur in im am an auf aus bei mit nach von vom vor für über unter ist sind war wird werden
nicht auch als wie dass es er sie wir ihr sich hat haben kann können soll muss ja nein jahr tag datum
januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
el los las y o con por para su sus se al lo una unos unas es son del más
il lo gli e di da che non per con una del della dei nel
het een van voor met op te zijn niet
mr mrs ms dr sir page pages annex section table figure note part item points background contact agenda brief email phone tel
"""


@cache
def _common() -> frozenset[str]:
    return frozenset(words_of(_COMMON_WORDS))


class _Known(dict[str, float]):
    """The bits of words, in steps of 2 ** -20, so that sums are exact in whatever order words are added."""

    def __init__(self, weighed: Callable[[str], float]) -> None:
        super().__init__()
        self._weighed = weighed

    def __missing__(self, word: str) -> float:
        found = self[word] = round(self._weighed(word) * _STEPS) / _STEPS
        return found


class Weights:
    """The bits of every word. counts: how often each word stands in the pack."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._total = sum(counts.values()) + _BACKGROUND
        self._known = _Known(self._weighed)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Weights:
        """texts: of the whole pack, whoever gets them."""
        return cls(Counter(words_of(" ".join(texts))))

    def bits(self, word: str) -> float:
        """word: as words_of() gives it."""
        return self._known[word]

    def sum(self, words: Iterable[str]) -> float:
        return sum(map(self._known.__getitem__, words))

    def _weighed(self, word: str) -> float:
        if word in _common():
            return _COMMON
        if word.isdecimal():
            # A year or a small number is in every text.
            year = len(word) == 4 and word[:2] in {"19", "20"}
            return 6.0 if year else min(20.0, 3.3 * len(word))
        rare = math.log2(self._total / (1 + self._counts.get(word, 0)))
        # There are few short words; abbreviations of three letters are met everywhere.
        return min(rare, 4.0 * len(word) if len(word) < 4 else rare)
