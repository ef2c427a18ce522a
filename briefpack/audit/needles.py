"""What an audience must not have → what is searched for in its files: runs of words that say enough to be known again; pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from briefpack.audit.blocks import SHORTEST
from briefpack.audit.expected import Withheld
from briefpack.audit.squeeze import words_of
from briefpack.audit.tree import Said
from briefpack.audit.variants import Printer, Run
from briefpack.audit.weights import ENOUGH, FOREIGN, PLENTY, Weights
from briefpack.errors import Where
from briefpack.iso_dates import dates_in

LEAST = 8
"""Bytes of letters below which nothing is searched for: fewer come together by chance."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Something withheld that says enough to be searched for.

    what, where, why: as in expected.Withheld. words: as a message shows them. runs: all that may be printed for it. least: bits of a run of words out of
    it that is a hit. annex: the id of the annex that it stands in, None for the pack's own text.
    """

    what: str
    where: Where
    why: str
    words: str
    runs: tuple[Run, ...]
    least: float = PLENTY
    annex: str | None = None


@dataclass(frozen=True, slots=True)
class Portions:
    """found: what can be searched for. unsearched: how many texts are withheld that say too little."""

    found: tuple[Portion, ...]
    unsearched: int


def portions_of(withheld: Iterable[Withheld], printer: Printer, weights: Weights) -> Portions:
    """The texts of withheld nodes that say enough, each by itself; what says too little is joined to what stands behind it in the same node (the cells of a
    row), and goes unsearched where that is still too little."""
    found: list[Portion] = []
    unsearched = 0
    for each in withheld:
        waiting: list[Said] = []
        for said in (*each.said, None):
            if said is not None and not _enough(said, weights) and not _is_address(said.text):
                waiting.append(said)
                continue
            if waiting:
                together = Said(" ".join(one.text for one in waiting), waiting[0].where)
                if _enough(together, weights):
                    found.append(_portion(each, together, printer))
                else:
                    unsearched += len(waiting)
                waiting = []
            if said is not None:
                found.append(_portion(each, said, printer))
    return Portions(tuple(found), unsearched)


def portions_of_pages(pages: Iterable[tuple[str, str]], annex: Withheld, weights: Weights) -> Portions:
    """The pages of a withheld annex. pages: their places ("page 3 of map.pdf") and what they say."""
    found: list[Portion] = []
    unsearched = 0
    printer = Printer()
    for place, text in pages:
        runs = printer.runs(text)
        if not runs or weights.sum(runs[0]) < FOREIGN:
            unsearched += 1
            continue
        found.append(
            Portion(f"annex, {place}", annex.where, annex.why, text, tuple(runs[:1]), FOREIGN, annex.annex)
        )
    return Portions(tuple(found), unsearched)


def _portion(withheld: Withheld, said: Said, printer: Printer) -> Portion:
    return Portion(
        withheld.what, said.where, withheld.why, said.text, tuple(printer.runs(said.text, said.words))
    )


def _enough(said: Said, weights: Weights) -> bool:
    """Whether a text says enough; that something was on some day is said everywhere, so dates in it do not count."""
    words: Sequence[str] = said.words
    dates = list(dates_in(said.text)) if "-" in said.text else []
    if dates:
        text = said.text
        for match, _ in reversed(dates):
            text = f"{text[: match.start()]} {text[match.end() :]}"
        words = words_of(text)
    return weights.sum(words) >= ENOUGH and sum(map(len, words)) >= LEAST


def _is_address(text: str) -> bool:
    """An address is nobody else's, however common its words are."""
    name, at, host = text.strip().partition("@")
    return bool(at and name and "." in host) and not any(map(str.isspace, text.strip()))


# --------------------------------------------------------------------------- runs to be searched


@dataclass(frozen=True, slots=True)
class Shingle:
    """A run of words out of a longer one. first, last: of its words, last excluded. start: of its letters in those of the whole, in bytes."""

    first: int
    last: int
    start: int
    letters: bytes


@dataclass(slots=True)
class Shingled:
    """A run, ready to be asked for the shorter runs in it: from every word on, the shortest that says so much and has letters enough; the whole where
    there is none.

    letters: of all of it. starts, said: of each word, and behind the last one, the bytes and the bits before it. Where a shingle begins and ends
    follows from its words alone, so that the same words give the same ones wherever they stand; that sums of bits are exact is Weights' part of it.
    """

    letters: bytes
    starts: Sequence[int]
    said: Sequence[float]
    least: float

    @classmethod
    def of(cls, run: Run, bits: Callable[[str], float], least: float) -> Shingled:
        words = [word.encode("utf-8", "replace") for word in run]
        return cls(
            b"".join(words),
            list(accumulate(map(len, words), initial=0)),
            list(accumulate(map(bits, run), initial=0.0)),
            least,
        )

    def within(self, start: int, end: int) -> Iterator[Shingle]:
        """Those whose letters lie between two places of the run's letters."""
        for first in range(bisect_left(self.starts, start), len(self.starts) - 1):
            shingle = self._at(first)
            if shingle is None or shingle.start + len(shingle.letters) > end:
                return
            yield shingle

    def over(self, start: int, end: int) -> Iterator[Shingle]:
        """Those in which all letters between two places stand."""
        for first in range(bisect_right(self.starts, start) - 1, -1, -1):
            shingle = self._at(first)
            if shingle is not None:
                if shingle.start + len(shingle.letters) < end:
                    return
                yield shingle

    def _at(self, first: int) -> Shingle | None:
        """The one that begins at a word; None where what is left says too little, as it does behind that word as well."""
        begun, count = self.starts[first], len(self.starts) - 1
        last = max(
            bisect_left(self.said, self.said[first] + self.least), bisect_left(self.starts, begun + SHORTEST)
        )
        if last > count:
            return None if first else Shingle(0, count, 0, self.letters)
        return Shingle(first, last, begun, self.letters[begun : self.starts[last]])


def shingles(run: Run, bits: Callable[[str], float], least: float) -> Iterator[Shingle]:
    """All shingles of a run."""
    whole = Shingled.of(run, bits, least)
    return whole.within(0, len(whole.letters))
