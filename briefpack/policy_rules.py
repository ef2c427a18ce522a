"""What the names of a marking bring along, and what must not stand together: names → the closed marking; pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from briefpack.marking import Ceiling, Marking
from briefpack.marking_reader import Named
from briefpack.policy_terms import Caveat, MarkingError, ReleaseGroup, Terms, shortened


class Rules:
    """A marking that is made here is closed: its caveats have with them all that they imply and that its level contains, its level is at least what they ask for,
    and it is releasable to no more than they allow. The join of closed markings is closed."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self.caveats: dict[str, Caveat] = {caveat.name: caveat for caveat in terms.caveats}
        self.groups: dict[str, ReleaseGroup] = {group.name: group for group in terms.release.groups}

    def codes_of(self, name: str) -> frozenset[str]:
        """Those who belong to a group, or the one code that a country or an unlisted group is."""
        group = self.groups.get(name)
        return frozenset({name}) if group is None else group.codes

    @cached_property
    def base(self) -> frozenset[str]:
        """Those to whom everything is releasable that a caveat does not narrow."""
        return frozenset().union(*(self.codes_of(name) for name in self._terms.release.base))

    @cached_property
    def brought(self) -> dict[str, frozenset[str]]:
        """Caveat → itself and all that it implies or counts as."""
        brought: dict[str, frozenset[str]] = {}
        for caveat in self._terms.caveats:
            found: set[str] = set()
            queue = [caveat.name]
            while queue:
                name = queue.pop()
                if name not in found:
                    found.add(name)
                    queue.extend((*self.caveats[name].implies, *self.caveats[name].excludes))
            brought[caveat.name] = frozenset(found)
        return brought

    @cached_property
    def _contained(self) -> tuple[frozenset[str], ...]:
        """For each level, the caveats that it contains."""
        return tuple(
            frozenset().union(
                *(
                    self.brought[each.name]
                    for each in self._terms.caveats
                    if each.contained and rank > each.highest
                )
            )
            for rank in range(len(self._terms.levels))
        )

    def usual(self, rank: int, caveats: Iterable[str]) -> frozenset[str] | None:
        """To whom something is releasable that does not say."""
        return self._narrowed(self.base if self._terms.levels[rank].based else None, caveats)

    def stand_in(self, caveats: Iterable[str]) -> int | None:
        """The level that is meant where only what is printed in its stead is written."""
        ranks = [rank for name in caveats if (rank := self.caveats[name].stands_for) is not None]
        return max(ranks, default=None)

    def make(self, named: Named, text: str) -> Marking:
        """The marking of these names. text: what was written, for messages. Raises MarkingError where they do not go together."""
        level = named.level if named.level is not None else self.stand_in(named.caveats)
        if level is None:
            raise MarkingError(
                f"“{shortened(text)}” names no level", f"its levels: {self._terms.level_names()}"
            )
        caveats = self._with_all(named.caveats)
        rank = self._raised(level, caveats)
        self._check(named, caveats, rank)
        caveats |= self._contained[rank]
        if named.releasable is None:
            return Marking(rank, self.usual(rank, caveats), caveats)
        codes: frozenset[str] = frozenset()
        if not named.nobody:
            codes = self.base.union(*(self.codes_of(name) for name in named.releasable))
        return Marking(rank, self._narrowed(codes, caveats), caveats)

    def ceiling(self, rank: int, members: frozenset[str], caveats: Iterable[str]) -> Ceiling:
        """How much may be seen by those who are entitled to these caveats."""
        free = (caveat.name for caveat in self._terms.caveats if caveat.for_all)
        return Ceiling(rank, members, self._with_all((*caveats, *free)) | self._contained[rank])

    def closed(self, marking: Marking) -> Marking:
        """The least closed marking above one."""
        caveats = self._with_all(marking.caveats)
        rank = self._raised(marking.level, caveats)
        caveats |= self._contained[rank]
        if marking.releasable is None:
            return Marking(rank, self.usual(rank, caveats), caveats)
        return Marking(rank, self._narrowed(marking.releasable, caveats), caveats)

    def _with_all(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self.brought[name] for name in names))

    def _raised(self, level: int, caveats: Iterable[str]) -> int:
        return max((level, *(self.caveats[name].at_least for name in caveats)))

    def _narrowed(self, codes: frozenset[str] | None, caveats: Iterable[str]) -> frozenset[str] | None:
        for name in caveats:
            narrow = self.caveats[name].narrows
            if narrow is not None:
                codes = narrow if codes is None else codes & narrow
        return codes

    # ------------------------------------------------------------------------- refusing

    def _check(self, named: Named, caveats: frozenset[str], rank: int) -> None:
        """Refuse what must not be written together. caveats: with all that the written ones bring along."""
        level = self._terms.levels[rank]
        if level.public and (named.caveats or named.releasable is not None):
            raise MarkingError(
                f"{level.name} is for everybody: no caveats stand with it, and no release",
                f"write {level.name} alone, or a higher level: {self._terms.level_names(rank + 1)}",
            )
        for name in named.caveats:
            self._check_level(name, rank)
        for name in sorted(caveats):
            caveat = self.caveats[name]
            other = next((each for each in caveat.excludes if each in named.caveats), None)
            if other is None and caveat.excludes_release and named.releasable:
                other = f"“{self._terms.release_prefix.strip()}”"
            if other is not None:
                bringing = [each for each in named.caveats if name in self.brought[each]]
                why = "" if name in named.caveats else f", which {bringing[0]} brings along,"
                raise MarkingError(
                    f"{name}{why} and {other} are not written together",
                    f"leave one of them away; where both meet in a whole, {name} is printed",
                )

    def _check_level(self, name: str, rank: int) -> None:
        lowest = max(self.caveats[each].lowest for each in self.brought[name])
        highest = self.caveats[name].highest
        here = self._terms.levels[rank].name
        if rank > highest:
            raise MarkingError(
                f"{name} is not written at {here}, which contains it",
                f"leave {name} away; it stands at {self._range(lowest, highest)}",
            )
        if rank < lowest:
            allowed = [each.name for each in self._terms.caveats if each.lowest <= rank <= each.highest]
            others = (
                f"at {here} there may stand {', '.join(allowed)}" if allowed else f"nothing stands at {here}"
            )
            raise MarkingError(
                f"{name} is not written at {here}",
                f"it stands at {self._range(lowest, highest)}; {others}",
            )

    def _range(self, lowest: int, highest: int) -> str:
        levels = self._terms.levels
        if lowest == highest:
            return levels[lowest].name
        if highest == len(levels) - 1:
            return f"{levels[lowest].name} and above"
        return f"{levels[lowest].name} to {levels[highest].name}"
