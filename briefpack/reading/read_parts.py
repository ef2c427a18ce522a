"""The parts that sections of one kind have → blocks; each reader takes the part's value and gives what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpans,
    ContactBlock,
    HeadingBlock,
    ImageBlock,
    Item,
    ListBlock,
    NumberedBlock,
    ParagraphBlock,
    PeopleBlock,
    Person,
    PointsBlock,
    QuestionsBlock,
    SpeechBlock,
)
from briefpack.document import ListKind, Text
from briefpack.reading.author_words import plain_words
from briefpack.reading.context import Context, spans_of, words_of
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_blocks import (
    read_blocks,
    read_item,
    read_items,
)
from briefpack.reading.read_brief_blocks import read_points, read_questions
from briefpack.reading.read_image import read_image
from briefpack.reading.read_numbered import read_numbered
from briefpack.reading.scalars import to_datetime

Blocks: TypeAlias = tuple[AuthorBlock, ...]
Reader: TypeAlias = Callable[[Node, Context], Blocks]

LONGEST_SPOKEN = 60
"""Words that a paragraph of a speaking note may have: more is no longer taken in at a glance."""

LONGEST_LIFE = 150
"""Words that a biography may have."""


def prose(node: Node, context: Context) -> Blocks:
    """Text, or blocks."""
    if node.kind is Kind.SCALAR:
        return read_markdown(node, context.report)
    return read_blocks(node.items, context)


def background(node: Node, context: Context) -> Blocks:
    """Text whose paragraphs are numbered, or blocks."""
    if node.kind is Kind.SCALAR:
        return read_numbered(node, context)
    return read_blocks(node.items, context)


def items(node: Node, context: Context) -> Blocks:
    """Text, or a list of items."""
    if node.kind is Kind.SCALAR:
        return read_markdown(node, context.report)
    made = read_items(node.items, ListKind.DASHES, context)
    return (ListBlock(ListKind.DASHES, made, node.where),) if made else ()


def numbered_items(node: Node, context: Context) -> Blocks:
    """Text, or a list of items that are counted."""
    if node.kind is Kind.SCALAR:
        return read_markdown(node, context.report)
    made = read_items(node.items, ListKind.NUMBERS, context)
    kind = ListKind.NUMBERS if len(made) > 1 else ListKind.DASHES
    return (ListBlock(kind, made, node.where),) if made else ()


def paragraphs(node: Node, context: Context) -> Blocks:
    """Numbered paragraphs."""
    read = read_numbered(node, context)
    return tuple(b for b in read if not isinstance(b, NumberedBlock) or b.items)


# --------------------------------------------------------------------------- points, questions


def points(node: Node, context: Context) -> Blocks:
    groups = read_points(node.items, context, partial(read_item, kind=ListKind.BULLETS, context=context))
    return (PointsBlock(groups, node.where),) if groups else ()


def if_raised(node: Node, context: Context) -> Blocks:
    pairs = read_questions(node.items, context)
    return (QuestionsBlock(pairs, node.where),) if pairs else ()


def questions(node: Node, context: Context) -> Blocks:
    """Questions with their answers; a topic is a heading above its own."""
    blocks: list[AuthorBlock] = []
    run: list[Node] = []

    def close() -> None:
        if run:
            blocks.append(QuestionsBlock(read_questions(run, context, "answer"), run[0].where))
            run.clear()

    for below in node.items:
        if below.kind is not Kind.MAP:
            continue
        if "topic" not in below.values:
            run.append(below)
            continue
        close()
        limits = context.limits(below)
        topic = spans_of(below, "topic", context)
        if topic is not None:
            blocks.append(HeadingBlock(2, topic, below.values["topic"].where, None, limits))
        pairs = read_questions(below.listed("questions"), context, "answer")
        if pairs:
            blocks.append(QuestionsBlock(pairs, below.where, None, limits))
    close()
    return tuple(blocks)


# --------------------------------------------------------------------------- people


def attendees(node: Node, context: Context) -> Blocks:
    """A list of people: the name strong, then the office, then what for."""
    made = tuple(item for below in node.items if (item := _attendee(below, context)) is not None)
    return (ListBlock(ListKind.DASHES, made, node.where),) if made else ()


def _attendee(node: Node, context: Context) -> Item | None:
    if node.kind is not Kind.MAP or "name" not in node.values:
        return read_item(node, ListKind.DASHES, context)
    name = spans_of(node, "name", context)
    if name is None:
        return None
    spans: AuthorSpans = tuple(replace(s, strong=True) if isinstance(s, Text) else s for s in name)
    sounds = spans_of(node, "pronunciation", context)
    if sounds is not None:
        said = (replace(s, secondary=True) if isinstance(s, Text) else s for s in sounds)
        spans = (*spans, Text(" (", secondary=True), *said, Text(")", secondary=True))
    for key, before in (("office", ", "), ("why", " – ")):
        more = spans_of(node, key, context)
        if more is not None:
            spans = (*spans, Text(before), *more)
    return Item((ParagraphBlock(spans, node.where),), node.where, None, context.limits(node))


def people(node: Node, context: Context) -> Blocks:
    made = tuple(_person(below, context) for below in node.items if below.kind is Kind.MAP)
    return (PeopleBlock(made, node.where),) if made else ()


def _person(node: Node, context: Context) -> Person:
    text = node.scalar("text")
    blocks = () if text is None else read_markdown(text, context.report)
    name = spans_of(node, "name", context) or ()
    if text is not None and (long := len(text.text.split())) > LONGEST_LIFE:
        context.report.warning(
            text.where,
            f"what is said of {plain_words(name)} has {long} words; a biography has at most {LONGEST_LIFE}",
            "leave out what the reader will not need in the room",
            rule="long-section",
        )
    return Person(
        name,
        spans_of(node, "office", context),
        spans_of(node, "pronunciation", context),
        _languages(node, context),
        spans_of(node, "last_met", context),
        _portrait(node, context),
        blocks,
        node.where,
        context.id_of(node),
        context.limits(node),
    )


def _languages(node: Node, context: Context) -> AuthorSpans | None:
    given = node.get("languages")
    if given is None or given.kind is Kind.SCALAR:
        return spans_of(node, "languages", context)
    words = ", ".join(words_of(one) for one in given.items if one.kind is Kind.SCALAR and not one.is_null)
    return (Text(words),) if words else None


def _portrait(node: Node, context: Context) -> ImageBlock | None:
    written = node.get("portrait")
    if written is not None and written.kind is Kind.MAP:
        if node.get("alt") is not None:
            context.report.error(
                node.keys["alt"].where, "`alt` belongs to the portrait", "write it into the group"
            )
        image = read_image(written, context)
        return None if image is None else replace(image, limits=context.limits(written))
    path, alt = node.scalar("portrait"), node.scalar("alt")
    if path is None:
        if alt is not None:
            context.report.error(
                node.keys["alt"].where,
                "`alt` says what a portrait shows, and there is none",
                "add `portrait:`, or delete `alt:`",
            )
        return None
    if alt is None:
        context.report.error(
            path.where, "the portrait has no `alt`", 'add `alt:` (what it shows; "" for mere decoration)'
        )
        return None
    return read_image(node, context, "portrait")


# --------------------------------------------------------------------------- speeches, contacts


def speech(node: Node, context: Context) -> Blocks:
    """Paragraphs and headings, from one text or a list of texts."""
    below = [node] if node.kind is Kind.SCALAR else node.items
    spoken = tuple(block for text in below for block in _spoken(text, context))
    return (SpeechBlock(spoken, None, node.where),) if spoken else ()


def _spoken(node: Node, context: Context) -> Iterable[AuthorBlock]:
    """Paragraphs and headings of one node; whatever else it holds is an error."""
    text = node if node.kind is Kind.SCALAR and not node.is_null else node.scalar("text")
    if text is None or node.faulty:
        return
    block_id = None if text is node else context.id_of(node)
    limits = context.limits(node)
    for block in read_markdown(text, context.report):
        match block:
            case ParagraphBlock():
                long = len(plain_words(block.spans).split())
                if long > LONGEST_SPOKEN:
                    context.report.warning(
                        block.where,
                        f"this paragraph has {long} words; a speaker takes in at most {LONGEST_SPOKEN}",
                        "divide it: one idea a paragraph",
                        rule="long-section",
                    )
                yield replace(block, id=block_id, limits=limits)
                block_id = None
            case HeadingBlock():
                yield replace(block, limits=limits)
            case _:
                context.report.error(
                    block.where,
                    "a speech is paragraphs and headings; this cannot be spoken",
                    "write each idea as a paragraph, and put what is not spoken under `blocks:`",
                )


def contact(node: Node, context: Context) -> Blocks:
    date = node.scalar("date")
    moment = None if date is None else to_datetime(date.text)
    block = ContactBlock(
        spans_of(node, "name", context),
        words_of(node.scalar("phone")),
        words_of(node.scalar("email")),
        spans_of(node, "cleared_by", context),
        None if moment is None else moment.date(),
        node.where,
    )
    empty = not (block.name or block.phone or block.email or block.cleared_by or block.date)
    return () if empty else (block,)
