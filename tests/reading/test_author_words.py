"""What spans say, and which of them are one."""

from __future__ import annotations

from pathlib import Path

from briefpack.blocks import Note, Reference
from briefpack.document import LineBreak, Link, Text
from briefpack.errors import Where
from briefpack.reading.author_words import is_blank, joined, joined_texts, plain_words

HERE = Where(Path("a.yaml"), 1, 1)
REFERENCE = Reference("north", None, (Text("the north"),), HERE)
NOTE = Note(((Text("aside"),),), None, HERE)


def test_words_are_those_of_links_and_references_and_not_those_of_notes() -> None:
    spans = (Text("a", strong=True), LineBreak(), Link("https://b", (Text("c"),)), NOTE, Text(" "), REFERENCE)
    assert plain_words(spans) == "a c the north"


def test_a_reference_always_prints_something() -> None:
    assert is_blank(())
    assert is_blank((Text(" "), LineBreak(), NOTE))
    assert not is_blank((Text("a"),))
    assert not is_blank((Reference("north", None, (), HERE),))


def test_neighbours_that_look_alike_are_one_text() -> None:
    texts = (Text("a"), Text("b"), Text("c", strong=True), Text("d", strong=True), Text("e"))
    assert list(joined_texts(texts)) == [Text("ab"), Text("cd", strong=True), Text("e")]


def test_what_stands_between_keeps_texts_apart() -> None:
    assert joined((Text("a"), Text("b"), LineBreak(), Text("c"), NOTE, Text("d"), Text("e"))) == (
        Text("ab"),
        LineBreak(),
        Text("c"),
        NOTE,
        Text("de"),
    )
    assert joined(()) == ()
