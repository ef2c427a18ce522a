"""The notes below a table, and what is left of them and of their marks when rows or notes are withheld; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from string import ascii_lowercase
from typing import Any

from briefpack.blocks import AuthorTableNote, TableBlock
from briefpack.document import Position, Text


def marks_in(table: TableBlock) -> frozenset[str]:
    """The raised marks in its heads, its caption and its cells; several at one place stand with commas between them."""
    return frozenset(_marks((table.columns, table.caption, table.rows)))


def _marks(value: Any) -> Iterator[str]:
    if isinstance(value, Text):
        if value.position is Position.SUPER:
            yield from (mark.strip() for mark in value.text.split(","))
    elif type(value) is tuple:
        for each in value:
            yield from _marks(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _marks(getattr(value, each.name))


def with_notes(table: TableBlock, kept: Collection[str]) -> TableBlock:
    """The table with those of its notes whose marks are kept; the marks of the others go. Marks that count on (a, b, c or 1, 2, 3) go on counting
    without a gap."""
    if len(kept) == len(table.notes):
        return table
    new: dict[str, str] = dict(_closed_up([note.mark for note in table.notes], kept))
    notes = tuple(replace(note, mark=new[note.mark]) for note in table.notes if note.mark in kept)
    gone = {note.mark for note in table.notes} - set(kept)
    return replace(
        table,
        columns=_marked(table.columns, new, gone),
        caption=_marked(table.caption, new, gone),
        rows=_marked(table.rows, new, gone),
        notes=notes,
    )


def _closed_up(marks: list[str], kept: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every kept mark and what it becomes."""
    left = [mark for mark in marks if mark in kept]
    for run in (list(ascii_lowercase), [str(number) for number in range(1, len(marks) + 1)]):
        if marks == run[: len(marks)]:
            yield from zip(left, run, strict=False)
            return
    yield from zip(left, left, strict=True)


def _marked(value: Any, new: Mapping[str, str], gone: Collection[str]) -> Any:
    """A value with the raised marks in it as they have become."""
    if type(value) is tuple:
        made = tuple(each for each in (_marked(each, new, gone) for each in value) if each is not None)
        return (
            value
            if len(made) == len(value) and all(a is b for a, b in zip(made, value, strict=True))
            else made
        )
    if isinstance(value, Text):
        return _mark(value, new, gone)
    if not is_dataclass(value) or isinstance(value, type | AuthorTableNote):
        return value
    changes = {}
    for each in fields(value):
        before = getattr(value, each.name)
        if type(before) is tuple or is_dataclass(before):
            after = _marked(before, new, gone)
            if after is not before:
                changes[each.name] = after
    return replace(value, **changes) if changes else value


def _mark(text: Text, new: Mapping[str, str], gone: Collection[str]) -> Text | None:
    """A raised text with its marks as they have become; None where all of them go."""
    if text.position is not Position.SUPER:
        return text
    marks = [mark.strip() for mark in text.text.split(",")]
    if not any(mark in new or mark in gone for mark in marks):
        return text
    left = [new.get(mark, mark) for mark in marks if mark not in gone]
    if not left:
        return None
    return text if left == marks else replace(text, text=",".join(left))
