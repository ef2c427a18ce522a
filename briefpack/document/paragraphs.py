"""Running text and what stands between it: headings, paragraphs, numbered paragraphs and page breaks; none holds another block."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.document.spans import Spans
from briefpack.errors import Where
from briefpack.marking import Marking


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section. level: 2 to 4 (1 is the section title itself).

    number: printed before the words, "2.1"; None when the style does not number this level.
    """

    level: int
    number: str | None
    spans: Spans
    anchor: str
    where: Where
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. role: the name of a text role of the style ("body", "secondary", …).

    keep_with_next: stays on the page of what follows (an addressee line above its points).
    tail: "" but in a column of numbers that stand at their decimal sign: then the line is set flush right, and kept off the
    edge by the width of these characters (of the fraction that this number lacks, ".00").
    marking: of its words, for the banner of the page that they stand on; None for that of what it stands in, and in a pack without a policy. So it is in all
    other blocks; of those that hold others, it is that of their own words (title, caption, heads of columns).
    """

    spans: Spans
    where: Where
    role: str = "body"
    anchor: str | None = None
    keep_with_next: bool = False
    tail: str = ""
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A paragraph with a number that runs through its brief.

    level: 0-based depth. label: as printed, "1." or "(a)". index: 1-based position at its level.
    sequence: which run of numbers it belongs to; a new sequence starts at 1 again.
    """

    level: int
    label: str
    index: int
    sequence: int
    spans: Spans
    anchor: str | None
    where: Where
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    where: Where
