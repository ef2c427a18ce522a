"""What an author may write in a block: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.reading.scalars import Boolean, Choice, DateShape, Integer, Percent, TextShape
from briefpack.reading.schema_arranged import IMAGE_KEYS, arranging_kinds
from briefpack.reading.schema_brief import QUESTION, brief_kinds, point_shape
from briefpack.reading.schema_chart import figure_kinds
from briefpack.reading.schema_table import table_kinds
from briefpack.reading.schema_words import (
    BLOCK_KEYS,
    IDENTIFIER,
    IDENTIFIER_RULE,
    LIMITS,
    MARKDOWN,
    MARKING,
    NAME,
    NAME_RULE,
    NAMES,
    NOTE,
    PATH,
    TEXT,
)
from briefpack.reading.shape import ByForm, ByKind, Group, Key, ListOf

__all__ = [
    "BLOCK",
    "BLOCKS",
    "DAY",
    "IDENTIFIER",
    "IDENTIFIER_RULE",
    "IF_RAISED",
    "ITEM",
    "LIMITS",
    "LIST_ITEM",
    "MARKDOWN",
    "MARKING",
    "NAME",
    "NAMES",
    "NAME_RULE",
    "NOTE",
    "PATH",
    "POINTS",
    "TEXT",
]


def _block() -> ByKind:
    return BLOCK


def _item() -> ByForm:
    return LIST_ITEM


def _numbered_item() -> ByForm:
    return NUMBERED_ITEM


ITEM = Group(
    "list item",
    {
        "text": Key(MARKDOWN, "The item, in Markdown.", required=True),
        "items": Key(ListOf(_item, "items"), "Items one level deeper."),
        "blocks": Key(ListOf(_block, "blocks"), "Blocks below its text."),
        **BLOCK_KEYS,
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
            **BLOCK_KEYS,
        },
    ),
)

POINTS = point_shape(ITEM)
IF_RAISED = QUESTION
"""As QUESTION: a part of a brief, and a block of its own."""

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
            "text block", {"text": Key(MARKDOWN, "Running text in Markdown.", required=True), **BLOCK_KEYS}
        ),
        "heading": Group(
            "heading block",
            {
                "heading": Key(MARKDOWN, "The words of the heading.", required=True),
                "level": Key(Integer(2, 4), "2 (below the section's title) to 4; 2 when absent."),
                **BLOCK_KEYS,
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
                **BLOCK_KEYS,
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
                **BLOCK_KEYS,
            },
        ),
        **table_kinds(_block),
        "image": Group(
            "image block",
            {
                **IMAGE_KEYS,
                "width": Key(Percent(), "Share of the text width; the picture's own size when absent."),
                **BLOCK_KEYS,
            },
        ),
        "callout": Group(
            "callout block",
            {
                "callout": Key(MARKDOWN, "Text that must catch the eye.", required=True),
                "title": Key(MARKDOWN, "Printed above it in bold."),
                "blocks": Key(ListOf(_block, "blocks"), "Blocks below its text."),
                **BLOCK_KEYS,
            },
        ),
        "code": Group(
            "code block",
            {"code": Key(TEXT, "Text that is printed as it is typed.", required=True), **BLOCK_KEYS},
        ),
        "example": Group(
            "example block",
            {
                "example": Key(
                    ListOf(_block, "blocks", least=1),
                    "Blocks that are printed, and the YAML they are written in below them.",
                    required=True,
                ),
                **LIMITS,
            },
        ),
        "agenda": Group(
            "agenda block",
            {"agenda": Key(AGENDA, "One day or one run of items.", required=True), **BLOCK_KEYS},
        ),
        **brief_kinds(ITEM),
        **arranging_kinds(_block),
        **figure_kinds(),
        "page_break": Group(
            "page break",
            {
                "page_break": Key(Boolean(), "true: what follows begins on a new page.", required=True),
                **BLOCK_KEYS,
            },
        ),
    },
    scalar=MARKDOWN,
)
BLOCKS = ListOf(BLOCK, "blocks")
