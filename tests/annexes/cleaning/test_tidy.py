"""Trees of tags made fit for a pack."""

from __future__ import annotations

import pytest
from pikepdf import Name

from briefpack.annexes.cleaning.tags import Element, Mark, Target
from briefpack.annexes.cleaning.tidy import tidy


def tree(*shape: object) -> Element:
    """Kinds as nested lists; a leaf is a word."""

    def made(held: object) -> Element:
        kind, *kids = held if isinstance(held, (list, tuple)) else (held,)
        return Element(str(kind), [made(kid) for kid in kids])

    return Element("Div", [made(part) for part in shape])


def kinds(top: Element) -> list[str]:
    return [element.kind for element in top.all()][1:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["H1", "H2", "H1"], ["H1", "H2", "H1"]),
        (["H2", "H3"], ["H2", "H3"]),
        (["H3", "H3", "H4", "H1"], ["H2", "H3", "H4", "H1"]),
        (["H1", "H5", "H6"], ["H1", "H2", "H3"]),
    ],
)
def test_no_level_of_headings_is_passed_over(before: list[str], after: list[str]) -> None:
    top = tree(*before)
    tidy(top, set())
    assert kinds(top) == after


def test_headings_without_a_level_get_that_of_their_depth() -> None:
    top = tree(["Sect", "H", ["Sect", "H", "P"], ["Sect", "H"]], "H")
    tidy(top, set())
    assert kinds(top) == ["Sect", "H1", "Sect", "H2", "P", "Sect", "H2", "H1"]


def test_links_and_fields_that_are_gone_leave_their_words() -> None:
    kept, gone = (5, 0), (6, 0)
    mark = Mark((1, 0), 0, 0)
    top = Element(
        "Div",
        [
            Element("Link", [Target(kept), mark]),
            Element("Link", [Target(gone), mark]),
            Element("Annot", [Target(gone)]),
            Element("Form", [Target(gone)]),
            Element("P", [Target(kept)]),
        ],
    )
    tidy(top, {kept})
    assert kinds(top) == ["Link", "Span", "Span", "Div", "P", "Link"]
    assert top.elements[0].kids == [Target(kept), mark]
    assert top.elements[1].kids == [mark]


def test_names_are_given_anew_where_somebody_asks_for_them() -> None:
    head, other = Element("TH", name=b"head"), Element("TH", name=b"other")
    cell = Element("TD", headers=[b"head", b"nobody"])
    note, second = Element("Note", name=b"head"), Element("Note")
    top = Element("Div", [head, other, cell, note, second])
    tidy(top, set())
    assert [element.name for element in top.elements] == [b"1", None, None, b"2", b"3"]
    assert cell.headers == [b"1"]


def test_header_cells_say_what_they_head() -> None:
    top = tree(["Table", ["THead", ["TR", "TH", "TH"]], ["TBody", ["TR", "TH", "TD"]]])
    cells = [element for element in top.all() if element.kind == "TH"]
    cells[0].attributes.append({"/O": Name.Table, "/Scope": Name.Both})
    tidy(top, set())
    assert [cell.attribute("/Scope") for cell in cells] == [Name.Both, Name.Column, Name.Row]
