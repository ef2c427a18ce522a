"""How annexes are bound: the page before them, their size, and what is stamped on their pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from briefpack.document import Paper, Scale
from briefpack.style.measures import Colour, Length
from briefpack.style.page import Slots


class DividerSheet(Enum):
    """PAGE: label and title on a quiet page. BANNER: in a band of colour at the head of a page. NONE: no page before an annex."""

    PAGE = "page"
    BANNER = "banner"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Divider:
    """sheet: whether an annex has a page of its own before it, one with a banner, or none. top: share of the text frame above the label (0 to 1). line: template of the quiet line with {source},
    {pages} ("4 pages"), {range} ("A-1 to A-4"), {marking}, {label}; parts that are empty go with the separator
    before them. rule as in Cover."""

    sheet: DividerSheet
    top: float
    line: str
    rule: Length
    rule_length: Length
    rule_colour: Colour


class AnnexForm(Enum):
    """What a Word file has of annexes: their schedule, or pictures of their pages besides."""

    SCHEDULE = "schedule"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class AnnexLook:
    """How annexes are bound where the pack does not say it. scale, paper: as in annex.Annex. word: what a Word file has of them.

    recto: an annex begins on a right-hand page where the pack is printed on both sides.
    """

    scale: Scale
    paper: Paper
    word: AnnexForm
    recto: bool


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is printed on annex pages, in the reader's upright view. top, bottom: Slots with {marking}, {label},
    {annex_page} ("A-3"), {page} (running), {reference}, {title}. margin: from the sheet's visible edges to baseline and ends."""

    top: Slots
    bottom: Slots
    margin: Length
