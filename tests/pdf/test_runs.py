from __future__ import annotations

from briefpack.document import LineBreak, Text
from briefpack.pdf.runs import MixedSegment, PlainSegment
from tests.pdf.paper import Paper, draw, extracted, typesetter


def test_characters_a_font_lacks_are_lent_by_its_fallback() -> None:
    setter = typesetter()
    carlito, other = setter.faces.face("Carlito"), setter.faces.face("LiberationSans")
    char = next(
        chr(n)
        for n in sorted(other.characters)
        if n > 0x2100 and n not in carlito.characters and chr(n).isprintable()
    )
    text = f"before {char}word{char} after"
    paper = Paper()
    flow = setter.flow((Text(text),), "body")
    flow.fit(300)
    flow.paint(paper, 60, 700)
    assert extracted(paper) == text
    assert paper.written[0].count(" Tf") == 5


def test_spaces_between_spans_are_neither_lost_nor_doubled() -> None:
    setter = typesetter()
    spans = (
        Text(" a "),
        Text(" b", strong=True),
        Text("c "),
        Text(""),
        Text("\td\n", emphasis=True),
        LineBreak(),
        Text(" e "),
    )
    paper = Paper()
    flow = setter.flow(spans, "body")
    flow.fit(300)
    flow.paint(paper, 60, 700)
    assert extracted(paper) == "a bc d \r\ne"


def test_equal_looks_share_an_ink_and_its_caches() -> None:
    setter = typesetter()
    assert setter.ink("body", Text("x")) is setter.ink("body", Text("y"))
    assert setter.ink("body", Text("x")).sized is setter.ink("secondary", Text("x")).sized


def test_spans_that_look_alike_are_one_ink_again() -> None:
    flow = typesetter().flow((Text("one "), Text("two"), LineBreak(), Text("three")), "body")
    assert [type(segment) for segment in flow._segments] == [PlainSegment, PlainSegment]
    flow = typesetter().flow((Text("one "), Text("two", strong=True)), "body")
    assert [type(segment) for segment in flow._segments] == [MixedSegment]


def test_a_word_in_two_inks_is_not_broken_between_them() -> None:
    flow = typesetter().flow((Text("govern"), Text("ment", strong=True), Text(", of course")), "body")
    flow.fit(62)
    assert [(placed.line.last, placed.line.cut) for placed in flow._lines] == [(1, 0), (3, 0)]


def test_an_empty_text_is_one_empty_line() -> None:
    for spans in ((), (Text(""),), (Text("  "),)):
        flow = typesetter().flow(spans, "body")
        assert draw(flow, 100).written == []
        assert flow.lines == 1
