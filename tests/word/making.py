"""Small Documents made of a few blocks, written and looked at."""

from __future__ import annotations

from dataclasses import replace

from briefpack.document import (
    Block,
    Cell,
    Column,
    Document,
    NoteReference,
    Paragraph,
    Row,
    RowKind,
    Section,
    Spans,
    Table,
    Text,
    TocEntry,
    TocKind,
)
from briefpack.style import Style
from tests.samples import WHERE, sample_document, words
from tests.word.opened import Opened, faults, written


def say(text: str | Spans, role: str = "body", **more: object) -> Paragraph:
    return Paragraph(words(text) if isinstance(text, str) else text, WHERE, role, **more)  # type: ignore[arg-type]  # keywords of Paragraph


def cell(text: str | Spans, role: str = "table-cell", *, tail: str = "", **more: object) -> Cell:
    return Cell((say(text, role, tail=tail),), **more)  # type: ignore[arg-type]  # keywords of Cell


def row(*cells: Cell, kind: RowKind = RowKind.BODY) -> Row:
    return Row(cells, WHERE, kind)


def table(*rows: Row, columns: int = 3, header: tuple[Row, ...] = (), **more: object) -> Table:
    fields: dict[str, object] = {"anchor": "tbl_made", "where": WHERE, **more}
    return Table(tuple(Column(1 / columns) for _ in range(columns)), header, rows, **fields)  # type: ignore[arg-type]  # keywords of Table


def note(number: int, *paragraphs: str | Spans, mark: str | None = None) -> NoteReference:
    spans = tuple(words(each) if isinstance(each, str) else each for each in paragraphs)
    return NoteReference(number, mark or str(number), f"note_{number}", spans, WHERE)


def noted(text: str, *notes: NoteReference, role: str = "body") -> Paragraph:
    return Paragraph((Text(text), *notes), WHERE, role)


def pack(*sections: tuple[Block, ...], landscape: frozenset[int] = frozenset(), **meta: object) -> Document:
    """A pack without annexes, a section for each tuple of blocks. landscape: positions of sections that lie on their side."""
    made = tuple(
        Section(str(n), f"Title {n}", f"sec_{n}", (), blocks, WHERE, landscape=n - 1 in landscape)
        for n, blocks in enumerate(sections, 1)
    )
    contents = tuple(TocEntry(TocKind.SECTION, 1, each.number, each.title, each.anchor) for each in made)
    return replace(sample_document(annexes=(), **meta), sections=made, contents=contents)


def opened(*blocks: Block, style: Style | None = None, **meta: object) -> Opened:
    """A pack of one section with these blocks, written; it has no faults."""
    found = written(pack(blocks, **meta), style)
    assert faults(found) == []
    return found
