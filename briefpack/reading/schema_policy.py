"""What an author may write in a marking policy: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.policy_terms import OnSubject, OnText
from briefpack.reading.scalars import Boolean, Choice, TextShape
from briefpack.reading.schema_labels import LABELS
from briefpack.reading.schema_words import NAMES, TEXT
from briefpack.reading.shape import ByForm, Group, Key, ListOf, MapOf

LANGUAGE = r"[a-z]{2,3}"
LANGUAGE_RULE = "a language is two or three small letters: fr"
WORDS = MapOf(TEXT, "words by language", LANGUAGE, LANGUAGE_RULE)
NAME = r"\S(.*\S)?"
NAME_RULE = "a name neither begins nor ends with a space"
COUNTRY = r"[A-Z]{3}"
COUNTRY_RULE = "a country has a code of three capital letters: NOR"
SIGNS = TextShape(blank=True)

LEVEL = Group(
    "policy level",
    {
        "name": Key(TEXT, "As authors write it and as it is printed.", required=True),
        "portion": Key(TEXT, "Its abbreviation before a portion: R.", required=True),
        "words": Key(WORDS, "Its name in other languages: {fr: RESTREINT}."),
        "portions": Key(WORDS, "Its abbreviation in other languages."),
        "aliases": Key(NAMES, "Other ways to write it."),
        "colour": Key(
            TextShape(pattern=r"#[0-9a-fA-F]{6}", rule='a colour such as "#c00000"'),
            "Of its banner; the style's when absent.",
        ),
        "unmarked": Key(
            Choice(("everyone", "base")),
            "To whom something of this level is releasable that does not say: to everyone (the usual), or to the policy's base only.",
        ),
        "public": Key(
            Boolean(), "true: it is for everybody, so that no caveats and no release may stand with it."
        ),
        "phrases": Key(
            NAMES,
            "What says on the pages of an annex that it is of this level, letter for letter; its names when absent.",
        ),
    },
    about="A level of a policy.",
)

CAVEAT = Group(
    "policy caveat",
    {
        "name": Key(TEXT, "As authors write it and as it is printed.", required=True),
        "portion": Key(TEXT, "Its abbreviation before a portion; its name when absent."),
        "words": Key(WORDS, "Its name in other languages."),
        "portions": Key(WORDS, "Its abbreviation in other languages."),
        "aliases": Key(NAMES, "Other ways to write it."),
        "kind": Key(
            TextShape(
                pattern=r"[a-z][a-z0-9-]*", rule="a kind has small letters, digits and dashes: distribution"
            ),
            "The field of the banner that it is printed in; `caveats` when absent.",
        ),
        "levels": Key(NAMES, "The levels at which it may be written; all when absent."),
        "contained": Key(
            Boolean(), "true: the levels above those contain it, and it is not written there any more."
        ),
        "at_least": Key(TEXT, "The level to which it raises what it stands at."),
        "implies": Key(NAMES, "Other caveats that it brings along; they are printed, too."),
        "narrows": Key(
            NAMES, "Those to whom it is releasable at most: groups and countries, whatever else is written."
        ),
        "excludes": Key(
            NAMES,
            "Caveats, or `releasable`, that must not be written beside it; where both meet in a whole, it counts as them and is printed in their stead.",
        ),
        "stands_for": Key(TEXT, "The level in whose stead it is printed: LIMITE rather than a level's name."),
        "for_all": Key(
            Boolean(), "true: every audience is entitled to it; it works by narrowing, or is a word only."
        ),
    },
    about="A caveat or a distribution marking of a policy.",
)

GROUP = Group(
    "policy group",
    {
        "members": Key(
            ListOf(TEXT, "members", least=1),
            "Countries and other groups that belong to it; when absent, nobody knows, and it is a group by itself.",
        ),
        "words": Key(WORDS, "Its name in other languages: {fr: OTAN}."),
        "aliases": Key(NAMES, "Other ways to write it."),
    },
    about="A group to whom something may be releasable.",
)

RELEASABILITY = Group(
    "policy releasability",
    {
        "base": Key(
            NAMES,
            "Groups and countries to whom all is releasable in any case; what is written besides is added to them.",
        ),
        "groups": Key(
            MapOf(
                ByForm(
                    "a list of members, or a group of keys",
                    sequence=ListOf(TEXT, "members", least=1),
                    group=GROUP,
                    null=True,
                ),
                "groups by name",
                NAME,
                NAME_RULE,
            ),
            "Groups, each with its members where they are known.",
        ),
        "countries": Key(
            MapOf(
                ByForm("a name, or words by language", scalar=TEXT, group=WORDS),
                "countries by code",
                COUNTRY,
                COUNTRY_RULE,
            ),
            "What countries are called, by code and language: {JPN: {en: Japan, fr: Japon}}; a code that ISO 3166 lacks is new.",
        ),
        "nobody": Key(WORDS, "By language, what is written when nobody is left: {en: nobody}."),
        "open": Key(
            Boolean(), "true: other names than these may be written, each a group by itself (in capitals)."
        ),
    },
    about="To whom something may be releasable.",
)

FIELD = Group(
    "marking field",
    {
        "before": Key(SIGNS, 'What stands before it: " - ".'),
        "between": Key(SIGNS, 'What stands between its parts: ", ".'),
        "prefix": Key(SIGNS, 'What it begins with (of `releasable`): "REL TO ".'),
        "names": Key(
            Choice(("words", "codes")),
            "Whether countries and groups are printed by their names or by their codes.",
        ),
        "spell_base": Key(Boolean(), "true: the base is printed as well, before the others."),
        "joins": Key(TEXT, "The field whose last part it becomes, where that is printed."),
    },
    about="How a kind of caveats, or the release (`releasable`), is printed.",
)

FORM = Group(
    "marking form",
    {
        "open": Key(SIGNS, "What stands before all of it."),
        "close": Key(SIGNS, "What stands behind all of it."),
        "order": Key(NAMES, "Its fields behind the level, in order: kinds of caveats, and `releasable`."),
        "fields": Key(
            MapOf(
                FIELD, "fields by name", r"[a-z][a-z0-9-]*", "a field is a kind of caveats, or `releasable`"
            ),
            "How each field is printed.",
        ),
    },
    about="How a marking is printed.",
)

FORMS = {
    "banner": Key(FORM, "At the top and foot of a page."),
    "portion": Key(FORM, "Before a portion; in round brackets when it does not say."),
}

MAIL = Group(
    "policy mail",
    {
        "subject": Key(
            Choice.of(OnSubject),
            "marking: the pack's stands in every subject (the usual). level: its level alone does. portion: the abbreviation of the subject's own words does, and never "
            "the pack's marking. none: nothing of it does. list: as the list of readers says.",
        ),
        "text": Key(
            Choice.of(OnText),
            "first: the pack's marking is the first line of every text. both: the first and the last. list: as the list of readers says (the usual).",
        ),
    },
    about="What messages with a pack say of its marking, whatever the list of readers says.",
)

POLICY = Group(
    "policy",
    {
        "extends": Key(TEXT, "The policy that this one changes: what it does not say holds."),
        "title": Key(TEXT, "What the policy is called.", required=True),
        "about": Key(TEXT, "What it is made of, for those who choose one."),
        "language": Key(
            TextShape(pattern=LANGUAGE, rule=LANGUAGE_RULE), "The language of the names; en when absent."
        ),
        "levels": Key(ListOf(LEVEL, "levels", least=1), "Its levels, the lowest first.", required=True),
        "caveats": Key(
            ListOf(CAVEAT, "caveats"),
            "Its caveats and distribution markings, in the order in which they are printed.",
        ),
        "releasability": Key(RELEASABILITY, "To whom something may be releasable."),
        **FORMS,
        "languages": Key(
            MapOf(
                Group("policy language", FORMS, about="What is printed otherwise in a language."),
                "languages",
                LANGUAGE,
                LANGUAGE_RULE,
            ),
            "What is printed otherwise in a language.",
        ),
        "labels": Key(LABELS, "How its markings become labels that programs read."),
        "mail": Key(MAIL, "What messages with its packs say of their marking."),
        "above": Key(
            Choice(("withhold", "refuse")),
            "What becomes of what is above a clearance where the pack does not say: withhold (the usual), or refuse to build.",
        ),
    },
    about="A marking policy: levels, groups, caveats, and how they are written.",
)
