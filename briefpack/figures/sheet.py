"""What a chart is drawn on: marks with the look of a style, below an upper edge at 0, and words that know their room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefpack.drawing import (
    QUARTER_ARC,
    Anchoring,
    Close,
    CurveTo,
    Drawing,
    LineTo,
    Mark,
    MoveTo,
    Path,
    Pattern,
    Rgb,
    Shape,
    Step,
    Words,
)
from briefpack.figures.metrics import Ruler
from briefpack.style import WHITE, Colour, Style

HAIRLINE = 0.4
"""Width of the lines behind the data, in points."""
BASELINE = 0.7
"""Width of the line that bars stand on, in points."""

_ABOVE = 0.14
"""Ems that letters with ascenders and accents reach above capitals."""


def rgb(colour: Colour) -> Rgb:
    return colour.red, colour.green, colour.blue


class Sheet:
    """Marks with y from 0 at the upper edge down to negative numbers; the height is known when all are made.

    size: of words, pitch: from line to line, capitals: their height, in points. em: the same as size. ink: of words, quiet: of axes and what is
    secondary, grid: of lines behind.
    """

    def __init__(self, style: Style, width: float) -> None:
        look = style.text["chart"]
        self.style = style
        self.width = width
        self.ruler = Ruler(style)
        self.size = float(look.size)
        self.pitch = float(look.line_pitch)
        self.capitals = self.ruler.capitals(self.size)
        self.descent = self.ruler.descent(self.size)
        self.ink = rgb(look.colour)
        self.quiet = rgb(style.charts.axis)
        self.grid = rgb(style.charts.grid)
        self.bold = look.bold
        self.italic = look.italic
        self.marks: list[Mark] = []

    @property
    def em(self) -> float:
        return self.size

    # ----------------------------------------------------------------------- words

    def wide(self, text: str) -> float:
        """Points that a line of words takes."""
        return self.ruler.width(text, self.size, bold=self.bold, italic=self.italic)

    def widest(self, texts: Sequence[str]) -> float:
        return max(map(self.wide, texts), default=0.0)

    def wrap(self, text: str, width: float, *, force: bool = False) -> list[str] | None:
        """Lines of words at most width wide; None when a word is wider, unless it may be broken (force)."""
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if self.wide(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while self.wide(line) > width:
                if not force:
                    return None
                cut = max(1, _fitting(self, line, width))
                if cut >= len(line):
                    break
                lines.append(line[:cut])
                line = line[cut:]
        if line or not lines:
            lines.append(line)
        return lines

    def words(
        self,
        text: str,
        x: float,
        y: float,
        anchoring: Anchoring = Anchoring.START,
        colour: Rgb | None = None,
    ) -> None:
        if text.strip():
            self.marks.append(
                Words(
                    text,
                    x,
                    y,
                    self.size,
                    self.ink if colour is None else colour,
                    bold=self.bold,
                    italic=self.italic,
                    anchoring=anchoring,
                )
            )

    def block(
        self,
        lines: Sequence[str],
        x: float,
        middle: float,
        anchoring: Anchoring = Anchoring.START,
        colour: Rgb | None = None,
    ) -> None:
        """Lines one below another, their middle (between capitals and baselines) at a height."""
        y = middle + ((len(lines) - 1) * self.pitch - self.capitals) / 2
        for line in lines:
            self.words(line, x, y, anchoring, colour)
            y -= self.pitch

    def tall(self, lines: int) -> float:
        """Height of lines from the first one's capitals to the last one's descenders."""
        return (lines - 1) * self.pitch + self.capitals + self.descent

    # ----------------------------------------------------------------------- shapes

    def shape(self, shape: Shape) -> None:
        self.marks.append(shape)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: Rgb, *, width: float = HAIRLINE
    ) -> None:
        self.marks.append(Shape((MoveTo(x1, y1), LineTo(x2, y2)), stroke=colour, width=width))

    def rectangle(
        self,
        left: float,
        bottom: float,
        right: float,
        top: float,
        fill: Rgb,
        *,
        pattern: Pattern = Pattern.PLAIN,
    ) -> None:
        self.marks.append(Shape(rectangle(left, bottom, right, top), fill=fill, pattern=pattern))

    def dot(self, x: float, y: float, radius: float, fill: Rgb) -> None:
        self.marks.append(Shape(circle(x, y, radius), fill=fill))

    def on(self, fill: Rgb) -> Rgb:
        """The colour of words on a fill: white or ink, whichever is read more easily."""
        ground = Colour(*fill)
        return (255, 255, 255) if WHITE.contrast(ground) >= Colour(*self.ink).contrast(ground) else self.ink

    def finish(self, height: float) -> Drawing:
        """All marks as a Drawing of this height, and a little more: letters reach higher than capitals."""
        return Drawing(
            self.width, height + _ABOVE * self.em, tuple(_raised(mark, height) for mark in self.marks)
        )


def rectangle(left: float, bottom: float, right: float, top: float) -> Path:
    return (MoveTo(left, bottom), LineTo(right, bottom), LineTo(right, top), LineTo(left, top), Close())


def circle(x: float, y: float, radius: float) -> Path:
    r, c = radius, radius * QUARTER_ARC
    return (
        MoveTo(x + r, y),
        CurveTo(x + r, y + c, x + c, y + r, x, y + r),
        CurveTo(x - c, y + r, x - r, y + c, x - r, y),
        CurveTo(x - r, y - c, x - c, y - r, x, y - r),
        CurveTo(x + c, y - r, x + r, y - c, x + r, y),
        Close(),
    )


def _fitting(sheet: Sheet, word: str, width: float) -> int:
    """How many characters of a word are at most width wide."""
    count = len(word)
    while count > 1 and sheet.wide(word[:count]) > width:
        count -= 1
    return count


def _raised(mark: Mark, by: float) -> Mark:
    if isinstance(mark, Words):
        return replace(mark, y=mark.y + by)
    return replace(mark, path=raised(mark.path, by))


def raised(path: Path, by: float) -> Path:
    """A path moved up."""
    steps: list[Step] = []
    for step in path:
        match step:
            case MoveTo():
                steps.append(MoveTo(step.x, step.y + by))
            case LineTo():
                steps.append(LineTo(step.x, step.y + by))
            case CurveTo():
                steps.append(CurveTo(step.x1, step.y1 + by, step.x2, step.y2 + by, step.x3, step.y3 + by))
            case Close():
                steps.append(step)
    return tuple(steps)
