"""What an author may write in a marking policy: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.reading.scalars import TextShape
from briefpack.reading.schema_words import NAMES, TEXT
from briefpack.reading.shape import Group, Key, ListOf, MapOf

WORDS = MapOf(TEXT, "words by language", r"[a-z]{2,3}", "a language is two or three small letters: fr")

LEVEL = Group(
    "level",
    {
        "name": Key(TEXT, "As authors write it and as it is printed.", required=True),
        "portion": Key(TEXT, "Its abbreviation before a portion.", required=True),
        "words": Key(WORDS, "Its name in other languages."),
        "colour": Key(
            TextShape(pattern=r"#[0-9a-fA-F]{6}", rule="a colour such as #c00000"), "Of its banner."
        ),
        "aliases": Key(NAMES, "Other ways to write it."),
    },
)

POLICY = Group(
    "policy",
    {
        "title": Key(TEXT, "What the policy is called.", required=True),
        "levels": Key(ListOf(LEVEL, "levels", least=1), "Its levels, the lowest first.", required=True),
    },
    about="A marking policy: levels, groups, caveats, and how they are written.",
)
