"""Several files as one annex: pages, numbers, bookmarks, links, tags and messages keep apart what belongs to each."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from briefpack.annex import (
    Against,
    Annex,
    AnnexFacts,
    AnnexFault,
    AnnexFile,
    CleanPart,
    OutlineNode,
    PageRange,
    Treatment,
)
from briefpack.annexes.claims import claims_of, faults_of
from briefpack.annexes.intake import take_in
from briefpack.errors import Where
from tests.annexes.makers import (
    PACK,
    add_page,
    document,
    entries_of,
    link,
    named,
    pack_of,
    saved,
    tagged,
    taken_together,
    wordless,
    written,
)
from tests.annexes.tagtree import opened, read_tree
from tests.conformance.vera import validate
from tests.conftest import Project, Ran

BODY = 4
"""Pages of the body, and the divider."""


def with_bookmarks(pages: int, word: str) -> Pdf:
    """A document with a place named "start" on its last page, to which a link on its first one leads."""
    pdf = Pdf.new()
    for number in range(pages):
        add_page(pdf, f"BT /F1 24 Tf 72 700 Td ({word} {number + 1}) Tj ET".encode())
    named(pdf, start=Array([pdf.pages[-1].obj, Name.XYZ, 0, 500, None]))
    pdf.pages[0].obj.Annots = Array([link(pdf, Dest=String("start"))])
    with pdf.open_outline() as outline:
        outline.root.extend([pikepdf.OutlineItem("Start", pages - 1), pikepdf.OutlineItem("Nowhere")])
    return pdf


@pytest.fixture
def two(tmp_path: Path) -> AnnexFacts:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    first = saved(with_bookmarks(2, "Old"), tmp_path / "old" / "plan.pdf")
    second = saved(with_bookmarks(3, "New"), tmp_path / "new" / "plan.pdf")
    return taken_together([first, second], tmp_path / "work")


def words_of(pack: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(pack)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    finally:
        pdf.close()


# --------------------------------------------------------------------------- pages


def test_pages_stamps_and_labels_count_through(two: AnnexFacts) -> None:
    pack = pack_of([two])
    assert words_of(pack)[BODY:] == [
        f"{word} STAMP0-{number}"
        for number, word in enumerate(["Old 1", "Old 2", "New 1", "New 2", "New 3"], 1)
    ]
    with opened(pack) as pdf:
        labels = [page.label for page in pdf.pages]
    assert labels[BODY:] == ["A-1", "A-2", "A-3", "A-4", "A-5"]


def test_references_to_pages_count_through(two: AnnexFacts) -> None:
    with opened(pack_of([two], ["annex_0_p2", "annex_0_p3", "annex_0_p5"])) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        led = [pages.index(pdf.Root.Dests[f"/annex_0_p{number}"][0].objgen) for number in (2, 3, 5)]
    assert led == [BODY + 1, BODY + 2, BODY + 4]


def test_links_lead_to_their_own_file(two: AnnexFacts) -> None:
    """Both have a place called start."""
    with opened(pack_of([two])) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        led = {
            (index, pages.index(annotation.Dest[0].objgen))
            for index, page in enumerate(pdf.pages)
            for annotation in page.obj.get("/Annots", Array())
        }
        said = [str(pdf.pages[index].obj.Annots[0].Contents) for index in (BODY, BODY + 2)]
    assert led == {(BODY, BODY + 1), (BODY + 2, BODY + 4)}
    assert said == ["to A 2", "to A 5"]


def test_a_page_says_what_it_is_within_the_annex(two: AnnexFacts) -> None:
    with opened(pack_of([two])) as pdf:
        figures = read_tree(pdf).find("Figure")
        assert [str(figure.element.Alt) for figure in figures] == [f"A {n}/5 Annex A" for n in range(1, 6)]


# --------------------------------------------------------------------------- bookmarks


def test_bookmarks_of_each_file_stand_below_its_name(two: AnnexFacts) -> None:
    nowhere = OutlineNode("Nowhere", None, ())
    assert two.outline == (
        OutlineNode("plan", 0, (OutlineNode("Start", 1, ()), nowhere)),
        OutlineNode("plan", 2, (OutlineNode("Start", 4, ()), nowhere)),
    )
    with opened(pack_of([two])) as pdf, pdf.open_outline() as outline:
        annex = outline.root[-1]
        assert [item.title for item in annex.children] == ["plan", "plan"]
        pages = [page.obj.objgen for page in pdf.pages]
        places = [pages.index(item.destination[0].objgen) for item in annex.children]
        assert places == [BODY, BODY + 2]
        assert [item.title for item in annex.children[1].children] == ["Start", "Nowhere"]


def part(sha256: str, pages: int, *titles: str) -> CleanPart:
    nodes = tuple(OutlineNode(title, 0, ()) for title in titles)
    return CleanPart(sha256, Path("clean.pdf"), ((595.0, 842.0),) * pages, nodes)


def test_a_file_that_is_chosen_from_in_several_goes_has_one_entry() -> None:
    one, more, other = part("1", 2, "a"), part("1", 3, "b"), part("2", 4, "c")
    name, last = "plan.v2.pdf", "notes.pdf"
    assert AnnexFacts((one, more, other), (name, name, last)).outline == (
        OutlineNode("plan.v2", 0, (OutlineNode("a", 0, ()), OutlineNode("b", 2, ()))),
        OutlineNode("notes", 5, (OutlineNode("c", 5, ()),)),
    )
    # Nothing else is there to be told from it.
    assert [node.title for node in AnnexFacts((one, more), (name, name)).outline] == ["a", "b"]
    assert [node.title for node in AnnexFacts((one,), (name,)).outline] == ["a"]
    # As good a name, but another file.
    assert [node.page for node in AnnexFacts((one, other), (name, name)).outline] == [0, 2]


# --------------------------------------------------------------------------- tags


TABLE = [
    "Table",
    ["TR", ["TH", {"ID": "head"}]],
    ["TR", ["TD", {"A": {"O": "/Table", "Headers": ["head"]}}]],
]


def tree_with_table(word: str) -> Pdf:
    pdf = tagged(
        TABLE, ["P", ["Link"]], ["Figure", {"page": 1}], ["Note", {"page": 1, "ActualText": word}], pages=2
    )
    made = link(pdf, A=Dictionary(S=Name.URI, URI=String(f"https://{word}.example")))
    made.StructParent = 7
    pdf.pages[0].obj.Annots = Array([made])
    element = pdf.Root.StructTreeRoot.K[1].K[0]
    element.K = Array([element.K, Dictionary(Type=Name.OBJR, Obj=made, Pg=pdf.pages[0].obj)])
    return pdf


def assert_apart(pack: bytes, files: int) -> None:
    """Names are those of one element each, and cells refer to the head of their own table."""
    with opened(pack) as pdf:
        tree = read_tree(pdf)
        tables = tree.find("Table")
        assert len(tables) == files
        heads = []
        for table in tables:
            (head,), (cell,) = table.find("TH"), table.find("TD")
            (headers,) = [held.Headers for held in cell.element.A if "/Headers" in held]
            assert [bytes(name) for name in headers] == [bytes(head.element.ID)]
            heads.append(bytes(head.element.ID))
        notes = [bytes(note.element.ID) for note in tree.find("Note")]
        assert len({*heads, *notes}) == 2 * files


def test_two_tagged_files_keep_their_names_and_keys_apart(tmp_path: Path) -> None:
    paths = [saved(tree_with_table(word), tmp_path / f"{word}.pdf") for word in ("one", "two")]
    facts = taken_together(paths, tmp_path / "work")
    assert [part.tagged for part in facts.parts] == [True, True]
    pack = pack_of([facts])
    assert_apart(pack, 2)
    with opened(pack) as pdf:
        sect = read_tree(pdf).find("Sect")[-1]
        assert [kid.kind for kid in sect.kids] == ["H1", "Div", "Div"]  # type: ignore[union-attr]
        # Pictures without a description say which page of the annex they are on.
        assert [str(figure.element.Alt) for figure in sect.find("Figure")] == ["picture A 2", "picture A 4"]


def test_the_same_file_twice_is_twice_there(tmp_path: Path) -> None:
    path = saved(tree_with_table("one"), tmp_path / "one.pdf")
    facts = taken_together([path, path], tmp_path / "work")
    assert facts.parts[0] == facts.parts[1]
    assert facts.pages == 4
    assert_apart(pack_of([facts]), 2)


def test_the_same_file_may_be_taken_in_several_ways(tmp_path: Path) -> None:
    path = saved(tree_with_table("one"), tmp_path / "one.pdf")
    asked = [Treatment(pages=(PageRange(2, 2),), rotate=90), Treatment(pages=(PageRange(1, 1),))]
    facts = taken_together([path, path], tmp_path / "work", asked)
    assert facts.sizes == ((842, 595), (595, 842))
    assert facts.parts[0].sha256 == facts.parts[1].sha256
    assert facts.parts[0].clean != facts.parts[1].clean


def test_a_file_with_tags_and_one_without_stand_side_by_side(tmp_path: Path) -> None:
    paths = [
        saved(document(2), tmp_path / "plain.pdf"),
        saved(tree_with_table("one"), tmp_path / "tagged.pdf"),
        saved(document(1), tmp_path / "last.pdf"),
    ]
    with opened(pack_of([taken_together(paths, tmp_path / "work")])) as pdf:
        sect = read_tree(pdf).find("Sect")[-1]
        kinds = [kid.kind for kid in sect.kids]  # type: ignore[union-attr]
        assert kinds == ["H1", "Figure", "Figure", "Div", "Figure"]
        assert [str(figure.element.Alt) for figure in sect.find("Figure")] == [
            "A 1/5 Annex A",
            "A 2/5 Annex A",
            "picture A 4",
            "A 5/5 Annex A",
        ]


def test_what_is_claimed_of_them_holds(tmp_path: Path) -> None:
    """By veraPDF: tagged files, one without tags, chosen pages, a turned one and a sheet of two in one annex."""
    one = saved(tree_with_table("one"), tmp_path / "one.pdf")
    text = written("Words")
    add_page(text, text.pages[0].obj.Contents.read_bytes(), Resources=text.pages[0].obj.Resources)
    plain = saved(text, tmp_path / "plain.pdf")
    asked = [
        None,
        Treatment(pages=(PageRange(2, 2),)),
        Treatment(rotate=90),
        Treatment(pages=(PageRange(1, 1),), rotate=270),
        Treatment(n_up=2),
    ]
    facts = taken_together([one, one, plain, one, plain], tmp_path / "work", asked)
    assert facts.faults == ()
    assert claims_of([facts]).names == ("PDF/UA-1", "PDF/A-2a")
    path = tmp_path / "pack.pdf"
    path.write_bytes(wordless([facts]))
    for verdict in validate([("ua1", path), ("2a", path)]):
        assert verdict.passed, str(verdict)


# --------------------------------------------------------------------------- messages


def test_faults_name_their_file_and_the_page_of_the_annex(tmp_path: Path) -> None:
    paths = [saved(written("Words"), tmp_path / "good.pdf"), saved(document(2), tmp_path / "bad.pdf")]
    facts = taken_together(paths, tmp_path / "work")
    (told,) = faults_of(entries_of([facts]))
    assert told == (
        "Annex A (bad.pdf), pages 2, 3: the font Helvetica is not embedded (against PDF/UA-1 and PDF/A-2)"
    )
    fault = AnnexFault("it is odd", (), Against.ARCHIVE, True)
    lone = AnnexFacts((CleanPart("0", Path("x.pdf"), ((1, 1),), (), faults=(fault,)),))
    assert faults_of(entries_of([lone])) == ("Annex A (0.pdf): it is odd (against PDF/A-2)",)


def test_warnings_and_refusals_stand_at_their_file(tmp_path: Path) -> None:
    signed = document(1)
    signed.Root.AcroForm = Dictionary(SigFlags=1, Fields=Array())
    files = (
        AnnexFile(saved(signed, tmp_path / "signed.pdf"), Where(PACK, 8, 9)),
        AnnexFile(
            saved(document(3), tmp_path / "short.pdf"), Where(PACK, 9, 9), Treatment(pages=(PageRange(2, 7),))
        ),
        AnnexFile(tmp_path / "missing.pdf", Where(PACK, 10, 9)),
    )
    facts, found = take_in([Annex("a", files, "A", None, None, Where(PACK, 7, 3))], tmp_path / "work")
    assert facts == {}
    told = {diagnostic.where.line: diagnostic.message for diagnostic in found if diagnostic.where is not None}
    assert told[8].startswith("signed.pdf is signed")
    assert told[9] == "short.pdf has 3 pages, but `pages:` asks for 2-7"
    assert told[10] == "missing.pdf does not exist"


def test_many_names_are_shortened() -> None:
    def names(count: int) -> str:
        files = tuple(AnnexFile(Path(f"{number}.pdf"), Where(PACK, 1, 1)) for number in range(1, count + 1))
        return Annex("a", files * 2, "A", None, None, Where(PACK, 1, 1)).file_name

    assert names(1) == "1.pdf"
    assert names(6) == "1.pdf, 2.pdf, 3.pdf, 4.pdf, 5.pdf, 6.pdf"
    assert names(30) == "1.pdf, 2.pdf, 3.pdf, 4.pdf, … 30.pdf (30)"


# --------------------------------------------------------------------------- a whole build

ANNEX = """\
annexes:
  - title: Papers of the host
    id: papers
    files:
      - one.pdf
      - {file: beside/two.pdf, pages: 2-, rotate: 90}
      - {file: slides.pdf, n_up: 2}
  - {file: one.pdf, title: Map, audiences: [desk]}
audiences:
  desk"""


def test_a_build_counts_names_and_records_every_file(cli: Callable[..., Ran], project: Project) -> None:
    project.change("pack.yaml", "audiences:\n  desk", ANNEX)
    project.change(
        "sections/01-programme.yaml", "The Ambassador comes", "See [[papers, p. 3]]. The Ambassador comes"
    )
    (project.pack / "beside").mkdir()
    saved(with_bookmarks(1, "One"), project.pack / "one.pdf")
    saved(with_bookmarks(3, "Two"), project.pack / "beside" / "two.pdf")
    saved(with_bookmarks(3, "Slides"), project.pack / "slides.pdf")
    ran = cli("build")
    assert ran.code == 0, ran.err
    outputs = project.outputs()
    pack = outputs["desk/visit-desk.pdf"]
    words = words_of(pack)
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        labels = [page.label for page in pdf.pages]
        first = labels.index("A-1")
        assert labels[first : first + 5] == ["A-1", "A-2", "A-3", "A-4", "A-5"]
        left, bottom, right, top = pdf.pages[first + 1].mediabox
        # It was turned, and its sheet is upright as the reader sees it.
        assert right - left > top - bottom
        assert "/Rotate" not in pdf.pages[first + 1].obj
        with pdf.open_outline() as outline:
            (annex,) = [item for item in outline.root if "Papers of the host" in item.title]
            assert [item.title for item in annex.children] == ["one", "two", "slides"]
        (reference,) = [name for name in pdf.Root.Dests if name.endswith("_p3")]
        assert pdf.Root.Dests[reference][0].objgen == pdf.pages[first + 2].obj.objgen
    assert "One 1" in words[first]
    assert "Two 2" in words[first + 1]
    assert "Two 3" in words[first + 2]
    assert "Slides 1 Slides 2" in words[first + 3]
    assert "Two 1" not in "".join(words)
    assert "A-1 to A-5" in words[first - 1]
    record = json.loads(outputs["manifest.json"])["audiences"]
    for audience in ("desk", "press"):
        inputs = {held["path"]: held["sha256"] for held in record[audience]["inputs"]}
        for name in ("one.pdf", "beside/two.pdf", "slides.pdf"):
            digest = hashlib.sha256((project.pack / name).read_bytes()).hexdigest()
            assert inputs[f"sources/visit/{name}"] == digest
    with zipfile.ZipFile(io.BytesIO(outputs["desk/visit-desk.docx"])) as docx:
        schedule = docx.read("word/document.xml").decode()
    assert "one.pdf, two.pdf, slides.pdf" in schedule


def test_the_files_of_a_withheld_annex_are_nowhere(cli: Callable[..., Ran], project: Project) -> None:
    project.change(
        "pack.yaml",
        "audiences:\n  desk",
        "annexes:\n  - {files: [one.pdf, secret-two.pdf], title: Papers, audiences: [desk]}\naudiences:\n  desk",
    )
    saved(with_bookmarks(1, "One"), project.pack / "one.pdf")
    saved(with_bookmarks(1, "Two"), project.pack / "secret-two.pdf")
    assert cli("build").code == 0
    outputs = project.outputs()
    record = json.loads(outputs["manifest.json"])["audiences"]
    assert "secret-two.pdf" in json.dumps(record["desk"])
    assert "secret" not in json.dumps(record["press"])
    assert "Two 1" in " ".join(words_of(outputs["desk/visit-desk.pdf"]))
    assert "Two 1" not in " ".join(words_of(outputs["press/visit-press.pdf"]))


def test_every_file_must_be_in_the_pack_or_allowed(cli: Callable[..., Ran], project: Project) -> None:
    beside = project.root / "beside"
    beside.mkdir()
    saved(with_bookmarks(1, "One"), project.pack / "one.pdf")
    saved(with_bookmarks(1, "Two"), beside / "two.pdf")
    project.change(
        "pack.yaml",
        "audiences:\n  desk",
        "annexes:\n  - {files: [one.pdf, ../../beside/two.pdf], title: Papers}\naudiences:\n  desk",
    )
    refused = cli("build")
    assert refused.code != 0
    assert "two.pdf" in refused.err
    assert refused.err.count("error:") == 1
    allowed = cli("build", "--allow", str(beside))
    assert allowed.code == 0, allowed.err
    assert "Two 1" in " ".join(words_of(project.outputs()["press/visit-press.pdf"]))
