"""Marks in content: read, mended where that is safe, or taken out."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from briefpack.annexes.cleaning.marks import LARGEST, Untagged, read_marks, remove_marks
from tests.annexes.makers import add_page, document, font

TEXT = b"BT /F1 9 Tf (Text) Tj ET"


def page(content: bytes, **entries: object) -> tuple[Pdf, Object]:
    pdf = document(0)
    return pdf, add_page(pdf, content, **entries)


def with_form(content: bytes, inside: bytes) -> tuple[Pdf, Object, Object]:
    pdf = document(0)
    form = pdf.make_stream(inside, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
    resources = Dictionary(Font=Dictionary(F1=font()), XObject=Dictionary(X=form))
    form.Resources = Dictionary(Font=Dictionary(F1=font()))
    return pdf, add_page(pdf, content, Resources=resources), form


def test_marks_are_read_in_their_order() -> None:
    _pdf, held = page(b"/P <</MCID 3>> BDC " + TEXT + b" EMC /Span <</MCID 0>> BDC " + TEXT + b" EMC")
    found = read_marks(held)
    assert found.marks == {held.objgen: [3, 0]}
    assert found.content is None


def test_marks_under_a_name_are_looked_up() -> None:
    pdf, held = page(b"/P /MC0 BDC " + TEXT + b" EMC")
    held.Resources.Properties = Dictionary(MC0=pdf.make_indirect(Dictionary(MCID=5)))
    assert read_marks(held).marks == {held.objgen: [5]}


def test_artifacts_and_marks_within_marks_cover_what_is_in_them() -> None:
    _pdf, held = page(
        b"/Artifact BMC " + TEXT + b" EMC /P <</MCID 0>> BDC /Span <</Lang (fr)>> BDC " + TEXT + b" EMC EMC"
    )
    assert read_marks(held).marks == {held.objgen: [0]}


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        b"/Span <</Lang (fr)>> BDC " + TEXT + b" EMC",
        b"/P <</MCID 0>> BDC EMC /P <</MCID 0>> BDC EMC",
        b"/P <</MCID 0>> BDC /Artifact BMC EMC EMC",
        b"/Artifact BMC /P <</MCID 0>> BDC EMC EMC",
        b"/P <</MCID 0>> BDC /P <</MCID 1>> BDC EMC EMC",
        b"/P <</MCID 0>> BDC",
        b"EMC",
        b"BT",
        b"ET",
        b"BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI",
        b"/P <</MCID 0>> BDC " + b"0 g\n" * (LARGEST // 4) + b" EMC",
    ],
    ids=lambda content: content[:60].decode(),
)
def test_what_is_not_marked_through_and_through_is_not_tagged(content: bytes) -> None:
    _pdf, held = page(content)
    with pytest.raises(Untagged):
        read_marks(held)


def test_lines_without_marks_become_artifacts() -> None:
    _pdf, held = page(b"q 1 w 0 0 m 9 9 l S Q 5 5 20 20 re W n /P <</MCID 0>> BDC 0 0 9 9 re f EMC")
    content = read_marks(held).content
    assert content is not None
    assert content.split() == (
        b"q 1 w /Artifact BMC 0 0 m 9 9 l S EMC Q 5 5 20 20 re W n /P << /MCID 0 >> BDC 0 0 9 9 re f EMC".split()
    )


@pytest.mark.parametrize(
    ("content", "mended"), [(b"q q Q", b"q q Q Q"), (b"Q 2 0 0 2 0 0 cm Q q Q", b"2 0 0 2 0 0 cm q Q")]
)
def test_saving_and_restoring_is_balanced(content: bytes, mended: bytes) -> None:
    _pdf, held = page(content)
    found = read_marks(held).content
    assert found is not None
    assert found.split() == mended.split()


def test_a_form_may_hold_the_marks_or_stand_within_one() -> None:
    marked = b"/P <</MCID 0>> BDC " + TEXT + b" EMC"
    _pdf, held, form = with_form(b"/X Do", marked)
    found = read_marks(held)
    assert found.marks == {form.objgen: [0]}
    assert list(found.forms) == [form.objgen]
    _pdf, held, form = with_form(b"/P <</MCID 0>> BDC /X Do EMC", TEXT)
    assert read_marks(held).marks == {held.objgen: [0]}


@pytest.mark.parametrize(
    ("content", "inside"),
    [
        (b"/X Do", TEXT),
        (b"/X Do", b"0 0 9 9 re f"),
        (b"/X Do /X Do", b"/P <</MCID 0>> BDC " + TEXT + b" EMC"),
        (b"/P <</MCID 0>> BDC /X Do EMC", b"/P <</MCID 0>> BDC " + TEXT + b" EMC"),
        (b"/Artifact BMC /X Do EMC", b"/P <</MCID 0>> BDC " + TEXT + b" EMC"),
    ],
)
def test_a_form_that_is_not_marked_through_is_not_tagged(content: bytes, inside: bytes) -> None:
    _pdf, held, _form = with_form(content, inside)
    with pytest.raises(Untagged):
        read_marks(held)


def test_pictures_must_be_marked() -> None:
    pdf, held = page(b"/X Do")
    picture = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image)
    held.Resources.XObject = Dictionary(X=picture)
    with pytest.raises(Untagged):
        read_marks(held)
    held.Contents = pdf.make_stream(b"/Figure <</MCID 0>> BDC /X Do EMC")
    assert read_marks(held).marks == {held.objgen: [0]}


# --------------------------------------------------------------------------- taking marks out


def test_marks_are_taken_out_of_pages_and_forms_and_words_stay() -> None:
    inside = b"/Artifact BMC 1 g EMC /Span <</ActualText (ff)>> BDC " + TEXT + b" EMC"
    pdf, held, form = with_form(b"/P <</MCID 0>> BDC /Span <</Lang (fr)>> BDC /X Do EMC EMC EMC", inside)
    remove_marks(pdf)
    assert held.Contents.read_bytes().split() == b"/Span << /Lang (fr) >> BDC /X Do EMC".split()
    assert form.read_bytes().split() == (b"1 g /Span << /ActualText (ff) >> BDC " + TEXT + b" EMC").split()


def test_marks_left_open_are_closed() -> None:
    pdf, held = page(b"/Span BMC /P <</MCID 0>> BDC 0 g")
    remove_marks(pdf)
    assert held.Contents.read_bytes().split() == b"/Span BMC 0 g EMC".split()


def test_content_that_cannot_be_taken_apart_loses_the_meaning_of_its_marks() -> None:
    pdf, held = page(b"/P <</MCID 0>> BDC \xff\xfe wobble EMC")
    remove_marks(pdf)
    content = held.Contents.read_bytes()
    assert b"MCID" not in content
    assert b"wobble" in content


def test_a_form_that_nobody_can_read_is_left_alone() -> None:
    pdf, _held, form = with_form(b"/X Do", b"/P <</MCID 0>> BDC EMC")
    form.Filter = Name.Odd
    remove_marks(pdf)
    assert form.read_raw_bytes() == b"/P <</MCID 0>> BDC EMC"


def test_content_too_large_to_be_taken_apart_loses_the_meaning_of_its_marks() -> None:
    pdf, held = page(b"/P <</MCID 0>> BDC /Artifact BMC EMC EMC " + b"0 g\n" * (LARGEST // 4))
    remove_marks(pdf)
    content = held.Contents.read_bytes()
    assert b"MCID" not in content
    assert b"Artifact" not in content
