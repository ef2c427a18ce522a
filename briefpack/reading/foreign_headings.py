"""Headings of a text that somebody else wrote → those that an annex can have; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefpack.blocks import AuthorBlock, AuthorSpans, HeadingBlock, ParagraphBlock
from briefpack.document import Text
from briefpack.errors import Where
from briefpack.reading.author_words import plain_words


def levelled(blocks: Sequence[AuthorBlock]) -> tuple[AuthorBlock, ...]:
    """The blocks with headings of levels 2 to 4, of which none is skipped: those that others use, one below the other."""
    levels = sorted({block.level for block in blocks if isinstance(block, HeadingBlock)})
    made: list[AuthorBlock] = []
    last = 1
    for block in blocks:
        if isinstance(block, HeadingBlock):
            last = min(2 + levels.index(block.level), last + 1, 4)
            made.append(replace(block, level=last))
        else:
            made.append(block)
    return tuple(made)


def in_bold(spans: AuthorSpans, where: Where) -> ParagraphBlock:
    """A heading that heads nothing of the outline, as in a list or a quotation: a line in bold."""
    bold = (replace(span, strong=True) if isinstance(span, Text) else span for span in spans)
    return ParagraphBlock(tuple(bold), where)


def unheaded(blocks: Sequence[AuthorBlock]) -> Sequence[AuthorBlock]:
    """Headings inside a list or a quotation are lines in bold: they head nothing of the document."""
    return [
        in_bold(block.spans, block.where) if isinstance(block, HeadingBlock) else block for block in blocks
    ]


def headed(blocks: Sequence[AuthorBlock]) -> tuple[str, tuple[AuthorBlock, ...]]:
    """The first heading as the title of the text, where nothing but it begins the text, and the others so that none skips a level."""
    title = ""
    left = list(blocks)
    if left and isinstance(left[0], HeadingBlock):
        title = plain_words(left.pop(0).spans).strip()  # type: ignore[union-attr]  # it is a heading
    return title, levelled(left)
