"""What a reader of the audit writes down while it reads one file, and how much it may unpack of a file that comes from somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from briefpack.audit.seen import Passage, Picture, Seat, Seen

DEEPEST = 8
"""Files within files within files: an attachment of a message in an archive is at three."""
MOST_FILES = 20_000
"""Files and parts in one file, with all that is in them."""
MOST_UNPACKED = 512 << 20
"""Bytes that all of a file may unpack to, with the files in it."""
MOST_OF_ONE = 128 << 20
"""Bytes that one part, stream or entry may unpack to."""
MOST_PASSAGES = 2_000_000
MOST_PIXELS = 500_000_000
"""Of all pictures in one file, with the files in it; some seconds' work."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
"""They say nothing, and would cut words in two."""


class TooMuchError(Exception):
    """A file unpacks to more than is read of it. The message goes on after the name of a place: "unpacks to more than …"."""


@dataclass(slots=True)
class Allowance:
    """What is left of the limits for one file with all that is in it. passwords: to try on what is locked. ours: this program has just written the file.

    sizes: of pictures whose pixels are looked at, width and height; None: of any. Others have no pixels that anybody asks for.
    """

    passwords: tuple[str, ...] = ()
    ours: bool = False
    sizes: frozenset[tuple[int, int]] | None = None
    unpacked: int = MOST_UNPACKED
    files: int = MOST_FILES
    passages: int = MOST_PASSAGES
    pixels: int = MOST_PIXELS

    def one_more_file(self) -> None:
        """Raises TooMuchError when there have been too many."""
        if self.files <= 0:
            raise TooMuchError(
                f"comes after {MOST_FILES:,} other files and parts; no more than that are read"
            )
        self.files -= 1

    def room(self) -> int:
        """Bytes that the next part may unpack to."""
        return min(self.unpacked, MOST_OF_ONE)

    def took(self, size: int) -> None:
        """Bytes have been unpacked. Raises TooMuchError when they are too many."""
        if size > MOST_OF_ONE:
            raise TooMuchError(f"unpacks to more than {MOST_OF_ONE >> 20} MB")
        if size > self.unpacked:
            raise TooMuchError(
                f"cannot be unpacked: the file unpacks to more than {MOST_UNPACKED >> 20} MB in all"
            )
        self.unpacked -= size

    def drew(self, pixels: int) -> None:
        """Pixels are about to be looked at. Raises TooMuchError when they are too many."""
        if pixels > self.pixels:
            raise TooMuchError(
                f"was not drawn: the pictures of the file have more than {MOST_PIXELS:,} pixels"
            )
        self.pixels -= pixels


Inner: TypeAlias = Callable[[bytes, str, Allowance, int], Seen]
"""Reads a file that was found in another: content, name, allowance, depth."""


@dataclass(slots=True)
class Gathering:
    """All that is found in one file. inner: how files in it are read. depth: 0 for a file by itself."""

    name: str
    allowance: Allowance
    inner: Inner
    depth: int = 0
    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    inside: list[Seen] = field(default_factory=list)
    opaque: dict[tuple[str, str], None] = field(default_factory=dict)
    _said: set[tuple[Seat, str, str]] = field(default_factory=set)

    def say(self, seat: Seat, place: str, text: str, page: int | None = None) -> None:
        """A run of text was found. One that says nothing is left out."""
        text = _CONTROLS.sub("", text)
        if not text or text.isspace():
            return
        if self.allowance.passages <= 0:
            self.cannot(self.name, f"has more than {MOST_PASSAGES:,} texts; the others were not read")
            return
        self.allowance.passages -= 1
        self.passages.append(Passage(seat, place, text, page))

    def say_once(self, seat: Seat, place: str, text: str) -> None:
        """As say(), but not again for the same text at the same place."""
        key = (seat, place, text)
        if key not in self._said:
            self._said.add(key)
            self.say(seat, place, text)

    def say_all(self, seat: Seat, place: str, texts: Iterable[str]) -> None:
        for text in texts:
            self.say_once(seat, place, text)

    def cannot(self, place: str, why: str) -> None:
        """Something cannot be read. why: in words that follow the place: "is encrypted"."""
        self.opaque[place, why] = None

    def embed(self, content: bytes, name: str) -> None:
        """A file is in this one: it is read, too."""
        if self.depth >= DEEPEST:
            self.cannot(name, f"is a file in a file, {DEEPEST} deep; deeper ones are not read")
            return
        # Whoever wrote the file around it, this one may come from anybody.
        ours, self.allowance.ours = self.allowance.ours, False
        try:
            self.allowance.one_more_file()
            self.inside.append(self.inner(content, name, self.allowance, self.depth + 1))
        except TooMuchError as error:
            self.cannot(name, str(error))
        finally:
            self.allowance.ours = ours

    def seen(self) -> Seen:
        return Seen(
            self.name, tuple(self.passages), tuple(self.pictures), tuple(self.inside), tuple(self.opaque)
        )
