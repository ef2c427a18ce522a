"""A tree of tags → the same tree without what only its own file could bear: forms and links that are gone, jumps
between headings, header cells that do not say what they head."""

from __future__ import annotations

from collections.abc import Container, Iterator

from pikepdf import Name

from briefpack.annexes.cleaning.marks import Key
from briefpack.annexes.cleaning.tag_faults import members, rows_of
from briefpack.annexes.cleaning.tags import Element, Target, is_heading

_LEVELS = frozenset({"Part", "Art", "Sect"})
"""What a heading H counts to know its level (ISO 32000-1, 14.8.4.3.2)."""
_LOWEST = 6
_ABOVE = 1
"""The level of the annex's own title, under which its headings stand in the pack."""


def tidy(top: Element, kept: Container[Key]) -> None:
    """Tidy a tree in place. kept: the annotations that stay, all of them links."""
    _drop_annotations(top, kept)
    _level_headings(top)
    _name(top)
    for element in top.all():
        if element.kind == "Table":
            _say_scopes(element)


def _drop_annotations(top: Element, kept: Container[Key]) -> None:
    for element in top.all():
        element.kids = [kid for kid in element.kids if not isinstance(kid, Target) or kid.annotation in kept]
        holds_link = any(isinstance(kid, Target) for kid in element.kids)
        if element.kind in {"Link", "Annot"} and not holds_link:
            element.kind = "Span"
        elif element.kind == "Form":
            # A field is part of the page now.
            element.kind = "Div"
        elif holds_link and element.kind != "Link":
            element.kids = [
                Element("Link", [kid]) if isinstance(kid, Target) else kid for kid in element.kids
            ]


def _level_headings(top: Element) -> None:
    """Headings H get the level of their depth, and no level is passed over (PDF/UA-1, 7.4)."""
    last = _ABOVE
    for element, depth in _with_depth(top, 0):
        if element.kind == "H":
            level = min(max(depth, 1), _LOWEST)
        elif is_heading(element):
            level = int(element.kind[1])
        else:
            continue
        last = min(level, last + 1)
        element.kind = f"H{last}"


def _with_depth(element: Element, depth: int) -> Iterator[tuple[Element, int]]:
    yield element, depth
    below = depth + (element.kind in _LEVELS)
    for kid in element.elements:
        yield from _with_depth(kid, below)


def _say_scopes(table: Element) -> None:
    """Say of header cells what they head where their author left it open: their column in a row of nothing else, else their row."""
    for row in rows_of(table):
        cells = members(row)
        scope = Name.Column if all(cell.kind == "TH" for cell in cells) else Name.Row
        for cell in cells:
            if cell.kind == "TH" and cell.attribute("/Scope") is None:
                cell.attributes.append({"/O": Name.Table, "/Scope": scope})


def _name(top: Element) -> None:
    """Give new names, 1, 2, 3 …, to cells that others refer to and to all notes; other names go."""
    wanted = {name for element in top.all() for name in element.headers}
    names: dict[bytes, bytes] = {}
    count = 0
    for element in top.all():
        old, element.name = element.name, None
        referred = old is not None and old in wanted and old not in names
        if referred or element.kind == "Note":
            count += 1
            element.name = b"%d" % count
            if referred and old is not None:
                names[old] = element.name
    for element in top.all():
        element.headers = [names[name] for name in element.headers if name in names]
