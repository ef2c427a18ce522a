"""Lists that a pack makes of itself: its abbreviations, its figures and its tables.

The figures and tables are known only when every section has been set, so a walk leaves empty lists, which with_listings fills.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from briefpack.blocks import Generated, GeneratedBlock
from briefpack.document import (
    Block,
    Caption,
    Chart,
    Image,
    List,
    Listing,
    ListingEntry,
    ListItem,
    ListKind,
    Paragraph,
    Section,
    Table,
    Text,
    plain_text,
    portion_mark,
    walk,
)
from briefpack.resolve.walk import Walk


def generated(walk: Walk, block: GeneratedBlock) -> tuple[Block, ...]:
    match block.what:
        case Generated.ABBREVIATIONS:
            return (_abbreviations(walk, block),)
        case Generated.FIGURES:
            walk.listed = True
            return (Listing("figure", (), block.where), _nothing(walk, block))
        case Generated.TABLES:
            walk.listed = True
            return (Listing("table", (), block.where), _nothing(walk, block))
        case _:
            assert_never(block.what)


def _nothing(walk: Walk, block: GeneratedBlock) -> Paragraph:
    """What stands in place of a list without entries."""
    return walk.paragraph((Text(walk.word("nothing_listed")),), block.where, "secondary")


def _abbreviations(walk: Walk, block: GeneratedBlock) -> Block:
    """Those that this audience's pack uses; none is known on the first walk."""
    entries = walk.abbreviations.definitions()
    if not entries:
        return _nothing(walk, block)
    walk.counts.lists += 1
    items: list[ListItem] = []
    for entry in entries:
        with walk.portions.within(entry.limits):
            said = [walk.portion((Text(entry.long),), block.where, "list")]
            if entry.explanation:
                said.append(walk.paragraph(walk.spans(entry.explanation), entry.where, "secondary"))
            items.append(ListItem(entry.short, tuple(said), walk.portions.own))
    longest = max(len(entry.short) for entry in entries)
    return List(
        ListKind.TERMS, tuple(items), 0, walk.counts.lists, block.where, hang=longest * _CAPITAL + _GAP
    )


_CAPITAL = 0.68
"""Ems of a bold capital, about: abbreviations are made of them."""

_GAP = 1.2
"""Ems between the longest abbreviation and its words."""


# --------------------------------------------------------------------------- figures and tables


def with_listings(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with every Listing filled; a list with entries loses the line that says there are none."""
    found: dict[str, list[ListingEntry]] = {"figure": [], "table": []}
    for section in sections:
        for kind, caption, block in _captions(section.blocks):
            mark, title = portion_mark(caption.spans)
            marking = section.marking if block.marking is None else block.marking
            entry = ListingEntry(caption.label, plain_text(title), block.anchor, mark, marking)
            found[kind].append(entry)
    return tuple(
        replace(section, blocks=tuple(_filled(section.blocks, found)))
        if any(isinstance(block, Listing) for block in section.blocks)
        else section
        for section in sections
    )


def _filled(blocks: Iterable[Block], found: dict[str, list[ListingEntry]]) -> Iterator[Block]:
    steps = iter(blocks)
    for block in steps:
        if not isinstance(block, Listing):
            yield block
            continue
        nothing = next(steps)
        entries = tuple(found[block.kind])
        yield replace(block, entries=entries) if entries else nothing


def _captions(blocks: Iterable[Block]) -> Iterator[tuple[str, Caption, Table | Image | Chart]]:
    """Everything with a caption, in reading order, with its kind and its caption."""
    for block in walk(blocks):
        match block:
            case Table(caption=Caption() as caption):
                yield "table", caption, block
            case Image(caption=Caption() as caption) | Chart(caption=Caption() as caption):
                yield "figure", caption, block
            case _:
                pass
