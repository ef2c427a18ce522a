"""Where a planted text was found in what a reader of the audit saw."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from briefpack.audit.read_pdf import squeezed
from briefpack.audit.seen import Passage, Seat, Seen

CANARY = "The grey heron leaves at dawn"


def places_of(words: str, seen: Seen, around: str = "") -> Iterator[tuple[Seat, str]]:
    """Seats and places of a text, split, hyphenated and spaced as it may be; those in embedded files with their names before them."""
    wanted = squeezed(words).casefold()
    for passage in seen.passages:
        if wanted in squeezed(passage.text).casefold():
            yield passage.seat, around + passage.place
    for inner in seen.inside:
        yield from places_of(words, inner, f"{around}{inner.name}: ")


def passages_at(place: str, seen: Seen) -> list[Passage]:
    return [passage for passage in seen.passages if passage.place == place]


def assert_found(seen: Seen, seat: Seat, place: str, words: str = CANARY) -> None:
    """A text was found at a seat, at a place that has these words in it."""
    found = list(places_of(words, seen))
    assert [one for one in found if one[0] is seat and place in one[1]], found or "not found anywhere"


def all_opaque(seen: Seen) -> Iterator[str]:
    for place, why in seen.opaque:
        yield f"{PurePath(seen.name).name}: {place} {why}"
    for inner in seen.inside:
        yield from all_opaque(inner)
