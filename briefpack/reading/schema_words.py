"""The keys and small shapes that blocks of every kind share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from briefpack.reading.checks import Shape
from briefpack.reading.scalars import DateShape, TextShape
from briefpack.reading.shape import ByForm, Group, Key, ListOf
from briefpack.reading.silence import SILENCE_KEY, SilenceShape

Later: TypeAlias = Callable[[], Shape]
"""A shape that blocks and what stands in them need of each other: asked for when it is there."""

NAME = r"[a-z][a-z0-9-]*"
NAME_RULE = "names are lower-case letters, digits and dashes, a letter first: press, staff-2"
IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
IDENTIFIER_RULE = "an id has letters, digits, dashes, dots and underscores, and no spaces"

LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""A language tag (RFC 5646), as far as it matters here: a language, and what it is told apart by."""

TEXT = TextShape()
LANGUAGE_TAG = TextShape(pattern=LANGUAGE, rule="a language tag such as en, fr or en-GB")
MARKDOWN = TextShape(markdown=True)
PATH = TextShape()
NAMES = ByForm("a list of names", scalar=TEXT, sequence=ListOf(TEXT, "names", least=1))

MARKING = ByForm(
    "a marking",
    scalar=TEXT,
    group=Group(
        "marking",
        {
            "level": Key(TEXT, "A level of the policy.", required=True),
            "releasable": Key(
                NAMES, "Those it may be given to: groups and countries, by the policy's codes."
            ),
            "caveats": Key(NAMES, "Caveats and distribution markings, by the policy's names."),
        },
    ),
)
"""As it is printed, in a banner or before a portion, or taken apart."""
CLEARANCE = ByForm(
    "a level or a clearance",
    scalar=TEXT,
    group=Group(
        "clearance",
        {
            "level": Key(TEXT, "The highest level that it may see.", required=True),
            "groups": Key(NAMES, "Those who belong to it: groups and countries, by the policy's codes."),
            "caveats": Key(NAMES, "Caveats and distribution markings that it is entitled to."),
        },
    ),
)
"""How much an audience, or a reader, may see."""
LIMITS = {
    "audiences": Key(NAMES, "Only these audiences get it; [not press] means everybody else."),
    "tags": Key(NAMES, "Only audiences that take one of these tags get it."),
    "marking": Key(MARKING, "Its marking with all that is in it; that of what it stands in when absent."),
    "title_marking": Key(
        MARKING,
        "The marking of its own words (title, caption, column heads) where it is not that of the whole.",
    ),
    "default_marking": Key(
        MARKING,
        "The marking of what is in it and has none, and of its own words; that of the whole when absent.",
    ),
    SILENCE_KEY: Key(SilenceShape(), "Warnings that are known and meant here: {rule: reason}."),
}
NOTE = ByForm(
    "text or a note",
    scalar=MARKDOWN,
    group=Group("note", {"text": Key(MARKDOWN, "What the note says.", required=True), **LIMITS}),
)
BLOCK_KEYS = {
    "id": Key(
        TextShape(pattern=IDENTIFIER, rule=IDENTIFIER_RULE), "The name that cross-references use: [[id]]."
    ),
    **LIMITS,
}
SOURCED = {
    "source": Key(MARKDOWN, "Where it comes from; printed small below, behind the word for it."),
    "as_of": Key(DateShape(), "The day of the figures; printed with the source."),
}
