"""The new file: pages look as they did, share what they shared, and have nothing of the author's file besides."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.annexes.cleaning.test_cleaning import cleaned, everything, picture
from tests.annexes.makers import add_page, document, font, link, named


def test_links_are_explicit_and_lead_to_the_new_pages(tmp_path: Path) -> None:
    pdf = document(3)
    named(pdf, start=Array([pdf.pages[2].obj, Name.XYZ, 0, 800, None]))
    pdf.pages[0].obj.Annots = Array(
        [link(pdf, A=Dictionary(S=Name.GoTo, D=String("start")), Border=Array([0, 0, 0]))]
    )
    with pikepdf.open(cleaned(pdf, tmp_path)) as made:
        (annotation,) = made.pages[0].obj.Annots
        assert annotation.Dest[0].objgen == made.pages[2].obj.objgen
        assert list(annotation.Dest)[1:] == [Name.XYZ, 0, 800, None]
        assert list(annotation.Border) == [0, 0, 0]
        assert "/Names" not in made.Root


@pytest.mark.parametrize(
    "content",
    [b"q 2 0 0 2 0 0 cm q 1 0 0 rg 0 0 99 99 re f", b"0 0 1 rg 10 10 50 50 re f Q Q Q"],
    ids=["open", "shut"],
)
def test_unbalanced_content_looks_the_same_and_disturbs_nothing(tmp_path: Path, content: bytes) -> None:
    pdf = document(0)
    add_page(pdf, content)
    target = cleaned(pdf, tmp_path)
    assert picture(target) == picture(tmp_path / "source.pdf")
    with pikepdf.open(target) as made:
        assert made.pages[0].Contents.read_bytes() == b"/Annex Do"
        assert made.pages[0].Resources.XObject.Annex.Subtype == Name.Form


def test_content_in_parts_is_joined_between_words(tmp_path: Path) -> None:
    pdf = document(0)
    page = add_page(pdf)
    page.Contents = Array([pdf.make_stream(p) for p in (b"1 0 0 rg 10 10", b"50 50 re", b"f")])
    target = cleaned(pdf, tmp_path)
    assert picture(target) == picture(tmp_path / "source.pdf")


def test_a_page_without_content_or_resources_is_blank(tmp_path: Path) -> None:
    pdf = document(2)
    page = pdf.pages[0].obj
    del page["/Contents"]
    del page["/Resources"]
    pdf.pages[1].obj.Contents = Array([])
    target = cleaned(pdf, tmp_path)
    assert set(picture(target)) == set(picture(target, 1)) == {255}


def test_resources_from_the_tree_above_are_found(tmp_path: Path) -> None:
    pdf = document(1)
    page = pdf.pages[0].obj
    pdf.Root.Pages.Resources = page.Resources
    del page["/Resources"]
    target = cleaned(pdf, tmp_path)
    assert picture(target) == picture(tmp_path / "source.pdf")
    assert set(picture(target)) != {255}


def test_pages_that_share_their_content_share_it_still(tmp_path: Path) -> None:
    pdf = document(0)
    first = add_page(pdf, b"BT /F1 20 Tf 72 700 Td (Same) Tj ET" + b" " * 4000)
    for _ in range(5):
        add_page(pdf, Contents=first.Contents)
    with pikepdf.open(cleaned(pdf, tmp_path)) as made:
        assert len({page.Resources.XObject.Annex.objgen for page in made.pages}) == 1


def test_the_same_content_with_other_resources_stays_apart(tmp_path: Path) -> None:
    pdf = document(0)
    first = add_page(pdf, b"/X Do")
    for grey in (b"0 g 0 0 99 99 re f", b"0.5 g 0 0 99 99 re f"):
        form = pdf.make_stream(grey, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
        add_page(pdf, Contents=first.Contents, Resources=Dictionary(XObject=Dictionary(X=form)))
    del pdf.pages[0]
    target = cleaned(pdf, tmp_path)
    for page in (0, 1):
        assert picture(target, page) == picture(tmp_path / "source.pdf", page)
    assert picture(target, 0) != picture(target, 1)


def test_hidden_layers_stay_hidden_and_lose_their_names(tmp_path: Path) -> None:
    pdf = document(0)
    group, shown = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"CANARY {name}"))) for name in ("off", "on")
    )
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group, shown]), D=Dictionary(OFF=Array([group])))
    add_page(
        pdf,
        b"/OC /A BDC BT /F1 30 Tf 72 600 Td (CANARY) Tj ET EMC /OC /B BDC BT /F1 30 Tf 72 500 Td (Seen) Tj ET EMC",
        Resources=Dictionary(Font=Dictionary(F1=font()), Properties=Dictionary(A=group, B=shown)),
    )
    target = cleaned(pdf, tmp_path)
    assert picture(target) == picture(tmp_path / "source.pdf")
    assert b"CANARY" not in everything(target)


def test_a_transparent_page_looks_the_same(tmp_path: Path) -> None:
    pdf = document(0)
    add_page(
        pdf,
        b"1 0 0 rg 0 0 300 300 re f /G gs 0 1 0 rg 100 100 300 300 re f",
        Resources=Dictionary(ExtGState=Dictionary(G=Dictionary(ca=0.5, BM=Name.Multiply))),
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True),
    )
    target = cleaned(pdf, tmp_path)
    assert picture(target) == picture(tmp_path / "source.pdf")
    with pikepdf.open(target) as made:
        assert Name.DeviceRGB == made.pages[0].obj.Group.CS
        assert "/Group" not in made.pages[0].Resources.XObject.Annex


def test_a_stream_kept_in_another_file_is_not_asked_for(tmp_path: Path) -> None:
    pdf = document(1)
    pdf.pages[0].obj.Contents.stream_dict.F = String("/etc/passwd")
    with pikepdf.open(cleaned(pdf, tmp_path)) as made:
        assert not any("/F" in item for item in made.objects if isinstance(item, Stream))
