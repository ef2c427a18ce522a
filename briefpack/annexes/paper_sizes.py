"""Sizes of pages as one says them: "A4 portrait; pages 3-4 A3 landscape; page 9 of 210 × 300 mm". Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NAMED = {
    # ISO 216, then ANSI/ASME Y14.1 and what American printers call Legal; shorter side first, in millimetres.
    "A0": (841.0, 1189.0),
    "A1": (594.0, 841.0),
    "A2": (420.0, 594.0),
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "B4": (250.0, 353.0),
    "B5": (176.0, 250.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
}
_TOLERANCE = 1.5
"""Millimetres; ISO 216 allows as much on sheets of up to 150 mm and more on larger ones, and programs round to whole points."""
_MM = 25.4 / 72
_MOST = 4
"""Kinds of pages that are named beside the usual one."""


@dataclass(frozen=True, slots=True)
class SizeGroup:
    """Pages of one size. name: "A4", None for a size without one. landscape: None where the sides are equal.

    width, height: millimetres, whole. pages: 1-based.
    """

    name: str | None
    landscape: bool | None
    width: int
    height: int
    pages: tuple[int, ...]

    @property
    def words(self) -> str:
        """As in “A3 landscape”, “210 × 300 mm”."""
        if self.name is None:
            return f"{self.width} × {self.height} mm"
        return f"{self.name} {'landscape' if self.landscape else 'portrait'}"


def grouped(sizes: Iterable[tuple[float, float]]) -> tuple[SizeGroup, ...]:
    """Pages by size, the most common size first. sizes: width and height in points, upright as the reader sees them."""
    found: dict[tuple[str | None, bool | None, int, int], list[int]] = {}
    for number, (width, height) in enumerate(sizes, 1):
        found.setdefault(_kind(width * _MM, height * _MM), []).append(number)
    groups = [SizeGroup(*kind, tuple(pages)) for kind, pages in found.items()]
    return tuple(sorted(groups, key=lambda group: (-len(group.pages), group.pages[0])))


def _kind(width: float, height: float) -> tuple[str | None, bool | None, int, int]:
    short, long = sorted((width, height))
    landscape = None if round(width) == round(height) else width > height
    for name, (shorter, longer) in _NAMED.items():
        if abs(short - shorter) <= _TOLERANCE and abs(long - longer) <= _TOLERANCE:
            sides = (longer, shorter) if landscape else (shorter, longer)
            return name, landscape, round(sides[0]), round(sides[1])
    return None, landscape, round(width), round(height)


def said(groups: Sequence[SizeGroup]) -> str:
    """The usual size, then the pages that have another."""
    usual, *others = groups
    parts = [usual.words]
    for group in others[:_MOST]:
        joint = " of" if group.name is None else ""
        parts.append(f"{page_list(group.pages)}{joint} {group.words}")
    if len(others) > _MOST:
        more = len(others) - _MOST
        parts.append(f"and {more} more size{'' if more == 1 else 's'}")
    return "; ".join(parts)


def page_list(pages: Sequence[int], most: int = 6) -> str:
    """As in “page 3”, “pages 3-4, 7”; "" for none. pages: in order. most: runs of pages that are named before “…”."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    words = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:most]]
    if len(runs) > most:
        words.append("…")
    return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(words)}" if pages else ""
