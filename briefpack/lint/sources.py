"""Rules about data: where figures come from, and how old they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from briefpack.blocks import (
    AuthorBlock,
    AuthorRow,
    ChartBlock,
    FactsBlock,
    ImageBlock,
    KeyFiguresBlock,
    TableBlock,
    TimelineBlock,
)
from briefpack.document import RowKind
from briefpack.errors import Diagnostic
from briefpack.lint.case import Case, warn
from briefpack.lint.walk import blocks_of, words_of_blocks

_NUMBER = re.compile(
    r"[<>≈~±+−–-]?\s*[€$£¥]?\s*\d{1,3}(?:[ \u00a0\u202f,.’']?\d{3})*(?:[.,]\d+)?\s*"
    r"(?:%|‰|[€$£¥]|[a-zA-Zµ°²³]{1,3}|million|billion|trillion|millions|milliards)?\*?",
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
NUMERIC_SHARE = 0.3
"""Of the cells behind the first column of a table: from here on it is a table of numbers."""
_LEAST_NUMBERS = 3
_LONGEST_NUMBER = 40
"""Characters, with all that stands around the digits."""
_LEAST_DIGITS = 2
"""In all cells on average: single digits are ranks, options or counts that anybody can check by looking."""


def check_sources(case: Case) -> Iterator[Diagnostic]:
    limit = case.style.craft.as_of_days
    today = case.pack.meta.date
    oldest = today.date() - timedelta(days=limit) if today is not None and limit else None
    for section in case.pack.sections:
        for block in blocks_of(section):
            what = _unsourced(block)
            if what is not None:
                yield warn(
                    "no-source",
                    block.where,
                    f"{what} has no source",
                    "add `source:`; a reader is asked where a figure comes from",
                )
            given = _as_of(block)
            if oldest is not None and today is not None and given is not None and given < oldest:
                age = (today.date() - given).days
                yield warn(
                    "old-data",
                    block.where,
                    f"these data are of {given.isoformat()}, {age} days before the pack's own `as_of`",
                    f"bring them up to date; the style `{case.style.name}` calls data old after {limit} days",
                )


def _unsourced(block: AuthorBlock) -> str | None:
    """What it is that has no source and should have one."""
    match block:
        case ImageBlock():
            # A picture without a caption is no figure of the pack.
            return "this figure" if block.caption and not block.source and not block.credit else None
        case ChartBlock():
            return None if block.source else "this chart"
        case KeyFiguresBlock():
            bare = not block.source and any(figure.source is None for figure in block.figures)
            return "a key figure here" if bare else None
        case TableBlock():
            return None if block.source or not is_numeric(block) else "this table of numbers"
        case _:
            return None


def is_numeric(table: TableBlock) -> bool:
    """Whether a table's body is numbers for the most part. Years, dates, times and texts with a number in them do not count."""
    numbers = cells = digits = 0
    for row in table.rows:
        for text in _data(row):
            cells += 1
            if 0 < len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text) and not _YEAR.fullmatch(text):
                numbers += 1
                digits += sum(c.isdecimal() for c in text)
    return (
        numbers >= _LEAST_NUMBERS and numbers >= NUMERIC_SHARE * cells and digits >= _LEAST_DIGITS * numbers
    )


def _data(row: AuthorRow) -> list[str]:
    if row.kind is RowKind.GROUP:
        return []
    return [words_of_blocks(cell.blocks).strip() for cell in row.cells[1:]]


def _as_of(block: AuthorBlock) -> date | None:
    match block:
        case TableBlock() | ImageBlock() | FactsBlock() | KeyFiguresBlock() | TimelineBlock() | ChartBlock():
            return block.as_of
        case _:
            return None
