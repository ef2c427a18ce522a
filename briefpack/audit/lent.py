"""An annex that an audience gets: what stands in it is its author's own word, wherever else it is withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefpack.audit.seen import NAMELESS, Picture, Seen
from briefpack.audit.stream import Stream, streams_of


@dataclass(frozen=True)
class Lent:
    """accepted: it may say what is withheld elsewhere. files: their bare names. seen: reads them; not asked before something was found."""

    id: str
    title: str
    files: tuple[str, ...]
    accepted: bool
    seen: Callable[[], Sequence[Seen]]

    @cached_property
    def streams(self) -> tuple[Stream, ...]:
        """Its words, as streams_of() gives them."""
        return tuple(stream for seen in self.seen() for stream in streams_of(seen))

    def texts(self) -> Iterator[str]:
        """Its texts as they were read."""
        for stream in self.streams:
            yield from stream.texts

    def pictures(self) -> Iterator[Picture]:
        """Its pictures, those of files in it included."""
        for seen in self.seen():
            for each in seen.all():
                yield from each.pictures

    def nameless(self) -> Iterator[str]:
        """Why some of its pages cannot be read: they are in fonts without letters, which are as scans are."""
        for seen in self.seen():
            yield from (why for _, why in seen.opaque if why.startswith(NAMELESS))
