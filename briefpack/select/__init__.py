"""A pack and one audience in, that audience's smaller pack and a verdict on every node out; pure.

Nothing that is withheld can be reached from the smaller pack: no node, no other audience, no limit that
names one, and of the input files only those that a kept node came from.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from briefpack.errors import Where
from briefpack.known_names import known_names
from briefpack.marking import LOWEST, Marking
from briefpack.pack import BRIEF_PARTS, Audience, Pack
from briefpack.select.blocks import BlockWalk
from briefpack.select.listed_markings import with_markings_of_lists
from briefpack.select.sections import cut_pack
from briefpack.verdict import Kind, Verdict

__all__ = ["Selection", "Survey", "select", "survey"]


@dataclass(frozen=True, slots=True)
class Selection:
    """pack: what the audience gets, every limit lifted. verdicts: in the author's order, parents first.

    marking: of all that is in the pack, as it is worked out; the pack's own is higher where the author wants it so. None in a pack without a
    policy, and where the pack's own words are above what the audience may see.
    """

    pack: Pack
    verdicts: tuple[Verdict, ...]
    marking: Marking | None = None

    @property
    def withheld(self) -> int:
        """How many nodes are out, counting a container that is out once."""
        return sum(not v.included and not v.inherited for v in self.verdicts)


@dataclass(frozen=True, slots=True)
class Survey:
    """verdicts: as of an audience that gets everything; the first is on the pack. vain: where a title is marked that is all there is of a node.

    contents: the marking of what is in a node besides its own words, by the position of its verdict; of nodes that have anything in them.
    """

    verdicts: tuple[Verdict, ...]
    vain: tuple[tuple[Kind, Where], ...]
    contents: Mapping[int, Marking]


def select(pack: Pack, audience: Audience, printed: Collection[str] | None = None) -> Selection:
    """Keep of the pack what the audience gets; containers that lose everything go as well.

    printed: names of the parts of briefs that the audience's style prints, None for all of them. A heading goes when everything
    under it goes. A node that was empty as written stays.
    """
    gone: frozenset[str] = frozenset()
    while True:
        walk = BlockWalk(audience, pack.policy, language=pack.meta.language, printed=printed, gone=gone)
        chosen = cut_pack(walk, pack)
        if not walk.asked:
            break
        # What is said in place of a reference, or of a change, hangs on what is there in the end. Names only ever go, so this ends.
        now = frozenset(known_names(pack)) - frozenset(known_names(chosen))
        if not (now - gone) & walk.asked:
            break
        gone |= now
    return _selection(pack, chosen, walk)


def survey(pack: Pack) -> Survey:
    """What every node of a pack is marked, by its author and as it is worked out, whoever gets it; of a pack with a policy."""
    everybody = Audience("", "", "", (), None, BRIEF_PARTS, None, None, pack.meta.where, pack.meta.where)
    walk = BlockWalk(everybody, pack.policy, everything=True)
    cut_pack(walk, pack)
    return Survey(tuple(walk.verdicts), tuple(walk.vain), walk.contents)


def _selection(pack: Pack, chosen: Pack, walk: BlockWalk) -> Selection:
    """The pack with its marking as it is printed."""
    verdicts = tuple(walk.verdicts)
    if pack.policy is None or not verdicts[0].included:
        return Selection(chosen, verdicts)
    chosen = with_markings_of_lists(chosen)
    marking = chosen.limits.marking or LOWEST
    wanted = walk.audience.declared
    if wanted is not None and marking <= wanted:
        chosen = replace(chosen, limits=replace(chosen.limits, marking=wanted))
    whole = chosen.limits.marking or LOWEST
    verdicts = (replace(verdicts[0], marking=whole), *verdicts[1:])
    meta = replace(chosen.meta, marking=pack.policy.banner(whole, pack.meta.language))
    return Selection(replace(chosen, meta=meta), verdicts, marking)
