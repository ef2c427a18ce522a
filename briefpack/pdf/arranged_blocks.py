"""Blocks that arrange others → flows: parts side by side, columns, what stays together, pages turned on their side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefpack.document import Columns, Landscape, Quotation, SideBySide, Together
from briefpack.pdf.arranged import Beside, Kept, LineAbove, Turned
from briefpack.pdf.columned import Columned
from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.structure import Element

if TYPE_CHECKING:
    from briefpack.pdf.blocks import BlockMaker

_WHOLE = 1 / 3
"""Share of the frame's height up to which parts beside each other, such as a portrait and a life, are not divided."""


def quotation(maker: BlockMaker, block: Quotation, part: Element) -> Flow:
    """Somebody's words, and who said them, beside a bar."""
    quote = part.add("BlockQuote", marking=block.marking)
    flows = maker.boxed(block.blocks, quote, maker.style.quotation)
    if block.attribution is not None:
        if flows:
            flows[-1].keep_with_next = True
        flows.append(maker.line(block.attribution, "attribution", quote.add("P")))
    return maker.box(flows, maker.style.quotation, "quotation")


_BELOW_LINE = 2.0
"""Points between a line to sign on and the capitals of the name below it, beside the space that its role asks for."""


def side_by_side(maker: BlockMaker, block: SideBySide, part: Element) -> Flow:
    around = part.add("Div")
    parts = [Stack(maker.blocks(blocks, around.add("Div"))) for blocks in block.parts]
    look = maker.style.columns
    # The first line of a part asks for its distance from the rule above.
    air = max((stack.before for stack in parts), default=0.0)
    match block.look:
        case "figures":
            line = LineAbove(float(look.key_rule), look.key_colour, air)
        case "signatures":
            ink = maker.style.text["signature"].colour
            line = LineAbove(float(look.sign_rule), ink, air, float(look.sign_room))
        case _:
            return Beside(parts, block.shares, look, whole=_WHOLE * maker.frame)
    return Beside(parts, block.shares, look, line=line, whole=maker.frame)


def columns(maker: BlockMaker, block: Columns, part: Element) -> Flow:
    look = maker.style.columns
    boxed, maker.in_box = maker.in_box, True
    around = part.add("Div")
    parts = [Stack(maker.blocks(blocks, around.add("Div"))) for blocks in block.parts]
    maker.in_box = boxed
    if len(parts) == 1:
        return Columned(parts[0], block.count, look, frame=maker.frame)
    parts.extend(Stack([]) for _ in range(block.count - len(parts)))
    return Beside(parts, [1 / len(parts)] * len(parts), look, rules=True)


def landscape(maker: BlockMaker, block: Landscape, part: Element) -> Flow:
    upright, maker.frame = maker.frame, float(maker.style.page.turned.text_height)
    turned = Turned(maker.blocks(block.blocks, part))
    maker.frame = upright
    return turned


def together(maker: BlockMaker, block: Together, part: Element, before: list[Flow]) -> Flow:
    """before: the flows that precede it. Those at their end that stay with it, such as its heading, move into it."""
    flows = maker.blocks(block.blocks, part)
    while flows and before and before[-1].keep_with_next:
        flows.insert(0, before.pop())
    return Kept(Stack(flows), frame=maker.frame)
