"""The craft of a briefing pack: one audience's pack, as it was laid out, in; a warning for whatever a careful colleague would point at, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefpack.errors import Diagnostic
from briefpack.lint.abbreviations import check_abbreviations
from briefpack.lint.briefs import check_briefs
from briefpack.lint.case import Case, case_of
from briefpack.lint.dates import check_dates
from briefpack.lint.mentions import check_typed_references, withheld_mentions
from briefpack.lint.names import check_names
from briefpack.lint.sources import check_sources
from briefpack.lint.totals import withheld_totals

__all__ = ["Case", "case_of", "lint", "withheld_mentions", "withheld_totals"]

_CHECKS: tuple[Callable[[Case], Iterator[Diagnostic]], ...] = (
    check_briefs,
    check_sources,
    check_dates,
    check_abbreviations,
    check_names,
    check_typed_references,
)


def lint(case: Case) -> tuple[Diagnostic, ...]:
    """Everything that the rules find. briefpack.rules says what they are."""
    return tuple(found for check in _CHECKS for found in check(case))
