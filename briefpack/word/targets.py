"""What cross-references can point at in the Word file, and which of their numbers Word keeps up to date itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefpack.document import Caption, Chart, Document, Heading, Image, NumberedParagraph, Table, walk
from briefpack.style import Style
from briefpack.word.counters import automatic_headings, from_pattern

SEQUENCES = {"table": "Table", "figure": "Figure"}
"""Kind of a Listing → Word's name of the counter in the captions it lists."""


@dataclass(frozen=True, slots=True)
class Target:
    """number: as a reference prints it. instruction: the field that yields it."""

    number: str
    instruction: str


@dataclass(frozen=True, slots=True)
class NumberedCaption:
    """A caption whose number Word counts. words: before the number ("Table"). bookmark: around the number."""

    words: str
    number: str
    bookmark: str
    sequence: str


@dataclass(frozen=True, slots=True)
class Targets:
    """automatic: anchors of headings that Word numbers itself. fields, captions: by anchor. shown: anchors of annexes whose pages are in the file. elsewhere: as in PackPart."""

    automatic: frozenset[str]
    fields: dict[str, Target]
    captions: dict[str, NumberedCaption]
    shown: frozenset[str] = frozenset()
    elsewhere: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class _CaptionCounter:
    """Word's count of SEQ fields, one sequence for tables and one for figures."""

    counts: dict[str, int] = field(default_factory=dict)
    bookmarks: int = 0

    def count(self, caption: Caption, sequence: str) -> NumberedCaption | None:
        """None when Word would count another number than the caption's."""
        words, space, number = caption.label.rpartition(" ")
        expected = self.counts.get(sequence, 0) + 1
        if not space or number != str(expected):
            return None
        self.counts[sequence] = expected
        self.bookmarks += 1
        return NumberedCaption(words, number, f"_Ref{self.bookmarks:06d}", sequence)


def find_targets(document: Document, style: Style, shown: frozenset[str] = frozenset()) -> Targets:
    """Look through the whole Document once, before any reference is written."""
    automatic = automatic_headings(document, style)
    fields: dict[str, Target] = {}
    captions: dict[str, NumberedCaption] = {}
    counter = _CaptionCounter()
    patterns = [from_pattern(pattern) for pattern in style.numbering.paragraphs]
    for section in document.sections:
        if section.anchor in automatic and section.number:
            fields[section.anchor] = Target(section.number, rf"REF {section.anchor} \n \h")
        for block in walk(section.blocks):
            # Only what can be counted; every other kind of block has no number.
            if isinstance(block, Table | Image | Chart):
                sequence = SEQUENCES["table" if isinstance(block, Table) else "figure"]
                counted = counter.count(block.caption, sequence) if block.caption else None
                if counted is not None:
                    captions[block.anchor] = counted
                    fields[block.anchor] = Target(counted.number, rf"REF {counted.bookmark} \h")
            elif isinstance(block, Heading):
                if block.anchor in automatic and block.number:
                    fields[block.anchor] = Target(block.number, rf"REF {block.anchor} \n \h")
            elif isinstance(block, NumberedParagraph):
                known = (
                    block.level < len(patterns) and patterns[block.level].label(block.index) == block.label
                )
                if block.anchor and known:
                    fields[block.anchor] = Target(block.label.rstrip("."), rf"REF {block.anchor} \n \h")
    elsewhere = {} if document.part is None else document.part.elsewhere
    return Targets(automatic, fields, captions, shown, elsewhere)
