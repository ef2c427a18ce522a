"""What the PDF writer hands to the binder: the body, its page plan, and the stamps of annex pages.

Coordinates are PDF user space: points, origin at the lower left corner of the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A page the PDF writer draws. index: 0-based page of the body PDF."""

    index: int


@dataclass(frozen=True, slots=True)
class AnnexPages:
    """All pages of one annex, in their order. annex: 0-based position in Document.annexes."""

    annex: int


PlanItem: TypeAlias = BodyPage | AnnexPages


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark. level: 1-based depth, as in TocEntry. anchor: its destination; annexes lead to their first page.

    annex: 0-based position in Document.annexes when this is an annex's entry, else None.
    """

    level: int
    title: str
    anchor: str
    annex: int | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The body PDF and all the binder needs to make the pack of it.

    content: a complete PDF. Without annexes it is the pack itself: outline, page labels, links and metadata are in it.
    plan: the pages of the finished pack in order. labels: page label of each body page ("ii", "12", "A").
    running: the running number of each body page as the footer counts, None for front matter.
    destinations: anchor → (0-based body page, top in points). outline: the whole outline, annexes included.
    annex_destinations: the annex pages that body pages link to, as document.annex_page_anchor() names them. Each is a
    named destination in the catalog's /Dests dictionary; until the binder points it to the annex's page, it leads to
    the annex's divider, or to the page before an annex that has none.

    The body is tagged. Each annex has in the structure tree a Sect of its own whose /T is the annex's title and whose
    /ID is AnnexEntry.anchor (so it is found in the IDTree); it holds the divider, where there is one, and the binder hangs what the annex's
    pages say behind that. Keys of the ParentTree from ParentTreeNextKey on are free.
    """

    content: bytes
    plan: tuple[PlanItem, ...]
    labels: tuple[str, ...]
    running: tuple[int | None, ...]
    destinations: dict[str, tuple[int, float]]
    outline: tuple[OutlineEntry, ...]
    annex_destinations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StampRequest:
    """One annex page to be stamped. annex: 0-based position in Document.annexes. page: 1-based page of the annex.
    running: the number printed on it. width, height: of its sheet as the reader sees it, upright, in points."""

    annex: int
    page: int
    running: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class StampSheet:
    """sheet: a one-page PDF whose /Resources serve every stream. streams: one content stream per StampRequest,
    in upright visible coordinates (origin at the lower left corner of what the reader sees); the binder maps
    them into the page's own space. Each stream is balanced (q … Q)."""

    sheet: bytes
    streams: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class AnnexWords:
    """What the binder says to those who hear the pack: templates with {label}, {title}, {page} and {pages}, in the pack's language.

    page_image: of a page of an annex without tags. picture: of a picture in a tagged annex that its author did not describe.
    link: of a link that leads to an annex page and has no words of its own.
    """

    page_image: str
    picture: str
    link: str
