"""Blocks of the Document → flows, one factory for each kind, each with its element in the structure tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from briefpack.document import (
    Align,
    Block,
    Callout,
    Chart,
    Heading,
    Image,
    List,
    ListKind,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Spans,
    Table,
    Text,
    plain_text,
)
from briefpack.pdf.boxes import Box, Break, Figure, Mark
from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.framed import ChartPicture, Picture, Still
from briefpack.pdf.paragraph import BASELINE
from briefpack.pdf.structure import Element
from briefpack.pdf.table import TableFlow, TableRow
from briefpack.pdf.text import Label, Typesetter
from briefpack.style import BoxLook, Style

_NUMBERING = {ListKind.BULLETS: "/Disc", ListKind.DASHES: "/Disc", ListKind.NUMBERS: "/Decimal"}
"""How items are led in, in the words of ISO 32000-1, table 347, which knows no dash."""
_DESCENDERS = 0.25
"""How much a descender weighs, as a share of its depth, when white above and below a line is compared by eye."""


class BlockMaker:
    """Makes the flows of a pack, and beside each flow its element. language: of the section at hand, None for the document's.

    part: the element that those of the blocks are added to.
    """

    def __init__(self, style: Style, setter: Typesetter) -> None:
        self.style = style
        self.setter = setter
        self.language: str | None = None
        self.frame = float(style.page.text_height)
        self._level = 1

    def section(self, section: Section, structure: Element) -> list[Flow]:
        """Title, quiet line and blocks of a section. structure: root of the structure tree, to which it is added."""
        self.language = section.language
        self._level = 1
        part = structure.add("Sect", title=section.title, language=section.language)
        flows: list[Flow] = [
            self.setter.flow(
                (Text(section.title),),
                "section-title",
                language=self.language,
                label=self._number(section.number),
                element=part.add("H1"),
                anchor=section.anchor,
                keep_with_next=True,
            )
        ]
        if section.lead:
            flows.append(
                self.setter.flow(
                    section.lead,
                    "section-lead",
                    language=self.language,
                    element=part.add("P"),
                    keep_with_next=True,
                )
            )
        flows.extend(self.blocks(section.blocks, part))
        return flows

    def blocks(self, blocks: Sequence[Block], part: Element) -> list[Flow]:
        flows: list[Flow] = []
        at = 0
        while at < len(blocks):
            stop = _end_of_objective(blocks, at) if _has_look(self.style.objective) else at
            if stop > at:
                box = part.add("Div")
                inside = [flow for block in blocks[at:stop] for flow in self.block(block, box)]
                flows.append(self._box(inside, self.style.objective, "objective"))
                at = stop
            else:
                flows.extend(self.block(blocks[at], part))
                at += 1
        return flows

    def block(self, block: Block, part: Element) -> Sequence[Flow]:
        match block:
            case Heading():
                return (self._heading(block, part),)
            case Paragraph():
                return (self._paragraph(block, part),)
            case NumberedParagraph():
                return (self._numbered(block, part),)
            case List():
                return self._list(block, part)
            case Table():
                return (self._table(block, part),)
            case Image():
                return (self._figure(block, part),)
            case Callout():
                return (self._callout(block, part),)
            case Chart():
                return (self._chart(block, part),)
            case PageBreak():
                return (Break(),)
            case _:
                assert_never(block)

    def rise(self, role: str) -> float:
        """Points by which a line of a role sits too low between equal paddings, for the eye."""
        look = self.style.text[role]
        face = self.setter.faces.face(look.font, bold=look.bold, italic=look.italic)
        capitals = face.font.face.capHeight / 1000 * look.size
        above = BASELINE * look.line_pitch - capitals
        below = (1 - BASELINE) * look.line_pitch - _DESCENDERS * face.descent * look.size
        return float((above - below) / 2)

    # ----------------------------------------------------------------------- text

    def _number(self, number: str | None) -> Label | None:
        return None if number is None else Label(number, float(self.style.numbering.heading_indent))

    def _heading(self, block: Heading, part: Element) -> Flow:
        # Whatever the author left out, the tree skips no level.
        self._level = min(block.level, self._level + 1)
        return self.setter.flow(
            block.spans,
            f"heading-{block.level}",
            language=self.language,
            label=self._number(block.number),
            element=part.add(f"H{self._level}"),
            anchor=block.anchor,
            keep_with_next=True,
        )

    def _paragraph(
        self, block: Paragraph, part: Element, align: Align | None = None, *, alone: bool = False
    ) -> Flow:
        """alone: it is all that the part says, and needs no element of its own."""
        if not block.spans and block.anchor is not None:
            return Mark(block.anchor)
        return self.setter.flow(
            block.spans,
            block.role,
            language=self.language,
            element=part if alone else part.add("P"),
            anchor=block.anchor,
            keep_with_next=block.keep_with_next or None,
            align=align,
        )

    def _numbered(self, block: NumberedParagraph, part: Element) -> Flow:
        """A paragraph that begins with its number: the numbers run on over headings and tables, so that lists would be
        torn, and a number is read as it is cited."""
        indent = float(self.style.numbering.paragraph_indent)
        return self.setter.flow(
            block.spans,
            "numbered",
            language=self.language,
            label=Label(block.label, indent),
            element=part.add("P"),
            anchor=block.anchor,
            left=self.style.text["numbered"].left + block.level * indent,
        )

    def _list(self, block: List, part: Element, left: float = 0.0, align: Align | None = None) -> list[Flow]:
        """The items' paragraphs one under another. left: indent of the labels."""
        items = part.add("L", attributes={"ListNumbering": _NUMBERING[block.kind]})
        look = self.style.lists
        indent = float(look.indent)
        flows: list[Flow] = []
        for item in block.items:
            label: Label | None = Label(item.label, indent, colour=look.colour)
            entry = items.add("LI")
            lead, body = entry.add("Lbl"), entry.add("LBody")
            alone = len(item.blocks) == 1
            for inner in item.blocks:
                match inner:
                    case Paragraph():
                        element = body if alone else body.add("P")
                        flows.append(
                            self._item_paragraph(inner, label, left, align, element=element, lead=lead)
                        )
                        label = None
                    case List():
                        if flows:
                            flows[-1].keep_with_next = True
                        flows.extend(self._list(inner, body, left + indent, align))
                    case _:
                        flows.extend(self.block(inner, body))
            if flows:
                flows[-1].after = max(flows[-1].after, float(look.item_gap))
        return flows

    def _item_paragraph(
        self,
        block: Paragraph,
        label: Label | None,
        left: float,
        align: Align | None,
        *,
        element: Element,
        lead: Element,
    ) -> Flow:
        own = self.style.text[block.role].left
        return self.setter.flow(
            block.spans,
            block.role,
            language=self.language,
            label=label,
            element=element,
            lead=lead,
            anchor=block.anchor,
            keep_with_next=block.keep_with_next or None,
            align=align,
            left=own + left + (0.0 if label else float(self.style.lists.indent)),
        )

    # ----------------------------------------------------------------------- boxes, figures, tables

    def _box(self, flows: Sequence[Flow], look: BoxLook, role: str) -> Box:
        return Box(Stack(flows), look, rise=self.rise(role))

    def _callout(self, block: Callout, part: Element) -> Flow:
        title = None if block.title is None else plain_text(block.title)
        box = part.add("Sect", title=title)
        flows: list[Flow] = []
        if block.title is not None:
            flows.append(
                self.setter.flow(
                    block.title,
                    "callout-title",
                    language=self.language,
                    element=box.add("P"),
                    keep_with_next=True,
                )
            )
        flows.extend(self.blocks(block.blocks, box))
        return self._box(flows, self.style.callout, "callout")

    def _line(self, spans: Spans, role: str, element: Element) -> Flow:
        return self.setter.flow(spans, role, language=self.language, element=element, keep_with_next=False)

    def _caption(self, block: Table | Image | Chart, part: Element, kind: str = "Caption") -> list[Flow]:
        if block.caption is None:
            return []
        words: Spans = (Text(f"{block.caption.label}: "), *block.caption.spans)
        return [self._line(words, "caption", part.add(kind))]

    def _source(self, block: Table | Image | Chart, part: Element) -> list[Flow]:
        return [] if block.source is None else [self._line(block.source, "source", part.add("P"))]

    def _figure(self, block: Image, part: Element) -> Flow:
        return self._framed(block, Still(block.data, block.width, self.setter), part)

    def _chart(self, block: Chart, part: Element) -> Flow:
        return self._framed(block, ChartPicture(block, self.setter), part)

    def _framed(self, block: Image | Chart, picture: Picture, part: Element) -> Flow:
        if block.alt.strip():
            attributes = {"Placement": "/Block"}
            element = part.add("Figure", alternative=block.alt, attributes=attributes)
            caption = self._caption(block, element)
        else:
            # Decoration says nothing, and what stands below it is text like other text.
            element = None
            caption = self._caption(block, part, "P")
        return Figure(
            picture,
            self.style.image,
            Stack([*caption, *self._source(block, part)]),
            anchor=block.anchor,
            frame=self.frame,
            element=element,
        )

    def _table(self, block: Table, part: Element) -> Flow:
        aligns = [column.align for column in block.columns]
        table = part.add("Table")
        caption, source = self._caption(block, table), self._source(block, part)
        header: list[TableRow] = []
        if block.header:
            head = table.add("THead")
            header = [TableRow(self._cells(row, aligns, head.add("TR"), "TH")) for row in block.header]
        body = table.add("TBody")
        return TableFlow(
            [column.width for column in block.columns],
            header,
            [
                TableRow(self._cells(row, aligns, body.add("TR"), "TD"), shaded=k % 2 == 1)
                for k, row in enumerate(block.rows)
            ],
            self.style.table,
            caption=Stack(caption) if caption else None,
            source=Stack(source) if source else None,
            anchor=block.anchor,
            frame=self.frame,
            rise=self.rise("table-cell"),
        )

    def _cells(self, row: Row, aligns: Iterable[Align], element: Element, kind: str) -> list[Stack]:
        attributes = {"Scope": "/Column"} if kind == "TH" else {}
        return [
            Stack(self._in_cell(cell.blocks, align, element.add(kind, attributes=attributes)))
            for cell, align in zip(row.cells, aligns, strict=True)
        ]

    def _in_cell(self, blocks: Sequence[Block], align: Align, element: Element) -> list[Flow]:
        flows: list[Flow] = []
        # The style's own alignment counts where the column has none of its own.
        wanted = None if align is Align.LEFT else align
        for block in blocks:
            match block:
                case Paragraph():
                    flows.append(self._paragraph(block, element, wanted, alone=len(blocks) == 1))
                case List():
                    flows.extend(self._list(block, element, align=wanted))
                case _:
                    flows.extend(self.block(block, element))
        return flows


def _has_look(look: BoxLook) -> bool:
    return bool(look.bar) or look.fill is not None


def _end_of_objective(blocks: Sequence[Block], at: int) -> int:
    """Where the objective that begins at a block ends: its paragraphs and the lists between and after them."""
    stop = at
    while stop < len(blocks):
        block = blocks[stop]
        begun = stop > at
        if not (isinstance(block, Paragraph) and block.role == "objective") and not (
            begun and isinstance(block, List)
        ):
            break
        stop += 1
    return stop
