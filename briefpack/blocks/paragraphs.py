"""Running text and what stands between it: paragraphs, headings, numbered paragraphs, text as it is typed, and breaks; none holds another block."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.blocks.spans import AuthorSpans
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import Marking


@dataclass(frozen=True, slots=True)
class ParagraphBlock:
    """Running text."""

    spans: AuthorSpans
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """level: 2 to 4."""

    level: int
    spans: AuthorSpans
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """children: paragraphs numbered one level deeper."""

    spans: AuthorSpans
    children: tuple[NumberedItem, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class NumberedBlock:
    """Numbered paragraphs; their numbers run on through the whole section."""

    items: tuple[NumberedItem, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class VerbatimBlock:
    """Text that is printed as it is typed, line by line. whole: it is the source of the whole section it stands in.

    shows: of YAML, the least upper bound of the markings written in it, whose words it shows; None where there are none.
    """

    lines: tuple[str, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    whole: bool = False
    shows: Marking | None = None


@dataclass(frozen=True, slots=True)
class PageBreakBlock:
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ColumnBreakBlock:
    """What follows begins the next column; only among the blocks of a ColumnsBlock (checked while reading)."""

    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
