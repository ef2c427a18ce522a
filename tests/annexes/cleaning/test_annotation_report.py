"""What hangs on pages is told of, with the pages and what becomes of it."""

from __future__ import annotations

from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, String

from briefpack.annex import Deed, Keep
from tests.annexes.cleaning.test_report import look, note, remarks
from tests.annexes.makers import document, link


def test_links_go_where_they_are_not_kept(tmp_path: Path) -> None:
    pdf = document(1)
    pdf.pages[0].obj.Annots = Array([link(pdf, A=Dictionary(S=Name.URI, URI=String("https://a.example")))])
    assert remarks(pdf, tmp_path, keep=frozenset())["links"].count == 1
    with Pdf.open(tmp_path / "clean.pdf") as made:
        assert "/Annots" not in made.pages[0].obj


def test_comments_are_dropped_with_a_warning_that_says_where(tmp_path: Path) -> None:
    pdf = document(5)
    for page in (0, 1, 4):
        pdf.pages[page].obj.Annots = Array([note(pdf), note(pdf, "Popup")])
    remark = remarks(pdf, tmp_path)["comments"]
    assert (remark.count, remark.pages, remark.warn) == (3, (1, 2, 5), True)
    assert remark.what == "has 3 comments on pages 1, 2 and 5, left out of the pack"
    assert "keep: [comments]" in remark.advice


def test_comments_are_kept_as_they_are_printed(tmp_path: Path) -> None:
    pdf = document(1)
    pdf.pages[0].obj.Annots = Array(
        [
            note(pdf, "FreeText", AP=look(pdf), F=4),
            note(pdf, "FreeText", AP=look(pdf), F=4 | 2, Rect=Array([200, 200, 220, 220])),
            note(pdf, "FreeText", AP=look(pdf), Rect=Array([300, 300, 320, 320])),
        ]
    )
    found = remarks(pdf, tmp_path, keep=frozenset({Keep.COMMENTS}))
    assert (found["comments"].deed, found["comments"].count) == (Deed.FLATTENED, 1)
    assert found["unprinted-comments"].count == found["hidden-annotations"].count == 1
    with Pdf.open(tmp_path / "clean.pdf") as made:
        form = made.pages[0].Resources.XObject.Annex
        assert len(form.Resources.XObject.keys()) == 1, "the one that is printed is painted"
        assert b"99 99 cm" in form.read_bytes() or b"1 0 0 1 99 99" in form.read_bytes()


def test_a_redaction_that_was_never_applied_is_a_warning_about_what_hides(tmp_path: Path) -> None:
    pdf = document(1)
    pdf.pages[0].obj.Annots = Array([note(pdf, "Redact")])
    remark = remarks(pdf, tmp_path)["hidden-redaction"]
    assert (remark.deed, remark.warn, remark.hides) == (Deed.FOUND, True, True)


def test_fields_are_printed_as_filled_in_and_sums_are_to_be_looked_at(tmp_path: Path) -> None:
    pdf = document(1)
    field = note(pdf, "Widget", FT=Name.Tx, T=String("sum"), V=String("3"), AP=look(pdf), F=4)
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String("/Helv 0 Tf 0 g"), CO=Array([field]))
    remark = remarks(pdf, tmp_path)["form"]
    assert (remark.deed, remark.count, remark.warn) == (Deed.FLATTENED, 1, True)
