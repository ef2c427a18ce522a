"""Where the characters of a page stand → the words of the page as a reader meets them, where they were drawn in another order; pure.

Whoever reads a page reads lines from left to right and one below the other, whatever order they were drawn in. Columns and the cells of a table are read one
by one, but nobody can tell for sure where they are, so that a page is said in two ways: line by line from one edge to the other, and column by column.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

_ALIKE = 0.3
"""Of the size of characters: so far apart baselines may be and be one line, as those of raised figures are."""
_BLANK = 1.2
"""Of the size of characters: what is farther apart may be in two columns. Gaps in lines that are set to one width are narrower in all but the worst."""
_BELOW = 2.5
"""Of the size of characters: what goes on in a column is not farther down."""
_MOST_PIECES = 4000
"""Pieces of a page from which on it is in disorder; a page of small print has 200."""
_LARGER = 2.0
"""Times that characters of one line may be larger than others."""
_AT_ONCE = 3
"""Lines of several sizes that cross each other."""
_BAND = 8.0
"""Points of the height of a page among whose pieces those of one line are looked for."""
_LEAST_SIZE = 0.01
"""Points, so that characters without a height have one."""


class Piece(NamedTuple):
    """What was drawn on one line in a row. x, y: where it begins, on the baseline. end: where it ends. size: of its characters. angle: of the baseline. All as
    in Letter."""

    x: float
    y: float
    end: float
    size: float
    angle: int = 0


class Letter(NamedTuple):
    """A character as it was drawn. number: of the page, in the order of drawing. x, y: where it begins on the baseline, seen along it: pages whose text is turned
    are turned back. end: where it ends. size: its height. All in points. angle: of the baseline, whole degrees."""

    number: int
    char: str
    x: float
    y: float
    end: float
    size: float
    angle: int = 0


def turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """A point as it is seen along a baseline. angle: of the baseline, in radians, as pdfium counts it: clockwise."""
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def is_in_disorder(pieces: Sequence[Piece]) -> bool:
    """Whether words of a page were drawn between others that had been drawn before. pieces: in the order of drawing.

    What stands farther to the right or left on a line is in order: columns and cells do, and whoever put their lines together would make up sentences.
    """
    if len(pieces) > _MOST_PIECES:
        return True
    bands: dict[int, list[Piece]] = {}
    for piece in pieces:
        band = math.floor(piece.y / _BAND) if math.isfinite(piece.y) else 0
        for one in chain.from_iterable(bands.get(near, ()) for near in (band - 1, band, band + 1)):
            within = _ALIKE * one.size
            if piece.x < one.end - within and piece.end > one.x + within and _is_level(one, piece):
                return True
        bands.setdefault(band, []).append(piece)
    return False


def _is_level(one: Piece | Letter, other: Piece | Letter) -> bool:
    """Whether two may be of one line: what was stamped across a page is larger."""
    return (
        one.angle == other.angle
        and _is_as_large(one, other)
        and abs(one.y - other.y) <= _ALIKE * min(_size(one), _size(other))
    )


def _is_as_large(one: Piece | Letter, other: Piece | Letter) -> bool:
    return max(_size(one), _size(other)) <= _LARGER * min(_size(one), _size(other))


def said_in_order(letters: Sequence[Letter]) -> Iterator[str]:
    """What a page says line by line, and column by column; a line a line."""
    rows = _rows(letters)
    if rows:
        yield "\n".join(map(_said, rows))
        yield "\n".join(_said(part) for column in _columns(rows) for part in column)


def _rows(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Letters on one baseline, from left to right; the highest line first."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: (one.angle, -one.y)):
        for row in rows[: -1 - _AT_ONCE : -1]:
            if _is_level(row[0], letter):
                row.append(letter)
                break
        else:
            rows.append([letter])
    return [_from_left(row) for row in rows]


def _from_left(row: Iterable[Letter]) -> list[Letter]:
    return sorted(row, key=lambda one: (one.x, one.number))


def _size(letter: Piece | Letter) -> float:
    return max(letter.size, _LEAST_SIZE)


def _said(row: Sequence[Letter]) -> str:
    """The letters of a line; a blank stands where they were not drawn one behind the other, as it does between words."""
    said = [
        letter.char if one.number + 1 == letter.number else f" {letter.char}" for one, letter in pairwise(row)
    ]
    return "".join([row[0].char, *said])


def _columns(rows: Iterable[list[Letter]]) -> Iterator[list[list[Letter]]]:
    """Parts of lines that stand one below the other."""
    open_ones: list[list[list[Letter]]] = []
    for row in rows:
        waiting, open_ones, taken = open_ones, [], []
        for column in waiting:
            last = column[-1][0]
            if last.angle == row[0].angle and last.y - row[0].y <= _BELOW * max(_size(last), _size(row[0])):
                open_ones.append(column)
            else:
                yield column
        for part in _parts(row):
            above = max(open_ones, key=lambda one: _shared(one[-1], part), default=None)
            if above is None or _shared(above[-1], part) <= 0:
                taken.append([part])
            else:
                # One part goes on below another; whatever else stands below that as well is a column of its own.
                above.append(part)
                open_ones = [one for one in open_ones if one is not above]
                taken.append(above)
        open_ones += taken
    yield from open_ones


def _parts(row: Sequence[Letter]) -> Iterator[list[Letter]]:
    """A line, divided at its wide gaps."""
    part = [row[0]]
    reach = row[0].end
    for letter in row[1:]:
        if letter.x - reach > _BLANK * _size(letter):
            yield part
            part = []
        part.append(letter)
        reach = max(reach, letter.end) if len(part) > 1 else letter.end
    yield part


def _shared(above: Sequence[Letter], below: Sequence[Letter]) -> float:
    """How much of the width of a page two parts of lines have in common, in points; less than 0: nothing."""
    return min(above[-1].end, below[-1].end) - max(above[0].x, below[0].x)
