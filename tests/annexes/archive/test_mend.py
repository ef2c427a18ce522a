"""What is cheap to put right is put right, and nothing else is touched."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Pdf

from briefpack.annexes.archive.mend import asks_for_smoothing, mend
from tests.annexes.makers import add_page, document, written


def test_lists_of_what_a_font_has_go_and_what_is_meant_is_said() -> None:
    pdf = written()
    below = pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0]
    below.FontDescriptor.CIDSet = pdf.make_stream(b"\xff")
    del below["/CIDToGIDMap"]
    mend(pdf)
    assert "/CIDSet" not in below.FontDescriptor
    assert "/FontFile2" in below.FontDescriptor
    assert below.CIDToGIDMap == Name.Identity


def test_pictures_lose_wishes_only() -> None:
    pdf = document(0)
    picture = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Interpolate=True, Width=1)
    picture.Intent = Name.Photographic
    good = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Intent=Name.Perceptual)
    add_page(pdf, b"", Resources=Dictionary(XObject=Dictionary(A=picture, B=good)))
    mend(pdf)
    assert {"/Interpolate", "/Intent"} & set(picture.keys()) == set()
    assert picture.Width == 1
    assert good.Intent == Name.Perceptual


def test_graphics_states_lose_what_only_a_press_needs_wherever_they_are() -> None:
    pdf = document(0)

    def state() -> Dictionary:
        return Dictionary(HT=Name.Default, TR=Name.Identity, RI=Name.Odd, CA=0.5)

    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(ExtGState=Dictionary(G=state()))
    resources = Dictionary(ExtGState=Dictionary(G=state()), XObject=Dictionary(X=form))
    page = add_page(pdf, b"", Resources=pdf.make_indirect(resources))
    mend(pdf)
    for holder in (page, form):
        assert set(holder.Resources.ExtGState.G.keys()) == {"/CA"}


def test_a_picture_that_asks_to_be_smoothed_is_found_until_it_is_mended() -> None:
    pdf = Pdf.new()
    page = add_page(pdf)
    picture = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Interpolate=True, Width=1)
    page.Resources.XObject = Dictionary(P=pdf.make_indirect(picture))
    assert asks_for_smoothing(pdf)
    mend(pdf)
    assert not asks_for_smoothing(pdf)
