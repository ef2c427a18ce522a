"""What the author wrote, checked and positioned, before anything is selected or numbered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from briefpack.blocks import EVERYBODY, AuthorBlock, AuthorSpans, IfRaised, Limits, Points
from briefpack.errors import Where
from briefpack.rules import Silence

# --------------------------------------------------------------------------- who gets what


class Format(Enum):
    PDF = "pdf"
    DOCX = "docx"


class BriefPart(Enum):
    """The parts of a brief, in their order."""

    OBJECTIVE = "objective"
    POINTS = "points"
    IF_RAISED = "if_raised"
    BACKGROUND = "background"


PART_NAMES: tuple[str, ...] = tuple(part.value for part in BriefPart)
"""What an audience or a style may name to pick parts of briefs."""


@dataclass(frozen=True, slots=True)
class Audience:
    """title: as printed. style: a style's name. tags: None takes every tag.

    parts: the parts of briefs this audience gets. marking: None takes the pack's.
    watermark: None takes the pack's, "" is none at all.
    """

    name: str
    title: str
    style: str
    formats: tuple[Format, ...]
    tags: tuple[str, ...] | None
    parts: tuple[BriefPart, ...]
    marking: str | None
    watermark: str | None
    where: Where
    style_where: Where


# --------------------------------------------------------------------------- sections


class SectionKind(Enum):
    PLAIN = "plain"
    BRIEF = "brief"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class Brief:
    """The parts of a brief; an empty one was not written. background is numbered paragraphs and
    whatever other blocks stand between them. where_of: where each written part begins."""

    objective: tuple[AuthorBlock, ...]
    points: tuple[Points, ...]
    if_raised: tuple[IfRaised, ...]
    background: tuple[AuthorBlock, ...]
    where_of: dict[BriefPart, Where]


@dataclass(frozen=True, slots=True)
class AuthorSection:
    """id: given, or made from the file's name ("02-western-balkans.yaml" → "western-balkans").

    brief: only for kind BRIEF, its parts come before blocks. lead: desk or person, "" if none.
    cleared: date of clearance, or None. note: quiet words under the title, or None.
    in_pack: where pack.yaml names the file; limits may come from there and from the file
    (both must let the audience in), hence two.
    """

    id: str
    kind: SectionKind
    title: str
    path: Path
    lead: str
    cleared: date | None
    note: AuthorSpans | None
    language: str | None
    brief: Brief | None
    blocks: tuple[AuthorBlock, ...]
    where: Where
    in_pack: Where
    limits: Limits = EVERYBODY
    limits_in_pack: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class Annex:
    """id: given, or the file's stem. path: resolved and inside the pack. title is required."""

    id: str
    path: Path
    title: str
    source: str | None
    marking: str | None
    where: Where
    file_where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An entry of the glossary. short: "NMI". long: what it stands for, plain text. plural: of the long form, None where the author gave none.

    explanation: what a list of abbreviations says besides, or None. where: of the entry, in pack.yaml or in the glossary's own file.
    """

    short: str
    long: str
    plural: str | None
    explanation: AuthorSpans | None
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class PackMeta:
    """An empty text means the author did not say it. date: as_of, the pack's own clock (naive, local to the pack).

    as_of_has_time: whether the author gave a time of day to print. date is None when no as_of
    was given. watermark: None means none.
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
    date: datetime | None
    as_of_has_time: bool
    language: str
    marking: str
    watermark: str | None
    where: Where


@dataclass(frozen=True, slots=True)
class Pack:
    """name: the folder's name. path: the folder. inputs: every file that was read, for the manifest.

    glossary: in the author's order; what of it a pack uses is known after resolving.
    silences: what the author silenced; an audience's selection has none, for their reasons are not meant for it.
    """

    name: str
    path: Path
    meta: PackMeta
    sections: tuple[AuthorSection, ...]
    annexes: tuple[Annex, ...]
    audiences: tuple[Audience, ...]
    inputs: tuple[Path, ...]
    glossary: tuple[Abbreviation, ...] = ()
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A bookmark of an annex. page: 0-based page of the annex it leads to, None when it leads nowhere."""

    title: str
    page: int | None
    children: tuple[OutlineNode, ...]


class Against(Enum):
    """The least of the claims of PDF/A-2 that a fault stands against: with "archive" none can be made; with "unicode" 2b is left; with
    "structure" 2u is left; with "nothing" all are."""

    ARCHIVE = "archive"
    UNICODE = "unicode"
    STRUCTURE = "structure"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class AnnexFault:
    """What stands in an annex against claims of conformance.

    message: the fact, to follow a place: "the font Helvetica is not embedded". pages: the first pages it is seen on, 1-based; ()
    when it has no place. archive: as far as PDF/A-2 is concerned. accessible: whether PDF/UA-1 bears with it.
    """

    message: str
    pages: tuple[int, ...]
    archive: Against
    accessible: bool


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """What intake measured of an annex.

    sha256: hex digest of the author's file. clean: the repaired file that is bound (may be the author's
    own). sizes: visible width and height of every page in points, upright as the reader sees it.
    tagged: the clean file has a structure tree that says everything its pages say. faults: what stands against the claims of a
    pack that it is bound into.
    """

    sha256: str
    clean: Path
    sizes: tuple[tuple[float, float], ...]
    outline: tuple[OutlineNode, ...]
    tagged: bool = False
    faults: tuple[AnnexFault, ...] = ()

    @property
    def pages(self) -> int:
        return len(self.sizes)
