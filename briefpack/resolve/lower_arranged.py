"""Blocks that arrange others → the Document's: columns, landscape pages, what stays together, a picture beside text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefpack.blocks import (
    AuthorBlock,
    BesideBlock,
    ColumnBreakBlock,
    ColumnsBlock,
    KeepBlock,
    LandscapeBlock,
    ListBlock,
    ParagraphBlock,
    PointsBlock,
)
from briefpack.document import (
    Block,
    Chart,
    Columns,
    Heading,
    Image,
    Landscape,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    SideBySide,
    Table,
    Together,
)
from briefpack.resolve.names import TargetKind
from briefpack.resolve.setting import BODY, Setting

if TYPE_CHECKING:
    from briefpack.resolve.lower import Lowering


def arranged(
    lowering: Lowering, block: ColumnsBlock | LandscapeBlock | KeepBlock, setting: Setting = BODY
) -> Block:
    """setting: of the block itself. A name leads to the first thing in it that has a place."""
    if block.blocks and isinstance(block.blocks[0], ParagraphBlock | ListBlock | PointsBlock):
        lowering.expect(block.id, block.where)
        return _arranged(lowering, block, setting)
    made = _arranged(lowering, block, setting)
    anchor = next(_anchors(made), None) if block.id is not None else None
    if anchor is not None:
        lowering.name(block.id, TargetKind.OTHER, anchor, block.where)
    else:
        lowering.expect(block.id, block.where)
    return made


def _arranged(
    lowering: Lowering, block: ColumnsBlock | LandscapeBlock | KeepBlock, setting: Setting
) -> Columns | Landscape | Together:
    match block:
        case KeepBlock():
            return Together(lowering.blocks(block.blocks, setting), block.where)
        case LandscapeBlock():
            page = lowering.style.page
            # The pages are turned: the text is as wide as it was high.
            wide = setting.narrowed(page.text_height / page.text_width)
            blocks = lowering.blocks(block.blocks, wide)
            return Landscape(tuple(useful_breaks(blocks, begun=False)), block.where)
        case ColumnsBlock():
            return _columns(lowering, block, setting)


def _columns(lowering: Lowering, block: ColumnsBlock, setting: Setting) -> Columns:
    gaps = (block.count - 1) * lowering.style.columns.gap / lowering.style.page.text_width
    inside = setting.narrowed(1 / block.count, lost=gaps / block.count)
    parts = [lowering.blocks(run, inside) for run in _divided(block.blocks)]
    # What stood in a column may be withheld from this audience.
    return Columns(tuple(part for part in parts if part) or ((),), block.count, block.where)


def _divided(blocks: Iterable[AuthorBlock]) -> Sequence[Sequence[AuthorBlock]]:
    runs: list[list[AuthorBlock]] = [[]]
    for block in blocks:
        if isinstance(block, ColumnBreakBlock):
            runs.append([])
        else:
            runs[-1].append(block)
    return runs


def beside(lowering: Lowering, block: BesideBlock, setting: Setting = BODY) -> Block:
    """A picture and its text; the picture alone where this audience gets nothing of the text. setting: of the block itself."""
    named = replace(block.image, id=block.id)
    if not block.blocks:
        return lowering.image(named)
    gap = lowering.style.columns.gap / lowering.style.page.text_width
    inside = replace(setting, outline=False).narrowed(1 - block.share, lost=gap / 2)

    def picture() -> tuple[Block, ...]:
        return (lowering.image(replace(named, width=1.0)),)

    # Numbers are given in the order in which the parts are read.
    if block.right:
        text = lowering.blocks(block.blocks, inside)
        return SideBySide((text, picture()), (1 - block.share, block.share), block.where)
    image = picture()
    text = lowering.blocks(block.blocks, inside)
    return SideBySide((image, text), (block.share, 1 - block.share), block.where)


def _anchors(block: Block) -> Iterator[str]:
    """The anchors in a block, in reading order, of what has one of its own."""
    match block:
        case Heading() | Table() | Image() | Chart():
            yield block.anchor
        case Paragraph() | NumberedParagraph():
            if block.anchor is not None:
                yield block.anchor
        case Together() | Landscape():
            for inner in block.blocks:
                yield from _anchors(inner)
        case Columns() | SideBySide():
            for part in block.parts:
                for inner in part:
                    yield from _anchors(inner)
        case _:
            pass


def useful_breaks(blocks: Iterable[Block], *, begun: bool) -> Iterable[Block]:
    """Leave out page breaks that would only make an empty page: before everything, after everything, in a row, beside landscape pages.

    What stood between two breaks may be withheld from this audience. begun: whether something stands on the page already.
    """
    waiting: PageBreak | None = None
    for block in blocks:
        if isinstance(block, PageBreak):
            waiting = waiting or block
            continue
        landscape = isinstance(block, Landscape)
        if waiting is not None and begun and not landscape:
            yield waiting
        waiting, begun = None, not landscape
        yield block


def outlined(blocks: Iterable[Block]) -> Iterable[Heading]:
    """The headings of the outline among blocks, those in columns, beside pictures, on landscape pages and among what stays together with them."""
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Together() | Landscape():
                yield from outlined(block.blocks)
            case Columns() | SideBySide():
                for part in block.parts:
                    yield from outlined(part)
            case _:
                pass
