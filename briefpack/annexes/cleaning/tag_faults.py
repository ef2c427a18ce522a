"""What in a tidy tree of tags stands against PDF/UA-1: lists, tables and contents that are not made of what they must be made of
(ISO 14289-1, 7.2 and 7.5, by ISO 32000-1, 14.8.4). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefpack.annex import Against
from briefpack.annexes.archive.faults import Fact
from briefpack.annexes.cleaning.tags import Element

_THROUGH = frozenset({"Div", "NonStruct"})
"""What groups without meaning anything: its kids count as those of what it is in."""
_ROWS = frozenset({"THead", "TBody", "TFoot"})

_KIDS: Mapping[str, frozenset[str]] = {
    "L": frozenset({"L", "LI", "Caption"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "Table": _ROWS | {"TR", "Caption"},
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TFoot": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
    "TOC": frozenset({"TOC", "TOCI", "Caption"}),
}
_PARENTS: Mapping[str, frozenset[str]] = {
    "LI": frozenset({"L"}),
    "LBody": frozenset({"LI"}),
    "TR": _ROWS | {"Table"},
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TFoot": frozenset({"Table"}),
    "TH": frozenset({"TR"}),
    "TD": frozenset({"TR"}),
    "TOCI": frozenset({"TOC"}),
}
_MOST_CELLS = 100_000
_NAMES = {"L": "list", "LI": "list", "LBody": "list", "TOC": "table of contents", "TOCI": "table of contents"}
"""Everything else in _KIDS and _PARENTS is of a table."""


def tag_faults(top: Element) -> Iterator[tuple[Fact, list[int]]]:
    """Facts with their pages, 1-based; no page for what has no content."""
    for element, parent in _with_parents(top, ""):
        for message in _messages(element, parent):
            page = element.page
            yield (message, Against.NOTHING, False), [] if page is None else [page + 1]


def _with_parents(element: Element, parent: str) -> Iterator[tuple[Element, str]]:
    yield element, parent
    above = parent if element.kind in _THROUGH else element.kind
    for kid in element.elements:
        yield from _with_parents(kid, above)


def _messages(element: Element, parent: str) -> Iterator[str]:
    kind = element.kind
    name = _NAMES.get(kind, "table")
    kids = [kid.kind for kid in members(element)]
    if kind in _KIDS and not set(kids) <= _KIDS[kind]:
        yield f"a {name} holds what does not belong in one"
    if kind in _PARENTS and parent not in _PARENTS[kind]:
        yield f"part of a {name} stands outside of one"
    places = [place for place, kid in enumerate(kids) if kid == "Caption"]
    if kind in {"L", "TOC"} and places not in ([], [0]):
        yield f"the caption of a {name} does not come first"
    if kind == "Table":
        if len(places) > 1 or (places and places[0] not in {0, len(kids) - 1}):
            yield "the caption of a table stands in its middle"
        if max(kids.count("THead"), kids.count("TFoot")) > 1:
            yield "a table has two heads or two feet"
        if "TBody" not in kids and ("THead" in kids or "TFoot" in kids):
            yield "a table has a head or a foot, but no body"
        if not _is_regular(element):
            yield "the rows of a table have different numbers of cells"


def members(element: Element) -> list[Element]:
    """The elements below, looking through those that mean nothing."""
    found: list[Element] = []
    for kid in element.elements:
        found += members(kid) if kid.kind in _THROUGH else [kid]
    return found


def rows_of(table: Element) -> list[Element]:
    """The rows of a table, those of its head, body and foot included."""
    found: list[Element] = []
    for kid in members(table):
        if kid.kind in _ROWS:
            found += [row for row in members(kid) if row.kind == "TR"]
        elif kid.kind == "TR":
            found.append(kid)
    return found


def _is_regular(table: Element) -> bool:
    """Whether the cells of a table, spans counted, fill a rectangle without gaps and overlaps."""
    rows = rows_of(table)
    taken: set[tuple[int, int]] = set()
    for down, row in enumerate(rows):
        across = 0
        for cell in members(row):
            while (down, across) in taken:
                across += 1
            wide, high = _span(cell, "/ColSpan"), _span(cell, "/RowSpan")
            if wide < 1 or high < 1 or down + high > len(rows) or wide > _MOST_CELLS:
                return False
            area = {(down + y, across + x) for y in range(high) for x in range(wide)}
            if area & taken or len(taken) > _MOST_CELLS:
                return False
            taken |= area
            across += wide
    width = max((across + 1 for _, across in taken), default=0)
    return len(taken) == width * len(rows)


def _span(cell: Element, key: str) -> int:
    value = cell.attribute(key)
    if value is None:
        return 1
    return value if isinstance(value, int) else 0
