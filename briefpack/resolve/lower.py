"""An author's blocks → the Document's blocks, numbered and anchored in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from briefpack.blocks import (
    AgendaBlock,
    AuthorBlock,
    AuthorCell,
    AuthorSpans,
    CalloutBlock,
    ContactBlock,
    GeneratedBlock,
    HeadingBlock,
    IfRaised,
    ImageBlock,
    Item,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    PeopleBlock,
    Person,
    Points,
    PointsBlock,
    QuestionsBlock,
    RecordsBlock,
    SpeechBlock,
    TableBlock,
)
from briefpack.document import (
    Align,
    Block,
    Callout,
    Caption,
    Cell,
    Column,
    Image,
    List,
    ListItem,
    ListKind,
    NumberedParagraph,
    PageBreak,
    Row,
    SideBySide,
    Spans,
    Table,
    Text,
    plain_text,
)
from briefpack.errors import Where
from briefpack.resolve.agenda import agenda
from briefpack.resolve.dates import capitalised
from briefpack.resolve.generated import generated
from briefpack.resolve.names import TargetKind
from briefpack.resolve.number import label, spoken
from briefpack.resolve.people import life
from briefpack.resolve.records import contact, records
from briefpack.resolve.speech import spoken_seconds, time_in_words
from briefpack.resolve.walk import Walk
from briefpack.resolve.widths import widths


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand. role: of their paragraphs. in_items: of the paragraphs of lists among them.
    depth: how many lists are around. outline: whether a heading here is part of the outline."""

    role: str
    in_items: str
    depth: int = 0
    outline: bool = False


BODY = Setting("body", "list", outline=True)
OBJECTIVE = Setting("objective", "list", outline=True)
CALLOUT = Setting("callout", "callout")
CELL = Setting("table-cell", "table-cell")
SPEECH = Setting("speech", "speech", outline=True)

MOST_OF_PORTRAIT = 0.4
"""Share of the text width that a portrait takes at most, so that the words beside it have room."""


@dataclass(slots=True)
class Lowering(Walk):
    """Lowers blocks on its way."""

    # ----------------------------------------------------------------------- blocks

    def blocks(self, blocks: Iterable[AuthorBlock], setting: Setting = BODY) -> tuple[Block, ...]:
        lowered: list[Block] = []
        for is_agenda, run in groupby(blocks, key=lambda block: isinstance(block, AgendaBlock)):
            if is_agenda:
                # Days that follow one another are set in the same columns.
                lowered.extend(agenda(self, [day for day in run if isinstance(day, AgendaBlock)]))
                continue
            for block in run:
                lowered.extend(self.block(block, setting))
                if self.pending is not None:
                    # The block was named and had no paragraph to carry its anchor.
                    lowered.append(self.paragraph((), block.where, setting.role))
        return tuple(lowered)

    def block(self, block: AuthorBlock, setting: Setting) -> Sequence[Block]:
        match block:
            case ParagraphBlock():
                self.expect(block.id, block.where)
                return (self.paragraph(self.spans(block.spans), block.where, setting.role),)
            case HeadingBlock():
                if setting.outline:
                    words = self.spans(block.spans)
                    return (self.heading(words, block.where, level=block.level, block_id=block.id),)
                words = self.references.strong(block.spans)
                self.expect(block.id, block.where, plain_text(words))
                return (self.paragraph(words, block.where, setting.role, keep_with_next=True),)
            case ListBlock():
                self.expect(block.id, block.where)
                return (self.list(block.kind, block.items, block.where, setting, start=block.start),)
            case NumberedBlock():
                if block.id is not None and block.items:
                    return self._numbered_of(block)
                return tuple(self.numbered(block.items))
            case TableBlock():
                return (self.table(block),)
            case ImageBlock():
                return (self.image(block),)
            case CalloutBlock():
                return (self.callout(block),)
            case AgendaBlock():
                return agenda(self, (block,))
            case PointsBlock():
                self.expect(block.id, block.where)
                return tuple(self.points(block.groups))
            case QuestionsBlock():
                self.expect(block.id, block.where)
                return tuple(map(self.if_raised, block.pairs))
            case PageBreakBlock():
                self.name(block.id, TargetKind.OTHER, None, block.where)
                return (PageBreak(block.where),)
            case RecordsBlock():
                return records(self, block)
            case ContactBlock():
                return contact(self, block)
            case PeopleBlock():
                self.expect(block.id, block.where)
                return tuple(self.people(block.people))
            case SpeechBlock():
                self.expect(block.id, block.where)
                return tuple(self.speech(block))
            case GeneratedBlock():
                return generated(self, block)
            case _:
                assert_never(block)

    def callout(self, block: CalloutBlock) -> Callout:
        title = self.spans(block.title) if block.title else None
        self.expect(block.id, block.where, plain_text(title) if title else "")
        return Callout(title, self._at_least_one(block.blocks, block.where, CALLOUT), block.where)

    def _at_least_one(
        self, blocks: Sequence[AuthorBlock], where: Where, setting: Setting
    ) -> tuple[Block, ...]:
        return self.blocks(blocks, setting) or (self.paragraph((), where, setting.role),)

    # ----------------------------------------------------------------------- points, questions

    def points(self, groups: Sequence[Points]) -> Iterable[Block]:
        addressed = any(group.to for group in groups)
        for group in groups:
            if addressed:
                # Without a line of its own a group would read as meant for the addressee above it.
                yield self.paragraph(self._addressee(group.to), group.where, "addressee", keep_with_next=True)
            yield self.list(ListKind.DASHES, group.items, group.where)

    def _addressee(self, to: AuthorSpans | None) -> Spans:
        if not to:
            return (Text(self.word("points_to_all")),)
        before, _, after = self.word("points_to").partition("{to}")
        return (
            *((Text(before),) if before else ()),
            *self.spans(to),
            *((Text(after),) if after else ()),
        )

    def if_raised(self, question: IfRaised) -> Callout:
        title = _capitalised_spans(self.spans(question.question))
        return Callout(title, self.blocks(question.line, CALLOUT), question.where)

    # ----------------------------------------------------------------------- lists, numbered paragraphs

    def list(
        self, kind: ListKind, items: Sequence[Item], where: Where, setting: Setting = BODY, *, start: int = 1
    ) -> List:
        self.counts.lists += 1
        sequence, depth = self.counts.lists, setting.depth
        inside = replace(setting, role=setting.in_items, depth=depth + 1, outline=False)
        made: list[ListItem] = []
        for position, item in enumerate(items):
            self.expect(item.id, item.where)
            blocks: tuple[Block, ...] = ()
            if not item.blocks or not isinstance(item.blocks[0], ParagraphBlock | HeadingBlock):
                blocks = (self.paragraph((), item.where, inside.role),)
            blocks += self.blocks(item.blocks, inside)
            made.append(ListItem(self._item_label(kind, depth, start + position), blocks))
        return List(kind, tuple(made), depth, sequence, where, start if kind is ListKind.NUMBERS else 1)

    def _item_label(self, kind: ListKind, depth: int, number: int) -> str:
        match kind:
            case ListKind.BULLETS:
                labels = self.style.lists.bullets
            case ListKind.DASHES:
                labels = self.style.lists.dashes
            case ListKind.NUMBERS:
                return label(self.style.numbering.paragraphs[min(depth, 2)], number)
            case ListKind.TERMS:
                return ""
            case _:
                assert_never(kind)
        return labels[min(depth, len(labels) - 1)]

    def numbered(
        self, items: Iterable[NumberedItem], level: int = 0, above: tuple[str, ...] = ()
    ) -> Iterable[NumberedParagraph]:
        pattern = self.style.numbering.paragraphs[min(level, 2)]
        for position, item in enumerate(items, 1):
            if level == 0:
                index, sequence = self.counts.next_paragraph()
            else:
                index, sequence = position, self.counts.sequence or 1
            printed = label(pattern, index)
            labels = (*above, printed)
            anchor = self.take_pending()
            if item.id is not None:
                anchor = anchor or self.anchors.make("p", item.id)
                self.name(item.id, TargetKind.PARAGRAPH, anchor, item.where, number=spoken(labels))
            spans = self.spans(item.spans)
            yield NumberedParagraph(min(level, 2), printed, index, sequence, spans, anchor, item.where)
            yield from self.numbered(item.children, level + 1, labels)

    def _numbered_of(self, block: NumberedBlock) -> Sequence[Block]:
        """Numbered paragraphs that have a name together: it is the number of the first one."""
        # A box around it may wait for the same paragraph.
        anchor = self.pending or self.anchors.make("p", block.id or "")
        self.pending = anchor
        made = tuple(self.numbered(block.items))
        self.name(block.id, TargetKind.PARAGRAPH, anchor, block.where, number=spoken((made[0].label,)))
        return made

    # ----------------------------------------------------------------------- people, speeches

    def people(self, people: Sequence[Person]) -> Iterable[Block]:
        for person in people:
            yield self.heading(self.spans(person.name), person.where, block_id=person.id)
            said = [self.paragraph(spans, person.where, role) for spans, role in life(self, person)]
            lines = (*said, *self.blocks(person.blocks))
            if person.portrait is None:
                yield from lines
            else:
                words = lines or (self.paragraph((), person.where, "body"),)
                share = min(self.style.craft.portrait / self.style.page.text_width, MOST_OF_PORTRAIT)
                yield SideBySide(((self.image(person.portrait),), words), (share, 1 - share), person.where)

    def speech(self, speech: SpeechBlock) -> Iterable[Block]:
        """Each paragraph below the time that it takes; what all take together is added to the section's."""
        pace = speech.words_per_minute or self.style.craft.words_per_minute
        for block in speech.blocks:
            if not isinstance(block, ParagraphBlock):
                yield from self.block(block, SPEECH)
                continue
            spans = self.spans(block.spans)
            seconds = spoken_seconds(spans, pace)
            self.counts.spoken += seconds
            self.expect(block.id, block.where)
            if self.style.craft.speech_times:
                words = (Text(time_in_words(self, seconds)),)
                yield self.paragraph(words, block.where, "speech-time", keep_with_next=True)
            yield self.paragraph(spans, block.where, "speech")

    # ----------------------------------------------------------------------- tables, pictures

    def _caption(self, word: str, number: int, spans: Spans) -> Caption:
        return Caption(f"{capitalised(self.word(word))} {number}", spans)

    def table(self, block: TableBlock) -> Table:
        caption = None
        number = None
        if block.caption:
            self.counts.tables += 1
            number = str(self.counts.tables)
            caption = self._caption("table", self.counts.tables, self.spans(block.caption))
        anchor = self._made_anchor("tbl", block.id, caption)
        self.name(block.id, TargetKind.TABLE, anchor, block.where, number=number)
        header: tuple[Row, ...] = ()
        if any(column.title for column in block.columns):
            header = (self.header([column.title or () for column in block.columns], block.where),)
        rows = tuple(Row(tuple(map(self.cell, row.cells)), row.where) for row in block.rows)
        shares = widths([column.width for column in block.columns], (*header, *rows), self.style)
        columns = tuple(
            Column(share, column.align or Align.LEFT)
            for share, column in zip(shares, block.columns, strict=True)
        )
        source = self.spans(block.source) if block.source else None
        return Table(columns, header, rows, anchor, block.where, caption, source)

    def _made_anchor(self, kind: str, block_id: str | None, caption: Caption | None) -> str:
        if block_id is not None:
            return self.anchors.make(kind, block_id)
        return self.anchors.make(kind, self.section_id, plain_text(caption.spans) if caption else "plain")

    def cell(self, cell: AuthorCell) -> Cell:
        return Cell(self._at_least_one(cell.blocks, cell.where, CELL))

    def image(self, block: ImageBlock) -> Image:
        caption = None
        number = None
        if block.caption:
            self.counts.figures += 1
            number = str(self.counts.figures)
            caption = self._caption("figure", self.counts.figures, self.spans(block.caption))
        anchor = self._made_anchor("fig", block.id, caption)
        self.name(block.id, TargetKind.FIGURE, anchor, block.where, number=number)
        source = self.spans(block.source) if block.source else None
        return Image(block.data, block.alt, anchor, block.where, block.width, caption, source)


def _capitalised_spans(spans: Spans) -> Spans:
    """A question that stands as a title begins with a capital."""
    if spans and isinstance(first := spans[0], Text):
        return (replace(first, text=capitalised(first.text)), *spans[1:])
    return spans
