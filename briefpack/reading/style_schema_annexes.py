"""The keys of a style for how annexes are bound: the page before them, their size, and what is stamped on their pages."""

from __future__ import annotations

from briefpack.document import Paper, Scale
from briefpack.reading.scalars import Boolean, Choice
from briefpack.reading.shape import Group, Key
from briefpack.reading.style_measures import COLOUR, LINE, MEASURE
from briefpack.reading.style_schema_page import slots
from briefpack.reading.style_values import ShareShape, TemplateShape
from briefpack.style import DIVIDER_FIELDS, STAMP_FIELDS, AnnexForm, DividerSheet

DIVIDER = Group(
    "divider",
    {
        "sheet": Key(
            Choice.of(DividerSheet),
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


ANNEXES = Group(
    "annexes look",
    {
        "scale": Key(
            Choice.of(Scale),
            "fit: annex pages are made smaller, so that stamps stand beside them; original: they keep their size.",
        ),
        "paper": Key(
            Choice.of(Paper),
            "What becomes of annex pages larger than the pack's paper; own: they stay so; pack: they are reduced.",
        ),
        "word": Key(
            Choice.of(AnnexForm),
            "What a Word file has of annexes: schedule: a list; pictures: their pages as pictures, too.",
        ),
        "recto": Key(Boolean(), "true: annexes begin on a right-hand page where the pack is two-sided."),
    },
    "How annexes are bound where the pack does not say it.",
)


STAMP = Group(
    "stamp",
    {
        "top": Key(Group("stamp top", slots("stamp", STAMP_FIELDS)), "At the top of annex pages."),
        "bottom": Key(Group("stamp bottom", slots("stamp", STAMP_FIELDS)), "At the foot of annex pages."),
        "margin": Key(MEASURE, "From the sheet's visible edges to the stamp."),
    },
    "What is printed on annex pages.",
)
