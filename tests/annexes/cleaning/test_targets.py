"""Where links and bookmarks lead."""

from __future__ import annotations

import itertools

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annex import OutlineNode
from briefpack.annexes.cleaning.targets import DEEPEST_BOOKMARK, LONGEST_TITLE, Target, Targets, outline_of
from tests.annexes.makers import document, named


@pytest.fixture
def pdf() -> Pdf:
    return document(3)


def to(pdf: Pdf, page: int, *view: object) -> Array:
    return Array([pdf.pages[page].obj, *(view or (Name.Fit,))])


def go(target: object) -> Dictionary:
    return Dictionary(A=Dictionary(S=Name.GoTo, D=target))


def test_a_place_may_be_named_in_any_of_the_ways_of_the_format(pdf: Pdf) -> None:
    second = to(pdf, 1, Name.XYZ, 10, 700, 0)
    named(pdf, plain=second, wrapped=Dictionary(D=to(pdf, 1, Name.XYZ, 10, 700, 0)))
    pdf.Root.Dests = Dictionary(old=to(pdf, 1, Name.XYZ, 10, 700, 0))
    targets = Targets(pdf)
    for holder in (
        Dictionary(Dest=to(pdf, 1, Name.XYZ, 10, 700, 0)),
        go(to(pdf, 1, Name.XYZ, 10, 700, 0)),
        Dictionary(Dest=String("plain")),
        go(String("plain")),
        go(String("wrapped")),
        Dictionary(Dest=Name.old),
        Dictionary(Dest=Array([1, Name.XYZ, 10, 700, 0])),
    ):
        assert targets.of(holder) == Target(1, "/XYZ", (10.0, 700.0, 0.0)), holder


@pytest.mark.parametrize(
    "holder",
    [
        Dictionary(),
        Dictionary(Dest=String("unknown")),
        Dictionary(Dest=Array([])),
        Dictionary(Dest=Array([17, Name.Fit])),
        Dictionary(Dest=Array([None, Name.Fit])),
        Dictionary(A=Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit]))),
        Dictionary(A=Dictionary(S=Name.Launch, F=String("calc.exe"))),
        Dictionary(A=Dictionary(S=Name.GoTo)),
    ],
    ids=str,
)
def test_what_leads_nowhere_or_out_of_the_file_has_no_target(pdf: Pdf, holder: Dictionary) -> None:
    assert Targets(pdf).of(holder) is None


def test_a_page_that_was_removed_is_no_target(pdf: Pdf) -> None:
    gone = to(pdf, 2)
    del pdf.pages[2]
    assert Targets(pdf).of(Dictionary(Dest=gone)) is None


def test_names_that_lead_to_each_other_lead_nowhere(pdf: Pdf) -> None:
    named(pdf, a=String("b"), b=String("a"))
    assert Targets(pdf).of(Dictionary(Dest=String("a"))) is None


def test_a_view_that_makes_no_sense_shows_the_whole_page(pdf: Pdf) -> None:
    targets = Targets(pdf)
    assert targets.of(Dictionary(Dest=to(pdf, 0, Name.Sideways, 1))) == Target(0, "/Fit", ())
    assert targets.of(Dictionary(Dest=to(pdf, 0, Name.FitR, 1, 2))) == Target(0, "/Fit", ())
    assert targets.of(Dictionary(Dest=to(pdf, 0, Name.XYZ, None, Name.A))) == Target(
        0, "/XYZ", (None, None, None)
    )


def bookmarks(pdf: Pdf, *items: Object) -> None:
    for item, after in itertools.pairwise(items):
        item.Next = after
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=items[0], Last=items[-1]))


def bookmark(pdf: Pdf, title: object, **entries: object) -> Object:
    made = Dictionary(Title=title)
    for key, value in entries.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def test_bookmarks_keep_their_order_depth_and_pages(pdf: Pdf) -> None:
    child = bookmark(pdf, String("Child"), Dest=to(pdf, 2))
    bookmarks(
        pdf,
        bookmark(pdf, String("One"), Dest=to(pdf, 0), First=child, Last=child),
        bookmark(pdf, String("Zwei — ж"), A=Dictionary(S=Name.URI, URI=String("https://x.example"))),
    )
    assert outline_of(pdf, Targets(pdf)) == (
        OutlineNode("One", 0, (OutlineNode("Child", 2, ()),)),
        OutlineNode("Zwei — ж", None, ()),
    )


def test_bookmarks_that_loop_end(pdf: Pdf) -> None:
    item = bookmark(pdf, String("Again"), Dest=to(pdf, 1))
    item.First, item.Next = item, item
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item))
    assert outline_of(pdf, Targets(pdf)) == (OutlineNode("Again", 1, ()),)


def test_bookmarks_without_end_are_cut(pdf: Pdf) -> None:
    item = None
    for _ in range(40):
        below = {} if item is None else {"First": item}
        item = bookmark(pdf, String("Deeper"), **below)
    bookmarks(pdf, item)
    depth, nodes = 0, outline_of(pdf, Targets(pdf))
    while nodes:
        depth, nodes = depth + 1, nodes[0].children
    assert depth == DEEPEST_BOOKMARK


def test_titles_are_words_on_one_line(pdf: Pdf) -> None:
    bookmarks(
        pdf,
        bookmark(pdf, String("Two\r\nlines\x00 and\ttabs ")),
        bookmark(pdf, String("x" * 5_000)),
        bookmark(pdf, String("   ")),
        bookmark(pdf, 17),
    )
    titles = [node.title for node in outline_of(pdf, Targets(pdf))]
    assert titles == ["Two lines and tabs", "x" * (LONGEST_TITLE - 1) + "…"]


def test_a_bookmark_without_words_leaves_its_children(pdf: Pdf) -> None:
    bookmarks(pdf, bookmark(pdf, String(""), First=bookmark(pdf, String("Child"), Dest=to(pdf, 1))))
    assert outline_of(pdf, Targets(pdf)) == (OutlineNode("Child", 1, ()),)


def test_a_document_without_bookmarks_has_none(pdf: Pdf) -> None:
    assert outline_of(pdf, Targets(pdf)) == ()
    pdf.Root.Outlines = pikepdf.String("nonsense")
    assert outline_of(pdf, Targets(pdf)) == ()
