"""A section file → a section; every fault of the file is reported, not only the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from briefpack.blocks import AgendaBlock, AuthorBlock, Generated, SpeechBlock
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import AuthorSection, Part, PartName, SectionKind
from briefpack.reading.checks import NamedNote, Report, near
from briefpack.reading.context import Context, names, spans_of, words_of
from briefpack.reading.kinds import KINDS, OWN_KEYS, KindSpec, PartSpec
from briefpack.reading.markdown import read_blocks as read_markdown
from briefpack.reading.markdown import read_note
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_agenda import read_agenda, read_programme
from briefpack.reading.read_blocks import read_blocks
from briefpack.reading.read_records import generated
from briefpack.reading.scalars import to_datetime
from briefpack.reading.schema import SECTION
from briefpack.reading.schema_parts import PART_KEYS
from briefpack.reading.typed_lists import check_typed_lists
from briefpack.reading.verbatim import shown, source_of_file
from briefpack.reading.yaml_tree import read_tree

_LEADING_NUMBER = re.compile(r"\d+[-_. ]+")

_NO_WORDS = frozenset(
    {
        "id",
        "audiences",
        "tags",
        "image",
        "portrait",
        "alt",
        "csv",
        "width",
        "date",
        "kind",
        "marking",
        "title_marking",
        "default_marking",
    }
)
"""Keys whose values are not read as text."""


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
    _check_keys(tree, spec, context)
    title = tree.scalar("title")
    where = tree.where if title is None else title.where
    given = tree.scalar("id")
    name = given.text if given is not None else default_id(path)
    context.claim(name, where if given is None else given.where)
    cleared, language = tree.scalar("cleared"), tree.scalar("language")
    moment = None if cleared is None else to_datetime(cleared.text)
    # Before any text: whatever stands in the section may lead to one of them.
    context.report.conditional = False
    context.report.notes = _notes(tree, context)
    parts = tuple(_parts(tree, spec, context))
    _check_length(tree, spec, where, context)
    blocks: list[AuthorBlock] = []
    if spec.kind is SectionKind.AGENDA:
        blocks.extend(_days(tree, context))
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
        landscape=_is_true(tree, "landscape"),
        timetable=spec.kind is SectionKind.AGENDA and _is_true(tree, "timetable"),
        conditional=context.report.conditional,
    )
    check_typed_lists(section, context.report)
    _check_notes_used(context.report)
    written = any(tree.get(key) is not None for key in spec.keys)
    if not blocks and not parts and not written and not spec.required:
        context.report.warning(
            where,
            "this section is empty: nothing but its title is printed",
            "add `text:` or `blocks:`",
            rule="empty-section",
        )
    return section


def _notes(tree: Node, context: Context) -> dict[str, NamedNote]:
    """The section's named notes, so that its texts can lead to them."""
    report = context.report
    group = tree.group("notes")
    if group is None:
        return {}
    made: dict[str, NamedNote] = {}
    for name, node in group.values.items():
        text = node.scalar("text") if node.kind is Kind.MAP else node
        if text is None or text.kind is not Kind.SCALAR or text.is_null or text.faulty:
            continue
        paragraphs = read_note(text, report)
        if not text.text.strip():
            report.error(text.where, f"the note “{name}” is empty", "write its text, or delete it")
        limits = EVERYBODY if text is node else context.limits(node)
        made[name] = NamedNote(paragraphs, group.keys[name].where, limits=limits)
    return made


def _check_notes_used(report: Report) -> None:
    """Report notes that nothing leads to; the names are of no use behind the section."""
    for name, note in report.notes.items():
        if not note.used:
            report.warning(
                note.where,
                f"nothing leads to the note “{name}”, so it is not printed",
                f"write [^{name}] where its mark shall stand, or delete it",
                rule="unused-note",
            )
    report.notes = {}


def default_id(path: Path) -> str:
    """The id of a section that gives none: "02-western-balkans.yaml" → "western-balkans"."""
    return _LEADING_NUMBER.sub("", path.stem, count=1) or path.stem


def _kind(tree: Node) -> SectionKind:
    given = tree.scalar("kind")
    kinds = {kind.value: kind for kind in SectionKind}
    return kinds.get(given.text, SectionKind.PLAIN) if given is not None else SectionKind.PLAIN


def _is_true(tree: Node, key: str) -> bool:
    given = tree.scalar(key)
    return given is not None and given.text == "true"


# --------------------------------------------------------------------------- what a kind asks for


def _check_keys(tree: Node, spec: KindSpec, context: Context) -> None:
    """Keys that belong to another kind of section, and keys that this kind must have."""
    given = tree.scalar("kind")
    if given is not None and given.text not in {kind.value for kind in SectionKind}:
        return  # a misspelt kind is one fault, and reported
    stray = [key for key in tree.keys if key in OWN_KEYS and key not in spec.keys]
    if stray:
        _report_stray(tree, stray, spec, context)
    unknown = [key for key in tree.keys if key not in SECTION.keys]
    for key in spec.required:
        known = spec.keys[key]
        value = tree.values.get(key)
        if value is None:
            # A misspelt key is one fault, not one that is unknown and one that is missing.
            if not any(near(other, (key,)) for other in unknown):
                context.report.error(
                    tree.where if given is None else given.where,
                    f"{spec.called} must have `{key}`",
                    f"add `{key}:` ({known.about})",
                )
        elif value.is_null or (value.kind is Kind.SCALAR and not value.text.strip()):
            context.report.error(
                value.where,
                f"`{key}` is empty, and {spec.called} must have it",
                f"{known.its.asks} is asked for",
            )


def _report_stray(tree: Node, stray: Sequence[str], spec: KindSpec, context: Context) -> None:
    """One error for all of them, with the kind that has most of them."""
    owner = max(
        (kind for kind in KINDS.values() if stray[0] in kind.keys),
        key=lambda kind: sum(key in kind.keys for key in stray),
    )
    listed = ", ".join(f"`{key}`" for key in stray)
    write = "add" if "kind" not in tree.keys else "write"
    context.report.error(
        tree.keys[stray[0]].where,
        f"{listed} belong{'s' if len(stray) == 1 else ''} to {owner.called}, and this section is {spec.called}",
        f"{write} `kind: {owner.kind.value}`, or use `blocks:`",
    )


def _check_length(tree: Node, spec: KindSpec, where: Where, context: Context) -> None:
    if not spec.words:
        return
    words = sum(_words(value) for part in spec.parts if (value := tree.get(part.key)) is not None)
    if words > spec.words:
        context.report.warning(
            where,
            f"this section has {words:,} words; {spec.called} has at most {spec.words:,}",
            "shorten it, or move what is for reference into a section or annex of its own",
            rule="long-section",
        )


def _words(node: Node) -> int:
    """Words of the text below a node, as a reader would count them."""
    if node.kind is Kind.SCALAR:
        return 0 if node.is_null else len(node.text.split())
    below: Iterable[Node] = (
        node.items
        if node.kind is Kind.LIST
        else (value for key, value in node.values.items() if key not in _NO_WORDS)
    )
    return sum(map(_words, below))


# --------------------------------------------------------------------------- parts


def _parts(tree: Node, spec: KindSpec, context: Context) -> Iterator[Part]:
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


_TWO_PARTS = {"use_freely": PartName.BACKGROUND, "not_for_use": PartName.BACKGROUND_NOT_FOR_USE}


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


def _days(tree: Node, context: Context) -> Iterator[AgendaBlock]:
    programme = read_programme(tree, context)
    last: date | None = None
    for day in tree.listed("days"):
        if day.kind is not Kind.MAP:
            continue
        block = replace(read_agenda(day, context, programme), limits=context.limits(day))
        if block.date is not None and last is not None and block.date < last:
            context.report.warning(
                day.values["date"].where,
                "this day is out of order: the day before it is later",
                "put the days in order, or correct the date",
                rule="out-of-order",
            )
        last = block.date or last
        if _is_true(tree, "timetable") and block.date is None:
            context.report.error(
                day.where, "a timetable shows days by their dates, and this one has none", "add `date:` to it"
            )
        yield block
