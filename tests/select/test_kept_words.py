from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefpack.blocks import Note, Record, Reference
from briefpack.document import LineBreak, Text
from briefpack.errors import Where
from briefpack.select.kept_words import is_blank, settled, with_settled

HERE = Where(Path("a.yaml"), 1, 1)
NOTE = Note(((Text("gone"),),), None, HERE)


def without_notes(span):
    return () if isinstance(span, Note) else (span,)


@pytest.mark.parametrize(
    ("before", "behind", "left"),
    [
        ("said", ".", "said."),
        ("said ", ".", "said."),
        ("said ", " and more", "said and more"),
        ("said ", "and more", "said and more"),
        ("said ", None, "said"),
        (" ", None, ""),
    ],
)
def test_what_goes_leaves_no_gap(before, behind, left):
    spans = (Text(before), NOTE, *([] if behind is None else [Text(behind)]))
    assert "".join(span.text for span in settled(spans, without_notes)) == left


def test_spans_in_which_nothing_goes_are_the_same():
    spans = (Text("a "), LineBreak(), Text(" b"))
    assert settled(spans, without_notes) is spans


def test_a_node_is_settled_in_every_field_that_has_spans():
    record = Record(((Text("a"), NOTE), date(2025, 4, 2), (NOTE,), None), HERE)
    made = with_settled(record, without_notes)
    assert made.values == ((Text("a"),), date(2025, 4, 2), (), None)
    assert with_settled(made, without_notes) is made


def test_what_prints_nothing_is_blank():
    assert is_blank(())
    assert is_blank((Text(" "), LineBreak()))
    assert not is_blank((NOTE,))
    assert not is_blank((Reference("a", None, (), HERE),))
