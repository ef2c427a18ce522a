"""Numbers as labels: digits by pattern, annex letters, and the running counts of a document and its sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefpack.numerals import roman
from briefpack.style import Numbering


def alphabetic(number: int) -> str:
    """Letters for a number from 1 up: a to z, then aa, ab, …, as columns of a spreadsheet count."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def in_digits(digit: str, number: int) -> str:
    """A number in the kind of digit that 1, a, A, i or I stands for."""
    match digit:
        case "a":
            return alphabetic(number)
        case "A":
            return alphabetic(number).upper()
        case "i":
            return roman(number)
        case "I":
            return roman(number).upper()
        case _:
            return str(number)


def label(pattern: str, number: int) -> str:
    """A number as a pattern prints it: "1." → "12.", "(a)" → "(l)". A 1 is the digit before any letter is."""
    digit = "1" if "1" in pattern else next((c for c in pattern if c in "aAiI"), "")
    if not digit:
        return pattern
    return pattern.replace(digit, in_digits(digit, number), 1)


def spoken(labels: tuple[str, ...]) -> str:
    """Labels from the outermost in, as a sentence names the paragraph: ("4.", "(a)") → "4(a)"."""
    words = ""
    for part in labels:
        bare = part.strip().rstrip(".:)") if "(" not in part else part.strip()
        words += bare if not words or bare.startswith("(") else f".{bare}"
    return words


@dataclass(slots=True)
class Headings:
    """The numbers of the headings of one section. section: its own number, None when it has none.

    An outline may not skip a level: a heading stands one level below the one it hangs under, whatever
    level was asked for.
    """

    numbering: Numbering
    section: str | None
    open: list[tuple[int, int]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def next(self, asked: int) -> tuple[int, str | None, bool]:
        """The next heading's level and number, and whether a level was skipped to get to it."""
        while self.open and self.open[-1][0] >= asked:
            self.open.pop()
        above, level = self.open[-1] if self.open else (1, 1)
        level += 1
        self.open.append((asked, level))
        depth = level - 1
        self.counts = [*self.counts[:depth], *[0] * (depth - len(self.counts))]
        self.counts[depth - 1] += 1
        number = None
        if self.section is not None and level <= self.numbering.headings:
            number = ".".join([self.section, *map(str, self.counts)])
        return level, number, asked > above + 1


@dataclass(slots=True)
class Counts:
    """What has been counted so far. tables, figures, notes, lists, sequences run through the document;
    paragraphs and sequence (None before the first numbered paragraph), items of its agenda, and spoken, the seconds that its
    speech takes, belong to the present section."""

    tables: int = 0
    figures: int = 0
    notes: int = 0
    lists: int = 0
    sequences: int = 0
    paragraphs: int = 0
    sequence: int | None = None
    agenda_items: int = 0
    spoken: int = 0

    def new_section(self) -> None:
        self.paragraphs = 0
        self.sequence = None
        self.agenda_items = 0
        self.spoken = 0

    def next_paragraph(self) -> tuple[int, int]:
        """The next top-level numbered paragraph's index and sequence."""
        if self.sequence is None:
            self.sequences += 1
            self.sequence = self.sequences
        self.paragraphs += 1
        return self.paragraphs, self.sequence
