"""What is cheap to put right is put right, and nothing else is touched."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name

from briefpack.annexes.archive.mend import mend
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
