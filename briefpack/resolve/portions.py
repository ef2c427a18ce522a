"""Which marking the words at hand have, and the mark that stands before them where the style prints portions.

A selection says of every node what its own words are marked; what says nothing is marked as what it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from briefpack.document import Block, List, Paragraph, Row, Spans, Text, plain_text
from briefpack.limits import Limits
from briefpack.marking import LOWEST, Marking
from briefpack.policy import Policy

_GLUE = "\u00a0"
"""Keeps a mark on the line of the word behind it."""


@dataclass(slots=True)
class Portions:
    """policy: None in a pack without one. printed: whether marks are printed. language: of the pack, in whose words marks and banners are.

    pack: of the pack's own words. own: of the words at hand; None without a policy.
    """

    policy: Policy | None = None
    printed: bool = False
    language: str = "en"
    pack: Marking | None = None
    own: Marking | None = None

    def begin(self, limits: Limits) -> None:
        """Go on to what stands in the pack itself: a section or an annex."""
        self.own = self.pack
        self.own = self.of(limits)

    @contextmanager
    def within(self, limits: Limits) -> Iterator[None]:
        """What is lowered inside are the own words of a node with these limits, as a selection has them."""
        outside = self.own
        self.own = self.of(limits)
        try:
            yield
        finally:
            self.own = outside

    def of(self, limits: Limits) -> Marking | None:
        """The marking of a node's own words."""
        if self.policy is None:
            return None
        if limits.title_marking is not None:
            return limits.title_marking
        return self.own if limits.marking is None else limits.marking

    def whole(self, limits: Limits) -> Marking | None:
        """The marking of a node that is one portion with all that is in it."""
        if self.policy is None:
            return None
        return self.own if limits.marking is None else limits.marking

    def mark(self, marking: Marking | None) -> str:
        """The mark of a portion with what keeps it to its words; "" where none is printed."""
        if not self.printed or self.policy is None or marking is None:
            return ""
        words = self.policy.portion(marking, self.language)
        return words + _GLUE if words else ""

    def marked(self, spans: Spans, marking: Marking | None = None) -> Spans:
        """Words behind the mark of their portion. marking: theirs, None for that of the words at hand."""
        mark = self.mark(self.own if marking is None else marking)
        return (Text(mark, secondary=True, portion=True), *spans) if mark and spans else spans

    def standard(self, spans: Spans) -> Spans:
        """Words of the style, such as the heading of a part, which tell nothing of the pack."""
        return self.marked(spans, LOWEST)

    def alone(self, marking: Marking | None) -> Spans | None:
        """The mark of what has no words of its own to stand before; None where none is printed."""
        mark = self.mark(marking)
        return (Text(mark.removesuffix(_GLUE), secondary=True, portion=True),) if mark else None

    def row(self, row: Row, limits: Limits, *, first: int = 0) -> Row:
        """A row of a table, which is one portion: its mark stands in the first cell that has words, since a number would no longer stand below
        others. first: of its cells that may have it."""
        if self.policy is None:
            return row
        whole = self.whole(limits)
        row = replace(row, marking=whole)
        if not self.mark(whole):
            return row
        said = [
            (number, words)
            for number, cell in enumerate(row.cells)
            if number >= first and (words := _opening(cell.blocks[0]))
        ]
        chosen = next((number for number, words in said if any(map(str.isalpha, words))), None)
        if chosen is None:
            chosen = said[0][0] if said else None
        if chosen is None:
            return row
        cells = list(row.cells)
        first_block, *others = cells[chosen].blocks
        cells[chosen] = replace(cells[chosen], blocks=(self._led(first_block, whole), *others))
        return replace(row, cells=tuple(cells))

    def _led(self, block: Block, marking: Marking | None) -> Block:
        """A block whose first words stand behind the mark."""
        match block:
            case Paragraph():
                return replace(block, spans=self.marked(block.spans, marking))
            case List():
                item, *others = block.items
                inner, *rest = item.blocks
                led = replace(item, blocks=(self._led(inner, marking), *rest))
                return replace(block, items=(led, *others))
            case _:
                return block


def _opening(block: Block) -> str:
    """The first words of a block that can be led in by a mark; "" for none."""
    match block:
        case Paragraph():
            return plain_text(block.spans).strip()
        case List() if block.items:
            return _opening(block.items[0].blocks[0])
        case _:
            return ""
