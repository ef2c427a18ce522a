"""Who may see what, judged once more for the audit: nothing here asks what the selection asks, so that a fault there is no fault here; pure."""

from __future__ import annotations

from collections.abc import Iterable

from briefpack.marking import Ceiling, Marking


def may_see(clearance: Ceiling, marking: Marking) -> bool:
    """Whether all of an audience may see what is marked so: not too high, released to each of them, under no caveat that they are not entitled to."""
    if marking.level > clearance.level:
        return False
    if marking.releasable is not None and not clearance.groups:
        return False
    if any(group not in marking.releasable for group in clearance.groups if marking.releasable is not None):
        return False
    return all(caveat in clearance.caveats for caveat in marking.caveats)


def together(markings: Iterable[Marking | None]) -> Marking | None:
    """The marking of a whole with these parts: the highest level, released to those who may have every part, under the caveats of all. None of none."""
    found = [marking for marking in markings if marking is not None]
    if not found:
        return None
    releases = [marking.releasable for marking in found if marking.releasable is not None]
    return Marking(
        max(marking.level for marking in found),
        frozenset.intersection(*releases) if releases else None,
        frozenset(caveat for marking in found for caveat in marking.caveats),
    )
