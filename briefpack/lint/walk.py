"""One way through a selected pack for all rules: every text with its place and kind, every block, every group of points.

The only module of this room that knows how sections and blocks are built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from briefpack.blocks import (
    AgendaBlock,
    AgendaItem,
    AuthorBlock,
    AuthorRow,
    AuthorSpans,
    BesideBlock,
    CalloutBlock,
    ChartBlock,
    ClearanceBlock,
    ColumnBreakBlock,
    ColumnsBlock,
    ContactBlock,
    DefinitionsBlock,
    FactsBlock,
    GeneratedBlock,
    HeadingBlock,
    IfRaised,
    ImageBlock,
    Item,
    KeepBlock,
    KeyFiguresBlock,
    LandscapeBlock,
    ListBlock,
    Note,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    PeopleBlock,
    Points,
    PointsBlock,
    QrBlock,
    QuestionsBlock,
    QuoteBlock,
    RecordsBlock,
    Reference,
    SignaturesBlock,
    SpeechBlock,
    TableBlock,
    TimelineBlock,
    VerbatimBlock,
    walk,
)
from briefpack.document import LineBreak, Link, Position, Text
from briefpack.errors import Where
from briefpack.pack import AuthorSection, Pack, PartName

HOLE = "\ufffc"
"""Stands in a text where a reference or code is: no rule reads words across it."""


class TextKind(Enum):
    """What a text is. PROSE: sentences. LABEL: people and desks (an addressee, who leads, who signs).

    TERM: what a definition or a row of a table explains.
    """

    PROSE = "prose"
    TITLE = "title"
    CAPTION = "caption"
    SOURCE = "source"
    CELL = "cell"
    LABEL = "label"
    TERM = "term"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph's words. language: BCP 47 tag of the section it stands in."""

    text: str
    where: Where
    kind: TextKind
    language: str


def passages(pack: Pack) -> Iterator[Passage]:
    """Every text of a pack in reading order: its own titles, the sections, the annexes' titles and sources."""
    language = pack.meta.language
    for title in (pack.meta.title, pack.meta.subtitle):
        if title:
            yield Passage(title, pack.meta.where, TextKind.TITLE, language)
    for section in pack.sections:
        yield from _section(section, section.language or language)
    for annex in pack.annexes:
        yield Passage(annex.title, annex.where, TextKind.TITLE, language)
        if annex.source:
            yield Passage(annex.source, annex.where, TextKind.SOURCE, language)


def _section(section: AuthorSection, language: str) -> Iterator[Passage]:
    reader = _Reader(language)
    yield Passage(section.title, section.where, TextKind.TITLE, language)
    if section.lead:
        yield Passage(section.lead, section.where, TextKind.LABEL, language)
    yield from reader.spans(section.note, section.where, TextKind.PROSE)
    for part in section.parts:
        yield from reader.blocks(part.blocks)
    yield from reader.blocks(section.blocks)


# --------------------------------------------------------------------------- what rules ask for by name


def objectives(section: AuthorSection) -> Sequence[AuthorBlock]:
    """The objective of a brief, () where there is none."""
    return next((part.blocks for part in section.parts if part.name is PartName.OBJECTIVE), ())


def groups_of_points(section: AuthorSection) -> tuple[Points, ...]:
    """Every group of points to make, in order."""
    return tuple(
        group for block in blocks_of(section) if isinstance(block, PointsBlock) for group in block.groups
    )


def agenda_items(section: AuthorSection) -> tuple[AgendaItem, ...]:
    """The items of all days of a section."""
    return tuple(
        item for block in blocks_of(section) if isinstance(block, AgendaBlock) for item in block.items
    )


def blocks_of(section: AuthorSection) -> Iterator[AuthorBlock]:
    """Every block of a section, those inside others as well, parents first."""
    for part in section.parts:
        yield from walk(part.blocks)
    yield from walk(section.blocks)


# --------------------------------------------------------------------------- words


def words_of(spans: AuthorSpans | None) -> str:
    """The words of spans; a HOLE for what stands in for other words. "" for None."""
    if spans is None:
        return ""
    if len(spans) == 1 and isinstance(only := spans[0], Text) and not only.code:
        return only.text
    parts: list[str] = []
    for span in spans:
        match span:
            case Text():
                # What is secondary in a line is no word of it (how a name sounds), nor are formulas such as H₂O.
                odd = span.code or span.secondary or span.position is not Position.LINE
                parts.append(HOLE if odd else span.text)
            case LineBreak():
                parts.append(" ")
            case Link():
                parts.extend(text.text for text in span.spans)
            case Reference():
                parts.append(HOLE)
            case Note():
                pass  # its paragraphs are texts of their own
            case _:
                assert_never(span)
    return "".join(parts)


def words_of_blocks(blocks: Iterable[AuthorBlock]) -> str:
    """The words of paragraphs and of all that is inside blocks, with single spaces."""
    reader = _Reader("")
    return " ".join(" ".join(passage.text for passage in reader.blocks(blocks)).split())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads blocks. language: of the section."""

    language: str

    def spans(self, spans: AuthorSpans | None, where: Where, kind: TextKind) -> Iterator[Passage]:
        if not spans:
            return
        yield Passage(words_of(spans), where, kind, self.language)
        for span in spans:
            if isinstance(span, Note):
                for paragraph in span.paragraphs:
                    yield from self.spans(paragraph, span.where, TextKind.NOTE)

    def blocks(self, blocks: Iterable[AuthorBlock], kind: TextKind = TextKind.PROSE) -> Iterator[Passage]:
        for block in blocks:
            yield from self.block(block, kind)

    def block(self, block: AuthorBlock, kind: TextKind) -> Iterator[Passage]:
        match block:
            case ParagraphBlock():
                yield from self.spans(block.spans, block.where, kind)
            case HeadingBlock():
                yield from self.spans(block.spans, block.where, TextKind.TITLE)
            case ListBlock():
                yield from self.items(block.items, kind)
            case NumberedBlock():
                yield from self.numbered(block.items)
            case TableBlock():
                yield from self.table(block)
            case ImageBlock():
                yield from self.image(block)
            case CalloutBlock():
                yield from self.spans(block.title, block.where, TextKind.TITLE)
                yield from self.blocks(block.blocks, kind)
            case AgendaBlock():
                yield from self.agenda(block)
            case PointsBlock():
                yield from self.points(block.groups)
            case QuestionsBlock():
                yield from self.questions(block.pairs)
            case FactsBlock():
                yield from self.spans(block.title, block.where, TextKind.TITLE)
                for fact in block.facts:
                    yield from self.spans(fact.label, fact.where, TextKind.TERM)
                    yield from self.blocks(fact.blocks, kind)
                yield from self.spans(block.source, block.where, TextKind.SOURCE)
            case KeyFiguresBlock():
                for figure in block.figures:
                    yield from self.spans(figure.value, figure.where, TextKind.CELL)
                    yield from self.spans(figure.label, figure.where, TextKind.CELL)
                    yield from self.spans(figure.source, figure.where, TextKind.SOURCE)
                yield from self.spans(block.source, block.where, TextKind.SOURCE)
            case QuoteBlock():
                yield from self.blocks(block.blocks, kind)
                yield from self.spans(block.by, block.where, TextKind.LABEL)
                yield from self.spans(block.source, block.where, TextKind.SOURCE)
            case TimelineBlock():
                yield from self.spans(block.caption, block.where, TextKind.CAPTION)
                for entry in block.entries:
                    yield from self.spans(entry.when, entry.where, TextKind.CELL)
                    yield from self.blocks(entry.blocks, kind)
                yield from self.spans(block.source, block.where, TextKind.SOURCE)
            case DefinitionsBlock():
                for definition in block.entries:
                    yield from self.spans(definition.term, definition.where, TextKind.TERM)
                    yield from self.blocks(definition.blocks, kind)
            case SignaturesBlock():
                for signature in block.signatures:
                    yield from self.spans(signature.name, signature.where, TextKind.LABEL)
                    yield from self.spans(signature.office, signature.where, TextKind.LABEL)
            case ClearanceBlock():
                for step in block.steps:
                    for spans in (step.step, step.by, step.contact):
                        yield from self.spans(spans, step.where, TextKind.LABEL)
            case BesideBlock():
                yield from self.image(block.image)
                yield from self.blocks(block.blocks, kind)
            case ColumnsBlock() | LandscapeBlock() | KeepBlock():
                yield from self.blocks(block.blocks, kind)
            case QrBlock():
                yield from self.spans(block.caption, block.where, TextKind.CAPTION)
            case ChartBlock():
                yield from self.spans(block.caption, block.where, TextKind.CAPTION)
                for name in (*block.categories, *(series.name for series in block.series)):
                    yield Passage(name, block.where, TextKind.CELL, self.language)
                yield from self.spans(block.source, block.where, TextKind.SOURCE)
            case RecordsBlock():
                for record in block.records:
                    for value in record.values:
                        if isinstance(value, tuple):
                            yield from self.spans(value, record.where, TextKind.CELL)
            case ContactBlock():
                for spans in (block.name, block.cleared_by):
                    yield from self.spans(spans, block.where, TextKind.LABEL)
            case PeopleBlock():
                for person in block.people:
                    yield from self.spans(person.name, person.where, TextKind.TITLE)
                    yield from self.spans(person.office, person.where, TextKind.LABEL)
                    yield from self.spans(person.last_met, person.where, TextKind.CELL)
                    yield from self.blocks(person.blocks, kind)
            case SpeechBlock():
                yield from self.blocks(block.blocks, kind)
            case VerbatimBlock() | GeneratedBlock() | PageBreakBlock() | ColumnBreakBlock():
                # What is printed as typed is no prose.
                pass
            case _:
                assert_never(block)

    def items(self, items: Iterable[Item], kind: TextKind = TextKind.PROSE) -> Iterator[Passage]:
        for item in items:
            yield from self.blocks(item.blocks, kind)

    def numbered(self, items: Iterable[NumberedItem]) -> Iterator[Passage]:
        for item in items:
            yield from self.spans(item.spans, item.where, TextKind.PROSE)
            yield from self.numbered(item.children)

    def points(self, groups: Iterable[Points]) -> Iterator[Passage]:
        for group in groups:
            yield from self.spans(group.to, group.where, TextKind.LABEL)
            yield from self.items(group.items)

    def questions(self, pairs: Iterable[IfRaised]) -> Iterator[Passage]:
        for pair in pairs:
            yield from self.spans(pair.question, pair.where, TextKind.PROSE)
            yield from self.blocks(pair.line)

    def table(self, block: TableBlock) -> Iterator[Passage]:
        yield from self.spans(block.caption, block.where, TextKind.CAPTION)
        for column in block.columns:
            yield from self.spans(column.group, block.where, TextKind.CELL)
            yield from self.spans(column.title, block.where, TextKind.CELL)
        for row in block.rows:
            yield from self.row(row)
        for note in block.notes:
            yield from self.spans(note.spans, note.where, TextKind.NOTE)
        yield from self.spans(block.source, block.where, TextKind.SOURCE)

    def row(self, row: AuthorRow) -> Iterator[Passage]:
        for number, cell in enumerate(row.cells):
            is_term = number == 0 and len(row.cells) > 1
            yield from self.blocks(cell.blocks, TextKind.TERM if is_term else TextKind.CELL)

    def image(self, block: ImageBlock) -> Iterator[Passage]:
        for spans, kind in (
            (block.caption, TextKind.CAPTION),
            (block.credit, TextKind.SOURCE),
            (block.source, TextKind.SOURCE),
        ):
            yield from self.spans(spans, block.where, kind)

    def agenda(self, block: AgendaBlock) -> Iterator[Passage]:
        yield from self.spans(block.note, block.where, TextKind.PROSE)
        for item in block.items:
            yield from self.spans(item.title, item.where, TextKind.TITLE)
            yield from self.spans(item.detail, item.where, TextKind.PROSE)
            yield from self.spans(item.lead, item.where, TextKind.LABEL)
