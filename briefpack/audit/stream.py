"""All that was found in a file → streams of letters to be searched, from whose places one finds back to the words and where they stand; pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefpack.audit.seen import Passage, Seat, Seen
from briefpack.audit.squeeze import folded, squeezed, words_of

_EDGE = 8
"""Lines at the head and at the foot of a page among which header, footer, banner and page number are looked for."""
_SEAM = 160
"""Bytes of letters on either side of a page break that are joined."""
_OFTEN = 3
"""Pages on which a line must stand, whatever its numbers, to be no text of its page."""
_SNIPPET = 90


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, in words. page: 1-based, None where there is none."""

    place: str
    seat: Seat
    page: int | None = None


@dataclass(slots=True)
class Stream:
    """Letters of many texts, one behind the other. starts: of each text in them. spots, texts: where each stands, and it as it was found.

    within: the names of the files that they stand in, outermost first, () in the file itself. seam: they are what stands around page breaks.
    """

    letters: bytes = b""
    starts: list[int] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    within: tuple[str, ...] = ()
    seam: bool = False

    def text_at(self, place: int) -> int:
        """Which text a place of the letters belongs to."""
        return max(0, bisect_right(self.starts, place) - 1)

    def spot(self, place: int) -> Spot:
        """Where it stands; of a text of many lines, with the line."""
        number = self.text_at(place)
        found, text = self.spots[number], self.texts[number]
        if found.page is not None or "\n" not in text:
            return found
        left = place - self.starts[number]
        for line, words in enumerate(text.split("\n"), 1):
            left -= len(squeezed(words))
            if left < 0:
                return Spot(f"{found.place}, paragraph {line}", found.seat)
        return found

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
        for word in words_of(self.texts[number]):
            if left <= 0:
                break
            left -= len(word.encode("utf-8", "replace"))
        return left == 0


def streams_of(seen: Seen, within: tuple[str, ...] = ()) -> Iterator[Stream]:
    """The streams of a file and of the files in it: its pages, the seams between them, and each of its other seats. within: what the file is in."""
    around = "".join(f"{name}, " for name in within)
    by_seat: dict[Seat, list[Passage]] = {}
    for passage in seen.passages:
        by_seat.setdefault(passage.seat, []).append(passage)
    for passages in by_seat.values():
        yield stream_of(((Spot(around + one.place, one.seat, one.page), one.text) for one in passages), within)
    seams = list(_seams(by_seat.get(Seat.PAGE, ()), around))
    if seams:
        joined = stream_of(seams, within)
        joined.seam = True
        yield joined
    for inner in seen.inside:
        yield from streams_of(inner, (*within, inner.name))


def stream_of(found: Iterable[tuple[Spot, str]], within: tuple[str, ...] = ()) -> Stream:
    """One stream of texts that follow each other."""
    stream = Stream(within=within)
    parts: list[bytes] = []
    length = 0
    for spot, text in found:
        letters = squeezed(text)
        stream.starts.append(length)
        stream.spots.append(spot)
        stream.texts.append(text)
        parts.append(letters)
        length += len(letters)
    stream.letters = b"".join(parts)
    return stream


def _seams(passages: Sequence[Passage], around: str) -> Iterator[tuple[Spot, str]]:
    """The end of each page with the beginning of the next, without what stands on every page between them."""
    pages: dict[int, list[str]] = {}
    for passage in passages:
        if passage.page is not None:
            pages.setdefault(passage.page, []).extend(passage.text.split("\n"))
    if len(pages) < 2:
        return
    edges = {
        page: ([line for line in lines if line.strip()][:_EDGE], [line for line in lines if line.strip()][-_EDGE:])
        for page, lines in pages.items()
    }
    often = Counter(
        form for head, foot in edges.values() for form in {*map(_form, head), *map(_form, foot)}
    )
    furniture = {form for form, count in often.items() if count >= _OFTEN or not form}
    for page, (_, foot) in edges.items():
        if page + 1 not in edges:
            continue
        before = "\n".join(line for line in foot if _form(line) not in furniture)
        after = "\n".join(line for line in edges[page + 1][0] if _form(line) not in furniture)
        if before and after:
            spot = Spot(f"{around}pages {page} and {page + 1}", Seat.PAGE, page)
            # A line between two seams, as no text goes on from the one to the next.
            yield spot, before[-2 * _SEAM :] + "\n" + after[: 2 * _SEAM]


_DIGITS = str.maketrans("0123456789", "0" * 10)


def _form(line: str) -> str:
    """A line whatever its numbers are."""
    return folded(line).strip().translate(_DIGITS).replace("00", "0")


def snippet(text: str, most: int = _SNIPPET) -> str:
    """The beginning of a text, for a message."""
    words = " ".join(text.replace("\ufffc", "…").split())
    return words if len(words) <= most else f"{words[: words.rfind(' ', 0, most) if ' ' in words[:most] else most]} …"
