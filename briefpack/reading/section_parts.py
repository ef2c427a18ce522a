"""The parts of a section: which of them it has, how they are written, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefpack.blocks import AuthorBlock, Generated, SpeechBlock
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import Part, PartName, SectionKind
from briefpack.reading.context import Context, names
from briefpack.reading.kinds import KindSpec, PartSpec
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_records import generated
from briefpack.reading.schema import SECTION
from briefpack.reading.schema_parts import PART_KEYS

_TWO_PARTS = {"use_freely": PartName.BACKGROUND, "not_for_use": PartName.BACKGROUND_NOT_FOR_USE}


def read_section_parts(tree: Node, spec: KindSpec, context: Context) -> Iterator[Part]:
    """The parts that something is written in, in the order of their kind, and those that the pack makes itself."""
    for part in spec.parts:
        value = tree.get(part.key)
        if value is None:
            continue
        where = tree.keys[part.key].where
        if part.name is PartName.BACKGROUND and (value.get("use_freely") or value.get("not_for_use")):
            yield from _background(value, part, context)
            continue
        value, limits = _inside(value, part.name, context)
        if value is None:
            continue
        _check_number(value, part, context)
        blocks = part.read(value, context)
        if part.name is PartName.SPEECH:
            blocks = tuple(_with_pace(block, tree) for block in blocks)
        if blocks:
            yield Part(part.name, blocks, where, limits)
    yield from _generated(tree, spec)


def _inside(value: Node, name: PartName, context: Context) -> tuple[Node | None, Limits]:
    """What stands in a part, and the limits of the part: it may be written as a group that has both."""
    if value.kind is not Kind.MAP or value.faulty:
        return value, EVERYBODY
    limits = context.limits(value)
    if name is PartName.CONTACT:
        return value, limits
    given = [key for key in PART_KEYS if value.get(key) is not None]
    if len(given) > 1:
        context.report.error(
            value.keys[given[1]].where,
            f"a part has either `{given[0]}` or `{given[1]}`",
            f"put all of it under `{given[1]}:`",
        )
    elif not given and name is PartName.BACKGROUND:
        context.report.error(
            value.where, "this background says nothing", "add `text:`, or `use_freely:` and `not_for_use:`"
        )
    return value.get(given[0]) if given else None, limits


def _check_number(value: Node, part: PartSpec, context: Context) -> None:
    if part.most and len(value.items) > part.most:
        context.report.error(
            value.items[part.most].where,
            f"`{part.key}` has {len(value.items)} items; {part.most} is the most",
            "keep those that matter, and put the others under `blocks:`",
        )


def _background(value: Node, part: PartSpec, context: Context) -> Iterator[Part]:
    """What may be used freely, and what is not for use: two parts, so that an audience may get the first alone."""
    stray = next((key for key in value.keys if key not in _TWO_PARTS), None)
    if stray is not None and stray in SECTION.keys:
        context.report.error(
            value.keys[stray].where,
            f"`{stray}` cannot stand beside `use_freely` and `not_for_use`, which are parts of their own",
            f"write it in each of them: `not_for_use: {{text: …, {stray}: …}}`",
        )
    for key, name in _TWO_PARTS.items():
        below = value.get(key)
        if below is None:
            continue
        inner, limits = _inside(below, name, context)
        blocks = () if inner is None else part.read(inner, context)
        if blocks:
            yield Part(name, blocks, value.keys[key].where, limits)


def _with_pace(block: AuthorBlock, tree: Node) -> AuthorBlock:
    pace = tree.scalar("words_per_minute")
    if pace is None or not isinstance(block, SpeechBlock) or not pace.text.isdecimal() or len(pace.text) > 3:
        return block
    return replace(block, words_per_minute=int(pace.text) or None)


def _generated(tree: Node, spec: KindSpec) -> Iterator[Part]:
    """What a kind has although nobody writes it."""
    if spec.kind is SectionKind.ABBREVIATIONS:
        yield Part(PartName.ABBREVIATIONS, generated(Generated.ABBREVIATIONS, tree), tree.where)
    if spec.kind is SectionKind.LISTS:
        show = tree.get("show")
        wanted = None if show is None else {entry.text for entry in names(show)}
        for name, what in ((PartName.FIGURES, Generated.FIGURES), (PartName.TABLES, Generated.TABLES)):
            if wanted is None or name.value in wanted:
                yield Part(name, generated(what, tree), tree.where)
