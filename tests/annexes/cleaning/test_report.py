"""The report on an author's file, item by item."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annex import Deed, Remark, Treatment
from briefpack.annexes.cleaning import clean
from tests.annexes.makers import document, link, saved


def remarks(pdf: Pdf, tmp_path: Path, **treatment: object) -> dict[str, Remark]:
    path = saved(pdf, tmp_path / "source.pdf")
    found = clean(path, tmp_path / "clean.pdf", Treatment(**treatment)).remarks
    assert len({remark.kind for remark in found}) == len(found)
    return {remark.kind: remark for remark in found}


def note(pdf: Pdf, kind: str = "Text", **entries: object) -> Object:
    made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([99, 99, 120, 120]))
    for key, value in entries.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def look(pdf: Pdf) -> Dictionary:
    form = pdf.make_stream(
        b"0 0 20 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 20, 20])
    )
    return Dictionary(N=form)


def test_of_a_plain_file_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert remarks(document(3), tmp_path) == {}


def test_scripts_are_counted_with_their_pages_wherever_they_hang(tmp_path: Path) -> None:
    pdf = document(4)
    script = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
    pdf.Root.OpenAction = script
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(T=String("x"), AA=Dictionary(C=script))]))
    pdf.pages[1].obj.AA = Dictionary(O=script, C=script)
    goto = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=Array([script]))
    pdf.pages[3].obj.Annots = Array([link(pdf, A=goto)])
    remark = remarks(pdf, tmp_path)["javascript"]
    assert (remark.deed, remark.count, remark.pages, remark.warn) == (Deed.REMOVED, 6, (2, 4), False)


def test_a_chain_of_actions_that_never_ends_does(tmp_path: Path) -> None:
    pdf = document(1)
    action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("x")))
    action.Next = Array([action, action])
    pdf.Root.OpenAction = action
    assert remarks(pdf, tmp_path)["javascript"].count > 1


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        (Dictionary(S=Name.Launch, F=String("calc.exe")), "file-links"),
        (Dictionary(S=Name.GoToR, F=String("other.pdf")), "file-links"),
        (Dictionary(S=Name.URI, URI=String("file:///c:/x")), "file-links"),
        (Dictionary(S=Name.URI, URI=String("skype:somebody")), "links"),
        (Dictionary(S=Name.SubmitForm, F=String("https://a.example")), "form-actions"),
        (Dictionary(S=Name.Movie), "media-actions"),
        (Dictionary(S=Name.SetOCGState, State=Array([])), "actions"),
        (Dictionary(S=Name.URI, URI=String("https://a.example")), None),
    ],
)
def test_links_are_told_of_by_what_they_would_do(action: Object, kind: str | None, tmp_path: Path) -> None:
    pdf = document(2)
    pdf.pages[1].obj.Annots = Array([link(pdf, A=action)])
    found = remarks(pdf, tmp_path)
    assert list(found) == ([] if kind is None else [kind])
    assert all(remark.pages == (2,) for remark in found.values())


def test_a_portfolio_and_multimedia_are_warned_of(tmp_path: Path) -> None:
    pdf = document(1)
    pdf.Root.Collection = Dictionary()
    pdf.pages[0].obj.Annots = Array([note(pdf, "Movie")])
    found = remarks(pdf, tmp_path)
    assert found["portfolio"].warn
    assert found["media"].warn


def test_metadata_is_told_by_its_kinds_and_never_by_its_words(tmp_path: Path) -> None:
    pdf = document(1)
    pdf.docinfo["/Author"] = "Jane Roe"
    pdf.docinfo["/Desk"] = "Balkans"
    pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary())
    pdf.pages[0].obj.Thumb = pdf.make_stream(b"x")
    found = remarks(pdf, tmp_path)
    assert "author, other properties" in found["metadata"].what
    assert "Jane" not in found["metadata"].what
    assert found["private-data"].pages == found["thumbnails"].pages == (1,)
