"""Letters in which something is searched for, and those that are searched for → which of their blocks they have in common; pure.

A block is 16 bytes. Of what is searched for, the blocks that begin at multiples of 8 are looked at, and of the letters in which it is searched those at all
places: what the two have in common, if it is 23 bytes or longer, holds such a block. Letters are walked over eight bytes at a time, as numbers, by loops
that the interpreter has ready made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from sys import byteorder

STEP = 8
BLOCK = 2 * STEP
SHORTEST = BLOCK + STEP - 1
"""Bytes of letters of a run that is found by its blocks: wherever so many stand, they hold one that begins at a multiple of 8."""
_PAIR = b"\1\1"
_WORTH = 64
"""Bytes of a text from which on it is worth being looked for as a whole."""
_NEAR = 1 << 13
"""Bytes behind the last text among which the next is looked for; twice as many each time that it is not there."""
_PATIENCE = 8
"""Texts that may be nowhere before no more are looked for."""


def eights(letters: bytes, offset: int = 0) -> memoryview[int]:
    """The letters from a place on, eight bytes at a time, as numbers."""
    whole = (len(letters) - offset) // STEP * STEP
    return memoryview(letters)[offset : offset + max(0, whole)].cast("Q")


def likely(letters: bytes, wanted: Collection[int]) -> Iterator[int]:
    """Places at which eight bytes and the next eight are both among those that are wanted, though not always one behind the other."""
    for offset in range(min(STEP, len(letters))):
        flags = bytes(map(wanted.__contains__, eights(letters, offset)))
        number = flags.find(_PAIR)
        while number >= 0:
            yield offset + STEP * number
            number = flags.find(_PAIR, number + 1)


def placed(letters: bytes, blocks: Collection[bytes]) -> dict[bytes, list[int]]:
    """Of these blocks, those that begin at multiples of 8 in the letters, and where, in order."""
    heads = {int.from_bytes(block[:STEP], byteorder) for block in blocks}
    found: dict[bytes, list[int]] = {}
    flags = bytes(map(heads.__contains__, eights(letters)))
    number = flags.find(1)
    while number >= 0:
        at = number * STEP
        block = letters[at : at + BLOCK]
        if block in blocks:
            found.setdefault(block, []).append(at)
        number = flags.find(1, number + 1)
    return found


def stretch(one: bytes, at: int, other: bytes, there: int, within: tuple[int, int]) -> tuple[int, int]:
    """How far two letters say the same around places that do: from where to where in the first of them. within: from where to where at most."""
    first, last = within
    start, behind = at, there
    while start > first and behind > 0 and one[start - 1] == other[behind - 1]:
        start, behind = start - 1, behind - 1
    end, ahead = at, there
    while end + STEP <= last and one[end : end + STEP] == other[ahead : ahead + STEP]:
        end, ahead = end + STEP, ahead + STEP
    while end < last and ahead < len(other) and one[end] == other[ahead]:
        end, ahead = end + 1, ahead + 1
    return start, end


def passages(letters: bytes, known: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """Where several texts, or one, stand in letters one behind the other as they do among the known ones: from where to where, in order.

    A text is looked for behind the last one that was found, at first not far from there. What stands elsewhere, or in other pieces, is not found.
    """
    begun, at, follows = 0, 0, False
    near, failed = _NEAR, 0
    for text in filter(None, known):
        if follows and letters.startswith(text, at):
            at += len(text)
            continue
        if follows:
            follows = False
            yield begun, at
        if len(text) < _WORTH or failed > _PATIENCE:
            continue
        place = letters.find(text, at, at + len(text) + near)
        if place >= 0:
            begun, at, follows = place, place + len(text), True
            near, failed = _NEAR, 0
        elif at + near < len(letters):
            near *= 2
        else:
            failed += 1
    if follows:
        yield begun, at


class Doubtful:
    """What is left of letters to be searched when known texts stand in them.

    What is found afterwards may reach into such a text, but does not stand inside one: all that is no part of them is left, with so much of them on both sides
    that a run of 23 bytes or more, of which a single one is outside, has a block in what is left.
    """

    __slots__ = ("_places", "_starts", "letters")

    def __init__(self, letters: bytes, known: Iterable[bytes]) -> None:
        edges = [0]
        for start, end in passages(letters, known):
            if end - start > _WORTH:
                edges += (start + SHORTEST - 1, end - SHORTEST + 1)
        edges.append(len(letters))
        pieces = [letters[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        self.letters = b"\n".join(pieces)
        self._places = edges[::2]
        self._starts: Sequence[int] = list(accumulate((len(piece) + 1 for piece in pieces[:-1]), initial=0))

    def place(self, at: int) -> int:
        """Where a place of what is left was in all the letters."""
        number = bisect_right(self._starts, at) - 1
        return self._places[number] + at - self._starts[number]
