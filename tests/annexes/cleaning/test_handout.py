"""Pages turned, and two of them on a sheet: what a reader sees of them, and where their links lead."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from PIL import Image, ImageChops, ImageStat

from briefpack.annex import Deed, OutlineNode, PageRange, Treatment
from briefpack.annexes.cleaning import Cleaned, clean
from tests.annexes.makers import A4, add_page, document, link, saved, tagged
from tests.conftest import need_tool

SLIDE = (0.0, 0.0, 720.0, 540.0)
LETTER = (0.0, 0.0, 612.0, 792.0)
TWO = Treatment(n_up=2)


def cleaned(pdf: Pdf, tmp_path: Path, treatment: Treatment) -> tuple[Path, Cleaned]:
    target = tmp_path / "clean.pdf"
    return target, clean(saved(pdf, tmp_path / "source.pdf"), target, treatment)


def marked(pdf: Pdf, box: Sequence[float], **entries: object) -> Object:
    """A page with a different colour in every corner of its box, and a line of text."""
    left, bottom, right, top = box
    corners = (
        f"1 0 0 rg {left} {bottom} 150 80 re f 0 1 0 rg {right - 150} {bottom} 150 80 re f "
        f"0 0 1 rg {left} {top - 80} 150 80 re f 0 0 0 rg {right - 150} {top - 80} 150 80 re f "
        f"BT /F1 30 Tf {(left + right) / 2} {(bottom + top) / 2} Td (Words) Tj ET"
    )
    return add_page(pdf, corners.encode(), box=box, **entries)


def odd_pages() -> Pdf:
    """Rotated, cropped, with a unit and an origin of their own, large and small."""
    pdf = Pdf.new()
    marked(pdf, SLIDE)
    marked(pdf, A4, Rotate=90)
    marked(pdf, (0, 0, 1191, 842))
    marked(pdf, (-100, 50, 620, 590))
    marked(pdf, (0, 0, 360, 270), UserUnit=2)
    marked(pdf, (0, 0, 842, 595), CropBox=Array([0, 100, 600, 595]))
    marked(pdf, A4, Rotate=180)
    marked(pdf, (0, 0, 300, 200), Rotate=270, UserUnit=1.5)
    marked(pdf, (0, 0, 960, 540))
    return pdf


def told_by(tool: str, *arguments: str | Path) -> str:
    run = subprocess.run(
        [need_tool(tool), *arguments], capture_output=True, text=True, check=True, timeout=300
    )
    return run.stdout


def picture(path: Path, page: int, scale: float) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        return document[page].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


# --------------------------------------------------------------------------- turning


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_are_turned_clockwise_on_top_of_what_they_are(tmp_path: Path, degrees: int) -> None:
    target, facts = cleaned(odd_pages(), tmp_path, Treatment(rotate=degrees))
    straight, untouched = tmp_path / "straight.pdf", Treatment()
    sizes = clean(tmp_path / "source.pdf", straight, untouched).sizes
    assert list(facts.sizes) == [size if degrees == 180 else size[::-1] for size in sizes]
    for number in range(len(sizes)):
        as_it_was = picture(straight, number, 0.5)
        # Pillow turns anticlockwise.
        turned = as_it_was.rotate(-degrees, expand=True)
        assert difference(picture(target, number, 0.5), turned) < 1.5


def test_tags_and_links_of_turned_pages_stay(tmp_path: Path) -> None:
    pdf = tagged(["P", ["Figure", {"Alt": "A", "A": {"O": "/Layout", "BBox": [1, 2, 3, 4]}}]])
    pdf.pages[0].obj.Annots = Array([link(pdf, A=Dictionary(S=Name.URI, URI=String("https://a.example")))])
    target, facts = cleaned(pdf, tmp_path, Treatment(rotate=90))
    assert facts.tagged
    with pikepdf.open(target) as made:
        page = made.pages[0].obj
        assert page.Rotate == 90
        # All of them are in the page's own space, which is not turned.
        assert list(page.MediaBox) == [0, 0, 595, 842]
        assert list(page.Annots[0].Rect) == [72, 690, 200, 720]


# --------------------------------------------------------------------------- two on a sheet


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart on average, of 255."""
    if one.size != other.size:
        one = one.resize(other.size)
    return float(max(ImageStat.Stat(ImageChops.difference(one, other)).mean))


@pytest.mark.parametrize(
    ("boxes", "sheet"),
    [
        ([SLIDE, SLIDE], (595.28, 841.89)),
        ([(0, 0, 960, 540)], (595.28, 841.89)),
        ([A4, A4], (841.89, 595.28)),
        ([LETTER, LETTER], (792, 612)),
        ([(0, 0, 792, 612)], (612, 792)),
        ([(0, 0, 1224, 792)], (612, 792)),
        ([(0, 0, 842, 1191)], (841.89, 595.28)),
        # As most of them stand; and as one when there are as many of both.
        ([A4, SLIDE, SLIDE], (595.28, 841.89)),
        ([SLIDE, A4, A4], (841.89, 595.28)),
        ([SLIDE, A4], (595.28, 841.89)),
    ],
)
def test_the_sheet_follows_the_pages(
    tmp_path: Path, boxes: list[tuple[float, ...]], sheet: tuple[float, float]
) -> None:
    pdf = Pdf.new()
    for box in boxes:
        marked(pdf, box)
    target, facts = cleaned(pdf, tmp_path, TWO)
    assert facts.sizes == (sheet,) * ((len(boxes) + 1) // 2)
    assert f"Page size:       {sheet[0]:g} x {sheet[1]:g} pts" in told_by("pdfinfo", target)


def cells(path: Path, sheet: int) -> list[tuple[float, float, float, float]]:
    """The frames on a sheet as its content draws them: left, bottom, width, height."""
    with pikepdf.open(path) as pdf:
        content = pdf.pages[sheet].Resources.XObject.Annex
        return [
            tuple(float(value) for value in operands)  # type: ignore[misc]
            for operands, operator in pikepdf.parse_content_stream(content)
            if str(operator) == "re"
        ]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_every_page_is_upright_in_its_frame_and_looks_as_it_did(tmp_path: Path, degrees: int) -> None:
    scale = 2.0
    target, facts = cleaned(odd_pages(), tmp_path, Treatment(n_up=2, rotate=degrees))
    alone = tmp_path / "alone.pdf"
    sizes = clean(tmp_path / "source.pdf", alone, Treatment(rotate=degrees)).sizes
    assert len(facts.sizes) == 5
    seen = 0
    for sheet, (width, height) in enumerate(facts.sizes):
        drawn = picture(target, sheet, scale)
        for left, bottom, wide, high in cells(target, sheet):
            assert left >= 36
            assert bottom >= 36
            assert left + wide <= width - 35.99
            assert bottom + high <= height - 35.99
            factor = wide / sizes[seen][0]
            assert factor == pytest.approx(high / sizes[seen][1], abs=1e-4)
            assert factor <= 1
            edges = (left, height - bottom - high, left + wide, height - bottom)
            cut = drawn.crop(tuple(round(edge * scale) for edge in edges))  # type: ignore[arg-type]
            assert difference(picture(alone, seen, scale * factor), cut) < 3
            # Nothing but one page has its corners in these colours and places.
            assert difference(picture(alone, seen, scale * factor).rotate(180), cut) > 6
            seen += 1
    assert seen == len(sizes)


def test_a_small_page_is_not_enlarged_and_the_last_one_may_stand_alone(tmp_path: Path) -> None:
    pdf = Pdf.new()
    for _ in range(3):
        marked(pdf, (0, 0, 200, 100))
    target, facts = cleaned(pdf, tmp_path, TWO)
    assert len(facts.sizes) == 2
    (first, second), (alone,) = cells(target, 0), cells(target, 1)
    assert first[2:] == second[2:] == alone[2:] == (200, 100)
    assert first == alone
    assert first[1] > second[1]


def test_words_stay_words_and_nothing_becomes_a_picture(tmp_path: Path) -> None:
    pdf = document(3)
    target, _ = cleaned(pdf, tmp_path, TWO)
    said = told_by("pdftotext", "-layout", target, "-").split("\f")
    assert [" ".join(page.split()) for page in said] == ["Page 1 Page 2", "Page 3", ""]
    assert len(told_by("pdfimages", "-list", target).splitlines()) == 2
    checked = told_by("qpdf", "--check", target)
    assert "No syntax or stream encoding errors" in checked


def test_a_page_blends_within_itself_alone(tmp_path: Path) -> None:
    """A group of its own keeps what is multiplied apart from the sheet, and its colours mixed as before."""
    pdf = Pdf.new()
    for _ in range(2):
        page = marked(pdf, SLIDE)
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
        page.Resources.ExtGState = Dictionary(M=Dictionary(BM=Name.Multiply, ca=0.5))
        page.Contents = pdf.make_stream(
            page.Contents.read_bytes() + b" /M gs 0 1 1 rg 0 0 400 400 re f 1 1 0 rg 200 200 400 300 re f"
        )
    target, _ = cleaned(pdf, tmp_path, TWO)
    with pikepdf.open(target) as made:
        for name in ("/P0", "/P1"):
            group = made.pages[0].Resources.XObject.Annex.Resources.XObject[name].Group
            assert (group.CS, bool(group.I)) == (Name.DeviceCMYK, True)
    (left, bottom, wide, high), _ = cells(target, 0)
    height = 841.89
    edges = (left, height - bottom - high, left + wide, height - bottom)
    cut = picture(target, 0, 2).crop(tuple(round(edge * 2) for edge in edges))  # type: ignore[arg-type]
    assert difference(picture(tmp_path / "source.pdf", 0, 2 * wide / 720), cut) < 3


def test_links_stay_over_their_words_and_lead_to_the_place_on_the_sheet(tmp_path: Path) -> None:
    pdf = Pdf.new()
    pages = [marked(pdf, SLIDE) for _ in range(3)]
    pages.append(marked(pdf, A4, Rotate=90, UserUnit=2))
    last = pages[3]
    pages[1].Annots = Array(
        [
            link(pdf, (0, 0, 60, 30), Dest=Array([last, Name.XYZ, 0, 842, 3]), Border=Array([0, 0, 4])),
            link(pdf, (660, 510, 720, 540), Dest=Array([pages[2], Name.FitR, 0, 0, 720, 540])),
            link(pdf, (0, 510, 60, 540), Dest=Array([pages[0], Name.FitH, 100])),
            link(pdf, (700, 0, 800, 30), A=Dictionary(S=Name.URI, URI=String("https://a.example"))),
            link(pdf, (720, 0, 800, 30), A=Dictionary(S=Name.URI, URI=String("https://out.example"))),
        ]
    )
    corners = Array([0, 0, 60, 0, 0, 30, 60, 30])
    last.Annots = Array([link(pdf, (0, 0, 60, 30), Dest=Array([pages[1], Name.Fit]), QuadPoints=corners)])
    target, _ = cleaned(pdf, tmp_path, TWO)
    second, last_cell = cells(target, 0)[1], cells(target, 1)[1]
    scale = second[2] / 720
    with pikepdf.open(target) as made:
        sheets = [page.obj.objgen for page in made.pages]
        first, ranged, level, web = made.pages[0].obj.Annots
        assert numbers(first.Rect) == near(
            [second[0], second[1], second[0] + 60 * scale, second[1] + 30 * scale]
        )
        assert numbers(first.Border) == near([0, 0, 4 * scale])
        assert sheets.index(first.Dest[0].objgen) == 1
        # A page turned clockwise has its upper left corner at the reader's upper right one.
        assert numbers(first.Dest[2:4]) == near([last_cell[0] + last_cell[2], last_cell[1] + last_cell[3]])
        third = cells(target, 1)[0]
        assert ranged.Dest[1] == Name.FitR
        assert numbers(ranged.Dest[2:]) == near(
            [third[0], third[1], third[0] + third[2], third[1] + third[3]]
        )
        one = cells(target, 0)[0]
        assert sheets.index(level.Dest[0].objgen) == 0
        assert numbers(level.Dest[2:4]) == near([one[0], one[1] + one[3]])
        # What reaches beyond its page would lie over the next one.
        assert numbers(web.Rect)[2] == pytest.approx(second[0] + second[2], abs=0.01)
        assert str(web.A.URI) == "https://a.example"
        (back,) = made.pages[1].obj.Annots
        around = numbers(back.QuadPoints)
        assert [min(around[::2]), min(around[1::2]), max(around[::2]), max(around[1::2])] == near(
            numbers(back.Rect)
        )
        assert numbers(back.Rect)[:2] == near(
            [last_cell[0], last_cell[1] + last_cell[3] - (60 * last_cell[3] / 595)]
        )


def numbers(values: object) -> list[float]:
    return [float(value) for value in values]  # type: ignore[attr-defined]


def near(values: list[float]) -> object:
    return pytest.approx(values, abs=0.01)


def test_bookmarks_lead_to_the_sheets(tmp_path: Path) -> None:
    pdf = document(5)
    with pdf.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(f"To {number + 1}", number) for number in range(5))
    _, facts = cleaned(pdf, tmp_path, TWO)
    assert [node.page for node in facts.outline] == [0, 0, 1, 1, 2]
    assert all(isinstance(node, OutlineNode) for node in facts.outline)


def test_pages_are_chosen_and_turned_before_they_come_together(tmp_path: Path) -> None:
    asked = Treatment(pages=(PageRange(4, None), PageRange(1, 1)), rotate=180, n_up=2)
    target, facts = cleaned(document(5), tmp_path, asked)
    document_ = pypdfium2.PdfDocument(target)
    try:
        words = [page.get_textpage().get_text_range().split() for page in document_]
    finally:
        document_.close()
    assert [sorted(sheet) for sheet in words] == [["4", "5", "Page", "Page"], ["1", "Page"]]
    assert len(facts.sizes) == 2


def test_tags_are_lost_where_pages_share_a_sheet_and_this_is_told(tmp_path: Path) -> None:
    target, facts = cleaned(tagged("P", ["P", {"page": 1}], pages=2), tmp_path, TWO)
    assert not facts.tagged
    (told,) = facts.remarks
    assert (told.deed, told.kind) == (Deed.REMOVED, "tags")
    with pikepdf.open(target) as made:
        assert "/StructTreeRoot" not in made.Root
    _, plain = cleaned(document(2), tmp_path, TWO)
    assert plain.remarks == ()


def test_faults_are_told_of_by_sheet(tmp_path: Path) -> None:
    _, facts = cleaned(document(6), tmp_path, TWO)
    ((message, pages, _, _),) = facts.faults
    assert "Helvetica" in message
    assert all(a < b for a, b in pairwise(pages))
    assert max(pages) <= 3
