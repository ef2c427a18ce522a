"""Where blocks may stand: which kinds are refused inside which others, and what to do instead."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from briefpack.errors import Where
from briefpack.reading.checks import Report


class Place(Enum):
    """What blocks stand in, in the words of a message."""

    LANDSCAPE = "a landscape block"
    COLUMNS = "columns"
    KEEP = "a keep block"
    BOX = "a callout"
    BESIDE = "the text beside a picture"
    ITEM = "a list item"
    CELL = "a table cell"


Inside: TypeAlias = tuple[Place, ...]
"""From the outermost in; () is the section itself."""

_TIGHT = frozenset({Place.BOX, Place.BESIDE, Place.ITEM, Place.CELL})
_IN_BOX = frozenset({Place.BOX})
_IN_CELL = frozenset({Place.CELL})
_OUTSIDE = "put it before or behind {place}"

_REFUSED: dict[str, tuple[frozenset[Place], str]] = {
    "landscape": (frozenset(Place), f"{_OUTSIDE}: it has pages of its own"),
    "columns": (_TIGHT | {Place.COLUMNS, Place.KEEP}, _OUTSIDE),
    "page_break": (_TIGHT | {Place.COLUMNS, Place.KEEP}, _OUTSIDE),
    "agenda": (_TIGHT, _OUTSIDE),
    "numbered": (_TIGHT, "use `list:` with `style: numbers`: numbered paragraphs run through the section"),
    "callout": (_IN_BOX, f"{_OUTSIDE}, or write its text in bold"),
    "questions": (_IN_BOX, _OUTSIDE),
    "facts": (_IN_BOX, "use `definitions:`, which has no box"),
    "table": (_IN_CELL, "let cells cover several columns or rows instead"),
    "matrix": (_IN_CELL, "let cells cover several columns or rows instead"),
    "timeline": (_IN_CELL, "use a list, or put it below the table"),
    "clearance": (_IN_CELL, "put it below the table"),
    "beside": (frozenset({Place.BESIDE, Place.CELL}), "use `image:`"),
}
"""Kind → the places in which it cannot stand, at whatever depth, and the remedy."""


def may_stand(kind: str, inside: Inside, where: Where, report: Report) -> bool:
    """Whether a block of a kind may stand there; report where it may not. where: of the block."""
    name = kind.replace("_", " ")
    if kind == "column_break" and (not inside or inside[-1] is not Place.COLUMNS):
        report.error(
            where,
            "a column break stands among the blocks of columns",
            "put it right below `columns:`, or use `page_break: true`",
        )
        return False
    refused, remedy = _REFUSED.get(kind, (frozenset[Place](), ""))
    place = next((place for place in reversed(inside) if place in refused), None)
    if place is None:
        return True
    these = f"{'an' if name[0] in 'aeio' else 'a'} {name}" if kind != "columns" else "columns"
    bare = place.value.removeprefix("a ").removeprefix("the ")
    report.error(
        where,
        f"{these} {'block ' if 'break' not in name and kind != 'columns' else ''}cannot stand in {place.value}",
        remedy.replace("{place}", f"the {bare}"),
    )
    return False
