"""Content that can be kept, and what in it cannot."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from tests.annexes.archive.looking import messages, told
from tests.annexes.makers import add_page, document, forms_within_forms

CMYK = "it has CMYK colours, which have no meaning beside sRGB"


def page(content: bytes, **resources: object) -> Pdf:
    pdf = document(0)
    held = Dictionary()
    for kind, named in resources.items():
        held[f"/{kind}"] = named
    add_page(pdf, content, Resources=held)
    return pdf


@pytest.mark.parametrize(
    "content",
    [
        b"0.5 g 1 0 0 RG 0 0 9 9 re B",
        b"/Perceptual ri q 1 0 0 1 0 0 cm Q",
        b"BX EX % any words (and <these)\n",
        b"[(1234567890123) <0123456789>] 0 d",
        b"BI /W 1 /H 1 /CS /RGB /BPC 8 /F /AHx ID 000000> EI",
        b"/P <</Lang (en)>> BDC EMC",
    ],
)
def test_plain_content_is_borne_with(content: bytes) -> None:
    assert told(page(content)) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"0 0 0 1 k 0 0 9 9 re f", CMYK),
        (b"/DeviceCMYK CS", CMYK),
        (b"/Photographic ri", "it asks for an unknown rendering intent"),
        (b"\xff\xfe", "its content has an error"),
        (b"1 2 wobble", "its content has an operator that PDF does not know"),
        (b"(text) Tj", "text is shown in no font"),
        (b"1 0 0 1 99999999999 0 cm", "its content has a number or a name beyond the limits of PDF/A"),
        (b"[<012>] 0 d", "its content has text in broken hexadecimal digits"),
        (b"q " * 30 + b"Q " * 30, "it saves the graphics state too often before restoring it"),
        (b"BI /W 1 /H 1 /CS /CMYK /BPC 8 ID 0000 EI", CMYK),
        (b"BI /W 1 /H 1 /CS /G /BPC 8 /F /LZW ID 0 EI", "it has a picture compressed by LZW in its content"),
        (
            b"BI /W 1 /H 1 /CS /G /BPC 8 /I true ID 0 EI",
            "it has a picture in its content that is to be smoothed",
        ),
        (b"/P <</Lang (en_GB)>> BDC EMC", "a language in its content is none"),
    ],
)
def test_what_cannot_be_kept_is_told(content: bytes, message: str) -> None:
    assert messages(page(content)) == [message]


def test_saved_states_count_through_forms() -> None:
    pdf = document(0)
    form = pdf.make_stream(
        b"q " * 15 + b"Q " * 15, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    add_page(pdf, b"q " * 15 + b"/X Do " + b"Q " * 15, Resources=Dictionary(XObject=Dictionary(X=form)))
    assert messages(pdf) == ["it saves the graphics state too often before restoring it"]


def test_forms_within_forms_are_read_once() -> None:
    assert told(forms_within_forms(10, 9)) == []


def test_a_form_that_paints_itself_ends() -> None:
    pdf = document(0)
    form = pdf.make_stream(b"/X Do 0 0 0 1 k", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    add_page(pdf, b"/X Do", Resources=Dictionary(XObject=Dictionary(X=form)))
    assert messages(pdf) == [CMYK]


def test_colours_of_tiles_and_masks_count() -> None:
    pdf = document(0)
    looks = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 9, 9])}
    tile = pdf.make_stream(b"0 0 0 1 k 0 0 9 9 re f", PatternType=1, PaintType=1, TilingType=1)
    mask = pdf.make_stream(b"0 g (text) Tj", **looks)
    state = Dictionary(SMask=Dictionary(S=Name.Alpha, G=mask))
    resources = Dictionary(Pattern=Dictionary(P=tile), ExtGState=Dictionary(G=state))
    add_page(pdf, b"/Pattern cs /P scn /G gs", Resources=resources)
    assert messages(pdf) == ["text is shown in no font", CMYK]


def test_more_content_than_can_be_looked_through_is_told() -> None:
    assert messages(page(b"0 g\n" * 1_700_000)) == ["it has more content than can be looked through"]


def test_data_that_nothing_paints_must_be_compressed_as_archives_take_it_too() -> None:
    pdf = page(b"0 0 9 9 re f")
    picture = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image)
    picture.Filter = Name.Odd
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=picture)
    assert messages(pdf) == ["it has data compressed in a way that PDF/A does not take"]


def test_content_with_an_error_is_told() -> None:
    pdf = page(b"0 g")
    pdf.pages[0].obj.Contents = Array([pdf.make_stream(b"0 g"), Dictionary(Odd=1)])
    assert all("content" in message for message in messages(pdf))
