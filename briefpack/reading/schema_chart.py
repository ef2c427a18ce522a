"""What an author may write in a chart and in a QR code: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.reading.scalars import Boolean, Choice, Percent, TextShape
from briefpack.reading.schema_words import BLOCK_KEYS, LIMITS, MARKDOWN, PATH, SOURCED, TEXT
from briefpack.reading.shape import ByForm, Group, Key, ListOf, MapOf

NUMBER = TextShape(blank=True, null=True)
"""A number of a chart. What is one is told by the reader of charts, which knows the same of CSV files."""
_NUMBERS = ListOf(NUMBER, "numbers", least=1)
_NAME = r"[\s\S]*\S[\s\S]*"
_NAME_RULE = "a name has letters or digits"

SERIES = Group(
    "chart series",
    {
        "name": Key(TEXT, "Its name, in the legend or beside its marks."),
        "values": Key(_NUMBERS, "Its numbers, one for each category; ~ where there is none.", required=True),
        **LIMITS,
    },
)
CHART = Group(
    "chart block",
    {
        "chart": Key(
            Choice(("bar", "line", "area", "pie", "donut")), "The kind of the chart.", required=True
        ),
        "horizontal": Key(Boolean(), "Whether bars lie, with the names of the categories beside them."),
        "stacked": Key(Boolean(), "Whether bars or areas are added up instead of standing side by side."),
        "categories": Key(
            ListOf(TEXT, "categories", least=1), "What the numbers belong to: years, countries."
        ),
        "series": Key(
            ByForm(
                "a group of series or a list of them",
                sequence=ListOf(SERIES, "series", least=1),
                group=MapOf(_NUMBERS, "series", _NAME, _NAME_RULE, least=1),
            ),
            "The numbers: by the name of each series a list, with one number for each category.",
        ),
        "values": Key(
            MapOf(NUMBER, "categories with their numbers", _NAME, _NAME_RULE, least=1),
            "In short for one series: each category with its number.",
        ),
        "csv": Key(
            PATH,
            "A CSV file in the pack's folder instead: the first column has the categories, the first line the names of the series.",
        ),
        "delimiter": Key(
            TextShape(pattern=r"[,;|\t]", rule="one of , ; |"),
            "What divides the CSV's cells; a comma when absent.",
        ),
        "unit": Key(TEXT, "What the numbers count: % of GDP, EUR million."),
        "labels": Key(
            Boolean(), "Whether each number is printed beside its mark; for a few numbers when absent."
        ),
        "alt": Key(
            TEXT, "What the chart shows, in a sentence; the numbers are read out behind it in any case."
        ),
        "caption": Key(MARKDOWN, "Printed below, behind its number."),
        **SOURCED,
        "width": Key(Percent(), "Share of the text width; all of it when absent."),
        "height": Key(Percent(), "Height as a share of the chart's width; the style's when absent."),
        **BLOCK_KEYS,
    },
)
QR = Group(
    "QR code block",
    {
        "qr": Key(TEXT, "The web or mail address that the code leads to.", required=True),
        "caption": Key(MARKDOWN, "Printed below, behind its number."),
        "width": Key(Percent(), "Share of the text width; the usual size when absent."),
        **BLOCK_KEYS,
    },
)


def figure_kinds() -> dict[str, Group]:
    """The kinds of blocks that are drawn from data."""
    return {"chart": CHART, "qr": QR}
