"""A pack's folder → a Pack, or everything that is wrong with any of its files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.document import ListKind
from briefpack.errors import ExitCode, Findings, Where
from briefpack.pack import (
    EVERYBODY,
    Annex,
    Audience,
    AuthorBlock,
    AuthorSection,
    Brief,
    BriefPart,
    Format,
    IfRaised,
    Limits,
    NumberedBlock,
    Pack,
    PackMeta,
    Points,
    SectionKind,
)
from briefpack.reading.markdown import read_spans
from briefpack.reading.paths import Roots
from briefpack.reading.read_blocks import (
    Desk,
    agenda_of,
    blocks_of,
    items_of,
    names,
    numbered_of,
    optional_spans,
    scalar,
    text_blocks,
)
from briefpack.reading.schema import BRIEF_KEYS, IDENTIFIER, PACK, SECTION
from briefpack.reading.shape import Report, to_datetime
from briefpack.reading.yaml_tree import Kind, Node, read_tree

PACK_FILE = "pack.yaml"
_LEADING_NUMBER = re.compile(r"^\d+[-_. ]+(?=.)")


@dataclass(frozen=True, slots=True)
class PackReading:
    """pack: None when any file has an error; findings has all of them, and the warnings.

    ids: every name that a reference may use, with the place that gave it.
    """

    pack: Pack | None
    findings: Findings
    ids: dict[str, Where]


def read_pack(folder: Path, allow: Sequence[Path] = ()) -> PackReading:
    """Read pack.yaml and all it names. folder: the pack's folder or its pack.yaml.

    allow: folders outside it that paths may lead into.
    """
    if folder.name == PACK_FILE and not folder.is_dir():
        folder = folder.parent
    findings = Findings()
    report = Report(findings)
    path = folder / PACK_FILE
    if not path.exists():
        findings.error(
            Where(path),
            f"there is no {PACK_FILE} in this folder" if folder.is_dir() else "there is no such folder",
            "`briefpack new NAME` makes a pack to begin with",
        )
        return PackReading(None, findings, {})
    root = read_tree(path, findings)
    if root is None:
        return PackReading(None, findings, {})
    PACK.check(root, report)
    if root.kind is not Kind.MAP:
        return PackReading(None, findings, {})
    audiences = _audiences(root)
    desk = Desk(report, Roots.of(folder, allow), tuple(a.name for a in audiences))
    desk.inputs.append(path)
    sections = _sections(desk, root)
    annexes = _annexes(desk, root)
    pack = Pack(
        folder.resolve().name,
        folder,
        _meta(root),
        tuple(sections),
        tuple(annexes),
        tuple(audiences),
        tuple(dict.fromkeys(desk.inputs)),
    )
    return PackReading(None if findings.has_errors else pack, findings, desk.ids)


def _meta(root: Node) -> PackMeta:
    meeting = root.get("meeting")
    if meeting is None or meeting.kind is not Kind.MAP:
        meeting = Node(Kind.MAP, root.path, root.line, root.column)
    as_of = scalar(root, "as_of")
    return PackMeta(
        title=scalar(root, "title"),
        subtitle=scalar(root, "subtitle"),
        reference=scalar(root, "reference"),
        organisation=scalar(root, "organisation"),
        owner=scalar(root, "owner"),
        place=scalar(meeting, "place"),
        dates=scalar(meeting, "dates"),
        chair=scalar(meeting, "chair"),
        version=scalar(root, "version"),
        date=to_datetime(as_of),
        as_of_has_time=":" in as_of,
        language=scalar(root, "language") or "en",
        marking=scalar(root, "marking"),
        watermark=scalar(root, "watermark") or None,
        where=root.values["title"].where if "title" in root.values else root.where,
    )


def _audiences(root: Node) -> list[Audience]:
    group = root.get("audiences")
    found: list[Audience] = []
    if group is None or group.kind is not Kind.MAP:
        return found
    for name, node in group.values.items():
        value = node if node.kind is Kind.MAP else Node(Kind.MAP, node.path, node.line, node.column)
        formats = names(value.get("formats"))
        parts = names(value.get("parts"))
        known_formats = {f.value for f in Format}
        known_parts = {p.value for p in BriefPart}
        style = value.get("style")
        watermark = value.values.get("watermark")
        found.append(
            Audience(
                name=name,
                title=scalar(value, "title") or name.replace("-", " ").capitalize(),
                style=scalar(value, "style") or "base",
                formats=tuple(Format(f) for f in formats if f in known_formats)
                if formats is not None
                else tuple(Format),
                tags=names(value.get("tags")),
                parts=tuple(p for p in BriefPart if parts is None or p.value in known_parts & set(parts)),
                marking=scalar(value, "marking") or None,
                watermark=watermark.text.strip()
                if watermark is not None and watermark.kind is Kind.SCALAR and not watermark.is_null
                else None,
                where=group.keys[name].where,
                style_where=style.where if style is not None else group.keys[name].where,
            )
        )
    return found


def _sections(desk: Desk, root: Node) -> list[AuthorSection]:
    found: list[AuthorSection] = []
    listing = root.get("sections")
    seen: dict[Path, Where] = {}
    for entry in listing.items if listing is not None else ():
        node = entry if entry.kind is Kind.SCALAR else entry.get("file")
        if node is None or node.kind is not Kind.SCALAR:
            continue
        path = desk.roots.file(node, desk.report, "section file")
        if path is None:
            continue
        if path in seen:
            desk.report.error(
                node.where,
                f"“{node.text}” is listed twice; the first is at {seen[path]}",
                "delete one of them",
            )
            continue
        seen[path] = node.where
        desk.inputs.append(path)
        limits = desk.limits(entry) if entry.kind is Kind.MAP else EVERYBODY
        section = _section(desk, path, node.where, limits)
        if section is not None:
            found.append(section)
    return found


def _section(desk: Desk, path: Path, in_pack: Where, limits_in_pack: Limits) -> AuthorSection | None:
    report = desk.report
    root = read_tree(path, report.findings)
    if root is None:
        return None
    SECTION.check(root, report)
    if root.kind is not Kind.MAP:
        return None
    word = scalar(root, "kind")
    kind = SectionKind(word) if word in {k.value for k in SectionKind} else SectionKind.PLAIN
    _refuse_foreign_keys(desk, root, kind, known=word in ("", kind.value))
    name = scalar(root, "id") or _LEADING_NUMBER.sub("", path.stem)
    where = root.values["id"].where if "id" in root.values else root.where
    if "id" not in root.values and not re.fullmatch(IDENTIFIER, name):
        report.error(
            where,
            f"the file's name “{path.stem}” cannot serve as the section's name",
            "give the section an `id:`",
        )
    desk.claim(name, where, "section")
    blocks: list[AuthorBlock] = []
    if kind is SectionKind.AGENDA:
        days = root.get("days")
        blocks.extend(agenda_of(desk, day, desk.limits(day)) for day in _items(days) if day.kind is Kind.MAP)
    blocks.extend(text_blocks(desk, root.get("text")))
    blocks.extend(blocks_of(desk, root.get("blocks")))
    brief = _brief(desk, root) if kind is SectionKind.BRIEF else None
    if not blocks and (brief is None or not brief.where_of):
        report.warning(root.where, "this section has no content", "add `text:` or `blocks:`")
    cleared = to_datetime(scalar(root, "cleared"))
    return AuthorSection(
        id=name,
        kind=kind,
        title=scalar(root, "title"),
        path=path,
        lead=scalar(root, "lead"),
        cleared=cleared.date() if cleared else None,
        note=optional_spans(desk, root, "note"),
        language=scalar(root, "language") or None,
        brief=brief,
        blocks=tuple(blocks),
        where=root.values["title"].where if "title" in root.values else root.where,
        in_pack=in_pack,
        limits=desk.limits(root),
        limits_in_pack=limits_in_pack,
    )


def _items(node: Node | None) -> list[Node]:
    return node.items if node is not None and node.kind is Kind.LIST else []


def _refuse_foreign_keys(desk: Desk, root: Node, kind: SectionKind, *, known: bool) -> None:
    if not known:
        return
    owners = {**dict.fromkeys(BRIEF_KEYS, SectionKind.BRIEF), "days": SectionKind.AGENDA}
    for key, owner in owners.items():
        if key in root.values and kind is not owner:
            desk.report.error(
                root.keys[key].where,
                f"`{key}` belongs to sections of kind {owner.value}; this one is {kind.value}",
                f"add `kind: {owner.value}`, or write it as a block",
            )


def _brief(desk: Desk, root: Node) -> Brief:
    where_of = {part: root.keys[part.value].where for part in BriefPart if root.get(part.value) is not None}
    background = root.get("background")
    if background is not None and background.kind is Kind.SCALAR:
        numbered = numbered_of(desk, background)
        block: tuple[AuthorBlock, ...] = (NumberedBlock(numbered, background.where),) if numbered else ()
    else:
        block = blocks_of(desk, background)
    return Brief(
        text_blocks(desk, root.get("objective")),
        _points(desk, root.get("points")),
        _if_raised(desk, root.get("if_raised")),
        block,
        where_of,
    )


def _points(desk: Desk, node: Node | None) -> tuple[Points, ...]:
    groups: list[Points] = []
    loose: list[Node] = []

    def close() -> None:
        if loose:
            listing = Node(Kind.LIST, loose[0].path, loose[0].line, loose[0].column, items=list(loose))
            groups.append(Points(None, items_of(desk, listing, ListKind.DASHES), loose[0].where))
            loose.clear()

    for entry in _items(node):
        if entry.kind is Kind.SCALAR:
            loose.append(entry)
        elif entry.kind is Kind.MAP:
            close()
            groups.append(
                Points(
                    optional_spans(desk, entry, "to"),
                    items_of(desk, entry.get("points"), ListKind.DASHES),
                    entry.where,
                    desk.limits(entry),
                )
            )
    close()
    return tuple(groups)


def _if_raised(desk: Desk, node: Node | None) -> tuple[IfRaised, ...]:
    found: list[IfRaised] = []
    for entry in _items(node):
        if entry.kind is Kind.MAP:
            question = entry.get("question")
            found.append(
                IfRaised(
                    read_spans(question, desk.report, "`question`")
                    if question is not None and question.kind is Kind.SCALAR
                    else (),
                    text_blocks(desk, entry.get("line")),
                    entry.where,
                    desk.limits(entry),
                )
            )
    return tuple(found)


def _annexes(desk: Desk, root: Node) -> list[Annex]:
    found: list[Annex] = []
    for entry in _items(root.get("annexes")):
        if entry.kind is not Kind.MAP:
            continue
        node = entry.get("file")
        limits = desk.limits(entry)
        if node is None or node.kind is not Kind.SCALAR:
            continue
        path = desk.roots.file(node, desk.report, "annex", ExitCode.ANNEX)
        if path is None:
            continue
        desk.inputs.append(path)
        name = scalar(entry, "id") or path.stem
        where = entry.values["id"].where if "id" in entry.values else node.where
        if "id" not in entry.values and not re.fullmatch(IDENTIFIER, name):
            desk.report.error(
                where, f"the file's name “{name}” cannot serve as the annex's name", "give the annex an `id:`"
            )
        desk.claim(name, where, "annex")
        found.append(
            Annex(
                id=name,
                path=path,
                title=scalar(entry, "title"),
                source=scalar(entry, "source") or None,
                marking=scalar(entry, "marking") or None,
                where=entry.where,
                file_where=node.where,
                limits=limits,
            )
        )
    return found
