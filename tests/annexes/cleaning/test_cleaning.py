"""From an author's PDF to a clean one."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from briefpack.annex import Treatment
from briefpack.annexes import cleaning
from briefpack.annexes.cleaning import clean
from briefpack.annexes.cleaning.opening import MOST_PAGES
from briefpack.annexes.cleaning.refusal import Refusal
from tests.annexes.makers import document, link, saved


def cleaned(pdf: Pdf, tmp_path: Path, **options: object) -> Path:
    source, target = tmp_path / "source.pdf", tmp_path / "clean.pdf"
    saved(pdf, source, **options)
    clean(source, target, Treatment())
    return target


def picture(path: Path, page: int = 0) -> bytes:
    document = pypdfium2.PdfDocument(path)
    try:
        return document[page].render(scale=0.5).to_pil().convert("RGB").tobytes()
    finally:
        document.close()


def everything(path: Path) -> bytes:
    """The file with nothing compressed."""
    with pikepdf.open(path) as pdf:
        plain = path.with_suffix(".plain")
        pdf.save(
            plain,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return plain.read_bytes()


def test_what_cannot_be_looked_through_costs_the_claims_and_not_the_annex(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(cleaning, "look_at", fail)
    found = cleaning.clean(saved(document(2), tmp_path / "odd.pdf"), tmp_path / "clean.pdf", Treatment())
    assert len(found.sizes) == 2
    assert found.faults == (("it cannot be looked through", (), "archive", False),)


def test_nothing_that_acts_or_hides_gets_in(tmp_path: Path) -> None:
    pdf = document(2)
    page = pdf.pages[0].obj
    script = Dictionary(S=Name.JavaScript, JS=String("CANARY-script"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.attachments["CANARY.txt"] = b"CANARY-attached"
    pdf.docinfo["/Title"] = "CANARY-title"
    pdf.Root.Metadata = pdf.make_stream(b"CANARY-xmp")
    pdf.Root.PieceInfo = Dictionary(App=Dictionary(Private=String("CANARY-private")))
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, Note=String("CANARY-tree"))
    )
    page.AA = Dictionary(O=script)
    page.Thumb = pdf.make_stream(b"CANARY-thumb")
    page.PieceInfo = Dictionary(App=Dictionary(Private=String("CANARY-page")))
    page.Metadata = pdf.make_stream(b"CANARY-page-xmp")
    image = pdf.make_stream(
        b"\x00",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
        Metadata=pdf.make_stream(b"CANARY-image-xmp"),
        Alternates=Array([Dictionary(Image=pdf.make_stream(b"CANARY-alternate"))]),
    )
    page.Resources.XObject = Dictionary(I=image)
    page.Annots = Array(
        [
            link(pdf, A=Dictionary(S=Name.Launch, F=String("CANARY.exe"))),
            link(pdf, A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[1].obj, Name.Fit]), Next=script)),
            link(
                pdf,
                A=Dictionary(S=Name.URI, URI=String("https://a.example"), Next=script),
                AA=Dictionary(E=script),
            ),
            Dictionary(
                Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String("CANARY-note")
            ),
        ]
    )
    target = cleaned(pdf, tmp_path)
    assert b"CANARY" not in everything(target)
    with pikepdf.open(target) as made:
        assert set(made.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in made.trailer
        assert [str(a.get("/A", Dictionary(S="inside")).S) for a in made.pages[0].obj.Annots] == [
            "inside",
            "/URI",
        ]


def test_the_same_file_gives_the_same_clean_file(tmp_path: Path) -> None:
    pdf = document(5)
    one = cleaned(pdf, tmp_path).read_bytes()
    (tmp_path / "again").mkdir()
    clean(tmp_path / "source.pdf", tmp_path / "again" / "clean.pdf", Treatment())
    assert (tmp_path / "again" / "clean.pdf").read_bytes() == one


def test_more_pages_than_a_pack_can_hold_are_refused(tmp_path: Path) -> None:
    pdf = document(0)
    content = pdf.make_stream(b"")
    for _ in range(MOST_PAGES + 1):
        pdf.pages.append(
            pikepdf.Page(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 99, 99]), Contents=content))
        )
    with pytest.raises(Refusal, match="5,001 pages"):
        cleaned(pdf, tmp_path)


def test_a_signed_file_is_taken_with_a_warning(tmp_path: Path) -> None:
    pdf = document(1)
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), SigFlags=3)
    saved(pdf, tmp_path / "signed.pdf")
    (warning,) = clean(tmp_path / "signed.pdf", tmp_path / "clean.pdf", Treatment()).remarks
    assert "signed" in warning.what


def test_comments_left_out_are_told_of(tmp_path: Path) -> None:
    pdf = document(1)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].obj.Annots = Array([note, note])
    saved(pdf, tmp_path / "noted.pdf")
    (warning,) = clean(tmp_path / "noted.pdf", tmp_path / "clean.pdf", Treatment()).remarks
    assert "2 comments" in warning.what
