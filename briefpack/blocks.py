"""What an author may put into a section: text, its references and notes, and every kind of block, each with its place and its limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TypeAlias, assert_never

from briefpack.document import Align, ChartKind, ImageData, LineBreak, Link, ListKind, RowKind, Text
from briefpack.drawing import Drawing
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import Marking

# --------------------------------------------------------------------------- spans


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference as written: [[target]], [[target, p. 12]] or [words](#target).

    target: a section's, annex's or block's id. page: 1-based page of an annex, or None.
    words: the author's own; () means the target's label is printed.
    instead: what is printed where the audience does not get the target, as in [[target | your desk]], () for nothing at all; None where the author
    says nothing of it, and always in a selection.
    """

    target: str
    page: int | None
    words: tuple[Text, ...]
    where: Where
    instead: tuple[Text, ...] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note as written: ^[its text], or [^name] with the text under `notes:`. paragraphs: one or more, without notes in them.

    name: of a note that is written elsewhere, so that a second reference leads to the same note; None for one written in place.
    limits: of a named note; whoever does not get it does not see its mark either.
    """

    paragraphs: tuple[AuthorSpans, ...]
    name: str | None
    where: Where
    limits: Limits = EVERYBODY


AuthorSpan: TypeAlias = Text | LineBreak | Link | Reference | Note
AuthorSpans: TypeAlias = tuple[AuthorSpan, ...]


# --------------------------------------------------------------------------- blocks


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
class AuthorTableNote:
    """mark: as it stands in the cells, "a"."""

    mark: str
    spans: AuthorSpans
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ImageBlock:
    """data: the picture, read and made safe. width: share of the text width (0 to 1), or None. credit: who made the picture."""

    path: Path
    data: ImageData | Drawing
    alt: str
    width: float | None
    caption: AuthorSpans | None
    source: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    credit: AuthorSpans | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class CalloutBlock:
    title: AuthorSpans | None
    blocks: tuple[AuthorBlock, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """time: as written, "12:30–14:30". briefs: references to sections or annexes; in a selection also the words that stand for one.

    start, end: minutes from the midnight on which its day begins, in the meeting's time; an item after midnight or past it has more than 1440. None where
    the time is words, or where no end is known. press, role: a PRESS or ROLE word, or the author's own.
    """

    time: str
    title: AuthorSpans
    detail: AuthorSpans | None
    lead: AuthorSpans | None
    briefs: tuple[Reference | Text, ...]
    where: Where
    limits: Limits = EVERYBODY
    start: int | None = None
    end: int | None = None
    room: AuthorSpans | None = None
    participants: AuthorSpans | None = None
    press: Openness | AuthorSpans | None = None
    role: OwnRole | AuthorSpans | None = None


class Openness(Enum):
    """Whether the press may be there."""

    OPEN = "open"
    CLOSED = "closed"


class OwnRole(Enum):
    """What the reader does himself."""

    SPEAK = "speak"
    LISTEN = "listen"
    CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class Zone:
    """A place whose time is printed. name: as printed, "Ottawa". key: an IANA name, or a fixed offset from UTC as "+05:30"."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class AgendaBlock:
    """One day or one run of items. date: None when the items need none.

    meeting, home: whose time the items are in, and the place whose time is printed beside it; both or none. numbered: its items have numbers that
    run on through the section.
    """

    date: date | None
    note: AuthorSpans | None
    items: tuple[AgendaItem, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    meeting: Zone | None = None
    home: Zone | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class PageBreakBlock:
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
class ColumnBreakBlock:
    """What follows begins the next column; only among the blocks of a ColumnsBlock (checked while reading)."""

    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


# --------------------------------------------------------------------------- the blocks of a brief


@dataclass(frozen=True, slots=True)
class Points:
    """Points to make. to: whom they are addressed to ("the table"); None when to everybody."""

    to: AuthorSpans | None
    items: tuple[Item, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class IfRaised:
    """A question that may come, and the line to take."""

    question: AuthorSpans
    line: tuple[AuthorBlock, ...]
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
class KeyFigure:
    """A big number. value: as printed, "2.7 %". source: None where the block's counts for it, too."""

    value: AuthorSpans
    label: AuthorSpans
    source: AuthorSpans | None
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class KeyFiguresBlock:
    """Big numbers beside each other."""

    figures: tuple[KeyFigure, ...]
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
class Signature:
    """A place to sign. date: of signing, None leaves room for it."""

    name: AuthorSpans
    office: AuthorSpans | None
    date: date | None
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class SignaturesBlock:
    signatures: tuple[Signature, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ClearanceStep:
    """step: what was done, "drafted", "cleared", "approved", or the author's own word. by: desk or person. date: None while it is open."""

    step: AuthorSpans | None
    word: str | None
    by: AuthorSpans
    contact: AuthorSpans | None
    date: date | None
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ClearanceBlock:
    """Who drafted, cleared and approved a text, with dates and how to reach them."""

    steps: tuple[ClearanceStep, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


# --------------------------------------------------------------------------- blocks that arrange others


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


# --------------------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class QrBlock:
    """A link as a QR code. url: checked like that of a Link. width: share of the text width, None for the usual size."""

    url: str
    drawing: Drawing
    width: float | None
    caption: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class AuthorSeries:
    """values: one for each category, None where there is no figure; as written, so that 2.70 keeps its zero."""

    name: str
    values: tuple[Decimal | None, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """Figures as a picture; see document.Chart. alt: what the author says of it before the data are read out, None for nothing.

    path: of the CSV file that the data come from, None where they stand in the section. labelled: None lets the number of values decide.
    """

    kind: ChartKind
    horizontal: bool
    stacked: bool
    categories: tuple[str, ...]
    series: tuple[AuthorSeries, ...]
    unit: str
    labelled: bool | None
    alt: str | None
    path: Path | None
    width: float | None
    height: float | None
    caption: AuthorSpans | None
    source: AuthorSpans | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    as_of: date | None = None


# --------------------------------------------------------------------------- what sections of one kind have


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a RecordsBlock. values: one for each column, None where there is none. day: of a row that belongs to a day.

    about: the name of what the row tells of; an audience that does not get that does not get the row.
    """

    values: tuple[AuthorSpans | date | None, ...]
    where: Where
    limits: Limits = EVERYBODY
    day: date | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class RecordsBlock:
    """A table whose columns are the same in every pack: movements, contacts, recipients, changes. columns: keys of label words, printed as its header;
    a column that no row fills is left out. look: see document.Table."""

    columns: tuple[str, ...]
    records: tuple[Record, ...]
    look: str
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ContactBlock:
    """Whom to ask about a text, who cleared it and when. email: without "mailto:"."""

    name: AuthorSpans | None
    phone: str
    email: str
    cleared_by: AuthorSpans | None
    date: date | None
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


class Generated(Enum):
    """What can be made from the rest of a pack."""

    ABBREVIATIONS = "abbreviations"
    FIGURES = "figures"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class GeneratedBlock:
    """A list that the pack makes itself, of what its audience gets."""

    what: Generated
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


# --------------------------------------------------------------------------- what stands in a block


def items_of(block: AuthorBlock) -> Iterator[Item]:
    """The items that stand directly in a block: of a list, of points to make."""
    match block:
        case ListBlock():
            yield from block.items
        case PointsBlock():
            for group in block.groups:
                yield from group.items
        case _:
            pass


def runs_of(block: AuthorBlock) -> Iterator[tuple[AuthorBlock, ...]]:
    """The runs of blocks that stand directly in a block, in reading order: each item, cell and entry has one of its own.

    Numbered paragraphs hold no blocks; the picture of a BesideBlock is a run of one.
    """
    match block:
        case ListBlock() | PointsBlock():
            yield from (item.blocks for item in items_of(block))
        case TableBlock():
            yield from (cell.blocks for row in block.rows for cell in row.cells)
        case CalloutBlock() | QuoteBlock() | ColumnsBlock() | LandscapeBlock() | KeepBlock() | SpeechBlock():
            yield block.blocks
        case PeopleBlock():
            for person in block.people:
                yield person.blocks if person.portrait is None else (person.portrait, *person.blocks)
        case QuestionsBlock():
            yield from (pair.line for pair in block.pairs)
        case FactsBlock():
            yield from (fact.blocks for fact in block.facts)
        case TimelineBlock() | DefinitionsBlock():
            yield from (entry.blocks for entry in block.entries)
        case BesideBlock():
            picture: tuple[tuple[AuthorBlock, ...], ...] = ((block.image,), block.blocks)
            yield from reversed(picture) if block.right else picture
        case (
            ParagraphBlock()
            | HeadingBlock()
            | NumberedBlock()
            | ImageBlock()
            | VerbatimBlock()
            | AgendaBlock()
            | KeyFiguresBlock()
            | SignaturesBlock()
            | ClearanceBlock()
            | QrBlock()
            | ChartBlock()
            | RecordsBlock()
            | ContactBlock()
            | GeneratedBlock()
            | PageBreakBlock()
            | ColumnBreakBlock()
        ):
            pass
        case _:
            assert_never(block)
