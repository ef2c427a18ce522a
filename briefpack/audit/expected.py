"""What one audience must not find in its files and what it may, worked out from the whole pack; pure.

This is the audit's own judgement. It does not call the selection that it is there to check, and shares no code with it: the tree is walked without
knowing the kinds of nodes, limits and markings are judged here, and a mistake of the one is seen by the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from briefpack.audit.tree import Branch, Said
from briefpack.document import ImageData, RowKind
from briefpack.errors import Where
from briefpack.limits import Limits
from briefpack.marking import LOWEST, Marking
from briefpack.pack import BRIEF_PARTS, Audience, Pack, PartName, SectionKind

_BREAKS = frozenset({"HeadingBlock", "PageBreakBlock", "ColumnBreakBlock"})
"""What is nothing without what stands around it."""
_CONTENT = (
    *("parts", "blocks", "items", "rows", "groups", "pairs", "line", "facts", "figures", "entries"),
    *("signatures", "steps", "series", "records", "people"),
)
"""Fields that hold what their node is there for; one that loses all of it goes with its title."""
_MADE = frozenset({"GeneratedBlock"})
"""Nodes that list what there is, and say nothing themselves."""
_COMPLETE = frozenset({"Person", "NumberedItem", "BesideBlock", "AuthorCell"})
"""Nodes that say enough themselves to stand without what is in them."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A node that the audience does not get, with all that is in it.

    what: its kind in plain words. why: in words that follow the kind: "for staff only". said: every text of it and in it, in order. pictures, ids, files: likewise; ids with their places.
    annex: it is an annex, and node the annex itself; else None.
    """

    what: str
    where: Where
    why: str
    said: tuple[Said, ...]
    pictures: tuple[ImageData, ...]
    ids: tuple[tuple[str, Where], ...]
    files: tuple[str, ...]
    annex: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """allowed: every text that the audience may have, in order. pictures, ids, files, annexes (ids): of what it may have."""

    audience: Audience
    withheld: tuple[Withheld, ...]
    allowed: tuple[Said, ...]
    pictures: tuple[ImageData, ...]
    ids: frozenset[str]
    files: frozenset[str]
    annexes: frozenset[str]


def expect(pack: Pack, tree: Branch, audience: Audience, printed: Collection[str] | None = None) -> Expected:
    """What to look for in the files of an audience. tree: of the whole pack. printed: names of the parts of briefs that its style prints, None for all."""
    judge = _Judge(pack, audience, printed)
    outermost = judge.marking(pack.limits, LOWEST)
    for branch in tree.branches:
        judge.keeps(branch, outermost)
    withheld: list[Withheld] = []
    said: list[Said] = []
    pictures: list[ImageData] = []
    kept: list[Branch] = []

    def collect(branch: Branch) -> None:
        why = judge.out.get(id(branch))
        if why is not None:
            withheld.append(_withheld(branch, why))
            return
        kept.append(branch)
        said.extend(branch.said)
        pictures.extend(branch.pictures)
        for inner in branch.branches:
            collect(inner)

    for branch in tree.branches:
        collect(branch)
    return Expected(
        audience,
        tuple(withheld),
        (*_meta(pack), *said),
        tuple(pictures),
        frozenset(name for branch in kept if (name := _id(branch)) is not None),
        frozenset(path.name for branch in kept for path in branch.files),
        frozenset(branch.node.id for branch in kept if branch.kind == "Annex"),
    )


def _meta(pack: Pack) -> Iterator[Said]:
    """What the pack says of itself, which everybody gets."""
    meta = pack.meta
    for text in (meta.title, meta.subtitle, meta.reference, meta.organisation, meta.owner):
        yield Said(text, meta.where)
    for text in (meta.place, meta.dates, meta.chair, meta.version, meta.marking, meta.watermark or ""):
        yield Said(text, meta.where)


def _id(branch: Branch) -> str | None:
    given = getattr(branch.node, "id", None)
    return given if isinstance(given, str) else None


def _withheld(branch: Branch, why: str) -> Withheld:
    every = list(_all(branch))
    return Withheld(
        what=_in_words(branch),
        where=branch.where,
        why=why,
        said=tuple(said for each in every for said in each.said),
        pictures=tuple(picture for each in every for picture in each.pictures),
        ids=tuple((name, each.where) for each in every if (name := _id(each)) is not None),
        files=tuple(dict.fromkeys(path.name for each in every for path in each.files)),
        annex=branch.node.id if branch.kind == "Annex" else None,
    )


def _all(branch: Branch) -> Iterator[Branch]:
    yield branch
    for inner in branch.branches:
        yield from _all(inner)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _in_words(branch: Branch) -> str:
    """The kind of a node: “row” for an AuthorRow, “key figures” for a KeyFiguresBlock."""
    name = branch.kind.removesuffix("Block").removeprefix("Author")
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


# --------------------------------------------------------------------------- judging


class _Judge:
    """Judges each node by what its author said of it, and those that lose what they are there for. out: id() of a node that is withheld → why."""

    def __init__(self, pack: Pack, audience: Audience, printed: Collection[str] | None) -> None:
        self.pack, self.audience, self.printed = pack, audience, printed
        self.out: dict[int, str] = {}

    def keeps(self, branch: Branch, around: Marking) -> bool:
        """Whether a node stays. around: the marking of what it stands in."""
        why = self.barred(branch, around)
        if why is None:
            inner = self.marking_of(branch, around)
            for each in branch.branches:
                self.keeps(each, inner)
            for name in dict.fromkeys(each.inside for each in branch.branches):
                self.headings(branch.among(name))
            if branch.kind == "TableBlock":
                self.groups(branch.among("rows"))
            if branch.kind == "AuthorSection":
                self.parts(branch)
                self.source(branch)
            if self.emptied(branch):
                why = "everything in it is withheld"
        if why is not None:
            self.out[id(branch)] = why
        return why is None

    def stays(self, branch: Branch) -> bool:
        return id(branch) not in self.out

    # ----------------------------------------------------------------------- by what the author said

    def marking(self, limits: Limits, around: Marking) -> Marking:
        if limits.default_marking is not None:
            return limits.default_marking
        return limits.marking if limits.marking is not None else around

    def marking_of(self, branch: Branch, around: Marking) -> Marking:
        """How what is in a node counts that says nothing."""
        own = [limits.default_marking for limits in branch.limits if limits.default_marking is not None]
        own = own or [limits.marking for limits in branch.limits if limits.marking is not None]
        if not own:
            return around
        joined = own[0]
        for other in own[1:]:
            joined |= other
        return joined

    def barred(self, branch: Branch, around: Marking) -> str | None:
        """Why a node is not for this audience by its own limits; None where they let it in."""
        name, tags = self.audience.name, self.audience.tags
        for limits in branch.limits:
            if limits.audiences is not None and name not in limits.audiences:
                return f"for {_listed(limits.audiences)} only" if limits.audiences else "for nobody"
            if limits.tags is not None and tags is not None and not set(limits.tags) & set(tags):
                return f"{name} takes none of its tags ({', '.join(limits.tags) or 'none'})"
        words = [limits.title_marking for limits in branch.limits if limits.title_marking is not None]
        above = self.marking_of(branch, around)
        if words:
            above = words[0]
            for other in words[1:]:
                above |= other
        speaks = bool(branch.said or branch.pictures) or not (branch.branches or branch.kind in _MADE)
        clearance = self.audience.clearance
        if self.pack.policy is not None and clearance is not None and speaks and not clearance.admits(above):
            return f"{self.pack.policy.banner(above, 'en')} is above what {name} may see"
        return None

    # ----------------------------------------------------------------------- by what is left

    def headings(self, run: Sequence[Branch]) -> None:
        """Withhold the headings in a run under which everything is withheld."""
        for position, branch in enumerate(run):
            if branch.kind != "HeadingBlock" or not self.stays(branch):
                continue
            under: list[Branch] = []
            for other in run[position + 1 :]:
                if other.kind == "HeadingBlock" and other.node.level <= branch.node.level:
                    break
                under.append(other)
            content = [other for other in under if other.kind not in _BREAKS]
            if content and not any(map(self.stays, content)):
                self.out[id(branch)] = "everything under it is withheld"

    def groups(self, rows: Sequence[Branch]) -> None:
        """Withhold the headings of groups of rows that lose all their data."""
        for position, row in enumerate(rows):
            if row.node.kind is not RowKind.GROUP or not self.stays(row):
                continue
            under: list[Branch] = []
            for other in rows[position + 1 :]:
                if other.node.kind is RowKind.GROUP:
                    break
                under.append(other)
            data = [other for other in under if other.node.kind is RowKind.BODY]
            if data and not any(map(self.stays, data)):
                self.out[id(row)] = "every row of its group is withheld"

    def parts(self, section: Branch) -> None:
        """Withhold the parts of a brief that the audience or its style leaves out."""
        if section.node.kind is not SectionKind.BRIEF:
            return
        for part in section.among("parts"):
            name: PartName = part.node.name
            if name not in BRIEF_PARTS:
                continue
            if name not in self.audience.parts:
                self.out[id(part)] = f"briefs of {self.audience.name} have no part `{name.value}`"
            elif self.printed is not None and name.value not in self.printed:
                self.out[id(part)] = f"its style prints no part `{name.value}` of briefs"

    def source(self, section: Branch) -> None:
        """Withhold the section's own source where anything else of it is withheld: it would show that."""
        for branch in section.among("blocks"):
            if getattr(branch.node, "whole", False) and any(
                not self.stays(other) for top in section.branches for other in _all(top)
            ):
                self.out[id(branch)] = "it shows what is withheld from the section"

    def emptied(self, branch: Branch) -> bool:
        """Whether a node has lost all that it was there for."""
        content = branch.among(*_CONTENT)
        if not content or branch.kind in _COMPLETE:
            return False
        if branch.kind == "TableBlock":
            data = [row for row in content if row.node.kind is RowKind.BODY]
            return bool(data) and not any(map(self.stays, data))
        solid = [each for each in content if each.kind not in _BREAKS]
        left = [each for each in content if self.stays(each)]
        if branch.kind == "AuthorSection" and not any(each.inside == "blocks" for each in solid):
            # A section of headings alone, or one that has nothing but parts besides.
            return not left
        return not left or (bool(solid) and not any(map(self.stays, solid)))
