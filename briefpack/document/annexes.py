"""An annex as the pack names it, and the places of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from briefpack.errors import Where
from briefpack.marking import Marking


class Scale(Enum):
    """FIT: the page is made smaller so that stamps stand beside it, never over it. ORIGINAL: it keeps its size."""

    FIT = "fit"
    ORIGINAL = "original"


class Paper(Enum):
    """What becomes of pages that are larger than the pack's paper. OWN: they stay on sheets of their size. PACK: they are reduced."""

    OWN = "own"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """An annex as the pack names it. label: "A". pages: page count of the annex itself, without
    its divider. file_name: the bare name of the author's file. sha256: hex digest of that file.
    source, marking: None means the author gave none. scale, paper: how its pages stand on their sheets.
    damaged: it is what is left of a damaged file, which the divider says. beside: the author's files are put beside the pack.
    files: how many files it is made of; of several, file_name has the names of all, and sha256 is of their digests.
    mark, title_marking: as in Section. computed: the marking of its pages; None in a pack without a policy.
    first, bound: of an annex that is divided between parts of a pack, the first of its pages that is in this one, and how many are; None for all.
    """

    label: str
    title: str
    anchor: str
    pages: int
    file_name: str
    sha256: str
    where: Where
    source: str | None = None
    marking: str | None = None
    scale: Scale = Scale.ORIGINAL
    paper: Paper = Paper.OWN
    damaged: bool = False
    beside: bool = False
    files: int = 1
    mark: str = ""
    computed: Marking | None = None
    title_marking: Marking | None = None
    first: int = 1
    bound: int | None = None

    @property
    def here(self) -> range:
        """Its pages that are bound into the file, 1-based."""
        return range(self.first, self.first + (self.pages if self.bound is None else self.bound))


def annex_page_anchor(anchor: str, page: int) -> str:
    """The anchor of an annex's page (the annex's own anchor is its divider). page: 1-based."""
    return f"{anchor}_p{page}"
