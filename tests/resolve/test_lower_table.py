from __future__ import annotations

from briefpack.document import Align, Heads, Paragraph, RowKind, Table, Text
from tests.counting import steps
from tests.resolve.making import every
from tests.resolve.written import cells, lowered, resolution, said


def table(tmp_path, text: str, **keys: str) -> Table:
    (made,) = lowered(tmp_path, f"  - table: {{{text}}}\n", **keys)
    assert isinstance(made, Table)
    return made


def tails(made: Table, column: int) -> list[str]:
    found = (row.cells[column].blocks[0] for row in made.rows)
    return [block.tail for block in found if isinstance(block, Paragraph)]


# --------------------------------------------------------------------------- header rows


def test_neighbours_with_the_same_words_stand_below_them(tmp_path):
    made = table(
        tmp_path,
        "columns: [Partner, {title: '2024', group: Spending}, {title: '2025', group: Spending}, Trend], rows: [[a, b, c, d]]",
    )
    upper, lower = made.header
    assert [(cell.columns, cell.rows, cell.align) for cell in upper.cells] == [
        (1, 2, None),
        (2, 1, Align.CENTRE),
        (1, 2, None),
    ]
    assert cells(made)[:2] == [["Partner", "Spending", "Trend"], ["2024", "2025"]]
    assert len(lower.cells) == 2


def test_groups_that_do_not_touch_are_two_groups(tmp_path):
    made = table(tmp_path, "columns: [{title: a, group: g}, b, {title: c, group: g}], rows: [[d, e, f]]")
    assert cells(made)[0] == ["g", "b", "g"]


def test_groups_without_headings_below_are_one_row(tmp_path):
    made = table(tmp_path, "columns: [Partner, {group: g}, {group: g}], rows: [[a, b, c]]")
    assert cells(made)[:-1] == [["Partner", "g"]]
    assert [cell.rows for cell in made.header[0].cells] == [1, 1]


# --------------------------------------------------------------------------- rows


def test_a_heading_of_rows_is_one_cell_as_wide_as_the_table(tmp_path):
    made = table(tmp_path, "columns: [a, b], rows: [{group: Europe}, [c, d]]")
    row = made.rows[0]
    assert (row.kind, row.cells[0].columns, row.cells[0].heads) == (RowKind.GROUP, 2, Heads.GROUP)
    assert isinstance(row.cells[0].blocks[0], Paragraph)
    assert row.cells[0].blocks[0].role == "table-group"


def test_a_total_is_bold_and_its_first_cell_names_it(tmp_path):
    made = table(tmp_path, "columns: [a, b], rows: [[c, 1], {total: [Total, 1]}]")
    row = made.rows[1]
    assert (row.kind, row.cells[0].heads, row.cells[1].heads) == (RowKind.TOTAL, Heads.ROW, None)
    assert all(text.strong for text in every(row, Text))


def test_cells_of_a_column_that_heads_name_their_rows_but_empty_ones(tmp_path):
    made = table(
        tmp_path, "columns: [{title: a, heads: true}, b], rows: [[{text: c, rows: 2}, d], [e], ['', f]]"
    )
    assert [[cell.heads for cell in row.cells] for row in made.rows] == [
        [Heads.ROW, None],
        [None],
        [None, None],
    ]


def test_a_cell_that_covers_others_keeps_its_own_alignment(tmp_path):
    made = table(tmp_path, "columns: [a, b], rows: [[{text: c, columns: 2, align: centre}]]")
    (cell,) = made.rows[0].cells
    assert (cell.columns, cell.align) == (2, Align.CENTRE)


def test_a_group_goes_with_its_rows(tmp_path):
    blocks = (
        "  - table:\n      columns: [a, b]\n      rows:\n        - group: One\n        - {cells: [c, d], audiences: staff}\n"
        "        - group: Two\n        - [e, f]\n"
    )
    (made,) = lowered(tmp_path, blocks, "press")
    assert isinstance(made, Table)
    assert cells(made)[1:] == [["Two"], ["e", "f"]]


def test_a_total_behind_a_group_that_is_withheld_stays(tmp_path):
    blocks = (
        "  - table:\n      columns: [a]\n      rows:\n        - [x]\n        - group: One\n        - {cells: [c], audiences: staff}\n"
        "        - total: [t]\n"
    )
    (made,) = lowered(tmp_path, blocks, "press")
    assert isinstance(made, Table)
    assert cells(made)[1:] == [["x"], ["t"]]


def test_a_table_goes_when_only_its_total_is_left(tmp_path):
    blocks = "  - a\n  - table:\n      columns: [a]\n      rows:\n        - {cells: [c], audiences: staff}\n        - total: [d]\n"
    assert len(lowered(tmp_path, blocks)) == 2
    assert len(lowered(tmp_path, blocks, "press")) == 1


# --------------------------------------------------------------------------- decimals


def test_numbers_of_a_decimal_column_are_kept_off_the_edge_by_what_they_lack(tmp_path):
    made = table(
        tmp_path,
        "columns: [a, {title: b, decimal: true}], rows: [[x, 32.5], [x, 3], [x, n/a], [x, 45.25], {total: [x, 80.75]}]",
    )
    assert made.columns[1].align is Align.RIGHT
    assert tails(made, 1) == ["0", ".00", "", "", ""]


def test_a_decimal_column_may_come_from_a_csv_file(tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "t.csv").write_text("a;b\nx;1,5\ny;2\n", encoding="utf-8")
    made = table(tmp_path, "csv: t.csv, delimiter: ';', columns: [{heads: true}, {align: decimal}]")
    assert tails(made, 1) == ["", ",0"]
    assert [row.cells[0].heads for row in made.rows] == [Heads.ROW, Heads.ROW]


# --------------------------------------------------------------------------- below the table


def test_notes_and_source_stand_below(tmp_path):
    made = table(
        tmp_path,
        "columns: [a], rows: [['b^x^']], notes: {x: Provisional.}, source: budgets, as_of: 2025-04-03, caption: c",
    )
    assert [(note.mark, said(note.spans)) for note in made.notes] == [("x", "Provisional.")]
    assert said(made.source) == "Source: budgets, as of 3 April 2025"


# --------------------------------------------------------------------------- matrices


def test_a_matrix_names_its_rows_and_has_columns_of_one_width(tmp_path):
    (made,) = lowered(
        tmp_path,
        "  - matrix:\n      corner: Partner\n      columns: [Cyber, Industry]\n      rows:\n"
        "        - {head: Australia, cells: [talks since 2021, '']}\n        - {head: Japan, cells: [a, b], audiences: staff}\n"
        "    caption: Partners\n    id: partners\n",
        "press",
    )
    assert isinstance(made, Table)
    assert made.look == "matrix"
    assert made.caption is not None
    assert made.caption.label == "Table 1"
    assert cells(made) == [["Partner", "Cyber", "Industry"], ["Australia", "talks since 2021", ""]]
    head = made.rows[0].cells[0]
    assert head.heads is Heads.ROW
    assert all(text.strong for text in every(head, Text))
    assert made.columns[1].width == made.columns[2].width
    assert made.columns[0].width < 0.3


def test_a_matrix_is_referred_to_as_a_table(tmp_path):
    blocks = "  - matrix: {columns: [a], rows: [{head: b, cells: [c]}]}\n    caption: d\n    id: m\n  - see [[m]]\n"
    made = resolution(tmp_path, blocks)
    assert not made.findings


# --------------------------------------------------------------------------- work


def test_a_thousand_rows_are_five_times_the_work_of_two_hundred(tmp_path):
    def work(count: int) -> int:
        (tmp_path / "pack").mkdir(exist_ok=True)
        lines = "".join(f"{n},{n / 7:.2f},words and words\n" for n in range(count))
        (tmp_path / "pack" / "t.csv").write_text("a,b,c\n" + lines, encoding="utf-8")
        blocks = "  - table: {csv: t.csv, columns: [{heads: true}, {decimal: true}, ~]}\n"
        return steps(lambda: lowered(tmp_path, blocks))

    work(1)
    assert work(1000) < 5.1 * work(200)
