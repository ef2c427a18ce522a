"""One walk over a pack in reading order: what has been counted, named and found on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from briefpack.blocks import AuthorSpans
from briefpack.document import Caption, Cell, Heading, Paragraph, Row, Spans, plain_text
from briefpack.errors import Findings, Where
from briefpack.marking import LOWEST, Marking
from briefpack.resolve.abbreviations import Abbreviations
from briefpack.resolve.dates import capitalised
from briefpack.resolve.names import Anchors, Target, TargetKind, Targets
from briefpack.resolve.number import Counts, Headings
from briefpack.resolve.portions import Portions
from briefpack.resolve.references import References
from briefpack.style import Style


@dataclass(slots=True)
class Walk:
    """One walk over a pack in reading order. The names it meets go to targets; references come from an
    earlier walk's. section, section_id: anchor and id of the present section.

    listed: a list of figures or tables has been met.
    pending: an anchor that waits for the next paragraph, as lists and boxes have none of their own.
    """

    style: Style
    findings: Findings
    targets: Targets
    references: References
    anchors: Anchors
    counts: Counts
    headings: Headings
    section: str = ""
    section_id: str = ""
    listed: bool = False
    pending: str | None = field(default=None)

    # ----------------------------------------------------------------------- small things

    @property
    def language(self) -> str:
        return self.references.language

    def word(self, key: str) -> str:
        return self.style.word(key, self.language)

    @property
    def abbreviations(self) -> Abbreviations:
        return self.references.abbreviations

    @property
    def portions(self) -> Portions:
        return self.references.portions

    def spans(self, spans: AuthorSpans) -> Spans:
        """Words of a title, a caption, a label: everything that is no running text."""
        return self.references.spans(spans)

    def title(self, text: str) -> str:
        """Words that an author gave without a look, such as a title, as they are printed."""
        return self.references.words(text)

    def running(self, spans: AuthorSpans) -> Spans:
        """Words of running text, in which abbreviations are spelled out."""
        return self.references.running(spans)

    def name(
        self,
        block_id: str | None,
        kind: TargetKind,
        anchor: str | None,
        where: Where,
        *,
        number: str | None = None,
        title: str = "",
    ) -> None:
        if block_id is not None:
            self.targets.add(block_id, Target(kind, anchor, number, title, self.section, where))

    def take_pending(self) -> str | None:
        anchor, self.pending = self.pending, None
        return anchor

    def expect(self, block_id: str | None, where: Where, title: str = "") -> None:
        """Give a block without an anchor of its own the anchor of its first paragraph."""
        if block_id is None:
            return
        if self.pending is None:
            self.pending = self.anchors.make("p", block_id)
        self.name(block_id, TargetKind.OTHER, self.pending, where, title=title)

    def paragraph(self, spans: Spans, where: Where, role: str, *, keep_with_next: bool = False) -> Paragraph:
        return Paragraph(spans, where, role, self.take_pending(), keep_with_next, marking=self.portions.own)

    def portion(self, spans: Spans, where: Where, role: str, *, keep_with_next: bool = False) -> Paragraph:
        """A paragraph that is a portion of its own."""
        return self.paragraph(self.portions.marked(spans), where, role, keep_with_next=keep_with_next)

    def caption(self, word: str, number: int, words: AuthorSpans, marking: Marking | None = None) -> Caption:
        """A caption behind its number. word: the label word of what is counted, "table" or "figure". marking: that it tells of, None for its own: a figure
        has no other words that could say how high it is."""
        label = f"{capitalised(self.word(word))} {number}"
        before, _, behind = self.word("caption_line").partition("{label}")
        joint, _, _ = behind.partition("{caption}")
        return Caption(f"{before}{label}", self.portions.marked(self.spans(words), marking), joint)

    def heading(
        self,
        words: Spans,
        where: Where,
        *,
        level: int = 2,
        name: str = "",
        block_id: str | None = None,
        standard: bool = False,
    ) -> Heading:
        """A heading of the outline. name: what its anchor is made of, its words when empty. standard: its words are the style's."""
        actual, number, skipped = self.headings.next(level)
        title = plain_text(words)
        if skipped:
            self.findings.warning(
                where,
                f"heading “{title}” of level {level} skips a level; it is set as level {actual}",
                f"make it level {actual}, or put a heading of level {level - 1} before it",
                rule="heading-skip",
            )
        made = self.anchors.make("h", self.section_id, block_id or name or title)
        self.name(block_id, TargetKind.HEADING, made, where, number=number, title=title)
        portions = self.portions
        marking = LOWEST if standard and portions.policy is not None else portions.own
        return Heading(actual, number, portions.marked(words, marking), made, where, marking)

    def header(self, titles: Sequence[AuthorSpans], where: Where) -> Row:
        return Row(
            tuple(Cell((Paragraph(self.spans(title), where, "table-header"),)) for title in titles),
            where,
        )
