"""Fonts of a few letters: they print as the whole ones do, and hold nothing else."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from briefpack.copies.little_font import FontSource, _font_file, _without_instructions
from briefpack.pdf.fonts import Face

FONTS = Path(__file__).parents[2] / "briefpack" / "data" / "fonts"
FILES = sorted(FONTS.rglob("*.ttf"))
LETTERS = set("Copy 3 of 12 — Elena Marković ŻółwÅé")


def drawn(font: TTFont, glyph: str) -> list[object]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return pen.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_letters_are_as_in_the_whole_font(path):
    source = FontSource(Face(path))
    letters = {char for char in LETTERS if source.face.covers(char)}
    parts = source.take(letters)
    little = TTFont(io.BytesIO(zlib.decompress(parts.file)))
    whole = TTFont(path)
    names = whole.getBestCmap()

    assert len(letters) > 20
    for char, code in parts.codes.items():
        glyph = little.getGlyphName(code)
        assert drawn(little, glyph) == drawn(whole, names[ord(char)])
        assert little["hmtx"][glyph] == whole["hmtx"][names[ord(char)]]


def test_it_is_a_sound_file():
    source = FontSource(Face(FILES[0]))
    program = zlib.decompress(source.take({"A", "é"}).file)
    little = TTFont(io.BytesIO(program), checkChecksums=2)

    assert sum(struct.unpack(f">{len(program) // 4}L", program)) & 0xFFFFFFFF == 0xB1B0AFBA
    assert set(little.keys()) - {"GlyphOrder"} == {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    assert little["maxp"].numGlyphs <= 6


def test_no_other_letters_are_in_it():
    source = FontSource(Face(FILES[0]))
    source.take(set("XYZ"))
    parts = source.take(set("ab"))

    assert set(parts.codes) == set("ab")
    assert TTFont(io.BytesIO(zlib.decompress(parts.file)))["maxp"].numGlyphs == 3
    assert zlib.decompress(parts.unicode).count(b"\n<0") == 3


def test_the_same_letters_give_the_same_font_under_the_same_name():
    one, other = (FontSource(Face(FILES[0])) for _ in range(2))

    assert one.take(set("abc")) == other.take(set("cab"))
    assert one.take(set("abc")).name != one.take(set("abd")).name


def test_instructions_are_left_out():
    # A glyph of one contour with one point and three bytes of instructions.
    simple = struct.pack(">hhhhh", 1, 0, 0, 9, 9) + b"\0\0" + b"\0\3XYZ" + b"\1\2\3"
    # Two components, the last with instructions.
    made = struct.pack(">hhhhh", -1, 0, 0, 9, 9)
    made += struct.pack(">HHbb", 0x0122, 7, 1, 1) + struct.pack(">HHhhhh", 0x0141, 9, 1, 1, 1, 1) + b"\0\2PQ"

    bare, parts = _without_instructions(simple)
    assert (bare, parts) == (simple.replace(b"\0\3XYZ", b"\0\0"), ())
    bare, parts = _without_instructions(made)
    assert parts == (7, 9)
    assert bare == made[:-4].replace(b"\x01\x22", b"\x00\x22").replace(b"\x01\x41", b"\x00\x41")
    assert _without_instructions(b"") == (b"", ())


def test_tables_are_found_by_halving():
    file = _font_file({b"head": bytes(54), b"maxp": b"abcd", b"post": b"x"})

    assert struct.unpack_from(">HHHH", file, 4) == (3, 32, 1, 16)
