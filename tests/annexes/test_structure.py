"""The structure tree of a bound pack."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from briefpack.annex import AnnexFacts
from briefpack.annexes.bind import bind
from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from tests.annexes.makers import (
    WORDS,
    add_page,
    body_of,
    document,
    entries_of,
    link,
    pack_of,
    requests_of,
    saved,
    stamp_sheet,
    tagged,
    taken,
    wordless,
)
from tests.annexes.tagtree import Node, opened, read_tree
from tests.conformance.vera import validate
from tests.conftest import Project, Ran, give_up

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
    assert not facts.parts[0].tagged
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


# --------------------------------------------------------------------------- annexes with tags


def marked(tree: Node) -> list[tuple[str, list[tuple[int, int]]]]:
    """The elements that have marks, in reading order."""
    return [
        (node.kind, [kid for kid in node.kids if isinstance(kid, tuple)])
        for node in tree.all()
        if any(isinstance(kid, tuple) for kid in node.kids)
    ]


def test_a_tagged_annex_keeps_its_tree_behind_its_divider(take: Take) -> None:
    shape = ["Document", "H1", ["L", ["LI", "Lbl", "LBody"]], ["Table", ["TR", "TH", "TD"]]]
    facts = [take(tagged(shape, lang="fr"), "tagged"), take(document(1), "plain")]
    assert [fact.parts[0].tagged for fact in facts] == [True, False]
    with opened(pack_of(facts)) as pdf:
        tree = read_tree(pdf)
        first, second = tree.find("Sect")
        assert first.shape() == ["Sect", "H1", ["Div", *shape[1:]]]
        assert str(first.find("Div")[0].element.Lang) == "fr"
        assert second.shape() == ["Sect", "H1", "Figure"]
        assert marked(tree)[3:] == [
            *[("H1", [(3, 0)]), ("H1", [(4, 0)]), ("Lbl", [(4, 1)]), ("LBody", [(4, 2)])],
            *[("TH", [(4, 3)]), ("TD", [(4, 4)]), ("H1", [(5, 0)]), ("Figure", [(6, 0)])],
        ]


def test_annexes_with_equal_ids_and_unlike_roles_keep_their_own(take: Take) -> None:
    def one(role: str) -> pikepdf.Pdf:
        head = ["TH", {"ID": "head"}]
        cell = ["TD", {"A": {"O": "/Table", "Headers": ["head"]}}]
        return tagged(["Document", "Own", ["Table", ["TR", head], ["TR", cell]]], roles={"Own": role})

    with opened(pack_of([take(one("H1"), "one"), take(one("P"), "two")])) as pdf:
        tree = read_tree(pdf)
        parts = [sect.find("Div")[0] for sect in tree.find("Sect")]
        assert [next(iter(part.all())).kids[0].kind for part in parts] == ["H1", "P"]
        for part, name in zip(parts, (b"annex_0-1", b"annex_1-1"), strict=True):
            (head,), (cell,) = part.find("TH"), part.find("TD")
            assert bytes(head.element.ID) == name
            assert [bytes(held) for held in cell.element.A[-1].Headers] == [name]
        assert "/RoleMap" not in pdf.Root.StructTreeRoot


def test_pictures_without_a_description_are_said_to_have_none(take: Take) -> None:
    shape = ["Document", "Figure", ["Figure", {"Alt": "A map"}], ["Formula", {"ActualText": "E = mc²"}]]
    with opened(pack_of([take(tagged(shape))])) as pdf:
        tree = read_tree(pdf)
        assert [
            str(node.element.get("/Alt", "")) for node in (*tree.find("Figure"), *tree.find("Formula"))
        ] == [
            "picture A 1",
            "A map",
            "",
        ]


def test_links_of_a_tagged_annex_have_a_tag_even_where_it_gave_none(take: Take) -> None:
    pdf = tagged(["Document", ["P", ["Link", {"K": []}]]])
    page = pdf.pages[0].obj
    known = link(pdf, A=Dictionary(S=Name.URI, URI=String("https://example.org/")))
    unknown = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    unknown.Dest = Array([page, Name.Fit])
    page.Annots = Array([known, unknown])
    pdf.Root.StructTreeRoot.K[0].K[0].K[0].K = Array([Dictionary(Type=Name.OBJR, Obj=known, Pg=page)])
    add_mark(pdf)
    facts = take(pdf)
    assert facts.parts[0].tagged
    with opened(pack_of([facts])) as pack:
        (part,) = read_tree(pack).find("Div")
        assert part.shape() == ["Div", ["P", "Link"], "P", ["P", "Link"]]
        words = [str(kid.Contents) for node in part.find("Link") for kid in node.kids]
        assert words == ["https://example.org/", "to A 1"]


def add_mark(pdf: pikepdf.Pdf) -> None:
    """One more paragraph, so that the document has content."""
    root, page = pdf.Root.StructTreeRoot, pdf.pages[0].obj
    paragraph = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root.K[0], Pg=page, K=0))
    root.K[0].K.append(paragraph)
    root.ParentTree.Nums[1].append(paragraph)
    page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC")


def test_marks_in_forms_come_along(take: Take) -> None:
    pdf = tagged(["Document", "P"])
    page = pdf.pages[0].obj
    form = pdf.make_stream(
        b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    paragraph = pdf.Root.StructTreeRoot.K[0].K[0]
    form.StructParents = 9
    paragraph.K = Array([0, Dictionary(Type=Name.MCR, Stm=form, MCID=0)])
    pdf.Root.StructTreeRoot.ParentTree.Nums.extend([9, Array([paragraph])])
    page.Resources.XObject = Dictionary(X=form)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /X Do")
    facts = [take(pdf, "one"), take(tagged(["Document", "P"]), "two")]
    assert facts[0].parts[0].tagged
    with opened(pack_of(facts)) as pack:
        first, _ = read_tree(pack).find("Div")
        assert first.marks == [(4, 0), (4, 0)]


def test_a_tagged_page_keeps_its_content_and_its_stamp_keeps_out_of_its_way(take: Take) -> None:
    pdf = tagged(["Document", "P"])
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q 5 0 0 5 0 0 cm")
    mark = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    page.Resources.XObject = Dictionary(Stamp=mark)
    facts = [take(pdf)]
    assert facts[0].parts[0].tagged
    pack = pack_of(facts)
    with opened(pack) as bound:
        held = bound.pages[4].obj
        content = b"".join(part.read_bytes() for part in held.Contents)
        assert content.index(b"/Mark") < content.index(b"/Artifact <</Type /Pagination>> BDC")
        assert {"/Stamp", "/Stampx"} <= set(held.Resources.XObject.keys())
        assert bound.pages[4].obj.Resources.XObject.Stampx.Resources.Font
        depth = 0
        for instruction in pikepdf.parse_content_stream(held):
            depth += {"q": 1, "Q": -1}.get(str(instruction.operator), 0)
            if str(instruction.operator) == "BDC" and instruction.operands[0] == Name.Artifact:
                assert depth == 0
        assert depth == 0
    page_text = pypdfium2.PdfDocument(pack)[4].get_textpage().get_text_range()
    assert "STAMP0-1" in page_text


def test_a_pack_may_be_an_annex_of_another_pack(take: Take, tmp_path: Path) -> None:
    inner = finish(
        pack_of([take(tagged(["Document", "H1", "P"]), "one"), take(document(1), "two")]), Claims()
    )
    path = tmp_path / "inner.pdf"
    path.write_bytes(inner)
    facts = taken(path, tmp_path / "work")
    assert facts.parts[0].tagged
    with opened(pack_of([facts])) as pdf:
        (outer,) = [sect for sect in read_tree(pdf).find("Sect") if sect.element.get("/ID") is not None]
        assert outer.shape() == [
            "Sect",
            "H1",
            ["Div", "P", "P", "P", ["Sect", "H1", ["Div", "H1", "P"]], ["Sect", "H1", "Figure"]],
        ]


# --------------------------------------------------------------------------- what others' programs write

TYPST = """
#set document(title: "Declaration")
#set text(lang: "{lang}")
#set heading(numbering: "1.")
= Support <x>
Text with #link("https://example.org")[a link], a note#footnote[The note.] and @x.
- one
- two
#table(columns: 2, table.header[A][B], [1], [2])
#figure(rect(width: 3cm, height: 1cm), caption: [A box], alt: "A box")
#pagebreak()
== Last words
#lorem(30)
"""


def typeset(path: Path, lang: str) -> Path:
    try:
        import typst
    except ImportError:
        give_up("typst")
    source = path.with_suffix(".typ")
    source.write_text(TYPST.replace("{lang}", lang), encoding="utf-8")
    typst.compile(str(source), output=str(path))
    return path


def test_annexes_by_typst_keep_their_tags_two_at_once(tmp_path: Path) -> None:
    facts = [taken(typeset(tmp_path / f"{lang}.pdf", lang), tmp_path / "work") for lang in ("en", "fr")]
    assert all(fact.parts[0].tagged and not fact.faults and fact.pages == 2 for fact in facts)
    path = tmp_path / "pack.pdf"
    path.write_bytes(wordless(facts))
    with pikepdf.open(path) as pdf:
        parts = [next(iter(sect.find("Div"))) for sect in read_tree(pdf).find("Sect")]
        assert [str(part.element.Lang) for part in parts] == ["en", "fr"]
        for part in parts:
            kinds = [node.kind for node in part.all()]
            assert {"H1", "H2", "L", "Table", "TH", "Figure", "Caption", "Note", "Link"} <= set(kinds)
            assert kinds.index("H1") < kinds.index("L") < kinds.index("Table") < kinds.index("H2")
            assert [str(node.element.Alt) for node in part.find("Figure")] == ["A box"]
    assert [str(one) for one in validate([("ua1", path), ("2a", path)])] == ["passed", "passed"]


def test_a_pack_of_ours_keeps_its_tags_as_an_annex(project: Project, cli: Callable[..., Ran]) -> None:
    assert cli("build", "visit", "-a", "press", "-f", "pdf").code == 0
    made = project.build / "press" / "visit-press.pdf"
    facts = taken(made, project.root / "work")
    assert facts.parts[0].tagged
    assert not facts.faults
    with pikepdf.open(made) as alone, opened(pack_of([facts])) as pack:
        kinds = [node.kind for node in read_tree(alone).all()]
        inside = [node.kind for node in next(iter(read_tree(pack).find("Div"))).all()]
        assert inside == ["Div" if kind == "Document" else kind for kind in kinds]


# --------------------------------------------------------------------------- annexes without a divider


def undivided(facts: list[AnnexFacts]) -> bytes:
    """A pack whose annexes have no divider: their parts are empty until the binder fills them."""
    body = body_of(len(facts))
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(body.content)) as pdf:
        for page in list(pdf.pages)[3:]:
            page.obj.Contents, page.obj.Resources = pdf.make_stream(b""), Dictionary()
            del page.obj.StructParents
        top = pdf.Root.StructTreeRoot.K
        for sect in [kid for kid in top.K if kid.get("/S") == Name.Sect]:
            del sect.K
        pdf.Root.StructTreeRoot.ParentTree.Nums = Array(list(pdf.Root.StructTreeRoot.ParentTree.Nums)[:6])
        pdf.save(content, deterministic_id=True)
    requests = requests_of(facts)
    bare = replace(body, content=content.getvalue())
    return bind(bare, entries_of(facts), stamp_sheet(requests), requests, WORDS)


def test_an_annex_without_a_divider_has_its_heading_on_its_first_page(take: Take) -> None:
    facts = [take(document(2), "one"), take(tagged(["Document", "P", "P"]), "two")]
    with opened(undivided(facts)) as pdf:
        tree = read_tree(pdf)
        assert tree.shape()[4:] == [
            ["Sect", "H1", "Figure", "Figure"],
            ["Sect", "H1", ["Div", "P", "P"]],
        ]
        headings = tree.find("H1")
        assert [str(node.element.ActualText) for node in headings] == ["A Annex A", "B Annex B"]
        # The mark of each is on the first page, and leads back to it.
        for heading, page in zip(headings, (4, 7), strict=True):
            shown = pdf.pages[page].obj
            assert heading.element.Pg.objgen == shown.objgen
            nums = pdf.Root.StructTreeRoot.ParentTree.Nums
            pairs = dict(zip(list(nums)[::2], list(nums)[1::2], strict=True))
            elements = pairs[shown.StructParents]
            assert elements[int(heading.element.K)].objgen == heading.element.objgen
            content = b"\n".join(part.read_bytes() for part in shown.Contents)
            assert content.startswith(b"/H1 <</MCID %d>> BDC EMC" % int(heading.element.K))


def test_the_files_of_an_annex_have_one_heading(take: Take) -> None:
    first, second = take(document(1), "one"), take(tagged(["Document", "P"]), "two")
    with opened(undivided([replace(first, parts=(*first.parts, *second.parts))])) as pdf:
        assert read_tree(pdf).shape()[4:] == [["Sect", "H1", "Figure", ["Div", "P"]]]
