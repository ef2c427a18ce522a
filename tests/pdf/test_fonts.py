from __future__ import annotations

import math
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.document import Text
from briefpack.pdf.fonts import NO_BREAK_SPACE, SOFT_HYPHEN, Faces
from briefpack.pdf.text import Typesetter
from tests.pdf.paper import FONTS, Paper, family, justified, style

FACES = Faces({"Carlito": family("Carlito", "LiberationSans"), "LiberationSans": family("LiberationSans")})
GREEK = "Η σύνοδος των υπουργών εξωτερικών"
ADVANCES = {}
for bold in (False, True):
    with TTFont(FONTS / f"Carlito-{'Bold' if bold else 'Regular'}.ttf") as font:
        ADVANCES[bold] = {
            code: font["hmtx"][name][0] / font["head"].unitsPerEm for code, name in font.getBestCmap().items()
        }
# Enough letters of three scripts to need a second subset of one face.
MANY = "".join(
    chr(n) for n in (*range(0xC0, 0x180), *range(0x391, 0x3CA), *range(0x410, 0x450)) if n != 0x3A2
)


@given(text=st.text(alphabet="abcXYZ 0123éüßΣωЖя–—“”’…", max_size=30), bold=st.booleans())
@settings(max_examples=60)
def test_width_is_the_sum_of_the_font_s_advance_widths(text: str, bold: bool) -> None:
    expected = sum(ADVANCES[bold][ord(char)] for char in text)
    assert FACES.face("Carlito", bold=bold).width(text) == pytest.approx(expected)


def test_tracking_adds_to_every_character() -> None:
    face = FACES.face("Carlito")
    sized = FACES.sized(face, 10.0, 0.5)
    assert sized.widths["word"] == pytest.approx(10 * face.width("word") + 2)
    assert sized.widths["wo\u00adrd"] == sized.widths["word"]


def test_invisible_characters_have_no_width_and_are_not_printed() -> None:
    face = FACES.face("Carlito")
    word = "a\u00adb\u200bc\u2060"
    assert face.printed(word) == "abc"
    assert face.width(word) == face.width("abc")


def test_hyphens_and_blanks_a_face_lacks_are_stood_in_for() -> None:
    face = FACES.face("Carlito")
    assert face.printed("no\u2011break") == "no-break"
    assert face.covers("no\u2011break")
    mono = Faces({"LiberationMono": family("LiberationMono")}).face("LiberationMono")
    assert mono.printed("a\u202fb") == f"a{NO_BREAK_SPACE}b"


def test_a_word_with_a_character_the_face_lacks_has_no_width() -> None:
    face = FACES.face("Carlito")
    assert math.isnan(face.width("a☺"))
    assert math.isfinite(face.width_with_gaps("a☺"))


def test_text_is_divided_between_a_face_and_its_fallbacks_by_character() -> None:
    face = FACES.face("Carlito")
    other = face.fallbacks[0]
    box = next(
        chr(n) for n in other.characters if n not in face.characters and chr(n).isprintable() and n > 0x2100
    )
    assert face.divide(f"ab{box}{box}c") == [(face, "ab"), (other, box * 2), (face, "c")]
    assert face.divide("漢") == [(face, "漢")]


def test_only_faces_that_are_asked_for_are_loaded() -> None:
    fonts = {"Carlito": family("Carlito"), "Gone": family("Gone")}
    faces = Faces(fonts)
    faces.face("Carlito", italic=True)
    assert [Path(face.font.face.filename).name for face in faces._faces.values()] == ["Carlito-Italic.ttf"]


def test_a_file_that_is_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "Face.ttf"
    font = family("Carlito")
    widths = []
    for source in ("Carlito-Regular", "LiberationMono-Regular"):
        path.write_bytes((FONTS / f"{source}.ttf").read_bytes())
        faces = Faces({"F": type(font)("F", "F", path, path, path, path, ())})
        widths.append(faces.face("F").width("iii"))
    assert widths[0] != widths[1]


def drawn(text: str, *, language: str = "en") -> bytes:
    paper = Paper()
    flow = justified(language).flow((Text(text),), "body")
    flow.fit(200)
    flow.paint(paper, 60, 780)
    return paper.finish()


def test_documents_made_one_after_another_are_independent_and_equal() -> None:
    first = drawn(GREEK)
    drawn("Другие буквы раньше: совсем другие коды.", language="ru")
    assert drawn(GREEK) == first


def test_two_documents_can_be_drawn_in_turns() -> None:
    setter = justified("el")
    alone = {}
    for text in (GREEK, MANY):
        paper = Paper()
        setter.line(text, "body").paint(paper, 10, 700)
        alone[text] = paper.finish()
    papers = {text: Paper() for text in alone}
    for text in alone:
        setter.line(text, "body").paint(papers[text], 10, 700)
    for text, paper in papers.items():
        setter.line(text[:5], "body").paint(paper, 10, 600)
        assert pypdfium2.PdfDocument(paper.finish())[0].get_textpage().get_text_range().split("\r\n") == [
            text,
            text[:5].rstrip(),
        ]


def test_a_face_with_more_characters_than_a_subset_holds_prints_them_all() -> None:
    assert len(set(MANY)) > 256
    made = style()
    paper = Paper()
    Typesetter(made, Faces(made.fonts), "en").line(f"{MANY} and (back)", "body").paint(paper, 10, 700)
    pdf = pypdfium2.PdfDocument(paper.finish())
    assert pdf[0].get_textpage().get_text_range() == f"{MANY} and (back)"


def test_characters_that_a_pdf_string_escapes_are_printed() -> None:
    text = r"(a) \ b) [c] <d> %e /f #g"
    assert pypdfium2.PdfDocument(drawn(text))[0].get_textpage().get_text_bounded() == text


def test_a_soft_hyphen_looks_like_a_hyphen() -> None:
    for face in (FACES.face("Carlito"), FACES.face("LiberationSans", bold=True)):
        glyphs = face.font.face.charToGlyph
        assert glyphs[ord(SOFT_HYPHEN)] == glyphs[ord("-")]


def test_faces_with_one_postscript_name_in_two_files_do_not_meet(tmp_path: Path) -> None:
    other = tmp_path / "Other.ttf"
    with TTFont(FONTS / "LiberationMono-Regular.ttf") as font:
        for record in font["name"].names:
            if record.nameID == 6:
                record.string = "Carlito"
        font.save(other)
    faces = Faces(
        {"A": family("Carlito"), "B": type(family("Carlito"))("B", "B", other, other, other, other, ())}
    )
    assert faces.face("A").font.face.name != faces.face("B").font.face.name
