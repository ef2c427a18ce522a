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
    Heading,
    Image,
    LineBreak,
    List,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Row,
    Spans,
    Table,
    plain_text,
)
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

_BOLD = 1.04
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


def widths(given: Sequence[float | None], rows: Sequence[Row], style: Style) -> tuple[float, ...]:
    """A share for every column, in sum 1. given: the author's shares; None takes of what is left."""
    free = [column for column, share in enumerate(given) if share is None]
    if not free:
        return _to_one([share or 0.0 for share in given])
    shares = [share or 0.0 for share in given]
    room = max(1 - sum(shares), _LEAST_SHARE * len(free))
    size = style.text["table-cell"].size
    padding = 2 * style.table.padding_x / size + _SLACK
    budget = style.page.text_width / size * room - padding * len(free)
    needs = [_need([row.cells[column] for row in rows if column < len(row.cells)], style) for column in free]
    claims = _share_out(needs, budget)
    total = sum(claims) + padding * len(claims)
    for column, claim in zip(free, claims, strict=True):
        shares[column] = room * (claim + padding) / total
    return _to_one(shares)


def least(column: int, rows: Sequence[Row], style: Style) -> float:
    """The share of the table's width at which no word of a column is broken."""
    size = style.text["table-cell"].size
    need = _need([row.cells[column] for row in rows], style)
    ems = need.word + 2 * style.table.padding_x / size + _SLACK
    return ems * size / style.page.text_width


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
            scale = look.size / size * (_BOLD if look.bold else 1.0)
            for text in _lines(spans):
                length = (_measure(text) + indent) * scale
                line = max(line, length)
                mass += length
                # At ordinary spaces only: a number stays with its unit.
                longest = max(map(_measure, text.split(" ")), default=0.0)
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
            case Callout():
                yield from _texts(block.blocks, indent)
            case Table() | Image() | PageBreak():
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


def _measure(text: str) -> float:
    """Ems of a text in one line, estimated without its font."""
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
