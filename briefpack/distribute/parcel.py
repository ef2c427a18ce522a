"""What is sent to an audience: its files as they were built, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.pack import Audience, PackMeta
from briefpack.style import Style


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a pack. name: as the build calls it. format: as in manifest.Output. sha256: of content, hex digits."""

    name: str
    format: str
    content: bytes
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one audience's readers get. meta: the words of its selection, so that a message says nothing that the pack does not.

    marking: of its pack, as printed, "" for none. style: the audience's.
    """

    audience: Audience
    meta: PackMeta
    marking: str
    attachments: tuple[Attachment, ...]
    style: Style
