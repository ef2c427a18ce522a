"""What a table or a figure is called, and the lists of tables and of figures."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.document.spans import Spans
from briefpack.errors import Where
from briefpack.marking import Marking


@dataclass(frozen=True, slots=True)
class Caption:
    """label: "Table 3" or "Figure 1"; joint: what stands between it and the words, as the language has it; spans: the author's words."""

    label: str
    spans: Spans
    joint: str = ": "


@dataclass(frozen=True, slots=True)
class ListingEntry:
    """label: "Table 3". anchor: of the table or figure, whose page is printed. mark: of the portion, as in Section."""

    label: str
    title: str
    anchor: str
    mark: str = ""
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of figures or tables with their pages, like a contents of its own. kind: "figure" or "table", as the counters of Word name them."""

    kind: str
    entries: tuple[ListingEntry, ...]
    where: Where
