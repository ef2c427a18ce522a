"""Structure trees as authors' programs write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from briefpack.annexes.cleaning.read_tags import read_tags
from briefpack.annexes.cleaning.tags import Element, Mark, Tags, Target
from tests.annexes.makers import add_page, as_object, document, link, tagged


def read(pdf: Pdf) -> Tags:
    tags = read_tags(pdf)
    assert tags is not None
    return tags


def shape(element: Element) -> object:
    kids = [shape(kid) for kid in element.elements]
    return [element.kind, *kids] if kids else element.kind


def element(pdf: Pdf, *path: int) -> Object:
    held = pdf.Root.StructTreeRoot
    for place in path:
        held = held.K[place]
    return held


# --------------------------------------------------------------------------- what is kept


def test_a_tree_is_read_with_its_marks() -> None:
    pdf = tagged(["Document", "H1", ["L", ["LI", "Lbl", "LBody"]], "P"], lang="fr")
    tags = read(pdf)
    assert shape(tags.top) == ["Div", "H1", ["L", ["LI", "Lbl", "LBody"]], "P"]
    assert tags.top.texts == {"/Lang": "fr"}
    marks = [kid for part in tags.top.all() for kid in part.kids if isinstance(kid, Mark)]
    assert marks == [Mark(pdf.pages[0].obj.objgen, number, 0) for number in range(4)]


def test_several_elements_on_top_are_held_together() -> None:
    assert shape(read(tagged("H1", ["Document", "P"])).top) == ["Div", "H1", ["Div", "P"]]


def test_words_for_those_who_listen_are_kept_and_others_are_not() -> None:
    entries = {
        "Alt": "Map",
        "ActualText": "A map",
        "E": "Extended",
        "T": "Title",
        "Lang": "de",
        "Secret": "x",
    }
    (figure,) = read(tagged(["Document", ["Figure", entries]])).top.elements
    assert figure.texts == {
        "/Alt": "Map",
        "/ActualText": "A map",
        "/E": "Extended",
        "/T": "Title",
        "/Lang": "de",
    }


def test_a_language_that_is_none_is_left_out() -> None:
    (paragraph,) = read(tagged(["Document", ["P", {"Lang": "en_GB"}]], lang="english language")).top.elements
    assert paragraph.texts == {}


def test_attributes_that_pdf_explains_are_kept() -> None:
    attributes = [
        {"O": "/Table", "Scope": "/Row", "ColSpan": 2, "Headers": ["a"]},
        {"O": "/UserProperties", "P": [{"N": "x"}]},
        {"O": "/Layout", "BBox": [0, 0, 9, 9], "Odd": {"x": 1}},
    ]
    (cell,) = read(tagged(["Document", ["TH", {"A": attributes, "ID": "b"}]])).top.elements
    assert cell.attribute("/Scope") == Name.Row
    assert cell.attribute("/ColSpan") == 2
    assert cell.attribute("/BBox") is not None
    assert cell.attribute("/Odd") is None
    assert cell.attribute("/P") is None
    assert (cell.headers, cell.name) == ([b"a"], b"b")


def test_attributes_of_classes_count_less_than_an_elements_own() -> None:
    pdf = tagged(["Document", ["TH", {"C": "/wide", "A": {"O": "/Table", "ColSpan": 3}}]])
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(wide=Dictionary(O=Name.Table, ColSpan=2, Scope=Name.Column))
    (cell,) = read(pdf).top.elements
    assert (cell.attribute("/ColSpan"), cell.attribute("/Scope")) == (3, Name.Column)


@pytest.mark.parametrize(
    ("kind", "roles", "read_as"),
    [
        ("Headline", {"Headline": "Big", "Big": "H2"}, "H2"),
        ("P", {"P": "H1"}, "H1"),
        ("P", {"P": "P"}, "P"),
        ("One", {"One": "Two", "Two": "One"}, "NonStruct"),
        ("Strange", {}, "NonStruct"),
        ("Title", {}, "P"),
        ("Title", {"Title": "H1"}, "H1"),
        ("FENote", {}, "Note"),
        ("H9", {}, "H6"),
    ],
)
def test_kinds_are_told_in_terms_of_pdf_1_7(kind: str, roles: dict[str, str], read_as: str) -> None:
    (found,) = read(tagged(["Document", kind], roles=roles)).top.elements
    assert found.kind == read_as


def test_links_are_found() -> None:
    pdf = tagged(["Document", ["Link", {"K": []}]])
    made = link(pdf, Dest=Array([pdf.pages[0].obj, Name.Fit]))
    element(pdf, 0, 0).K = Array([Dictionary(Type=Name.OBJR, Obj=made)])
    (found,) = read(pdf).top.elements
    assert found.kids == [Target(made.objgen)]


def test_pages_without_content_need_no_tags() -> None:
    pdf = tagged(["Document", "P"])
    add_page(pdf, b"/Artifact BMC 0 0 9 9 re f EMC")
    assert read(pdf).pages[1].marks == {}


def test_marks_on_several_pages_are_one_element() -> None:
    pdf = tagged(["Document", "P"])
    second = add_page(pdf, b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC", StructParents=7)
    paragraph = element(pdf, 0, 0)
    paragraph.K = Array([0, Dictionary(Type=Name.MCR, Pg=second, MCID=0)])
    pdf.Root.StructTreeRoot.ParentTree.Nums.extend([7, Array([paragraph])])
    (found,) = read(pdf).top.elements
    assert [kid.page for kid in found.kids if isinstance(kid, Mark)] == [0, 1]


def form_with_a_mark(pdf: Pdf) -> Object:
    form = pdf.make_stream(
        b"/P <</MCID 1>> BDC 0 0 9 9 re f EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(X=form)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /X Do")
    return form


def test_marks_in_forms_are_found_by_their_form() -> None:
    pdf = tagged(["Document", "P"])
    form = form_with_a_mark(pdf)
    form.StructParents, paragraph = 4, element(pdf, 0, 0)
    paragraph.K = Array([0, Dictionary(Type=Name.MCR, Stm=form, MCID=1)])
    pdf.Root.StructTreeRoot.ParentTree.Nums.extend([4, Array([None, paragraph])])
    (found,) = read(pdf).top.elements
    assert Mark(form.objgen, 1, 0) in found.kids


def test_marks_in_forms_that_are_counted_among_the_pages_are_found() -> None:
    pdf = tagged(["Document", "P"])
    form, paragraph = form_with_a_mark(pdf), element(pdf, 0, 0)
    paragraph.K = Array([0, 1])
    pdf.Root.StructTreeRoot.ParentTree.Nums[1].append(paragraph)
    (found,) = read(pdf).top.elements
    assert found.kids == [Mark(pdf.pages[0].obj.objgen, 0, 0), Mark(form.objgen, 1, 0)]


# --------------------------------------------------------------------------- what is not whole


def unmarked(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def without_mark_info(pdf: Pdf) -> None:
    del pdf.Root["/MarkInfo"]


def without_parents(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot["/ParentTree"]


def without_key(pdf: Pdf) -> None:
    del pdf.pages[0].obj["/StructParents"]


def without_kids(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot["/K"]


def forgotten_mark(pdf: Pdf) -> None:
    del element(pdf, 0).K[1]


def mark_twice(pdf: Pdf) -> None:
    element(pdf, 0, 1).K = element(pdf, 0, 0).K


def swapped(pdf: Pdf) -> None:
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    first, second = parents
    parents[0], parents[1] = second, first


def short_parents(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree.Nums[1][1]


def loop(pdf: Pdf) -> None:
    element(pdf, 0, 0).K = Array([element(pdf, 0)])


def no_page(pdf: Pdf) -> None:
    del element(pdf, 0, 0)["/Pg"]


def bare_page(pdf: Pdf) -> None:
    add_page(pdf)


def kid_of_no_kind(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K = Array([5])


def whole_picture(pdf: Pdf) -> None:
    picture = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image)
    element(pdf, 0, 0).K = Array([0, Dictionary(Type=Name.OBJR, Obj=picture)])


def deep(pdf: Pdf) -> None:
    held = element(pdf, 0)
    for _ in range(150):
        below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=held))
        held.K = Array([*held.K, below]) if "/K" in held else Array([below])
        held = below


@pytest.mark.parametrize(
    "change",
    [
        unmarked,
        without_mark_info,
        without_parents,
        without_key,
        without_kids,
        forgotten_mark,
        mark_twice,
        swapped,
        short_parents,
        loop,
        no_page,
        bare_page,
        kid_of_no_kind,
        whole_picture,
        deep,
    ],
)
def test_tags_that_are_not_whole_count_as_none(change: Callable[[Pdf], None]) -> None:
    pdf = tagged(["Document", "P", "P"])
    assert read_tags(pdf) is not None
    change(pdf)
    assert read_tags(pdf) is None


def test_content_that_is_no_text_is_not_tagged() -> None:
    pdf = tagged(["Document", "P"])
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" \xff\xfe")
    assert read_tags(pdf) is None


def test_a_document_without_tags_has_none() -> None:
    assert read_tags(document()) is None


@pytest.mark.parametrize("value", ["x", 5, "/X", [1, 2]])
@pytest.mark.parametrize("key", ["K", "ParentTree", "RoleMap", "ClassMap"])
def test_nonsense_in_the_root_does_no_harm(key: str, value: object) -> None:
    pdf = tagged(["Document", ["P", {"C": "/x"}]])
    pdf.Root.StructTreeRoot[f"/{key}"] = as_object(value)
    read_tags(pdf)


@pytest.mark.parametrize("value", ["x", 5, "/X", [1, None, {}], {}])
@pytest.mark.parametrize("key", ["K", "S", "Pg", "A", "C", "ID", "Lang", "Alt", "NS"])
def test_nonsense_in_an_element_does_no_harm(key: str, value: object) -> None:
    pdf = tagged(["Document", ["P", "Span"], "P"])
    element(pdf, 0, 0)[f"/{key}"] = as_object(value)
    read_tags(pdf)
