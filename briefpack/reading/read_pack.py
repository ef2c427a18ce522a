"""A pack's folder → the pack as its author wrote it, or every fault of all its files in one run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack.errors import ExitCode, Findings, Where
from briefpack.label import LabelKind
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import Ceiling
from briefpack.pack import BRIEF_PARTS, Above, Audience, AuthorSection, Format, Pack, PackMeta
from briefpack.reading.checks import Report
from briefpack.reading.context import Context, names, words_of
from briefpack.reading.node import Kind, Node
from briefpack.reading.paths import Roots
from briefpack.reading.read_annex import read_annexes
from briefpack.reading.read_distribution import read_distribution
from briefpack.reading.read_glossary import read_glossary
from briefpack.reading.read_marking import read_ceiling
from briefpack.reading.read_policy import read_policy
from briefpack.reading.read_section import read_section
from briefpack.reading.scalars import to_datetime
from briefpack.reading.schema import PACK
from briefpack.reading.silence import SILENCE_KEY, Silenced, silences_of
from briefpack.reading.typed_lists import check_typed_titles
from briefpack.reading.yaml_tree import read_tree
from briefpack.rules import Silence

PACK_FILE = "pack.yaml"
DEFAULT_LANGUAGE = "en"
DEFAULT_STYLE = "base"


@dataclass(frozen=True, slots=True)
class PackReading:
    """pack: None when there is an error among the findings. inputs: every file that was read, in order.

    ids: every id of the pack and where it was given. silences: what it silences, of `findings` as well, in which it is still told.
    """

    pack: Pack | None
    findings: Findings
    inputs: tuple[Path, ...]
    ids: dict[str, Where]
    silences: tuple[Silence, ...] = ()


def read_pack(folder: Path, allow: Sequence[Path] = ()) -> PackReading:
    """Read a pack. folder: the pack's folder, or its pack.yaml. allow: folders outside the pack that it may use files of.

    Nothing an author wrote raises; it ends in findings.
    """
    findings = Findings()
    if folder.name == PACK_FILE and folder.is_file():
        folder = folder.parent
    file = folder / PACK_FILE
    if not folder.is_dir():
        message = "this is a file, not a pack's folder" if folder.is_file() else "there is no such folder"
        findings.error(Where(folder), message, f"name the folder that holds {PACK_FILE}", ExitCode.USAGE)
        return PackReading(None, findings, (), {})
    context = Context(Report(findings), Roots.of(folder, allow))
    if not file.is_file():
        findings.error(
            Where(file),
            f"there is no {PACK_FILE} in this folder",
            "write one, or let `briefpack new` make a first pack",
        )
        return PackReading(None, findings, (), {})
    context.inputs[file] = None
    tree = read_tree(file, findings)
    pack = None if tree is None else _pack(tree, folder, context)
    silences = silences_of(context.silenced, context.inputs, (context.roots.base, *context.roots.allow))
    if findings.has_errors or pack is None:
        return PackReading(None, findings, tuple(context.inputs), context.ids, silences)
    pack = replace(pack, silences=silences)
    return PackReading(pack, findings, tuple(context.inputs), context.ids, silences)


def _pack(tree: Node, folder: Path, context: Context) -> Pack | None:
    PACK.check(tree, context.report)
    if tree.kind is not Kind.MAP:
        return None
    if SILENCE_KEY in tree.values:
        context.silenced.append(Silenced(tree, whole=True))
    before = len(context.inputs)
    context.policy = read_policy(tree, context)
    shared = tuple(context.inputs)[before:]
    context.lost = context.policy is None and tree.get("policy") is not None
    limits = Limits(
        marking=context.marking(tree, "marking", free=True),
        title_marking=context.marking(tree, "title_marking"),
        marked_at=_place(tree, "marking"),
        title_marked_at=_place(tree, "title_marking"),
        default_marking=context.marking(tree, "default_marking"),
        default_marked_at=_place(tree, "default_marking"),
    )
    if context.policy is None:
        limits = EVERYBODY
    if context.policy is not None and limits.marking is None and tree.get("marking") is None:
        context.report.error(
            tree.where,
            "the pack has a policy, and nothing says how what is not marked counts",
            "add `marking:` to pack.yaml; all that has no marking of its own has this one",
        )
    audiences = _audiences(tree, context)
    meta = _meta(tree, context)
    distribution = read_distribution(tree, audiences, meta.language, context)
    glossary = read_glossary(tree, context)
    sections = _sections(tree, context)
    annexes = read_annexes(tree, context)
    return Pack(
        name=Path(os.path.abspath(folder)).name,  # noqa: PTH100  a link to a pack keeps its own name
        path=folder,
        meta=meta,
        sections=sections,
        annexes=annexes,
        audiences=audiences,
        inputs=tuple(context.inputs),
        glossary=glossary,
        policy=context.policy,
        limits=limits,
        shared=shared,
        labels=_labels(tree, context),
        distribution=distribution,
    )


def _place(node: Node, key: str) -> Where | None:
    return node.keys[key].where if key in node.keys else None


def _labels(tree: Node, context: Context) -> frozenset[LabelKind]:
    """The labels that its files bear; none where they cannot be made, which is reported."""
    written = tree.get("labels")
    kinds = {kind.value: kind for kind in LabelKind}
    asked = [] if written is None else [each for each in names(written) if each.text in kinds]
    if asked and context.policy is None:
        if not context.lost:
            context.report.error(
                tree.keys["labels"].where,
                "the pack has no policy, so there is no marking to put into a label",
                "add `policy: plain`, or another, to pack.yaml",
            )
        return frozenset()
    for each in asked:
        if (
            kinds[each.text] is LabelKind.SENSITIVITY
            and context.policy is not None
            and context.policy.labels.sensitivity is None
        ):
            context.report.error(
                each.where,
                f"the policy {context.policy.name} has no sensitivity labels",
                "write them into the policy file, under `labels: {sensitivity: {site: …, levels: …}}`, or leave this out",
            )
            return frozenset()
    return frozenset(kinds[each.text] for each in asked)


def _meta(tree: Node, context: Context) -> PackMeta:
    def words(key: str) -> str:
        return words_of(tree.scalar(key))

    meeting, title = tree.group("meeting"), tree.scalar("title")
    place, dates, chair = (
        words_of(meeting.scalar(key) if meeting is not None else None) for key in ("place", "dates", "chair")
    )
    as_of = words("as_of")
    return PackMeta(
        title=context.title(title),
        subtitle=context.title(tree.scalar("subtitle")),
        reference=words("reference"),
        organisation=words("organisation"),
        owner=words("owner"),
        place=place,
        dates=dates,
        chair=chair,
        version=words("version"),
        date=to_datetime(as_of),
        as_of_has_time=":" in as_of,
        language=words("language") or DEFAULT_LANGUAGE,
        marking="" if context.policy is not None else words("marking"),
        watermark=words("watermark") or None,
        where=tree.where if title is None else title.where,
    )


# --------------------------------------------------------------------------- audiences


def _audiences(tree: Node, context: Context) -> tuple[Audience, ...]:
    """The audiences; makes them known to the context, so that limits can be checked."""
    group = tree.group("audiences")
    if group is None:
        return ()
    refuses = context.policy is not None and context.policy.refuse
    above = _above(tree) or (Above.REFUSE if refuses else Above.WITHHOLD)
    audiences = tuple(_audience(name, group, above, context) for name in group.values)
    context.audiences = {audience.name: audience.tags for audience in audiences}
    context.members = frozenset().union(
        *(audience.clearance.groups for audience in audiences if audience.clearance is not None)
    )
    context.known = True
    return audiences


def _above(node: Node) -> Above | None:
    given = node.scalar("above")
    return None if given is None or given.text not in {each.value for each in Above} else Above(given.text)


def _clearance(name: str, node: Node, where: Where, context: Context) -> Ceiling | None:
    written = node.get("clearance")
    if context.lost:
        return None
    if context.policy is None:
        if written is not None:
            context.report.error(
                node.keys["clearance"].where,
                "the pack has no policy, so a clearance means nothing",
                "add `policy: plain`, or another, to pack.yaml",
            )
        return None
    if written is None:
        levels = ", ".join(level.name for level in context.policy.levels)
        context.report.error(
            where,
            f"the audience “{name}” has no clearance, and the pack has a policy",
            f"add `clearance:` with the highest level that it may see: {levels}",
        )
        return None
    return read_ceiling(written, context.policy, context.report)


def _audience(name: str, group: Node, above: Above, context: Context) -> Audience:
    node = group.values[name]
    where = group.keys[name].where
    style, marking, watermark = node.scalar("style"), node.scalar("marking"), node.scalar("watermark")
    formats, tags, parts = node.get("formats"), node.get("tags"), node.get("parts")
    formats_by_name = {kind.value: kind for kind in Format}
    wanted = [formats_by_name[n.text] for n in names(formats) if n.text in formats_by_name] if formats else []
    chosen = None if parts is None else {part.text for part in names(parts)}
    return Audience(
        name=name,
        title=words_of(node.scalar("title")) or name[:1].upper() + name[1:],
        style=DEFAULT_STYLE if style is None else style.text,
        formats=tuple(dict.fromkeys(wanted)) or (Format.PDF, Format.DOCX),
        tags=None if tags is None else tuple(dict.fromkeys(tag.text for tag in names(tags))),
        parts=tuple(part for part in BRIEF_PARTS if chosen is None or part.value in chosen),
        marking=None if marking is None or context.policy is not None else words_of(marking),
        watermark=None if watermark is None else words_of(watermark),
        where=where,
        style_where=where if style is None else style.where,
        clearance=_clearance(name, node, where, context),
        declared=None if node.kind is not Kind.MAP else context.marking(node, "marking", free=True),
        declared_at=_place(node, "marking"),
        above=_above(node) or above,
    )


# --------------------------------------------------------------------------- sections, annexes


def _sections(tree: Node, context: Context) -> tuple[AuthorSection, ...]:
    sections: list[AuthorSection] = []
    seen: dict[str, Where] = {}
    for node in tree.listed("sections"):
        file = node if node.kind is Kind.SCALAR else node.scalar("file")
        limits: Limits = EVERYBODY if node.kind is not Kind.MAP else context.limits(node)
        if file is None:
            continue
        path = context.roots.file(file, context.report, "section file")
        if path is None:
            continue
        real = os.path.realpath(path)
        first = seen.get(real)
        if first is not None:
            context.report.error(
                file.where, f"“{file.text}” is listed twice; the first is on line {first.line}", "delete one"
            )
            continue
        seen[real] = file.where
        section = read_section(path, file.where, limits, context, show=node.is_true("show"))
        if section is not None:
            sections.append(section)
    check_typed_titles(((section.title, section.where) for section in sections), context.report)
    return tuple(sections)
