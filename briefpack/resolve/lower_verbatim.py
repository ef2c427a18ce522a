"""Text that is printed as it is typed → a box whose line breaks and indents are the author's."""

from __future__ import annotations

from briefpack.blocks import VerbatimBlock
from briefpack.document import BOX_ROLES, Callout, LineBreak, Span, Text
from briefpack.resolve.walk import Walk

NO_BREAK_SPACE = "\u00a0"


def verbatim(walk: Walk, block: VerbatimBlock) -> Callout:
    """Spaces at the beginning of a line stay as no-break spaces: others would be lost as those between words are joined."""
    walk.expect(block.id, block.where)
    spans: list[Span] = []
    for number, line in enumerate(block.lines):
        if number:
            spans.append(LineBreak())
        bare = line.lstrip(" ")
        spans.append(Text(NO_BREAK_SPACE * (len(line) - len(bare)) + bare))
    mark = walk.portions.alone(walk.portions.own)
    if mark is not None:
        # On a line of its own: what is printed as it is typed is not moved.
        spans[:0] = (*mark, LineBreak())
    paragraph = walk.paragraph(tuple(spans), block.where, BOX_ROLES["verbatim"][1])
    return Callout(None, (paragraph,), block.where, "verbatim", walk.portions.own)
