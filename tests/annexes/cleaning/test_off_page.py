"""Text beyond the edges of a page is taken out where nothing else moves."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from briefpack.annex import Treatment
from briefpack.annexes.cleaning import clean
from tests.annexes.cleaning.test_cleaning import picture
from tests.annexes.makers import add_page, document, font, saved, tagged


def made(content: bytes, tmp_path: Path, **entries: object) -> tuple[bytes, dict[str, str]]:
    """The content of the clean page, and what is told of it."""
    pdf = document(0)
    add_page(pdf, content, **entries)
    path = saved(pdf, tmp_path / "source.pdf")
    found = clean(path, tmp_path / "clean.pdf", Treatment()).remarks
    assert picture(tmp_path / "clean.pdf") == picture(path)
    with pikepdf.open(tmp_path / "clean.pdf") as new:
        form = new.pages[0].Resources.XObject.Annex
        return form.read_bytes(), {remark.kind: remark.what for remark in found}


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F1 12 Tf 72 900 Td (Secret) Tj ET BT /F1 12 Tf 72 400 Td (Seen) Tj ET",
        b"BT /F1 12 Tf 14 TL 72 900 Td [(Sec) -20 (ret)] TJ 0 -400 Td (Seen) Tj ET",
        b"BT /F1 12 Tf 400 TL 72 1200 Td (Secret) ' 2 1 (Secret) \" (Seen) ' ET",
    ],
    ids=["Tj", "TJ", "quotes"],
)
def test_text_beyond_the_edge_goes_and_all_else_keeps_its_place(content: bytes, tmp_path: Path) -> None:
    if b'"' in content:
        content = b"BT /F1 12 Tf 400 TL 72 1700 Td (Secret) ' 2 1 (Secret) \" (Seen) ' ET"
    left, told = made(content, tmp_path)
    assert b"Sec" not in left
    assert b"Seen" in left
    assert "Sec" in told["outside-text"]
    assert "hidden-outside-text" not in told


def test_text_on_whose_width_other_text_depends_stays_with_a_warning(tmp_path: Path) -> None:
    left, told = made(b"BT /F1 12 Tf -100 400 Td (Secret words ) Tj ( Seen at the edge) Tj ET", tmp_path)
    assert b"Secret" in left
    assert "Secret" in told["hidden-outside-text"]


def test_text_that_reaches_onto_the_page_stays(tmp_path: Path) -> None:
    left, told = made(b"BT /F1 12 Tf 560 400 Td (Half of it is seen) Tj ET", tmp_path)
    assert b"Half of it" in left
    assert "outside-text" not in told


def test_pages_that_share_their_content_are_right_both(tmp_path: Path) -> None:
    pdf = document(0)
    first = add_page(pdf, b"BT /F1 12 Tf 72 900 Td (Secret) Tj ET BT /F1 12 Tf 72 400 Td (Seen) Tj ET")
    add_page(pdf, Contents=first.Contents, Resources=first.Resources)
    path = saved(pdf, tmp_path / "source.pdf")
    (remark,) = clean(path, tmp_path / "clean.pdf", Treatment()).remarks
    assert remark.pages == (1, 2)
    assert b"Secret" not in b"".join(
        item.read_bytes()
        for item in pikepdf.open(tmp_path / "clean.pdf").objects
        if isinstance(item, pikepdf.Stream)
    )


def test_text_within_a_form_stays_with_a_warning(tmp_path: Path) -> None:
    pdf = document(0)
    form = pdf.make_stream(
        b"BT /F1 12 Tf 72 900 Td (Secret) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 595, 1200]),
        Resources=Dictionary(Font=Dictionary(F1=font())),
    )
    page = add_page(pdf, b"BT /F1 12 Tf 72 400 Td (Seen) Tj ET /X Do")
    page.Resources.XObject = Dictionary(X=form)
    (remark,) = clean(saved(pdf, tmp_path / "s.pdf"), tmp_path / "clean.pdf", Treatment()).remarks
    assert (remark.kind, remark.warn) == ("hidden-outside-text", True)


def test_a_tagged_page_keeps_its_tags(tmp_path: Path) -> None:
    pdf = tagged("P", "P")
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(
        b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 900 Td (Secret) Tj ET EMC "
        b"/P <</MCID 1>> BDC BT /F1 12 Tf 72 400 Td (Seen) Tj ET EMC"
    )
    found = clean(saved(pdf, tmp_path / "s.pdf"), tmp_path / "clean.pdf", Treatment())
    assert found.tagged
    assert [remark.kind for remark in found.remarks] == ["outside-text"]
    document = pypdfium2.PdfDocument(tmp_path / "clean.pdf")
    assert document[0].get_textpage().get_text_range() == "Seen"
    document.close()
