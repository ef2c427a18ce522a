"""What blocks are made of, for one audience: items, groups of points, lines, facts, persons and whatever else has limits of its own within a block; rows of tables are in tables.py.

Each function takes a walk and a node, and gives what stays of the node, None where it goes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from briefpack.blocks import (
    AgendaItem,
    AuthorSeries,
    ClearanceStep,
    Definition,
    Fact,
    IfRaised,
    ImageBlock,
    Item,
    KeyFigure,
    NumberedItem,
    Person,
    Points,
    Record,
    Signature,
    TimelineEntry,
)
from briefpack.select.kept_words import is_blank
from briefpack.select.spans import are_plain, limited_notes
from briefpack.select.walk import SAYS_NOTHING, Walk
from briefpack.verdict import Kind, opening, opening_of_blocks, opening_of_points, opening_of_record

_Leaf = TypeVar("_Leaf", AuthorSeries, ClearanceStep, KeyFigure, Signature)

TELLS_OF_WITHHELD = "it tells of what is withheld"

_SEVERAL = 2
"""Blocks of an item of which the first is its text."""


def cut_item(walk: Walk, item: Item) -> Item | None:
    opened = walk.open(
        Kind.ITEM,
        opening_of_blocks(item.blocks),
        item.where,
        item.limits,
        leaf=len(item.blocks) < _SEVERAL and are_plain(item.blocks),
        titled=False,
    )
    return walk.holding(item, opened, blocks=item.blocks, inside=True, lead=1)


def cut_numbered(walk: Walk, item: NumberedItem) -> NumberedItem | None:
    opened = walk.open(
        Kind.ITEM,
        opening(item.spans),
        item.where,
        item.limits,
        leaf=not item.children and not limited_notes(item.spans),
    )
    spans = walk.words(item.spans)
    children = walk.each(cut_numbered, item.children)
    silenced = is_blank(spans) and not is_blank(item.spans) and not children
    if not walk.close(opened, emptied=silenced, reason=SAYS_NOTHING):
        return None
    return walk.kept(item, spans=spans, children=children)


def cut_points(walk: Walk, points: Points) -> Points | None:
    opened = walk.open(
        Kind.POINTS, opening_of_points(points), points.where, points.limits, words=points.to is not None
    )
    return walk.made_of(points, opened, cut_item, items=points.items)


def cut_if_raised(walk: Walk, question: IfRaised) -> IfRaised | None:
    opened = walk.open(Kind.IF_RAISED, opening(question.question), question.where, question.limits)
    return walk.holding(question, opened, line=question.line, inside=True)


def cut_fact(walk: Walk, fact: Fact) -> Fact | None:
    opened = walk.open(Kind.FACT, opening(fact.label), fact.where, fact.limits)
    return walk.holding(fact, opened, blocks=fact.blocks, inside=True)


def cut_definition(walk: Walk, entry: Definition) -> Definition | None:
    opened = walk.open(Kind.DEFINITION, opening(entry.term), entry.where, entry.limits)
    return walk.holding(entry, opened, blocks=entry.blocks, inside=True)


def cut_timeline_entry(walk: Walk, entry: TimelineEntry) -> TimelineEntry | None:
    opened = walk.open(Kind.ENTRY, opening_of_blocks(entry.blocks), entry.where, entry.limits)
    return walk.holding(entry, opened, blocks=entry.blocks, inside=True)


def cut_agenda_item(walk: Walk, item: AgendaItem) -> AgendaItem | None:
    opened = walk.open(
        Kind.AGENDA_ITEM,
        opening(item.title),
        item.where,
        item.limits,
        leaf=not limited_notes(item.detail or ()),
    )
    detail = None if item.detail is None else walk.words(item.detail)
    if not walk.close(opened):
        return None
    return walk.kept(item if detail is item.detail else replace(item, detail=detail))


def cut_person(walk: Walk, person: Person) -> Person | None:
    alone = not person.blocks and person.portrait is None
    opened = walk.open(Kind.PERSON, opening(person.name), person.where, person.limits, leaf=alone)
    # A person who was written to be named stays, whatever is said of him.
    blocks = walk.blocks(person.blocks)
    portrait = None if person.portrait is None else walk.block(person.portrait)
    if not walk.close(opened):
        return None
    kept = portrait if isinstance(portrait, ImageBlock) else None
    return walk.kept(person, blocks=blocks, portrait=kept)


def cut_record(walk: Walk, record: Record) -> Record | None:
    reason = None
    if record.about is not None:
        walk.asked.add(record.about)
        reason = TELLS_OF_WITHHELD if record.about in walk.gone else None
    opened = walk.open(
        Kind.ROW,
        opening_of_record(record),
        record.where,
        record.limits,
        reason=reason,
        gets=reason is None,
        leaf=True,
    )
    return walk.closed(record, opened)


def cut_key_figure(walk: Walk, figure: KeyFigure) -> KeyFigure | None:
    return _leaf(walk, Kind.KEY_FIGURE, opening(figure.value), figure)


def cut_signature(walk: Walk, signature: Signature) -> Signature | None:
    return _leaf(walk, Kind.SIGNATURE, opening(signature.name), signature)


def cut_step(walk: Walk, step: ClearanceStep) -> ClearanceStep | None:
    return _leaf(walk, Kind.STEP, opening(step.by), step)


def cut_series(walk: Walk, series: AuthorSeries) -> AuthorSeries | None:
    return _leaf(walk, Kind.SERIES, series.name, series)


def _leaf(walk: Walk, kind: Kind, title: str, node: _Leaf) -> _Leaf | None:
    """What is nothing but its own words stays as it is or goes as a whole."""
    return walk.closed(node, walk.open(kind, title, node.where, node.limits, leaf=True))
