"""A rule about what sums up: a total, or the text for a chart, that counts what its audience does not get."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from briefpack.blocks import AuthorBlock, AuthorRow, ChartBlock, TableBlock, walk
from briefpack.document import RowKind
from briefpack.errors import Diagnostic, Where
from briefpack.lint.case import warn
from briefpack.pack import Audience, Pack
from briefpack.verdict import Kind, Verdict

_KINDS = frozenset({Kind.ROW, Kind.SERIES})


def withheld_totals(verdicts: Iterable[Verdict], whole: Pack, audience: Audience) -> tuple[Diagnostic, ...]:
    """A warning for each total that is kept while a row is withheld that it counts, and for each text of a chart that lost a series.

    A total that is itself limited to some audiences is theirs, and made for them. verdicts: of the audience.
    """
    gone = {verdict.where for verdict in verdicts if not verdict.included and verdict.kind in _KINDS}
    if not gone:
        return ()
    return tuple(
        found
        for section in whole.sections
        for blocks in (*(part.blocks for part in section.parts), section.blocks)
        for found in _in(blocks, gone, audience)
    )


def _in(blocks: Iterable[AuthorBlock], gone: Collection[Where], audience: Audience) -> Iterator[Diagnostic]:
    for block in walk(blocks):
        match block:
            case TableBlock():
                yield from _in_table(block.rows, gone, audience)
            case ChartBlock() if block.alt and any(series.where in gone for series in block.series):
                if any(series.where not in gone for series in block.series):
                    yield warn(
                        "withheld-total",
                        block.where,
                        f"a series of this chart is withheld from {audience.name}, and its `alt` was written for all of them",
                        f"limit the chart, and give {audience.name} one with a text of its own",
                    )
            case _:
                pass


def _in_table(rows: Sequence[AuthorRow], gone: Collection[Where], audience: Audience) -> Iterator[Diagnostic]:
    last = len(rows) - 1
    for number, row in enumerate(rows):
        limited = row.limits.audiences is not None or row.limits.tags is not None
        if row.kind is not RowKind.TOTAL or row.where in gone or limited:
            continue
        counted = rows[:number] if number == last else rows[_begin(rows, number) : number]
        if any(each.kind is RowKind.BODY and each.where in gone for each in counted):
            yield warn(
                "withheld-total",
                row.where,
                f"a row above is withheld from {audience.name}, and this total counts it: it gives the number away",
                "give each audience a total of its own: `total: […]` with `audiences:`",
            )


def _begin(rows: Sequence[AuthorRow], number: int) -> int:
    """Where the group of a row begins."""
    return max((n for n in range(number) if rows[n].kind is RowKind.GROUP), default=0)
