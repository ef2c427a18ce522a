"""Content streams without what no reader sees in them."""

from __future__ import annotations

import pytest
from pikepdf import Dictionary, Name, Pdf

from briefpack.annexes.cleaning.unseen_content import remove_unseen
from tests.annexes.makers import add_page


def left(content: bytes) -> bytes:
    pdf = Pdf.new()
    page = add_page(pdf, content)
    remove_unseen(pdf)
    return bytes(page.Contents.read_bytes())


@pytest.mark.parametrize(
    "content",
    [
        b"% SECRET\n0 0 9 9 re f",
        b"0 0 9 9 re % SECRET\nf",
        b"/Span <</SECRET (x)>> BDC 0 0 9 9 re f EMC",
        b"/Mark <</Private (SECRET)>> DP 0 0 9 9 re f",
        b"/SECRET MP 0 0 9 9 re f",
        b"BI /W 1 /H 1 /BPC 8 /CS /G /Note (SECRET) ID \xff EI 0 0 9 9 re f",
    ],
)
def test_what_is_not_seen_goes_and_the_rest_stays(content: bytes) -> None:
    made = left(content)
    assert b"SECRET" not in made
    assert b"0 0 9 9 re" in made
    assert made.rstrip().endswith((b"f", b"EMC"))


@pytest.mark.parametrize(
    "content",
    [
        b"BT (50 % of it) Tj ET",
        b"/Span <</ActualText (said) /Lang (en)>> BDC (x) Tj EMC",
        b"/P <</MCID 3>> BDC (x) Tj EMC /Artifact BMC EMC",
        b"BI /W 1 /H 1 /BPC 8 /CS /G /F /AHx ID ff> EI",
        b"0 0   9 9 re f",
    ],
)
def test_content_without_anything_hidden_says_the_same(content: bytes) -> None:
    assert left(content).split() == content.split()


def test_a_picture_in_the_content_keeps_its_pixels() -> None:
    made = left(b"q BI /W 3 /H 1 /BPC 8 /CS /G /Note (x) ID \x00\x80\xff EI Q")
    assert b"ID \x00\x80\xff" in made
    assert b"/Width 3" in made


def test_forms_patterns_and_glyphs_are_rewritten_too() -> None:
    pdf = Pdf.new()
    streams = [
        pdf.make_stream(b"% SECRET\n0 0 9 9 re f", **entries)
        for entries in ({"Subtype": Name.Form}, {"PatternType": 1}, {})
    ]
    pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=streams[2])))
    remove_unseen(pdf)
    assert [b"SECRET" in stream.read_bytes() for stream in streams] == [False] * 3
