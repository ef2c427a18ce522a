"""Nodes of blocks → the author's blocks; what a node's shape forbids has been reported before and is left out here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from briefpack.blocks import (
    EVERYBODY,
    AuthorBlock,
    AuthorSpans,
    CalloutBlock,
    HeadingBlock,
    ImageBlock,
    Item,
    Limits,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
)
from briefpack.document import ListKind
from briefpack.errors import Where
from briefpack.reading.context import Context, words_of
from briefpack.reading.inline import is_blank, plain_words
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.markdown import read_spans
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_table import read_table
from briefpack.reading.scalars import to_share
from briefpack.reading.schema_blocks import BLOCK
from briefpack.reading.wording import alt_fault

Blocks: TypeAlias = tuple[AuthorBlock, ...]


def read_blocks(nodes: Iterable[Node], context: Context) -> Blocks:
    """The blocks of a list of nodes, in order; one node of Markdown may be several blocks."""
    blocks: list[AuthorBlock] = []
    for node in nodes:
        if node.faulty:
            continue
        if node.kind is Kind.SCALAR:
            if not node.is_null:
                blocks.extend(read_markdown(node, context.report))
        elif node.kind is Kind.MAP:
            blocks.extend(_block(node, context))
    return tuple(blocks)


def _block(node: Node, context: Context) -> Sequence[AuthorBlock]:
    kind = BLOCK.kind(node)
    value = node.get(kind) if kind is not None else None
    if kind is None or value is None:
        return ()
    block_id = context.id_of(node)
    limits = context.limits(node)
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
            return (_list(node, value, block_id, limits, context),)
        case "numbered", _:
            return _named(read_numbered(value, context), block_id, limits)
        case "table", Kind.MAP:
            return (replace(read_table(value, context), id=block_id, limits=limits),)
        case "image", Kind.SCALAR:
            image = read_image(node, value, context)
            return () if image is None else (replace(image, id=block_id, limits=limits),)
        case "callout", Kind.SCALAR:
            title = spans_of(node, "title", context)
            return (CalloutBlock(title, read_markdown(value, context.report), value.where, block_id, limits),)
        case "agenda", Kind.MAP:
            from briefpack.reading.read_agenda import read_agenda  # noqa: PLC0415  it reads spans as this room does

            return (replace(read_agenda(value, context), id=block_id, limits=limits),)
        case "page_break", Kind.SCALAR if value.text == "true":
            return (PageBreakBlock(node.where, block_id, limits),)
        case _:
            return ()


def _named(blocks: Blocks, block_id: str | None, limits: Limits) -> Blocks:
    """All blocks with the limits of the node they come from, the first with its id."""
    if block_id is None and limits is EVERYBODY:
        return blocks
    return tuple(
        replace(block, id=block_id if number == 0 else None, limits=limits)
        for number, block in enumerate(blocks)
    )


def spans_of(node: Node, key: str, context: Context) -> AuthorSpans | None:
    """One paragraph of Markdown under a key; None when the key is not there."""
    value = node.scalar(key)
    return None if value is None or not value.text.strip() else read_spans(value, context.report, f"`{key}`")


# --------------------------------------------------------------------------- lists


def _list(node: Node, value: Node, block_id: str | None, limits: Limits, context: Context) -> ListBlock:
    style, start = node.scalar("style"), node.scalar("start")
    kinds = {kind.value: kind for kind in ListKind}
    kind = kinds.get(style.text, ListKind.BULLETS) if style is not None else ListKind.BULLETS
    first = int(start.text) if start is not None and start.text.isdecimal() and len(start.text) < 5 else 1
    if start is not None and kind is not ListKind.NUMBERS:
        context.report.error(
            node.keys["start"].where, "only a numbered list has a first number", "add `style: numbers`"
        )
    return ListBlock(kind, read_items(value.items, kind, context), node.where, first, block_id, limits)


def read_items(nodes: Iterable[Node], kind: ListKind, context: Context) -> tuple[Item, ...]:
    """List items; kind: how the items of a list inside an item are led in."""
    return tuple(item for node in nodes if (item := read_item(node, kind, context)) is not None)


def read_item(node: Node, kind: ListKind, context: Context) -> Item | None:
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
        blocks += (ListBlock(kind, read_items(below, kind, context), node.values["items"].where),)
    return Item(blocks, node.where, context.id_of(node), context.limits(node))


# --------------------------------------------------------------------------- numbered paragraphs


def read_numbered(node: Node, context: Context) -> Blocks:
    """Numbered paragraphs from a list of nodes, or from Markdown in which headings and bullets may stand between."""
    if node.kind is Kind.SCALAR:
        return _numbered_of(read_markdown(node, context.report), context)
    items = tuple(item for below in node.items if (item := _numbered_item(below, context)) is not None)
    return (NumberedBlock(items, node.where),)


def _numbered_of(blocks: Blocks, context: Context) -> Blocks:
    """Paragraphs get numbers, a numbered list becomes the level below the paragraph before it."""
    done: list[AuthorBlock] = []
    run: list[NumberedItem] = []

    def close() -> None:
        if run:
            done.append(NumberedBlock(tuple(run), run[0].where))
            run.clear()

    for block in blocks:
        match block:
            case ParagraphBlock():
                run.append(NumberedItem(block.spans, (), block.where))
            case ListBlock(kind=ListKind.NUMBERS):
                children = tuple(_numbered_from(item, context) for item in block.items)
                if run:
                    run[-1] = replace(run[-1], children=run[-1].children + children)
                else:
                    run.extend(children)
            case _:
                close()
                done.append(block)
    close()
    return tuple(done)


def _numbered_from(item: Item, context: Context) -> NumberedItem:
    """An item of a numbered Markdown list, as a numbered paragraph."""
    spans, children = _numbered_parts(item.blocks, item.where, context)
    return NumberedItem(spans, children, item.where)


def _numbered_parts(
    blocks: Blocks, where: Where, context: Context
) -> tuple[AuthorSpans, tuple[NumberedItem, ...]]:
    spans: AuthorSpans = ()
    children: list[NumberedItem] = []
    for position, block in enumerate(blocks):
        if position == 0 and isinstance(block, ParagraphBlock):
            spans = block.spans
        elif isinstance(block, ListBlock) and block.kind is ListKind.NUMBERS:
            children.extend(_numbered_from(item, context) for item in block.items)
        else:
            context.report.error(
                block.where,
                "a numbered paragraph is one paragraph, with numbered ones below it",
                "begin a new item for it, or put a `list:` block between two `numbered:` blocks",
            )
    if not blocks:
        context.report.error(where, "this numbered paragraph is empty", "write its text, or delete it")
    return spans, tuple(children)


def _numbered_item(node: Node, context: Context) -> NumberedItem | None:
    text = node if node.kind is Kind.SCALAR and not node.is_null else node.scalar("text")
    if text is None or node.faulty:
        return None
    spans, children = _numbered_parts(read_markdown(text, context.report, in_line=True), text.where, context)
    if text is node:
        return NumberedItem(spans, children, node.where)
    below = (_numbered_item(item, context) for item in node.listed("items"))
    return NumberedItem(
        spans,
        children + tuple(item for item in below if item is not None),
        node.where,
        context.id_of(node),
        context.limits(node),
    )


# --------------------------------------------------------------------------- pictures


def read_image(node: Node, value: Node, context: Context) -> ImageBlock | None:
    """The picture that value names; alt, width, caption and source are keys of node. None where it cannot be read."""
    alt, width = node.scalar("alt"), node.scalar("width")
    caption, source = spans_of(node, "caption", context), spans_of(node, "source", context)
    path = context.roots.file(value, context.report, "picture")
    if path is None:
        return None
    context.inputs[path] = None
    if alt is not None:
        fault = alt_fault(words_of(alt), value.text, plain_words(caption or ()))
        if fault is not None:
            context.report.warning(alt.where, *fault)
    from briefpack.images import ImageError, load_image  # noqa: PLC0415  many packs have no pictures

    try:
        data = load_image(path)
    except ImageError as error:
        context.report.error(value.where, f"{value.text}: {error.fact}", error.remedy)
        return None
    share = None if width is None else to_share(width)
    return ImageBlock(path, data, words_of(alt), share, caption, source, node.where)
