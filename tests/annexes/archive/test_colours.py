"""Colours, pictures and graphics states beside an output intent of sRGB."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from briefpack.annexes.archive.colours import Colours
from tests.annexes.makers import document

CMYK = "it has CMYK colours, which have no meaning beside sRGB"
PROFILE = "it has a colour profile that PDF/A does not take"


def profile(
    pdf: Pdf, *, space: bytes = b"RGB ", kind: bytes = b"mntr", version: int = 4, n: int = 3
) -> Object:
    header = bytes(8) + bytes([version]) + bytes(3) + kind + space + b"XYZ " + bytes(12) + b"acsp" + bytes(88)
    return pdf.make_stream(header, N=n)


def inks(pdf: Pdf, name: str, alternate: Object = Name.DeviceRGB, strength: float = 1) -> Object:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=strength)
    return Array([Name.Separation, Name(f"/{name}"), alternate, pdf.make_indirect(tint)])


def facts(space: Object) -> list[str]:
    return [message for message, *_ in Colours().space(space)]


def test_grey_rgb_and_colours_with_a_profile_are_borne_with() -> None:
    pdf = document(0)
    spaces = [
        Name.DeviceGray,
        Name.DeviceRGB,
        Name.Pattern,
        Array([Name.CalGray, Dictionary(WhitePoint=Array([1, 1, 1]))]),
        Array([Name.ICCBased, profile(pdf)]),
        Array([Name.ICCBased, profile(pdf, space=b"CMYK", kind=b"prtr", n=4)]),
        Array([Name.Indexed, Name.DeviceRGB, 0, Name.X]),
        inks(pdf, "Spot"),
    ]
    assert [facts(space) for space in spaces] == [[]] * len(spaces)


def test_cmyk_is_found_wherever_it_hides() -> None:
    pdf = document(0)
    four = Array([Name.Cyan, Name.Magenta, Name.Yellow, Name.Black])
    for space in (
        Name.DeviceCMYK,
        Array([Name.DeviceCMYK]),
        Array([Name.Indexed, Name.DeviceCMYK, 0, Name.X]),
        Array([Name.Pattern, Name.DeviceCMYK]),
        inks(pdf, "Spot", Name.DeviceCMYK),
        Array([Name.DeviceN, four, Name.DeviceCMYK, Name.X]),
    ):
        assert facts(space) == [CMYK]


def test_cmyk_may_be_what_a_file_is_printed_in() -> None:
    assert Colours(takes_cmyk=True).space(Name.DeviceCMYK) == frozenset()


@pytest.mark.parametrize(
    "wrong", [{"n": 4}, {"kind": b"link"}, {"version": 5}, {"space": b"HSV "}, {"space": b"GRAY"}]
)
def test_odd_profiles_are_not_borne_with(wrong: dict[str, object]) -> None:
    pdf = document(0)
    assert facts(Array([Name.ICCBased, profile(pdf, **wrong)])) == [PROFILE]


def test_an_ink_must_be_explained_in_one_way() -> None:
    pdf, colours = document(0), Colours()
    assert not colours.space(inks(pdf, "Spot"))
    assert not colours.space(inks(pdf, "Other"))
    assert [message for message, *_ in colours.space(inks(pdf, "Spot", Name.DeviceGray))] == [
        "the ink Spot is explained in two ways"
    ]


def test_inks_beyond_the_four_of_print_must_be_explained() -> None:
    pdf = document(0)
    names = Array([Name.Cyan, Name("/Gold")])
    bare = Array([Name.DeviceN, names, Name.DeviceRGB, Name.X])
    assert facts(bare) == ["it has inks that are not explained"]
    colorants = Dictionary(Gold=inks(pdf, "Gold"), Cyan=inks(pdf, "Cyan"))
    told = Array([Name.DeviceN, names, Name.DeviceRGB, Name.X, Dictionary(Colorants=colorants)])
    assert facts(told) == []


def test_a_space_that_explains_itself_ends() -> None:
    pdf = document(0)
    space = pdf.make_indirect(Array([Name.Pattern, Name.DeviceRGB]))
    space[1] = space
    assert facts(space) == ["its colours are explained by other colours without end"]


def image(pdf: Pdf, **entries: object) -> Object:
    stream = pdf.make_stream(b"\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"ColorSpace": Name.DeviceCMYK}, CMYK),
        ({"BitsPerComponent": 3}, "it has a picture of an unusual depth of colour"),
        ({"ImageMask": True, "BitsPerComponent": 8}, "it has a picture of an unusual depth of colour"),
        ({"Filter": Name.Odd}, "it has data compressed in a way that PDF/A does not take"),
        (
            {"Filter": Array([Name.LZWDecode, Name.DCTDecode])},
            "it has data compressed in a way that PDF/A does not take",
        ),
        ({"Filter": Name.JPXDecode}, "it has a JPEG 2000 picture of a kind that PDF/A does not take"),
        ({"Subtype": Name.PS}, "it has content in PostScript"),
    ],
)
def test_odd_pictures_are_not_borne_with(entries: dict[str, object], message: str) -> None:
    pdf = document(0)
    assert message in [told for told, *_ in Colours().image(image(pdf, **entries))]


def test_masks_of_pictures_are_looked_at() -> None:
    pdf = document(0)
    mask = image(pdf, ColorSpace=Name.DeviceGray, BitsPerComponent=7)
    assert Colours().image(image(pdf)) == frozenset()
    assert Colours().image(image(pdf, SMask=mask))


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"TR": Name.Odd}, "it changes its colours by a transfer function"),
        ({"TR2": Name.Odd}, "it changes its colours by a transfer function"),
        ({"BM": Name.Odd}, "it blends colours in a way that PDF/A does not know"),
        ({"BM": Array([Name.Multiply, Name.Odd])}, "it blends colours in a way that PDF/A does not know"),
    ],
)
def test_odd_states_are_not_borne_with(entries: dict[str, object], message: str) -> None:
    state = Dictionary()
    for key, value in entries.items():
        state[f"/{key}"] = value
    assert [told for told, *_ in Colours().state(state)] == [message]


@pytest.mark.parametrize("state_first", [True, False])
def test_cmyk_with_a_profile_must_not_be_printed_over_each_other(state_first: bool) -> None:
    pdf, colours = document(0), Colours()
    space = Array([Name.ICCBased, profile(pdf, space=b"CMYK", kind=b"prtr", n=4)])
    steps = [lambda: colours.state(Dictionary(OPM=1)), lambda: colours.space(space)]
    first, second = steps if state_first else reversed(steps)
    assert first() == frozenset()
    assert [told for told, *_ in second()] == ["it prints CMYK colours over each other"]
