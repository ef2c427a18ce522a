"""What one audience must not find in its files and what it may, worked out from the whole pack; pure.

It does not call the selection that it is there to check, and shares no code with it: the tree is walked without knowing the kinds of nodes, and
limits and markings are judged by the audit itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from briefpack.audit.judge import Judge
from briefpack.audit.squeeze import GAP
from briefpack.audit.tree import Branch, Choice, Said
from briefpack.document import ImageData
from briefpack.errors import Where
from briefpack.pack import Abbreviation, Audience, Pack


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
    """allowed: every text that the audience may have, in order. pictures, ids, files, annexes (ids), glossary: of what it may have."""

    audience: Audience
    withheld: tuple[Withheld, ...]
    allowed: tuple[Said, ...]
    pictures: tuple[ImageData, ...]
    ids: frozenset[str]
    files: frozenset[str]
    annexes: frozenset[str]
    glossary: tuple[Abbreviation, ...]


def expect(pack: Pack, tree: Branch, audience: Audience, printed: Collection[str] | None = None) -> Expected:
    """What to look for in the files of an audience. tree: of the whole pack. printed: names of the parts of briefs that its style prints, None for all."""
    gone: frozenset[str] = frozenset()
    while True:
        judge = Judge(pack, audience, printed, gone)
        silent = judge.pack(tree)
        found = _collected(judge, tree)
        # What is withheld may be spoken of elsewhere, and that goes as well; ever more goes, so this ends.
        more = frozenset(name for each in found.withheld for name, _ in each.ids) - found.ids
        if more <= gone:
            break
        gone |= more
    if silent is None:
        return replace(found, allowed=(*_meta(pack), *found.allowed))
    meta = tuple(said for said in _meta(pack) if said.text)
    return replace(
        found, withheld=(*found.withheld, Withheld("pack", pack.meta.where, silent, meta, (), (), ()))
    )


def _collected(judge: Judge, tree: Branch) -> Expected:
    withheld: list[Withheld] = []
    said: list[Said] = []
    pictures: list[ImageData] = []
    kept: list[Branch] = []

    def collect(branch: Branch) -> None:
        why = judge.out.get(branch)
        if why is not None:
            withheld.append(_withheld(branch, why))
            return
        kept.append(branch)
        for one in branch.said:
            said.append(Said(judge.settled(one), one.where) if one.parts else one)
            withheld.extend(map(_reworded, (each for each in judge.replaced(one) if each.words != GAP)))
        pictures.extend(branch.pictures)
        for inner in branch.branches:
            collect(inner)

    for branch in tree.branches:
        collect(branch)
    return Expected(
        judge.audience,
        tuple(withheld),
        tuple(said),
        tuple(pictures),
        frozenset(name for branch in kept if (name := _id(branch)) is not None),
        frozenset(path.name for branch in kept for path in branch.files),
        frozenset(branch.node.id for branch in kept if branch.kind == "Annex"),
        tuple(branch.node for branch in kept if isinstance(branch.node, Abbreviation)),
    )


def _reworded(choice: Choice) -> Withheld:
    """The words of a reference to what is withheld, where others are printed instead."""
    words = (Said(choice.words, choice.where),)
    return Withheld("reference", choice.where, f"`{choice.target}` is withheld", words, (), (), ())


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
    every = list(branch.all())
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


def _in_words(branch: Branch) -> str:
    """The kind of a node: “row” for an AuthorRow, “key figures” for a KeyFiguresBlock."""
    name = branch.kind.removesuffix("Block").removeprefix("Author")
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
