"""Nodes of timelines → timeline blocks, whose days are in the calendar and in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefpack.blocks import TimelineBlock, TimelineEntry
from briefpack.reading.context import Context, day_of, spans_of
from briefpack.reading.markdown import read_blocks
from briefpack.reading.node import Kind, Node


def read_timeline(node: Node, value: Node, context: Context) -> TimelineBlock:
    """The timeline without its id and limits. node: the block, with caption and source. value: its entries."""
    entries = tuple(
        _entry(entry, context) for entry in value.items if entry.kind is Kind.MAP and not entry.faulty
    )
    _check_order(entries, context)
    return TimelineBlock(
        entries,
        spans_of(node, "caption", context),
        spans_of(node, "source", context),
        node.where,
        as_of=day_of(node, "as_of"),
    )


def _entry(node: Node, context: Context) -> TimelineEntry:
    text = node.scalar("text")
    first, last = day_of(node, "date"), day_of(node, "until")
    if "date" in node.keys and "when" in node.keys:
        context.report.error(
            node.keys["when"].where, "an entry has a `date` or words for it, not both", "delete one of them"
        )
    elif not {"date", "when"} & node.keys.keys():
        context.report.error(
            node.where,
            "this entry does not say when it was",
            "add `date: 2025-04-03`, or `when:` with words: spring 2025",
        )
    elif "until" in node.keys and "date" not in node.keys:
        context.report.error(
            node.keys["until"].where,
            "`until` is the last of several days; the first is missing",
            "add `date:`",
        )
    elif first is not None and last is not None and last <= first:
        context.report.error(
            node.values["until"].where,
            f"`until` is {'the same day as' if first == last else 'before'} `date`",
            "write a later day, or delete `until:`"
            if first == last
            else "exchange the two, or correct one of them",
        )
    return TimelineEntry(
        first,
        last,
        spans_of(node, "when", context),
        () if text is None else read_blocks(text, context.report, in_line=True),
        node.where,
        context.limits(node),
    )


def _check_order(entries: Sequence[TimelineEntry], context: Context) -> None:
    """Warn where a day stands against the order of the others; a timeline may run backwards as a whole."""
    dated = [(entry.day, entry) for entry in entries if entry.day is not None]
    pairs = list(pairwise(dated))
    falls = [later for (first, _), (second, later) in pairs if second < first]
    rises = [later for (first, _), (second, later) in pairs if second > first]
    for entry in rises if len(falls) > len(rises) else falls:
        context.report.warning(
            entry.where,
            "this day is out of order: the entry before it "
            + ("is earlier" if len(falls) > len(rises) else "is later"),
            "put the entries into the order of their days, or correct the date",
            rule="out-of-order",
        )
