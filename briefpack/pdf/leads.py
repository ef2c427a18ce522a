"""Where a link leads, and what it says of that: to an address, to a place of this file, or to the page of an annex that is bound into it later."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from briefpack.document import CrossReference, Link, annex_page_anchor, plain_text
from briefpack.pdf.ink import Target
from briefpack.template import SEPARATOR

NOWHERE: Mapping[str, tuple[str, str]] = {}
"""Of a file that has all of its pack."""


@dataclass(frozen=True, slots=True)
class ToAddress:
    """words: what a screen reader says of the link."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class ToPlace:
    """anchor: of a place that is named on a page of this file."""

    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class ToAnnexPage:
    """name: of the annex's page. anchor: of the annex."""

    name: str
    anchor: str
    words: str


Lead: TypeAlias = ToAddress | ToPlace | ToAnnexPage


class Leads:
    """Tells where the links of one file lead.

    undivided: anchors of annexes without a divider: links to them lead to their first page.
    elsewhere: as in PackPart; links to what is there lead to the place that has its anchor here, and say so.
    """

    def __init__(self, undivided: Collection[str], elsewhere: Mapping[str, tuple[str, str]]) -> None:
        self._undivided = frozenset(undivided)
        self._elsewhere = elsewhere

    def to(self, target: Target) -> Lead:
        """Where a link with this target leads."""
        words = plain_text((target,))
        match target:
            case Link():
                return ToAddress(target.url, words if words.strip() else target.url)
            case CrossReference():
                page = target.annex_page
                if page is None and target.anchor in self._undivided:
                    page = 1
                name = target.anchor if page is None else annex_page_anchor(target.anchor, page)
                if name in self._elsewhere:
                    _, said = self._elsewhere[name]
                    return ToPlace(name, SEPARATOR.join((words, said)))
                return ToPlace(name, words) if page is None else ToAnnexPage(name, target.anchor, words)
            case _:
                assert_never(target)
