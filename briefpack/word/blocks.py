"""Blocks as paragraphs and tables: the text itself here, each other kind of block in its own module."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from briefpack import document as d
from briefpack.document import with_mark
from briefpack.word.beside import write_columns, write_landscape, write_side, write_together
from briefpack.word.boxes import Boxes, write_callout, write_quotation
from briefpack.word.captions import write_listing
from briefpack.word.flow import Flow, Paragraph
from briefpack.word.lists import lead_in, write_list
from briefpack.word.looks import indent, justification
from briefpack.word.numbering import NO_NUMBER
from briefpack.word.pictures import write_chart, write_image
from briefpack.word.place import Place, Writing
from briefpack.word.styles import hang, is_numbered
from briefpack.word.table_blocks import write_table
from briefpack.word.xml import EMPTY, Xml, element, join, mark, value

_NO_NUMBER = element("w:numPr", None, value("ilvl", 0), value("numId", NO_NUMBER))


@dataclass(slots=True)
class BlockWriter(Writing):
    """Writes blocks into a Flow."""

    boxes: Boxes = field(init=False)

    def __post_init__(self) -> None:
        self.boxes = Boxes(self.style)

    def write(self, blocks: tuple[d.Block, ...], flow: Flow, place: Place) -> None:
        """All blocks in order; those of an objective share one box where the style has one."""
        boxed = self.shown("objective") and not place.box_name
        inside = place.inside("objective", self.style.objective)
        objective = Flow()
        for block in blocks:
            begins = isinstance(block, d.Paragraph) and block.role == "objective"
            if boxed and (begins or (objective.items and isinstance(block, d.List))):
                self._block(block, objective, inside)
                continue
            if objective.items:
                self.add_box(objective, flow, "objective", place)
                objective = Flow()
            self._block(block, flow, place)
        if objective.items:
            self.add_box(objective, flow, "objective", place)

    def add_box(self, inner: Flow, flow: Flow, name: str, place: Place) -> None:
        self.boxes.add(inner, flow, name, place)

    def title(self, section: d.Section, flow: Flow, place: Place) -> None:
        """A section's title and the quiet line under it."""
        words = self.spans.runs(with_mark(section.mark, section.title), place.language)
        flow.add(self._headed(1, section.number, words, section.anchor, place))
        if section.lead:
            flow.add(self.set("section-lead", self.runs(section.lead, "section-lead", place)))

    def _block(self, block: d.Block, flow: Flow, place: Place) -> None:
        match block:
            case d.Heading():
                content = self.runs(block.spans, f"heading-{block.level}", place)
                flow.add(self._headed(block.level, block.number, content, block.anchor, place))
            case d.Paragraph():
                if block.anchor is not None and not block.spans:
                    flow.mark(self.spans.bookmark(block.anchor, EMPTY))
                else:
                    flow.add(self.paragraph(block, place))
            case d.NumberedParagraph():
                flow.add(self._numbered(block, place))
            case d.List():
                write_list(self, block, flow, place)
            case d.Table():
                write_table(self, block, flow, place)
            case d.Image():
                write_image(self, block, flow, place)
            case d.Callout():
                write_callout(self, block, flow, place)
            case d.Quotation():
                write_quotation(self, block, flow, place)
            case d.SideBySide():
                write_side(self, block, flow, place)
            case d.Columns():
                write_columns(self, block, flow, place)
            case d.Landscape():
                write_landscape(self, block, flow, place)
            case d.Together():
                write_together(self, block, flow, place)
            case d.Chart():
                write_chart(self, block, flow, place)
            case d.Listing():
                write_listing(self, block, flow, place)
            case d.PageBreak():
                flow.break_page()
            case _:
                assert_never(block)

    def paragraph(self, block: d.Paragraph, place: Place) -> Paragraph:
        """A paragraph of running text."""
        content = self.spans.bookmark(block.anchor, self.runs(block.spans, block.role, place))
        paragraph = self.set(block.role, content)
        text = self.style.text[block.role]
        paragraph.keep_next = block.keep_with_next and not text.keep_with_next
        if place.left or place.right or place.box_name:
            self.fit(block.role, paragraph, place)
        if block.tail:
            # At its decimal sign: flush right, and kept off the edge by what the fraction lacks.
            tail = self.widths.width(block.tail, block.role).twips
            paragraph.alignment = value("jc", justification(d.Align.RIGHT))
            paragraph.indent = indent(place.left + text.left.twips, place.right + text.right.twips + tail, 0)
        elif place.align not in (None, d.Align.LEFT, text.align):
            # The style's own alignment counts where the column has none of its own.
            paragraph.alignment = value("jc", justification(place.align))
        return paragraph

    def _headed(self, level: int, number: str | None, content: Xml, anchor: str, place: Place) -> Paragraph:
        role = "section-title" if level == 1 else f"heading-{level}"
        paragraph = self.set(role, content)
        text = self.style.text[role]
        left, right = place.left + text.left.twips, place.right + text.right.twips
        numbered, hanging = is_numbered(self.style, level), hang(self.style, level).twips
        paragraph.box = place.box
        if place.left or place.right:
            paragraph.indent = indent(left + hanging, right, -hanging)
        if anchor not in self.spans.targets.automatic:
            if number is not None:
                content = join((self.spans.words(number), mark("tab"), content))
                if not numbered:
                    column = self.style.numbering.heading_indent.twips
                    paragraph.indent = indent(left + column, right, -column)
            elif hanging:
                paragraph.indent = indent(left, right, 0)
            if numbered:
                paragraph.numbering = _NO_NUMBER
        paragraph.content = self.spans.bookmark(anchor, content)
        return paragraph

    def _numbered(self, block: d.NumberedParagraph, place: Place) -> Paragraph:
        content = self.spans.bookmark(block.anchor, self.runs(block.spans, "numbered", place))
        paragraph = self.set("numbered", content)
        instance = self.numbering.paragraph(block.sequence, block.level, block.index, block.label)
        step = self.style.numbering.paragraph_indent
        left = place.left + self.style.text["numbered"].left.twips + step.twips * (block.level + 1)
        lead_in(
            self,
            paragraph,
            block.label,
            instance=instance,
            level=block.level,
            left=left,
            hanging=step.twips,
            listed=False,
        )
        if place.left or place.right:
            paragraph.indent = indent(left, place.right, -step.twips)
        paragraph.box = place.box
        return paragraph
