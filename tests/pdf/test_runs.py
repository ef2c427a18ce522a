"""Texts with their inks are divided into segments without losing or doubling a space."""

from __future__ import annotations

from briefpack.document import LineBreak, Text
from briefpack.pdf.segments import MixedSegment, PlainSegment
from tests.pdf.paper import Paper, draw, extracted, typesetter


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


def test_spans_that_look_alike_are_one_ink_again() -> None:
    flow = typesetter().flow((Text("one "), Text("two"), LineBreak(), Text("three")), "body")
    assert [type(segment) for segment in flow._segments] == [PlainSegment, PlainSegment]
    flow = typesetter().flow((Text("one "), Text("two", strong=True)), "body")
    assert [type(segment) for segment in flow._segments] == [MixedSegment]


def test_an_empty_text_is_one_empty_line() -> None:
    for spans in ((), (Text(""),), (Text("  "),)):
        flow = typesetter().flow(spans, "body")
        assert draw(flow, 100).written == []
        assert flow.lines == 1
