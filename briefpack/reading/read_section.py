"""A section file → a section; every fault of the file is reported, not only the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from briefpack.blocks import AuthorBlock, Limits
from briefpack.document import ListKind
from briefpack.errors import Where
from briefpack.pack import AuthorSection, Brief, BriefPart, SectionKind
from briefpack.reading.checks import NamedNote, Report
from briefpack.reading.context import Context, words_of
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.markdown import read_note
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_blocks import (
    read_agenda,
    read_blocks,
    read_item,
    read_numbered,
    spans_of,
)
from briefpack.reading.read_brief_blocks import read_points, read_questions
from briefpack.reading.scalars import to_datetime
from briefpack.reading.schema import BRIEF_KEYS, SECTION
from briefpack.reading.typed_lists import check_typed_lists
from briefpack.reading.verbatim import source_of_file
from briefpack.reading.yaml_tree import read_tree

_LEADING_NUMBER = re.compile(r"\d+[-_. ]+")


def read_section(
    path: Path, in_pack: Where, limits_in_pack: Limits, context: Context, *, show: bool = False
) -> AuthorSection | None:
    """Read a section file; None when it is no YAML or no group of keys.

    With errors among the findings, the section holds what could be read. in_pack: where pack.yaml names the file.
    show: its YAML is printed at its end.
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
    # Before any text: whatever stands in the section may lead to one of them.
    context.report.notes = _notes(tree, context.report)
    brief = _brief(tree, context) if kind is SectionKind.BRIEF else None
    blocks: list[AuthorBlock] = []
    if kind is SectionKind.AGENDA:
        blocks.extend(_days(tree, context))
    text = tree.scalar("text")
    if text is not None:
        blocks.extend(read_markdown(text, context.report))
    blocks.extend(read_blocks(tree.listed("blocks"), context))
    if show and (source := source_of_file(tree, where)) is not None:
        blocks.append(source)
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
    _check_notes_used(context.report)
    if not blocks and (brief is None or not brief.where_of):
        context.report.warning(
            where,
            "this section is empty: nothing but its title is printed",
            "add `text:` or `blocks:`",
            rule="empty-section",
        )
    return section


def _notes(tree: Node, report: Report) -> dict[str, NamedNote]:
    """The section's named notes, so that its texts can lead to them."""
    group = tree.group("notes")
    if group is None:
        return {}
    made: dict[str, NamedNote] = {}
    for name, node in group.values.items():
        if node.kind is not Kind.SCALAR or node.is_null or node.faulty:
            continue
        paragraphs = read_note(node, report)
        if not node.text.strip():
            report.error(node.where, f"the note “{name}” is empty", "write its text, or delete it")
        made[name] = NamedNote(paragraphs, group.keys[name].where)
    return made


def _check_notes_used(report: Report) -> None:
    """Report notes that nothing leads to; the names are of no use behind the section."""
    for name, note in report.notes.items():
        if not note.used:
            report.warning(
                note.where,
                f"nothing leads to the note “{name}”, so it is not printed",
                f"write [^{name}] where its mark shall stand, or delete it",
            )
    report.notes = {}


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
        points=read_points(
            tree.listed("points"), context, partial(read_item, kind=ListKind.BULLETS, context=context)
        ),
        if_raised=read_questions(tree.listed("if_raised"), context),
        background=written,
        where_of={
            part: tree.keys[part.value].where
            for part in BriefPart
            if (value := tree.get(part.value)) is not None and (value.kind is Kind.SCALAR or value.items)
        },
    )
