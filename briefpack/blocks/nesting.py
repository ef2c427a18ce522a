"""The blocks that hold blocks, and the closed union of all blocks.

The union names each of these, and each of these names the union, so they are one module: two would import each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from briefpack.blocks.agenda import AgendaBlock
from briefpack.blocks.figures import ChartBlock, ImageBlock, KeyFiguresBlock, QrBlock
from briefpack.blocks.paragraphs import (
    ColumnBreakBlock,
    HeadingBlock,
    NumberedBlock,
    PageBreakBlock,
    ParagraphBlock,
    VerbatimBlock,
)
from briefpack.blocks.records import GeneratedBlock, RecordsBlock
from briefpack.blocks.sign_off import ClearanceBlock, ContactBlock, SignaturesBlock
from briefpack.blocks.spans import AuthorSpans
from briefpack.document import Align, ListKind, RowKind
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits


class Priority(Enum):
    """How much a point matters: HIGH must be made, LOW may be left out when time is short."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Item:
    """A list item or numbered paragraph: paragraphs, and lists inside it. priority: of a point to make, None for the usual."""

    blocks: tuple[AuthorBlock, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """start: number of the first item of a NUMBERS list."""

    kind: ListKind
    items: tuple[Item, ...]
    where: Where
    start: int = 1
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class AuthorColumn:
    """title: None when the column has no header word. width: share of the table (0 to 1), or None
    for a share of what is left. align: None takes the default (left). group: words over this column and its neighbours with the same words, in a header row
    above, None for none. decimal: its numbers stand at their decimal signs. heads: its cells name their rows.
    """

    title: AuthorSpans | None
    width: float | None
    align: Align | None
    group: AuthorSpans | None = None
    decimal: bool = False
    heads: bool = False


@dataclass(frozen=True, slots=True)
class AuthorCell:
    """blocks: none in a cell that selecting has emptied. columns, rows: how many it covers. align: instead of its column's."""

    blocks: tuple[AuthorBlock, ...]
    where: Where
    columns: int = 1
    rows: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """cells: those that begin in this row; see document.Row. A GROUP has one."""

    cells: tuple[AuthorCell, ...]
    where: Where
    limits: Limits = EVERYBODY
    kind: RowKind = RowKind.BODY


@dataclass(frozen=True, slots=True)
class AuthorTableNote:
    """mark: as it stands in the cells, "a"."""

    mark: str
    spans: AuthorSpans
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class TableBlock:
    """The cells fill the columns of every row (checked while reading). notes: by mark, printed below. look: see document.Table."""

    columns: tuple[AuthorColumn, ...]
    rows: tuple[AuthorRow, ...]
    caption: AuthorSpans | None
    source: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    notes: tuple[AuthorTableNote, ...] = ()
    as_of: date | None = None
    look: str = "table"


@dataclass(frozen=True, slots=True)
class CalloutBlock:
    title: AuthorSpans | None
    blocks: tuple[AuthorBlock, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class Points:
    """Points to make. to: whom they are addressed to ("the table"); None when to everybody."""

    to: AuthorSpans | None
    items: tuple[Item, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class PointsBlock:
    """Points to make, in groups by addressee."""

    groups: tuple[Points, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class IfRaised:
    """A question that may come, and the line to take."""

    question: AuthorSpans
    line: tuple[AuthorBlock, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class QuestionsBlock:
    """Questions that may come, each with its line."""

    pairs: tuple[IfRaised, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class Fact:
    """A key fact: what it is, and what it says."""

    label: AuthorSpans
    blocks: tuple[AuthorBlock, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class FactsBlock:
    """A box of key facts."""

    title: AuthorSpans | None
    facts: tuple[Fact, ...]
    source: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """Somebody's words. by: who said them. source: where. date: when."""

    blocks: tuple[AuthorBlock, ...]
    by: AuthorSpans | None
    source: AuthorSpans | None
    date: date | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """day: when; until: the last day of several, None for one. when: the author's own words instead of a day ("spring 2025")."""

    day: date | None
    until: date | None
    when: AuthorSpans | None
    blocks: tuple[AuthorBlock, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class TimelineBlock:
    entries: tuple[TimelineEntry, ...]
    caption: AuthorSpans | None
    source: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means."""

    term: AuthorSpans
    blocks: tuple[AuthorBlock, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class DefinitionsBlock:
    entries: tuple[Definition, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class BesideBlock:
    """A picture and the text beside it. right: the picture stands at the right. share: of the width that it takes."""

    image: ImageBlock
    blocks: tuple[AuthorBlock, ...]
    right: bool
    share: float
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ColumnsBlock:
    """Text in columns. count: 2 or 3."""

    blocks: tuple[AuthorBlock, ...]
    count: int
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class LandscapeBlock:
    """Blocks on pages of their own, turned on their side."""

    blocks: tuple[AuthorBlock, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class KeepBlock:
    """Blocks that stay together."""

    blocks: tuple[AuthorBlock, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class Person:
    """portrait: None for none. pronunciation: of the name, in whatever letters help. last_met: when and where."""

    name: AuthorSpans
    office: AuthorSpans | None
    pronunciation: AuthorSpans | None
    languages: AuthorSpans | None
    last_met: AuthorSpans | None
    portrait: ImageBlock | None
    blocks: tuple[AuthorBlock, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class PeopleBlock:
    """Biographies."""

    people: tuple[Person, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class SpeechBlock:
    """What is spoken. blocks: paragraphs, one idea each, and headings. words_per_minute: of the speaker, None for the style's."""

    blocks: tuple[AuthorBlock, ...]
    words_per_minute: int | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


AuthorBlock: TypeAlias = (
    ParagraphBlock
    | HeadingBlock
    | ListBlock
    | NumberedBlock
    | TableBlock
    | ImageBlock
    | CalloutBlock
    | VerbatimBlock
    | AgendaBlock
    | PointsBlock
    | QuestionsBlock
    | FactsBlock
    | KeyFiguresBlock
    | QuoteBlock
    | TimelineBlock
    | DefinitionsBlock
    | SignaturesBlock
    | ClearanceBlock
    | BesideBlock
    | ColumnsBlock
    | LandscapeBlock
    | KeepBlock
    | QrBlock
    | ChartBlock
    | PageBreakBlock
    | ColumnBreakBlock
    | RecordsBlock
    | ContactBlock
    | PeopleBlock
    | SpeechBlock
    | GeneratedBlock
)
