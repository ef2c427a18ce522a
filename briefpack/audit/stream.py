"""All that was found in a file → streams of letters to be searched, from whose places one finds back to the words and where they stand; pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from urllib.parse import unquote

from briefpack.audit.blocks import SHORTEST
from briefpack.audit.seen import Passage, Seat, Seen
from briefpack.audit.squeeze import folded, squeezed, words_of

_ESCAPED = re.compile("%[0-9A-Fa-f]{2}")
"""As addresses write what is no letter of theirs (RFC 3986, 2.1)."""
_EDGE = 8
"""Lines at the head and at the foot of a page among which header, footer, banner and page number are looked for."""
_REACH = 1200
"""Characters at either end of a page that are looked at for them."""
_SEAM = 240
"""Characters on either side of a page break that are joined."""
_OFTEN = 3
"""Pages on which a line must stand, whatever its numbers, to be no text of its page."""
_SNIPPET = 90


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, in words. page: 1-based, None where there is none."""

    place: str
    seat: Seat
    page: int | None = None


@dataclass
class Stream:
    """Texts that stand one behind the other. spots: where each stands. texts: each as it was found. joint: what stands between their letters.

    within: the names of the files that they stand in, outermost first, () in the file itself. seam: they are what stands around page breaks.
    """

    spots: Sequence[Spot]
    texts: Sequence[str]
    within: tuple[str, ...] = ()
    seam: bool = False
    joint: bytes = b""
    _lines: dict[int, tuple[list[str], list[int]]] = field(default_factory=dict, repr=False)

    @cached_property
    def _pieces(self) -> list[bytes]:
        return list(map(squeezed, self.texts))

    @cached_property
    def letters(self) -> bytes:
        return self.joint.join(self._pieces)

    @cached_property
    def starts(self) -> list[int]:
        """Where each text begins in the letters."""
        ends = accumulate((len(piece) + len(self.joint) for piece in self._pieces), initial=0)
        return list(ends)[: len(self._pieces)]

    def text_at(self, place: int) -> int:
        """Which text a place of the letters belongs to."""
        return max(0, bisect_right(self.starts, place) - 1)

    def spot(self, place: int) -> Spot:
        """Where it stands; of a text of many lines, with the line."""
        number = self.text_at(place)
        found, text = self.spots[number], self.texts[number]
        if found.page is not None or "\n" not in text:
            return found
        _, starts = self._lines_of(number)
        line = bisect_right(starts, place - self.starts[number])
        return Spot(f"{found.place}, paragraph {line}", found.seat)

    def _lines_of(self, number: int) -> tuple[list[str], list[int]]:
        """The lines of a text, and where each begins in its letters; one without letters begins where the next does."""
        if number not in self._lines:
            lines = self.texts[number].split("\n")
            sizes = (len(squeezed(line)) for line in lines)
            self._lines[number] = lines, list(accumulate(sizes, initial=0))[:-1]
        return self._lines[number]

    def has(self, letters: bytes) -> bool:
        """Whether a run stands there, as a whole where it is a short one."""
        return self.first(letters) >= 0 if len(letters) < SHORTEST else letters in self.letters

    def first(self, letters: bytes) -> int:
        """The first place at which letters are whole words; -1 where there is none."""
        place = self.letters.find(letters)
        while place >= 0 and not self.is_whole(place, place + len(letters)):
            place = self.letters.find(letters, place + 1)
        return place

    def is_whole(self, place: int, end: int) -> bool:
        """Whether words begin and end there, so that it is not by chance that these letters stand together."""
        return self._is_edge(place) and self._is_edge(end)

    def _is_edge(self, place: int) -> bool:
        if place <= 0 or place >= len(self.letters) or place in self.starts[-1:]:
            return True
        before, after = self.letters[place - 1 : place], self.letters[place : place + 1]
        if before.isdigit() != after.isdigit() and before != b"\n":
            return True
        number = self.text_at(place)
        left = place - self.starts[number]
        lines, starts = self._lines_of(number)
        line = bisect_right(starts, left) - 1
        left -= starts[line]
        for word in words_of(lines[line]):
            if left <= 0:
                break
            left -= len(word.encode("utf-8", "replace"))
        return left == 0


def streams_of(seen: Seen, within: tuple[str, ...] = ()) -> Iterator[Stream]:
    """The streams of a file and of the files in it, one for each seat, and one of what addresses say. within: what the file is in."""
    by_seat: dict[Seat, list[Passage]] = {}
    for passage in seen.passages:
        by_seat.setdefault(passage.seat, []).append(passage)
    around = "".join(f"{name}, " for name in within)
    for passages in by_seat.values():
        spots = [Spot(around + one.place, one.seat, one.page) for one in passages]
        yield Stream(spots, [one.text for one in passages], within)
    escaped = [one for one in seen.passages if _ESCAPED.search(one.text)]
    if escaped:
        spots = [Spot(around + one.place, one.seat, one.page) for one in escaped]
        yield Stream(spots, [unquote(one.text) for one in escaped], within, joint=b"\n")
    for inner in seen.inside:
        yield from streams_of(inner, (*within, inner.name))


def seams_of(streams: Iterable[Stream]) -> Iterator[Stream]:
    """For each stream of pages, what stands around its page breaks."""
    for stream in streams:
        if stream.spots and stream.spots[0].seat is Seat.PAGE:
            found = list(_seams(stream))
            if found:
                spots, texts = zip(*found, strict=True)
                yield Stream(spots, texts, stream.within, seam=True, joint=b"\n")


def _seams(stream: Stream) -> Iterator[tuple[Spot, str]]:
    """The end of each page with the beginning of the next, without what stands on every page between them."""
    edges: dict[int, tuple[list[str], list[str]]] = {}
    for spot, text in zip(stream.spots, stream.texts, strict=True):
        if spot.page is not None and spot.page not in edges:
            # Of a page that is all one line, the edges are its first and its last words.
            edges[spot.page] = (
                list(filter(None, map(str.strip, text[:_REACH].split("\n"))))[:_EDGE],
                list(filter(None, map(str.strip, text[-_REACH:].split("\n"))))[-_EDGE:],
            )
    forms = {line: _form(line) for sides in edges.values() for lines in sides for line in lines}
    often = Counter(
        form for sides in edges.values() for form in {forms[line] for lines in sides for line in lines}
    )
    furniture = {form for form, count in often.items() if count >= _OFTEN or not form}
    for page, (_, foot) in edges.items():
        if page + 1 not in edges:
            continue
        before = "\n".join(line for line in foot if forms[line] not in furniture)
        after = "\n".join(line for line in edges[page + 1][0] if forms[line] not in furniture)
        if before and after:
            first = stream.spots[0]
            place = first.place.removesuffix(f"page {first.page}") + f"pages {page} and {page + 1}"
            yield Spot(place, Seat.PAGE, page), f"{before[-_SEAM:]}\n{after[:_SEAM]}"


_DIGITS = str.maketrans("0123456789", "0" * 10)


def _form(line: str) -> str:
    """A line whatever its numbers are."""
    return folded(line).translate(_DIGITS).replace("00", "0")


def snippet(text: str, most: int = _SNIPPET) -> str:
    """The beginning of a text, for a message."""
    words = " ".join(text.replace("\ufffc", "…").split())
    return (
        words
        if len(words) <= most
        else f"{words[: words.rfind(' ', 0, most) if ' ' in words[:most] else most]} …"
    )
