"""One file of one audience, as it was read back → everything in it that the audience must not have; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefpack.audit.allowed import Allowed
from briefpack.audit.banners import Banners
from briefpack.audit.hits import Hit, Looked, gathered
from briefpack.audit.lent import Lent
from briefpack.audit.names import Name, sightings
from briefpack.audit.search import Found, Index
from briefpack.audit.seen import Picture, Seen
from briefpack.audit.stream import Stream, seams_of, streams_of
from briefpack.audit.stretches import shown, stretches
from briefpack.audit.weights import FOREIGN, LIGHT, PASSAGE, PHRASE, SENTENCE, Weights
from briefpack.errors import Where

_MOST_TELLING = 1_000_000
"""More than any text."""
_KNOWN_BY = 400
"""Characters of a text by which it is told from others of its place."""


@dataclass(slots=True)
class Auditor:
    """Looks at the files of one audience. pictures: digests of what is withheld, encoded and of pixels, with where from and why.

    allowed_pictures: made when one was found. sizes: of the pictures that are withheld, None where they are not all known.
    """

    audience: str
    index: Index
    names: Sequence[Name]
    banners: Banners
    pictures: Mapping[str, tuple[str, Where, str]]
    allowed: Allowed
    weights: Weights
    sizes: frozenset[tuple[int, int]] | None = None
    lent: Sequence[Lent] = ()
    allowed_pictures: Callable[[], Iterable[Picture]] = tuple

    def look(self, seen: Seen, file: str, annex: str | None = None) -> Looked:
        """Search a file. file: its name, for messages. annex: the id of the annex whose author made it, where it is beside the pack."""
        streams = list(streams_of(seen))
        every = list(seen.all())
        hits = [
            *(self._opaque(one, file) for one in every),
            *(self._words(streams, file, annex),),
            *(self._names(streams, file),),
            *(self._markings(streams, file),),
            *(self._pictures(every, file),),
        ]
        return Looked(
            passages=sum(len(one.passages) for one in every),
            pictures=sum(len(one.pictures) for one in every),
            hits=gathered(hit for some in hits for hit in some),
        )

    # ----------------------------------------------------------------------- what cannot be read

    def _opaque(self, seen: Seen, file: str) -> Iterator[Hit]:
        for place, why in seen.opaque:
            # Pages of annexes' authors that cannot be read are no worse in a pack.
            if any(why in lent.nameless() for lent in self.lent):
                continue
            yield Hit(
                f"something {why}, so that nobody can tell what is in it:",
                ((file, place),),
                "leave it out; what cannot be read is not given away",
                telling=_MOST_TELLING,
            )

    # ----------------------------------------------------------------------- words

    def _words(self, streams: Sequence[Stream], file: str, annex: str | None) -> Iterator[Hit]:
        if not self.index.portions:
            return
        found = self.index.search([*streams, *seams_of(streams)], self.allowed.pieces())
        if not found:
            return
        allowed = self.allowed.among(found, self.index)
        by_portion: dict[int, list[Found]] = {}
        for one in found:
            if one.shingle.letters not in allowed and not self._is_allowed(one):
                by_portion.setdefault(id(one.portion), []).append(one)
        for some in by_portion.values():
            own = [one for one in some if self._lender(one, annex) is None]
            if own:
                yield self._leak(own, file)
                continue
            lender = self._lender(some[0], annex)
            if lender is not None and not lender.accepted and self._is_passage(some):
                yield self._overlap(some, lender, file)

    def _is_allowed(self, found: Found) -> bool:
        words = found.run[found.shingle.first : found.shingle.last]
        if self.allowed.has(self._core(found)):
            return True
        # A whole text that is withheld is more than what meets by chance, whatever it is made of: think of the cells of a row.
        return len(words) < len(found.run) and self.allowed.has_across(words)

    def _core(self, found: Found) -> bytes:
        """The words of a run without such at its ends as may come from elsewhere: the label of an annex, a number, a word before a title."""
        words = list(found.run[found.shingle.first : found.shingle.last])
        for end in (-1, 0):
            while len(words) > 1 and self.weights.bits(words[end]) < LIGHT:
                del words[end]
        return "".join(words).encode("utf-8", "replace")

    def _lender(self, found: Found, annex: str | None) -> Lent | None:
        """The annex whose author's own words these are; None where they are the pack's."""
        for lent in self.lent:
            if lent.id == annex or any(name in lent.files for name in found.stream.within):
                return lent
        for lent in self.lent:
            if any(found.shingle.letters in stream.letters for stream in lent.streams):
                return lent
        return None

    def _is_passage(self, found: Sequence[Found]) -> bool:
        """Whether an annex has so many words of a portion in a row that they are more than a phrase."""
        portion = found[0].portion
        for run, first, last in stretches(found):
            words = run[first:last]
            least = PASSAGE if portion.annex else PHRASE
            if len(words) == len(run):
                least = SENTENCE
            if len(words) >= least and self.weights.sum(words) >= FOREIGN:
                return True
        return False

    def _leak(self, found: Sequence[Found], file: str) -> Hit:
        portion = found[0].portion
        return Hit(
            f"{self.audience} does not get “{shown(found)}” ({portion.what}; {portion.why}), but it stands in",
            _places(found, file),
            self._way_out(),
            portion.where,
            *self._telling(found, "leak"),
        )

    def _way_out(self) -> str:
        return f"take it out of the file, or let {self.audience} have it: change its marking or its audiences at the place above, or the clearance of {self.audience}"

    def _overlap(self, found: Sequence[Found], lender: Lent, file: str) -> Hit:
        portion = found[0].portion
        return Hit(
            f"{self.audience} does not get “{shown(found)}” ({portion.what}; {portion.why}), but the annex “{lender.title}” says so in",
            _places(found, file),
            f"withhold the annex from {self.audience}, or take fewer of its pages; if it may say so, write `overlap: accept` on it",
            portion.where,
            *self._telling(found, lender.id),
        )

    def _telling(self, found: Sequence[Found], kind: str) -> tuple[int, str]:
        """How much they tell, and by what they are told in other files, where pages may break elsewhere."""
        portion = found[0].portion
        longest = max(sum(map(len, run[first:last])) for run, first, last in stretches(found))
        return longest, f"{self.audience} {kind} {portion.what} {portion.words[:_KNOWN_BY]}"

    # ----------------------------------------------------------------------- names, markings, pictures

    def _names(self, streams: Sequence[Stream], file: str) -> Iterator[Hit]:
        for sighting in sightings(self.names, streams):
            name = sighting.name
            known = self.allowed.has_literally if name.literal else self.allowed.has_name
            if known(name.said) or self._is_lent(name):
                continue
            because = f" ({name.why})" if name.why else ""
            yield Hit(
                f"{name.what}{because}, “{name.said}”, stands in",
                ((file, sighting.spot.place),),
                f"take it out: it tells {self.audience} of what is not meant for it",
                name.where,
            )

    def _is_lent(self, name: Name) -> bool:
        """Whether an annex that the audience gets says it on its pages: its author's word, and not of this machine."""
        if not name.literal:
            return False
        wanted = name.said.casefold()
        return any(wanted in text.casefold() for lent in self.lent for text in lent.texts())

    def _markings(self, streams: Sequence[Stream], file: str) -> Iterator[Hit]:
        for raised in self.banners.raised(streams):
            if self.allowed.has_exactly(raised.said) or any(
                raised.said in text for lent in self.lent for text in lent.texts()
            ):
                continue
            yield Hit(
                f"the marking “{raised.said}” is above what {self.audience} may see, and stands in",
                ((file, raised.spot.place),),
                "find out what is marked so, and withhold it",
                telling=_MOST_TELLING,
            )

    def _pictures(self, every: Sequence[Seen], file: str) -> Iterator[Hit]:
        met = [
            (picture, self.pictures[digest])
            for seen in every
            for picture in seen.pictures
            for digest in picture.digests
            if digest in self.pictures
        ]
        if not met:
            return
        may = {digest for one in self.allowed_pictures() for digest in one.digests}
        may |= {digest for lent in self.lent for one in lent.pictures() for digest in one.digests}
        for picture, (what, where, why) in met:
            if may.isdisjoint(picture.digests):
                yield Hit(
                    f"{self.audience} does not get a picture ({what}; {why}), but it stands in",
                    ((file, picture.place),),
                    self._way_out(),
                    where,
                    telling=_MOST_TELLING,
                )


def _places(found: Sequence[Found], file: str) -> tuple[tuple[str, str], ...]:
    """Where they stand; what is found on a page need not be found again where pages meet."""
    in_order = sorted(found, key=lambda one: (one.stream.seam, one.stream.spots[0].seat.value, one.place))
    whole = [one for one in in_order if not one.stream.seam]
    return tuple(dict.fromkeys((file, one.stream.spot(one.place).place) for one in whole or in_order))
