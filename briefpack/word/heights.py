"""About how high text is: enough to decide what stays on one page, and measured without reading fonts."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from briefpack import document as d
from briefpack.style import Style, TextStyle

# Mean width of a character, a share of the size; those of typewriters are wider.
_CHARACTER = 0.48
_TYPED = 0.6


def about(style: Style, blocks: tuple[d.Block, ...], width: int) -> float:
    """Height in points of all text of blocks. width: in twips. Pictures count for nothing."""
    height = gap = 0.0
    for role, spans in _texts(blocks):
        text = style.text[role]
        # Of the spaces of two neighbours the larger counts.
        height += max(gap, text.before) if height else 0.0
        height += _lines(spans, text, width, typed=role == "verbatim") * text.line_pitch
        gap = text.after
    return height


def _texts(blocks: tuple[d.Block, ...]) -> Iterator[tuple[str, d.Spans]]:
    """Role and words of every paragraph, wherever it stands."""
    for block in d.walk(blocks):
        match block:
            case d.Paragraph():
                yield block.role, block.spans
            case d.NumberedParagraph():
                yield "numbered", block.spans
            case d.Heading():
                yield f"heading-{block.level}", block.spans
            case _:
                # The other kinds are made of these.
                pass


def _lines(spans: d.Spans, text: TextStyle, width: int, *, typed: bool) -> int:
    """Lines that spans take. typed: set in letters of equal width."""
    across = max(width, 1) / (20 * text.size * (_TYPED if typed else _CHARACTER))
    lengths = [0]
    for span in spans:
        if isinstance(span, d.LineBreak):
            lengths.append(0)
        else:
            lengths[-1] += len(d.plain_text((span,)))
    return sum(max(1, ceil(length / across)) for length in lengths)
