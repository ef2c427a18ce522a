"""Runs of words, thousands of them, found in streams of letters, millions of them, in one go; pure.

A run of 23 bytes or more has a block in common with every place where it stands (blocks.py). What both sides have in common is followed as far as it goes, and
only where that is long enough are runs of words looked for in it. Shorter runs are searched for one by one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefpack.audit.blocks import BLOCK, SHORTEST, STEP, Doubtful, eights, likely, placed, stretch
from briefpack.audit.needles import Portion, Shingle, Shingled
from briefpack.audit.stream import Stream
from briefpack.audit.variants import Run

_BESIDE = 4
"""Of the bytes that a run of 23 has more than a block, so many stand on one side of it at least."""
_MANY = 50_000
"""Pairs of places of one block from which on the runs around it are looked for one by one."""
_FEW = 50
"""Short runs up to which each is looked for without more ado."""
_HALF = STEP // 2
_FOUND_BY_HEAD = STEP + _HALF - 1
"""Bytes of a short run that has eight at a multiple of 4 of the stream, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """A run of a portion that stands in a stream. run: which of the portion's. place: of the letters in the stream, the first."""

    portion: Portion
    run: Run
    shingle: Shingle
    stream: Stream
    place: int


@dataclass(slots=True)
class Index:
    """Portions, ready to be searched for. bits: of a word; sums of them are exact."""

    portions: Sequence[Portion]
    bits: Callable[[str], float]
    _letters: bytes = b""
    _eights: frozenset[int] = frozenset()
    _starts: list[int] = field(default_factory=list)
    _runs: list[tuple[Portion, Run]] = field(default_factory=list)
    _short: dict[bytes, list[tuple[Portion, Run]]] = field(default_factory=dict)
    _shingled: dict[int, Shingled] = field(default_factory=dict)

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
        self._eights = frozenset(eights(self._letters))

    def search(self, streams: Iterable[Stream], known: Sequence[bytes] = ()) -> list[Found]:
        """Every run that stands in one of the streams, at its first place in each.

        known: letters of texts that may stand there, in the order in which they do. Where one is found, runs of 23 bytes and more that stand inside it are
        passed over; those that reach out of it are not.
        """
        every = list(streams)
        met = {number: self._met(stream, known) for number, stream in enumerate(every)}
        # The letters of all runs are walked over once for all streams.
        places = placed(self._letters, {block for some in met.values() for _, block in some})
        found: list[Found] = []
        for number, stream in enumerate(every):
            found += self._long_ones(stream, [one for one in met[number] if one[1] in places], places)
            found += self._short_ones(stream)
        return found

    # ----------------------------------------------------------------------- long runs

    def _met(self, stream: Stream, known: Sequence[bytes]) -> list[tuple[int, bytes]]:
        """Places of a stream with the blocks there, of which each half stands among the runs' letters."""
        if len(stream.letters) < SHORTEST:
            return []
        left = Doubtful(stream.letters, known)
        return [(left.place(at), left.letters[at : at + BLOCK]) for at in likely(left.letters, self._eights)]

    def _long_ones(
        self, stream: Stream, met: Sequence[tuple[int, bytes]], places: Mapping[bytes, Sequence[int]]
    ) -> Iterator[Found]:
        """met: places of the stream with the blocks there. places: of these blocks in the runs' letters."""
        own, text = self._letters, stream.letters
        counts = Counter(block for _, block in met)
        often = {block for block, count in counts.items() if len(places[block]) * count > _MANY}
        first: dict[tuple[int, Shingle], int] = {}
        followed: dict[int, int] = {}
        # In the order of their places, so that what both sides say in a row is followed once.
        for there, block in sorted(met):
            if block in often:
                continue
            before = text[max(0, there - _BESIDE) : there]
            behind = text[there + BLOCK : there + BLOCK + _BESIDE]
            for at in places[block]:
                if there < followed.get(there - at, 0) or not (
                    own.startswith(behind, at + BLOCK) or own.endswith(before, 0, at)
                ):
                    continue
                which, begun, ended = self._around(at)
                start, end = stretch(own, at, text, there, (begun, ended))
                followed[there - at] = end + there - at
                if end - start >= SHORTEST:
                    for shingle in self._run(which).within(start - begun, end - begun):
                        stands = there - at + begun + shingle.start
                        first[which, shingle] = min(first.get((which, shingle), stands), stands)
        first.update(self._one_by_one(text, (at for block in often for at in places[block])))
        for (which, shingle), place in sorted(first.items(), key=lambda one: (one[0][0], one[0][1].first)):
            yield Found(*self._runs[which], shingle, stream, place)

    def _one_by_one(self, text: bytes, places: Iterable[int]) -> Iterator[tuple[tuple[int, Shingle], int]]:
        """The runs of words around blocks at places of the letters, each looked for by itself."""
        looked: dict[bytes, int] = {}
        for at in places:
            which, begun, _ = self._around(at)
            for shingle in self._run(which).over(at - begun, at - begun + BLOCK):
                if shingle.letters not in looked:
                    looked[shingle.letters] = text.find(shingle.letters)
                if looked[shingle.letters] >= 0:
                    yield (which, shingle), looked[shingle.letters]

    def _around(self, at: int) -> tuple[int, int, int]:
        """The run that a place of the letters is in, and where it begins and ends."""
        which = bisect_right(self._starts, at) - 1
        last = which + 1 == len(self._starts)
        return which, self._starts[which], len(self._letters) if last else self._starts[which + 1] - 1

    def _run(self, which: int) -> Shingled:
        if which not in self._shingled:
            portion, run = self._runs[which]
            self._shingled[which] = Shingled.of(run, self.bits, portion.least)
        return self._shingled[which]

    # ----------------------------------------------------------------------- short runs

    def _short_ones(self, stream: Stream) -> Iterator[Found]:
        for letters in self._likely(stream):
            place = stream.first(letters)
            if place >= 0:
                for portion, run in self._short[letters]:
                    yield Found(portion, run, Shingle(0, len(run), 0, letters), stream, place)

    def _likely(self, stream: Stream) -> Iterable[bytes]:
        """Those of whose letters eight in a row stand where they must in some place; of many, most have none."""
        if len(self._short) <= _FEW:
            return self._short
        by_eight: dict[int, list[bytes]] = {}
        likely: set[bytes] = set()
        for letters in self._short:
            if len(letters) < _FOUND_BY_HEAD:
                likely.add(letters)
                continue
            for offset in range(_HALF):
                by_eight.setdefault(eights(letters[offset : offset + STEP])[0], []).append(letters)
        wanted = set(by_eight)
        for offset in (0, _HALF):
            there = wanted.intersection(eights(stream.letters, offset))
            likely.update(letters for eight in there for letters in by_eight[eight])
        # In their own order, not in that of a set.
        return [letters for letters in self._short if letters in likely]
