"""The report on an author's file, item by item."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annex import Deed, Keep, Remark, Treatment
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


def test_a_portfolio_and_multimedia_are_warned_of(tmp_path: Path) -> None:
    pdf = document(1)
    pdf.Root.Collection = Dictionary()
    pdf.pages[0].obj.Annots = Array([note(pdf, "Movie")])
    found = remarks(pdf, tmp_path)
    assert found["portfolio"].warn
    assert found["media"].warn


@pytest.mark.parametrize("drawn", [True, False])
def test_a_layer_that_is_off_is_told_with_its_name_and_pages(drawn: bool, tmp_path: Path) -> None:
    pdf = document(2)
    layers = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("Draft", "Shown")]
    pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(OFF=Array(layers[:1])))
    if drawn:
        pdf.pages[1].obj.Resources.Properties = Dictionary(L=layers[0])
    found = remarks(pdf, tmp_path)
    assert found["layers"].count == 1
    remark = found["hidden-layers" if drawn else "unused-layers"]
    assert "“Draft”" in remark.what
    assert (remark.pages, remark.warn) == ((2,) if drawn else (), drawn)


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


def test_what_nothing_shows_and_earlier_states_are_counted(tmp_path: Path) -> None:
    saved(document(1), tmp_path / "plain.pdf")
    file = (tmp_path / "plain.pdf").read_bytes()
    start = int(file.rsplit(b"startxref", 1)[1].split()[0])
    size = int(file.rsplit(b"/Size ", 1)[1].split()[0])
    root = file.rsplit(b"/Root ", 1)[1].split(b" R")[0]
    added = file + b"%d 0 obj\n<< /Old (words) >>\nendobj\n" % size
    table = (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %s R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    )
    added += table % (size, len(file), size + 1, root, start, len(added))
    (tmp_path / "twice.pdf").write_bytes(added)
    found = {r.kind: r for r in clean(tmp_path / "twice.pdf", tmp_path / "clean.pdf", Treatment()).remarks}
    assert (found["unused-objects"].count, found["revisions"].count) == (1, 1)
