"""What an author may write in pack.yaml and in section files: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.pack import BriefPart, Format, SectionKind
from briefpack.reading.shape import (
    Boolean,
    ByForm,
    ByKind,
    Choice,
    DateShape,
    Group,
    Integer,
    Json,
    Key,
    ListOf,
    MapOf,
    Percent,
    TextShape,
    json_schema,
)

NAME = r"[a-z][a-z0-9-]*"
NAME_RULE = "names are lower-case letters, digits and dashes, a letter first: press, staff-2"
IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
IDENTIFIER_RULE = "an id has letters, digits, dashes, dots and underscores, and no spaces"

TEXT = TextShape()
MARKDOWN = TextShape(markdown=True)
PATH = TextShape()
NAMES = ByForm("a list of names", scalar=TEXT, sequence=ListOf(TEXT, "names", least=1))

_LIMITS = {
    "audiences": Key(NAMES, "Only these audiences get it; [not press] means everybody else."),
    "tags": Key(NAMES, "Only audiences that take one of these tags get it."),
}
_BLOCK_KEYS = {
    "id": Key(
        TextShape(pattern=IDENTIFIER, rule=IDENTIFIER_RULE), "The name that cross-references use: [[id]]."
    ),
    **_LIMITS,
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
        {"cells": Key(ListOf(CELL, "cells"), "The cells.", required=True), **_LIMITS},
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
AGENDA_ITEM = Group(
    "agenda item",
    {
        "time": Key(
            TextShape(blank=True), 'Time as printed: 14:30 or 12:30–14:30; "" for none.', required=True
        ),
        "item": Key(MARKDOWN, "What happens.", required=True),
        "detail": Key(MARKDOWN, "A quiet second line: who, what for, open to the press or not."),
        "lead": Key(MARKDOWN, "Who leads."),
        "brief": Key(NAMES, "The section or annex that belongs to it, or several, by name."),
        **_LIMITS,
    },
)
_AGENDA_KEYS = {
    "date": Key(DateShape(), "The day; printed as a heading."),
    "note": Key(MARKDOWN, "Quiet words above the table."),
    "items": Key(ListOf(AGENDA_ITEM, "agenda items", least=1), "The items, in order.", required=True),
}
AGENDA = Group("agenda", _AGENDA_KEYS)
DAY = Group("day", {**_AGENDA_KEYS, **_LIMITS})

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

POINTS = ByKind(
    "point",
    {
        "points": Group(
            "group of points",
            {
                "to": Key(MARKDOWN, "Whom the points are addressed to."),
                "points": Key(ListOf(LIST_ITEM, "points", least=1), "The points.", required=True),
                **_LIMITS,
            },
        ),
        "text": ITEM,
    },
    scalar=MARKDOWN,
)
IF_RAISED = Group(
    "if raised",
    {
        "question": Key(MARKDOWN, "What may be raised.", required=True),
        "line": Key(MARKDOWN, "The line to take.", required=True),
        **_LIMITS,
    },
)

SECTION = Group(
    "section",
    {
        "title": Key(TEXT, "The section's title.", required=True),
        "kind": Key(
            Choice(tuple(k.value for k in SectionKind)), "What kind of section it is; plain when absent."
        ),
        "id": Key(
            TextShape(pattern=IDENTIFIER, rule=IDENTIFIER_RULE),
            "The name that cross-references use; the file's name without its leading number when absent.",
        ),
        "lead": Key(TEXT, "Desk or person that leads; printed under the title."),
        "cleared": Key(DateShape(), "Date of clearance; printed under the title."),
        "note": Key(MARKDOWN, "Quiet words under the title."),
        "language": Key(
            TextShape(
                pattern=r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", rule="a language tag such as en, fr or en-GB"
            ),
            "Language of the section where it is not the pack's.",
        ),
        **_LIMITS,
        "objective": Key(MARKDOWN, "Briefs only: what is to be reached, in about two lines."),
        "points": Key(
            ListOf(POINTS, "points"), "Briefs only: points to make, plain or in groups with an addressee."
        ),
        "if_raised": Key(
            ListOf(IF_RAISED, "questions"), "Briefs only: lines to take when others raise something."
        ),
        "background": Key(
            ByForm("text or a list of blocks", scalar=MARKDOWN, sequence=BLOCKS),
            "Briefs only: text whose paragraphs are numbered, or blocks.",
        ),
        "days": Key(ListOf(DAY, "days"), "Agendas only: the days with their items."),
        "text": Key(MARKDOWN, "Short for a single block of text."),
        "blocks": Key(BLOCKS, "What stands in the section, in order."),
    },
    about="One section of a briefpack pack.",
)

AUDIENCE = Group(
    "audience",
    {
        "title": Key(TEXT, "The audience's name as printed; the key with a capital when absent."),
        "style": Key(TEXT, "Name of the style; base when absent."),
        "formats": Key(
            ByForm(
                "a list of formats",
                scalar=Choice(tuple(f.value for f in Format)),
                sequence=ListOf(Choice(tuple(f.value for f in Format)), "formats", least=1),
            ),
            "pdf, docx or both; both when absent.",
        ),
        "tags": Key(
            ByForm("a list of names", scalar=TEXT, sequence=ListOf(TEXT, "names")),
            "The tags it takes; all when absent, none when the list is empty.",
        ),
        "parts": Key(
            ByForm(
                "a list of brief parts",
                sequence=ListOf(Choice(tuple(p.value for p in BriefPart)), "brief parts"),
            ),
            "The parts of briefs it gets; all when absent.",
        ),
        "marking": Key(TEXT, "Instead of the pack's marking."),
        "watermark": Key(ByForm("text", scalar=TEXT), 'Instead of the pack\'s watermark; "" for none.'),
    },
    about="One audience of a pack: which style, which formats, which content.",
)

SECTION_ENTRY = ByForm(
    "a section file",
    scalar=PATH,
    group=Group(
        "section entry",
        {"file": Key(PATH, "The section's file, below the pack's folder.", required=True), **_LIMITS},
    ),
)

PACK = Group(
    "pack",
    {
        "title": Key(TEXT, "The pack's title.", required=True),
        "subtitle": Key(TEXT, "Printed under the title."),
        "reference": Key(TEXT, "The pack's reference, such as FMM(25)."),
        "organisation": Key(TEXT, "Who issues the pack; also the file's author."),
        "owner": Key(TEXT, "The desk that answers for the pack."),
        "meeting": Key(
            Group(
                "meeting",
                {
                    "place": Key(TEXT, "Where it is."),
                    "dates": Key(TEXT, "When it is, as printed."),
                    "chair": Key(TEXT, "Who chairs."),
                },
            ),
            "The meeting that the pack is for.",
        ),
        "language": Key(
            TextShape(
                pattern=r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", rule="a language tag such as en, fr or en-GB"
            ),
            "Language of the text and of the label words; en when absent.",
        ),
        "version": Key(TEXT, "The version, as printed."),
        "as_of": Key(
            DateShape(time=True), "Date, or date and time, of the content; the only clock of a build."
        ),
        "marking": Key(TEXT, "Printed at the top and bottom of every page."),
        "watermark": Key(ByForm("text", scalar=TEXT), "Pale words across every page."),
        "sections": Key(
            ListOf(SECTION_ENTRY, "section files", least=1), "The section files, in order.", required=True
        ),
        "annexes": Key(
            ListOf(
                Group(
                    "annex",
                    {
                        "file": Key(PATH, "The annex's PDF file, below the pack's folder.", required=True),
                        "title": Key(TEXT, "The annex's title.", required=True),
                        "id": Key(
                            TextShape(pattern=IDENTIFIER, rule=IDENTIFIER_RULE),
                            "The name that cross-references use; the file's name when absent.",
                        ),
                        "source": Key(TEXT, "Where the annex comes from; printed on its divider."),
                        "marking": Key(TEXT, "The annex's own marking; printed on its divider and pages."),
                        **_LIMITS,
                    },
                ),
                "annexes",
            ),
            "PDF files bound into the pack behind the sections, in order.",
        ),
        "audiences": Key(
            MapOf(ByForm("an audience", group=AUDIENCE, null=True), "audiences", NAME, NAME_RULE, least=1),
            "Who gets a pack: a name and what goes with it.",
            required=True,
        ),
    },
    about="A briefpack pack: its sections, annexes and audiences.",
)

BRIEF_KEYS = ("objective", "points", "if_raised", "background")


def json_schemas() -> dict[str, Json]:
    """JSON Schemas by kind of file: "pack", "section" and "audience"."""
    return {
        "pack": json_schema(PACK, "briefpack: pack.yaml"),
        "section": json_schema(SECTION, "briefpack: section file"),
        "audience": json_schema(AUDIENCE, "briefpack: audience"),
    }
