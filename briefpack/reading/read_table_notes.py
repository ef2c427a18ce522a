"""Nodes of the notes below a table → notes, each with a mark that stands in the table."""

from __future__ import annotations

from collections.abc import Iterator

from briefpack.blocks import (
    AuthorSpans,
    AuthorTableNote,
    HeadingBlock,
    ParagraphBlock,
    TableBlock,
    runs_of,
    walk,
)
from briefpack.document import Position, Text
from briefpack.limits import EVERYBODY
from briefpack.reading.context import Context
from briefpack.reading.markdown import read_spans
from briefpack.reading.node import Kind, Node


def read_notes(node: Node, table: TableBlock, context: Context) -> tuple[AuthorTableNote, ...]:
    """The notes under `notes`; a mark that the table does not have is a warning. node: the table's."""
    written = node.group("notes")
    if written is None or written.faulty:
        return ()
    marks = {mark for spans in _spans_of(table) for mark in _raised(spans)}
    for mark, name in written.keys.items():
        if mark not in marks:
            context.report.warning(
                name.where,
                f"nothing in the table refers to the note “{mark}”",
                f"write ^{mark}^ behind the words or the number that it explains, or delete it",
                rule="unused-note",
            )
    return tuple(_notes(written, context))


def _notes(written: Node, context: Context) -> Iterator[AuthorTableNote]:
    for mark, node in written.values.items():
        text = node.scalar("text") if node.kind is Kind.MAP else node
        if text is None or text.kind is not Kind.SCALAR or text.faulty or text.is_null:
            continue
        limits = EVERYBODY if text is node else context.limits(node)
        yield AuthorTableNote(mark, read_spans(text, context.report, "a note"), text.where, limits)


def _spans_of(table: TableBlock) -> Iterator[AuthorSpans]:
    for column in table.columns:
        yield column.title or ()
        yield column.group or ()
    yield table.caption or ()
    for run in runs_of(table):
        yield from (block.spans for block in walk(run) if isinstance(block, ParagraphBlock | HeadingBlock))


def _raised(spans: AuthorSpans) -> Iterator[str]:
    """The marks among spans; several at one place stand with commas between them."""
    for span in spans:
        if isinstance(span, Text) and span.position is Position.SUPER:
            yield from (mark.strip() for mark in span.text.split(","))
