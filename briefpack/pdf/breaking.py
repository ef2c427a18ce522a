"""Where lines end: pure functions on widths, first fit for ragged text and total fit for justified text.

A text is a row of boxes (words) with a space between neighbours, laid out on one endless line: box k reaches from
starts[k] to ends[k]. A line may end after any box, and inside a box at its points. All lengths are in points.

Total fit is the method of Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and Experience 11,
1981). Its list of active nodes is replaced by a search in ends: from each place where a line can begin, only the few
places are looked at where it can end, so a line costs some twenty steps however long the paragraph is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[int, float, float, bool]
"""A break inside a box: (offset in characters, where the line then ends, where the next one begins, hyphen).

Both distances are from the box's start; the first includes the hyphen that is printed if hyphen is true.
"""

PointsOf: TypeAlias = Callable[[int], Sequence[Point]]
"""The points of box k, in ascending order."""

STRETCH = 0.75
"""Share of a space by which it may widen at ratio 1. TeX takes half of a space that is half as wide again as those of
today's sans-serif faces."""
SHRINK = 0.25
"""Share of a space by which it may narrow at most."""
GOOD = 1.0
"""A paragraph whose widest line has at most this ratio is accepted without hyphens."""
TOLERANCE = 2.5
"""Looser lines than this are considered only where nothing better begins at the same place."""

_HYPHEN = 50.0**2
"""Demerits of a hyphen, of two lines in a row that end in one, of one before the last line, of a last line of
one word. The first three keep the proportions of plain TeX."""
_HYPHENS_IN_A_ROW = 10_000.0
_HYPHEN_BEFORE_LAST = 5_000.0
_LONELY_WORD = 2_500.0

_MOST_HYPHENS = 2
"""Hyphens in a row that ragged text may have."""
_ROUNDING = 1e-3
"""A line may be too wide by this much: sums of floating-point widths are not exact."""
_SHIFT = 24
_MASK = (1 << _SHIFT) - 1
"""A place is box << _SHIFT | offset: one whole number, ordered as the text is."""


class Line(NamedTuple):
    """Boxes first to last (exclusive), less the first skip characters, plus cut characters of box last.

    cut 0: the line ends between boxes. hyphen: one is printed at the end. width: natural width in points, hyphen
    included.
    """

    first: int
    skip: int
    last: int
    cut: int
    hyphen: bool
    width: float


@dataclass(frozen=True, slots=True)
class Boxes:
    """given: points that may always be used, None when no box has any. divided: given points and hyphenation, None when
    the text must not be hyphenated. resorts: for a box wider than the line, the last of them between any characters.
    """

    starts: Sequence[float]
    ends: Sequence[float]
    given: PointsOf | None
    divided: PointsOf | None
    resorts: Sequence[PointsOf]


def first_fit(boxes: Boxes, measure: float, indent: float = 0.0, zone: float = float("inf")) -> list[Line]:
    """Fill each line as far as it goes. indent: of the first line. zone: a word is hyphenated only where the line
    would otherwise be short by more than this.

    A line is wider than the measure only when it holds a single character.
    """
    starts, ends = boxes.starts, boxes.ends
    count = len(ends)
    lines: list[Line] = []
    box = skip = hyphens = 0
    begin = starts[0] if count else 0.0
    while box < count:
        limit = begin + measure + _ROUNDING
        if not lines:
            limit -= indent
        last = bisect_right(ends, limit, box)
        if last == count:
            lines.append(Line(box, skip, last, 0, False, ends[-1] - begin))
            break
        least = skip if last == box else 0
        point = _last_fitting(boxes.given(last), least, limit - starts[last]) if boxes.given else None
        # The last word stays whole: the end of it would stand on a line of its own.
        if boxes.divided is not None and hyphens < _MOST_HYPHENS and (last < count - 1 or last == box):
            reached = starts[last] + point[1] if point else ends[last - 1] if last > box else begin
            if limit - reached > zone or reached == begin:
                point = _last_fitting(boxes.divided(last), least, limit - starts[last]) or point
        if point is None and last == box:
            point = _overlong(boxes, box, skip, limit)
        if point is None:
            lines.append(Line(box, skip, last, 0, False, ends[last - 1] - begin))
            box, skip, begin, hyphens = last, 0, starts[last], 0
        elif point[0] == 0:
            lines.append(Line(box, skip, box + 1, 0, False, ends[box] - begin))
            box, skip, begin, hyphens = box + 1, 0, starts[box + 1] if box + 1 < count else 0.0, 0
        else:
            offset, reach, resume, hyphen = point
            lines.append(Line(box, skip, last, offset, hyphen, starts[last] + reach - begin))
            box, skip, begin = last, offset, starts[last] + resume
            hyphens = hyphens + 1 if hyphen else 0
    return lines


def _last_fitting(points: Sequence[Point], skip: int, room: float) -> Point | None:
    """The last point after skip whose line end is within room."""
    for point in reversed(points):
        if point[0] <= skip:
            return None
        if point[1] <= room:
            return point
    return None


def _overlong(boxes: Boxes, box: int, skip: int, limit: float) -> Point:
    """Where to cut a box of which no other break fits: as its resorts allow, or after one character.

    A point of offset 0 stands for the end of the box: it has only one character left.
    """
    points: Sequence[Point] = ()
    for points_of in boxes.resorts:
        points = points_of(box)
        point = _last_fitting(points, skip, limit - boxes.starts[box])
        if point is not None:
            return point
    return next((p for p in points if p[0] > skip), (0, 0.0, 0.0, False))


_Node: TypeAlias = tuple[float, int, float, float, float, bool]
"""The best way found to a place where a line may begin: (demerits, place of the line before, where that line ended,
where the new one starts, greatest ratio on the way, whether it follows a hyphen). A bare tuple: there is one for each
step of the search."""


def total_fit(boxes: Boxes, measure: float, space: float, indent: float = 0.0) -> list[Line]:
    """The lines with the least demerits over the whole paragraph. space: natural width of a space.

    First with hyphens only where no word ends a good line; when that leaves a line too loose, with hyphens anywhere.
    No line is wider than the measure with its spaces shrunk, unless it holds a single character. The last line is not
    stretched.
    """
    if not boxes.ends:
        return []
    end = len(boxes.ends) << _SHIFT
    nodes = _search(boxes, measure, space, indent, eager=False, bound=float("inf"))
    if boxes.divided is not None and nodes[end][4] > GOOD:
        nodes = _search(boxes, measure, space, indent, eager=True, bound=nodes[end][0])
    lines: list[Line] = []
    place = end
    while place:
        _, before, reach, _, _, hyphen = nodes[place]
        box, skip = before >> _SHIFT, before & _MASK
        last, cut = place >> _SHIFT, place & _MASK
        lines.append(Line(box, skip, last, cut, hyphen, reach - nodes[before][3]))
        place = before
    lines.reverse()
    return lines


def demerits(lines: Sequence[Line], measure: float, space: float, indent: float = 0.0) -> float:
    """What total_fit makes least, for lines however they were found."""
    total = 0.0
    for number, line in enumerate(lines):
        room = measure - (0.0 if number else indent) - line.width
        ratio = _ratio(room, line.last - line.first - (0 if line.cut else 1), space)
        if line is lines[-1]:
            total += _last_line(
                min(ratio, 0.0), line.last - line.first, number > 0, number > 0 and lines[number - 1].hyphen
            )
        else:
            total += (1 + 100 * abs(ratio) ** 3) ** 2 + (_HYPHEN if line.hyphen else 0.0)
            total += _HYPHENS_IN_A_ROW if line.hyphen and number > 0 and lines[number - 1].hyphen else 0.0
    return total


def _ratio(room: float, spaces: int, space: float) -> float:
    """By how much spaces must widen (positive) or narrow (negative) to fill a line: 1 is STRETCH, -1 is SHRINK."""
    if abs(room) <= _ROUNDING:
        return 0.0
    if room > 0:
        # A line without spaces cannot stretch: it is as bad as a line whose only space is a tenth of one.
        return room / ((spaces or 0.1) * space * STRETCH)
    return room / (spaces * space * SHRINK) if spaces else -float("inf")


def _last_line(ratio: float, words: int, follows: bool, after_hyphen: bool) -> float:
    """Demerits of the last line. ratio: 0 or less. words: on it. follows: it is not the first."""
    total = (1 - 100 * ratio**3) ** 2
    if follows and words == 1:
        total += _LONELY_WORD
    if after_hyphen:
        total += _HYPHEN_BEFORE_LAST
    return total


def _search(
    boxes: Boxes, measure: float, space: float, indent: float, *, eager: bool, bound: float
) -> dict[int, _Node]:
    """The best way to every place that can be reached; the last place always can.

    eager: hyphens are considered everywhere, not only where no word ends a good line. bound: demerits of a way that is
    known already; worse ones are not followed.
    """
    starts, ends, given = boxes.starts, boxes.ends, boxes.given
    divided = boxes.divided or given
    count = len(ends)
    stretch, shrink = space * STRETCH, space * SHRINK
    end = count << _SHIFT
    nodes: dict[int, _Node] = {0: (0.0, -1, 0.0, starts[0], 0.0, False)}
    known = nodes.get
    queue = [0]
    # The same few statements stand below wherever a place is reached: as a function they would double the time.
    while queue:
        here = heappop(queue)
        if here == end:
            break
        so_far, _, _, start, loose, after_hyphen = nodes[here]
        box, skip = here >> _SHIFT, here & _MASK
        limit = start + measure
        if here == 0:
            limit -= indent
        natural = bisect_right(ends, limit + _ROUNDING, box)
        last = natural
        while box < last < count and ends[last] - (last - box) * shrink <= limit:
            last += 1
        good = found = False
        stop = last
        if last == count:
            room = limit - ends[-1]
            ratio = min(room / ((count - 1 - box) * shrink), 0.0) if room < -_ROUNDING else 0.0
            cost = so_far + _last_line(ratio, count - box, here > 0, after_hyphen)
            node = known(end)
            if node is None:
                heappush(queue, end)
            if node is None or cost < node[0]:
                nodes[end] = (cost, here, ends[-1], 0.0, loose, False)
            good = found = True
            last = stop = count - 1
        # Ends of boxes, from the longest line to the shortest.
        while stop > box:
            at = ends[stop - 1]
            room = limit - at
            spaces = stop - 1 - box
            if room >= 0:
                ratio = room / ((spaces or 0.1) * stretch)
                # The line that first fit would take is always considered: there is always a way on.
                if ratio > TOLERANCE and stop < natural:
                    break
                good = good or ratio <= GOOD
                looser = ratio if ratio > loose else loose  # noqa: FURB136  as above: max() takes thrice the time
            else:
                ratio = -room / (spaces * shrink) if spaces else 0.0
                good = True
                looser = loose
            found = True
            bad = 1 + 100 * ratio * ratio * ratio
            cost = so_far + bad * bad
            if cost <= bound:
                place = stop << _SHIFT
                node = known(place)
                if node is None:
                    heappush(queue, place)
                if node is None or cost < node[0]:
                    nodes[place] = (cost, here, at, starts[stop], looser, False)
            if room > 0 and ratio > TOLERANCE:
                break
            stop -= 1
        # Points inside the boxes whose ends were near.
        points_of = divided if eager or not good else given
        for near in range(stop, last + 1 if points_of else 0):
            points = points_of(near) if points_of else ()
            if not points:
                continue
            begin = starts[near]
            spaces = near - box
            for offset, width, resume, hyphen in reversed(points):
                if near == box and offset <= skip:
                    break
                at = begin + width
                room = limit - at
                if room >= 0:
                    ratio = room / ((spaces or 0.1) * stretch)
                    if ratio > TOLERANCE and near != natural:
                        break
                    looser = ratio if ratio > loose else loose  # noqa: FURB136  as above
                elif spaces and -room <= spaces * shrink:
                    ratio = -room / (spaces * shrink)
                    looser = loose
                elif room >= -_ROUNDING:
                    ratio = 0.0
                    looser = loose
                else:
                    continue
                found = True
                bad = 1 + 100 * ratio * ratio * ratio
                cost = so_far + bad * bad
                if hyphen:
                    cost += _HYPHEN
                    if after_hyphen:
                        cost += _HYPHENS_IN_A_ROW
                if cost <= bound:
                    place = near << _SHIFT | offset
                    node = known(place)
                    if node is None:
                        heappush(queue, place)
                    if node is None or cost < node[0]:
                        nodes[place] = (cost, here, at, begin + resume, looser, hyphen)
                if ratio > TOLERANCE:
                    break
        if not found:
            # The box is wider than the line and has no point that fits.
            offset, width, resume, hyphen = _overlong(boxes, box, skip, limit + _ROUNDING)
            cost = so_far + (1 + 100 * _ratio(measure, 0, space) ** 3) ** 2
            if offset:
                place, at, begin = box << _SHIFT | offset, starts[box] + width, starts[box] + resume
            else:
                place, at, begin = (box + 1) << _SHIFT, ends[box], starts[box + 1] if box + 1 < count else 0.0
            node = known(place)
            if node is None:
                heappush(queue, place)
            if node is None or cost < node[0]:
                nodes[place] = (cost, here, at, begin, TOLERANCE, hyphen)
    return nodes
