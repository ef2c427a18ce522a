"""White space in the words of others: what is printed of it."""

from __future__ import annotations

from briefpack.document import LineBreak, Link, Position, Text
from briefpack.reading.foreign_spans import trimmed


def test_words_have_one_space_between_them_and_none_at_their_ends() -> None:
    spans = (Text(" a  "), Text(" b", strong=True), Text("\u00a0 c "))
    assert trimmed(spans) == (Text("a "), Text("b", strong=True), Text(" c"))


def test_lines_neither_begin_nor_end_with_space_or_an_empty_line() -> None:
    spans = (LineBreak(), Text("a "), LineBreak(), Text(" b"), LineBreak(), Text(" "), LineBreak())
    assert trimmed(spans) == (Text("a"), LineBreak(), Text("b"))


def test_space_at_the_border_of_a_link_is_printed_once() -> None:
    spans = (Text("a "), Link("https://b", (Text(" c ", position=Position.SUPER),)), Text(" d"))
    assert trimmed(spans) == (
        Text("a "),
        Link("https://b", (Text("c ", position=Position.SUPER),)),
        Text("d"),
    )


def test_a_link_without_words_goes() -> None:
    assert trimmed((Text("a "), Link("https://b", (Text(" "),)))) == (Text("a"),)
