"""Which audiences get a node of a pack, as its author limits and marks it."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefpack.errors import Where
from briefpack.marking import Marking


@dataclass(frozen=True, slots=True)
class Limits:
    """Which audiences get a node. All None: everybody who gets what it stands in.

    audiences: names; only these. tags: any of these in common with the audience's own tags
    (an audience that lists no tags takes every tag).
    marking: of the node with all that is in it, None for that of what it stands in. title_marking: of its own words (title, caption, column heads) where
    they are not marked as the whole is. default_marking: of what is in the node, and of its own words, where that has no marking itself.
    marked_at, title_marked_at, default_marked_at: where the author wrote them, for messages.
    In a selection, marking is the least upper bound of what is left of the node, title_marking that of its own words; both are None in a pack without a policy.
    """

    audiences: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    marking: Marking | None = None
    title_marking: Marking | None = None
    marked_at: Where | None = field(default=None, compare=False)
    title_marked_at: Where | None = field(default=None, compare=False)
    default_marking: Marking | None = None
    default_marked_at: Where | None = field(default=None, compare=False)


EVERYBODY = Limits()
