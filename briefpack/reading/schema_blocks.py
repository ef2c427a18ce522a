"""What an author may write in a block: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.reading.scalars import Boolean, Choice, DateShape, Integer, Percent, TextShape
from briefpack.reading.shape import ByForm, ByKind, Group, Key, ListOf

NAME = r"[a-z][a-z0-9-]*"
NAME_RULE = "names are lower-case letters, digits and dashes, a letter first: press, staff-2"
IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
IDENTIFIER_RULE = "an id has letters, digits, dashes, dots and underscores, and no spaces"

TEXT = TextShape()
MARKDOWN = TextShape(markdown=True)
PATH = TextShape()
NAMES = ByForm("a list of names", scalar=TEXT, sequence=ListOf(TEXT, "names", least=1))

LIMITS = {
    "audiences": Key(NAMES, "Only these audiences get it; [not press] means everybody else."),
    "tags": Key(NAMES, "Only audiences that take one of these tags get it."),
}
_BLOCK_KEYS = {
    "id": Key(
        TextShape(pattern=IDENTIFIER, rule=IDENTIFIER_RULE), "The name that cross-references use: [[id]]."
    ),
    **LIMITS,
}


def _item() -> ByForm:
    return LIST_ITEM


def _numbered_item() -> ByForm:
    return NUMBERED_ITEM


ITEM = Group(
    "list item",
    {
        "text": Key(MARKDOWN, "The item, in Markdown.", required=True),
        "items": Key(ListOf(_item, "items"), "Items one level deeper."),
        **_BLOCK_KEYS,
    },
)
LIST_ITEM = ByForm("text or an item", scalar=MARKDOWN, group=ITEM)

NUMBERED_ITEM = ByForm(
    "text or a numbered paragraph",
    scalar=MARKDOWN,
    group=Group(
        "numbered paragraph",
        {
            "text": Key(MARKDOWN, "The paragraph, in Markdown.", required=True),
            "items": Key(ListOf(_numbered_item, "numbered paragraphs"), "Paragraphs one level deeper."),
            **_BLOCK_KEYS,
        },
    ),
)

COLUMN = ByForm(
    "a heading or a column",
    scalar=MARKDOWN,
    null=True,
    group=Group(
        "table column",
        {
            "title": Key(MARKDOWN, "The column's heading."),
            "width": Key(Percent(), "Share of the table's width, such as 30%."),
            "align": Key(Choice(("left", "centre", "right")), "How the cells are aligned; left when absent."),
        },
    ),
)
CELL = TextShape(markdown=True, blank=True, null=True)
ROW = ByForm(
    "a list of cells",
    sequence=ListOf(CELL, "cells"),
    group=Group(
        "table row",
        {"cells": Key(ListOf(CELL, "cells"), "The cells.", required=True), **LIMITS},
    ),
)
TABLE = Group(
    "table",
    {
        "columns": Key(
            ListOf(COLUMN, "columns", least=1), "The columns; with csv they may be left out (its first line)."
        ),
        "rows": Key(ListOf(ROW, "rows"), "The rows, each a list of cells in Markdown."),
        "csv": Key(PATH, "A CSV file in the pack's folder instead of rows; its first line is the header."),
        "delimiter": Key(
            TextShape(pattern=r"[,;|\t]", rule="one of , ; |"),
            "What divides the CSV's cells; a comma when absent.",
        ),
        "caption": Key(MARKDOWN, "Printed above the table, behind its number."),
        "source": Key(MARKDOWN, "Printed small below the table."),
    },
)
PLACE = ByForm(
    "a place",
    scalar=TEXT,
    group=Group(
        "place",
        {
            "zone": Key(
                TEXT, "An IANA name such as America/Toronto, or an offset such as UTC-5.", required=True
            ),
            "name": Key(TEXT, "The place as printed."),
        },
    ),
)
AGENDA_ITEM = Group(
    "agenda item",
    {
        "time": Key(
            TextShape(blank=True),
            'When: 14:30 or 12:30–14:30, or words; "" for none. Required where there is no duration.',
        ),
        "duration": Key(
            TEXT,
            "How long it lasts: 90 min or 1 h 30. Without a time, it begins when the item before it ends.",
        ),
        "item": Key(MARKDOWN, "What happens.", required=True),
        "detail": Key(MARKDOWN, "A quiet second line: who, what for."),
        "lead": Key(MARKDOWN, "Who leads."),
        "room": Key(MARKDOWN, "Where it is."),
        "participants": Key(MARKDOWN, "Who takes part."),
        "press": Key(MARKDOWN, "open, closed, or words of your own."),
        "role": Key(MARKDOWN, "What the reader does: speak, listen, chair, or words of your own."),
        "brief": Key(NAMES, "The section or annex that belongs to it, or several, by name."),
        **LIMITS,
    },
)
PROGRAMME_KEYS = {
    "zones": Key(
        Group(
            "zones",
            {
                "meeting": Key(PLACE, "Whose time the items are in.", required=True),
                "home": Key(PLACE, "Whose time is printed beside it.", required=True),
            },
        ),
        "Two places, such as {meeting: Brussels, home: Ottawa}: every time is printed in both.",
    ),
    "numbered": Key(Boolean(), "true: the items have numbers."),
    "gaps": Key(
        TEXT, "The longest time without an item that is not told of, such as 90 min; false tells of none."
    ),
    "overlaps": Key(Boolean(), "false: items that overlap are not told of."),
}
"""What counts for all days of an agenda."""
_AGENDA_KEYS = {
    "date": Key(DateShape(), "The day; printed as a heading."),
    "note": Key(MARKDOWN, "Quiet words above the table."),
    "items": Key(ListOf(AGENDA_ITEM, "agenda items", least=1), "The items, in order.", required=True),
}
AGENDA = Group("agenda", {**_AGENDA_KEYS, **PROGRAMME_KEYS})
DAY = Group("day", {**_AGENDA_KEYS, **LIMITS})

BLOCK = ByKind(
    "block",
    {
        "text": Group(
            "text block", {"text": Key(MARKDOWN, "Running text in Markdown.", required=True), **_BLOCK_KEYS}
        ),
        "heading": Group(
            "heading block",
            {
                "heading": Key(MARKDOWN, "The words of the heading.", required=True),
                "level": Key(Integer(2, 4), "2 (below the section's title) to 4; 2 when absent."),
                **_BLOCK_KEYS,
            },
        ),
        "list": Group(
            "list block",
            {
                "list": Key(ListOf(LIST_ITEM, "items", least=1), "The items.", required=True),
                "style": Key(
                    Choice(("bullets", "dashes", "numbers")), "How items are led in; bullets when absent."
                ),
                "start": Key(Integer(1, 9999), "The first number; 1 when absent."),
                **_BLOCK_KEYS,
            },
        ),
        "numbered": Group(
            "numbered block",
            {
                "numbered": Key(
                    ByForm(
                        "text or a list of paragraphs",
                        scalar=MARKDOWN,
                        sequence=ListOf(NUMBERED_ITEM, "paragraphs", least=1),
                    ),
                    "Numbered paragraphs; the numbers run on through the section. In text, each paragraph gets a number.",
                    required=True,
                ),
                **_BLOCK_KEYS,
            },
        ),
        "table": Group("table block", {"table": Key(TABLE, "The table.", required=True), **_BLOCK_KEYS}),
        "image": Group(
            "image block",
            {
                "image": Key(PATH, "A PNG or JPEG file in the pack's folder.", required=True),
                "alt": Key(
                    TextShape(blank=True),
                    'What the picture shows, for readers who do not see it; "" for mere decoration.',
                    required=True,
                ),
                "caption": Key(MARKDOWN, "Printed below, behind its number."),
                "source": Key(MARKDOWN, "Printed small below."),
                "width": Key(Percent(), "Share of the text width; the picture's own size when absent."),
                **_BLOCK_KEYS,
            },
        ),
        "callout": Group(
            "callout block",
            {
                "callout": Key(MARKDOWN, "Text that must catch the eye.", required=True),
                "title": Key(MARKDOWN, "Printed above it in bold."),
                **_BLOCK_KEYS,
            },
        ),
        "agenda": Group(
            "agenda block",
            {"agenda": Key(AGENDA, "One day or one run of items.", required=True), **_BLOCK_KEYS},
        ),
        "page_break": Group(
            "page break",
            {
                "page_break": Key(Boolean(), "true: what follows begins on a new page.", required=True),
                **_BLOCK_KEYS,
            },
        ),
    },
    scalar=MARKDOWN,
)
BLOCKS = ListOf(BLOCK, "blocks")
