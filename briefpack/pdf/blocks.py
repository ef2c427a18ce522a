"""Blocks of the Document → flows, one factory for each kind, each with the role it has in the structure tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from briefpack.document import (
    Align,
    Block,
    Callout,
    Heading,
    Image,
    List,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Spans,
    Table,
    Text,
)
from briefpack.pdf.boxes import Box, Break, Figure, Mark
from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.paragraph import BASELINE
from briefpack.pdf.table import TableFlow, TableRow
from briefpack.pdf.text import Label, Typesetter
from briefpack.style import BoxLook, Style

_DESCENDERS = 0.25
"""How much a descender weighs, as a share of its depth, when white above and below a line is compared by eye."""


class BlockMaker:
    """Makes the flows of a pack. language: of the section at hand, None for the document's."""

    def __init__(self, style: Style, setter: Typesetter) -> None:
        self.style = style
        self.setter = setter
        self.language: str | None = None
        self.frame = float(style.page.text_height)

    def section(self, section: Section) -> list[Flow]:
        """Title, quiet line and blocks of a section."""
        self.language = section.language
        flows: list[Flow] = [
            self.setter.flow(
                (Text(section.title),),
                "section-title",
                language=self.language,
                label=self._number(section.number),
                structure="H1",
                anchor=section.anchor,
                keep_with_next=True,
            )
        ]
        if section.lead:
            flows.append(
                self.setter.flow(section.lead, "section-lead", language=self.language, keep_with_next=True)
            )
        flows.extend(self.blocks(section.blocks))
        return flows

    def blocks(self, blocks: Sequence[Block]) -> list[Flow]:
        flows: list[Flow] = []
        at = 0
        while at < len(blocks):
            stop = _end_of_objective(blocks, at) if _has_look(self.style.objective) else at
            if stop > at:
                inside = [flow for block in blocks[at:stop] for flow in self.block(block)]
                flows.append(self._box(inside, self.style.objective, "objective", role="Div"))
                at = stop
            else:
                flows.extend(self.block(blocks[at]))
                at += 1
        return flows

    def block(self, block: Block) -> Sequence[Flow]:
        match block:
            case Heading():
                return (self._heading(block),)
            case Paragraph():
                return (self._paragraph(block),)
            case NumberedParagraph():
                return (self._numbered(block),)
            case List():
                return self._list(block)
            case Table():
                return (self._table(block),)
            case Image():
                return (self._figure(block),)
            case Callout():
                return (self._callout(block),)
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

    def _heading(self, block: Heading) -> Flow:
        return self.setter.flow(
            block.spans,
            f"heading-{block.level}",
            language=self.language,
            label=self._number(block.number),
            structure=f"H{block.level}",
            anchor=block.anchor,
            keep_with_next=True,
        )

    def _paragraph(self, block: Paragraph, align: Align | None = None) -> Flow:
        if not block.spans and block.anchor is not None:
            return Mark(block.anchor)
        return self.setter.flow(
            block.spans,
            block.role,
            language=self.language,
            anchor=block.anchor,
            keep_with_next=block.keep_with_next or None,
            align=align,
        )

    def _numbered(self, block: NumberedParagraph) -> Flow:
        indent = float(self.style.numbering.paragraph_indent)
        return self.setter.flow(
            block.spans,
            "numbered",
            language=self.language,
            label=Label(block.label, indent),
            anchor=block.anchor,
            left=self.style.text["numbered"].left + block.level * indent,
        )

    def _list(self, block: List, left: float = 0.0, align: Align | None = None) -> list[Flow]:
        """The items' paragraphs one under another. left: indent of the labels."""
        look = self.style.lists
        indent = float(look.indent)
        flows: list[Flow] = []
        for item in block.items:
            label: Label | None = Label(item.label, indent, colour=look.colour)
            for inner in item.blocks:
                match inner:
                    case Paragraph():
                        flows.append(self._item_paragraph(inner, label, left, align))
                        label = None
                    case List():
                        if flows:
                            flows[-1].keep_with_next = True
                        flows.extend(self._list(inner, left + indent, align))
                    case _:
                        flows.extend(self.block(inner))
            if flows:
                flows[-1].after = max(flows[-1].after, float(look.item_gap))
        return flows

    def _item_paragraph(
        self, block: Paragraph, label: Label | None, left: float, align: Align | None
    ) -> Flow:
        own = self.style.text[block.role].left
        return self.setter.flow(
            block.spans,
            block.role,
            language=self.language,
            label=label,
            structure="LBody",
            anchor=block.anchor,
            keep_with_next=block.keep_with_next or None,
            align=align,
            left=own + left + (0.0 if label else float(self.style.lists.indent)),
        )

    # ----------------------------------------------------------------------- boxes, figures, tables

    def _box(self, flows: Sequence[Flow], look: BoxLook, role_of_text: str, *, role: str) -> Box:
        return Box(Stack(flows), look, role=role, rise=self.rise(role_of_text))

    def _callout(self, block: Callout) -> Flow:
        flows: list[Flow] = []
        if block.title is not None:
            flows.append(
                self.setter.flow(block.title, "callout-title", language=self.language, keep_with_next=True)
            )
        flows.extend(self.blocks(block.blocks))
        return self._box(flows, self.style.callout, "callout", role="Sect")

    def _line(self, spans: Spans, role: str, structure: str) -> Flow:
        return self.setter.flow(
            spans, role, language=self.language, structure=structure, keep_with_next=False
        )

    def _caption(self, block: Table | Image) -> list[Flow]:
        if block.caption is None:
            return []
        words: Spans = (Text(f"{block.caption.label}: "), *block.caption.spans)
        return [self._line(words, "caption", "Caption")]

    def _source(self, block: Table | Image) -> list[Flow]:
        return [] if block.source is None else [self._line(block.source, "source", "P")]

    def _figure(self, block: Image) -> Flow:
        return Figure(
            block.data,
            block.width,
            self.style.image,
            Stack([*self._caption(block), *self._source(block)]),
            anchor=block.anchor,
            frame=self.frame,
            alt=block.alt,
        )

    def _table(self, block: Table) -> Flow:
        aligns = [column.align for column in block.columns]
        caption, source = self._caption(block), self._source(block)
        return TableFlow(
            [column.width for column in block.columns],
            [TableRow(self._cells(row, aligns)) for row in block.header],
            [TableRow(self._cells(row, aligns), shaded=k % 2 == 1) for k, row in enumerate(block.rows)],
            self.style.table,
            caption=Stack(caption) if caption else None,
            source=Stack(source) if source else None,
            anchor=block.anchor,
            frame=self.frame,
            rise=self.rise("table-cell"),
        )

    def _cells(self, row: Row, aligns: Iterable[Align]) -> list[Stack]:
        return [
            Stack(self._in_cell(cell.blocks, align), "TD")
            for cell, align in zip(row.cells, aligns, strict=True)
        ]

    def _in_cell(self, blocks: Iterable[Block], align: Align) -> list[Flow]:
        flows: list[Flow] = []
        # The style's own alignment counts where the column has none of its own.
        wanted = None if align is Align.LEFT else align
        for block in blocks:
            match block:
                case Paragraph():
                    flows.append(self._paragraph(block, wanted))
                case List():
                    flows.extend(self._list(block, align=wanted))
                case _:
                    flows.extend(self.block(block))
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
