"""What an author may write in pack.yaml and in section files: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.label import LabelKind
from briefpack.pack import PART_NAMES, Format, SectionKind
from briefpack.reading.checks import Json
from briefpack.reading.kinds import KINDS, OWN_KEYS
from briefpack.reading.scalars import Boolean, Choice, DateShape, TextShape
from briefpack.reading.schema_annex import ANNEX, INTAKE
from briefpack.reading.schema_blocks import (
    BLOCKS,
    IDENTIFIER,
    IDENTIFIER_RULE,
    LIMITS,
    MARKDOWN,
    MARKING,
    NAME,
    NAME_RULE,
    NOTE,
    PATH,
    TEXT,
)
from briefpack.reading.schema_distribution import DISTRIBUTION
from briefpack.reading.schema_glossary import GLOSSARY
from briefpack.reading.schema_policy import POLICY
from briefpack.reading.schema_words import CLEARANCE, LANGUAGE_TAG
from briefpack.reading.shape import ByForm, Group, Key, ListOf, MapOf, json_schema
from briefpack.reading.silence import SILENCE_KEY

SECTION = Group(
    "section",
    {
        "title": Key(TEXT, "The section's title.", required=True),
        "kind": Key(Choice.of(SectionKind), "What kind of section it is; plain when absent."),
        "id": Key(
            TextShape(pattern=IDENTIFIER, rule=IDENTIFIER_RULE),
            "The name that cross-references use; the file's name without its leading number when absent.",
        ),
        "lead": Key(TEXT, "Desk or person that leads; printed under the title."),
        "cleared": Key(DateShape(), "Date of clearance; printed under the title."),
        "note": Key(MARKDOWN, "Quiet words under the title."),
        "language": Key(
            LANGUAGE_TAG,
            "Language of the section where it is not the pack's.",
        ),
        **LIMITS,
        "landscape": Key(Boolean(), "true: its pages lie on their side."),
        **OWN_KEYS,
        "text": Key(MARKDOWN, "Short for a single block of text."),
        "blocks": Key(BLOCKS, "What stands in the section, in order."),
        "notes": Key(
            MapOf(NOTE, "notes", IDENTIFIER, IDENTIFIER_RULE),
            "Notes by name, each one paragraph or several; the text leads to them with [^name].",
        ),
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
                scalar=Choice.of(Format),
                sequence=ListOf(Choice.of(Format), "formats", least=1),
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
                sequence=ListOf(Choice(PART_NAMES), "brief parts"),
            ),
            "The parts of briefs it gets; all when absent.",
        ),
        "marking": Key(
            MARKING,
            "Instead of the pack's marking. With a policy, the marking that the author expects of what this audience gets.",
        ),
        "clearance": Key(
            CLEARANCE,
            "How much this audience may see, in a pack with a policy; what is above is withheld.",
        ),
        "above": Key(
            Choice(("withhold", "refuse")),
            "What becomes of what is above its clearance: withhold (the usual), or refuse to build.",
        ),
        "watermark": Key(ByForm("text", scalar=TEXT), 'Instead of the pack\'s watermark; "" for none.'),
    },
    about="One audience of a pack: which style, which formats, which content.",
)

SECTION_ENTRY = ByForm(
    "a section file",
    scalar=PATH,
    group=Group(
        "section entry",
        {
            "file": Key(PATH, "The section's file, below the pack's folder.", required=True),
            "show": Key(Boolean(), "true: print the section's YAML at its end, as a gallery does."),
            **LIMITS,
        },
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
            LANGUAGE_TAG,
            "Language of the text and of the label words; en when absent.",
        ),
        "version": Key(TEXT, "The version, as printed."),
        "as_of": Key(
            DateShape(time=True), "Date, or date and time, of the content; the only clock of a build."
        ),
        SILENCE_KEY: LIMITS[SILENCE_KEY],
        "labels": Key(
            ByForm(
                "a list of labels",
                scalar=Choice.of(LabelKind),
                sequence=ListOf(Choice.of(LabelKind), "labels"),
            ),
            "Labels for programs that its files bear: confidentiality (ADatP-4774 and ADatP-4778), sensitivity (MSIP); none when absent.",
        ),
        "policy": Key(
            TEXT,
            "The marking policy: a name such as plain, or a file of the pack; without one, markings are free text.",
        ),
        "marking": Key(
            MARKING,
            "Printed at the top and bottom of every page. With a policy, the marking of all that is not marked otherwise.",
        ),
        "title_marking": Key(
            MARKING, "The marking of the pack's own words (title, reference, meeting) where it is lower."
        ),
        "default_marking": Key(
            MARKING, "The marking of all that is not marked otherwise, where it is not that of the pack."
        ),
        "above": Key(
            Choice(("withhold", "refuse")),
            "What becomes of what is above an audience's clearance: withhold (the usual), or refuse to build.",
        ),
        "watermark": Key(ByForm("text", scalar=TEXT), "Pale words across every page."),
        "sections": Key(
            ListOf(SECTION_ENTRY, "section files", least=1), "The section files, in order.", required=True
        ),
        "annexes": Key(
            ListOf(ANNEX, "annexes"),
            "Files bound into the pack behind the sections, in order.",
        ),
        "intake": Key(INTAKE, "How annexes are taken in, where one says nothing else."),
        "glossary": Key(
            ByForm("a glossary", scalar=PATH, group=GLOSSARY),
            "The pack's abbreviations, spelled out at first use: `NMI: NATO Mission Iraq`; or the name of a file that holds them.",
        ),
        "glossary_marking": Key(
            MARKING, "The marking of abbreviations that have none of their own; the pack's when absent."
        ),
        "audiences": Key(
            MapOf(ByForm("an audience", group=AUDIENCE, null=True), "audiences", NAME, NAME_RULE, least=1),
            "Who gets a pack: a name and what goes with it.",
            required=True,
        ),
        "distribution": Key(
            ByForm("a distribution", scalar=PATH, group=DISTRIBUTION),
            "Who gets which pack by e-mail, and in what words; or the name of a file that says so.",
        ),
    },
    about="A briefpack pack: its sections, annexes and audiences.",
)


def json_schemas() -> dict[str, Json]:
    """JSON Schemas by kind of file: "pack", "section", "audience", "policy" and "distribution"."""
    return {
        "pack": json_schema(PACK, "briefpack: pack.yaml"),
        "section": _by_kind(json_schema(SECTION, "briefpack: section file")),
        "audience": json_schema(AUDIENCE, "briefpack: audience"),
        "policy": json_schema(POLICY, "briefpack: policy"),
        "distribution": json_schema(DISTRIBUTION, "briefpack: distribution"),
    }


def _by_kind(schema: Json) -> Json:
    """The schema of a section with what holds for each kind: the keys it must have, and those of others that it must not."""
    rules = []
    for spec in KINDS.values():
        kind = {"properties": {"kind": {"const": spec.kind.value}}, "required": ["kind"]}
        is_it: Json = kind
        if spec.kind is SectionKind.PLAIN:
            is_it = {"anyOf": [kind, {"properties": {"kind": {"type": "null"}}}]}
        then: Json = {"properties": {key: False for key in OWN_KEYS if key not in spec.keys}}
        if spec.required:
            then["required"] = list(spec.required)
            then["properties"] |= {key: {"not": {"type": "null"}} for key in spec.required}
        rules.append({"if": is_it, "then": then})
    return {**schema, "allOf": rules}
