"""Every key a style file may have, with what it means: the shape that checks style files and prints their JSON Schema.

One table in one place: long, but read from top to bottom like the style file it describes.
"""

from __future__ import annotations

from briefpack.pack import PART_NAMES
from briefpack.reading.checks import Json
from briefpack.reading.scalars import Boolean, Choice, Integer, Number, TextShape
from briefpack.reading.shape import ByForm, Group, Key, ListOf, MapOf, json_schema
from briefpack.reading.style_values import (
    NAME,
    ColourShape,
    LengthShape,
    OrNone,
    PatternShape,
    ShareShape,
    TemplateShape,
    TripleOf,
)
from briefpack.reading.style_words import WORD_SHAPES
from briefpack.style import (
    DIVIDER_FIELDS,
    FILE_FIELDS,
    FURNITURE_FIELDS,
    PACK_FIELDS,
    STAMP_FIELDS,
    TABLE_LOOKS,
    TEXT_ROLES,
    WORDS,
    BannerColours,
    BannerOf,
    ChartForm,
    SpellOut,
)

STYLE_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]*"
LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_FAMILY = r"\S(.*\S)?"

LINE = LengthShape(high=12.0)
"""Word draws borders up to 12 points wide."""
SPACE = LengthShape(high=720.0, relative="em")
INDENT = LengthShape(low=-720.0, high=720.0, relative="em")
MEASURE = LengthShape(high=1584.0)
"""Word's sheets are at most 22 inches wide and high."""
SHEET = LengthShape(low=72.0, high=1584.0)
COLOUR = ColourShape()


def _slots(name: str, fields: tuple[str, ...]) -> dict[str, Key]:
    slot = TemplateShape(fields)
    return {
        "left": Key(slot, f"What stands at the left of the {name}; fields: {', '.join(fields)}, word:KEY."),
        "centre": Key(slot, f"What stands in the middle of the {name}."),
        "right": Key(slot, f"What stands at the right of the {name}."),
    }


def _furniture(name: str, gap: str) -> Group:
    return Group(
        name,
        {
            **_slots(name, FURNITURE_FIELDS),
            "verso": Key(
                Group(f"{name} verso", _slots(name, FURNITURE_FIELDS), f"The {name} of left-hand pages."),
                f"The {name} of left-hand pages; without it left and right change places there.",
            ),
            "first": Key(
                Group(
                    f"{name} first", _slots(name, FURNITURE_FIELDS), f"The {name} of a section's first page."
                ),
                f"The {name} of a section's first page; {{}} leaves it empty.",
            ),
            "rule": Key(LINE, "Width of the line between it and the text; 0 for none."),
            "rule_colour": Key(COLOUR, "Colour of that line."),
            "rule_gap": Key(MEASURE, gap),
        },
        f"The {name} of every page.",
    )


def _box(name: str) -> Group:
    return Group(
        f"{name} box",
        {
            "bar": Key(LINE, "Width of the bar at the left; 0 for none."),
            "bar_colour": Key(COLOUR, "Colour of the bar."),
            "fill": Key(COLOUR, "Colour behind the text; ~ for none."),
            "padding_x": Key(SPACE, "From the box's sides to the text; em of body's size."),
            "padding_y": Key(SPACE, "From the box's top and bottom to the text; em of body's size."),
            "before": Key(SPACE, "Space above the box; em of body's size."),
            "after": Key(SPACE, "Space below the box; em of body's size."),
        },
        f"The box of {name}.",
    )


_ROLE = Group(
    "text role",
    {
        "like": Key(
            Choice(TEXT_ROLES), "Another role, which says what this one leaves open, spaces included."
        ),
        "font": Key(TextShape(), "A family: built in, or one under `fonts`."),
        "size": Key(LengthShape(4.0, 400.0, "%"), "A length in half points, or a percentage of body's size."),
        "bold": Key(Boolean(), "Print in bold."),
        "italic": Key(Boolean(), "Print in italics."),
        "colour": Key(COLOUR, "Colour of the text."),
        "leading": Key(Number(0.8, 4.0), "Distance of the lines, as a multiple of the size."),
        "align": Key(Choice(("left", "centre", "right", "justify")), "Alignment of the lines."),
        "before": Key(SPACE, "Space above; between two paragraphs the larger counts. em of the role's size."),
        "after": Key(SPACE, "Space below."),
        "left": Key(INDENT, "Indent from the left edge of the text frame."),
        "right": Key(INDENT, "Indent from the right edge of the text frame."),
        "first": Key(INDENT, "Indent of the first line from the others; negative hangs it out."),
        "tracking": Key(
            LengthShape(-1.0, relative="em", only_em=True), "Extra space between characters, in em."
        ),
        "caps": Key(Boolean(), "Print in capitals."),
        "underline": Key(Boolean(), "Underline the text."),
        "hyphenate": Key(Boolean(), "Words may be divided at line ends."),
        "keep_with_next": Key(Boolean(), "Stay on the page of what follows."),
    },
    "How one kind of text looks. What is left open comes from `like`, else from body (spaces and indents: 0).",
)

_ROLE_ABOUT = {
    "question": "A question that may come.",
    "line": "The line to take on it.",
    "speech": "What is spoken.",
    "speech-time": "How long a spoken paragraph takes.",
    "quotation": "Somebody's words.",
    "attribution": "Who said them.",
    "facts-title": "The title of a box of key facts.",
    "facts": "Key facts.",
    "term": "What a definition explains.",
    "key-value": "The big number of a key figure.",
    "key-label": "What the number counts.",
    "signature": "A place to sign.",
    "verbatim": "Text that is printed as it is typed.",
    "table-group": "The heading of a group of rows.",
    "table-note": "A note below a table.",
    "note": "A note at the foot of the page.",
    "chart": "The words inside charts.",
    "listing": "A line of a list of figures or tables.",
    "body": "Running text; every other role takes from it what it leaves open.",
    "secondary": "Quiet remarks.",
    "section-title": "The title of a section.",
    "section-lead": "The quiet line under a section's title.",
    "numbered": "Numbered paragraphs.",
    "list": "Items of lists.",
    "addressee": "To whom points are addressed.",
    "objective": "The objective of a brief.",
    "contents-group": "A group in the contents, such as “Annexes”.",
    "banner": "The marking at the top and foot of every page.",
    "blank-page": "The words on a page left blank.",
    "stamp": "What is printed on annex pages.",
    "watermark": "The word across the pages.",
    "code": "Code inside a line: only its font counts.",
    "link": "Links inside a line: only colour and underline count.",
}

_FONT = Group(
    "font",
    {
        "regular": Key(TextShape(), "TrueType file, relative to the style file.", required=True),
        "bold": Key(TextShape(), "TrueType file of the bold face."),
        "italic": Key(TextShape(), "TrueType file of the italic face."),
        "bold_italic": Key(TextShape(), "TrueType file of the bold italic face."),
        "word": Key(TextShape(), "The name Word knows the family by; default: the name given here."),
        "fallback": Key(
            ListOf(TextShape(), "family names"), "Families for characters that this one lacks, in order."
        ),
    },
    "One font family of the project.",
)

_PAGE = Group(
    "page",
    {
        "size": Key(
            ByForm(
                "A4, A5, Letter, Legal or {width, height}",
                scalar=Choice(("A4", "A5", "Letter", "Legal")),
                group=Group(
                    "sheet",
                    {
                        "width": Key(SHEET, "Width of the upright sheet.", required=True),
                        "height": Key(SHEET, "Height of the upright sheet.", required=True),
                    },
                    "A sheet of another size.",
                ),
            ),
            "The sheet: A4, A5, Letter, Legal, or width and height.",
        ),
        "orientation": Key(Choice(("portrait", "landscape")), "landscape lays the sheet on its side."),
        "two_sided": Key(Boolean(), "Printed on both sides: margins and header change sides."),
        "section_start": Key(
            Choice(("page", "recto", "continuous")),
            "Where sections begin: on a new page, on a right-hand page (two-sided only), or running on.",
        ),
        "margins": Key(
            Group(
                "margins",
                {
                    "top": Key(MEASURE, "From the sheet's top to the text."),
                    "bottom": Key(MEASURE, "From the sheet's foot to the text."),
                    "inside": Key(MEASURE, "At the binding; the left margin of one-sided pages."),
                    "outside": Key(MEASURE, "At the open side; the right margin of one-sided pages."),
                    "gutter": Key(MEASURE, "Added to inside for the binding."),
                },
                "The margins of the text.",
            ),
            "The margins of the text.",
        ),
        "banner_top": Key(MEASURE, "From the sheet's top to the upper banner's baseline."),
        "banner_bottom": Key(MEASURE, "From the sheet's foot to the lower banner's baseline."),
        "header": Key(MEASURE, "From the sheet's top to the header's baseline."),
        "footer": Key(MEASURE, "From the sheet's foot to the footer's baseline."),
    },
    "Sheet, margins and sides.",
)

_MARKINGS = Group(
    "markings",
    {
        "portions": Key(Boolean(), "Print a mark before every portion: (R)."),
        "banner": Key(
            Choice(tuple(of.value for of in BannerOf)),
            "What banners tell the marking of: the whole pack, or what is on the page.",
        ),
        "colours": Key(
            Choice(tuple(use.value for use in BannerColours)),
            "What is done with the policy's colours: nothing, the banner's words have them, or they stand on a band of them.",
        ),
    },
    "How the markings of a pack with a policy are printed.",
)

_COVER = Group(
    "cover",
    {
        "show": Key(Boolean(), "Whether the pack has a cover."),
        "kicker": Key(TemplateShape(PACK_FIELDS), "The small line above the title."),
        "title": Key(TemplateShape(PACK_FIELDS), "The title."),
        "subtitle": Key(TemplateShape(PACK_FIELDS), "The line below the title."),
        "fields": Key(
            MapOf(
                TemplateShape(PACK_FIELDS),
                "label words and what stands beside them",
                "|".join(WORDS),
                f"label words: {', '.join(key for key in WORDS if '_' not in key)}, …",
            ),
            "Label words and what stands beside them, in order; replaces the inherited ones as a whole.",
        ),
        "label_width": Key(MEASURE, "Width of the labels' column."),
        "logo": Key(TextShape(), "A PNG, JPEG or SVG file, relative to the style file; ~ for none."),
        "logo_width": Key(MEASURE, "Width of the logo."),
        "top": Key(ShareShape(), "From the top of the text frame to the kicker, a share of its height."),
        "rule": Key(LINE, "Width of the short line below the subtitle; 0 for none."),
        "rule_length": Key(MEASURE, "Length of that line."),
        "rule_colour": Key(COLOUR, "Colour of that line."),
    },
    "The first page.",
)

_CONTENTS = Group(
    "contents",
    {
        "depth": Key(Integer(0, 3), "0 for no contents, 1 for sections only, up to 3."),
        "leader": Key(TextShape(), 'What leads from the title to the page number; "" for none.'),
        "leader_colour": Key(COLOUR, "Colour of the leader."),
        "number_width": Key(TripleOf(MEASURE), "Widths of the number columns of the three levels."),
        "page_width": Key(MEASURE, "Width of the column of page numbers."),
    },
    "The table of contents.",
)

_NUMBERING = Group(
    "numbering",
    {
        "sections": Key(Boolean(), "Number the sections."),
        "headings": Key(Integer(1, 4), "The deepest heading level with a number; 1: section titles only."),
        "paragraphs": Key(
            TripleOf(PatternShape()), 'Patterns of numbered paragraphs, level by level: "1.", "(a)", "(i)".'
        ),
        "annexes": Key(Choice(("A", "1", "I")), "Labels of annexes: letters, numbers or roman numerals."),
        "heading_indent": Key(MEASURE, "Width of the column for the numbers of titles and headings."),
        "paragraph_indent": Key(
            SPACE, "Hanging indent of each level of numbered paragraphs; em of body's size."
        ),
    },
    "What has a number, and how it is written.",
)

_LISTS = Group(
    "lists",
    {
        "bullets": Key(
            ListOf(TextShape(), "labels", 1), "Labels of bulleted lists, depth by depth; the last repeats."
        ),
        "dashes": Key(
            ListOf(TextShape(), "labels", 1), "Labels of dashed lists and of points, depth by depth."
        ),
        "indent": Key(SPACE, "Hanging indent of each depth; em of body's size."),
        "item_gap": Key(SPACE, "Least space between items; em of body's size."),
        "colour": Key(COLOUR, "Colour of the labels."),
    },
    "Bulleted, dashed and numbered lists.",
)


def _table(name: str, about: str) -> Group:
    return Group(
        f"{name} look",
        {
            "top": Key(LINE, "Width of the line above the table."),
            "header": Key(LINE, "Width of the line below the header."),
            "row": Key(LINE, "Width of the lines between rows."),
            "bottom": Key(LINE, "Width of the line below the table."),
            "top_colour": Key(COLOUR, "Colour of the line above the table."),
            "line_colour": Key(COLOUR, "Colour of the other lines."),
            "header_fill": Key(COLOUR, "Colour behind the header; ~ for none."),
            "band_fill": Key(COLOUR, "Colour behind every other row; ~ for none."),
            "padding_x": Key(SPACE, "From a cell's sides to its text; em of body's size."),
            "padding_y": Key(SPACE, "From a cell's top and bottom to its text; em of body's size."),
            "before": Key(SPACE, "Space above the table; em of body's size."),
            "after": Key(SPACE, "Space below the table; em of body's size."),
            "rule": Key(LINE, "Width of the line to the right of the first column; 0 for none."),
            "rule_colour": Key(COLOUR, "Colour of that line and of the discs on it."),
            "total": Key(LINE, "Width of the line above a total."),
            "group_fill": Key(COLOUR, "Colour behind the headings of groups of rows; ~ for none."),
            "marker": Key(LINE, "Diameter of the disc beside each row on the line (PDF only); 0 for none."),
        },
        about,
    )


_COLUMNS = Group(
    "columns look",
    {
        "gap": Key(SPACE, "Space between columns, and between parts side by side; em of body's size."),
        "rule": Key(LINE, "Width of the line between columns; 0 for none."),
        "rule_colour": Key(COLOUR, "Colour of that line."),
        "key_rule": Key(LINE, "Width of the line above each key figure; 0 for none."),
        "sign_rule": Key(LINE, "Width of the line to sign on; 0 for none."),
        "sign_room": Key(SPACE, "Room above that line."),
        "key_colour": Key(COLOUR, "Colour of that line."),
        "before": Key(SPACE, "Space above columns and key figures; em of body's size."),
        "after": Key(SPACE, "Space below them; em of body's size."),
    },
    "Text in columns, and parts side by side.",
)

_NOTES = Group(
    "notes look",
    {
        "rule": Key(LINE, "Width of the short line above notes; 0 for none."),
        "rule_length": Key(MEASURE, "Length of that line."),
        "rule_colour": Key(COLOUR, "Colour of that line."),
        "gap": Key(SPACE, "From the text down to the line, and on to the first note; em of body's size."),
        "indent": Key(SPACE, "Hanging indent that holds the mark; em of body's size."),
        "space": Key(SPACE, "Space between two notes; em of body's size."),
    },
    "Notes at the foot of the page.",
)

_CHARTS = Group(
    "charts look",
    {
        "palette": Key(
            ListOf(COLOUR, "colours", 1), "Colours of the series, in order; told apart in grey, too."
        ),
        "patterns": Key(Boolean(), "Hatch areas as well, for printing in grey."),
        "axis": Key(COLOUR, "Colour of axes and their marks."),
        "grid": Key(COLOUR, "Colour of the lines behind."),
        "line": Key(LINE, "Width of drawn lines."),
        "height": Key(Number(0.1, 2.0), "Height of a chart, as a multiple of its width."),
        "word": Key(
            Choice(tuple(form.value for form in ChartForm)),
            "picture: Word shows the PDF's picture; native: a chart of Word's own, whose data can be edited.",
        ),
    },
    "Charts.",
)

_TYPOGRAPHY = Group(
    "typography",
    {
        "refine": Key(
            Boolean(), "Set quotes, dashes and spaces as the language does, and ISO dates in words."
        ),
        "small_caps": Key(Boolean(), "Set abbreviations of the glossary in small capitals."),
        "spell_out": Key(
            Choice(tuple(where.value for where in SpellOut)),
            "Write abbreviations out at first use in the pack, in each section, or never.",
        ),
    },
    "What is done to the words.",
)

_CRAFT = Group(
    "craft",
    {
        "words_per_minute": Key(Integer(40, 300), "How fast a speaking note is read."),
        "speech_times": Key(Boolean(), "Print how long each paragraph of a speaking note takes."),
        "portrait": Key(MEASURE, "Width of portraits in biographies."),
        "brief_pages": Key(Integer(0, 99), "Pages that a brief may have before a warning; 0 for any number."),
        "steering_pages": Key(Integer(0, 99), "The same for a steering brief."),
        "as_of_days": Key(Integer(0, 9999), "Days after which a figure is warned about as old; 0 for never."),
        "parts": Key(
            ListOf(Choice(PART_NAMES), "parts of briefs"),
            "The parts of briefs that this style prints; ~ for all.",
        ),
    },
    "What the style expects of its texts.",
)

_IMAGE = Group(
    "image look",
    {
        "before": Key(SPACE, "Space above a picture; em of body's size."),
        "after": Key(SPACE, "Space below a picture and its caption; em of body's size."),
        "caption_gap": Key(SPACE, "From the picture to its caption; em of body's size."),
        "align": Key(Choice(("left", "centre", "right")), "Where pictures narrower than the text stand."),
    },
    "Pictures.",
)

_DIVIDER = Group(
    "divider",
    {
        "sheet": Key(
            Choice(("page", "banner", "none")),
            "What stands before an annex: page: a page with its label and title; banner: one with both in a band of colour; none: nothing.",
        ),
        "top": Key(ShareShape(), "From the top of the text frame to the label, a share of its height."),
        "line": Key(TemplateShape(DIVIDER_FIELDS), f"The quiet line; fields: {', '.join(DIVIDER_FIELDS)}."),
        "rule": Key(LINE, "Width of the short line; 0 for none."),
        "rule_length": Key(MEASURE, "Length of that line."),
        "rule_colour": Key(COLOUR, "Colour of that line."),
    },
    "The page before an annex.",
)

_ANNEXES = Group(
    "annexes look",
    {
        "scale": Key(
            Choice(("fit", "original")),
            "fit: annex pages are made smaller, so that stamps stand beside them; original: they keep their size.",
        ),
        "paper": Key(
            Choice(("own", "pack")),
            "What becomes of annex pages larger than the pack's paper; own: they stay so; pack: they are reduced.",
        ),
        "word": Key(
            Choice(("schedule", "pictures")),
            "What a Word file has of annexes: schedule: a list; pictures: their pages as pictures, too.",
        ),
        "recto": Key(Boolean(), "true: annexes begin on a right-hand page where the pack is two-sided."),
    },
    "How annexes are bound where the pack does not say it.",
)

_STAMP = Group(
    "stamp",
    {
        "top": Key(Group("stamp top", _slots("stamp", STAMP_FIELDS)), "At the top of annex pages."),
        "bottom": Key(Group("stamp bottom", _slots("stamp", STAMP_FIELDS)), "At the foot of annex pages."),
        "margin": Key(MEASURE, "From the sheet's visible edges to the stamp."),
    },
    "What is printed on annex pages.",
)

WORDS_GROUP = Group(
    "words", {key: Key(shape, WORDS[key].about) for key, shape in WORD_SHAPES.items()}, "Label words."
)

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
            MapOf(OrNone(_FONT), "font families", _FAMILY, "a family needs a name"),
            "Font families of the project, by name.",
        ),
        "page": Key(_PAGE, "Sheet, margins and sides."),
        "text": Key(
            Group(
                "text roles",
                {role: Key(_ROLE, _ROLE_ABOUT.get(role, f"Text of the role {role}.")) for role in TEXT_ROLES},
                "How each kind of text looks.",
            ),
            "How each kind of text looks.",
        ),
        "header": Key(_furniture("header", "From the header's baseline down to the line."), "The header."),
        "footer": Key(_furniture("footer", "From the line down to the footer's capitals."), "The footer."),
        "banner": Key(TemplateShape(PACK_FIELDS), "What stands at the very top and foot of every page."),
        "cover": Key(_COVER, "The first page."),
        "contents": Key(_CONTENTS, "The table of contents."),
        "numbering": Key(_NUMBERING, "What has a number, and how it is written."),
        "lists": Key(_LISTS, "Bulleted, dashed and numbered lists."),
        "table": Key(_table("table", "Tables."), "Tables."),
        "matrix": Key(_table("matrix", "Comparison matrices."), "Comparison matrices."),
        "timeline": Key(_table("timeline", "Timelines."), "Timelines."),
        "agenda": Key(_table("agenda", "Agendas and movements."), "Agendas and movements."),
        "clearance": Key(_table("clearance", "Clearance blocks."), "Clearance blocks."),
        "callout": Key(_box("callouts"), "Callouts."),
        "question": Key(_box("questions"), "Questions that may come, each with the line to take."),
        "facts": Key(_box("key facts"), "Boxes of key facts."),
        "quotation": Key(_box("quotations"), "Quotations."),
        "verbatim": Key(_box("text as typed"), "Text that is printed as it is typed."),
        "objective": Key(_box("the objective"), "The box around a brief's objective."),
        "columns": Key(_COLUMNS, "Text in columns, and parts side by side."),
        "notes": Key(_NOTES, "Notes at the foot of the page."),
        "charts": Key(_CHARTS, "Charts."),
        "typography": Key(_TYPOGRAPHY, "What is done to the words."),
        "craft": Key(_CRAFT, "What the style expects of its texts."),
        "image": Key(_IMAGE, "Pictures."),
        "divider": Key(_DIVIDER, "The page before an annex."),
        "annexes": Key(_ANNEXES, "How annexes are bound."),
        "stamp": Key(_STAMP, "What is printed on annex pages."),
        "markings": Key(_MARKINGS, "How the markings of a policy are printed."),
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
        *((box, "fill") for box in ("callout", "question", "facts", "quotation", "verbatim", "objective")),
        ("craft", "parts"),
        ("words",),
    }
)
"""Keys, and groups of keys, that a finished style can do without; every other key must be there after `extends`."""

BODY_ATTRIBUTES: tuple[str, ...] = tuple(key for key in _ROLE.keys if key != "like")


def style_json_schema() -> Json:
    """The JSON Schema of a style file (2020-12), with a description on every key."""
    return json_schema(STYLE, "briefpack style")
