"""What spans say without their look, and the mark that a portion begins with."""

from __future__ import annotations

from pathlib import Path

from briefpack.document import (
    CrossReference,
    LineBreak,
    Link,
    NoteReference,
    Text,
    plain_text,
    portion_mark,
    with_mark,
)
from briefpack.errors import Where

WHERE = Where(Path("made.yaml"), 1, 1)


def test_words_are_said_without_their_look_and_without_notes() -> None:
    spans = (
        Text("See ", strong=True),
        Link("https://example.org", (Text("the "), Text("site", code=True))),
        LineBreak(),
        CrossReference("s3", (Text("section 3"),)),
        NoteReference(1, "1", "n1", ((Text("A note."),),), WHERE),
        Text("."),
    )

    assert plain_text(spans) == "See the site section 3."
    assert plain_text(()) == ""


def test_a_mark_stands_before_its_title() -> None:
    assert with_mark("", "Title") == (Text("Title"),)
    mark, rest = portion_mark(with_mark("(R)\u00a0", "Title"))
    assert (mark, rest) == ("(R)\u00a0", (Text("Title"),))
    assert portion_mark((Text("(R)"),)) == ("", (Text("(R)"),))
    assert portion_mark(()) == ("", ())
