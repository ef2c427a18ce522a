"""All blocks of a section in reading order, those inside other blocks included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from briefpack import document as d


def walk(blocks: Iterable[d.Block]) -> Iterator[d.Block]:
    """Each block, then what is in it, in the order in which the writer writes them."""
    for block in blocks:
        yield block
        for inner in inside(block):
            yield from walk(inner)


def inside(block: d.Block) -> Iterator[tuple[d.Block, ...]]:
    """The runs of blocks that a block holds: its items, cells or parts."""
    match block:
        case (
            d.Heading()
            | d.Paragraph()
            | d.NumberedParagraph()
            | d.Image()
            | d.Chart()
            | d.Listing()
            | d.PageBreak()
        ):
            return
        case d.List():
            yield from (item.blocks for item in block.items)
        case d.Table():
            yield from (cell.blocks for row in (*block.header, *block.rows) for cell in row.cells)
        case d.Callout() | d.Quotation() | d.Landscape() | d.Together():
            yield block.blocks
        case d.SideBySide() | d.Columns():
            yield from block.parts
        case _:
            assert_never(block)
