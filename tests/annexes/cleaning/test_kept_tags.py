"""Tags of a file from which pages are left out say all of what is taken and nothing of what is not."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from briefpack.annex import CleanPart
from tests.annexes.cleaning.test_choosing import chosen
from tests.annexes.cleaning.test_cleaning import everything
from tests.annexes.makers import link, pack_of, saved, tagged, taken
from tests.annexes.tagtree import Node, opened, read_tree

BODY = 4
"""Pages of the body, and the divider."""


TreeOf = Callable[..., tuple[Node | None, CleanPart, bytes]]


@pytest.fixture
def tree_of(tmp_path: Path) -> Iterator[TreeOf]:
    """What a pack says of the chosen pages, as an element that holds all of it, None for nothing; and the clean file."""
    with contextlib.ExitStack() as stack:

        def run(pdf: Pdf, *asked: tuple[int, int | None]) -> tuple[Node | None, CleanPart, bytes]:
            facts = taken(saved(pdf, tmp_path / "source.pdf"), tmp_path / "work", chosen(*asked))
            (part,) = facts.parts
            tree = read_tree(stack.enter_context(opened(pack_of([facts]))))
            sect = tree.kids[-1]
            assert isinstance(sect, Node)
            top = sect.kids[1]
            assert isinstance(top, Node)
            return top if part.tagged else None, part, everything(part.clean)

        yield run


def test_a_tagged_file_stays_tagged_without_what_says_something_of_other_pages(tree_of: TreeOf) -> None:
    pdf = tagged(
        ["H1", {"T": "Heading"}],
        ["P", {"page": 1, "ActualText": "CANARY actual"}],
        ["Figure", {"page": 1, "Alt": "CANARY picture"}],
        ["Figure", {"page": 2, "Alt": "A picture"}],
        # Over both pages: what was said of the whole says too much of the rest.
        [
            "Sect",
            {"Alt": "CANARY section", "T": "CANARY title", "Lang": "fr"},
            ["P", {"page": 1}],
            ["P", {"page": 2}],
        ],
        # Without content, so that nobody knows its page.
        ["Sect", {"page": 1}, "P", ["Span", {"K": [], "Alt": "CANARY nothing"}]],
        ["P", {"K": [], "ActualText": "CANARY empty"}],
        pages=3,
    )
    tree, facts, held = tree_of(pdf, (1, 1), (3, 3))
    assert tree is not None
    assert tree.shape() == ["Div", "H1", "Figure", ["Sect", "P"]]
    assert tree.marks == [(BODY, 0), (BODY + 1, 0), (BODY + 1, 1)]
    assert b"CANARY" not in held
    assert [str(figure.element.Alt) for figure in tree.find("Figure")] == ["A picture"]
    assert str(tree.find("Sect")[0].element.Lang) == "fr"
    assert not facts.faults


def test_a_table_over_two_pages_keeps_its_form(tree_of: TreeOf) -> None:
    wide = {"A": {"O": "/Table", "RowSpan": 3, "Scope": "/Row"}}
    pdf = tagged(
        [
            "Table",
            {"A": {"O": "/Table", "Summary": "CANARY summary"}},
            ["TR", ["TH", {"ID": "h"}], "TH"],
            ["TR", ["TH", wide], "TD"],
            ["TR", ["TD", {"K": []}]],
            ["TR", {"page": 1}, "TD"],
            ["TR", {"page": 1}, "TD", ["TD", {"K": [], "A": {"O": "/Table", "Headers": ["h"]}}]],
        ],
        pages=2,
    )
    tree, facts, held = tree_of(pdf, (1, 1))
    assert tree is not None
    assert tree.shape() == ["Div", ["Table", ["TR", "TH", "TH"], ["TR", "TH", "TD"]]]
    assert b"CANARY" not in held
    spans = [cell.element.A[0].get("/RowSpan") for cell in tree.find("TH") if "/A" in cell.element]
    assert 3 not in spans
    assert not facts.faults
    last, facts, _ = tree_of(pdf, (2, 2))
    assert last is not None
    assert last.shape() == ["Div", ["Table", ["TR", "TD"], ["TR", "TD", "TD"]]]


def test_links_of_other_pages_leave_the_tags(tree_of: TreeOf) -> None:
    pdf = tagged(["P", ["Link", {"Contents": "stays"}]], ["P", {"page": 1}, ["Link"]], pages=2)
    for page, element in zip(pdf.pages, (kid.K[0] for kid in pdf.Root.StructTreeRoot.K), strict=True):
        made = link(pdf, A=Dictionary(S=Name.URI, URI=String("https://a.example")))
        made.StructParent = 5
        page.obj.Annots = Array([made])
        element.K = Array([element.K, Dictionary(Type=Name.OBJR, Obj=made, Pg=page.obj)])
    tree, _, _ = tree_of(pdf, (2, 2))
    assert tree is not None
    assert tree.shape() == ["Div", ["P", "Link"]]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [([(1, 2)], True), ([(2, 2), (1, 1)], False), ([(1, 1), (1, 1)], False)],
    ids=["as it is", "turned round", "twice"],
)
def test_tags_say_another_order_than_pages_that_come_otherwise(
    tree_of: TreeOf, asked: Sequence[tuple[int, int | None]], kept: bool
) -> None:
    tree, facts, held = tree_of(tagged("P", ["P", {"page": 1}], pages=2), *asked)
    told = [remark for remark in facts.remarks if remark.kind == "tags"]
    assert (tree is not None, len(told)) == (kept, int(not kept))
    assert kept or b"StructElem" not in held
    assert all("lost: they say another order" in remark.what for remark in told)
