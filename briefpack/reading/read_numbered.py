"""Nodes and Markdown of numbered paragraphs → numbered blocks, and whatever may stand between them."""

from __future__ import annotations

from dataclasses import replace

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpans,
    Item,
    ListBlock,
    NumberedBlock,
    NumberedItem,
    ParagraphBlock,
)
from briefpack.document import ListKind
from briefpack.errors import Where
from briefpack.reading.context import Context
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.node import Kind, Node

Blocks = tuple[AuthorBlock, ...]


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
