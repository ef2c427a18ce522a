"""What a copy paints: forms in coordinates of their own, which pages place, turn and scale. One form serves all pages that have the same room for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from briefpack.copies.little_font import FontSource
from briefpack.copies.set_line import LineSetter, SetLine, widest
from briefpack.distribution import Place

Fonts: TypeAlias = Mapping[FontSource, tuple[bytes, Mapping[str, int]]]
"""Of a face: its name among the resources, and the codes of its letters."""

_SMALLEST = 0.62
"""A line may shrink to this share of its size before a shorter one takes its place."""
_MOST_LINES = 3
_PITCH = 1.08
"""From baseline to baseline of lines across a page, in ems."""
_RULE, _AIR = 0.5, 0.95
"""The line above the words on the cover: its width in points, and the white below it in ems."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line at a size, from x on the baseline y, in points."""

    line: SetLine
    size: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Form:
    """role: of the style. size: of its letters where there is room. width, height: the room there is. pitch: from baseline to baseline, in ems.

    covered: it stands on something. rule: the colour of the line above it, as PDF wants it, None for none. The origin is the middle of the baseline, on the cover
    the lower left corner, and across a page the middle of the words.
    """

    place: Place
    role: str
    size: float
    width: float
    height: float = 0.0
    pitch: float = 1.0
    covered: bool = False
    rule: tuple[float, float, float] | None = None

    @property
    def see_through(self) -> bool:
        """Whether what is below it stays as dark as it is."""
        return self.place is Place.WATERMARK

    @property
    def box(self) -> tuple[float, float, float, float]:
        if self.place is Place.COVER:
            return -2, -self.size, self.width + 2, self.height
        return -self.width / 2 - 2, -self.size, self.width / 2 + 2, 1.3 * self.size

    def drawn(self, setter: LineSetter, text: str, bare: str) -> Iterator[Drawn]:
        """The lines of a text. bare: what says least."""
        match self.place:
            case Place.COVER:
                yield from self._block(setter, text)
            case Place.FOOTER:
                yield self._foot(setter, text, bare)
            case Place.WATERMARK:
                yield from self._across(setter, text)

    def _foot(self, setter: LineSetter, text: str, bare: str) -> Drawn:
        line = setter.line(text, self.role)
        scale = self._scale(line)
        if scale < _SMALLEST:
            shorter = setter.line(bare, self.role)
            if self._scale(shorter) > scale:
                line, scale = shorter, self._scale(shorter)
        size = scale * self.size
        return Drawn(line, size, -line.width * size / 2, 0.0)

    def _across(self, setter: LineSetter, text: str) -> Iterator[Drawn]:
        """In as many lines as make it largest; together they are no higher than one in full size."""
        lines: tuple[SetLine, ...] = (setter.line(text, self.role),)
        capitals = lines[0].capitals
        size = self._scale(lines[0]) * self.size
        for count in range(2, _MOST_LINES + 1):
            largest = self.size * capitals / (capitals + _PITCH * (count - 1))
            if size >= largest:
                break
            more = setter.evenly(text, self.role, count)
            as_large = min(largest, self.width / widest(more))
            if as_large > size:
                size, lines = as_large, more
        middle = (capitals - _PITCH * (len(lines) - 1)) / 2
        for down, line in enumerate(lines):
            yield Drawn(line, size, -line.width * size / 2, -(middle + _PITCH * down) * size)

    def _scale(self, line: SetLine) -> float:
        return min(1.0, self.width / (line.width * self.size)) if line.width else 1.0

    def _block(self, setter: LineSetter, text: str) -> Iterator[Drawn]:
        """Lines that are broken where they must be, the last one at the foot."""
        size = self.size
        lines = setter.broken(text, self.role, self.width / size)
        most = min(_MOST_LINES, max(int(self.height / (self.pitch * size)) - 1, 1))
        while len(lines) > most or widest(lines) * size > self.width:
            size *= 0.94
            lines = setter.broken(text, self.role, self.width / size)
        for up, line in enumerate(reversed(lines)):
            yield Drawn(line, size, 0.0, up * self.pitch * size)

    def operators(self, made: Sequence[Drawn], fonts: Fonts) -> bytes:
        """Paint what drawn() gave."""
        painted = b"".join(
            each.line.operators(fonts, each.size, each.x, each.y, halo=self.covered) for each in made
        )
        if self.see_through:
            return b"/G gs\n" + painted
        if self.rule is not None:
            top = max(made, key=lambda each: each.y)
            y = top.y + top.size * (top.line.capitals + _AIR)
            painted += b"%.4g %.4g %.4g rg 0 %.3f %.3f %.3f re f\n" % (*self.rule, y, self.width, _RULE)
        return painted
