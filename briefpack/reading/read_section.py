"""A section file → a section; every fault of the file is reported, not only the first."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from briefpack.blocks import AuthorBlock
from briefpack.errors import Where
from briefpack.limits import Limits
from briefpack.pack import AuthorSection, SectionKind
from briefpack.reading.context import Context, spans_of, words_of
from briefpack.reading.kind_checks import check_keys, check_length
from briefpack.reading.kinds import KINDS
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.named_notes import check_notes_used, read_named_notes
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_agenda import read_days
from briefpack.reading.read_blocks import read_blocks
from briefpack.reading.scalars import to_datetime
from briefpack.reading.schema import SECTION
from briefpack.reading.section_parts import read_section_parts
from briefpack.reading.typed_lists import check_typed_lists
from briefpack.reading.verbatim import shown, source_of_file
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
    spec = KINDS[_kind(tree)]
    check_keys(tree, spec, context)
    title = tree.scalar("title")
    where = tree.where if title is None else title.where
    given = tree.scalar("id")
    name = given.text if given is not None else _default_id(path)
    context.claim(name, where if given is None else given.where)
    cleared, language = tree.scalar("cleared"), tree.scalar("language")
    moment = None if cleared is None else to_datetime(cleared.text)
    # Before any text: whatever stands in the section may lead to one of them.
    context.report.conditional = False
    context.report.notes = read_named_notes(tree, context)
    parts = tuple(read_section_parts(tree, spec, context))
    check_length(tree, spec, where, context)
    blocks: list[AuthorBlock] = []
    if spec.kind is SectionKind.AGENDA:
        blocks.extend(read_days(tree, context))
    text = tree.scalar("text")
    if text is not None:
        blocks.extend(read_markdown(text, context.report))
    blocks.extend(read_blocks(tree.listed("blocks"), context))
    if show and (source := source_of_file(tree, where)) is not None:
        said = (parts, tuple(blocks), context.limits(tree))
        blocks.append(source if context.policy is None else replace(source, shows=shown(said)))
    section = AuthorSection(
        id=name,
        kind=spec.kind,
        title=context.title(title),
        path=path,
        lead=words_of(tree.scalar("lead")),
        cleared=None if moment is None else moment.date(),
        note=spans_of(tree, "note", context),
        language=None if language is None else language.text,
        parts=parts,
        blocks=tuple(blocks),
        where=where,
        in_pack=in_pack,
        limits=context.limits(tree),
        limits_in_pack=limits_in_pack,
        landscape=tree.is_true("landscape"),
        timetable=spec.kind is SectionKind.AGENDA and tree.is_true("timetable"),
        conditional=context.report.conditional,
    )
    check_typed_lists(section, context.report)
    check_notes_used(context.report)
    written = any(tree.get(key) is not None for key in spec.keys)
    if not blocks and not parts and not written and not spec.required:
        context.report.warning(
            where,
            "this section is empty: nothing but its title is printed",
            "add `text:` or `blocks:`",
            rule="empty-section",
        )
    return section


def _default_id(path: Path) -> str:
    """The id of a section that gives none: "02-western-balkans.yaml" → "western-balkans"."""
    return _LEADING_NUMBER.sub("", path.stem, count=1) or path.stem


def _kind(tree: Node) -> SectionKind:
    given = tree.scalar("kind")
    kinds = {kind.value: kind for kind in SectionKind}
    return kinds.get(given.text, SectionKind.PLAIN) if given is not None else SectionKind.PLAIN
