"""Trees of tags, good and bad, as makers.tagged() takes them."""

from __future__ import annotations

from pikepdf import Name

from briefpack.annexes.cleaning.tags import Element

COLUMN = {"A": {"O": "/Table", "Scope": "/Column"}}
ROW = {"A": {"O": "/Table", "Scope": "/Row"}}


def span(across: int = 1, down: int = 1) -> dict[str, object]:
    return {"A": {"O": "/Table", "ColSpan": across, "RowSpan": down}}


HEAD = ["TR", ["TH", COLUMN], ["TH", COLUMN]]
CELLS = ["TR", "TD", "TD"]

GOOD_TREES: dict[str, list[object]] = {
    "no header cells": ["Table", CELLS, CELLS],
    "headers above": ["Table", HEAD, CELLS],
    "headers beside": ["Table", ["TR", ["TH", ROW], "TD"], ["TR", ["TH", ROW], "TD"]],
    "headers above and beside": ["Table", ["TR", "TD", ["TH", COLUMN]], ["TR", ["TH", ROW], "TD"]],
    "header cells that do not say what they head": ["Table", ["TR", "TH", "TH"], ["TR", "TH", "TD"]],
    "cells across": ["Table", HEAD, ["TR", ["TD", span(2)]]],
    "cells down": ["Table", HEAD, ["TR", ["TD", span(1, 2)], "TD"], ["TR", "TD"]],
    "head, body and foot": ["Table", ["THead", HEAD], ["TBody", CELLS], ["TFoot", CELLS]],
    "grouped for no reason": ["Table", ["Div", HEAD], ["NonStruct", CELLS]],
    "grouped within a row": ["Table", ["TR", ["Div", ["TH", COLUMN]]], ["TR", "TD"]],
    "caption before": ["Table", "Caption", HEAD, CELLS],
    "caption behind": ["Table", HEAD, CELLS, "Caption"],
    "named headers": [
        "Table",
        ["TR", ["TH", {"ID": "a"}]],
        ["TR", ["TD", {"A": {"O": "/Table", "Headers": ["a"]}}]],
    ],
    "list": ["L", "Caption", ["LI", "Lbl", "LBody"], ["L", ["LI", "LBody"]]],
    "label in a paragraph": ["P", "Lbl"],
    "contents": ["TOC", "Caption", ["TOCI", "Reference"], ["TOC", "TOCI"]],
    "picture without a description": ["Figure"],
    "formula without a description": ["Formula"],
    "note without an ID": ["P", "Note", "Note"],
    "headings with a gap": ["Sect", "H3", "H6"],
    "headings without levels": ["Sect", "H", ["Sect", "H"]],
    "types of PDF 2.0": ["Sect", "Title", "FENote", "Strange"],
}
"""Some of them only once they are tidy."""

_ODD_ROWS = "the rows of a table have different numbers of cells"
_ALIEN = "a table holds what does not belong in one"
_LOOSE = "part of a table stands outside of one"
_BODY = "a table has a head or a foot, but no body"
_MIDDLE = "the caption of a table stands in its middle"

BAD_TREES: dict[str, tuple[list[object], str]] = {
    "a cell too few": (["Table", HEAD, ["TR", "TD"]], _ODD_ROWS),
    "too far across": (["Table", HEAD, ["TR", ["TD", span(3)]]], _ODD_ROWS),
    "too far down": (["Table", HEAD, ["TR", ["TD", span(1, 3)], "TD"], ["TR", "TD"]], _ODD_ROWS),
    "a cell too many beside one that reaches down": (
        ["Table", HEAD, ["TR", ["TD", span(1, 2)], "TD"], CELLS],
        _ODD_ROWS,
    ),
    "a row without cells": (["Table", ["TR", ["TH", COLUMN]], ["TR", {"K": []}]], _ODD_ROWS),
    "a paragraph for a head": (
        ["Table", ["THead", "P"], ["TBody", ["TR", "TD"]]],
        _ALIEN,
    ),
    "a head without a body": (["Table", ["THead", HEAD], CELLS], _BODY),
    "a foot without a body": (["Table", HEAD, ["TFoot", CELLS]], _BODY),
    "two heads": (
        ["Table", ["THead", HEAD], ["THead", HEAD], ["TBody", CELLS]],
        "a table has two heads or two feet",
    ),
    "a caption in the middle": (["Table", HEAD, "Caption", CELLS], _MIDDLE),
    "two captions": (["Table", "Caption", HEAD, CELLS, "Caption"], _MIDDLE),
    "a row alone": (["Sect", CELLS], _LOOSE),
    "a cell alone": (["P", "TD"], _LOOSE),
    "a list item alone": (["LI", "LBody"], "part of a list stands outside of one"),
    "a list body alone": (["P", "LBody"], "part of a list stands outside of one"),
    "a paragraph in a list": (["L", "P"], "a list holds what does not belong in one"),
    "a paragraph in a list item": (["L", ["LI", "P"]], "a list holds what does not belong in one"),
    "a list's caption in the middle": (
        ["L", ["LI", "LBody"], "Caption", ["LI", "LBody"]],
        "the caption of a list does not come first",
    ),
    "a list's caption behind": (
        ["L", ["LI", "LBody"], "Caption"],
        "the caption of a list does not come first",
    ),
    "a contents entry alone": (["Div", "TOCI"], "part of a table of contents stands outside of one"),
    "a paragraph in the contents": (
        ["TOC", "P"],
        "a table of contents holds what does not belong in one",
    ),
    "the caption of contents in the middle": (
        ["TOC", "TOCI", "Caption", "TOCI"],
        "the caption of a table of contents does not come first",
    ),
}
"""With what is said of them."""


def elements(shape: object) -> Element:
    """A tree as it is read; without marks."""

    def made(held: object) -> Element:
        kind, *rest = held if isinstance(held, list) else [held]
        element = Element(str(kind))
        for part in rest:
            if isinstance(part, dict):
                attributes = part.get("A", {})
                element.attributes.append(
                    {
                        f"/{key}": Name(value) if isinstance(value, str) else value
                        for key, value in attributes.items()
                    }
                )
            else:
                element.kids.append(made(part))
        return element

    return Element("Div", [made(shape)])
