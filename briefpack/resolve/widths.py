"""Column widths from what stands in the columns, where the author gave none; the same content, the same widths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import assert_never
from unicodedata import east_asian_width

from briefpack.document import (
    Block,
    Callout,
    Cell,
    Chart,
    Columns,
    Heading,
    Image,
    Landscape,
    LineBreak,
    List,
    Listing,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    SideBySide,
    Spans,
    Table,
    Together,
    plain_text,
)
from briefpack.grid import lay
from briefpack.style import Style

_ADVANCES = {
    **dict.fromkeys(" ijl|'’‘.,:;!·()[]{}/-\u00a0\u202f", 0.29),
    **dict.fromkeys("frtIJ“”", 0.36),
    **dict.fromkeys("mwMW%@—…", 0.86),
}
"""Advances of characters, a share of the size: what Carlito and Liberation have, rounded up to the wider."""

_DIGIT, _CAPITAL, _LETTER, _WIDE = 0.55, 0.64, 0.52, 1.0
_MEAN = 0.44
"""Mean advance of a character of running text."""

BOLD = 1.04
"""How much wider bold letters are."""

_LONGEST_WORD = 11.0
"""Words longer than this many ems may be broken; they claim no more."""

_SLACK = 0.4
"""Ems of air that keep a text on its line although it is only estimated."""

_LABEL = 1.6
"""Ems that a list's label and indent take."""

_LEAST_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class Need:
    """What a column holds, in ems of table-cell size. word: its longest word. line: its longest
    paragraph, set in one line. mass: all its text in one line, a row's share."""

    word: float
    line: float
    mass: float


def widths(
    given: Sequence[float | None],
    rows: Sequence[Row],
    style: Style,
    *,
    look: str = "table",
    measure: float = 1.0,
) -> tuple[float, ...]:
    """A share for every column, in sum 1. given: the author's shares; None takes of what is left.

    look: of the table, see Style.table_look. measure: its width, a share of the text width.
    """
    free = [column for column, share in enumerate(given) if share is None]
    if not free:
        return _to_one([share or 0.0 for share in given])
    shares = [share or 0.0 for share in given]
    room = max(1 - sum(shares), _LEAST_SHARE * len(free))
    size = style.text["table-cell"].size
    padding = 2 * style.table_look(look).padding_x / size + _SLACK
    budget = style.page.text_width * measure / size * room - padding * len(free)
    cells = _by_column(rows, len(given))
    needs = [_need(cells[column], style) for column in free]
    claims = _share_out(needs, budget)
    total = sum(claims) + padding * len(claims)
    for column, claim in zip(free, claims, strict=True):
        shares[column] = room * (claim + padding) / total
    return _to_one(shares)


def least(column: int, rows: Sequence[Row], style: Style, *, look: str = "table") -> float:
    """The share of the table's width at which no word of a column is broken. look: as widths has it."""
    size = style.text["table-cell"].size
    width = max(sum(cell.columns for cell in rows[0].cells), column + 1)
    need = _need(_by_column(rows, width)[column], style)
    ems = need.word + 2 * style.table_look(look).padding_x / size + _SLACK
    return ems * size / style.page.text_width


def snug(
    column: int,
    rows: Sequence[Row],
    style: Style,
    *,
    look: str,
    measure: float,
    most: float,
    bold: bool = True,
) -> float:
    """The share at which every paragraph of a column stays on its line, even in bold; at most most. look, measure: as widths has them.

    bold: False where the column's cells are not set in bold.
    """
    size = style.text["table-cell"].size
    width = sum(cell.columns for cell in rows[0].cells)
    need = _need(_by_column(rows, width)[column], style)
    line = need.line * BOLD if bold else need.line
    ems = line + 2 * style.table_look(look).padding_x / size + _SLACK
    return min(ems * size / (style.page.text_width * measure), most)


def evenly(head: float, rows: Sequence[Row], style: Style, *, look: str, measure: float) -> tuple[float, ...]:
    """Columns of one width beside a first one whose share is head; by what they hold where a word would not fit then."""
    count = sum(cell.columns for cell in rows[0].cells) - 1
    size = style.text["table-cell"].size
    room = style.page.text_width * measure * (1 - head) / max(count, 1)
    columns = _by_column(rows, count + 1)[1:]
    padding = 2 * style.table_look(look).padding_x
    if any(_need(cells, style).word * size + padding > room for cells in columns):
        return widths([head, *[None] * count], rows, style, look=look, measure=measure)
    return _to_one([head, *[(1 - head) / max(count, 1)] * count])


def _by_column(rows: Sequence[Row], width: int) -> list[list[Cell]]:
    """The cells of each column; one that covers several columns is wide enough if they are, and is left out."""
    columns: list[list[Cell]] = [[] for _ in range(width)]
    for row in lay([row.cells for row in rows], width).rows:
        for column, cell in row:
            if cell.columns == 1 and column < width:
                columns[column].append(cell)
    return columns


def _to_one(shares: Sequence[float]) -> tuple[float, ...]:
    total = sum(shares)
    if total <= 0:
        return tuple(1 / len(shares) for _ in shares)
    rounded = [round(share / total, 6) for share in shares]
    rounded[-1] = round(1 - sum(rounded[:-1]), 6)
    return tuple(rounded)


def _share_out(needs: Sequence[Need], budget: float) -> list[float]:
    """Ems for every column: short columns stay on one line, long ones share the rest by what they hold."""
    lines = [max(need.line, 1.0) for need in needs]
    if sum(lines) <= budget:
        surplus = budget - sum(lines)
        # Half of the surplus evenly and half by content: a column of numbers breathes, prose gets most.
        return [line + surplus / 2 * (1 / len(lines) + line / sum(lines)) for line in lines]
    rest, count = budget, len(lines)
    claims = [0.0] * len(lines)
    order = sorted(range(len(lines)), key=lambda column: (lines[column], column))
    while order and lines[order[0]] <= rest / count:
        column = order.pop(0)
        claims[column] = lines[column]
        rest -= lines[column]
        count -= 1
    long = sorted(order)
    while long:
        weight = sum(sqrt(needs[column].mass) for column in long) or 1.0
        tight = [c for c in long if rest * sqrt(needs[c].mass) / weight < needs[c].word]
        if not tight:
            for column in long:
                claims[column] = rest * sqrt(needs[column].mass) / weight
            break
        if sum(needs[column].word for column in long) >= rest:
            # Not even the words fit: everybody gives the same share of them.
            words = sum(needs[column].word for column in long)
            for column in long:
                claims[column] = max(rest, 1.0) * needs[column].word / words
            break
        for column in tight:
            claims[column] = needs[column].word
            rest -= needs[column].word
        long = [column for column in long if column not in tight]
    return claims


def _need(cells: Sequence[Cell], style: Style) -> Need:
    size = style.text["table-cell"].size
    word = line = mass = 0.0
    for cell in cells:
        for role, spans, indent in _texts(cell.blocks, 0.0):
            look = style.text[role]
            scale = look.size / size * (BOLD if look.bold else 1.0)
            for text in _lines(spans):
                length = (text_length(text) + indent) * scale
                line = max(line, length)
                mass += length
                # At ordinary spaces only: a number stays with its unit.
                longest = max(map(text_length, text.split(" ")), default=0.0)
                word = max(word, (min(longest, _LONGEST_WORD) + indent) * scale)
    return Need(word, line, mass / max(len(cells), 1))


def _texts(blocks: Iterable[Block], indent: float) -> Iterable[tuple[str, Spans, float]]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.role, block.spans, indent
            case List():
                for item in block.items:
                    yield from _texts(item.blocks, indent + _LABEL)
            case Heading() | NumberedParagraph():
                yield "table-cell", block.spans, indent
            case Callout() | Quotation() | Together() | Landscape():
                yield from _texts(block.blocks, indent)
            case SideBySide() | Columns():
                for part in block.parts:
                    yield from _texts(part, indent)
            case Table() | Image() | Chart() | Listing() | PageBreak():
                pass
            case _:
                assert_never(block)


def _lines(spans: Spans) -> Iterable[str]:
    start = 0
    for end, span in enumerate(spans):
        if isinstance(span, LineBreak):
            yield plain_text(spans[start:end])
            start = end + 1
    yield plain_text(spans[start:])


def text_length(text: str) -> float:
    """Ems of a text in one line, estimated without its font and rather too long than too short."""
    if len(text) > 80:  # it breaks into lines anyway
        return _MEAN * len(text)
    return sum(map(_advance, text))


@cache
def _advance(character: str) -> float:
    known = _ADVANCES.get(character)
    if known is not None:
        return known
    if character.isdigit():
        return _DIGIT
    if east_asian_width(character) in {"W", "F"}:
        return _WIDE
    return _CAPITAL if character.isupper() else _LETTER
