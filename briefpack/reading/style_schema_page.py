"""The keys of a style for what surrounds the text: sheet and margins, header and footer, cover, contents, and what banners say of markings."""

from __future__ import annotations

from briefpack.reading.scalars import Boolean, Choice, Integer, TextShape
from briefpack.reading.shape import ByForm, Group, Key, MapOf
from briefpack.reading.style_measures import COLOUR, LINE, MEASURE, SHEET, SHEETS
from briefpack.reading.style_values import ShareShape, TemplateShape, TripleOf
from briefpack.style import FURNITURE_FIELDS, PACK_FIELDS, WORDS, BannerColours, BannerOf, SectionStart


def slots(name: str, fields: tuple[str, ...]) -> dict[str, Key]:
    slot = TemplateShape(fields)
    return {
        "left": Key(slot, f"What stands at the left of the {name}; fields: {', '.join(fields)}, word:KEY."),
        "centre": Key(slot, f"What stands in the middle of the {name}."),
        "right": Key(slot, f"What stands at the right of the {name}."),
    }


def furniture(name: str, gap: str) -> Group:
    return Group(
        name,
        {
            **slots(name, FURNITURE_FIELDS),
            "verso": Key(
                Group(f"{name} verso", slots(name, FURNITURE_FIELDS), f"The {name} of left-hand pages."),
                f"The {name} of left-hand pages; without it left and right change places there.",
            ),
            "first": Key(
                Group(
                    f"{name} first", slots(name, FURNITURE_FIELDS), f"The {name} of a section's first page."
                ),
                f"The {name} of a section's first page; {{}} leaves it empty.",
            ),
            "rule": Key(LINE, "Width of the line between it and the text; 0 for none."),
            "rule_colour": Key(COLOUR, "Colour of that line."),
            "rule_gap": Key(MEASURE, gap),
        },
        f"The {name} of every page.",
    )


PAGE = Group(
    "page",
    {
        "size": Key(
            ByForm(
                f"{', '.join(SHEETS)} or {{width, height}}",
                scalar=Choice(tuple(SHEETS)),
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
            Choice.of(SectionStart),
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


MARKINGS = Group(
    "markings",
    {
        "portions": Key(Boolean(), "Print a mark before every portion: (R)."),
        "banner": Key(
            Choice.of(BannerOf),
            "What banners tell the marking of: the whole pack, or what is on the page.",
        ),
        "colours": Key(
            Choice.of(BannerColours),
            "What is done with the policy's colours: nothing, the banner's words have them, or they stand on a band of them.",
        ),
    },
    "How the markings of a pack with a policy are printed.",
)


COVER = Group(
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


CONTENTS = Group(
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
