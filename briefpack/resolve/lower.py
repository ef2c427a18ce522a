"""An author's blocks → the Document's blocks, numbered and anchored in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from briefpack.blocks import (
    AgendaBlock,
    AuthorBlock,
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
    ImageBlock,
    Item,
    KeepBlock,
    KeyFiguresBlock,
    LandscapeBlock,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    PeopleBlock,
    PointsBlock,
    QrBlock,
    QuestionsBlock,
    QuoteBlock,
    RecordsBlock,
    SignaturesBlock,
    SpeechBlock,
    TableBlock,
    TimelineBlock,
    VerbatimBlock,
)
from briefpack.document import (
    Block,
    Callout,
    Caption,
    Image,
    List,
    ListItem,
    ListKind,
    NumberedParagraph,
    PageBreak,
    plain_text,
)
from briefpack.errors import Where
from briefpack.resolve.agenda import agenda
from briefpack.resolve.charts import chart, qr_code
from briefpack.resolve.generated import generated
from briefpack.resolve.lower_arranged import arranged, beside
from briefpack.resolve.lower_brief import (
    definitions,
    facts,
    key_figures,
    points,
    question,
    quotation,
    signatures,
    with_priority,
)
from briefpack.resolve.lower_people import people, speech
from briefpack.resolve.lower_table import table
from briefpack.resolve.lower_timeline import clearance, timeline
from briefpack.resolve.lower_verbatim import verbatim
from briefpack.resolve.names import TargetKind
from briefpack.resolve.number import label, spoken
from briefpack.resolve.records import contact, records
from briefpack.resolve.setting import BODY, CALLOUT, OBJECTIVE, Setting, in_box
from briefpack.resolve.sources import marked_source, source_line
from briefpack.resolve.walk import Walk

__all__ = ["BODY", "CALLOUT", "OBJECTIVE", "Lowering", "Setting"]


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
        if self.portions.policy is None:
            return self._block(block, setting)
        with self.portions.within(block.limits):
            return self._block(block, setting)

    def _block(self, block: AuthorBlock, setting: Setting) -> Sequence[Block]:
        match block:
            case ParagraphBlock():
                self.expect(block.id, block.where)
                words = self.references.strong(block.spans) if setting.strong else self.running(block.spans)
                if setting.in_row:
                    return (self.paragraph(words, block.where, setting.role),)
                return (self.portion(words, block.where, setting.role),)
            case HeadingBlock():
                if setting.outline:
                    words = self.spans(block.spans)
                    return (self.heading(words, block.where, level=block.level, block_id=block.id),)
                words = self.references.strong(block.spans)
                self.expect(block.id, block.where, plain_text(words))
                if setting.in_row:
                    return (self.paragraph(words, block.where, setting.role, keep_with_next=True),)
                return (self.portion(words, block.where, setting.role, keep_with_next=True),)
            case ListBlock():
                self.expect(block.id, block.where)
                return (self.list(block.kind, block.items, block.where, setting, start=block.start),)
            case NumberedBlock():
                if block.id is not None and block.items:
                    return self._numbered_of(block)
                return tuple(self.numbered(block.items))
            case TableBlock():
                return (table(self, block, setting),)
            case ImageBlock():
                return (self.image(block),)
            case CalloutBlock():
                return (self.callout(block, setting),)
            case VerbatimBlock():
                return (verbatim(self, block),)
            case AgendaBlock():
                return agenda(self, (block,))
            case PointsBlock():
                self.expect(block.id, block.where)
                return tuple(points(self, block.groups, setting))
            case QuestionsBlock():
                self.expect(block.id, block.where)
                return tuple(question(self, pair, setting) for pair in block.pairs)
            case FactsBlock():
                return (facts(self, block, setting),)
            case KeyFiguresBlock():
                return tuple(key_figures(self, block, setting))
            case QuoteBlock():
                return (quotation(self, block, setting),)
            case TimelineBlock():
                return (timeline(self, block, setting),)
            case DefinitionsBlock():
                return definitions(self, block, setting)
            case SignaturesBlock():
                return tuple(signatures(self, block, setting))
            case ClearanceBlock():
                return (clearance(self, block, setting),)
            case BesideBlock():
                return (beside(self, block, setting),)
            case ColumnsBlock() | LandscapeBlock() | KeepBlock():
                return (arranged(self, block, setting),)
            case QrBlock():
                return (qr_code(self, block),)
            case ChartBlock():
                return (chart(self, block),)
            case PageBreakBlock():
                self.name(block.id, TargetKind.OTHER, None, block.where)
                return (PageBreak(block.where),)
            case ColumnBreakBlock():
                # Columns are divided at their breaks before their blocks come here.
                self.name(block.id, TargetKind.OTHER, None, block.where)
                return ()
            case RecordsBlock():
                return records(self, block)
            case ContactBlock():
                return contact(self, block)
            case PeopleBlock():
                self.expect(block.id, block.where)
                return tuple(people(self, block.people))
            case SpeechBlock():
                self.expect(block.id, block.where)
                return tuple(speech(self, block))
            case GeneratedBlock():
                return generated(self, block)
            case _:
                assert_never(block)

    def callout(self, block: CalloutBlock, setting: Setting = BODY) -> Callout:
        """setting: of the callout itself."""
        title = self.spans(block.title) if block.title else None
        self.expect(block.id, block.where, plain_text(title) if title else "")
        inside = in_box(setting, CALLOUT, self.style.callout, self.style)
        return Callout(
            title and self.portions.marked(title),
            self.at_least_one(block.blocks, block.where, inside),
            block.where,
            marking=self.portions.own,
        )

    def at_least_one(
        self, blocks: Sequence[AuthorBlock], where: Where, setting: Setting
    ) -> tuple[Block, ...]:
        """Lowered blocks; an empty paragraph where there are none."""
        return self.blocks(blocks, setting) or (self.paragraph((), where, setting.role),)

    # ----------------------------------------------------------------------- lists, numbered paragraphs

    def list(
        self, kind: ListKind, items: Sequence[Item], where: Where, setting: Setting = BODY, *, start: int = 1
    ) -> List:
        self.counts.lists += 1
        sequence, depth = self.counts.lists, setting.depth
        inside = replace(setting, role=setting.in_items, depth=depth + 1, outline=False)
        made: list[ListItem] = []
        for position, item in enumerate(items):
            with self.portions.within(item.limits):
                self.expect(item.id, item.where)
                blocks: tuple[Block, ...] = ()
                if not item.blocks or not isinstance(item.blocks[0], ParagraphBlock | HeadingBlock):
                    blocks = (self.paragraph((), item.where, inside.role),)
                blocks += self.blocks(item.blocks, inside)
                blocks = with_priority(self, blocks, item.priority)
                label = self._item_label(kind, depth, start + position)
                made.append(ListItem(label, blocks, self.portions.own))
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
                return ""  # definitions and facts bring their own labels
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
            own = self.portions.of(item.limits)
            with self.portions.within(item.limits):
                spans = self.portions.marked(self.running(item.spans))
            yield NumberedParagraph(min(level, 2), printed, index, sequence, spans, anchor, item.where, own)
            yield from self.numbered(item.children, level + 1, labels)

    def _numbered_of(self, block: NumberedBlock) -> Sequence[Block]:
        """Numbered paragraphs that have a name together: it is the number of the first one."""
        # A box around it may wait for the same paragraph.
        anchor = self.pending or self.anchors.make("p", block.id or "")
        self.pending = anchor
        made = tuple(self.numbered(block.items))
        self.name(block.id, TargetKind.PARAGRAPH, anchor, block.where, number=spoken((made[0].label,)))
        return made

    # ----------------------------------------------------------------------- pictures

    def made_anchor(self, kind: str, block_id: str | None, caption: Caption | None) -> str:
        if block_id is not None:
            return self.anchors.make(kind, block_id)
        return self.anchors.make(kind, self.section_id, plain_text(caption.spans) if caption else "plain")

    def image(self, block: ImageBlock, *, portrait: bool = False) -> Image:
        """portrait: it belongs to the name above it."""
        caption = None
        number = None
        whole = self.portions.whole(block.limits)
        if block.caption:
            self.counts.figures += 1
            number = str(self.counts.figures)
            caption = self.caption("figure", self.counts.figures, block.caption, whole)
        anchor = self.made_anchor("fig", block.id, caption)
        self.name(block.id, TargetKind.FIGURE, anchor, block.where, number=number)
        source = source_line(self, block.source, block.as_of, block.credit)
        if caption is None and block.alt and not portrait:
            source = marked_source(self, source, whole)
        return Image(block.data, block.alt, anchor, block.where, block.width, caption, source, whole)
