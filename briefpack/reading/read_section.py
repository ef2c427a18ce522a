"""A section file → a section; every fault of the file is reported, not only the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from briefpack.blocks import AuthorBlock, IfRaised, Item, Limits, Points
from briefpack.document import ListKind
from briefpack.errors import Where
from briefpack.pack import AuthorSection, Brief, BriefPart, SectionKind
from briefpack.reading.context import Context, words_of
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_blocks import (
    read_agenda,
    read_blocks,
    read_item,
    read_items,
    read_numbered,
    spans_of,
)
from briefpack.reading.scalars import to_datetime
from briefpack.reading.schema import BRIEF_KEYS, SECTION
from briefpack.reading.typed_lists import check_typed_lists
from briefpack.reading.yaml_tree import read_tree

_LEADING_NUMBER = re.compile(r"\d+[-_. ]+")


def read_section(
    path: Path, in_pack: Where, limits_in_pack: Limits, context: Context
) -> AuthorSection | None:
    """Read a section file; None when it is no YAML or no group of keys.

    With errors among the findings, the section holds what could be read. in_pack: where pack.yaml names the file.
    """
    context.inputs[path] = None
    tree = read_tree(path, context.report.findings)
    if tree is None:
        return None
    SECTION.check(tree, context.report)
    if tree.kind is not Kind.MAP:
        return None
    kind = _kind(tree)
    _check_keys(tree, kind, context)
    title = tree.scalar("title")
    where = tree.where if title is None else title.where
    given = tree.scalar("id")
    name = given.text if given is not None else default_id(path)
    context.claim(name, where if given is None else given.where)
    cleared, language = tree.scalar("cleared"), tree.scalar("language")
    moment = None if cleared is None else to_datetime(cleared.text)
    brief = _brief(tree, context) if kind is SectionKind.BRIEF else None
    blocks: list[AuthorBlock] = []
    if kind is SectionKind.AGENDA:
        blocks.extend(_days(tree, context))
    text = tree.scalar("text")
    if text is not None:
        blocks.extend(read_markdown(text, context.report))
    blocks.extend(read_blocks(tree.listed("blocks"), context))
    section = AuthorSection(
        id=name,
        kind=kind,
        title=context.title(title),
        path=path,
        lead=words_of(tree.scalar("lead")),
        cleared=None if moment is None else moment.date(),
        note=spans_of(tree, "note", context),
        language=None if language is None else language.text,
        brief=brief,
        blocks=tuple(blocks),
        where=where,
        in_pack=in_pack,
        limits=context.limits(tree),
        limits_in_pack=limits_in_pack,
    )
    check_typed_lists(section, context.report)
    if not blocks and (brief is None or not brief.where_of):
        context.report.warning(
            where,
            "this section is empty: nothing but its title is printed",
            "add `text:` or `blocks:`",
            rule="empty-section",
        )
    return section


def default_id(path: Path) -> str:
    """The id of a section that gives none: "02-western-balkans.yaml" → "western-balkans"."""
    return _LEADING_NUMBER.sub("", path.stem, count=1) or path.stem


def _kind(tree: Node) -> SectionKind:
    given = tree.scalar("kind")
    kinds = {kind.value: kind for kind in SectionKind}
    return kinds.get(given.text, SectionKind.PLAIN) if given is not None else SectionKind.PLAIN


def _check_keys(tree: Node, kind: SectionKind, context: Context) -> None:
    """Keys that belong to another kind of section."""
    given = tree.scalar("kind")
    if given is not None and given.text not in {k.value for k in SectionKind}:
        return  # a misspelt kind is one fault, and reported
    for keys, owner, name in (
        (BRIEF_KEYS, SectionKind.BRIEF, "a brief"),
        (("days",), SectionKind.AGENDA, "an agenda"),
    ):
        stray = [key for key in tree.keys if key in keys]
        if stray and kind is not owner:
            listed = ", ".join(f"`{key}`" for key in stray)
            context.report.error(
                tree.keys[stray[0]].where,
                f"{listed} belong{'s' if len(stray) == 1 else ''} to {name}, and this section is {_article(kind)}",
                f"{'add' if given is None else 'write'} `kind: {owner.value}`, or use `blocks:`",
            )


def _article(kind: SectionKind) -> str:
    return {
        SectionKind.PLAIN: "a plain one",
        SectionKind.BRIEF: "a brief",
        SectionKind.AGENDA: "an agenda",
    }[kind]


def _days(tree: Node, context: Context) -> Sequence[AuthorBlock]:
    return [
        replace(read_agenda(day, context), limits=context.limits(day))
        for day in tree.listed("days")
        if day.kind is Kind.MAP
    ]


# --------------------------------------------------------------------------- briefs


def _brief(tree: Node, context: Context) -> Brief:
    objective, background = tree.scalar("objective"), tree.get("background")
    written: tuple[AuthorBlock, ...] = ()
    if background is not None:
        written = (
            read_numbered(background, context)
            if background.kind is Kind.SCALAR
            else read_blocks(background.items, context)
        )
    return Brief(
        objective=() if objective is None else read_markdown(objective, context.report),
        points=_points(tree.listed("points"), context),
        if_raised=tuple(
            _if_raised(node, context) for node in tree.listed("if_raised") if node.kind is Kind.MAP
        ),
        background=written,
        where_of={
            part: tree.keys[part.value].where
            for part in BriefPart
            if (value := tree.get(part.value)) is not None and (value.kind is Kind.SCALAR or value.items)
        },
    )


def _points(nodes: Sequence[Node], context: Context) -> tuple[Points, ...]:
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
            groups.append(
                Points(
                    spans_of(node, "to", context),
                    read_items(node.listed("points"), ListKind.BULLETS, context),
                    node.where,
                    context.limits(node),
                )
            )
        elif (item := read_item(node, ListKind.BULLETS, context)) is not None:
            run.append(item)
    close()
    return tuple(groups)


def _if_raised(node: Node, context: Context) -> IfRaised:
    line = node.scalar("line")
    return IfRaised(
        spans_of(node, "question", context) or (),
        () if line is None else read_markdown(line, context.report),
        node.where,
        context.limits(node),
    )
