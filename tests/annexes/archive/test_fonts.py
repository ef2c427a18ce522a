"""Fonts that can be kept, and what is wrong with others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from briefpack.annex import Against
from briefpack.annexes.archive import look_at
from briefpack.annexes.archive.faults import Faults
from tests.annexes.archive.looking import messages, told
from tests.annexes.makers import add_page, document, simple, written

NOT_EMBEDDED = "the font Carlito is not embedded"
WIDTHS = "the font Carlito says other widths than its letters have"
MISSING = "the font Carlito lacks a letter that is shown"
NO_MEANING = "the font Carlito does not say which characters its letters are"
WRONG_MEANING = "the font Carlito says wrong characters of its letters"
PRIVATE = "the font Carlito has letters of a private meaning"
PLAINLY = "the font Carlito does not say plainly which letters its codes are"


def font_of(pdf: Pdf) -> Object:
    return pdf.pages[0].obj.Resources.Font.F1


def below(pdf: Pdf) -> Object:
    return font_of(pdf).DescendantFonts[0]


def meaning(text: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        content = font_of(pdf).ToUnicode.read_bytes()
        code = content.split(b"beginbfchar\n<")[1][:4]
        font_of(pdf).ToUnicode.write(
            content.replace(b"<" + code + b"> <0057>", b"<" + code + b"> <" + text.encode() + b">")
        )
        assert font_of(pdf).ToUnicode.read_bytes() != content

    return change


def without_program(pdf: Pdf) -> None:
    del below(pdf).FontDescriptor["/FontFile2"]


def wider(pdf: Pdf) -> None:
    below(pdf).W[1] = Array([int(below(pdf).W[1][0]) + 3])


def hardly_wider(pdf: Pdf) -> None:
    below(pdf).W[1] = Array([float(below(pdf).W[1][0]) + 0.4])


def two_widths(pdf: Pdf) -> None:
    below(pdf).W.extend([int(below(pdf).W[0]), int(below(pdf).W[0]), 1])


def widths_cut_off(pdf: Pdf) -> None:
    below(pdf).W.append(9)


def without_widths(pdf: Pdf) -> None:
    del below(pdf)["/W"]


def without_meaning(pdf: Pdf) -> None:
    del font_of(pdf)["/ToUnicode"]


def other_codes(pdf: Pdf) -> None:
    font_of(pdf).Encoding = Name("/UniJIS-UTF16-H")


def cut_program(pdf: Pdf) -> None:
    stream = below(pdf).FontDescriptor.FontFile2
    stream.write(stream.read_bytes()[:900])


def no_glyph(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 9 Tf <0000> Tj ET")


def without_name(pdf: Pdf) -> None:
    del below(pdf)["/BaseFont"]


def odd_kind(pdf: Pdf) -> None:
    below(pdf).Subtype = Name.Odd


def odd_numbers(pdf: Pdf) -> None:
    below(pdf).CIDToGIDMap = Name.Odd


def test_nothing_stands_against_a_whole_font() -> None:
    assert told(written()) == []


def test_widths_may_be_rounded() -> None:
    pdf = written()
    hardly_wider(pdf)
    assert told(pdf) == []


@pytest.mark.parametrize(
    ("change", "message", "archive", "accessible"),
    [
        (without_program, NOT_EMBEDDED, Against.ARCHIVE, False),
        (wider, WIDTHS, Against.ARCHIVE, False),
        (two_widths, WIDTHS, Against.ARCHIVE, False),
        (widths_cut_off, WIDTHS, Against.ARCHIVE, False),
        (without_widths, WIDTHS, Against.ARCHIVE, False),
        (no_glyph, MISSING, Against.ARCHIVE, False),
        (without_meaning, NO_MEANING, Against.UNICODE, False),
        (meaning("FEFF"), WRONG_MEANING, Against.UNICODE, False),
        (meaning(""), WRONG_MEANING, Against.UNICODE, False),
        (meaning("E001"), PRIVATE, Against.STRUCTURE, True),
        (other_codes, "the font Carlito has codes that are not looked into", Against.ARCHIVE, False),
        (cut_program, "the font Carlito cannot be read", Against.ARCHIVE, False),
        (without_name, "a font has no proper name", Against.ARCHIVE, False),
        (odd_kind, "the font Carlito is of an unknown kind", Against.ARCHIVE, False),
        (odd_numbers, PLAINLY, Against.ARCHIVE, False),
    ],
)
def test_what_is_wrong_with_a_composite_font_is_told(
    change: Callable[[Pdf], None], message: str, archive: Against, accessible: bool
) -> None:
    pdf = written("Words, Words")
    change(pdf)
    faults = {fault.message: fault for fault in told(pdf)}
    assert message in faults
    fault = faults[message]
    assert (fault.pages, fault.archive, fault.accessible) == ((1,), archive, accessible)


def test_a_font_counts_only_where_it_shows_text() -> None:
    pdf = document(2)
    assert [fault.pages for fault in told(pdf)] == [(1, 2)]
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 9 Tf 3 Tr (unseen) Tj ET")
    assert [fault.pages for fault in told(pdf)] == [(2,)]
    pdf.pages[1].obj.Contents = pdf.make_stream(b"BT /F1 9 Tf ET 0 0 9 9 re f")
    assert told(pdf) == []


def test_even_a_font_that_nobody_sees_must_be_what_it_says() -> None:
    pdf = document(1)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 9 Tf 3 Tr (unseen) Tj ET")
    del font_of(pdf)["/Type"]
    (fault,) = told(pdf)
    assert (fault.message, fault.archive, fault.accessible) == (
        "the font Helvetica is not marked as one",
        Against.ARCHIVE,
        True,
    )
    font_of(pdf).Type, font_of(pdf).Subtype = Name.Font, Name.Odd
    assert messages(pdf) == ["the font Helvetica is of an unknown kind"]
    assert look_at(pdf, Faults()) == ()


def test_a_font_of_a_form_is_told_of_every_page_that_paints_it() -> None:
    pdf = document(0)
    form = pdf.make_stream(b"BT /F9 9 Tf (Text) Tj ET", Type=Name.XObject, Subtype=Name.Form)
    form.BBox, font = (
        Array([0, 0, 9, 9]),
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Gill")),
    )
    form.Resources = Dictionary(Font=Dictionary(F9=font))
    for content in (b"/X Do", b"0 g", b"/X Do /X Do"):
        add_page(pdf, content, Resources=Dictionary(XObject=Dictionary(X=form)))
    (fault,) = told(pdf)
    assert (fault.message, fault.pages) == ("the font Gill is not embedded", (1, 3))


def test_all_fonts_in_use_are_listed() -> None:
    pdf = written()
    add_page(pdf)
    assert look_at(pdf, Faults()) == (("Carlito", True), ("Helvetica", False))


# --------------------------------------------------------------------------- simple fonts


def lettered(change: Callable[[Object], None] = lambda _: None, text: bytes = b"Words \x96 \xe9t\xe9") -> Pdf:
    pdf = document(0)
    font = simple(pdf, text)
    change(font)
    content = b"BT /F1 24 Tf 72 700 Td <" + text.hex().encode() + b"> Tj ET"
    add_page(pdf, content, Resources=Dictionary(Font=Dictionary(F1=font)))
    return pdf


def with_differences(name: str) -> Callable[[Object], None]:
    def change(font: Object) -> None:
        font.Encoding = Dictionary(
            BaseEncoding=Name.WinAnsiEncoding, Differences=Array([87, Name(f"/{name}")])
        )

    return change


def symbolic(font: Object) -> None:
    font.FontDescriptor.Flags = 4


def without_encoding(font: Object) -> None:
    del font["/Encoding"]


def short_widths(font: Object) -> None:
    font.LastChar = 300


def test_nothing_stands_against_a_simple_font_with_a_known_encoding() -> None:
    assert told(lettered()) == []
    assert told(lettered(with_differences("W"))) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (with_differences("M"), WIDTHS),
        (with_differences("glyph87"), PLAINLY),
        (with_differences("glyph87"), NO_MEANING),
        (symbolic, PLAINLY),
        (without_encoding, PLAINLY),
        (short_widths, "the font Carlito does not say how wide its letters are"),
    ],
)
def test_what_is_wrong_with_a_simple_font_is_told(change: Callable[[Object], None], message: str) -> None:
    assert message in messages(lettered(change))


# --------------------------------------------------------------------------- drawn letters


def drawn(width: int = 500, glyph: bytes = b"500 0 d0 0 0 400 400 re f", name: str = "A") -> Pdf:
    pdf = document(0)
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 500, 500]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=65,
        LastChar=65,
        Widths=Array([width]),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name(f"/{name}")])),
        CharProcs=Dictionary({f"/{name}": pdf.make_stream(glyph)}),
        Resources=Dictionary(),
    )
    add_page(pdf, b"BT /F1 9 Tf (A) Tj ET", Resources=Dictionary(Font=Dictionary(F1=font)))
    return pdf


def test_letters_that_are_drawn_must_say_their_width_and_meaning() -> None:
    assert told(drawn()) == []
    assert messages(drawn(width=520)) == ["the font without a name says other widths than its letters have"]
    assert messages(drawn(name="squiggle")) == [
        "the font without a name does not say which characters its letters are"
    ]
    assert messages(drawn(glyph=b"0 0 9 9 re f")) == ["the font without a name cannot be read"]
