"""From an author's PDF to a clean one."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from briefpack.annex import Treatment
from briefpack.annexes import cleaning
from briefpack.annexes.cleaning import clean
from briefpack.annexes.cleaning.opening import MOST_PAGES
from briefpack.annexes.cleaning.refusal import Refusal
from tests.annexes.makers import add_page, document, font, link, named, saved


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
