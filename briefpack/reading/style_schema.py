"""Every key a style file may have, with what it means: the shape that checks style files and prints their JSON Schema.

Read from top to bottom like the style file it describes; the groups of keys are beside it, by what they are about.
"""

from __future__ import annotations

from briefpack.reading.checks import Json
from briefpack.reading.scalars import Number, TextShape
from briefpack.reading.schema_words import LANGUAGE
from briefpack.reading.shape import ByForm, Group, Key, ListOf, MapOf, json_schema
from briefpack.reading.style_measures import COLOUR
from briefpack.reading.style_schema_annexes import ANNEXES, DIVIDER, STAMP
from briefpack.reading.style_schema_blocks import CHARTS, COLUMNS, IMAGE, LISTS, NOTES, box, table
from briefpack.reading.style_schema_craft import CRAFT, NUMBERING, TYPOGRAPHY
from briefpack.reading.style_schema_page import CONTENTS, COVER, MARKINGS, PAGE, furniture
from briefpack.reading.style_schema_text import FONT, ROLE, TEXT
from briefpack.reading.style_values import NAME, OrNone, TemplateShape
from briefpack.reading.style_words import WORD_SHAPES
from briefpack.style import BOX_LOOKS, FILE_FIELDS, PACK_FIELDS, TABLE_LOOKS, WORDS

STYLE_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]*"
_FAMILY = r"\S(.*\S)?"

WORDS_GROUP = Group(
    "words", {key: Key(shape, WORDS[key].about) for key, shape in WORD_SHAPES.items()}, "Label words."
)


def _whole(group: Group) -> Key:
    """The key of a group that says itself what it is for."""
    return Key(group, group.about)


STYLE = Group(
    "style",
    {
        "description": Key(TextShape(), "What the style is for, in a line."),
        "extends": Key(
            ByForm(
                "the name of a style, or a list of names",
                scalar=TextShape(),
                sequence=ListOf(TextShape(), "style names"),
            ),
            "The style, or styles, this one changes; of several the later one wins. Default: base.",
        ),
        "colours": Key(
            MapOf(OrNone(COLOUR), "colours", NAME, "a name has lower-case letters, digits and dashes"),
            "Colours by name: other keys name them, so that one change recolours the pack.",
        ),
        "fonts": Key(
            MapOf(OrNone(FONT), "font families", _FAMILY, "a family needs a name"),
            "Font families of the project, by name.",
        ),
        "page": _whole(PAGE),
        "text": _whole(TEXT),
        "header": Key(furniture("header", "From the header's baseline down to the line."), "The header."),
        "footer": Key(furniture("footer", "From the line down to the footer's capitals."), "The footer."),
        "banner": Key(TemplateShape(PACK_FIELDS), "What stands at the very top and foot of every page."),
        "cover": _whole(COVER),
        "contents": _whole(CONTENTS),
        "numbering": _whole(NUMBERING),
        "lists": _whole(LISTS),
        "table": _whole(table("table", "Tables.")),
        "matrix": _whole(table("matrix", "Comparison matrices.")),
        "timeline": _whole(table("timeline", "Timelines.")),
        "agenda": _whole(table("agenda", "Agendas and movements.")),
        "clearance": _whole(table("clearance", "Clearance blocks.")),
        "callout": Key(box("callouts"), "Callouts."),
        "question": Key(box("questions"), "Questions that may come, each with the line to take."),
        "facts": Key(box("key facts"), "Boxes of key facts."),
        "quotation": Key(box("quotations"), "Quotations."),
        "verbatim": Key(box("text as typed"), "Text that is printed as it is typed."),
        "objective": Key(box("the objective"), "The box around a brief's objective."),
        "columns": _whole(COLUMNS),
        "notes": _whole(NOTES),
        "charts": _whole(CHARTS),
        "typography": _whole(TYPOGRAPHY),
        "craft": _whole(CRAFT),
        "image": _whole(IMAGE),
        "divider": _whole(DIVIDER),
        "annexes": Key(ANNEXES, "How annexes are bound."),
        "stamp": _whole(STAMP),
        "markings": Key(MARKINGS, "How the markings of a policy are printed."),
        "file_name": Key(
            TemplateShape(FILE_FIELDS, words=False),
            f"What the files of a pack are called, without their ending; fields: {', '.join(FILE_FIELDS)}.",
        ),
        "watermark": Key(
            Group(
                "watermark",
                {"angle": Key(Number(-90, 90), "Degrees, counter-clockwise; 0 is upright text.")},
                "The word across the pages.",
            ),
            "The word across the pages; its look is the text role watermark.",
        ),
        "words": Key(
            MapOf(
                OrNone(WORDS_GROUP),
                "languages",
                LANGUAGE,
                "a language tag such as en, fr or de-AT",
            ),
            "Label words by language; English and French are complete, others take from English what they lack.",
        ),
    },
    "A style: how packs look, in Word and PDF alike.",
)

MAY_BE_NONE: frozenset[tuple[str, ...]] = frozenset(
    {
        ("description",),
        ("extends",),
        ("colours",),
        ("fonts",),
        ("header", "verso"),
        ("header", "first"),
        ("footer", "verso"),
        ("footer", "first"),
        ("banner",),
        ("cover", "kicker"),
        ("cover", "subtitle"),
        ("cover", "fields"),
        ("cover", "logo"),
        ("contents", "leader"),
        ("divider", "line"),
        ("stamp", "top"),
        ("stamp", "bottom"),
        *((look, fill) for look in TABLE_LOOKS for fill in ("header_fill", "band_fill", "group_fill")),
        *((look, "fill") for look in BOX_LOOKS),
        ("craft", "parts"),
        ("words",),
    }
)
"""Keys, and groups of keys, that a finished style can do without; every other key must be there after `extends`."""

BODY_ATTRIBUTES: tuple[str, ...] = tuple(key for key in ROLE.keys if key != "like")


def style_json_schema() -> Json:
    """The JSON Schema of a style file (2020-12), with a description on every key."""
    return json_schema(STYLE, "briefpack style")
