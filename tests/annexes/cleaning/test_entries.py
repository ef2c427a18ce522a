"""Only entries that mean something get into a clean file."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from briefpack.annexes.cleaning.entries import keep_known_entries
from tests.annexes.makers import add_page, font

SECRET = String("SECRET")


def painted(pdf: Pdf) -> Object:
    """A page that uses one of everything, each with an entry of its own."""
    noted = {"Note": SECRET}
    rgb = Array([Name.ICCBased, pdf.make_stream(b"profile", N=3, Alternate=Name.DeviceRGB, **noted)])
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1, **noted)
    tint = Array([Name.Separation, Name("/Spot"), rgb, pdf.make_indirect(function)])
    mask = pdf.make_stream(b"\xff", Subtype=Name.Image, Width=1, Height=1, Matte=Array([0, 0, 0]), **noted)
    image = pdf.make_stream(
        b"abc", Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=rgb, SMask=mask, **noted
    )
    letters = font()
    letters.Note = SECRET
    letters.FontDescriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.Helvetica,
        FontFile=pdf.make_stream(b"x", Length1=1, **noted),
        **noted,
    )
    group = pdf.make_stream(b"", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), **noted)
    state = Dictionary(ca=0.5, SMask=Dictionary(S=Name.Alpha, G=group, **noted), **noted)
    tile = pdf.make_stream(
        b"", PatternType=1, PaintType=1, Resources=Dictionary(XObject=Dictionary(I=image)), **noted
    )
    shading = Dictionary(
        ShadingType=2, ColorSpace=tint, Function=function, Coords=Array([0, 0, 9, 9]), **noted
    )
    return add_page(
        pdf,
        Resources=Dictionary(
            Font=Dictionary(F1=letters),
            XObject=Dictionary(I=image, G=group),
            ExtGState=Dictionary(S=state),
            ColorSpace=Dictionary(T=tint),
            Pattern=Dictionary(P=tile),
            Shading=Dictionary(H=shading),
            Properties=Dictionary(M=Dictionary(ActualText=String("said"), **noted)),
            **noted,
        ),
    )


def test_entries_without_a_meaning_go_from_everything_that_a_page_uses() -> None:
    pdf = Pdf.new()
    page = painted(pdf)
    keep_known_entries(pdf)
    words = b"".join(
        item.stream_dict.unparse() if isinstance(item, Stream) else item.unparse(resolved=True)
        for item in pdf.objects
    )
    assert b"SECRET" not in words
    used = page.Resources
    assert set(used.XObject.I.keys()) >= {"/Width", "/ColorSpace", "/SMask"}
    assert list(used.XObject.I.SMask.Matte) == [0, 0, 0]
    assert used.ColorSpace.T[3].FunctionType == 2
    assert used.Properties.M.ActualText == String("said")
    assert used.Font.F1.FontDescriptor.FontFile.Length1 == 1


def test_a_form_that_paints_itself_ends() -> None:
    pdf = Pdf.new()
    form = pdf.make_stream(b"/X Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Note=SECRET)
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    add_page(pdf, Resources=form.Resources)
    keep_known_entries(pdf)
    assert "/Note" not in form
