"""What an author may write in a table, a matrix and a timeline: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.reading.scalars import Boolean, Choice, DateShape, Integer, Percent, TextShape
from briefpack.reading.schema_words import BLOCK_KEYS, LIMITS, MARKDOWN, NOTE, PATH, SOURCED, Later
from briefpack.reading.shape import ByForm, ByKind, Group, Key, ListOf, MapOf

MAX_COLUMNS = 30
MAX_ROWS = 10_000
"""More than a reader turns over."""

NOTE_MARK = r"[A-Za-z0-9*†‡§]{1,3}"

COLUMN = ByForm(
    "a heading or a column",
    scalar=MARKDOWN,
    null=True,
    group=Group(
        "table column",
        {
            "title": Key(MARKDOWN, "The column's heading."),
            "width": Key(Percent(), "Share of the table's width, such as 30%."),
            "align": Key(
                Choice(("left", "centre", "right", "decimal")),
                "How the cells are aligned; left when absent. decimal: numbers stand at their decimal signs.",
            ),
            "decimal": Key(Boolean(), "true: short for align: decimal."),
            "group": Key(
                MARKDOWN,
                "Words above this column and its neighbours with the same words, in a row of their own.",
            ),
            "heads": Key(Boolean(), "true: its cells name their rows."),
        },
    ),
)


def _table(blocks: Later) -> Group:
    plain = TextShape(markdown=True, blank=True, null=True)
    cell = ByForm(
        "text or a cell",
        scalar=plain,
        null=True,
        group=Group(
            "table cell",
            {
                "text": Key(plain, "The cell's text, in Markdown."),
                "blocks": Key(ListOf(blocks, "blocks"), "Blocks below its text."),
                "columns": Key(Integer(1, MAX_COLUMNS), "How many columns it covers; 1 when absent."),
                "rows": Key(Integer(1, MAX_ROWS), "How many rows it covers; 1 when absent."),
                "align": Key(Choice(("left", "centre", "right")), "Instead of its column's."),
            },
        ),
    )
    cells = ListOf(cell, "cells")
    row = ByForm(
        "a list of cells",
        sequence=cells,
        group=ByKind(
            "table row",
            {
                "cells": Group("table row", {"cells": Key(cells, "The cells.", required=True), **LIMITS}),
                "group": Group(
                    "group of rows",
                    {"group": Key(MARKDOWN, "A heading for the rows below it.", required=True), **LIMITS},
                ),
                "total": Group(
                    "row of totals",
                    {
                        "total": Key(cells, "The cells; printed in bold below a line.", required=True),
                        **LIMITS,
                    },
                ),
            },
        ),
    )
    return Group(
        "table",
        {
            "columns": Key(
                ListOf(COLUMN, "columns", least=1),
                "The columns; with csv they may be left out (its first line).",
            ),
            "rows": Key(ListOf(row, "rows"), "The rows, each a list of cells in Markdown."),
            "csv": Key(
                PATH, "A CSV file in the pack's folder instead of rows; its first line is the header."
            ),
            "delimiter": Key(
                TextShape(pattern=r"[,;|\t]", rule="one of , ; |"),
                "What divides the CSV's cells; a comma when absent.",
            ),
            "caption": Key(MARKDOWN, "Printed above the table, behind its number."),
            "notes": Key(
                MapOf(
                    NOTE,
                    "notes",
                    NOTE_MARK,
                    "the mark of a note is one to three letters, digits or signs: a, 1, *",
                    least=1,
                ),
                "Notes printed below the table, by their marks; a cell refers to one with ^a^.",
            ),
            **SOURCED,
        },
    )


TABLE_KEYS = tuple(_table(lambda: MARKDOWN).keys)

MATRIX = Group(
    "matrix",
    {
        "corner": Key(MARKDOWN, "Above the names of the rows."),
        "columns": Key(
            ListOf(MARKDOWN, "headings", least=1), "What is compared: the headings.", required=True
        ),
        "rows": Key(
            ListOf(
                Group(
                    "matrix row",
                    {
                        "head": Key(MARKDOWN, "Whom or what the row is about.", required=True),
                        "cells": Key(
                            ListOf(TextShape(markdown=True, blank=True, null=True), "cells"),
                            "A cell for each heading.",
                            required=True,
                        ),
                        **LIMITS,
                    },
                ),
                "rows",
                least=1,
            ),
            "The rows, in order.",
            required=True,
        ),
    },
)

TIMELINE_ENTRY = Group(
    "timeline entry",
    {
        "date": Key(DateShape(), "The day, or the first of several."),
        "until": Key(DateShape(), "The last day of several."),
        "when": Key(MARKDOWN, "Words instead of a day: spring 2025."),
        "text": Key(MARKDOWN, "What happens.", required=True),
        **LIMITS,
    },
)


def table_kinds(blocks: Later) -> dict[str, Group]:
    """The kinds of blocks that are set as tables. blocks: the shape of a block, for cells."""
    return {
        "table": Group(
            "table block", {"table": Key(_table(blocks), "The table.", required=True), **BLOCK_KEYS}
        ),
        "matrix": Group(
            "matrix block",
            {
                "matrix": Key(MATRIX, "Partners by topics: a table whose rows have names.", required=True),
                "caption": Key(MARKDOWN, "Printed above, behind its number as a table."),
                **SOURCED,
                **BLOCK_KEYS,
            },
        ),
        "timeline": Group(
            "timeline block",
            {
                "timeline": Key(
                    ListOf(TIMELINE_ENTRY, "entries", least=1),
                    "The entries, in the order of their days.",
                    required=True,
                ),
                "caption": Key(MARKDOWN, "Printed above, behind its number as a table."),
                **SOURCED,
                **BLOCK_KEYS,
            },
        ),
    }
