from __future__ import annotations

import re

import pytest

from briefpack.document import Align, Link, Text
from briefpack.pdf.fonts import Faces
from briefpack.pdf.text import Label, OneLine, Typesetter
from briefpack.style import Colour, Length
from tests.pdf.paper import Paper, extracted, style, typesetter

X = (Text("x"),)


def drawn(line: OneLine) -> Paper:
    paper = Paper()
    line.paint(paper, 60, 700)
    return paper


def test_a_line_is_as_wide_as_its_words() -> None:
    setter = typesetter()
    face = setter.faces.face("Carlito")
    assert setter.line("Some words", "body").width == pytest.approx(11 * face.width("Some words"))
    assert setter.line("", "body").width == 0


def test_a_line_says_its_words_spaces_and_all() -> None:
    assert "(Page  3 of 12) Tj" in drawn(typesetter().line("Page  3 of 12", "body")).written[0]


def test_a_line_that_is_too_wide_is_cut_at_a_word_with_an_ellipsis() -> None:
    setter = typesetter()
    words = "Western Balkans, Ukraine and the Indo-Pacific"
    room = setter.line("Western Balkans, Ukr", "body").width
    line = setter.line(words, "body", at_most=room)
    assert line.width <= room
    assert extracted(drawn(line)) == "Western Balkans…"
    assert setter.line(words, "body", at_most=1000).width == setter.line(words, "body").width
    assert extracted(drawn(setter.line("Internationalisation", "body", at_most=50))).endswith("…")


def test_operators_are_those_that_paint_writes() -> None:
    setter = typesetter()
    line = setter.line("Annex A, p. 3", "body")
    paper = drawn(line)
    assert line.operators(paper.pdf, 60, 700) == paper.written[0]
    assert paper.written[0].startswith("BT")


def test_looks_of_a_span_choose_the_face() -> None:
    setter = typesetter()
    faces = setter.faces
    looks = {
        Text("x"): faces.face("Carlito"),
        Text("x", strong=True): faces.face("Carlito", bold=True),
        Text("x", emphasis=True): faces.face("Carlito", italic=True),
        Text("x", strong=True, emphasis=True): faces.face("Carlito", bold=True, italic=True),
        Text("x", code=True): faces.face("LiberationMono"),
    }
    for span, face in looks.items():
        assert setter.ink("body", span).sized.face is face
    italic = typesetter(italic=True)
    assert italic.ink("body", Text("x", emphasis=True)).sized.face is italic.faces.face("Carlito")


def test_secondary_text_takes_the_secondary_role_s_colour() -> None:
    setter = typesetter()
    assert setter.ink("body", Text("x", secondary=True)).tint == setter.ink("secondary", Text("x")).tint
    assert setter.ink("body", Text("x")).tint != setter.ink("secondary", Text("x")).tint


def test_a_colour_of_its_own_holds_for_plain_text_and_not_for_links() -> None:
    setter = typesetter()
    spans = (Text("a "), Text("b", strong=True), Text(" "), Link("https://example.org", (Text("c"),)))
    paper = Paper()
    flow = setter.flow(spans, "body", colour=Colour(255, 0, 0))
    flow.fit(300)
    flow.paint(paper, 60, 700)
    tints = re.findall(r"\S+ \S+ \S+ rg(?=\n1 0 0 1|\n\()", paper.written[0])
    assert tints == ["1 0 0 rg", "0.1059 0.2118 0.3647 rg"]


@pytest.mark.parametrize(
    ("language", "text", "capitals"),
    [("en", "straße", "STRASSE"), ("tr", "istanbul", "İSTANBUL"), ("el", "Υπουργών Αϊτή", "ΥΠΟΥΡΓΩΝ ΑΪΤΗ")],
)
def test_capitals_are_those_of_the_language(language: str, text: str, capitals: str) -> None:
    assert extracted(drawn(typesetter(language).line(text, "caption"))) == capitals


def test_a_role_s_space_and_keeping_hold_unless_told_otherwise() -> None:
    setter = typesetter(before=Length(2), after=Length(5), keep_with_next=True)
    flow = setter.flow(X, "body")
    assert (flow.before, flow.after, flow.keep_with_next) == (2, 5, True)
    flow = setter.flow(X, "body", before=0, after=1, keep_with_next=False)
    assert (flow.before, flow.after, flow.keep_with_next) == (0, 1, False)


def test_a_label_has_its_own_role_and_colour() -> None:
    setter = typesetter()
    paper = Paper()
    flow = setter.flow((Text("words"),), "body", label=Label("—", 17, Colour(0, 0, 255), "caption"))
    flow.fit(300)
    flow.paint(paper, 60, 700)
    before, after = paper.written[0].split("rg", 1)
    assert before.endswith("0 0 1 ")
    assert "9 Tf" in before
    assert "11 Tf" in after


def test_a_span_in_another_language_is_divided_by_its_own_patterns() -> None:
    word = "Außenministerkonferenzen"
    made = style(align=Align.JUSTIFY, hyphenate=True)
    setter = Typesetter(made, Faces(made.fonts), "x-none")
    lines = {}
    for language in (None, "de"):
        flow = setter.flow((Text("An "), Text(word, language=language), Text(" of words")), "body")
        flow.fit(90)
        lines[language] = [placed.line.hyphen for placed in flow._lines]
    assert not any(lines[None])
    assert any(lines["de"])
