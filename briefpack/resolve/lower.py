"""An author's blocks → the Document's blocks, numbered and anchored in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from briefpack.blocks import (
    AgendaBlock,
    AuthorBlock,
    AuthorCell,
    CalloutBlock,
    ChartBlock,
    HeadingBlock,
    ImageBlock,
    Item,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    QrBlock,
    TableBlock,
    VerbatimBlock,
)
from briefpack.document import (
    BOX_ROLES,
    Align,
    Block,
    Callout,
    Caption,
    Cell,
    Column,
    Image,
    LineBreak,
    List,
    ListItem,
    ListKind,
    NumberedParagraph,
    PageBreak,
    Row,
    Span,
    Spans,
    Table,
    Text,
    plain_text,
)
from briefpack.errors import Where
from briefpack.resolve.agenda import agenda
from briefpack.resolve.charts import chart, qr_code
from briefpack.resolve.dates import capitalised
from briefpack.resolve.names import TargetKind
from briefpack.resolve.number import label, spoken
from briefpack.resolve.walk import Walk
from briefpack.resolve.widths import widths

NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand. role: of their paragraphs. in_items: of the paragraphs of lists among them.
    depth: how many lists are around. outline: whether a heading here is part of the outline."""

    role: str
    in_items: str
    depth: int = 0
    outline: bool = False


BODY = Setting("body", "list", outline=True)
OBJECTIVE = Setting("objective", "list", outline=True)
CALLOUT = Setting("callout", "callout")
CELL = Setting("table-cell", "table-cell")


@dataclass(slots=True)
class Lowering(Walk):
    """Lowers blocks on its way."""

    # ----------------------------------------------------------------------- blocks

    def blocks(self, blocks: Iterable[AuthorBlock], setting: Setting = BODY) -> tuple[Block, ...]:
        lowered: list[Block] = []
        for is_agenda, run in groupby(blocks, key=lambda block: isinstance(block, AgendaBlock)):
            if is_agenda:
                # Days that follow one another are set in the same columns.
                lowered.extend(agenda(self, [day for day in run if isinstance(day, AgendaBlock)]))
                continue
            for block in run:
                lowered.extend(self.block(block, setting))
                if self.pending is not None:
                    # The block was named and had no paragraph to carry its anchor.
                    lowered.append(self.paragraph((), block.where, setting.role))
        return tuple(lowered)

    def block(self, block: AuthorBlock, setting: Setting) -> Sequence[Block]:
        match block:
            case ParagraphBlock():
                self.expect(block.id, block.where)
                return (self.paragraph(self.running(block.spans), block.where, setting.role),)
            case HeadingBlock():
                if setting.outline:
                    words = self.spans(block.spans)
                    return (self.heading(words, block.where, level=block.level, block_id=block.id),)
                words = self.references.strong(block.spans)
                self.expect(block.id, block.where, plain_text(words))
                return (self.paragraph(words, block.where, setting.role, keep_with_next=True),)
            case ListBlock():
                self.expect(block.id, block.where)
                return (self.list(block.kind, block.items, block.where, setting, start=block.start),)
            case NumberedBlock():
                if block.id is not None and block.items:
                    return self._numbered_of(block)
                return tuple(self.numbered(block.items))
            case TableBlock():
                return (self.table(block),)
            case ImageBlock():
                return (self.image(block),)
            case CalloutBlock():
                return (self.callout(block),)
            case VerbatimBlock():
                return (self.verbatim(block),)
            case AgendaBlock():
                return agenda(self, (block,))
            case QrBlock():
                return (qr_code(self, block),)
            case ChartBlock():
                return (chart(self, block),)
            case PageBreakBlock():
                self.name(block.id, TargetKind.OTHER, None, block.where)
                return (PageBreak(block.where),)
            case _:
                assert_never(block)

    def callout(self, block: CalloutBlock) -> Callout:
        title = self.spans(block.title) if block.title else None
        self.expect(block.id, block.where, plain_text(title) if title else "")
        return Callout(title, self._at_least_one(block.blocks, block.where, CALLOUT), block.where)

    def verbatim(self, block: VerbatimBlock) -> Callout:
        """Text as typed: line breaks and the spaces at the beginning of lines stay."""
        self.expect(block.id, block.where)
        spans: list[Span] = []
        for number, line in enumerate(block.lines):
            if number:
                spans.append(LineBreak())
            bare = line.lstrip(" ")
            # Spaces at the beginning of a line would be lost as those between words are joined.
            spans.append(Text(NO_BREAK_SPACE * (len(line) - len(bare)) + bare))
        paragraph = self.paragraph(tuple(spans), block.where, BOX_ROLES["verbatim"][1])
        return Callout(None, (paragraph,), block.where, "verbatim")

    def _at_least_one(
        self, blocks: Sequence[AuthorBlock], where: Where, setting: Setting
    ) -> tuple[Block, ...]:
        return self.blocks(blocks, setting) or (self.paragraph((), where, setting.role),)

    # ----------------------------------------------------------------------- lists, numbered paragraphs

    def list(
        self, kind: ListKind, items: Sequence[Item], where: Where, setting: Setting = BODY, *, start: int = 1
    ) -> List:
        self.counts.lists += 1
        sequence, depth = self.counts.lists, setting.depth
        inside = replace(setting, role=setting.in_items, depth=depth + 1, outline=False)
        made: list[ListItem] = []
        for position, item in enumerate(items):
            self.expect(item.id, item.where)
            blocks: tuple[Block, ...] = ()
            if not item.blocks or not isinstance(item.blocks[0], ParagraphBlock | HeadingBlock):
                blocks = (self.paragraph((), item.where, inside.role),)
            blocks += self.blocks(item.blocks, inside)
            made.append(ListItem(self._item_label(kind, depth, start + position), blocks))
        return List(kind, tuple(made), depth, sequence, where, start if kind is ListKind.NUMBERS else 1)

    def _item_label(self, kind: ListKind, depth: int, number: int) -> str:
        match kind:
            case ListKind.BULLETS:
                labels = self.style.lists.bullets
            case ListKind.DASHES:
                labels = self.style.lists.dashes
            case ListKind.NUMBERS:
                return label(self.style.numbering.paragraphs[min(depth, 2)], number)
            case _:
                assert_never(kind)
        return labels[min(depth, len(labels) - 1)]

    def numbered(
        self, items: Iterable[NumberedItem], level: int = 0, above: tuple[str, ...] = ()
    ) -> Iterable[NumberedParagraph]:
        pattern = self.style.numbering.paragraphs[min(level, 2)]
        for position, item in enumerate(items, 1):
            if level == 0:
                index, sequence = self.counts.next_paragraph()
            else:
                index, sequence = position, self.counts.sequence or 1
            printed = label(pattern, index)
            labels = (*above, printed)
            anchor = self.take_pending()
            if item.id is not None:
                anchor = anchor or self.anchors.make("p", item.id)
                self.name(item.id, TargetKind.PARAGRAPH, anchor, item.where, number=spoken(labels))
            spans = self.running(item.spans)
            yield NumberedParagraph(min(level, 2), printed, index, sequence, spans, anchor, item.where)
            yield from self.numbered(item.children, level + 1, labels)

    def _numbered_of(self, block: NumberedBlock) -> Sequence[Block]:
        """Numbered paragraphs that have a name together: it is the number of the first one."""
        self.pending = self.anchors.make("p", block.id or "")
        anchor = self.pending
        made = tuple(self.numbered(block.items))
        self.name(block.id, TargetKind.PARAGRAPH, anchor, block.where, number=spoken((made[0].label,)))
        return made

    # ----------------------------------------------------------------------- tables, pictures

    def _caption(self, word: str, number: int, spans: Spans) -> Caption:
        return Caption(f"{capitalised(self.word(word))} {number}", spans)

    def table(self, block: TableBlock) -> Table:
        caption = None
        number = None
        if block.caption:
            self.counts.tables += 1
            number = str(self.counts.tables)
            caption = self._caption("table", self.counts.tables, self.spans(block.caption))
        anchor = self._made_anchor("tbl", block.id, caption)
        self.name(block.id, TargetKind.TABLE, anchor, block.where, number=number)
        header: tuple[Row, ...] = ()
        if any(column.title for column in block.columns):
            header = (self.header([column.title or () for column in block.columns], block.where),)
        rows = tuple(Row(tuple(map(self.cell, row.cells)), row.where) for row in block.rows)
        shares = widths([column.width for column in block.columns], (*header, *rows), self.style)
        columns = tuple(
            Column(share, column.align or Align.LEFT)
            for share, column in zip(shares, block.columns, strict=True)
        )
        source = self.spans(block.source) if block.source else None
        return Table(columns, header, rows, anchor, block.where, caption, source)

    def _made_anchor(self, kind: str, block_id: str | None, caption: Caption | None) -> str:
        if block_id is not None:
            return self.anchors.make(kind, block_id)
        return self.anchors.make(kind, self.section_id, plain_text(caption.spans) if caption else "plain")

    def cell(self, cell: AuthorCell) -> Cell:
        return Cell(self._at_least_one(cell.blocks, cell.where, CELL))

    def image(self, block: ImageBlock) -> Image:
        caption = None
        number = None
        if block.caption:
            self.counts.figures += 1
            number = str(self.counts.figures)
            caption = self._caption("figure", self.counts.figures, self.spans(block.caption))
        anchor = self._made_anchor("fig", block.id, caption)
        self.name(block.id, TargetKind.FIGURE, anchor, block.where, number=number)
        source = self.spans(block.source) if block.source else None
        return Image(block.data, block.alt, anchor, block.where, block.width, caption, source)
