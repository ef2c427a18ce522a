"""Which row of a table of customs holds for a language: that of its region, of the language, or the English one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

ENGLISH = "en"

_T = TypeVar("_T")


def of_language(table: Mapping[str, _T], language: str) -> _T:
    """language: BCP 47 tag. table: by tag; it has a row for "en", which holds for languages without one of their own,
    as the label words do."""
    tag = language.lower()
    while tag:
        if tag in table:
            return table[tag]
        tag = tag.rpartition("-")[0]
    return table[ENGLISH]
