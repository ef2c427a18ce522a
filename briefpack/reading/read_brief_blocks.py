"""Nodes of the blocks of a brief, from points to make to the clearance → the author's blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpans,
    ClearanceBlock,
    ClearanceStep,
    Definition,
    DefinitionsBlock,
    Fact,
    FactsBlock,
    IfRaised,
    Item,
    KeyFigure,
    KeyFiguresBlock,
    Points,
    PointsBlock,
    Priority,
    QuestionsBlock,
    QuoteBlock,
    Signature,
    SignaturesBlock,
)
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.reading.context import Context, day_of, spans_of
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.markdown import read_spans
from briefpack.reading.node import Kind, Node
from briefpack.reading.schema_brief import CLEARANCE, STEPS

ReadItem: TypeAlias = Callable[[Node], "Item | None"]
"""One list item; None where its shape is wrong."""


def _maps(nodes: Iterable[Node]) -> Sequence[Node]:
    """The groups of keys among nodes; what is none has been reported."""
    return [node for node in nodes if node.kind is Kind.MAP and not node.faulty]


BriefBlock: TypeAlias = (
    PointsBlock
    | QuestionsBlock
    | FactsBlock
    | KeyFiguresBlock
    | QuoteBlock
    | DefinitionsBlock
    | SignaturesBlock
    | ClearanceBlock
)


def read_brief_block(
    kind: str, node: Node, value: Node, context: Context, read_item: ReadItem
) -> BriefBlock | None:
    """The block under a kind key of schema_brief, without its id and limits; None where its shape is wrong.

    node: the block. value: what stands under its kind.
    """
    where = node.where
    match kind, value.kind:
        case "points", Kind.LIST:
            return PointsBlock(read_points(value.items, context, read_item), where)
        case "questions", Kind.LIST:
            return QuestionsBlock(read_questions(value.items, context), where)
        case "facts", Kind.LIST | Kind.MAP:
            facts = tuple(Fact(*entry) for entry in _labelled(value, "label", context))
            title, source = spans_of(node, "title", context), spans_of(node, "source", context)
            return FactsBlock(title, facts, source, where, as_of=day_of(node, "as_of"))
        case "key_figures", Kind.LIST:
            figures = tuple(_key_figure(entry, context) for entry in _maps(value.items))
            source = spans_of(node, "source", context)
            return KeyFiguresBlock(figures, source, where, as_of=day_of(node, "as_of"))
        case "quote", Kind.SCALAR:
            words = read_markdown(value, context.report)
            by, source = spans_of(node, "by", context), spans_of(node, "source", context)
            return QuoteBlock(words, by, source, day_of(node, "date"), where)
        case "definitions", Kind.LIST | Kind.MAP:
            entries = tuple(Definition(*entry) for entry in _labelled(value, "term", context))
            return DefinitionsBlock(entries, where)
        case "signatures", Kind.LIST:
            return SignaturesBlock(tuple(_signature(entry, context) for entry in _maps(value.items)), where)
        case "clearance", Kind.LIST:
            steps = (_step(entry, context) for entry in _maps(value.items))
            return ClearanceBlock(tuple(step for step in steps if step is not None), where)
        case _:
            return None


# --------------------------------------------------------------------------- points, questions


def read_points(nodes: Sequence[Node], context: Context, read_item: ReadItem) -> tuple[Points, ...]:
    """Groups as they are; points without one that follow each other are a group without addressee."""
    groups: list[Points] = []
    run: list[Item] = []

    def close() -> None:
        if run:
            groups.append(Points(None, tuple(run), run[0].where))
            run.clear()

    for node in nodes:
        if node.kind is Kind.MAP and "points" in node.values:
            close()
            items = tuple(
                item for below in node.listed("points") if (item := _point(below, read_item)) is not None
            )
            groups.append(Points(spans_of(node, "to", context), items, node.where, context.limits(node)))
        elif (item := _point(node, read_item)) is not None:
            run.append(item)
    close()
    return tuple(groups)


def _point(node: Node, read_item: ReadItem) -> Item | None:
    item = read_item(node)
    priority = node.scalar("priority") if node.kind is Kind.MAP else None
    if item is None or priority is None or priority.text not in {p.value for p in Priority}:
        return item
    return Item(item.blocks, item.where, item.id, item.limits, Priority(priority.text))


def read_questions(nodes: Iterable[Node], context: Context, key: str = "line") -> tuple[IfRaised, ...]:
    """Questions with what is said on them, which stands under a key."""
    return tuple(
        IfRaised(
            spans_of(node, "question", context) or (),
            () if (line := node.scalar(key)) is None else read_markdown(line, context.report),
            node.where,
            context.limits(node),
        )
        for node in _maps(nodes)
    )


# --------------------------------------------------------------------------- facts, figures, definitions


def _labelled(
    value: Node, key: str, context: Context
) -> Iterable[tuple[AuthorSpans, tuple[AuthorBlock, ...], Where, Limits]]:
    """Labels and what belongs to each: of a list, whose labels stand under key, or of a group, whose keys they are."""
    if value.kind is Kind.MAP:
        for label, said in value.values.items():
            if said.kind is Kind.SCALAR and not said.faulty and not said.is_null:
                name = value.keys[label]
                words = read_spans(name, context.report, "a label")
                yield words, read_markdown(said, context.report, in_line=True), name.where, EVERYBODY
        return
    for entry in _maps(value.items):
        text = entry.scalar("text")
        blocks = () if text is None else read_markdown(text, context.report, in_line=True)
        yield spans_of(entry, key, context) or (), blocks, entry.where, context.limits(entry)


def _key_figure(node: Node, context: Context) -> KeyFigure:
    value, label = spans_of(node, "value", context), spans_of(node, "label", context)
    return KeyFigure(
        value or (), label or (), spans_of(node, "source", context), node.where, context.limits(node)
    )


# --------------------------------------------------------------------------- who signs, who cleared


def _signature(node: Node, context: Context) -> Signature:
    name, office = spans_of(node, "name", context), spans_of(node, "office", context)
    return Signature(name or (), office, day_of(node, "date"), node.where, context.limits(node))


def _step(node: Node, context: Context) -> ClearanceStep | None:
    kind = CLEARANCE.kind(node)
    if kind is None:
        return None
    word = kind if kind in STEPS else None
    step = None if word else spans_of(node, "step", context)
    by = spans_of(node, word or "by", context)
    contact, day = spans_of(node, "contact", context), day_of(node, "date")
    return ClearanceStep(step, word, by or (), contact, day, node.where, context.limits(node))
