"""Blocks of the Document → flows, one factory for each kind, each with its element in the structure tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from briefpack.document import (
    BOX_ROLES,
    Align,
    Block,
    Callout,
    Chart,
    Columns,
    Heading,
    Image,
    Landscape,
    List,
    Listing,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Quotation,
    Section,
    SideBySide,
    Spans,
    Table,
    Text,
    Together,
    plain_text,
    with_mark,
)
from briefpack.pdf import arranged_blocks
from briefpack.pdf.boxes import Box, Break, Figure, Mark
from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.framed import ChartPicture, Picture, Still
from briefpack.pdf.list_blocks import list_flows
from briefpack.pdf.listing import listing_flows
from briefpack.pdf.paragraph import BASELINE
from briefpack.pdf.structure import Element
from briefpack.pdf.table_blocks import note_spans, table_flow
from briefpack.pdf.text import Label, Typesetter
from briefpack.style import BoxLook, Length, Style

_NO_LABELS: Mapping[str, str] = {}
_WHOLE = 1 / 5
"""Share of the frame's height up to which a box is not divided."""
_DESCENDERS = 0.25
"""How much a descender weighs, as a share of its depth, when white above and below a line is compared by eye."""


class BlockMaker:
    """Makes the flows of a pack, and beside each flow its element. language: of the section at hand, None for the document's.

    part: the element that those of the blocks are added to. frame: height of the text frame that the blocks at hand have.
    in_box: the blocks at hand stand in a box or a column, and get no fill of their own.
    """

    def __init__(self, style: Style, setter: Typesetter, labels: Mapping[str, str] = _NO_LABELS) -> None:
        """labels: anchor → printed page number, complete when pages are drawn."""
        self.style = style
        self.setter = setter
        self.labels = labels
        self.language: str | None = None
        self.frame = float(style.page.text_height)
        self.in_box = False
        self._level = 1

    def section(self, section: Section, structure: Element) -> list[Flow]:
        """Title, quiet line and blocks of a section, without a title where that is "". structure: root of the structure tree, to which it is added."""
        self.language = section.language
        self._level = 1
        page = self.style.page
        self.frame = float((page.turned if section.landscape else page).text_height)
        part = structure.add(
            "Sect", title=section.title or None, language=section.language, marking=section.marking
        )
        flows: list[Flow] = []
        if section.title:
            flows.append(
                self.setter.flow(
                    with_mark(section.mark, section.title),
                    "section-title",
                    language=self.language,
                    label=self._number(section.number),
                    element=part.add("H1", marking=section.title_marking),
                    anchor=section.anchor,
                    keep_with_next=True,
                )
            )
        if section.lead:
            flows.append(
                self.setter.flow(
                    section.lead,
                    "section-lead",
                    language=self.language,
                    element=part.add("P", marking=section.title_marking),
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
                flows.append(self.box(inside, self.style.objective, "objective"))
                at = stop
                continue
            block = blocks[at]
            if isinstance(block, Together):
                flows.append(arranged_blocks.together(self, block, part, flows))
            else:
                flows.extend(self.block(block, part))
            at += 1
        return flows

    def block(self, block: Block, part: Element) -> Sequence[Flow]:
        match block:
            case Heading():
                return (self._heading(block, part),)
            case Paragraph():
                return (self.paragraph(block, part),)
            case NumberedParagraph():
                return (self._numbered(block, part),)
            case List():
                return list_flows(self, block, part)
            case Table():
                return (self._table(block, part),)
            case Image():
                return (self._figure(block, part),)
            case Callout():
                return (self._callout(block, part),)
            case Chart():
                return (self._chart(block, part),)
            case Quotation():
                return (arranged_blocks.quotation(self, block, part),)
            case SideBySide():
                return (arranged_blocks.side_by_side(self, block, part),)
            case Columns():
                return (arranged_blocks.columns(self, block, part),)
            case Landscape():
                return (arranged_blocks.landscape(self, block, part),)
            case Together():
                return (arranged_blocks.together(self, block, part, []),)
            case Listing():
                return listing_flows(self, block, part)
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
            element=part.add(f"H{self._level}", marking=block.marking),
            anchor=block.anchor,
            keep_with_next=True,
        )

    def paragraph(
        self, block: Paragraph, part: Element, align: Align | None = None, *, alone: bool = False
    ) -> Flow:
        """alone: it is all that the part says, and needs no element of its own."""
        if not block.spans and block.anchor is not None:
            return Mark(block.anchor)
        right = None
        if block.tail:
            # Numbers stand at their decimal signs: this one lacks what others have behind it.
            tail = self.setter.line(block.tail, block.role, language=self.language).width
            align, right = Align.RIGHT, self.style.text[block.role].right + tail
        element = part if alone else part.add("P")
        if block.marking is not None:
            element.marking = block.marking
        return self.setter.flow(
            block.spans,
            block.role,
            language=self.language,
            element=element,
            anchor=block.anchor,
            keep_with_next=block.keep_with_next or None,
            align=align,
            right=right,
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
            element=part.add("P", marking=block.marking),
            anchor=block.anchor,
            left=self.style.text["numbered"].left + block.level * indent,
        )

    # ----------------------------------------------------------------------- boxes, figures, tables

    def box(self, flows: Sequence[Flow], look: BoxLook, role: str) -> Box:
        """role: of its paragraphs. A box in a box has no fill, and no room for one."""
        return Box(Stack(flows), self._look(look), rise=self.rise(role), whole=_WHOLE * self.frame)

    def _look(self, look: BoxLook) -> BoxLook:
        if not self.in_box or look.fill is None:
            return look
        bare = replace(look, fill=None, padding_y=Length(0))
        return bare if look.bar else replace(bare, padding_x=Length(0))

    def boxed(self, blocks: Sequence[Block], part: Element, look: BoxLook) -> list[Flow]:
        """Flows of the blocks inside a box."""
        outside = self.in_box, self.frame
        look = self._look(look)
        self.in_box, self.frame = True, self.frame - 2 * look.padding_y
        flows = self.blocks(blocks, part)
        self.in_box, self.frame = outside
        return flows

    def _callout(self, block: Callout, part: Element) -> Flow:
        title = None if block.title is None else plain_text(block.title)
        look = self.style.box(block.look)
        title_role, role = BOX_ROLES[block.look]
        box = part.add("Sect", title=title, marking=block.marking)
        flows: list[Flow] = []
        if block.title is not None:
            flows.append(
                self.setter.flow(
                    block.title,
                    title_role,
                    language=self.language,
                    element=box.add("P"),
                    keep_with_next=True,
                )
            )
        flows.extend(self.boxed(block.blocks, box, look))
        return self.box(flows, look, role)

    def line(self, spans: Spans, role: str, element: Element) -> Flow:
        return self.setter.flow(spans, role, language=self.language, element=element, keep_with_next=False)

    def _caption(self, block: Table | Image | Chart, part: Element, kind: str = "Caption") -> list[Flow]:
        if block.caption is None:
            return []
        words: Spans = (Text(f"{block.caption.label}{block.caption.joint}"), *block.caption.spans)
        return [self.line(words, "caption", part.add(kind, marking=block.marking))]

    def _source(self, block: Table | Image | Chart, part: Element) -> list[Flow]:
        if block.source is None:
            return []
        return [self.line(block.source, "source", part.add("P", marking=block.marking))]

    def _figure(self, block: Image, part: Element) -> Flow:
        return self._framed(block, Still(block.data, block.width, self.setter), part)

    def _chart(self, block: Chart, part: Element) -> Flow:
        return self._framed(block, ChartPicture(block, self.setter), part)

    def _framed(self, block: Image | Chart, picture: Picture, part: Element) -> Flow:
        if block.alt.strip():
            attributes = {"Placement": "/Block"}
            element = part.add("Figure", alternative=block.alt, attributes=attributes, marking=block.marking)
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
            around=part,
            marking=block.marking,
        )

    def _table(self, block: Table, part: Element) -> Flow:
        table = part.add("Table", marking=block.marking)
        caption = self._caption(block, table)
        # The tree is made in the order of reading: what stands below comes after the table's element.
        notes = [
            self.line(note_spans(note), "table-note", part.add("P", marking=note.marking or block.marking))
            for note in block.notes
        ]
        return table_flow(self, block, table, caption, [*notes, *self._source(block, part)])


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
