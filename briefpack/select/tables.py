"""A table for one audience: its rows, the headings of groups and the totals that go with them, and the notes below it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefpack.blocks import AuthorCell, AuthorRow, AuthorTableNote, TableBlock
from briefpack.document import RowKind
from briefpack.limits import EVERYBODY
from briefpack.select.emptied import bare_groups, has_data
from briefpack.select.judging import Open
from briefpack.select.kept_notes import marks_in, with_notes
from briefpack.select.kept_rows import without_rows
from briefpack.select.kept_words import with_settled
from briefpack.select.spans import are_plain
from briefpack.select.walk import EMPTIED_HEADING, Walk
from briefpack.verdict import Kind, opening, opening_of_row

EMPTIED_TABLE = "every row of data in its table is withheld"
UNREFERRED = "nothing that is left refers to it"


def cut_table(walk: Walk, table: TableBlock, opened: Open) -> TableBlock | None:
    """What stays of a table. opened: its verdict, which is written."""
    rows = cut_rows(walk, table)
    made = replace(table, rows=rows)
    notes = _notes(walk, table, made) if table.notes else ()
    if not walk.close(opened, emptied=has_data(table.rows) and not rows):
        return None
    made = with_notes(made, {note.mark for note in notes})
    if walk.conditional:
        columns = tuple(with_settled(column, walk.settle) for column in made.columns)
        notes = tuple(with_settled(note, walk.settle) for note in made.notes)
        made = replace(made, columns=columns, notes=notes)
    return walk.kept(made)


def _notes(walk: Walk, written: TableBlock, left: TableBlock) -> tuple[AuthorTableNote, ...]:
    """The notes that stay below a table whose rows have been cut."""
    gone = marks_in(written) - marks_in(left)
    kept = (cut_note(walk, note, referred=note.mark not in gone) for note in written.notes)
    return tuple(note for note in kept if note is not None)


def cut_note(walk: Walk, note: AuthorTableNote, *, referred: bool) -> AuthorTableNote | None:
    """A note below a table. referred: whether anything that is left of the table refers to it, where anything did; otherwise it would tell of what is withheld."""
    if note.limits == EVERYBODY and referred and walk.policy is None:
        return note
    opened = walk.open(
        Kind.NOTE,
        opening(note.spans),
        note.where,
        note.limits,
        reason=None if referred else UNREFERRED,
        gets=referred,
        leaf=True,
    )
    return replace(note, limits=walk.left) if walk.close(opened) else None


def cut_rows(walk: Walk, table: TableBlock) -> tuple[AuthorRow, ...]:
    """The rows that stay, without headings of groups and totals that lost all their rows. Cells cover the rows that are left of those they covered."""
    kept: list[AuthorRow | None] = []
    verdicts: list[range] = []
    paths: dict[int, set[Path]] = {}
    """Of the rows that may go for the sake of others: the files that they came from."""
    own = walk.paths
    for number, row in enumerate(table.rows):
        first = len(walk.verdicts)
        if row.kind is not RowKind.BODY:
            walk.paths = paths[number] = set()
        kept.append(cut_row(walk, row))
        walk.paths = own
        verdicts.append(range(first, len(walk.verdicts)))
    everything = has_data(table.rows) and not has_data(filter(None, kept))
    bare = bare_groups(table.rows, kept)
    for number, files in paths.items():
        if kept[number] is None:
            continue
        if everything or number in bare:
            kept[number] = None
            walk.withdraw(verdicts[number], EMPTIED_HEADING if number in bare else EMPTIED_TABLE)
        else:
            own |= files
    return without_rows(table.rows, kept, len(table.columns))


def cut_row(walk: Walk, row: AuthorRow) -> AuthorRow | None:
    opened = walk.open(
        Kind.ROW,
        opening_of_row(row),
        row.where,
        row.limits,
        leaf=all(are_plain(c.blocks) for c in row.cells),
        titled=False,
    )
    cells = walk.each(cut_cell, row.cells)
    if not walk.close(opened):
        return None
    walk.paths.add(row.where.path)
    return walk.kept(row, cells=cells)


def cut_cell(walk: Walk, cell: AuthorCell) -> AuthorCell:
    return replace(cell, blocks=walk.blocks(cell.blocks, inside=True, lead=len(cell.blocks)))
