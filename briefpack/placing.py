"""Where annex pages stand on their sheets, so that stamps stand beside them and never over them. Pure.

Coordinates are those of the reader: points, origin at the lower left corner of the sheet as he sees it, upright.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from briefpack.document import AnnexEntry, Document, Paper, Scale
from briefpack.fields import pack_values
from briefpack.style import Slots, Style
from briefpack.template import fill

Size: TypeAlias = tuple[float, float]
"""Width and height in points, upright."""

_EDGE = 0.08
"""On small sheets the margin of stamps is at most this share of the sheet's shorter side."""
_ABOVE, _BELOW, _GAP = 1.0, 0.3, 0.6
"""What a stamp's line takes above and below its baseline, and the white between it and the page, in ems."""
_MOST = 0.4
"""A row of stamps takes at most this share of its sheet's height, whatever the size of its text."""
_NEARLY, _AS_LARGE = 0.93, 0.99
"""A page goes to the pack's paper when it is there this large, measured by what it would be on a sheet of its own size: Letter on A4
and A4 on Letter do, Legal and A3 on A4 do not. Without stamps nothing may be lost but roundings of paper sizes."""


@dataclass(frozen=True, slots=True)
class Placing:
    """How a page stands on its sheet. sheet: its size. scale: 0 to 1. left, bottom: where the page's lower left corner is."""

    sheet: Size
    scale: float = 1.0
    left: float = 0.0
    bottom: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether the page is its own sheet."""
        return (self.scale, self.left, self.bottom) == (1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of stamps have something to say."""

    top: bool
    bottom: bool


Placings: TypeAlias = Sequence[Sequence[Placing]]
"""For each annex, the placing of each of its pages."""


def placings(document: Document, style: Style, sizes: Sequence[Sequence[Size]]) -> Placings:
    """The placing of every annex page. sizes: for each annex, visible width and height of its pages (AnnexFacts.sizes)."""
    values = pack_values(document.meta, style)
    found: list[list[Placing]] = []
    for annex, pages in zip(document.annexes, sizes, strict=True):
        rows = rows_of(style, {**values, **stamp_values(document, annex)})
        # Most pages of an annex have the same size.
        known = {size: place(size, annex.scale, annex.paper, style, rows) for size in set(pages)}
        found.append([known[size] for size in pages])
    return found


def stamp_values(document: Document, annex: AnnexEntry) -> dict[str, str]:
    """What the fields of stamps say of an annex, those of its first page included; an annex is marked as a document of its own, and
    what has no marking of its own carries the pack's."""
    return {
        "marking": annex.marking or document.meta.marking,
        "label": annex.label,
        "annex_page": f"{annex.label}-1",
        "page": "1",
    }


def rows_of(style: Style, values: Mapping[str, str]) -> Rows:
    """The rows that are printed with these values of fields."""

    def says(slots: Slots) -> bool:
        return any(fill(template, values) for template in (slots.left, slots.centre, slots.right) if template)

    return Rows(says(style.stamp.top), says(style.stamp.bottom))


def place(size: Size, scale: Scale, paper: Paper, style: Style, rows: Rows) -> Placing:
    """How a page of that size stands on its sheet. It keeps its proportions and is never made larger.

    FIT: a page that is about as large on the pack's paper as on a sheet of its own size stands there, in its own orientation, so that a
    pack is printed on one paper; others do as paper says.
    """
    if scale is Scale.ORIGINAL:
        return Placing(size)
    own = _into(size, size, style, rows)
    width, height = float(style.page.width), float(style.page.height)
    upright = size[0] <= size[1]
    usual = (min(width, height), max(width, height)) if upright else (max(width, height), min(width, height))
    pack = _into(size, usual, style, rows)
    enough = _NEARLY if rows.top or rows.bottom else _AS_LARGE
    return pack if paper is Paper.PACK or pack.scale >= enough * own.scale else own


def frame(sheet: Size, style: Style, rows: Rows) -> tuple[float, float]:
    """The lower and upper edge of what stamps leave free of a sheet."""
    height = sheet[1]
    size, margin = float(style.text["stamp"].size), stamp_margin(sheet, style)
    top = min(margin + (_BELOW + _GAP) * size, _MOST * height) if rows.top else 0.0
    bottom = min(margin + (_ABOVE + _GAP) * size, _MOST * height) if rows.bottom else 0.0
    return bottom, height - top


def stamp_margin(sheet: Size, style: Style) -> float:
    """From the edges of a sheet to the baselines and ends of its stamps."""
    return min(float(style.stamp.margin), _EDGE * min(sheet))


def _into(size: Size, sheet: Size, style: Style, rows: Rows) -> Placing:
    """A page on that sheet: in the middle of it, as far as stamps leave that free."""
    low, high = frame(sheet, style, rows)
    scale = min(1.0, sheet[0] / size[0], (high - low) / size[1])
    width, height = scale * size[0], scale * size[1]
    bottom = min(max((sheet[1] - height) / 2, low), high - height)
    return Placing(sheet, scale, (sheet[0] - width) / 2, bottom)
