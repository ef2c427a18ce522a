"""Which words of a PDF are kept because they may be a marking, and where they stood."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from briefpack.annex import AnnexFacts, Keep, PageRange, Treatment
from briefpack.annexes.cache import recall
from briefpack.annexes.cleaning import inscriptions
from briefpack.annexes.cleaning.inscriptions import is_garbled
from briefpack.annexes.intake import take_in
from briefpack.inscription import Inscription, Spot, from_plain_values, in_plain_values
from tests.annexes.makers import annex, taken

WIDTH, HEIGHT = A4


def drawn(path: Path, *pages: object) -> Path:
    """A PDF with a page for each function, which draws on a canvas."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for draw in pages:
        assert callable(draw)
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def words(line: str, x: float = 72, y: float = 500, size: float = 11) -> object:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, line)

    return draw


def said(facts: AnnexFacts, *, properties: bool = False) -> list[tuple[Spot, str, tuple[int, ...]]]:
    return [
        (each.spot, each.text, each.pages)
        for part in facts.parts
        for each in part.inscriptions
        if properties or each.spot is not Spot.PROPERTY
    ]


@pytest.mark.parametrize(
    ("line", "y", "spot"),
    [
        ("NATO SECRET", 815, Spot.EDGE),
        ("NATO SECRET", 25, Spot.EDGE),
        ("SECRET", 500, Spot.LINE),
        ("S E C R E T", 815, Spot.EDGE),
        ("NATO RESTRICTED Releasable to Japan, Switzerland and Ukraine", 500, Spot.LINE),
        ("Restricted", 815, Spot.EDGE),
        ("Page 2 of 3 SECRET", 25, Spot.EDGE),
        ("Classification: secret", 500, Spot.LINE),
        ("Security classification - restricted", 815, Spot.EDGE),
        ("CONFIDENTIEL UE/EU CONFIDENTIAL", 815, Spot.EDGE),
        ("TRÈS SECRET", 400, Spot.LINE),
    ],
)
def test_what_stands_as_markings_do_is_kept(tmp_path: Path, line: str, y: float, spot: Spot) -> None:
    facts = taken(drawn(tmp_path / "a.pdf", words(line, y=y)), tmp_path / "work")
    assert said(facts) == [(spot, line, (1,))]


@pytest.mark.parametrize(
    "line",
    [
        "The members elect him by secret ballot.",
        "Restricted access in public.",
        "NATO welcomes the report of the chair.",
        "Restricted",
    ],
)
def test_running_text_is_not_kept(tmp_path: Path, line: str) -> None:
    assert said(taken(drawn(tmp_path / "a.pdf", words(line)), tmp_path / "work")) == []


def test_portion_marks_are_kept_with_their_number(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(
            [
                "1. (S//NF) The first paragraph.",
                "(a) no mark.",
                "2.3 (NR) The second.",
                "- (C) The third.",
                "[TS] The fourth.",
                "(see NATO) is none.",
                "(S//NF)",
                "(C) 2020 by Nobody",
                "(C) Copyright Nobody",
                "(C) The fifth.",
            ]
        ):
            canvas.drawString(72, 700 - 20 * number, line)

    found = taken(drawn(tmp_path / "a.pdf", draw), tmp_path / "work").parts[0].inscriptions
    portions = [(each.text, each.count) for each in found if each.spot is Spot.PORTION]
    assert portions == [("S//NF", 1), ("NR", 1), ("C", 2), ("TS", 1)]


def test_a_line_is_kept_once_with_all_its_pages(tmp_path: Path) -> None:
    pages = [words("NATO SECRET", y=815), words("Plain text"), words("NATO SECRET", y=815)]
    facts = taken(drawn(tmp_path / "a.pdf", *pages), tmp_path / "work")
    assert said(facts) == [(Spot.EDGE, "NATO SECRET", (1, 3))]


@pytest.mark.parametrize("degrees", [45, 90, 180, 270, 300])
def test_a_stamp_across_the_page_is_read(tmp_path: Path, degrees: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(degrees)
        canvas.setFont("Helvetica-Bold", 60)
        canvas.drawCentredString(0, 0, "SECRET")

    facts = taken(drawn(tmp_path / "a.pdf", draw), tmp_path / "work")
    assert said(facts) == [(Spot.LINE, "SECRET", (1,))]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_edge_is_that_of_the_page_as_it_is_read(tmp_path: Path, rotation: int) -> None:
    def draw(canvas: Canvas) -> None:
        # As the reader sees it, the words stand upright at the top.
        x, y = {0: (72, 815), 90: (20, 72), 180: (500, 20), 270: (575, 700)}[rotation]
        canvas.translate(x, y)
        canvas.rotate(rotation)
        canvas.drawString(0, 0, "Restricted")

    path = drawn(tmp_path / "a.pdf", draw)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = rotation
        pdf.save(path)
    assert said(taken(path, tmp_path / "work")) == [(Spot.EDGE, "Restricted", (1,))]


def test_letters_below_each_other_are_a_word(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for number, letter in enumerate("SECRET"):
            canvas.drawString(300, 600 - 40 * number, letter)

    facts = taken(drawn(tmp_path / "a.pdf", draw), tmp_path / "work")
    assert (Spot.LINE, "S E C R E T", (1,)) in said(facts)


def test_a_stamp_that_is_an_annotation_is_read_and_a_dropped_comment_is_not(tmp_path: Path) -> None:
    def annotated(kind: str) -> Path:
        path = drawn(tmp_path / f"{kind}.pdf", words("Plain text"))
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            looks = pdf.make_stream(
                b"BT /F1 20 Tf 5 5 Td (SECRET) Tj ET",
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, 120, 30]),
                Resources=Dictionary(Font=Dictionary(F1=font)),
            )
            note = Dictionary(
                Type=Name.Annot,
                Subtype=Name(f"/{kind}"),
                Rect=Array([200, 400, 320, 430]),
                F=4,
                AP=Dictionary(N=looks),
            )
            pdf.pages[0].Annots = Array([pdf.make_indirect(note)])
            pdf.save(path)
        return path

    kept = Treatment(keep=frozenset({Keep.COMMENTS}))
    secret = [(Spot.LINE, "SECRET", (1,))]
    assert said(taken(annotated("Stamp"), tmp_path / "work")) == secret
    path = annotated("FreeText")
    facts, _ = take_in([annex(path)], tmp_path / "work")
    assert said(facts["FreeText"]) == []
    facts, _ = take_in([annex(path, treatment=kept)], tmp_path / "work")
    assert said(facts["FreeText"]) == secret


# --------------------------------------------------------------------------- pages that are chosen


def test_pages_that_are_not_bound_are_told_apart(tmp_path: Path) -> None:
    pages = [words("SECRET", y=815), words("RESTRICTED", y=815), words("PUBLIC", y=815)]
    path = drawn(tmp_path / "a.pdf", *pages)
    facts = taken(path, tmp_path / "work", Treatment(pages=(PageRange(2, 3),)))
    found = {each.text: (each.pages, each.bound) for each in facts.parts[0].inscriptions}
    assert found["RESTRICTED"] == ((2,), True)
    assert found["PUBLIC"] == ((3,), True)
    assert found["SECRET"] == ((1,), False)


@pytest.mark.parametrize("asked", [{"n_up": 2}, {"rotate": 90}, {"flatten": True}])
def test_pages_are_those_of_the_authors_file_whatever_becomes_of_them(
    tmp_path: Path, asked: dict[str, object]
) -> None:
    path = drawn(tmp_path / "a.pdf", words("One"), words("Two"), words("SECRET", y=815))
    facts = taken(path, tmp_path / "work", Treatment(**asked))  # type: ignore[arg-type]  # keys of Treatment
    assert (Spot.EDGE, "SECRET", (3,)) in said(facts)


def test_pages_without_text_that_can_be_read_are_told(tmp_path: Path) -> None:
    def shape(canvas: Canvas) -> None:
        canvas.rect(100, 100, 300, 300, fill=1)

    def nothing(_: Canvas) -> None:
        pass

    facts = taken(drawn(tmp_path / "a.pdf", words("Text"), shape, nothing), tmp_path / "work")
    assert facts.parts[0].unread == (2,)


def test_letters_that_are_none_to_a_program_are_not_read() -> None:
    assert is_garbled("\ue001\ue002\ue003 ok")
    assert not is_garbled("NATO SECRET \ue001")
    assert not is_garbled("")


# --------------------------------------------------------------------------- what the file says of itself

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" {attributes}
xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" xmlns:slab="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0" xmlns:mbxmp="urn:nato:stanag:4778:bindinginformation:1:0:xmp#">{elements}</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
LABEL = "<slab:Classification>SECRET</slab:Classification>"


@pytest.mark.parametrize(
    ("elements", "attributes", "name", "value"),
    [
        (
            "<pdfx:MSIP_Label_0a_Name>Top &amp; Secret</pdfx:MSIP_Label_0a_Name>",
            "",
            "MSIP_Label_0a_Name",
            "Top & Secret",
        ),
        ("", 'pdfx:MSIP_Label_0a_Name="Secret"', "MSIP_Label_0a_Name", "Secret"),
        (LABEL, "", "Classification", "SECRET"),
        (
            f"<mbxmp:bindingInformation>{LABEL.replace('<', '&lt;')}</mbxmp:bindingInformation>",
            "",
            "Classification",
            "SECRET",
        ),
    ],
)
def test_labels_in_the_packet_are_read(
    tmp_path: Path, elements: str, attributes: str, name: str, value: str
) -> None:
    path = drawn(tmp_path / "a.pdf", words("Text"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        packet = XMP.format(elements=elements, attributes=attributes).encode()
        pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
        pdf.save(path)
    assert (
        Inscription(Spot.PROPERTY, value, name=name) in taken(path, tmp_path / "work").parts[0].inscriptions
    )


def test_titles_keywords_and_labels_of_the_information_dictionary_are_read(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", words("Text"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Title"] = String("NATO SECRET - plans")
        pdf.docinfo["/Keywords"] = String("winter, SECRET")
        pdf.docinfo["/MSIP_Label_0a_Name"] = String("Secret")
        pdf.docinfo["/MSIP_Label_0a_SiteId"] = String("0000")
        pdf.docinfo["/Secret"] = String("not a marking's name")
        pdf.save(path)
    found = {
        each.name: each.text
        for each in taken(path, tmp_path / "work").parts[0].inscriptions
        if each.spot is Spot.PROPERTY
    }
    assert found["title"] == "NATO SECRET - plans"
    assert found["keywords"] == "winter, SECRET"
    assert found["MSIP_Label_0a_Name"] == "Secret"
    assert not {"MSIP_Label_0a_SiteId", "Secret", "Producer"} & set(found)


# --------------------------------------------------------------------------- keeping


def test_what_was_read_is_kept_with_the_clean_file(tmp_path: Path) -> None:
    facts = taken(drawn(tmp_path / "a.pdf", words("SECRET", y=815)), tmp_path / "work")
    (part,) = facts.parts
    assert part.inscriptions
    assert recall(tmp_path / "work", part.clean.stem) == part


def test_plain_values_say_the_same() -> None:
    every = (
        Inscription(Spot.EDGE, "SECRET", (1, 2), 2),
        Inscription(Spot.PROPERTY, "x", name="title", bound=False),
    )
    assert from_plain_values(in_plain_values(every)) == every


def test_a_file_in_nothing_but_capitals_does_not_fill_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loud(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        for number in range(30):
            text.textLine(f"WHEREAS THE PARTIES NUMBER {canvas.getPageNumber()} AND {number}")
        canvas.drawText(text)

    monkeypatch.setattr(inscriptions, "MOST_LINES", 40)
    path = drawn(tmp_path / "a.pdf", *[loud] * 5, words("SECRET", y=815))
    found = inscriptions.inscriptions_of(path, range(1, 7)).inscriptions
    assert sum(each.spot is Spot.LINE for each in found) == 40
    assert (Spot.EDGE, "SECRET") in {(each.spot, each.text) for each in found}


def test_a_pdf_in_memory_is_read_as_well() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawString(72, 500, "SECRET")
    canvas.showPage()
    canvas.save()
    found = inscriptions.inscriptions_of(out.getvalue(), [7])
    assert [(each.text, each.pages) for each in found.inscriptions] == [("SECRET", (7,))]
