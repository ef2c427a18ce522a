"""Where on a page of a Word file a line of a copy has room: at its foot, else at its head, beside what headers and footers print there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from briefpack.copies.spots import FOOT_SIZE
from briefpack.placing import stamp_margin
from briefpack.style import Length, TextStyle
from briefpack.word.styles import style_id
from briefpack.word.widths import Widths

_SIZES = (FOOT_SIZE, 6.5, 6.0)
"""Points. That of the PDF is tried first."""
_ABOVE, _BELOW = 0.75, 0.25
"""What a line takes above and below its baseline, in ems."""
_CLEAR = 1.5
"""White above and below a line, in points."""
_EDGE = float(Length.from_mm(5))
"""White that printers want at the edges of a sheet."""
PARAGRAPH = re.compile(r'<w:p><w:pPr><w:pStyle w:val="(\w+)"/>(.*?)</w:pPr>(.*?)</w:p>', re.DOTALL)
"""A paragraph as briefpack writes it: its style, its other properties, its runs."""
_WORDS = re.compile(r"<w:t[^>]*>([^<]*)</w:t>")


@dataclass(frozen=True, slots=True)
class Foot:
    """Where the line stands on every page. baseline: from the sheet's lower edge where it is positive, else from its upper edge. size: of its letters."""

    baseline: float
    size: float


def foot(furniture: Sequence[str], widths: Widths) -> Foot:
    """Room for a line that is free on all pages. furniture: the content of all headers and footers.

    Where there is none, it stands where the stamps of annexes do.
    """
    style, page = widths.style, widths.style.page
    lines = {role: _most_lines(furniture, role, widths) for role in ("banner", "header", "footer")}
    below = [
        _taken(float(page.banner_bottom), lines["banner"], style.text["banner"], up=True),
        _taken(float(page.footer), lines["footer"], style.text["footer"], up=True),
    ]
    above = [
        _taken(float(page.banner_top), lines["banner"], style.text["banner"], up=False),
        _taken(float(page.header), lines["header"], style.text["header"], up=False),
    ]
    if lines["footer"] and style.footer.rule > 0:
        ruled = float(page.footer + style.footer.rule_gap + style.text["footer"].size)
        below.append((float(page.footer), ruled))
    margin = stamp_margin((page.width, page.height), style)
    for size in _SIZES:
        for baseline in _heights(margin, _EDGE + _BELOW * size, float(page.bottom)):
            if _is_free(baseline - _BELOW * size, baseline + _ABOVE * size, below, float(page.bottom)):
                return Foot(baseline, size)
        for down in _heights(margin, _EDGE + _ABOVE * size, float(page.top)):
            if _is_free(down - _ABOVE * size, down + _BELOW * size, above, float(page.top)):
                return Foot(-down, size)
    return Foot(margin, _SIZES[-1])


def _heights(first: float, lowest: float, highest: float) -> Iterator[float]:
    yield first
    step = lowest
    while step < highest:
        yield step
        step += 1


def _is_free(low: float, high: float, taken: Sequence[tuple[float, float]], end: float) -> bool:
    if low < _EDGE - 0.01 or high + _CLEAR > end:
        return False
    return all(high + _CLEAR <= bottom or low - _CLEAR >= top for bottom, top in taken if top > bottom)


def _taken(baseline: float, lines: int, look: TextStyle, *, up: bool) -> tuple[float, float]:
    """The band that some lines take, from the sheet's nearer edge; an empty one for no lines. up: further lines lie farther from the edge."""
    if not lines:
        return (0.0, 0.0)
    size, more = float(look.size), (lines - 1) * float(look.line_pitch)
    if up:
        return baseline - _BELOW * size, baseline + _ABOVE * size + more
    return baseline - _ABOVE * size, baseline + _BELOW * size + more


def _most_lines(furniture: Sequence[str], role: str, widths: Widths) -> int:
    """Of a role, in any of the parts."""
    wanted, page = style_id(role), widths.style.page
    narrow = min(page.text_width, page.turned.text_width)
    most = 0
    for part in furniture:
        for name, _, content in PARAGRAPH.findall(part):
            if name == wanted:
                words = words_of(content)
                once = role != "banner" or not words
                most = max(most, 1 if once else ceil(widths.width(words, role) / narrow))
    return most


def words_of(runs: str) -> str:
    """The text of some runs, as it is printed but for its entities."""
    return "".join(_WORDS.findall(runs))
