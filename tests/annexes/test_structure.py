"""The structure tree of a bound pack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from briefpack.pack import AnnexFacts
from tests.annexes.makers import add_page, document, link, pack_of, saved, taken
from tests.annexes.tagtree import opened, read_tree

Take = Callable[..., AnnexFacts]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    def run(pdf: pikepdf.Pdf, name: str = "annex") -> AnnexFacts:
        return taken(saved(pdf, tmp_path / f"{name}.pdf"), tmp_path / "work")

    return run


# --------------------------------------------------------------------------- annexes without tags


def test_a_page_without_tags_is_one_figure_that_says_what_it_is(take: Take) -> None:
    facts = [take(document(2), "one"), take(document(1), "two")]
    with opened(pack_of(facts)) as pdf:
        tree = read_tree(pdf)
    assert tree.shape() == [
        "Document",
        "P",
        "P",
        "P",
        ["Sect", "H1", "Figure", "Figure"],
        ["Sect", "H1", "Figure"],
    ]
    assert [str(figure.element.Alt) for figure in tree.find("Figure")] == [
        "A 1/2 Annex A",
        "A 2/2 Annex A",
        "B 1/1 Annex B",
    ]
    assert tree.marks == [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0)]


def test_a_figure_covers_what_the_reader_sees(take: Take) -> None:
    pdf = document(0)
    add_page(pdf, Rotate=90, CropBox=Array([100, 200, 400, 700]))
    with opened(pack_of([take(pdf)])) as pack:
        (figure,) = read_tree(pack).find("Figure")
        assert [float(value) for value in figure.element.A.BBox] == [100, 200, 400, 700]
        assert Name.Layout == figure.element.A.O


def test_links_of_a_page_without_tags_follow_its_figure(take: Take) -> None:
    pdf = document(2)
    pdf.pages[0].obj.Annots = Array(
        [
            link(pdf, A=Dictionary(S=Name.URI, URI=String("https://example.org/"))),
            link(pdf, Dest=Array([pdf.pages[1].obj, Name.Fit])),
            link(pdf, Dest=Array([pdf.pages[1].obj, Name.Fit]), Contents=String("Own words")),
        ]
    )
    with opened(pack_of([take(pdf)])) as pack:
        tree = read_tree(pack)
        (sect,) = tree.find("Sect")
        assert sect.shape() == ["Sect", "H1", "Figure", ["P", "Link", "Link", "Link"], "Figure"]
        words = [str(node.kids[0].Contents) for node in sect.find("Link")]
        assert words == ["https://example.org/", "to A 2", "Own words"]


def test_marks_and_keys_of_a_file_that_is_not_really_tagged_are_gone(take: Take) -> None:
    pdf = document(0)
    content = b"/P <</MCID 7>> BDC BT /F1 9 Tf (Text) Tj ET EMC /Artifact BMC 0 0 9 9 re f EMC"
    add_page(pdf, content, StructParents=3)
    facts = take(pdf)
    assert not facts.tagged
    with opened(pack_of([facts])) as pack:
        (figure,) = read_tree(pack).find("Figure")
        assert figure.marks == [(4, 0)]
        inside = pack.pages[4].obj.Resources.XObject.Annex.read_bytes()
        assert b"Text" in inside
        assert b"MCID" not in inside
        assert b"Artifact" not in inside


def test_the_tree_is_the_same_for_the_same_input(take: Take) -> None:
    facts = [take(document(2))]
    assert pack_of(facts) == pack_of(facts)
