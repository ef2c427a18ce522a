"""A pack for one audience, from the top: its sections and their parts, its annexes and its glossary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from briefpack.annex import Annex
from briefpack.blocks import AuthorBlock, IfRaised, Points, PointsBlock, QuestionsBlock, VerbatimBlock
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import LOWEST, join
from briefpack.pack import (
    BRIEF_PARTS,
    UNTITLED,
    Abbreviation,
    AuthorSection,
    Pack,
    PackMeta,
    Part,
    SectionKind,
)
from briefpack.select import members
from briefpack.select.emptied import has_content, lost
from briefpack.select.judging import Open
from briefpack.select.kept_words import with_settled
from briefpack.select.walk import Walk
from briefpack.verdict import Kind, audience_in_words, part_name

SHOWS_WITHHELD = "it would show what is withheld from the section"


def cut_pack(walk: Walk, pack: Pack) -> Pack:
    """The pack as the audience of a walk gets it, with no other audience, no readers and no silences."""
    whole = walk.open(
        Kind.AUDIENCE,
        walk.audience.title,
        walk.audience.where,
        pack.limits,
        reason=audience_in_words(walk.audience),
    )
    walk.depth = 0
    sections = walk.each(cut_section, pack.sections)
    annexes = walk.each(cut_annex, pack.annexes)
    walk.conditional = True
    glossary = walk.each(cut_abbreviation, pack.glossary)
    own = walk.paths | {pack.meta.where.path, *pack.shared}
    walk.depth = 1
    stays = walk.close(whole)
    return replace(
        pack,
        sections=sections,
        annexes=annexes,
        audiences=(walk.audience,),
        silences=(),
        distribution=None,
        inputs=tuple(path for path in pack.inputs if path in own),
        glossary=glossary,
        limits=walk.left,
        meta=pack.meta if stays else _silent(pack.meta),
    )


def cut_section(walk: Walk, section: AuthorSection) -> AuthorSection | None:
    """What stays of a section with its parts and blocks."""
    opened = walk.open(Kind.SECTION, section.title, section.where, section.limits_in_pack, section.limits)
    walk.conditional, walk.replaces = section.conditional, False
    pick = section.kind is SectionKind.BRIEF
    parts = tuple(kept for part in section.parts if (kept := cut_part(walk, part, pick=pick)) is not None)
    blocks = walk.blocks(section.blocks)
    blocks = without_source(walk, blocks, opened)
    had = bool(section.blocks) or bool(section.parts)
    has = has_content(blocks) or bool(parts)
    only_breaks = not has_content(section.blocks) and bool(blocks)
    if not walk.close(opened, emptied=had and not has and not only_breaks):
        return None
    walk.paths.update((section.path, section.where.path))
    return walk.kept(section, parts=parts, blocks=blocks, limits_in_pack=EVERYBODY, conditional=False)


def cut_part(walk: Walk, part: Part, *, pick: bool) -> Part | None:
    """pick: whether audience and style choose among the parts of this section."""
    gets, reason = True, None
    if pick and part.name in BRIEF_PARTS and not walk.everything:
        if part.name not in walk.audience.parts:
            gets, reason = False, f"this audience's briefs have no {part_name(part.name)}"
        elif walk.printed is not None and part.name.value not in walk.printed:
            gets, reason = (
                False,
                f"the style {walk.audience.style} prints no {part_name(part.name)} of briefs",
            )
    if gets and part.name in UNTITLED and not pick and part.limits == EVERYBODY:
        kept = _cut_blocks(walk, part)
        return replace(part, blocks=kept, limits=_joined_limits(walk, kept)) if kept else None
    title = part.name.value.replace("_", " ").capitalize()
    opened = walk.open(Kind.PART, title, part.where, part.limits, reason=reason, gets=gets, words=False)
    kept = _cut_blocks(walk, part)
    if not walk.close(opened, emptied=not kept):
        return None
    return walk.kept(part, blocks=kept)


def _cut_blocks(walk: Walk, part: Part) -> tuple[AuthorBlock, ...]:
    """What stays of a part; where it is points or questions alone, they have its verdict."""
    match part.blocks:
        case (PointsBlock() as block,) if block.limits == EVERYBODY:
            groups = walk.each(members.cut_points, block.groups)
            return (replace(block, groups=groups, limits=_joined_limits(walk, groups)),) if groups else ()
        case (QuestionsBlock() as block,) if block.limits == EVERYBODY:
            pairs = walk.each(members.cut_if_raised, block.pairs)
            return (replace(block, pairs=pairs, limits=_joined_limits(walk, pairs)),) if pairs else ()
        case _:
            kept = walk.blocks(part.blocks)
            return () if lost(part.blocks, kept) else kept


def _joined_limits(walk: Walk, nodes: Iterable[AuthorBlock | Points | IfRaised]) -> Limits:
    """The limits, in a selection, of what has no words but those of these nodes."""
    if walk.policy is None:
        return EVERYBODY
    return walk.limits_of(join(node.limits.marking or LOWEST for node in nodes), LOWEST)


def without_source(walk: Walk, blocks: tuple[AuthorBlock, ...], opened: Open) -> tuple[AuthorBlock, ...]:
    """Leave out the section's own YAML, its last block, where anything of the section is withheld: it would show that."""
    inside = walk.verdicts[opened.index + 1 :]
    if not blocks or not isinstance(last := blocks[-1], VerbatimBlock) or not last.whole:
        return blocks
    if all(verdict.included for verdict in inside) and not walk.replaces:
        if walk.policy is None:
            return blocks
        # It says all that the section says.
        whole = opened.whole
        opened.inside[len(walk.verdicts) - 1] = whole
        return (*blocks[:-1], replace(last, limits=walk.limits_of(whole, whole)))
    walk.put_out(len(walk.verdicts) - 1, SHOWS_WITHHELD)
    return blocks[:-1]


def cut_annex(walk: Walk, annex: Annex) -> Annex | None:
    """An annex stays as a whole or not at all; in a pack with a policy it has its marking as words."""
    opened = walk.open(Kind.ANNEX, annex.title, annex.where, annex.limits, leaf=True)
    if not walk.close(opened):
        return None
    walk.paths.update(file.path for file in annex.files)
    if walk.policy is None or walk.left.marking is None:
        return replace(annex, limits=walk.left)
    title = annex.limits.title_marking or walk.left.marking
    limits = walk.limits_of(walk.left.marking, title)
    return replace(annex, marking=walk.policy.banner(walk.left.marking, walk.language), limits=limits)


def cut_abbreviation(walk: Walk, entry: Abbreviation) -> Abbreviation | None:
    """A glossary is looked up and not read: of what everybody gets there is no verdict, and what is not used does not count."""
    if entry.limits == EVERYBODY and walk.policy is None:
        walk.paths.add(entry.where.path)
        return with_settled(entry, walk.settle)
    opened = walk.open(Kind.ABBREVIATION, entry.short, entry.where, entry.limits, leaf=True)
    if not walk.close(opened):
        return None
    if walk.around:
        walk.around[-1].inside.pop(opened.index, None)
    walk.paths.add(entry.where.path)
    return walk.kept(entry)


def _silent(meta: PackMeta) -> PackMeta:
    """The words of a pack of which nothing may be said."""
    words = {each.name: "" for each in fields(meta) if isinstance(getattr(meta, each.name), str)}
    return replace(meta, **{**words, "language": meta.language, "watermark": None})  # type: ignore[arg-type]  # they are texts
