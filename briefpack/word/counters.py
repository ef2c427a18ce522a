"""How Word counts: the labels it will print for automatic numbers, worked out beforehand.

The Document's labels are final. Word numbers a paragraph by itself only where the two are the same; elsewhere
the label is set as text, so that no reader of the Word file ever sees another number than a reader of the PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from briefpack.document import Document, Heading, walk
from briefpack.numerals import roman
from briefpack.style import Style
from briefpack.word.styles import is_numbered

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True, slots=True)
class LabelFormat:
    """number_format: a value of w:numFmt. before, after: the characters around the number."""

    number_format: str
    before: str
    after: str

    def label(self, number: int) -> str:
        """What Word prints for a number. Letters past z repeat: aa, bb, cc."""
        match self.number_format:
            case "lowerLetter" | "upperLetter":
                letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
                digits = letter if self.number_format == "lowerLetter" else letter.upper()
            case "lowerRoman":
                digits = roman(number)
            case "upperRoman":
                digits = roman(number).upper()
            case _:
                digits = str(number)
        return f"{self.before}{digits}{self.after}"

    def text(self, level: int) -> str:
        """The value of w:lvlText at a 0-based level. A per cent sign cannot be written there."""
        return f"{self.before}%{level + 1}{self.after}"


def from_pattern(pattern: str) -> LabelFormat:
    """The format of a Style's pattern: "1.", "(a)". A 1 is the digit before any letter is.

    Every pattern has a digit: the Style's reader demands one.
    """
    digit = "1" if "1" in pattern else next(c for c in pattern if c in _FORMATS)
    before, _, after = pattern.partition(digit)
    return LabelFormat(_FORMATS[digit], before, after)


def from_label(label: str, number: int) -> LabelFormat | None:
    """The format in which Word prints label for number; None when it has none."""
    for number_format in _FORMATS.values():
        digits = LabelFormat(number_format, "", "").label(number)
        before, found, after = label.partition(digits)
        if found and "%" not in before + after and not any(c.isalnum() for c in before + after):
            return LabelFormat(number_format, before, after)
    return None


@dataclass(slots=True)
class HeadingCounter:
    """Word's count of the multilevel heading list: a number for each heading as it comes by."""

    style: Style
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def automatic(self, level: int, number: str | None) -> bool:
        """Whether Word, numbering by itself, prints number for the next heading of a level (1 to 4).

        Counts the heading only when it does, since one with its number as text is not in Word's list.
        """
        if number is None or not is_numbered(self.style, level):
            return False
        counts = [*self.counts[: level - 1], self.counts[level - 1] + 1, *([0] * (4 - level))]
        shown = [counts[n] for n in range(level) if is_numbered(self.style, n + 1)]
        if 0 in shown or ".".join(map(str, shown)) != number:
            return False
        self.counts = counts
        return True


def automatic_headings(document: Document, style: Style) -> frozenset[str]:
    """The anchors of all sections and headings whose number Word makes itself."""
    counter = HeadingCounter(style)
    anchors: set[str] = set()
    for section in document.sections:
        if counter.automatic(1, section.number):
            anchors.add(section.anchor)
        for block in walk(section.blocks):
            if isinstance(block, Heading) and counter.automatic(block.level, block.number):
                anchors.add(block.anchor)
    return frozenset(anchors)
