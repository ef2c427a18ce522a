"""What an author may write in blocks that arrange others: a picture beside text, columns, landscape pages, blocks that stay together."""

from __future__ import annotations

from briefpack.reading.scalars import Boolean, Choice, Integer, Percent, TextShape
from briefpack.reading.schema_words import BLOCK_KEYS, MARKDOWN, PATH, SOURCED, Later
from briefpack.reading.shape import Group, Key, ListOf

IMAGE_KEYS = {
    "image": Key(PATH, "A PNG, JPEG or SVG file in the pack's folder.", required=True),
    "alt": Key(
        TextShape(blank=True),
        'What the picture shows, for readers who do not see it; "" for mere decoration.',
        required=True,
    ),
    "caption": Key(MARKDOWN, "Printed below, behind its number."),
    "credit": Key(MARKDOWN, "Who made the picture; printed small below."),
    **SOURCED,
}


def arranging_kinds(blocks: Later) -> dict[str, Group]:
    """The kinds of blocks that arrange others. blocks: the shape of a block."""
    inside = ListOf(blocks, "blocks", least=1)
    return {
        "beside": Group(
            "beside block",
            {
                "beside": Key(
                    Group(
                        "picture with text beside it",
                        {
                            **IMAGE_KEYS,
                            "blocks": Key(inside, "What stands beside the picture.", required=True),
                            "side": Key(
                                Choice(("left", "right")), "Where the picture stands; left when absent."
                            ),
                            "share": Key(Percent(), "Share of the width that it takes; 35% when absent."),
                        },
                    ),
                    "A picture, and what stands beside it.",
                    required=True,
                ),
                **BLOCK_KEYS,
            },
        ),
        "columns": Group(
            "columns block",
            {
                "columns": Key(inside, "What is set in columns.", required=True),
                "count": Key(Integer(2, 3), "How many columns: 2 or 3; 2 when absent."),
                **BLOCK_KEYS,
            },
        ),
        "column_break": Group(
            "column break",
            {
                "column_break": Key(
                    Boolean(), "true: what follows begins the next column; only in columns.", required=True
                ),
                **BLOCK_KEYS,
            },
        ),
        "landscape": Group(
            "landscape block",
            {
                "landscape": Key(inside, "What stands on pages turned on their side.", required=True),
                **BLOCK_KEYS,
            },
        ),
        "keep": Group(
            "keep block",
            {"keep": Key(inside, "What stays together on one page.", required=True), **BLOCK_KEYS},
        ),
    }
