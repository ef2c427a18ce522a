"""The keys of a style for the looks of blocks: lists, tables, columns, notes, charts, boxes and pictures."""

from __future__ import annotations

from briefpack.reading.scalars import Boolean, Choice, Number, TextShape
from briefpack.reading.shape import Group, Key, ListOf
from briefpack.reading.style_measures import COLOUR, LINE, MEASURE, SPACE
from briefpack.style import ChartForm

LISTS = Group(
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


def table(name: str, about: str) -> Group:
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


COLUMNS = Group(
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


NOTES = Group(
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


CHARTS = Group(
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
            Choice.of(ChartForm),
            "picture: Word shows the PDF's picture; native: a chart of Word's own, whose data can be edited.",
        ),
    },
    "Charts.",
)


def box(name: str) -> Group:
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


IMAGE = Group(
    "image look",
    {
        "before": Key(SPACE, "Space above a picture; em of body's size."),
        "after": Key(SPACE, "Space below a picture and its caption; em of body's size."),
        "caption_gap": Key(SPACE, "From the picture to its caption; em of body's size."),
        "align": Key(Choice(("left", "centre", "right")), "Where pictures narrower than the text stand."),
    },
    "Pictures.",
)
