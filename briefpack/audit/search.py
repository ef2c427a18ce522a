"""Runs of words, thousands of them, found in streams of letters, millions of them, in one go; pure.

A run of 23 bytes or more, wherever it stands in a stream, holds 16 bytes there that begin at a multiple of 8. So the blocks of 16 at all places of what is searched
for are looked up among those at multiples of 8 of the stream; what they have in common is nearly nothing, and it alone is looked at in full.
Shorter runs are searched for one by one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefpack.audit.needles import SHORTEST, Portion, Shingle, shingles
from briefpack.audit.stream import Stream
from briefpack.audit.variants import Run

_STEP = 8
_BLOCK = 2 * _STEP
_MANY = 64
"""Places of one block from which on a run is looked for by itself."""
_FEW = 200
"""Short runs up to which each is looked for without more ado."""


@dataclass(frozen=True, slots=True)
class Found:
    """A run of a portion that stands in a stream. run: which of the portion's. place, end: of the letters in the stream."""

    portion: Portion
    run: Run
    shingle: Shingle
    stream: Stream
    place: int


@dataclass(slots=True)
class Index:
    """Portions, ready to be searched for. bits: of a word."""

    portions: Sequence[Portion]
    bits: Callable[[str], float]
    _letters: bytes = b""
    _starts: list[int] = field(default_factory=list)
    _runs: list[tuple[Portion, Run]] = field(default_factory=list)
    _short: dict[bytes, list[tuple[Portion, Run]]] = field(default_factory=dict)
    _shingles: dict[int, list[Shingle]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts: list[bytes] = []
        length = 0
        for portion in self.portions:
            for run in portion.runs:
                letters = "".join(run).encode("utf-8", "replace")
                if len(letters) < SHORTEST:
                    self._short.setdefault(letters, []).append((portion, run))
                    continue
                self._starts.append(length)
                self._runs.append((portion, run))
                parts.append(letters)
                length += len(letters) + 1
        self._letters = b"\n".join(parts)

    def search(self, streams: Iterable[Stream]) -> list[Found]:
        """Every run that stands in one of the streams, at one of its places in each."""
        every = list(streams)
        long = [stream for stream in every if len(stream.letters) >= SHORTEST]
        # The letters of all runs are walked over once for all streams; the places that are left are few.
        there = set[bytes]().union(*(_aligned(stream.letters) for stream in long))
        own = self._letters
        met = [at for at in range(len(own) - _BLOCK + 1) if own[at : at + _BLOCK] in there] if there else []
        found: list[Found] = []
        for stream in every:
            if met and len(stream.letters) >= SHORTEST:
                found += self._long_ones(stream, met)
            found += self._short_ones(stream)
        return found

    # ----------------------------------------------------------------------- long runs

    def _long_ones(self, stream: Stream, likely: Sequence[int]) -> list[Found]:
        """likely: places of the runs' letters whose blocks stand in some stream."""
        own = self._letters
        wanted = {own[at : at + _BLOCK] for at in likely}
        places: dict[bytes, list[int]] = {}
        for number, block in enumerate(_aligned(stream.letters)):
            if block in wanted:
                places.setdefault(block, []).append(number * _STEP)
        met = [at for at in likely if own[at : at + _BLOCK] in places]
        known: dict[bytes, int | None] = {}
        found: list[Found] = []
        done: set[tuple[int, int]] = set()
        for at in met:
            block = own[at : at + _BLOCK]
            which = bisect_right(self._starts, at) - 1
            inside = at - self._starts[which]
            for shingle in self._around(which, inside):
                if (which, shingle.first) in done:
                    continue
                place = self._place(shingle, inside - shingle.start, stream, places[block], known)
                if place is not None:
                    done.add((which, shingle.first))
                    portion, run = self._runs[which]
                    found.append(Found(portion, run, shingle, stream, place))
        return found

    def _around(self, which: int, inside: int) -> Sequence[Shingle]:
        """The shingles of a run in whose first bytes the block at this place of the run begins."""
        if which not in self._shingles:
            portion, run = self._runs[which]
            self._shingles[which] = list(shingles(run, self.bits, portion.least))
        every = self._shingles[which]
        last = bisect_right(every, inside, key=lambda shingle: shingle.start)
        first = bisect_right(every, inside - _STEP, key=lambda shingle: shingle.start)
        return every[first:last]

    def _place(
        self,
        shingle: Shingle,
        before: int,
        stream: Stream,
        places: Sequence[int],
        known: dict[bytes, int | None],
    ) -> int | None:
        """Where a shingle stands in a stream. before: its bytes before the block that is at these places."""
        letters = shingle.letters
        if known.get(letters) is not None:
            return known[letters]
        if len(places) > _MANY:
            if letters not in known:
                place = stream.letters.find(letters)
                known[letters] = None if place < 0 else place
            return known[letters]
        for there in places:
            if there >= before and stream.letters.startswith(letters, there - before):
                known[letters] = there - before
                return there - before
        return None

    # ----------------------------------------------------------------------- short runs

    def _short_ones(self, stream: Stream) -> list[Found]:
        found: list[Found] = []
        for letters in self._likely(stream):
            place = stream.letters.find(letters)
            while place >= 0 and not stream.is_whole(place, place + len(letters)):
                place = stream.letters.find(letters, place + 1)
            if place >= 0:
                found += [
                    Found(portion, run, Shingle(0, len(run), 0, letters), stream, place)
                    for portion, run in self._short[letters]
                ]
        return found

    def _likely(self, stream: Stream) -> Iterable[bytes]:
        """Those whose first letters are there: of many, most are not."""
        if len(self._short) <= _FEW or any(len(letters) < _STEP for letters in self._short):
            return self._short
        by_head: dict[int, list[bytes]] = {}
        for letters in self._short:
            by_head.setdefault(_blocks(letters[:_STEP], 0)[0], []).append(letters)
        heads = set(by_head)
        there: set[int] = set()
        for offset in range(min(_STEP, len(stream.letters))):
            there |= heads.intersection(_blocks(stream.letters, offset))
        # In their own order, not in that of a set.
        return [letters for head, some in by_head.items() if head in there for letters in some]


def _aligned(letters: bytes) -> Iterator[bytes]:
    """The blocks that begin at multiples of the step."""
    return (letters[at : at + _BLOCK] for at in range(0, len(letters) - _BLOCK + 1, _STEP))


def _blocks(letters: bytes, offset: int) -> memoryview[int]:
    """The letters from a place on, eight at a time."""
    whole = (len(letters) - offset) // _STEP * _STEP
    return memoryview(letters)[offset : offset + max(0, whole)].cast("Q")
