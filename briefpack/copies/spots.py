"""Where on the pages the words of a copy stand: a band at the foot that nothing else is in, a corner of the cover, and lines across the page.

All lengths are points on the page as its reader sees it, upright, from its lower left corner.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefpack.copies.ink import PageInk
from briefpack.placing import stamp_margin
from briefpack.style import Length, PageSetup, Style

FOOT_SIZE = 7.5
"""Points of the line at the foot."""
_ABOVE, _BELOW = 0.75, 0.25
"""What a line takes above and below its baseline, in ems."""
_CLEAR, _BESIDE = (5.0, 3.2, 2.0), 8.0
"""White above and below a line, as one wishes it and as it must be, and beside it, in points."""
_EDGE = float(Length.from_mm(5))
"""White that printers want at the edges of a sheet."""
_WANTED, _SHARE, _LEAST = 260.0, 0.55, 110.0
"""Width of a band that takes nearly any name, at most this share of a page, and what a number with a short name needs."""
_STEP = 1.0
_CAPITALS = 0.6
_NEAR = 3.0
"""How far what stands at the foot of a page may be off an axis and still be on it."""
_OF_PAGE = 0.15
"""Share of a page's height that counts as its foot where it is smaller than the pack's paper."""


@dataclass(frozen=True, slots=True)
class Spot:
    """x, y: the middle of the line, on its baseline. width: what it may take. turned: it runs up the page. covered: there is something under it."""

    x: float
    y: float
    width: float
    turned: bool = False
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Corner:
    """On the cover: left, bottom: of the block of lines. width, height: what it may take."""

    left: float
    bottom: float
    width: float
    height: float


# ----------------------------------------------------------------------------- the line on every page


def foot_spots(pages: Mapping[int, PageInk], style: Style) -> Mapping[int, Spot]:
    """A spot for every page, the same for as many as can be. Pages of the same size belong together, those with stamps at their foot by themselves."""
    groups: dict[tuple[float, float, float, bool], list[int]] = defaultdict(list)
    for number, page in pages.items():
        key = round(page.width), round(page.height), _axis(page, style), _is_stamped(page, style)
        groups[key].append(number)
    found: dict[int, Spot] = {}
    for (_, _, axis, _), numbers in groups.items():
        rest = numbers
        while rest:
            spot, taken = _common(pages, rest, axis, style)
            if spot is None:
                found |= {number: _alone(pages[number], axis, style) for number in rest}
                break
            found |= dict.fromkeys(taken, spot)
            rest = [number for number in rest if number not in set(taken)]
    return found


def _axis(page: PageInk, style: Style) -> float:
    """What the furniture at the foot of a page stands about: the middle of the text on the pack's own pages, else that of the sheet."""
    middle = page.width / 2
    setup = style.page
    upright = abs(page.width - setup.width) < 1 and abs(page.height - setup.height) < 1
    lying = abs(page.width - setup.height) < 1 and abs(page.height - setup.width) < 1
    painted = page.extent(0, float(setup.bottom)) if upright or lying else None
    if painted is None:
        return middle
    own = setup if upright else setup.turned
    text = (own.inside + own.text_width / 2, own.outside + own.text_width / 2)
    seen = sum(painted) / 2
    return (
        min((middle, *text), key=lambda axis: abs(axis - seen)) if _is_near(seen, (middle, *text)) else middle
    )


def _is_stamped(page: PageInk, style: Style) -> bool:
    """Whether a stamp begins or ends where those of annexes do, so that the line stands in a row with it."""
    margin = stamp_margin((page.width, page.height), style)
    ends = page.extent(margin, margin + _CAPITALS * style.text["stamp"].size)
    return ends is not None and (abs(ends[0] - margin) < _NEAR or abs(page.width - ends[1] - margin) < _NEAR)


def _is_near(seen: float, axes: Sequence[float]) -> bool:
    return any(abs(seen - axis) < _NEAR for axis in axes)


def _bands(page: PageInk, style: Style) -> Iterator[tuple[float, float]]:
    """Baselines that a line may stand on, with the white that it has there, the best first: beside the stamps of annexes, from there down to the lower edge,
    then up, then from the upper edge down."""
    first = stamp_margin((page.width, page.height), style)
    short = min(page.width, page.height)
    edge = min(_EDGE, 0.06 * short) + _BELOW * FOOT_SIZE
    low = min(float(style.page.bottom), _OF_PAGE * page.height)
    high = min(float(style.page.top), _OF_PAGE * page.height)
    for clear in _CLEAR:
        for down in _steps(0, first - edge):
            yield first - down, clear
    for clear in _CLEAR[1:]:
        for up in _steps(first + _STEP, low):
            yield up, clear
        yield page.height - first, clear
        for down in _steps(edge + (_ABOVE - _BELOW) * FOOT_SIZE, high):
            yield page.height - down, clear


def _steps(first: float, last: float) -> Iterator[float]:
    for step in range(int((last - first) / _STEP) + 1):
        yield first + step * _STEP


def _about(page: PageInk, axis: float, band: tuple[float, float]) -> float:
    """Width of the white about an axis in which a line has room; 0 for none."""
    for left, right in _stretches(page, band):
        if left < axis < right:
            return max(2 * min(axis - left, right - axis), 0.0)
    return 0.0


def _stretches(page: PageInk, band: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """The white stretches of a band, without what its neighbours and the edges of the sheet want."""
    baseline, clear = band
    low, high = baseline - _BELOW * FOOT_SIZE - clear, baseline + _ABOVE * FOOT_SIZE + clear
    margin = min(_EDGE, 0.06 * page.width)
    for first, last in page.free_across(low, high):
        left, right = max(first + _BESIDE, margin), min(last - _BESIDE, page.width - margin)
        if left < right:
            yield left, right


def _common(
    pages: Mapping[int, PageInk], numbers: Sequence[int], axis: float, style: Style
) -> tuple[Spot | None, Sequence[int]]:
    """The spot that most of some pages of the same size have, and which of them; None where no page has one as it should be."""
    wanted = min(_WANTED, _SHARE * pages[numbers[0]].width)
    best: tuple[Spot | None, Sequence[int]] = (None, ())
    for band in _bands(pages[numbers[0]], style):
        widths = {number: _about(pages[number], axis, band) for number in numbers}
        taken = [number for number, width in widths.items() if width >= wanted]
        if len(taken) > len(best[1]):
            best = Spot(axis, band[0], min(widths[number] for number in taken)), taken
            if len(taken) == len(numbers):
                break
    return best


def _alone(page: PageInk, axis: float, style: Style) -> Spot:
    """For a page without such a spot: the widest white at its foot or head, else at its sides; else the line stands on what is there."""
    wide = [
        Spot((left + right) / 2, band[0], right - left)
        for band in _bands(page, style)
        for left, right in _stretches(page, band)
    ]
    best = max(wide, key=lambda spot: spot.width, default=None)
    if best is not None and best.width >= _LEAST:
        return best
    sides = list(_sides(page))
    tall = max(sides, key=lambda spot: spot.width, default=None)
    if tall is not None and tall.width >= _LEAST:
        return tall
    margin = stamp_margin((page.width, page.height), style)
    return Spot(axis, margin, page.width - 2 * margin, covered=True)


def _sides(page: PageInk) -> Iterator[Spot]:
    """Up the right and the left edge."""
    margin = min(_EDGE, 0.06 * page.width)
    reach = (_ABOVE + _BELOW) * FOOT_SIZE
    for left in (page.width - margin - reach, margin):
        for first, last in page.free_upwards(left - _CLEAR[-1], left + reach + _CLEAR[-1]):
            low, high = max(first + _BESIDE, margin), min(last - _BESIDE, page.height - margin)
            if low < high:
                yield Spot(left + _ABOVE * FOOT_SIZE, (low + high) / 2, high - low, turned=True)


# ----------------------------------------------------------------------------- the cover


def cover_corner(page: PageInk, setup: PageSetup, wanted: float) -> Corner | None:
    """Room at the foot of the cover's text frame, in line with its words; None where there is less than wanted."""
    left, width = float(setup.inside), float(setup.text_width)
    if abs(page.width - setup.width) > 1 or abs(page.height - setup.height) > 1:
        return None
    bottom = float(setup.bottom)
    for low, high in page.free_upwards(left, left + width):
        if low <= bottom < high:
            height = high - bottom
            return Corner(left, bottom, width, height) if height >= wanted else None
    return None


# ----------------------------------------------------------------------------- across the page


@dataclass(frozen=True, slots=True)
class Slant:
    """x, y: the middle of a line. angle: in degrees, counter-clockwise. scale: of what is set for a page of the style."""

    x: float
    y: float
    angle: float
    scale: float


REACH = 0.92
"""How much of the sheet's chord along its slant words may take, as in the style's own watermarks."""
_HALF, _BENEATH = 0.34, 0.38
"""Half the height of capitals of a watermark that is there, and what its descenders and the white around it take, in ems."""
_BESIDE_ANOTHER = 0.56
"""What is left of the size of words that lie beside others."""


def slants(
    size: tuple[float, float], style: Style, own: tuple[float, float, float, float] | None
) -> Sequence[Slant]:
    """Where the words of a copy lie across a page: through its middle, or on either side of the words that lie there already, and never on them.

    own: middle, angle and size of these, None for none.
    """
    setup = style.page
    middle = size[0] / 2, size[1] / 2
    as_usual = (size[0] <= size[1]) == (setup.width <= setup.height)
    slant = style.watermark_angle if as_usual else 90 - style.watermark_angle
    usual = chord((setup.width, setup.height), style.watermark_angle, (setup.width / 2, setup.height / 2))
    if own is None:
        return [Slant(*middle, slant, chord(size, slant, middle) / usual)]
    x, y, angle, own_size = own
    large = float(style.text["watermark"].size)
    found: list[Slant] = []
    for side in (1, -1):
        scale = _BESIDE_ANOTHER * chord(size, slant, middle) / usual
        at = _beside((x, y), angle, side * _away(own_size, scale * large))
        # Nearer to a corner there is less room.
        while scale > 0.05 and scale * usual > chord(size, angle, at):
            scale *= 0.9
            at = _beside((x, y), angle, side * _away(own_size, scale * large))
        found.append(Slant(*at, angle, scale))
    return found


def _away(own: float, ours: float) -> float:
    """How far from the middle of words of one size those of another lie."""
    return (_HALF + _BENEATH) * own + _HALF * ours


def _beside(point: tuple[float, float], angle: float, away: float) -> tuple[float, float]:
    turn = math.radians(angle)
    return point[0] - away * math.sin(turn), point[1] + away * math.cos(turn)


def chord(size: tuple[float, float], angle: float, middle: tuple[float, float]) -> float:
    """Twice the way from a point of a sheet to its nearer edge along a straight line at an angle (degrees); 0 for a point beside the sheet."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    reach = math.inf
    for at, step, whole in ((middle[0], cos, size[0]), (middle[1], sin, size[1])):
        if abs(step) > 1e-9:
            reach = min(reach, at / abs(step), (whole - at) / abs(step))
    return max(2 * reach, 0.0)
