"""The printed number of every page → the few ranges in which a PDF says them (ISO 32000-2, 12.4.2). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.numerals import from_roman


@dataclass(frozen=True, slots=True)
class LabelRange:
    """Pages from one on until the next range. first: 0-based page. prefix: text before the number.

    style: "/D" for 1, 2, 3, "/r" for i, ii, iii; None for pages that have only the prefix. Capital numerals are never
    taken for numbers: "C" is what the divider of annex C is called, not page one hundred.
    start: number of the first page.
    """

    first: int
    prefix: str
    style: str | None
    start: int = 1


def label_ranges(labels: Sequence[str | tuple[str, int]]) -> tuple[LabelRange, ...]:
    """As few ranges as say every label. labels: of every page in order, either as printed, or a prefix and a number."""
    ranges: list[LabelRange] = []
    for page, label in enumerate(labels):
        prefix, style, number = _parts(label)
        if ranges:
            last = ranges[-1]
            same = (last.prefix, last.style) == (prefix, style)
            if same and (style is None or number == last.start + page - last.first):
                continue
        ranges.append(LabelRange(page, prefix, style, number))
    return tuple(ranges)


def _parts(label: str | tuple[str, int]) -> tuple[str, str | None, int]:
    if not isinstance(label, str):
        prefix, number = label
        return prefix, "/D", number
    # "+1", "01" and digits of other scripts are numbers to int(), but not as a viewer would print them.
    if label.isascii() and label.isdigit() and str(int(label)) == label and label != "0":
        return "", "/D", int(label)
    value = from_roman(label)
    return (label, None, 1) if value is None else ("", "/r", value)
