"""What does not fit in a day of an agenda: items that overlap, stand out of order, or leave a gap between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.blocks import AgendaItem, Zone
from briefpack.clock import duration_in_words, in_words
from briefpack.limits import Limits
from briefpack.reading.author_words import plain_words
from briefpack.reading.context import Context

LONGEST_GAP = 120
"""Minutes between two items from which a gap is told of, unless `gaps` says otherwise."""


@dataclass(frozen=True, slots=True)
class Programme:
    """What counts for all days of an agenda. gap: minutes from which a gap is told of, None for never. overlaps: whether they are told of."""

    meeting: Zone | None = None
    home: Zone | None = None
    numbered: bool = False
    gap: int | None = LONGEST_GAP
    overlaps: bool = True


def check_times(items: Sequence[AgendaItem], programme: Programme, context: Context) -> None:
    """Warn of what does not fit among the items of a day. Items for audiences that have nothing in common do not meet."""
    done: list[AgendaItem] = []
    for item in items:
        if item.start is None:
            continue
        met = [other for other in done if _meet(item.limits, other.limits, context)]
        clash = next((other for other in met if _overlap(item, other)), None)
        title = _title(item)
        if clash is not None and not programme.overlaps:
            pass
        elif clash is not None:
            ends = f"which lasts until {in_words(clash.end)}" if clash.end is not None else "at the same time"
            context.report.warning(
                item.where,
                f"“{title}” at {in_words(item.start)} overlaps “{_title(clash)}”, {ends}",
                "change one of the times, limit the items to different audiences, or write `overlaps: false`",
                rule="agenda-overlap",
            )
        elif met and met[-1].start is not None and met[-1].start > item.start:
            context.report.warning(
                item.where,
                f"“{title}” at {in_words(item.start)} stands after “{_title(met[-1])}” at {in_words(met[-1].start)}",
                "put the items in the order of their times",
                rule="out-of-order",
            )
        elif programme.gap is not None and done:
            last = max(done, key=lambda other: (other.end or other.start or 0, other.end is None))
            if last.end is not None and item.start - last.end > programme.gap:
                gap = duration_in_words(item.start - last.end)
                context.report.warning(
                    item.where,
                    f"nothing is planned between {in_words(last.end)} and {in_words(item.start)} ({gap})",
                    "add what happens then, or write `gaps: false` if nothing does",
                    rule="agenda-gap",
                )
        done.append(item)


def _overlap(item: AgendaItem, other: AgendaItem) -> bool:
    if item.start is None or other.start is None:
        return False
    if item.start == other.start:
        return True
    first, second = (item, other) if item.start < other.start else (other, item)
    return first.end is not None and second.start is not None and first.end > second.start


def _title(item: AgendaItem) -> str:
    words = plain_words(item.title)
    return words if len(words) <= 40 else f"{words[:39].rstrip()}…"


def _meet(one: Limits, other: Limits, context: Context) -> bool:
    """Whether any audience gets both."""
    if not context.audiences:
        return True
    return any(
        _gets(one, name, takes) and _gets(other, name, takes) for name, takes in context.audiences.items()
    )


def _gets(limits: Limits, name: str, takes: tuple[str, ...] | None) -> bool:
    if limits.audiences is not None and name not in limits.audiences:
        return False
    return limits.tags is None or takes is None or any(tag in takes for tag in limits.tags)
