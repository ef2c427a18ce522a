"""Pages as pictures: as they looked, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, ImageStat

from briefpack.annex import Deed, Keep, Treatment
from briefpack.annexes.cleaning import clean, flattened
from briefpack.annexes.intake import take_in
from tests.annexes.makers import add_page, annex, document, link, pack_of, saved, tagged


def look(path: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        return document[0].render(scale=1).to_pil().convert("L")
    finally:
        document.close()


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"Rotate": 90},
        {"Rotate": 270, "CropBox": Array([50, 100, 450, 700])},
        {"UserUnit": 2},
        {"box": (-100, -50, 300, 500)},
    ],
    ids=str,
)
def test_a_page_looks_the_same_at_the_same_size_and_has_no_text(
    entries: dict[str, object], tmp_path: Path
) -> None:
    pdf = document(0)
    add_page(
        pdf,
        b"BT /F1 24 Tf 72 400 Td (Words) Tj ET 1 0 0 rg 60 200 90 120 re f 0 0 1 RG 5 w 200 200 m 250 400 l S",
        **entries,
    )
    path = saved(pdf, tmp_path / "source.pdf")
    plain = clean(path, tmp_path / "plain.pdf", Treatment())
    made = clean(path, tmp_path / "flat.pdf", Treatment(flatten=True))
    assert made.sizes == plain.sizes
    one, other = look(tmp_path / "plain.pdf"), look(tmp_path / "flat.pdf")
    assert one.size == other.size
    assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 1.5
    document_ = pypdfium2.PdfDocument(tmp_path / "flat.pdf")
    assert document_[0].get_textpage().count_chars() <= 0
    document_.close()


def test_a_page_has_200_dots_an_inch_and_a_large_one_fewer(tmp_path: Path) -> None:
    pdf = document(1)
    add_page(pdf, b"0 0 100 100 re f", box=(0, 0, 3000, 2400))
    clean(saved(pdf, tmp_path / "s.pdf"), tmp_path / "flat.pdf", Treatment(flatten=True))
    with pikepdf.open(tmp_path / "flat.pdf") as made:
        small, large = (page.Resources.XObject.Annex.Resources.XObject.Page for page in made.pages)
    assert (small.Width, small.Height) == (1653, 2339)
    assert large.Width * large.Height <= flattened.MOST_PIXELS * 1.001


def test_it_is_told_and_links_stay_where_they_were(tmp_path: Path) -> None:
    pdf = tagged("P")
    pdf.pages[0].obj.Annots = Array([link(pdf, A=Dictionary(S=Name.URI, URI=String("https://a.example")))])
    path = saved(pdf, tmp_path / "s.pdf")
    made = clean(path, tmp_path / "flat.pdf", Treatment(flatten=True))
    assert not made.tagged
    assert [(remark.deed, remark.kind) for remark in made.remarks] == [(Deed.FLATTENED, "pages-as-pictures")]
    with pikepdf.open(tmp_path / "flat.pdf") as new:
        assert set(new.Root.keys()) == {"/Type", "/Pages"}
        (kept,) = new.pages[0].obj.Annots
        assert [float(edge) for edge in kept.Rect] == [72, 690, 200, 720]
        assert "/StructParent" not in kept
    clean(path, tmp_path / "bare.pdf", Treatment(flatten=True, keep=frozenset[Keep]()))
    with pikepdf.open(tmp_path / "bare.pdf") as new:
        assert "/Annots" not in new.pages[0].obj


def test_in_the_pack_each_is_a_figure_that_says_it_is_a_picture_of_a_page(tmp_path: Path) -> None:
    path = saved(document(2), tmp_path / "plan.pdf")
    facts, found = take_in([annex(path, treatment=Treatment(flatten=True))], tmp_path / "work")
    assert found == []
    pack = tmp_path / "pack.pdf"
    pack.write_bytes(pack_of([facts["plan"]]))
    with pikepdf.open(pack) as bound:
        figures = [
            str(item.Alt)
            for item in bound.objects
            if isinstance(item, Dictionary) and item.get("/S") == Name.Figure
        ]
    assert figures == ["A 1/2 Annex A", "A 2/2 Annex A"]
