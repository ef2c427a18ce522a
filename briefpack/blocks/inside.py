"""What stands in a block: its items and runs of blocks, and all blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from briefpack.blocks.agenda import AgendaBlock
from briefpack.blocks.figures import ChartBlock, ImageBlock, KeyFiguresBlock, QrBlock
from briefpack.blocks.nesting import (
    AuthorBlock,
    BesideBlock,
    CalloutBlock,
    ColumnsBlock,
    DefinitionsBlock,
    FactsBlock,
    Item,
    KeepBlock,
    LandscapeBlock,
    ListBlock,
    PeopleBlock,
    PointsBlock,
    QuestionsBlock,
    QuoteBlock,
    SpeechBlock,
    TableBlock,
    TimelineBlock,
)
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


def walk(blocks: Iterable[AuthorBlock]) -> Iterator[AuthorBlock]:
    """Each block, then what is in it, in the order in which it is read."""
    for block in blocks:
        yield block
        for run in runs_of(block):
            yield from walk(run)


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
