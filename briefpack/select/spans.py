"""Spans of the nodes of a pack as one audience gets them: references in the words that stand for them, notes judged like any other node."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from briefpack.blocks import AuthorBlock, AuthorSpan, AuthorSpans, Note, ParagraphBlock, Reference
from briefpack.limits import EVERYBODY
from briefpack.marking import LOWEST
from briefpack.select.judging import Judge
from briefpack.select.kept_words import settled, with_settled
from briefpack.verdict import Kind, opening

_Node = TypeVar("_Node")


@dataclass(slots=True)
class SpanWalk(Judge):
    """Judges what is walked through, and settles the spans in it.

    gone: names of what is withheld, as far as known. asked: names that something hangs on. conditional: whether texts of the section at hand may have
    words in them that are printed instead of a reference; replaces: whether any have been.
    """

    gone: frozenset[str] = frozenset()
    asked: set[str] = field(default_factory=set)
    conditional: bool = True
    replaces: bool = False

    def kept(self, node: _Node, **changes: object) -> _Node:
        """The node that was closed last, as its selection has it."""
        if not changes and not self.conditional and node.limits == self.left:  # type: ignore[attr-defined]  # every node has limits
            return node
        made: _Node = replace(node, limits=self.left, **changes)  # type: ignore[type-var]  # every node is a dataclass
        return with_settled(made, self.settle) if self.conditional else made

    def settle(self, span: AuthorSpan) -> Sequence[AuthorSpan]:
        """What is printed of a span: of a reference to what is withheld, the words in its place."""
        match span:
            case Reference(instead=instead) if instead is not None:
                self.asked.add(span.target)
                if span.target not in self.gone:
                    return (replace(span, instead=None),)
                self.replaces = True
                return instead
            case Note():
                return (with_settled(span, self.settle),)
            case _:
                return (span,)

    def settle_notes(self, span: AuthorSpan) -> Sequence[AuthorSpan]:
        """The same, and nothing of a note that is withheld."""
        if isinstance(span, Note) and span.limits != EVERYBODY:
            note = self.note(span)
            return () if note is None else self.settle(note)
        return self.settle(span)

    def note(self, note: Note) -> Note | None:
        """A note that is for some, or marked, has a verdict of its own."""
        words = opening(note.paragraphs[0]) if note.paragraphs else ""
        opened = self.open(Kind.NOTE, words, note.where, note.limits, leaf=True)
        if not self.close(opened):
            return None
        if self.everything:
            # It is a text of its own, which the section has: what it hangs on may well be declared lower.
            marking = self.around[-1].inside.pop(opened.index, LOWEST)
            self.around[min(1, len(self.around) - 1)].inside[opened.index] = marking
        return self.kept(note)

    def words(self, spans: AuthorSpans) -> AuthorSpans:
        """Spans in which notes may stand, while the node that they stand in is open: what a note is marked counts for it."""
        if self.conditional or limited_notes(spans):
            return settled(spans, self.settle_notes)
        return spans


def limited_notes(spans: AuthorSpans) -> bool:
    """Whether any note in spans is for some, or marked."""
    return any(isinstance(span, Note) and span.limits != EVERYBODY for span in spans)


def is_plain(block: AuthorBlock) -> bool:
    """Whether nothing in a block that has only its own words is marked by itself."""
    return not isinstance(block, ParagraphBlock) or not limited_notes(block.spans)


def are_plain(blocks: Iterable[AuthorBlock]) -> bool:
    """Whether blocks are words of what they stand in, with nothing among them that is marked by itself."""
    return all(
        isinstance(block, ParagraphBlock) and block.limits == EVERYBODY and is_plain(block)
        for block in blocks
    )
