"""Fields, stamps, comments and links on pages."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annexes.cleaning.annotations import flatten, links_of
from briefpack.annexes.cleaning.layers import Layers
from briefpack.annexes.cleaning.targets import Target, Targets
from tests.annexes.makers import document, font, link


@pytest.fixture
def pdf() -> Pdf:
    return document(2)


def drawn(pdf: Pdf, kind: str, words: str, **entries: object) -> Object:
    """An annotation that looks like these words."""
    look = pdf.make_stream(
        f"BT /F1 12 Tf ({words}) Tj ET".encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 20]),
        Resources=Dictionary(Font=Dictionary(F1=font())),
    )
    made = Dictionary(
        Type=Name.Annot, Subtype=Name(kind), Rect=Array([100, 500, 200, 520]), AP=Dictionary(N=look), F=4
    )
    for key, value in entries.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def put(pdf: Pdf, *annotations: Object) -> None:
    pdf.pages[0].obj.Annots = Array(list(annotations))


def painted(pdf: Pdf) -> str:
    """Everything the first page paints, forms included."""
    page = pdf.pages[0]
    page.contents_coalesce()
    forms = page.obj.Resources.get("/XObject", Dictionary())
    used = [forms[str(key)].read_bytes() for key in forms]
    return b" ".join([page.obj.Contents.read_bytes(), *used]).decode("latin-1")


def test_fields_and_stamps_become_part_of_the_page(pdf: Pdf) -> None:
    field = drawn(pdf, "/Widget", "Filled in", FT=Name.Tx, T=String("name"), V=String("Filled in"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String("/Helv 0 Tf 0 g"))
    put(pdf, field, drawn(pdf, "/Stamp", "APPROVED"))
    dropped = flatten(pdf, Layers(pdf))
    assert dropped.total() == 0
    assert "Filled in" in painted(pdf)
    assert "APPROVED" in painted(pdf)
    assert len(pdf.pages[0].obj.get("/Annots", Array())) == 0


def test_comments_are_dropped_and_counted(pdf: Pdf) -> None:
    put(
        pdf,
        drawn(pdf, "/FreeText", "not for the press"),
        drawn(pdf, "/Text", "note"),
        drawn(pdf, "/Popup", "its window"),
        drawn(pdf, "/FileAttachment", "file"),
    )
    dropped = flatten(pdf, Layers(pdf))
    assert dict(dropped) == {"/FreeText": 1, "/Text": 1, "/FileAttachment": 1}
    assert "press" not in painted(pdf)


@pytest.mark.parametrize("flags", [2, 32, 2 | 4])
def test_what_the_reader_does_not_see_is_dropped_without_a_word(pdf: Pdf, flags: int) -> None:
    put(pdf, drawn(pdf, "/Stamp", "hidden", F=flags), drawn(pdf, "/Text", "hidden", F=flags))
    assert flatten(pdf, Layers(pdf)).total() == 0
    assert "hidden" not in painted(pdf)


def test_a_stamp_on_a_hidden_layer_is_not_seen(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    put(pdf, drawn(pdf, "/Stamp", "layered", OC=group))
    flatten(pdf, Layers(pdf))
    assert "layered" not in painted(pdf)


def test_web_links_and_links_inside_are_found(pdf: Pdf) -> None:
    put(
        pdf,
        link(pdf, A=Dictionary(S=Name.URI, URI=String("https://www.nato.int/"))),
        link(pdf, A=Dictionary(S=Name.URI, URI=String("MAILTO:desk@example.org"))),
        link(
            pdf, rect=(200, 720, 72, 690), Dest=Array([pdf.pages[1].obj, Name.Fit]), Contents=String("words")
        ),
    )
    found = links_of(pdf.pages[0].obj, Targets(pdf))
    assert [item.to for item in found] == [
        "https://www.nato.int/",
        "MAILTO:desk@example.org",
        Target(1, "/Fit", ()),
    ]
    assert found[2].rect == (72, 690, 200, 720)
    assert found[2].contents == "words"


@pytest.mark.parametrize(
    "action",
    [
        Dictionary(S=Name.URI, URI=String("file:///etc/passwd")),
        Dictionary(S=Name.URI, URI=String("javascript:alert(1)")),
        Dictionary(S=Name.URI, URI=String("https://a.example/\nx")),
        Dictionary(S=Name.URI, URI=String("https://a.example/" + "x" * 9000)),
        Dictionary(S=Name.URI),
        Dictionary(S=Name.Launch, F=String("calc.exe")),
        Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
        Dictionary(S=Name.SubmitForm, F=String("https://a.example/")),
        Dictionary(S=Name.GoTo, D=String("nowhere")),
        String("nonsense"),
    ],
    ids=lambda action: str(action)[:60],
)
def test_links_that_do_something_else_or_lead_nowhere_are_left_out(pdf: Pdf, action: Object) -> None:
    put(pdf, link(pdf, A=action))
    assert links_of(pdf.pages[0].obj, Targets(pdf)) == []


def test_a_link_keeps_its_frame_colour_and_corners(pdf: Pdf) -> None:
    corners = Array([72, 720, 200, 720, 72, 690, 200, 690])
    web = {"A": Dictionary(S=Name.URI, URI=String("https://a.example"))}
    put(
        pdf,
        link(pdf, **web),
        link(pdf, Border=Array([0, 0, 0]), C=Array([1, 0, 0]), QuadPoints=corners, **web),
        link(pdf, BS=Dictionary(W=3), **web),
    )
    plain, coloured, thick = (item.looks for item in links_of(pdf.pages[0].obj, Targets(pdf)))
    assert plain == {"/Border": (0, 0, 1)}
    assert coloured == {
        "/Border": (0, 0, 0),
        "/C": (1, 0, 0),
        "/QuadPoints": (72, 720, 200, 720, 72, 690, 200, 690),
    }
    assert thick == {"/Border": (0, 0, 3)}


def test_annotations_that_are_none_do_no_harm(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([17, String("x"), Dictionary(), link(pdf, rect=(1, 2, 3))])
    flatten(pdf, Layers(pdf))
    assert links_of(pdf.pages[0].obj, Targets(pdf)) == []
    pdf.pages[1].obj.Annots = String("nonsense")
    flatten(pdf, Layers(pdf))
