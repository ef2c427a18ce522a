"""What an audience must not have → what is searched for in its files: runs of words that say enough to be known again; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefpack.audit.expected import Withheld
from briefpack.audit.squeeze import words_of
from briefpack.audit.tree import Said
from briefpack.audit.variants import Printer, Run
from briefpack.audit.weights import ENOUGH, FOREIGN, PLENTY, Weights
from briefpack.errors import Where
from briefpack.iso_dates import dates_in

SHORTEST = 23
"""Bytes of letters of a run that is found by its blocks (see search.py): any run of so many holds 16 that begin at a multiple of 8."""
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
            runs = printer.runs(said.text) if said is not None else []
            if said is not None and not _enough(said.text, weights) and not _is_address(said.text):
                waiting.append(said)
                continue
            if waiting:
                together = Said(" ".join(one.text for one in waiting), waiting[0].where)
                several = printer.runs(together.text)
                if _enough(together.text, weights):
                    found.append(_portion(each, together, several))
                else:
                    unsearched += len(waiting)
                waiting = []
            if said is not None:
                found.append(_portion(each, said, runs))
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


def _portion(withheld: Withheld, said: Said, runs: Sequence[Run]) -> Portion:
    return Portion(withheld.what, said.where, withheld.why, said.text, tuple(runs))


def _enough(text: str, weights: Weights) -> bool:
    """Whether a text says enough; that something was on some day is said everywhere, so dates in it do not count."""
    if "-" in text:
        for match, _ in reversed(list(dates_in(text))):
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


def shingles(run: Run, bits: Callable[[str], float], least: float) -> Iterator[Shingle]:
    """From every word on, the shortest run that says so much and has letters enough; the whole where there is none.

    Where a run begins and ends follows from its words alone, so that the same words give the same runs wherever they stand.
    """
    letters = [word.encode("utf-8", "replace") for word in run]
    weights = list(map(bits, run))
    starts = [0]
    for word in letters:
        starts.append(starts[-1] + len(word))
    whole = b"".join(letters)
    end, said, any_found = 0, 0.0, False
    for first in range(len(run)):
        if end < first:
            end, said = first, 0.0
        while end < len(run) and (said < least or starts[end] - starts[first] < SHORTEST):
            said += weights[end]
            end += 1
        if said < least or starts[end] - starts[first] < SHORTEST:
            break
        any_found = True
        yield Shingle(first, end, starts[first], whole[starts[first] : starts[end]])
        said -= weights[first]
    if not any_found:
        yield Shingle(0, len(run), 0, whole)
