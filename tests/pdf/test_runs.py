from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.document import LineBreak, Text
from briefpack.pdf.breaking import first_fit, total_fit
from briefpack.pdf.runs import LedSegment, MixedSegment, PlainSegment, _segment, segments
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


@settings(deadline=None)
@given(
    st.sampled_from(["(R)\u00a0", "(S//REL)\u00a0"]),
    st.lists(
        st.sampled_from(
            [
                "a",
                "of",
                "regional",
                "cooperation",
                "co-operation",
                "Overindustrialisation",
                "www.example.org/a/b",
            ]
        ),
        min_size=1,
        max_size=30,
    ),
    st.floats(4, 400),
    st.booleans(),
    st.booleans(),
)
def test_a_mark_and_its_words_are_broken_as_any_text_in_two_inks(
    mark: str, words: list[str], width: float, hyphenate: bool, justify: bool
) -> None:
    setter = typesetter()
    quiet, ink = setter.ink("body", Text("", secondary=True)), setter.ink("body", Text(""))
    runs = [(mark, quiet), (" ".join(words), ink)]
    (led,) = segments(runs, ink, setter.faces)
    mixed = _segment(runs, ink, setter.faces)
    assert isinstance(led, LedSegment)
    assert isinstance(mixed, MixedSegment)

    def broken(segment: LedSegment | MixedSegment) -> list[tuple[object, ...]]:
        boxes = segment.boxes(hyphenate=hyphenate)
        lines = total_fit(boxes, width, segment.space) if justify else first_fit(boxes, width)
        return [
            (*line[:5], round(line.width, 6), [(id(i), w) for i, w in segment.runs(line)]) for line in lines
        ]

    # Only between a mark and its word a text in two inks may be broken, where nothing else helps; a mark stays with its word.
    if width > setter.line(mark + max(words, key=len), "body").width:
        assert broken(led) == broken(mixed)
    assert "".join("".join(each) for *_, runs in broken(led) for _, each in runs) == mark + "".join(words)
