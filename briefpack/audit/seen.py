"""What can be found in a file: every text and picture, with where it is; what the readers of the audit hand to its search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

FONT_NAMES = "the names in its fonts"
"""The place of what fonts say of themselves: their makers' words, which no author can change."""
NAMELESS = "has text in a font whose characters have no letters"
"""Why a page is opaque that a reader sees and no program can read; behind it stand the names of the fonts."""
OUTLINE = "the outline (bookmarks)"
"""The place of titles of bookmarks: they are names to a program, and words to a reader."""


class Seat(Enum):
    """Where a text sits in a file.

    PAGE: what a reader sees on the pages (headers, notes and annex pages included). HIDDEN: in the file but not on its pages: texts for
    pictures and for screen readers, comments, deleted text, earlier revisions, objects that nothing leads to. NAME: names that programs use: of
    destinations, bookmarks, styles, parts, attachments, the file itself. METADATA: properties, labels, XMP, custom XML, EXIF.
    """

    PAGE = "page"
    HIDDEN = "hidden"
    NAME = "name"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text. place: where, in the words of a message ("page 12", "the outline", "word/comments.xml"). page: 1-based, None where there is none.

    Passages of one seat stand in the order in which they are read; a sentence may go on from one to the next.
    """

    seat: Seat
    place: str
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """encoded: sha256 hex digest of its bytes as they are stored. pixels: sha256 of its size and RGB pixels, None where it could not be decoded."""

    place: str
    encoded: str
    pixels: str | None

    @property
    def digests(self) -> tuple[str, ...]:
        """What it is known by: those of the two that there are."""
        return (self.encoded,) if self.pixels is None else (self.encoded, self.pixels)


@dataclass(frozen=True, slots=True)
class Seen:
    """All that was found in one file. name: its bare name. inside: files embedded in it, read in the same way. opaque: (place, why) of what could not be read;
    an audit that meets any has not passed."""

    name: str
    passages: tuple[Passage, ...]
    pictures: tuple[Picture, ...] = ()
    inside: tuple[Seen, ...] = ()
    opaque: tuple[tuple[str, str], ...] = ()

    def all(self) -> Iterator[Seen]:
        """It and all files in it, those in these included."""
        yield self
        for inner in self.inside:
            yield from inner.all()
