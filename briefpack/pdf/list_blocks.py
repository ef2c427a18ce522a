"""Lists of the Document → flows, with bullets, dashes and numbers, or with terms in a column of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefpack.document import Align, List, ListItem, ListKind, Paragraph, Text
from briefpack.pdf.arranged import Indented
from briefpack.pdf.flow import Flow
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Label

if TYPE_CHECKING:
    from briefpack.pdf.blocks import BlockMaker

_NUMBERING = {
    ListKind.BULLETS: "/Disc",
    ListKind.DASHES: "/Disc",
    ListKind.NUMBERS: "/Decimal",
    ListKind.TERMS: "/None",
}
"""How items are led in, in the words of ISO 32000-1, table 347, which knows no dash."""


def list_flows(
    maker: BlockMaker, block: List, part: Element, left: float = 0.0, align: Align | None = None
) -> list[Flow]:
    """The items' blocks one under another. left: indent of the labels. align: of a cell, None for the role's."""
    items = part.add("L", attributes={"ListNumbering": _NUMBERING[block.kind]})
    return _ListMaker(maker, block, left, align).flows(items)


class _ListMaker:
    """A list under way."""

    def __init__(self, maker: BlockMaker, block: List, left: float, align: Align | None) -> None:
        self.maker = maker
        self.block = block
        self.left = left
        self.align = align
        self.terms = block.kind is ListKind.TERMS
        look = maker.style.lists
        self.indent = float(look.indent)
        if self.terms and block.hang is not None:
            self.indent = block.hang * maker.style.text["list"].size
        self.gap = float(look.item_gap)

    def flows(self, items: Element) -> list[Flow]:
        flows: list[Flow] = []
        for item in self.block.items:
            flows.extend(self._item(item, items.add("LI", marking=item.marking)))
            if flows:
                flows[-1].after = max(flows[-1].after, self.gap)
        return flows

    def _item(self, item: ListItem, entry: Element) -> list[Flow]:
        lead, body = entry.add("Lbl"), entry.add("LBody")
        flows: list[Flow] = []
        label: Label | None = Label(
            item.label, self.indent, colour=None if self.terms else self.maker.style.lists.colour,
            role="term" if self.terms else None,
        )  # fmt: skip
        if self.terms and (self._is_wide(item.label) or not isinstance(item.blocks[0], Paragraph)):
            flows.append(self._term_above(item.label, lead))
            label = None
        alone = len(item.blocks) == 1
        for inner in item.blocks:
            match inner:
                case Paragraph():
                    element = body if alone else body.add("P")
                    flows.append(self._paragraph(inner, label, element=element, lead=lead))
                    label = None
                case List():
                    if flows:
                        flows[-1].keep_with_next = True
                    flows.extend(list_flows(self.maker, inner, body, self.left + self.indent, self.align))
                case _:
                    left = self.left + self.indent
                    flows.extend(Indented(flow, left) for flow in self.maker.block(inner, body))
        return flows

    def _is_wide(self, term: str) -> bool:
        """Whether a term reaches beyond its column."""
        setter = self.maker.setter
        line = setter.line(term, "term", language=self.maker.language)
        space = setter.line(" ", "term").width
        return line.width + space > self.indent

    def _term_above(self, term: str, lead: Element) -> Flow:
        """A term on lines of its own, above its words."""
        return self.maker.setter.flow(
            (Text(term),),
            "term",
            language=self.maker.language,
            element=lead,
            keep_with_next=True,
            before=0.0,
            after=0.0,
            left=self.maker.style.text["term"].left + self.left,
        )

    def _paragraph(self, block: Paragraph, label: Label | None, *, element: Element, lead: Element) -> Flow:
        own = self.maker.style.text[block.role].left
        if block.marking is not None:
            element.marking = block.marking
        return self.maker.setter.flow(
            block.spans,
            block.role,
            language=self.maker.language,
            label=label,
            element=element,
            lead=lead,
            anchor=block.anchor,
            keep_with_next=block.keep_with_next or None,
            align=self.align,
            left=own + self.left + (0.0 if label else self.indent),
        )
