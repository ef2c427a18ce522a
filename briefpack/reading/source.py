"""A text as it stands in the author's file: where its lines and words are, and what is doubtful about the words themselves."""

from __future__ import annotations

from briefpack.errors import Where
from briefpack.iso_dates import dates_in
from briefpack.reading.checks import Report
from briefpack.reading.node import Node
from briefpack.reading.wording import shouted

CAPITALS_REMEDY = (
    "write small letters, and **strong** for weight: some screen readers spell out words in capitals"
)


class Source:
    """A scalar's text, and the place of each of its lines in the author's file."""

    __slots__ = ("_node", "_seen", "text")

    def __init__(self, node: Node) -> None:
        self._node = node
        self._seen: dict[str, tuple[int, int]] = {}
        self.text = node.text

    def at(self, line: int) -> Where:
        """The place of a 0-based line of the text; exact for text under |, else where the scalar begins."""
        node = self._node
        if not node.block:
            return node.where
        number = node.line + 1 + line
        if number > len(node.lines):
            return node.where
        shown = node.lines[number - 1]
        return Where(node.path, number, len(shown) - len(shown.lstrip()) + 1)

    def find(self, words: str, line: int) -> Where:
        """Where words stand in the file, each time they are asked for the next place; else the place of the line."""
        node = self._node
        number, column = self._seen.get(words, (node.line, node.column - 1))
        while number <= min(node.last, len(node.lines)):
            found = node.lines[number - 1].find(words, column)
            if found >= 0:
                self._seen[words] = (number, found + len(words))
                return Where(node.path, number, found + 1)
            number, column = number + 1, 0
        return self.at(line)


def check_capitals(words: str, source: Source, line: int, report: Report) -> None:
    """Warn about words in capitals. line: 0-based, where the words are not found as they are."""
    loud = shouted(words)
    if loud is not None:
        report.warning(
            source.find(loud, line),
            f"“{loud[:60]}{'…' if len(loud) > 60 else ''}” is written in capitals",
            CAPITALS_REMEDY,
            rule="capitals",
        )


def check_words(words: str, source: Source, line: int, report: Report) -> None:
    """Warn about words in capitals and about days that no calendar has. line: as for check_capitals."""
    check_capitals(words, source, line, report)
    if "-" not in words:
        return
    for match, day in dates_in(words):
        if day is None:
            report.warning(
                source.find(match[0], line),
                f"there is no day {match[0]}, so it is printed as it stands",
                "correct it; dates are written year-month-day, and set in words where the style sets them so",
                rule="impossible-date",
            )
