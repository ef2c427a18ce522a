"""What the contents list, and the printed numbers of the pages that they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from briefpack.document.annexes import annex_page_anchor
from briefpack.marking import Marking


class TocKind(Enum):
    """What a contents entry leads to."""

    SECTION = "section"
    HEADING = "heading"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One line of the contents. level: 1 for sections and annexes, 2 and up for headings.

    number: "2.1", an annex's label, or None. The list is the outline (bookmarks) as well: it has sections and
    annexes even where the style prints no contents (depth 0), so a contents page takes only levels up to the depth.
    An annex entry leads to the annex's first page, whose label is "<label>-1"; where the annex is divided, to that page of it. mark: of the title's portion, as in Section. marking: of the title.
    """

    kind: TocKind
    level: int
    number: str | None
    title: str
    anchor: str
    mark: str = ""
    marking: Marking | None = None
    page: int = 1

    @property
    def place(self) -> str:
        """The name of the place that an entry of another part stands for: two parts may have pages of one annex."""
        return self.anchor if self.page == 1 else annex_page_anchor(self.anchor, self.page)


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """Printed page numbers by anchor, and where they come from.

    label_of: anchor → printed number ("ii", "12", "A-1"). body_pages: the last arabic number.
    front_pages: pages before the body (cover, contents, their blanks). source: "layout" or "libreoffice".
    """

    label_of: dict[str, str]
    front_pages: int
    body_pages: int
    source: str
