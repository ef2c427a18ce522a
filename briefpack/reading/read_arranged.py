"""Nodes of blocks that arrange others → columns, landscape pages, blocks that stay together, a picture beside text."""

from __future__ import annotations

from briefpack.blocks import (
    AuthorBlock,
    BesideBlock,
    ColumnBreakBlock,
    ColumnsBlock,
    ImageBlock,
    KeepBlock,
    LandscapeBlock,
)
from briefpack.reading.context import Context
from briefpack.reading.node import Node
from briefpack.reading.places import Place
from briefpack.reading.scalars import to_share

ARRANGING = {"columns": Place.COLUMNS, "landscape": Place.LANDSCAPE, "keep": Place.KEEP}
"""Kind key → what its blocks stand in."""

PICTURE_SHARE = 0.35
"""Of the width, for a picture beside text."""


def arranged(
    node: Node, place: Place, blocks: tuple[AuthorBlock, ...], context: Context
) -> ColumnsBlock | LandscapeBlock | KeepBlock:
    """The block, without its id and limits. place: one of ARRANGING. blocks: what has been read of it."""
    if place is Place.LANDSCAPE:
        return LandscapeBlock(blocks, node.where)
    if place is Place.KEEP:
        return KeepBlock(blocks, node.where)
    written = node.scalar("count")
    count = 3 if written is not None and written.text == "3" else 2
    breaks = [block for block in blocks if isinstance(block, ColumnBreakBlock)]
    if len(breaks) >= count:
        context.report.error(
            breaks[count - 1].where,
            f"there are {count} columns, and this break begins another",
            "delete it" if count == 3 else "delete it, or write `count: 3`",
        )
    return ColumnsBlock(blocks, count, node.where)


def beside(node: Node, image: ImageBlock, blocks: tuple[AuthorBlock, ...]) -> BesideBlock:
    """The block, without its id and limits. node: what stands under `beside`."""
    side, share = node.scalar("side"), node.scalar("share")
    right = side is not None and side.text == "right"
    taken = None if share is None else to_share(share)
    return BesideBlock(image, blocks, right, taken or PICTURE_SHARE, node.where)
