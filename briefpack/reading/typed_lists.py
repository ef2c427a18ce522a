"""Numbers and marks of lists that an author typed by hand, which no reader can tell from words; pure but for its report.

A list that is one is announced ("list of three items"), can be skipped, and counts by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefpack.blocks import (
    AuthorBlock,
    AuthorSpans,
    HeadingBlock,
    NumberedBlock,
    NumberedItem,
    ParagraphBlock,
    items_of,
    runs_of,
)
from briefpack.document import LineBreak
from briefpack.errors import Where
from briefpack.pack import AuthorSection
from briefpack.reading.author_words import plain_words
from briefpack.reading.checks import Report

_NUMBER = re.compile(
    r"(\(?)((?:\d{1,3}\.)*)(\d{1,3}|[a-z]|[ivx]{2,5}|[A-Z]|[IVX]{2,5})([.):]|\.\)|)[ \u00a0]+\S"
)
_MARK = re.compile(r"([•·▪▫◦‣●○■□–—*-])[ \u00a0]+\S")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")

_ITEMS = "delete them: the list counts by itself, and `style: numbers` prints numbers"
_WORDS = "write them as a list, with `style: numbers`: it counts by itself, and is read out as a list"
_MARKS = "write them as a list, `- list: […]` or lines that begin with -: it is read out as a list"
_TITLES = "delete them: the style numbers titles and headings where it wants to"


@dataclass(frozen=True, slots=True)
class _Label:
    """The beginning of a text. form: how it is written, without the number. places: the numbers it may mean."""

    shown: str
    form: tuple[str, ...]
    places: frozenset[int]


Line = tuple[str, Where]
"""The words of a paragraph, and its place."""


def check_typed_lists(section: AuthorSection, report: Report) -> None:
    """Warn about every run of labels that are typed by hand in a section, where the run begins."""
    for part in section.parts:
        _check(part.blocks, report)
    _check(section.blocks, report)
    written = (*(block for part in section.parts for block in part.blocks), *section.blocks)
    headings = [block for block in written if isinstance(block, HeadingBlock)]
    _run([(plain_words(heading.spans), heading.where) for heading in headings], _TITLES, report)


def check_typed_titles(titles: Iterable[Line], report: Report) -> None:
    """The same for titles that follow one another."""
    _run(list(titles), _TITLES, report)


def _check(blocks: Sequence[AuthorBlock], report: Report) -> None:
    paragraphs = [(block.spans, block.where) for block in blocks if isinstance(block, ParagraphBlock)]
    _run([line for spans, where in paragraphs for line in _lines(spans, where)], _WORDS, report)
    for block in blocks:
        firsts = [line for item in items_of(block) for line in _first(item.blocks)]
        _run(firsts, _ITEMS, report)
        if isinstance(block, NumberedBlock):
            _check_numbered(block.items, report)
        for run in runs_of(block):
            # The first paragraph of an item has been looked at among its like.
            _check(run[1:] if firsts else run, report)


def _check_numbered(items: Sequence[NumberedItem], report: Report) -> None:
    _run([(plain_words(item.spans), item.where) for item in items], _ITEMS, report)
    for item in items:
        _check_numbered(item.children, report)


def _first(blocks: Sequence[AuthorBlock]) -> Iterator[Line]:
    """The words an item of a list begins with."""
    if blocks and isinstance(blocks[0], ParagraphBlock):
        yield plain_words(blocks[0].spans), blocks[0].where


def _run(lines: Sequence[Line], remedy: str, report: Report) -> None:
    """Report the first label of every run: 1 that is followed by 2, a mark that is followed by the same."""
    labels = [(label, where) for words, where in lines for label in [_label(words)] if label is not None]
    told: set[tuple[str, ...]] = set()
    for position, (label, where) in enumerate(labels):
        if label.form in told:
            continue
        following = next((later for later, _ in labels[position + 1 :] if later.form == label.form), None)
        if following is None or not (label.places <= {0} or (1 in label.places and 2 in following.places)):
            continue
        told.add(label.form)
        if label.places <= {0}:
            report.warning(
                where, f"these paragraphs begin with a typed “{label.shown}”", _MARKS, rule="typed-marks"
            )
        else:
            shown = f"“{label.shown}”, “{following.shown}”"
            report.warning(where, f"the numbers {shown} are typed by hand", remedy, rule="typed-numbers")


def _label(words: str) -> _Label | None:
    mark = _MARK.match(words)
    if mark is not None:
        return _Label(mark[1], ("mark", mark[1]), frozenset({0}))
    found = _NUMBER.match(words)
    if found is None:
        return None
    opening, above, number, closing = found.groups()
    if not closing and not above:
        # A bare number, or a capital letter, begins many a sentence.
        return None
    shown = f"{opening}{above}{number}{closing}"
    if number.isdigit():
        return _Label(shown, (opening, above, "1", closing), frozenset({int(number)}))
    case = "a" if number.islower() else "A"
    small = number.lower()
    places = {_ROMAN.index(small) + 1} if small in _ROMAN else set[int]()
    if len(small) == 1:
        places.add(ord(small) - ord("a") + 1)
    return _Label(shown, (opening, above, case, closing), frozenset(places)) if places else None


def _lines(spans: AuthorSpans, where: Where) -> Iterator[Line]:
    """A paragraph's lines, where the author broke it."""
    start = 0
    for end, span in enumerate((*spans, LineBreak())):
        if isinstance(span, LineBreak):
            yield plain_words(spans[start:end]), where
            start = end + 1
