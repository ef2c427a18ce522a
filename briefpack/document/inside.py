"""What stands in a block, and all blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from briefpack.document.captions import Listing
from briefpack.document.figures import Chart, Image
from briefpack.document.nesting import (
    Block,
    Callout,
    Columns,
    Landscape,
    List,
    Quotation,
    SideBySide,
    Table,
    Together,
)
from briefpack.document.paragraphs import Heading, NumberedParagraph, PageBreak, Paragraph


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Each block, then what is in it, in the order in which it is read."""
    for block in blocks:
        yield block
        for run in runs_of(block):
            yield from walk(run)


def runs_of(block: Block) -> Iterator[tuple[Block, ...]]:
    """The runs of blocks that stand directly in a block: of its items, cells or parts, each has one of its own."""
    match block:
        case List():
            yield from (item.blocks for item in block.items)
        case Table():
            yield from (cell.blocks for row in (*block.header, *block.rows) for cell in row.cells)
        case Callout() | Quotation() | Landscape() | Together():
            yield block.blocks
        case SideBySide() | Columns():
            yield from block.parts
        case Heading() | Paragraph() | NumberedParagraph() | Image() | Chart() | Listing() | PageBreak():
            pass
        case _:
            assert_never(block)
