from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefpack.blocks import (
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    TableBlock,
)
from briefpack.document import RowKind
from briefpack.errors import Where
from briefpack.select import select
from briefpack.verdict import Kind
from tests.select.made import FILE, HERE, STAFF_ONLY, audience, pack, section, text


def test_headings_and_totals_of_a_table_go_with_its_rows_and_so_do_their_files():
    csv = Where(Path("pack/secret.csv"), 2, 1)
    rows = (
        AuthorRow((AuthorCell((text("group"),), csv),), csv, kind=RowKind.GROUP),
        AuthorRow((AuthorCell((text("row"),), HERE),), HERE, STAFF_ONLY),
        AuthorRow((AuthorCell((text("total"),), csv),), csv, kind=RowKind.TOTAL),
    )
    table = TableBlock((AuthorColumn(None, None, None),), rows, None, None, HERE)
    whole = replace(pack(section(text("kept"), table)), inputs=(FILE, csv.path))
    selection = select(whole, audience())
    assert len(selection.pack.sections[0].blocks) == 1
    assert selection.pack.inputs == (FILE,)
    assert [(v.title, v.included, v.reason) for v in selection.verdicts if v.kind is Kind.ROW] == [
        ("group", False, "everything under it is withheld"),
        ("row", False, "for staff only"),
        ("total", False, "every row of data in its table is withheld"),
    ]
