"""What is sent to an audience: its files as they were built, and what is said of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from briefpack.pack import Audience, PackMeta
from briefpack.style import Style

BESIDE = "beside"
"""Instead of a format: of a file that the build put beside the pack as it is."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is sent. name: as readers see it. format: as in manifest.Output, or BESIDE. pages: 0 where a file has none to count.

    pieces: its bytes one after the other, so that a thousand copies share what they have in common; a path stands for the bytes of a file.
    size: bytes. sha256: hex digits. of: the checksum of the file that the build made and the audit passed; its own where it is that file.
    trace: what a reader's copy is known by, "" where it is nobody's own. locked: whether it opens only with a password.
    extent: of a part, which pages of the pack it has, counted from 1, as in "1-12"; "" where the pack goes whole.
    """

    name: str
    format: str
    pieces: tuple[bytes | Path, ...]
    pages: int
    size: int
    sha256: str
    of: str
    trace: str = ""
    locked: bool = False
    extent: str = ""

    @property
    def content(self) -> bytes:
        """All of it. Raises OSError where a piece is a file that cannot be read."""
        return b"".join(each if isinstance(each, bytes) else each.read_bytes() for each in self.pieces)


def whole(
    name: str, format_: str, content: bytes, pages: int, of: str = "", *, extent: str = ""
) -> Attachment:
    """An attachment of known bytes. of, extent: as there; of is "" where it is as the build made it."""
    digest = hashlib.sha256(content).hexdigest()
    return Attachment(name, format_, (content,), pages, len(content), digest, of or digest, extent=extent)


@dataclass(frozen=True, slots=True)
class Part:
    """Of a pack that goes in several: number of them, from 1, and how many there are."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What the policy of a pack wants said in every message, whatever the list of readers says; "" for nothing.

    subject: of the pack's marking, where the list's subject does not tell it. portion: in front of the subject, of its own words. bare: no subject tells the pack's
    marking. first, last: lines of the text.
    """

    subject: str = ""
    portion: str = ""
    bare: bool = False
    first: str = ""
    last: str = ""


NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one audience's readers get. meta: the words of its selection, so that a message says nothing that the pack does not.

    marking: of its pack, as printed, "" for none. style: the audience's. draft: whether it was built as one, and nobody audited it. marks: as the policy of the
    pack wants them.
    """

    audience: Audience
    meta: PackMeta
    marking: str
    attachments: tuple[Attachment, ...]
    style: Style
    draft: bool = False
    marks: Marks = NO_MARKS
