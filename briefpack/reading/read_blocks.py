"""Nodes of blocks → the author's blocks; what a node's shape forbids has been reported before and is left out here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from briefpack.blocks import (
    AuthorBlock,
    CalloutBlock,
    ColumnBreakBlock,
    HeadingBlock,
    Item,
    ListBlock,
    PageBreakBlock,
)
from briefpack.document import ListKind
from briefpack.limits import EVERYBODY, Limits
from briefpack.reading.author_words import is_blank
from briefpack.reading.context import Context, spans_of
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.node import Kind, Node
from briefpack.reading.places import Inside, Place, may_stand
from briefpack.reading.read_arranged import ARRANGING, arranged, beside
from briefpack.reading.read_brief_blocks import read_brief_block
from briefpack.reading.read_chart import read_chart, read_qr
from briefpack.reading.read_image import read_image
from briefpack.reading.read_numbered import read_numbered
from briefpack.reading.read_table import read_matrix, read_table
from briefpack.reading.read_timeline import read_timeline
from briefpack.reading.schema_blocks import BLOCK
from briefpack.reading.verbatim import read_code, shown, source_of

__all__ = ["Blocks", "read_blocks", "read_item", "read_items", "read_numbered", "spans_of"]

Blocks: TypeAlias = tuple[AuthorBlock, ...]


def read_blocks(nodes: Iterable[Node], context: Context, inside: Inside = ()) -> Blocks:
    """The blocks of a list of nodes, in order; one node of Markdown may be several blocks. inside: what they stand in."""
    blocks: list[AuthorBlock] = []
    for node in nodes:
        if node.faulty:
            continue
        if node.kind is Kind.SCALAR:
            if not node.is_null:
                blocks.extend(read_markdown(node, context.report))
        elif node.kind is Kind.MAP:
            blocks.extend(_block(node, context, inside))
    return tuple(blocks)


def _block(node: Node, context: Context, inside: Inside) -> Sequence[AuthorBlock]:
    kind = BLOCK.kind(node)
    value = node.get(kind) if kind is not None else None
    if kind is None or value is None:
        return ()
    block_id = context.id_of(node)
    limits = context.limits(node)
    if not may_stand(kind, inside, node.where, context.report):
        return ()
    match kind, value.kind:
        case "text", Kind.SCALAR:
            return _named(read_markdown(value, context.report), block_id, limits)
        case "heading", Kind.SCALAR:
            level = node.scalar("level")
            spans = spans_of(node, "heading", context) or ()
            if spans and is_blank(spans):
                context.report.error(value.where, "this heading prints nothing", "write its words")
            depth = int(level.text) if level is not None and level.text in ("2", "3", "4") else 2
            return (HeadingBlock(depth, spans, value.where, block_id, limits),)
        case "list", Kind.LIST:
            return (replace(_list(node, value, context, inside), id=block_id, limits=limits),)
        case "numbered", _:
            return _named(read_numbered(value, context), block_id, limits)
        case "table", Kind.MAP:
            cells = partial(read_blocks, context=context, inside=(*inside, Place.CELL))
            return (replace(read_table(value, context, cells), id=block_id, limits=limits),)
        case "matrix", Kind.MAP:
            return (replace(read_matrix(node, value, context), id=block_id, limits=limits),)
        case "timeline", Kind.LIST:
            return (replace(read_timeline(node, value, context), id=block_id, limits=limits),)
        case "image", Kind.SCALAR:
            image = read_image(node, context)
            return () if image is None else (replace(image, id=block_id, limits=limits),)
        case "callout", Kind.SCALAR:
            title = spans_of(node, "title", context)
            boxed = read_markdown(value, context.report)
            boxed += read_blocks(node.listed("blocks"), context, (*inside, Place.BOX))
            return (CalloutBlock(title, boxed, value.where, block_id, limits),)
        case "code", Kind.SCALAR:
            return (read_code(value, block_id, limits, context.report),)
        case "example", Kind.LIST:
            return _example(value, limits, context, inside)
        case "agenda", Kind.MAP:
            from briefpack.reading.read_agenda import read_agenda  # noqa: PLC0415  it reads spans as this room does

            return (replace(read_agenda(value, context), id=block_id, limits=limits),)
        case "chart", Kind.SCALAR:
            chart = read_chart(node, context)
            return () if chart is None else (replace(chart, id=block_id, limits=limits),)
        case "qr", Kind.SCALAR:
            code = read_qr(node, context)
            return () if code is None else (replace(code, id=block_id, limits=limits),)
        case "page_break", Kind.SCALAR if value.text == "true":
            return (PageBreakBlock(node.where, block_id, limits),)
        case "column_break", Kind.SCALAR if value.text == "true":
            return (ColumnBreakBlock(node.where, block_id, limits),)
        case "columns" | "landscape" | "keep", Kind.LIST:
            place = ARRANGING[kind]
            blocks = read_blocks(value.items, context, (*inside, place))
            return (replace(arranged(node, place, blocks, context), id=block_id, limits=limits),)
        case "beside", Kind.MAP:
            image = read_image(value, context)
            blocks = read_blocks(value.listed("blocks"), context, (*inside, Place.BESIDE))
            if image is None:
                return blocks
            return (replace(beside(value, image, blocks), id=block_id, limits=limits),)
        case _:
            point = partial(read_item, kind=ListKind.BULLETS, context=context, inside=inside)
            block = read_brief_block(kind, node, value, context, point)
            return () if block is None else (replace(block, id=block_id, limits=limits),)


def _example(value: Node, limits: Limits, context: Context, inside: Inside) -> Blocks:
    """The blocks, and their YAML below them; all with the limits of the example."""
    blocks = read = read_blocks(value.items, context, inside)
    if limits is not EVERYBODY:
        blocks = tuple(replace(block, limits=limits) for block in blocks)
    source = source_of(value, limits, context.report)
    if source is None:
        return blocks
    return (*blocks, source if context.policy is None else replace(source, shows=shown(read)))


def _named(blocks: Blocks, block_id: str | None, limits: Limits) -> Blocks:
    """All blocks with the limits of the node they come from, the first with its id."""
    if block_id is None and limits is EVERYBODY:
        return blocks
    return tuple(
        replace(block, id=block_id if number == 0 else None, limits=limits)
        for number, block in enumerate(blocks)
    )


# --------------------------------------------------------------------------- lists


def _list(node: Node, value: Node, context: Context, inside: Inside) -> ListBlock:
    style, start = node.scalar("style"), node.scalar("start")
    kinds = {kind.value: kind for kind in ListKind}
    kind = kinds.get(style.text, ListKind.BULLETS) if style is not None else ListKind.BULLETS
    first = int(start.text) if start is not None and start.text.isdecimal() and len(start.text) < 5 else 1
    if start is not None and kind is not ListKind.NUMBERS:
        context.report.error(
            node.keys["start"].where, "only a numbered list has a first number", "add `style: numbers`"
        )
    return ListBlock(kind, read_items(value.items, kind, context, inside), node.where, first)


def read_items(
    nodes: Iterable[Node], kind: ListKind, context: Context, inside: Inside = ()
) -> tuple[Item, ...]:
    """List items; kind: how the items of a list inside an item are led in. inside: what the list stands in."""
    return tuple(item for node in nodes if (item := read_item(node, kind, context, inside)) is not None)


def read_item(node: Node, kind: ListKind, context: Context, inside: Inside = ()) -> Item | None:
    """One list item; None where its shape is wrong."""
    if node.faulty:
        return None
    if node.kind is Kind.SCALAR and not node.is_null:
        return Item(read_markdown(node, context.report, in_line=True), node.where)
    text = node.scalar("text")
    if text is None:
        return None
    blocks = read_markdown(text, context.report, in_line=True)
    below = node.listed("items")
    if below:
        blocks += (ListBlock(kind, read_items(below, kind, context, inside), node.values["items"].where),)
    blocks += read_blocks(node.listed("blocks"), context, (*inside, Place.ITEM))
    return Item(blocks, node.where, context.id_of(node), context.limits(node))
