"""A banner in words and lines: what stands at the top and foot of a page, broken where it is longer than the page is wide, and in which colour; pure.

Both writers break it here, so that they leave the same room for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from briefpack.document import Document
from briefpack.marking import Marking
from briefpack.style import WHITE, BannerColours, Colour, Style
from briefpack.template import fill

READABLE = 4.5
"""The contrast of text that WCAG 2.2 asks for (1.4.3)."""
_BLACK = Colour(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Tint:
    """The colours of a banner. ink: of its words, None for the style's. band: behind them, None for none."""

    ink: Colour | None = None
    band: Colour | None = None


PLAIN = Tint()


def banner_words(style: Style, values: Mapping[str, str], marking: str) -> str:
    """What a banner says. values: of the fields of a pack. marking: in words."""
    return fill(style.banner, {**values, "marking": marking})


def tint_of(document: Document, style: Style, marking: Marking) -> Tint:
    """The colours of the banner of a marking. A colour that could not be read as text is left out (see pale_levels)."""
    named = None if document.policy is None else document.policy.colour(marking)
    if named is None or style.markings.colours is BannerColours.NONE:
        return PLAIN
    colour = colour_of(named)
    if style.markings.colours is BannerColours.TEXT:
        return Tint(ink=colour) if colour.contrast(WHITE) >= READABLE else PLAIN
    return Tint(ink=WHITE if WHITE.contrast(colour) >= READABLE else _BLACK, band=colour)


def pale_levels(document: Document, style: Style) -> tuple[str, ...]:
    """The levels of a policy, as far as the pack goes, whose colours are no colours for words, where the style sets banners in them."""
    policy = document.policy
    if policy is None or style.markings.colours is not BannerColours.TEXT:
        return ()
    named = ((level, policy.colour(Marking(rank))) for rank, level in enumerate(policy.levels))
    return tuple(
        level.name
        for level, written in [*named][: document.marking.level + 1]
        if written is not None and colour_of(written).contrast(WHITE) < READABLE
    )


def colour_of(written: str) -> Colour:
    """A colour as a policy writes it, "#rrggbb"."""
    return Colour(int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16))


def broken(words: str, width: float, measure: Callable[[str], float]) -> tuple[str, ...] | None:
    """Words in as few lines as there may be, about equally long; None where a word alone is wider than the lines. width, and what measure gives, in points."""
    parts = words.split(" ")
    if max(map(measure, parts), default=0.0) > width:
        return None
    lines = _greedy(parts, width, measure)
    if len(lines) == 1:
        return lines
    fits, breaks = width, max(map(measure, parts))
    while fits - breaks > 1:
        middle = (fits + breaks) / 2
        tried = _greedy(parts, middle, measure)
        if len(tried) > len(lines):
            breaks = middle
        else:
            fits, lines = middle, tried
    return lines


def _greedy(parts: Sequence[str], width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and measure(longer) > width:
            lines.append(part)
        else:
            lines[-1:] = [longer]
    return tuple(lines)
