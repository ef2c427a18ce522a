"""Which audiences get a node of a pack, as its author limits it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Which audiences get a node. Both None: everybody.

    audiences: names; only these. tags: any of these in common with the audience's own tags
    (an audience that lists no tags takes every tag).
    """

    audiences: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None


EVERYBODY = Limits()
