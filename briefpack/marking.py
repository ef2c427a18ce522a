"""Markings as a lattice: how high, releasable to whom, under which caveats; what is in a pack and how much a reader may see; pure.

A marking is made by a policy (briefpack/policy.py), which knows names and words; here there are only ranks and sets, so that the laws of a
lattice hold by construction: the marking of a whole is the least upper bound of the markings of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce


@dataclass(frozen=True, slots=True)
class Marking:
    """level: rank of the policy's level, 0 is the lowest. releasable: codes of those it may be given to, groups spelled out by their members; None is everybody.

    caveats: names of caveats and distribution markings, with all that they imply.
    """

    level: int = 0
    releasable: frozenset[str] | None = None
    caveats: frozenset[str] = frozenset()

    def __or__(self, other: Marking) -> Marking:
        """The least upper bound: the higher level, those to whom both are releasable, the caveats of both."""
        if self.releasable is None or other.releasable is None:
            common = other.releasable if self.releasable is None else self.releasable
        else:
            common = self.releasable & other.releasable
        return Marking(max(self.level, other.level), common, self.caveats | other.caveats)

    def __le__(self, other: Marking) -> bool:
        """Whether whoever may see the other may see this one: not higher, releasable to no fewer, under no other caveats."""
        return (
            self.level <= other.level
            and (
                self.releasable is None
                or (other.releasable is not None and other.releasable <= self.releasable)
            )
            and self.caveats <= other.caveats
        )

    def __lt__(self, other: Marking) -> bool:
        return self != other and self <= other


LOWEST = Marking()
"""The marking of nothing at all; the neutral element of `|`."""


def join(markings: Iterable[Marking]) -> Marking:
    """The least upper bound of any number of markings; LOWEST of none."""
    return reduce(Marking.__or__, markings, LOWEST)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What an audience may see. level: the highest rank. groups: codes of those who belong to it, groups spelled out by their members.

    caveats: names of the caveats and distribution markings that it is entitled to.
    """

    level: int
    groups: frozenset[str] = frozenset()
    caveats: frozenset[str] = frozenset()

    def admits(self, marking: Marking) -> bool:
        """Whether everybody of the audience may see what is marked so.

        What is releasable to some is for an audience only if all who belong to it are among them, and never for one that names nobody.
        """
        return (
            marking.level <= self.level
            and (marking.releasable is None or (bool(self.groups) and self.groups <= marking.releasable))
            and marking.caveats <= self.caveats
        )

    def covers(self, other: Ceiling) -> bool:
        """Whether whatever the other admits is admitted by this one."""
        return (
            other.level <= self.level
            and other.caveats <= self.caveats
            and (not other.groups or (bool(self.groups) and self.groups <= other.groups))
        )
