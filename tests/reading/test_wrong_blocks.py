"""Wrong blocks of a brief, wrong tables, blocks in the wrong place: every fault once, at its line and column, with a fact and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.reading.read_pack import read_pack
from tests.reading.test_wrong_packs import check, folder

__all__ = ["folder"]

_IMAGE = "image: p.png\n      alt: A picture of a table"

# name: (blocks, words of the message, words of the remedy)
BLOCKS: dict[str, tuple[str, str, str]] = {
    # --- points, questions
    "points as text": ("  - points: ¤all", "a list of points is asked for", "`- `"),
    "no points": ("  - points: ¤[]", "it is empty", "at least 1"),
    "unknown priority": (
        "  - points:\n      - {text: a, priority: ¤urgent}",
        "“urgent” is none of the choices",
        "choices: high, low",
    ),
    "priority of a list item": (
        "  - list:\n      - {text: a, ¤priority: high}",
        "unknown key `priority`",
        "known keys: text",
    ),
    "group of points without points": (
        "  - points:\n      - ¤to: the table",
        "does not say what it is",
        "points",
    ),
    "question without a line": (
        "  - questions:\n      - ¤question: a",
        "the key `line` is missing",
        "line to take",
    ),
    "line without a question": (
        "  - questions:\n      - ¤line: a",
        "the key `question` is missing",
        "may be raised",
    ),
    "question as text": ("  - questions: [¤a]", "a group of keys (if raised)", "its keys: question"),
    # --- facts, definitions
    "facts as text": ("  - facts: ¤a", "a list of facts, or a group of labels", ""),
    "no facts": (
        "  - facts: ¤{}",
        "a group of labels and texts is asked for here; it is empty",
        "at least 1",
    ),
    "fact without a text": ("  - facts: [¤{label: a}]", "the key `text` is missing", "What it says"),
    "fact with nothing behind it": ("  - facts: {Capital: ¤~}", "text is asked for here; found nothing", ""),
    "fact with a list behind it": ("  - facts: {Capital: ¤[a]}", "text is asked for here; found a list", ""),
    "facts of no day": (
        "  - facts: {a: b}\n    as_of: ¤April",
        "a date such as 2025-04-03 is asked for",
        "",
    ),
    "definition without a term": (
        "  - definitions: [¤{text: a}]",
        "the key `term` is missing",
        "What is explained",
    ),
    # --- key figures
    "key figure without a label": (
        "  - key_figures: [¤{value: 32}]",
        "the key `label` is missing",
        "What it counts",
    ),
    "key figures as a group": (
        "  - key_figures: ¤{value: 32, label: Allies}",
        "a list of key figures is asked for",
        "`- `",
    ),
    # --- quotations
    "quotation of nothing": ("  - quote: ¤''", "`quote` is empty", ""),
    "quotation as a group": ("  - quote: ¤{text: a}", "text is asked for", ""),
    "quotation of no day": ("  - quote: a\n    date: ¤2025-02-30", "not in the calendar", "check day"),
    "misspelt key of a quotation": ("  - quote: a\n    ¤soruce: b", "unknown key `soruce`", "`source`"),
    # --- timelines
    "entry without a date": (
        "  - timeline:\n      - ¤text: a",
        "does not say when it was",
        "or `when:` with words",
    ),
    "entry with both": (
        "  - timeline:\n      - {date: 2025-04-03, ¤when: spring, text: a}",
        "a `date` or words for it, not both",
        "delete one",
    ),
    "until without a date": (
        "  - timeline:\n      - {when: spring, ¤until: 2025-04-03, text: a}",
        "the first is missing",
        "add `date:`",
    ),
    "until before date": (
        "  - timeline:\n      - {date: 2025-04-03, until: ¤2025-04-02, text: a}",
        "`until` is before `date`",
        "exchange the two",
    ),
    "until the same day": (
        "  - timeline:\n      - {date: 2025-04-03, until: ¤2025-04-03, text: a}",
        "the same day as `date`",
        "delete `until:`",
    ),
    "date of an entry in words": (
        "  - timeline:\n      - {date: ¤3 April, text: a}",
        "a date such as",
        "",
    ),
    "entry without a text": ("  - timeline:\n      - ¤when: spring", "the key `text` is missing", "happens"),
    # --- matrices
    "matrix without topics": (
        "  - matrix: ¤{rows: [{head: a, cells: [b]}]}",
        "the key `columns` is missing",
        "the headings",
    ),
    "short row of a matrix": (
        "  - matrix: {columns: [a, b], rows: [{head: c, cells: ¤[d]}]}",
        "there are 1 cells here, and 2 headings",
        'write "" for an empty cell',
    ),
    "row of a matrix without a name": (
        "  - matrix: {columns: [a], rows: [¤{cells: [d]}]}",
        "the key `head` is missing",
        "the row is about",
    ),
    "row of a matrix as a list": (
        "  - matrix: {columns: [a], rows: [¤[b, c]]}",
        "a group of keys (matrix row) is asked for",
        "its keys: head, cells",
    ),
    # --- signatures, clearance
    "signature without a name": (
        "  - signatures: [¤{office: a}]",
        "the key `name` is missing",
        "Who signs",
    ),
    "step of two kinds": (
        "  - clearance: [{drafted: a, ¤cleared: b}]",
        "one clearance step cannot be both",
        "`- cleared:`",
    ),
    "step of no kind": (
        "  - clearance: [{¤claered: a}]",
        "does not say what it is",
        "did you mean `cleared`?",
    ),
    "own step without a name": (
        "  - clearance: [¤{step: Seen}]",
        "the key `by` is missing",
        "desk or person",
    ),
    "by beside drafted": (
        "  - clearance: [{drafted: a, ¤by: b}]",
        "unknown key `by`",
        "known keys: drafted",
    ),
    # --- tables
    "decimal and aligned": (
        "  - table: {columns: [{title: a, decimal: true, align: ¤right}], rows: []}",
        "aligned at its decimal signs",
        "delete `align:`",
    ),
    "decimal that is neither": (
        "  - table: {columns: [{title: a, decimal: ¤yes}], rows: []}",
        "true or false",
        "write true",
    ),
    "cell that covers nothing": (
        "  - table: {columns: [a], rows: [[{text: b, columns: ¤0}]]}",
        "a whole number from 1",
        "",
    ),
    "cell wider than its table": (
        "  - table: {columns: [a, b], rows: [[c, ¤{text: d, columns: 2}]]}",
        "this cell reaches beyond the table's 2 columns",
        "cover fewer columns",
    ),
    "row with a place left": (
        "  - table: {columns: [a, b, c], rows: [¤[{text: d, columns: 2}]]}",
        "this row fills 2 of the table's 3 columns",
        'write "" for an empty cell',
    ),
    "row with a cell too many": (
        "  - table:\n      columns: [a, b]\n      rows:\n        - [{text: c, rows: 2}, d]\n        - [e, ¤f]",
        "this cell reaches beyond the table's 2 columns",
        "a cell from a row above needs none here",
    ),
    "cells that overlap": (
        "  - table:\n      columns: [a, b]\n      rows:\n        - [c, {text: d, rows: 2}]\n        - [¤{text: e, columns: 2}]",
        "one of them has a cell from a row above",
        "the cell above fewer rows",
    ),
    "cell that reaches out below": (
        "  - table: {columns: [a, b], rows: [[c, ¤{text: d, rows: 3}]]}",
        "this cell covers 3 rows, and reaches below the last row",
        "or add rows",
    ),
    "heading of a group below a tall cell": (
        "  - table:\n      columns: [a, b]\n      rows:\n        - [{text: c, rows: 2}, d]\n        - ¤group: e",
        "a cell from a row above reaches into its row",
        "cover fewer rows",
    ),
    "row of no kind": (
        "  - table: {columns: [a], rows: [{¤cels: [b]}]}",
        "does not say what it is (unknown key `cels`)",
        "did you mean `cells`?",
    ),
    "row of two kinds": (
        "  - table: {columns: [a], rows: [{cells: [b], ¤total: [c]}]}",
        "cannot be both `cells` and `total`",
        "",
    ),
    "heading of a group that is a list": (
        "  - table: {columns: [a], rows: [{group: ¤[b]}]}",
        "text is asked for here; found a list",
        "",
    ),
    "short row of totals": (
        "  - table: {columns: [a, b], rows: [[c, d], ¤{total: [e]}]}",
        "this row has 1 cell, the table has 2 columns",
        "",
    ),
    "mark of a note": (
        "  - table: {columns: [a], rows: [], notes: {¤a note: b}}",
        "`a note` cannot be a name here",
        "the mark of a note",
    ),
    "notes as a list": ("  - table: {columns: [a], rows: [], notes: ¤[b]}", "a group of notes", ""),
    "table of no day": (
        "  - table: {columns: [a], rows: [], as_of: ¤2025}",
        "a date such as",
        "",
    ),
    # --- what arranges others
    "one column": ("  - columns: [a]\n    count: ¤1", "a whole number from 2 to 3", ""),
    "no columns": ("  - columns: ¤[]", "it is empty", "at least 1"),
    "columns as text": ("  - columns: ¤a", "a list of blocks is asked for", "`- `"),
    "one break too many": (
        "  - columns:\n      - a\n      - column_break: true\n      - b\n      - ¤column_break: true\n      - c",
        "there are 2 columns, and this break begins another",
        "or write `count: 3`",
    ),
    "picture beside nothing": (
        f"  - beside:\n      ¤{_IMAGE}",
        "the key `blocks` is missing",
        "beside the picture",
    ),
    "picture beside without words for it": (
        "  - beside:\n      ¤image: p.png\n      blocks: [a]",
        "the key `alt` is missing",
        "do not see it",
    ),
    "picture at no side": (
        f"  - beside:\n      {_IMAGE}\n      side: ¤top\n      blocks: [a]",
        "“top” is none of the choices",
        "left, right",
    ),
    "missing picture beside": (
        "  - beside:\n      image: ¤q.png\n      alt: A picture of a table\n      blocks: [a]",
        "there is no picture",
        "p.png",
    ),
    # --- where they may stand
    "column break outside columns": (
        "  - a\n  - ¤column_break: true",
        "a column break stands among the blocks of columns",
        "page_break",
    ),
    "column break deeper in columns": (
        "  - columns:\n      - keep:\n          - a\n          - ¤column_break: true",
        "a column break stands among the blocks of columns",
        "right below `columns:`",
    ),
    "columns in columns": (
        "  - columns:\n      - ¤columns: [a]",
        "columns cannot stand in columns",
        "before or behind the columns",
    ),
    "columns in a callout": (
        "  - callout: a\n    blocks:\n      - ¤columns: [b]",
        "columns cannot stand in a callout",
        "before or behind the callout",
    ),
    "columns in what stays together": (
        "  - keep:\n      - ¤columns: [b]",
        "columns cannot stand in a keep block",
        "before or behind the keep block",
    ),
    "columns in a cell": (
        "  - table: {columns: [a], rows: [[{blocks: [¤{columns: [b]}]}]]}",
        "columns cannot stand in a table cell",
        "before or behind the table cell",
    ),
    "landscape pages in columns": (
        "  - columns:\n      - ¤landscape: [a]",
        "a landscape block cannot stand in columns",
        "pages of its own",
    ),
    "landscape pages in landscape pages": (
        "  - landscape:\n      - ¤landscape: [a]",
        "a landscape block cannot stand in a landscape block",
        "pages of its own",
    ),
    "page break in columns": (
        "  - columns:\n      - a\n      - ¤page_break: true",
        "a page break cannot stand in columns",
        "before or behind the columns",
    ),
    "page break in a list item": (
        "  - list:\n      - text: a\n        blocks: [¤page_break: true]",
        "a page break cannot stand in a list item",
        "before or behind the list item",
    ),
    "callout deep in a callout": (
        "  - callout: a\n    blocks:\n      - list:\n          - text: b\n            blocks:\n              - ¤callout: c",
        "a callout block cannot stand in a callout",
        "before or behind the callout",
    ),
    "facts in a callout": (
        "  - callout: a\n    blocks:\n      - ¤facts: {b: c}",
        "a facts block cannot stand in a callout",
        "`definitions:`",
    ),
    "numbered paragraphs in a callout": (
        "  - callout: a\n    blocks:\n      - ¤numbered: b",
        "a numbered block cannot stand in a callout",
        "`style: numbers`",
    ),
    "agenda in a list item": (
        "  - list:\n      - text: a\n        blocks:\n          - ¤agenda: {items: [{time: 9, item: b}]}",
        "an agenda block cannot stand in a list item",
        "",
    ),
    "table in a cell": (
        "  - table: {columns: [a], rows: [[{blocks: [¤{table: {columns: [b], rows: []}}]}]]}",
        "a table block cannot stand in a table cell",
        "cover several columns",
    ),
    "picture beside in the text beside": (
        f"  - beside:\n      {_IMAGE}\n      blocks:\n        - ¤beside: {{image: p.png, alt: A picture of a chair, blocks: [a]}}",
        "a beside block cannot stand in the text beside a picture",
        "use `image:`",
    ),
}


@pytest.mark.parametrize("case", BLOCKS)
def test_a_wrong_block_is_told_where_and_what_to_do(folder: Path, case: str) -> None:
    blocks, words, remedy = BLOCKS[case]
    check(folder, "a.yaml", f"title: x\nblocks:\n{blocks}", words, remedy)


@pytest.mark.parametrize(
    ("table", "warned"),
    [
        ("columns: [a], rows: [['b^x^']]", []),
        ("columns: ['a^x^'], rows: [[b]]", []),
        ("columns: [{title: a, group: 'g^x^'}], rows: [[b]]", []),
        ("columns: [a], rows: [[b]], caption: 'c^x^'", []),
        ("columns: [a], rows: [['b^w,x^']]", []),
        ("columns: [a], rows: [[b]]", ["nothing in the table refers to the note “x”"]),
    ],
)
def test_a_note_that_nothing_refers_to_is_a_warning(folder: Path, table: str, warned: list[str]) -> None:
    (folder / "a.yaml").write_text(
        f"title: x\nblocks:\n  - table: {{{table}, notes: {{x: Provisional.}}}}\n", encoding="utf-8"
    )
    findings = read_pack(folder).findings.items
    assert [found.message for found in findings] == warned
    assert all(found.hint for found in findings)
