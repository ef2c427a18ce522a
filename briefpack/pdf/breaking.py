"""Where lines end: pure functions on widths, first fit for ragged text, total fit for justified text.

Text is boxes (words or parts of words) with glue between them. All widths are in points. A break after box i
drops its glue and adds its hyphen. Total fit is the method of Knuth and Plass, "Breaking Paragraphs into
Lines" (1981), with the active list replaced by a search over running totals: only the few line ends that are
possible from a line start are looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

STRETCH = 0.5
"""How far a space may widen at ratio 1, as a share of itself (the book's proportion for justified text)."""
SHRINK = 0.33
"""How far a space may narrow at most, as a share of itself."""
GOOD = 1.3
"""Without hyphens, a paragraph is accepted when no line needs more stretch than this ratio."""
FAIR = 3.0
"""With hyphens, the most stretch a line may need; beyond it any break is taken that does not overflow."""

_HYPHEN_PENALTY = 50.0
_DASH_PENALTY = 25.0
_DOUBLE_HYPHEN = 3_000.0
_INFINITE = float("inf")
_SLACK = 0.005
"""Points by which rounding may make a line too wide without being seen."""


@dataclass(slots=True)
class Boxes:
    """A run of text without forced breaks.

    widths: of each box. glue: natural space after each box, 0 inside a word. hyphen: width of the hyphen a break
    after the box adds, 0 where none is added. divided: whether a break after the box divides a word (hyphen or dash).
    """

    widths: Sequence[float]
    glue: Sequence[float]
    hyphen: Sequence[float] | None = None

    def __len__(self) -> int:
        return len(self.widths)


@dataclass(frozen=True, slots=True)
class Line:
    """Boxes start to stop (exclusive). width: natural, hyphen included, last glue not."""

    start: int
    stop: int
    width: float


def _totals(boxes: Boxes) -> tuple[list[float], list[float]]:
    """start[i]: where box i begins; end[i]: where it ends; measured from the first box."""
    advances = list(map(float.__add__, map(float, boxes.widths), map(float, boxes.glue)))
    start = [0.0, *accumulate(advances)]
    end = [s + w for s, w in zip(start, boxes.widths, strict=False)]
    return start, end


def first_fit(boxes: Boxes, first: float, rest: float) -> list[Line]:
    """Fill each line as far as it goes. first, rest: the measure of the first and of the other lines.

    A box wider than the measure stands alone on its line and overflows: the caller divides such boxes before.
    """
    count = len(boxes)
    if count == 0:
        return []
    start, end = _totals(boxes)
    hyphen = boxes.hyphen
    lines: list[Line] = []
    i = 0
    measure = first
    while i < count:
        j = bisect_right(end, start[i] + measure + _SLACK, i)
        if hyphen is not None:
            while j > i + 1 and j < count and end[j - 1] - start[i] + hyphen[j - 1] > measure + _SLACK:
                j -= 1
        if j == i:
            j = i + 1
        extra = hyphen[j - 1] if hyphen is not None and j < count else 0.0
        lines.append(Line(i, j, end[j - 1] - start[i] + extra))
        i = j
        measure = rest
    return lines


def total_fit(boxes: Boxes, first: float, rest: float, tolerance: float) -> list[Line] | None:
    """The breaks with the least demerits over the whole paragraph, or None when no way keeps every line
    within tolerance (the largest stretch ratio) and within the measure."""
    count = len(boxes)
    if count == 0:
        return []
    start, end = _totals(boxes)
    hyphen = boxes.hyphen
    glue = [0.0, *accumulate(boxes.glue)]
    # best[i]: least demerits of a set of lines that ends before box i; came[i]: where its last line starts.
    best = [_INFINITE] * (count + 1)
    came = [0] * (count + 1)
    best[0] = 0.0
    for i in range(count):
        so_far = best[i]
        if so_far == _INFINITE:
            continue
        measure = first if i == 0 else rest
        origin = start[i]
        # The widest line that could fit: all its spaces shrunk.
        j = bisect_right(end, origin + measure + _SLACK, i)
        limit = j
        while limit < count:
            inside = glue[limit] - glue[i]
            if end[limit] - origin - SHRINK * inside > measure + _SLACK:
                break
            limit += 1
        was_hyphen = hyphen is not None and i > 0 and hyphen[i - 1] > 0
        for j in range(limit, i, -1):
            natural = end[j - 1] - origin
            inside = glue[j - 1] - glue[i]
            penalty = 0.0
            if j == count:
                # The last line is set at its natural width, or shrunk when it is a little too wide.
                if natural <= measure + _SLACK:
                    demerits = 1.0
                elif inside and natural - SHRINK * inside <= measure + _SLACK:
                    ratio = (natural - measure) / (SHRINK * inside)
                    demerits = (1 + 100 * ratio**3) ** 2
                else:
                    continue
            else:
                if boxes.glue[j - 1] == 0:
                    penalty = _DASH_PENALTY
                    if hyphen is not None and hyphen[j - 1] > 0:
                        natural += hyphen[j - 1]
                        penalty = _HYPHEN_PENALTY
                gap = measure - natural
                if gap >= 0:
                    if inside == 0:
                        if gap > _SLACK:
                            break  # a single box: nothing can stretch, and shorter lines are worse
                        ratio = 0.0
                    else:
                        ratio = gap / (STRETCH * inside)
                        if ratio > tolerance:
                            break
                else:
                    if inside == 0:
                        if gap < -_SLACK:
                            continue
                        ratio = 0.0
                    else:
                        ratio = -gap / (SHRINK * inside)
                        if ratio > 1 + 1e-9:
                            continue
                demerits = (1 + 100 * ratio**3 + penalty) ** 2
                if penalty == _HYPHEN_PENALTY and was_hyphen:
                    demerits += _DOUBLE_HYPHEN
            total = so_far + demerits
            if total < best[j]:
                best[j] = total
                came[j] = i
    if best[count] == _INFINITE:
        return None
    stops: list[int] = []
    j = count
    while j > 0:
        stops.append(j)
        j = came[j]
    lines: list[Line] = []
    i = 0
    for j in reversed(stops):
        extra = hyphen[j - 1] if hyphen is not None and j < count else 0.0
        lines.append(Line(i, j, end[j - 1] - start[i] + extra))
        i = j
    return lines
