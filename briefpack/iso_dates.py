"""Dates in figures, 2025-04-03, where they stand in a text: one way to see them for who checks them and who prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DATE = re.compile(r"(?<![\w./-])(?:1[5-9]|2[01])\d\d-\d\d-\d\d(?![\w/-]|\.\w)", re.ASCII)
"""Of the years 1500 to 2199: other figures with dashes are numbers of something. Part of a file's name or an address is no date."""


def dates_in(text: str) -> Iterator[tuple[re.Match[str], date | None]]:
    """Every date of a text, with the day it means; None for one that no calendar has (2025-02-30)."""
    for match in _DATE.finditer(text):
        try:
            yield match, date.fromisoformat(match[0])
        except ValueError:
            yield match, None
