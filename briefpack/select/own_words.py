"""Which blocks have words of their own, besides those of what stands in them; pure.

A block with words of its own goes when they are withheld. One without is a frame: it stays as long as anything in it does.
"""

from __future__ import annotations

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

LEAVES = (ParagraphBlock, HeadingBlock, VerbatimBlock, ImageBlock, QrBlock, ContactBlock, GeneratedBlock)
"""Blocks that are nothing but their own words: one marking says all of them."""


def has_own_words(block: AuthorBlock) -> bool:
    """Whether a block says anything that no part of it says: a title, a caption, a source, column heads, a picture.

    A break says nothing, but one that is marked goes with what is marked so. A list that the pack makes says what it lists, which is known
    when all is selected.
    """
    match block:
        case (
            ParagraphBlock()
            | HeadingBlock()
            | VerbatimBlock()
            | ImageBlock()
            | QrBlock()
            | ContactBlock()
            | BesideBlock()
            | ChartBlock()
        ):
            return True
        case TableBlock():
            heads = any(column.title or column.group for column in block.columns)
            return heads or bool(block.caption or block.source) or block.as_of is not None
        case TimelineBlock():
            return bool(block.caption or block.source) or block.as_of is not None
        case FactsBlock():
            return bool(block.title or block.source) or block.as_of is not None
        case KeyFiguresBlock():
            return bool(block.source) or block.as_of is not None
        case CalloutBlock():
            return bool(block.title)
        case QuoteBlock():
            return bool(block.by or block.source) or block.date is not None
        case AgendaBlock():
            return bool(block.note) or block.date is not None or block.home is not None
        case PageBreakBlock() | ColumnBreakBlock():
            return block.limits.marking is not None
        case (
            ListBlock()
            | NumberedBlock()
            | ColumnsBlock()
            | LandscapeBlock()
            | KeepBlock()
            | SpeechBlock()
            | PointsBlock()
            | QuestionsBlock()
            | DefinitionsBlock()
            | PeopleBlock()
            | RecordsBlock()
            | SignaturesBlock()
            | ClearanceBlock()
            | GeneratedBlock()
        ):
            return False
        case _:
            assert_never(block)
