"""A Document without notes that says what a PDF says: their marks as links where they stand, and the notes as they are read out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from briefpack.document import CrossReference, NoteReference, Spans, Text, plain_text

_Node = TypeVar("_Node")


def marked(node: _Node) -> _Node:
    """With the marks of notes, but without the notes."""
    made: _Node = _changed(node, notes=False)
    return made


def with_notes(node: _Node) -> _Node:
    """With the marks of notes, and each note behind the words among which its mark stands."""
    made: _Node = _changed(node, notes=True)
    return made


def notes_of(node: Any) -> Iterator[NoteReference]:
    """The notes inside, in the order of their marks."""
    if isinstance(node, NoteReference):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from notes_of(each)
    elif is_dataclass(node):
        for field in fields(node):
            yield from notes_of(getattr(node, field.name))


def texts_of_notes(node: Any) -> list[str]:
    """The words of the notes inside, paragraph by paragraph; a mark stands before the first."""
    found: list[str] = []
    for note in notes_of(node):
        first, *others = map(plain_text, note.paragraphs)
        found += [f"{note.mark} {first}", *others]
    return found


def _changed(node: Any, *, notes: bool) -> Any:
    if isinstance(node, tuple):
        if not any(isinstance(each, NoteReference) for each in node):
            return tuple(_changed(each, notes=notes) for each in node)
        behind = [each for each in node if isinstance(each, NoteReference)] if notes else []
        words = [_mark(each) if isinstance(each, NoteReference) else each for each in node]
        return (*words, *(span for note in behind for span in _read_out(note)))
    if is_dataclass(node) and not isinstance(node, type):
        changed = {}
        for field in fields(node):
            was = getattr(node, field.name)
            now = _changed(was, notes=notes) if isinstance(was, tuple) or is_dataclass(was) else was
            if now is not was:
                changed[field.name] = now
        return replace(node, **changed) if changed else node
    return node


def _mark(note: NoteReference) -> CrossReference:
    return CrossReference(note.anchor, (Text(note.mark),))


def _read_out(note: NoteReference) -> Iterator[Any]:
    yield Text(f" {note.mark} ")
    for paragraph in note.paragraphs:
        yield from paragraph
        yield Text(" ")


def spans_with_marks(spans: Spans) -> str:
    """The words of spans, with the marks of notes."""
    return plain_text(marked(spans))
