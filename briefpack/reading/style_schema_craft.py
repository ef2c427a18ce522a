"""The keys of a style for what it does to the words of a pack, and what it asks of them."""

from __future__ import annotations

from briefpack.pack import PART_NAMES
from briefpack.reading.scalars import Boolean, Choice, Integer
from briefpack.reading.shape import Group, Key, ListOf
from briefpack.reading.style_measures import MEASURE, SPACE
from briefpack.reading.style_values import PatternShape, TripleOf
from briefpack.style import SpellOut

NUMBERING = Group(
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


TYPOGRAPHY = Group(
    "typography",
    {
        "refine": Key(
            Boolean(), "Set quotes, dashes and spaces as the language does, and ISO dates in words."
        ),
        "small_caps": Key(Boolean(), "Set abbreviations of the glossary in small capitals."),
        "spell_out": Key(
            Choice.of(SpellOut),
            "Write abbreviations out at first use in the pack, in each section, or never.",
        ),
    },
    "What is done to the words.",
)


CRAFT = Group(
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
