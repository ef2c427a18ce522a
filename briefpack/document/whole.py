"""The pack of one audience, whole or one of its parts, with what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from briefpack.document.annexes import AnnexEntry
from briefpack.document.contents import TocEntry
from briefpack.document.figures import ImageData
from briefpack.document.nesting import Block
from briefpack.document.spans import Spans
from briefpack.drawing import Drawing
from briefpack.errors import Where
from briefpack.label import Label
from briefpack.marking import LOWEST, Marking
from briefpack.policy import Policy


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the pack. number: "2", None when the style does not number sections. title: "" only in a text that is set to be an annex.

    lead: the quiet line under the title, () when there is none.
    language: BCP 47 tag when the section is in another language than the pack, else None.
    landscape: its pages lie on their side. mark: of the title's portion, with what keeps it on the line of the title, "" for none.
    marking: of all that is in it. title_marking: of the title and the line under it. None in a pack without a policy.
    """

    number: str | None
    title: str
    anchor: str
    lead: Spans
    blocks: tuple[Block, ...]
    where: Where
    language: str | None = None
    landscape: bool = False
    mark: str = ""
    marking: Marking | None = None
    title_marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What cover, furniture and file properties may say; "" means the author did not say it.

    date: the pack's own date, the only clock a build knows (identical input, identical bytes).
    as_of: that date in the pack's words. audience: the key ("press"); audience_title: its name.
    watermark: None means none. file_stem: the name of the audience's files, without what tells their format.
    label: the marking as programs read it, None for none.
    """

    title: str
    subtitle: str
    reference: str
    organisation: str
    owner: str
    place: str
    dates: str
    chair: str
    version: str
    as_of: str
    language: str
    marking: str
    audience: str
    audience_title: str
    date: datetime
    where: Where
    file_stem: str
    watermark: str | None = None
    logo: ImageData | Drawing | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class OtherPart:
    """Another part of a pack that goes in several. words: "In part 3 of 3". entries: of its sections and annexes."""

    words: str
    entries: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True)
class PackPart:
    """Which part of a pack a Document is. words: "Part 2 of 3". here: above its own entries in the contents. others: the other parts, in order.

    elsewhere: anchor of what is in another part (of an annex, those of its pages too) → the place of the entry among others that stands for it, and the words of
    that part. languages: of entries among others that are in another language than the pack. first_page: the number of the first page behind the contents. pages: the last arabic number of the whole pack, as printed.
    """

    words: str
    here: str
    others: tuple[OtherPart, ...]
    elsewhere: Mapping[str, tuple[str, str]]
    languages: Mapping[str, str]
    first_page: int
    pages: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole pack of one audience, ready to be set, or a part of it, in which numbers, labels and anchors are those of the whole.

    policy: what puts markings into words; None in a pack without one. marking: of all that is in the pack; title_marking: of what cover and furniture say of
    it. Both are LOWEST without a policy. part: None for the whole pack.
    """

    meta: Meta
    contents: tuple[TocEntry, ...]
    sections: tuple[Section, ...]
    annexes: tuple[AnnexEntry, ...]
    policy: Policy | None = None
    marking: Marking = LOWEST
    title_marking: Marking = LOWEST
    part: PackPart | None = None
