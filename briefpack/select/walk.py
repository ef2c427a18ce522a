"""The walk over a pack: how a node goes with what is in it, and what stays of a run of blocks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from briefpack.blocks import AuthorBlock, ParagraphBlock
from briefpack.limits import EVERYBODY
from briefpack.select.emptied import bare_headings, lost
from briefpack.select.judging import Open
from briefpack.select.kept_words import is_blank
from briefpack.select.spans import SpanWalk
from briefpack.verdict import Kind, opening

_Node = TypeVar("_Node")
_Child = TypeVar("_Child")

EMPTIED_HEADING = "everything under it is withheld"
SAYS_NOTHING = "nothing is left of it"


@dataclass(slots=True)
class Walk(SpanWalk, ABC):
    """One walk over a pack for one audience. What it knows of each kind of node is said by functions that take it, and of blocks by BlockWalk.

    language: of the pack. printed: as in select. paths: the files that kept nodes came from.
    """

    language: str = "en"
    printed: Collection[str] | None = None
    paths: set[Path] = field(default_factory=set)

    @abstractmethod
    def block(self, block: AuthorBlock) -> AuthorBlock | None:
        """What stays of a block; None where it is withheld, or nothing of it is left."""

    def each(self, judge: Callable[[Walk, _Node], _Node | None], nodes: Iterable[_Node]) -> tuple[_Node, ...]:
        return tuple(kept for node in nodes if (kept := judge(self, node)) is not None)

    def closed(self, node: _Node, opened: Open) -> _Node | None:
        """A node that loses nothing, or goes as a whole."""
        return self.kept(node) if self.close(opened) else None

    def made_of(
        self,
        node: _Node,
        opened: Open,
        judge: Callable[[Walk, _Child], _Child | None],
        **written: tuple[_Child, ...],
    ) -> _Node | None:
        """A node that goes with the last of what it is made of. written: the field that has these, as the author wrote it."""
        left = {name: self.each(judge, children) for name, children in written.items()}
        stays = self.close(opened, emptied=any(written.values()) and not any(left.values()))
        return self.kept(node, **left) if stays else None

    def holding(
        self,
        node: _Node,
        opened: Open,
        *,
        inside: bool = False,
        lead: int = 0,
        **written: tuple[AuthorBlock, ...],
    ) -> _Node | None:
        """A node that goes when the blocks in it have nothing left to say. written: the field that has them, as the author wrote it. inside, lead: as of `blocks`."""
        left = {name: self.blocks(run, inside=inside, lead=lead) for name, run in written.items()}
        emptied = any(lost(written[name], left[name]) for name in written)
        return self.kept(node, **left) if self.close(opened, emptied=emptied) else None

    def blocks(
        self, blocks: Sequence[AuthorBlock], *, inside: bool = False, lead: int = 0
    ) -> tuple[AuthorBlock, ...]:
        """What stays of a run of blocks. inside: within an item or cell, whose own verdict tells of
        its plain paragraphs. lead: how many of them are the words of what they stand in, and marked as those are."""
        kept: list[AuthorBlock | None] = []
        verdict_of: dict[int, int] = {}
        for position, block in enumerate(blocks):
            verdict_of[position] = len(self.verdicts)
            if inside and isinstance(block, ParagraphBlock) and block.limits == EVERYBODY:
                kept.append(self.inner(block, lead=position < lead))
            else:
                kept.append(self.block(block))
        for position in bare_headings(blocks, kept):
            kept[position] = None
            self.put_out(verdict_of[position], EMPTIED_HEADING)
        return tuple(block for block in kept if block is not None)

    def inner(self, block: ParagraphBlock, *, lead: bool) -> ParagraphBlock | None:
        """A plain paragraph in an item or a cell: it has no verdict of its own unless there is something to say."""
        if self.outer is not None:
            return None
        marking = None
        if self.policy is not None and not lead:
            marking = self.plain()
            if marking is None:
                self.close(self.open(Kind.PARAGRAPH, opening(block.spans), block.where, leaf=True))
                return None
        spans = self.words(block.spans)
        if spans is not block.spans:
            if is_blank(spans) and not is_blank(block.spans):
                return None
            block = replace(block, spans=spans)
        return block if marking is None else replace(block, limits=self.limits_of(marking, marking))
