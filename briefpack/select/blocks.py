"""What stays of a block for one audience: one case for every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    KeepBlock,
    KeyFiguresBlock,
    LandscapeBlock,
    ListBlock,
    NumberedBlock,
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
from briefpack.select import members, tables
from briefpack.select.judging import Open
from briefpack.select.kept_words import is_blank, with_settled
from briefpack.select.own_words import LEAVES, has_own_words
from briefpack.select.spans import is_plain
from briefpack.select.walk import SAYS_NOTHING, Walk
from briefpack.verdict import KINDS, opening_of


@dataclass(slots=True)
class BlockWalk(Walk):
    """A walk that knows every kind of block."""

    def block(self, block: AuthorBlock) -> AuthorBlock | None:
        """What stays of a block; None where it is withheld, or nothing of it is left."""
        limits = block.limits
        if isinstance(block, VerbatimBlock) and block.shows is not None:
            # Its words are those of what it shows, beside its own.
            limits = replace(limits, default_marking=block.shows)
        opened = self.open(
            KINDS[type(block)],
            opening_of(block),
            block.where,
            limits,
            words=has_own_words(block),
            leaf=isinstance(block, LEAVES) and is_plain(block),
            titled=not isinstance(block, BesideBlock),
        )
        match block:
            case ParagraphBlock():
                return self.paragraph(block, opened)
            case (
                HeadingBlock()
                | VerbatimBlock()
                | QrBlock()
                | PageBreakBlock()
                | ColumnBreakBlock()
                | ContactBlock()
                | GeneratedBlock()
            ):
                return self.closed(block, opened)
            case ImageBlock():
                image = self.closed(block, opened)
                if image is not None:
                    self.paths.add(image.path)
                return image
            case ListBlock():
                return self.made_of(block, opened, members.cut_item, items=block.items)
            case NumberedBlock():
                return self.made_of(block, opened, members.cut_numbered, items=block.items)
            case TableBlock():
                return tables.cut_table(self, block, opened)
            case CalloutBlock() | QuoteBlock():
                return self.holding(block, opened, blocks=block.blocks, inside=True)
            case ColumnsBlock() | LandscapeBlock() | KeepBlock() | SpeechBlock():
                return self.holding(block, opened, blocks=block.blocks)
            case BesideBlock():
                blocks = self.blocks(block.blocks)
                if not self.close(opened):
                    return None
                self.paths.add(block.image.path)
                image = with_settled(block.image, self.settle)
                if self.policy is not None:
                    image = replace(image, limits=self.limits_of(opened.words, opened.words))
                return self.kept(block, blocks=blocks, image=image)
            case AgendaBlock():
                return self.made_of(block, opened, members.cut_agenda_item, items=block.items)
            case PointsBlock():
                return self.made_of(block, opened, members.cut_points, groups=block.groups)
            case QuestionsBlock():
                return self.made_of(block, opened, members.cut_if_raised, pairs=block.pairs)
            case FactsBlock():
                return self.made_of(block, opened, members.cut_fact, facts=block.facts)
            case KeyFiguresBlock():
                return self.made_of(block, opened, members.cut_key_figure, figures=block.figures)
            case TimelineBlock():
                return self.made_of(block, opened, members.cut_timeline_entry, entries=block.entries)
            case DefinitionsBlock():
                return self.made_of(block, opened, members.cut_definition, entries=block.entries)
            case SignaturesBlock():
                return self.made_of(block, opened, members.cut_signature, signatures=block.signatures)
            case ClearanceBlock():
                return self.made_of(block, opened, members.cut_step, steps=block.steps)
            case ChartBlock():
                chart = self.made_of(block, opened, members.cut_series, series=block.series)
                if chart is not None and chart.path is not None:
                    self.paths.add(chart.path)
                return chart
            case RecordsBlock():
                return self.made_of(block, opened, members.cut_record, records=block.records)
            case PeopleBlock():
                return self.made_of(block, opened, members.cut_person, people=block.people)
            case _:
                assert_never(block)

    def paragraph(self, block: ParagraphBlock, opened: Open) -> ParagraphBlock | None:
        """A paragraph with a verdict of its own, without what is withheld of its spans."""
        spans = self.words(block.spans)
        silenced = spans is not block.spans and is_blank(spans) and not is_blank(block.spans)
        if not self.close(opened, emptied=silenced, reason=SAYS_NOTHING):
            return None
        if spans is block.spans and block.limits == self.left:
            return block
        return self.kept(block, spans=spans)
