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

STRETCH = 0.5
"""Share of a space by which it may widen at ratio 1."""
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
_BOX = 1 << 24
"""A place is box * _BOX + offset: one whole number, ordered as the text is."""


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
    """given: points that may always be used. divided: given points and hyphenation, None when the text must not be
    hyphenated. anywhere: the last resort for a box wider than the line.
    """

    starts: Sequence[float]
    ends: Sequence[float]
    given: PointsOf
    divided: PointsOf | None
    anywhere: PointsOf


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
        point = _last_fitting(boxes.given(last), least, limit - starts[last])
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
    """Where to cut a box of which no other break fits: after the last character that does, or after one.

    A point of offset 0 stands for the end of the box: it has only one character left.
    """
    points = boxes.anywhere(box)
    point = _last_fitting(points, skip, limit - boxes.starts[box])
    if point is None:
        point = next((p for p in points if p[0] > skip), (0, 0.0, 0.0, False))
    return point


class _Node:
    """A place where a line may begin, with the best way found to get there.

    start: where its line begins. before: the place of the line before. reach: where that line ended.
    looseness: the greatest ratio on the way.
    """

    __slots__ = ("before", "demerits", "hyphen", "looseness", "reach", "start")

    def __init__(
        self, demerits: float, before: int, reach: float, start: float, looseness: float, *, hyphen: bool
    ) -> None:
        self.demerits = demerits
        self.before = before
        self.reach = reach
        self.start = start
        self.looseness = looseness
        self.hyphen = hyphen


def total_fit(boxes: Boxes, measure: float, space: float, indent: float = 0.0) -> list[Line]:
    """The lines with the least demerits over the whole paragraph. space: natural width of a space.

    First without hyphens; when that leaves a line too loose, with them. No line is wider than the measure with its
    spaces shrunk, unless it holds a single character. The last line is not stretched.
    """
    if not boxes.ends:
        return []
    nodes = _search(boxes, boxes.given, measure, space, indent)
    end = len(boxes.ends) * _BOX
    if boxes.divided is not None and nodes[end].looseness > GOOD:
        nodes = _search(boxes, boxes.divided, measure, space, indent)
    lines: list[Line] = []
    place = end
    while place:
        node = nodes[place]
        box, skip = divmod(node.before, _BOX)
        last, cut = divmod(place, _BOX)
        lines.append(Line(box, skip, last, cut, node.hyphen, node.reach - nodes[node.before].start))
        place = node.before
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
    boxes: Boxes, points_of: PointsOf, measure: float, space: float, indent: float
) -> dict[int, _Node]:
    """The best way to every place that can be reached; the last place always can."""
    starts, ends = boxes.starts, boxes.ends
    count = len(ends)
    stretch, shrink = space * STRETCH, space * SHRINK
    end = count * _BOX
    nodes = {0: _Node(0.0, -1, 0.0, starts[0], 0.0, hyphen=False)}
    queue = [0]

    def reach(  # noqa: PLR0917  called once for every step: keywords would cost a tenth of the whole
        place: int, cost: float, before: int, at: float, start: float, looseness: float, hyphen: bool
    ) -> None:
        known = nodes.get(place)
        if known is None:
            heappush(queue, place)
            nodes[place] = _Node(cost, before, at, start, looseness, hyphen=hyphen)
        elif cost < known.demerits:
            known.demerits = cost
            known.before = before
            known.reach = at
            known.looseness = looseness

    while queue:
        place = heappop(queue)
        if place == end:
            break
        node = nodes[place]
        box, skip = divmod(place, _BOX)
        so_far = node.demerits
        limit = node.start + measure
        if place == 0:
            limit -= indent
        natural = bisect_right(ends, limit + _ROUNDING, box)
        last = natural
        while box < last < count and ends[last] - (last - box) * shrink <= limit:
            last += 1
        loose = node.looseness
        if last == count:
            room = limit - ends[-1]
            ratio = min(room / ((count - 1 - box) * shrink), 0.0) if room < -_ROUNDING else 0.0
            cost = so_far + _last_line(ratio, count - box, box > 0 or skip > 0, node.hyphen)
            reach(end, cost, place, ends[-1], 0.0, loose, False)
            last -= 1
        found = False
        while True:
            # Inside box last, from its last point back; then at the end of the box before it.
            for offset, width, resume, hyphen in reversed(points_of(last)):
                if last == box and offset <= skip:
                    break
                at = starts[last] + width
                room = limit - at
                spaces = last - box
                if room >= 0:
                    ratio = room / ((spaces or 0.1) * stretch)
                    if ratio > TOLERANCE and last != natural:
                        break
                elif spaces and -room <= spaces * shrink:
                    ratio = -room / (spaces * shrink)
                elif room >= -_ROUNDING:
                    ratio = 0.0
                else:
                    continue
                cost = so_far + (1 + 100 * ratio * ratio * ratio) ** 2
                if hyphen:
                    cost += _HYPHEN
                    if node.hyphen:
                        cost += _HYPHENS_IN_A_ROW
                found = True
                reach(
                    last * _BOX + offset,
                    cost,
                    place,
                    at,
                    starts[last] + resume,
                    ratio if room > 0 and ratio > loose else loose,
                    hyphen,
                )
                if ratio > TOLERANCE:
                    break
            if last <= box:
                break
            at = ends[last - 1]
            room = limit - at
            spaces = last - 1 - box
            if room >= 0:
                ratio = room / ((spaces or 0.1) * stretch)
                # The line that first fit would take is always considered: there is always a way on.
                if ratio > TOLERANCE and last < natural:
                    break
                looser = max(loose, ratio)
            else:
                ratio = -room / (spaces * shrink) if spaces else 0.0
                looser = loose
            found = True
            reach(
                last * _BOX,
                so_far + (1 + 100 * ratio * ratio * ratio) ** 2,
                place,
                at,
                starts[last],
                looser,
                False,
            )
            if ratio > TOLERANCE and room > 0:
                break
            last -= 1
        if not found and last == box and natural < count:
            # Box is wider than the line and none of its points makes a good one.
            point = _last_fitting(points_of(box), skip, limit + _ROUNDING - starts[box])
            offset, width, resume, hyphen = point or _overlong(boxes, box, skip, limit + _ROUNDING)
            cost = so_far + (1 + 100 * _ratio(measure, 0, space) ** 3) ** 2
            if offset:
                at = starts[box] + width
                reach(box * _BOX + offset, cost, place, at, starts[box] + resume, TOLERANCE, hyphen)
            else:
                following = starts[box + 1] if box + 1 < count else 0.0
                reach((box + 1) * _BOX, cost, place, ends[box], following, TOLERANCE, False)
    return nodes
