"""The types that elements of a structure tree have in PDF 1.7 (ISO 32000-1, 14.8.4), and what others come down to."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GROUPING = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
    ]
)
_BLOCKS = frozenset(
    [
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
    ]
)
_INLINE = frozenset(
    [
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
    ]
)
_ILLUSTRATIONS = frozenset({"Figure", "Formula", "Form"})
_STANDARD = _GROUPING | _BLOCKS | _INLINE | _ILLUSTRATIONS
"""ISO 32000-1, 14.8.4."""
_NEWER = {
    "Title": "P",
    "FENote": "Note",
    "Sub": "Span",
    "Em": "Span",
    "Strong": "Span",
    "Aside": "Div",
    "DocumentFragment": "Div",
    "Artifact": "NonStruct",
}
"""Types that came with PDF 2.0, in terms of PDF 1.7."""
_HEADING = re.compile(r"H[1-9]\d*")
_MOST_ROLES = 32


def standard_kind(name: str, roles: Mapping[str, str]) -> str:
    """The type of PDF 1.7 that an element's type means. roles: of the file, which may lead from one to the next; names have no slashes."""
    for _ in range(_MOST_ROLES):
        if name not in roles or roles[name] == name:
            break
        name = roles[name]
    if name in _STANDARD:
        return name
    if _HEADING.fullmatch(name):
        return "H6"
    return _NEWER.get(name, "NonStruct")
