"""What a style does to the words of a pack, and what it asks of them: numbers, typography, lengths of texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from briefpack.style.measures import Length


@dataclass(frozen=True, slots=True)
class Numbering:
    """sections: number section titles. headings: deepest heading level that is numbered (1: none below sections).

    paragraphs: patterns per level with one of 1, a, A, i, I as the digit: "1.", "(a)", "(i)".
    annexes: the digit pattern of annex labels, "A", "1" or "I". heading_indent: width of the column that
    holds the number of a section title or heading. paragraph_indent: hanging indent per level of numbered paragraphs.
    """

    sections: bool
    headings: int
    paragraphs: tuple[str, str, str]
    annexes: str
    heading_indent: Length
    paragraph_indent: Length


class SpellOut(Enum):
    """Where an abbreviation of the glossary is written out before it is used: at first use in the pack, in each section, or never."""

    PACK = "pack"
    SECTION = "section"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Typography:
    """What is done to the words. refine: quotes, dashes and spaces as the language sets them, and ISO dates in words. small_caps: abbreviations of the
    glossary are set in small capitals. spell_out: see SpellOut."""

    refine: bool
    small_caps: bool
    spell_out: SpellOut


@dataclass(frozen=True, slots=True)
class Craft:
    """What a style expects of its texts. words_per_minute: of a speaking note; speech_times: print how long its paragraphs take.

    portrait: width of the portraits of biographies. brief_pages: pages a brief may have, steering_pages a steering brief; 0 for any number.
    as_of_days: age from which a figure counts as old, 0 for never. parts: the parts of briefs it prints, by name; None for all (see pack.PartName).
    """

    words_per_minute: int
    speech_times: bool
    portrait: Length
    brief_pages: int
    steering_pages: int
    as_of_days: int
    parts: tuple[str, ...] | None
