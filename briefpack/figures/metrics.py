"""How wide words are in a style's fonts, and the outlines of their letters: read from the TrueType files, once in a process."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, TypeAlias

from briefpack.drawing import Anchoring, Close, CurveTo, LineTo, MoveTo, Path, Step, Words
from briefpack.style import Font, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters that say how text may break or join; never printed."""
_STAND_INS = {"\u2011": "-", "\u2010": "-", "\u202f": "\u00a0", "\u2007": "\u00a0"}
"""What is printed for a hyphen or a no-break space that a font lacks: the same to the eye."""


Outline: TypeAlias = tuple[tuple[str, tuple[tuple[float, float] | None, ...]], ...]
"""Operators of a pen with their points, as fontTools names them."""


class _File:
    """One font file. em: units of its em square. advances: of each character that has a glyph, and capitals: their height, as shares of the size."""

    __slots__ = ("_font", "_glyphs", "_names", "_outlines", "advances", "capitals", "em")

    def __init__(self, path: FilePath) -> None:
        from fontTools.ttLib import TTFont  # noqa: PLC0415  only packs with figures need it

        # It remarks on dates in font files, which change nothing.
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        self._font: Any = TTFont(path, lazy=True)
        self.em: int = self._font["head"].unitsPerEm
        self._names: Mapping[int, str] = self._font.getBestCmap()
        metrics = self._font["hmtx"].metrics
        self.advances: dict[int, float] = {
            code: metrics[name][0] / self.em for code, name in self._names.items()
        }
        table = self._font["OS/2"]
        self.capitals: float = (getattr(table, "sCapHeight", 0) or 0.7 * self.em) / self.em
        self._glyphs: Any = None
        self._outlines: dict[str, Outline] = {}

    def outline(self, char: str) -> Outline:
        """The drawing of a character's glyph in font units: what fontTools' RecordingPen records of it."""
        known = self._outlines.get(char)
        if known is not None:
            return known
        from fontTools.pens.recordingPen import DecomposingRecordingPen  # noqa: PLC0415  as above

        if self._glyphs is None:
            self._glyphs = self._font.getGlyphSet()
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[self._names[ord(char)]].draw(pen)
        made = self._outlines[char] = tuple(pen.value)
        return made


@lru_cache(maxsize=32)
def _file(path: FilePath, modified: int, size: int) -> _File:  # noqa: ARG001  a changed file is read again
    return _File(path)


def _opened(path: FilePath) -> _File:
    state = path.stat()
    return _file(path, state.st_mtime_ns, state.st_size)


def _variant(font: Font, *, bold: bool, italic: bool) -> FilePath:
    if bold:
        return font.bold_italic if italic else font.bold
    return font.italic if italic else font.regular


class Ruler:
    """Measures words in the fonts of a style. font: a family of Style.fonts, None for that of the role "chart"."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._chains: dict[tuple[str, bool, bool], tuple[_File, ...]] = {}

    def _chain(self, font: str | None, *, bold: bool, italic: bool) -> tuple[_File, ...]:
        """The file of a family and those of its fallbacks, in order."""
        family = font or self._style.text["chart"].font
        key = (family, bold, italic)
        chain = self._chains.get(key)
        if chain is None:
            fonts = self._style.fonts
            first = fonts[family]
            names = [family, *(name for name in first.fallback if name != family)]
            chain = self._chains[key] = tuple(
                _opened(_variant(fonts[name], bold=bold, italic=italic)) for name in names
            )
        return chain

    def runs(
        self, text: str, font: str | None = None, *, bold: bool = False, italic: bool = False
    ) -> Iterator[tuple[_File, str]]:
        """Every printed character with the file that has its glyph; a character that no file has is left out."""
        chain = self._chain(font, bold=bold, italic=italic)
        for char in text:
            if char in _INVISIBLE:
                continue
            for wanted in (char, _STAND_INS.get(char, char)):
                file = next((one for one in chain if ord(wanted) in one.advances), None)
                if file is not None:
                    yield file, wanted
                    break

    def width(
        self, text: str, size: float, font: str | None = None, *, bold: bool = False, italic: bool = False
    ) -> float:
        """Points that a line of words takes at a size (points)."""
        return size * sum(
            file.advances[ord(char)] for file, char in self.runs(text, font, bold=bold, italic=italic)
        )

    def lacking(self, text: str, font: str | None = None, *, bold: bool = False, italic: bool = False) -> str:
        """The characters that are to be seen and that no file has, in order."""
        printed = sum(1 for char in text if char not in _INVISIBLE)
        if printed == sum(1 for _ in self.runs(text, font, bold=bold, italic=italic)):
            return ""
        return "".join(
            char
            for char in text
            if char not in _INVISIBLE and not any(self.runs(char, font, bold=bold, italic=italic))
        )

    def capitals(self, size: float, font: str | None = None, *, bold: bool = False) -> float:
        """Height of capital letters in points."""
        return self._chain(font, bold=bold, italic=False)[0].capitals * size

    def descent(self, size: float, font: str | None = None, *, bold: bool = False) -> float:
        """Depth of descenders in points: as they are drawn, a share of the capitals, not what the font reserves for lines."""
        return 0.32 * self.capitals(size, font, bold=bold)

    def extent(self, words: Words) -> tuple[float, float]:
        """Left and right end of words that are not turned, in points."""
        wide = self.width(words.text, words.size, words.font, bold=words.bold, italic=words.italic)
        return (start := words.x - wide * _SHARES[words.anchoring]), start + wide

    def box(self, words: Words) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of words that are not turned: from their descenders to their capitals."""
        left, right = self.extent(words)
        low = words.y - self.descent(words.size, words.font, bold=words.bold)
        return left, low, right, words.y + self.capitals(words.size, words.font, bold=words.bold)

    def outlines(self, words: Words) -> Path:
        """The letters as one path, where the words stand, unturned."""
        x, _ = self.extent(words)
        steps: list[Step] = []
        for file, char in self.runs(words.text, words.font, bold=words.bold, italic=words.italic):
            scale = words.size / file.em
            steps.extend(_steps(file.outline(char), x, words.y, scale))
            x += file.advances[ord(char)] * words.size
        return tuple(steps)


_SHARES = {Anchoring.START: 0.0, Anchoring.MIDDLE: 0.5, Anchoring.END: 1.0}
"""How much of the words stands before their x."""


def _steps(outline: Outline, x: float, y: float, scale: float) -> Iterator[Step]:
    """The steps of a glyph's outline: TrueType's quadratic curves become cubic ones (degree elevation, which is exact)."""
    at = (0.0, 0.0)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return x + point[0] * scale, y + point[1] * scale

    for operator, given in outline:
        points = [point for point in given if point is not None]
        match operator:
            case "moveTo":
                at = points[0]
                yield MoveTo(*place(at))
            case "lineTo":
                at = points[0]
                yield LineTo(*place(at))
            case "curveTo":
                yield CurveTo(*place(points[0]), *place(points[1]), *place(points[2]))
                at = points[2]
            case "qCurveTo":
                if given[-1] is None:
                    # A closed curve without a point on it: it begins halfway between two of its own.
                    at = _middle(points[-1], points[0])
                    points = [*points, at]
                    yield MoveTo(*place(at))
                controls, end = points[:-1], points[-1]
                for number, control in enumerate(controls):
                    last = number == len(controls) - 1
                    goal = end if last else _middle(control, controls[number + 1])
                    first = _between(at, control)
                    second = _between(goal, control)
                    yield CurveTo(*place(first), *place(second), *place(goal))
                    at = goal
                if not controls:
                    at = end
                    yield LineTo(*place(end))
            case _:
                yield Close()


def _middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _between(end: tuple[float, float], control: tuple[float, float]) -> tuple[float, float]:
    """Two thirds of the way from the end of a quadratic curve to its control point."""
    return end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1])
