"""Blocks as paragraphs and tables: one method for each kind of block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from briefpack import document as d
from briefpack.style import BoxLook, Length, Style, TextStyle
from briefpack.word import tables
from briefpack.word.flow import Flow, Paragraph, at_start
from briefpack.word.images import Drawings, Size, fitted
from briefpack.word.looks import box_borders, box_insets, has_look, indent, justification
from briefpack.word.numbering import LEVELS, NO_NUMBER, Numbering
from briefpack.word.spans import SpanWriter
from briefpack.word.styles import FIGURE, hang, is_numbered, style_id
from briefpack.word.targets import NumberedCaption
from briefpack.word.xml import EMPTY, Xml, element, field, join, mark, value

_NO_NUMBER = element("w:numPr", None, value("ilvl", 0), value("numId", NO_NUMBER))
# Mean width of a character, a share of the size.
_CHARACTER = 0.48
_BOXED = frozenset({"callout", "callout-title", "objective"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand. left, right: indents of the surroundings in twips. box: borders and fill of a box around.

    language: of the surroundings, None for the pack's. align: a column's alignment, None outside tables.
    """

    left: int = 0
    right: int = 0
    box: Xml = EMPTY
    language: str | None = None
    align: d.Align | None = None


@dataclass(slots=True)
class BlockWriter:
    """Writes blocks into a Flow."""

    style: Style
    spans: SpanWriter
    numbering: Numbering
    drawings: Drawings
    _last_boxed: Paragraph | None = None
    _alternate: bool = False

    def write(self, blocks: tuple[d.Block, ...], flow: Flow, place: Place) -> None:
        """All blocks in order; those of an objective share one box where the style has one."""
        boxed = has_look(self.style.objective) and not place.box
        objective = Flow()
        for block in blocks:
            begins = isinstance(block, d.Paragraph) and block.role == "objective"
            if boxed and (begins or (objective.items and isinstance(block, d.List))):
                self._block(block, objective, self._inside(self.style.objective, place))
                continue
            self._add_box(objective, flow, self.style.objective)
            objective = Flow()
            self._block(block, flow, place)
        self._add_box(objective, flow, self.style.objective)

    def title(self, section: d.Section, flow: Flow, place: Place) -> None:
        """A section's title and the quiet line under it."""
        flow.add(
            self._headed(1, section.number, self.spans.words(section.title, place.language), section.anchor)
        )
        if section.lead:
            flow.add(self._set("section-lead", self.spans.runs(section.lead, place.language)))

    def _block(self, block: d.Block, flow: Flow, place: Place) -> None:
        match block:
            case d.Heading():
                content = self.spans.runs(block.spans, place.language)
                flow.add(self._headed(block.level, block.number, content, block.anchor))
            case d.Paragraph():
                if block.anchor is not None and not block.spans:
                    flow.mark(self.spans.bookmark(block.anchor, EMPTY))
                else:
                    flow.add(self._paragraph(block, place))
            case d.NumberedParagraph():
                flow.add(self._numbered(block, place))
            case d.List():
                self._list(block, flow, place)
            case d.Table():
                self._table(block, flow, place)
            case d.Image():
                self._image(block, flow, place)
            case d.Callout():
                self._callout(block, flow, place)
            case d.PageBreak():
                flow.break_page()
            case _:
                assert_never(block)

    # ------------------------------------------------------------------ text

    def _set(self, role: str, content: Xml) -> Paragraph:
        text = self.style.text[role]
        return Paragraph(style_id(role), content, text.before.twips, text.after.twips)

    def _paragraph(self, block: d.Paragraph, place: Place) -> Paragraph:
        content = self.spans.bookmark(block.anchor, self.spans.runs(block.spans, place.language))
        paragraph = self._set(block.role, content)
        text = self.style.text[block.role]
        paragraph.keep_next = block.keep_with_next and not text.keep_with_next
        # The style's own alignment counts where the column has none of its own.
        if place.align not in (None, d.Align.LEFT, text.align):
            paragraph.alignment = value("jc", justification(place.align))
        if place.box and block.role not in _BOXED:
            paragraph.box = place.box
            paragraph.indent = _shifted(text, place)
        return paragraph

    def _headed(self, level: int, number: str | None, content: Xml, anchor: str) -> Paragraph:
        role = "section-title" if level == 1 else f"heading-{level}"
        paragraph = self._set(role, content)
        numbered = is_numbered(self.style, level)
        if anchor not in self.spans.targets.automatic:
            if number is not None:
                content = join((self.spans.words(number), mark("tab"), content))
                if not numbered:
                    text, column = self.style.text[role], self.style.numbering.heading_indent.twips
                    paragraph.indent = indent(text.left.twips + column, text.right.twips, -column)
            elif hang(self.style, level):
                text = self.style.text[role]
                paragraph.indent = indent(text.left.twips, text.right.twips, 0)
            if numbered:
                paragraph.numbering = _NO_NUMBER
        paragraph.content = self.spans.bookmark(anchor, content)
        return paragraph

    def _numbered(self, block: d.NumberedParagraph, place: Place) -> Paragraph:
        content = self.spans.bookmark(block.anchor, self.spans.runs(block.spans, place.language))
        paragraph = self._set("numbered", content)
        instance = self.numbering.paragraph(block.sequence, block.level, block.index, block.label)
        step = self.style.numbering.paragraph_indent
        left = place.left + self.style.text["numbered"].left.twips + step.twips * (block.level + 1)
        self._lead_in(
            paragraph,
            block.label,
            instance=instance,
            level=block.level,
            left=left,
            hanging=step.twips,
            listed=False,
        )
        paragraph.box = place.box
        return paragraph

    def _lead_in(
        self,
        paragraph: Paragraph,
        label: str,
        *,
        instance: int | None,
        level: int,
        left: int,
        hanging: int,
        listed: bool,
    ) -> None:
        """A number or mark before a paragraph: of the list that is counted, of one that prints label alone where instance is None,
        and as text where Word cannot even do that."""
        if instance is None:
            instance = self.numbering.fixed(label, listed=listed)
        if instance is not None:
            paragraph.numbering = element("w:numPr", None, value("ilvl", level), value("numId", instance))
        else:
            paragraph.content = join((self.spans.words(label), mark("tab"), paragraph.content))
            paragraph.indent = indent(left, 0, -hanging)

    def _list(self, block: d.List, flow: Flow, place: Place) -> None:
        instance = self.numbering.list_(block)
        level = min(block.depth, LEVELS - 1)
        step = self.style.lists.indent.twips
        left = place.left + self.style.text["list"].left.twips + step * (level + 1)
        gap = self.style.lists.item_gap.twips
        for item in block.items:
            for position, content in enumerate(item.blocks):
                if not isinstance(content, d.Paragraph):
                    self._block(content, flow, place)
                    continue
                paragraph = self._paragraph(content, place)
                if any(isinstance(later, d.List) for later in item.blocks[position + 1 : position + 2]):
                    paragraph.keep_next = True
                if position == 0:
                    self._lead_in(
                        paragraph,
                        item.label,
                        instance=instance,
                        level=level,
                        left=left,
                        hanging=step,
                        listed=True,
                    )
                if position or place.left:
                    paragraph.indent = indent(left, place.right, 0 if position else -step)
                flow.add(paragraph)
            flow.least_after(gap)

    # ------------------------------------------------------------------ boxes

    def _inside(self, box: BoxLook, place: Place) -> Place:
        left, right = box_insets(box)
        return replace(place, left=left, right=right, box=join(box_borders(box)))

    def _callout(self, block: d.Callout, flow: Flow, place: Place) -> None:
        inner = Flow()
        if block.title is not None:
            title = self._set("callout-title", self.spans.runs(block.title, place.language))
            title.keep_next = not self.style.text["callout-title"].keep_with_next
            inner.add(title)
        self.write(block.blocks, inner, self._inside(self.style.callout, place))
        self._add_box(inner, flow, self.style.callout)

    def _add_box(self, inner: Flow, flow: Flow, box: BoxLook) -> None:
        """The content of one box: its space stands around the whole, not around each paragraph."""
        if not inner.items:
            return
        paragraphs = [item for item in inner.items if isinstance(item, Paragraph)]
        # Word draws neighbours with equal borders as one box.
        follows = bool(flow.items) and flow.items[-1] is self._last_boxed
        self._alternate = follows and not self._alternate
        if self._alternate:
            for paragraph in paragraphs:
                paragraph.box = join(box_borders(box, alternate=True))
        paragraphs[0].own_before = box.before.twips
        paragraphs[-1].own_after = box.after.twips
        self._last_boxed = paragraphs[-1]
        flow.take(inner)

    # ------------------------------------------------------------------ tables and pictures

    def _caption(self, caption: d.Caption, anchor: str, place: Place) -> Xml:
        """The label with Word's own counter where it counts the same, then the author's words."""
        counted = self.spans.targets.captions.get(anchor)
        label = (
            self.spans.words(caption.label, place.language)
            if counted is None
            else self._counted(counted, place.language)
        )
        if not caption.spans:
            return label
        return join((label, self.spans.words(": "), self.spans.runs(caption.spans, place.language)))

    def _counted(self, counted: NumberedCaption, language: str | None) -> Xml:
        number = field(rf"SEQ {counted.sequence} \* ARABIC", self.spans.words(counted.number))
        return join(
            (self.spans.words(f"{counted.words} ", language), self.spans.bookmark(counted.bookmark, number))
        )

    def _table(self, block: d.Table, flow: Flow, place: Place) -> None:
        look = self.style.table
        anchor: str | None = block.anchor
        if block.caption is not None:
            caption = self._set(
                "caption", self.spans.bookmark(anchor, self._caption(block.caption, block.anchor, place))
            )
            caption.keep_next = True
            caption.least_before(look.before.twips)
            anchor = None
            flow.add(caption)
        width = self.style.page.text_width.twips - place.left - place.right
        widths = tables.grid(block.columns, width)
        rows: list[Xml] = []
        for number, row in enumerate((*block.header, *block.rows)):
            header = number < len(block.header)
            cells = [
                self._cell(cell, replace(place, align=column.align, left=0, right=0, box=EMPTY), header)
                for cell, column in zip(row.cells, block.columns, strict=True)
            ]
            if anchor is not None:
                # A table without a caption is reached through its first cell.
                cells[0] = at_start(cells[0], self.spans.bookmark(anchor, EMPTY))
                anchor = None
            further = tables.further_header(look) if header and number else EMPTY
            whole = header or self._height(row, widths) <= self.style.page.text_height / 2
            rows.append(tables.row(cells, widths, header=header, whole=whole, look=further))
        title = "" if block.caption is None else _words(block.caption)
        description = ", ".join(filter(None, map(_cell_words, block.header[0].cells))) if block.header else ""
        flow.add_table(
            tables.table(rows, widths, headed=bool(block.header), title=title, description=description),
            0 if block.caption else look.before.twips,
            0 if block.source else look.after.twips,
        )
        self._source(block.source, flow, place, look.after.twips)

    def _height(self, row: d.Row, widths: tuple[int, ...]) -> float:
        """About how high a row is, in points: only a row higher than half a page may be divided."""
        text = self.style.text["table-cell"]
        most = max(
            (
                _cell_length(cell) * _CHARACTER * text.size * 20 / width
                for cell, width in zip(row.cells, widths, strict=True)
            ),
            default=0,
        )
        return most * text.line_pitch

    def _cell(self, cell: d.Cell, place: Place, header: bool) -> Xml:
        flow = Flow()
        self.write(cell.blocks, flow, place)
        if not flow.items or not isinstance(flow.items[-1], Paragraph):
            flow.separate()
        for item in flow.items:
            if header and isinstance(item, Paragraph):
                item.keep_next = True
        return flow.markup()

    def _source(self, source: d.Spans | None, flow: Flow, place: Place, after: int) -> None:
        if source is not None:
            line = self._set("source", self.spans.runs(source, place.language))
            line.least_after(after)
            flow.add(line)

    def _lines_below(self, block: d.Image) -> float:
        """Room for a line of caption and a line of source under a picture as high as the page, in points."""
        roles = [role for role, there in (("caption", block.caption), ("source", block.source)) if there]
        if not roles:
            return 0
        texts = [self.style.text[role] for role in roles]
        return self.style.image.caption_gap + sum(
            text.before + text.line_pitch + text.after for text in texts
        )

    def _image(self, block: d.Image, flow: Flow, place: Place) -> None:
        look, page = self.style.image, self.style.page
        below = self._lines_below(block)
        room = Length(max(page.text_height - below, page.text_height / 4))
        size = fitted(block.data, block.width, Size(page.text_width, room))
        drawing = self.drawings.inline(block.data, size, block.alt)
        picture = Paragraph(
            FIGURE, self.spans.bookmark(block.anchor, drawing), look.before.twips, look.after.twips
        )
        picture.keep_next = block.caption is not None or block.source is not None
        if picture.keep_next:
            picture.own_after = look.caption_gap.twips
        flow.add(picture)
        if block.caption is not None:
            caption = self._set("caption", self._caption(block.caption, block.anchor, place))
            caption.own_before = look.caption_gap.twips
            caption.keep_next = block.source is not None
            if block.source is None:
                caption.least_after(look.after.twips)
            flow.add(caption)
        self._source(block.source, flow, place, look.after.twips)


def _shifted(text: TextStyle, place: Place) -> Xml:
    return indent(place.left + text.left.twips, place.right + text.right.twips, text.first.twips)


def _cell_words(cell: d.Cell) -> str:
    return " ".join(d.plain_text(block.spans) for block in cell.blocks if isinstance(block, d.Paragraph))


def _cell_length(cell: d.Cell) -> int:
    """Characters in a cell, those of lists included."""
    return sum(map(_length, cell.blocks))


def _length(block: d.Block) -> int:
    if isinstance(block, d.Paragraph):
        return len(d.plain_text(block.spans))
    if isinstance(block, d.List):
        return sum(_length(inner) for item in block.items for inner in item.blocks)
    return 0


def _words(caption: d.Caption) -> str:
    words = d.plain_text(caption.spans)
    return f"{caption.label}: {words}" if words else caption.label
