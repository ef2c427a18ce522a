"""Font programs: which glyphs they have and how wide these are."""

from __future__ import annotations

import io

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from briefpack.annexes.archive.programs import (
    Compact,
    TrueType,
    Type1,
    UnreadableProgram,
    letter,
    mac_encoding,
    standard_encoding,
    windows_encoding,
)
from tests.annexes.makers import CARLITO


def test_encodings_are_those_of_the_standard() -> None:
    assert [windows_encoding()[code] for code in (0x41, 0x80, 0x96, 0xA0, 0xAD, 0xE9, 0x81)] == [
        *("A", "Euro", "endash", "space", "hyphen", "eacute", "bullet"),
    ]
    assert [mac_encoding()[code] for code in (0x41, 0x8E, 0xCA)] == ["A", "eacute", "space"]
    assert standard_encoding()[0x27] == "quoteright"
    assert (letter("eacute"), letter("glyph7")) == (0xE9, None)


def test_widths_of_truetype_are_thousandths() -> None:
    program, font = TrueType(CARLITO.read_bytes()), TTFont(io.BytesIO(CARLITO.read_bytes()))
    number = font.getGlyphID("W")
    expected = font["hmtx"]["W"][0] * 1000 / font["head"].unitsPerEm
    assert program.width_of(number) == pytest.approx(expected)
    assert program.width_of(99_999) is None
    assert program.number("W") == number
    assert program.number("no such letter") == 0
    assert program.tables[3, 1][ord("W")] == "W"


def compact(widths: dict[str, float], *, bare: bool = True) -> bytes:
    """A CFF font with an em of 1000 and one square of each width."""
    order = [".notdef", *widths]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(name): name for name in widths})
    strings = {}
    for name in order:
        pen = T2CharStringPen(widths.get(name, 500), None, roundTolerance=0)
        pen.moveTo((0, 0))
        pen.lineTo((100, 0))
        pen.lineTo((100, 100))
        pen.closePath()
        strings[name] = pen.getCharString()
        # The pen rounds it.
        strings[name].program[0] = widths.get(name, 500)
    builder.setupCFF("Made", {}, strings, {})
    builder.setupHorizontalMetrics({name: (round(widths.get(name, 500)), 0) for name in order})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    whole = out.getvalue()
    return TTFont(io.BytesIO(whole)).reader["CFF "] if bare else whole


@pytest.mark.parametrize("bare", [True, False])
def test_widths_of_cff_come_from_its_letters(bare: bool) -> None:
    program = Compact(compact({"A": 600, "B": 250}, bare=bare))
    assert [program.width(name) for name in ("A", "B", "C")] == [600, 250, None]
    assert program.width_of(2) == 250
    assert program.width_of(9) is None
    assert not program.has_fractions


def test_widths_that_are_no_whole_numbers_are_noticed() -> None:
    program = Compact(compact({"A": 600.5}))
    assert program.width("A") == pytest.approx(600.5)
    assert program.has_fractions


# --------------------------------------------------------------------------- Type 1


def encrypted(plain: bytes, key: int) -> bytes:
    hidden = bytearray()
    for value in bytes(4) + plain:
        hidden.append(value ^ (key >> 8))
        key = ((hidden[-1] + key) * 52845 + 22719) & 0xFFFF
    return bytes(hidden)


def number(value: int) -> bytes:
    if -107 <= value <= 107:
        return bytes([value + 139])
    if 108 <= value <= 1131:
        return bytes([247 + (value - 108 >> 8), value - 108 & 0xFF])
    return b"\xff" + value.to_bytes(4, "big", signed=True)


def type1(strings: dict[str, bytes], *, in_hex: bool = False) -> bytes:
    glyphs = b"".join(
        b"/%s %d RD %s ND\n" % (name.encode(), len(code), code)
        for name, code in ((name, encrypted(code, 4330)) for name, code in strings.items())
    )
    private = (
        b"dup /Private 8 dict dup begin /lenIV 4 def 2 index /CharStrings 9 dict dup begin\n"
        + glyphs
        + b"end"
    )
    clear = (
        b"%!PS-AdobeFont-1.0: Made\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n"
        b"/Encoding 256 array dup 65 /A put dup 66 /B put readonly def\ncurrentfile eexec\n"
    )
    hidden = encrypted(private, 55665)
    return clear + (hidden.hex().encode() if in_hex else hidden)


@pytest.mark.parametrize("in_hex", [False, True])
def test_widths_of_type_1_come_from_its_hidden_letters(in_hex: bool) -> None:
    program = Type1(
        type1(
            {
                ".notdef": number(0) + number(250) + b"\x0d\x0e",
                "A": number(10) + number(722) + b"\x0d\x0e",
                "B": number(0) + number(2001) + number(2) + b"\x0c\x0c" + b"\x0d\x0e",
                "C": number(0) + number(0) + number(333) + number(0) + b"\x0c\x07\x0e",
            },
            in_hex=in_hex,
        )
    )
    assert program.encoding == {65: "A", 66: "B"}
    assert program.width("A") == 722
    assert program.width("B") == pytest.approx(1000.5)
    assert program.width("C") in {0, 333}
    assert program.width("D") is None


def test_a_letter_that_calls_for_others_before_its_width_cannot_be_read() -> None:
    program = Type1(type1({"A": number(1) + b"\x0a"}))
    with pytest.raises(UnreadableProgram):
        program.width("A")


@pytest.mark.parametrize("data", [b"", b"%!PS eexec " + bytes(40)])
def test_what_is_no_type_1_program_cannot_be_read(data: bytes) -> None:
    with pytest.raises(UnreadableProgram):
        Type1(data)
