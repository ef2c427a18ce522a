"""The sections of the torture pack that combine the blocks of the vocabulary in the oddest orders that are allowed."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

from tests.samples import prose

FRENCH = "« C’est là, dit-elle, que tout commence ; il faut 1 000 € pour l’OTAN ! »"
GLOSSARY = {
    "NAC": "North Atlantic Council",
    "MOU": {"long": "memorandum of understanding", "plural": "memoranda of understanding"},
    "OTAN": "Organisation du traité de l’Atlantique nord",
    "NEVER": "An abbreviation that no section uses",
}
GLOSSARY_FILE = json.dumps(GLOSSARY, ensure_ascii=False)


def vocabulary_sections(rng: random.Random) -> dict[str, str]:
    """By name of the file."""
    return {
        "10-nested.yaml": _section(
            "Nested", _nested(rng), notes={"far": f"{prose(rng, 3)}\n\n{prose(rng, 2)}"}
        ),
        "11-grids.yaml": _section("Grids", _grids(rng)),
        "12-turned.yaml": _section("Turned", _turned(rng), id="turned-pages"),
        "13-figures.yaml": _section("Figures of all kinds", _figures()),
        "14-sideways.yaml": _section("A section on its side", _sideways(rng), landscape=True),
        "15-vocabulaire.yaml": _section("Vocabulaire", _french(), language="fr", note=FRENCH),
        "16-indexes.yaml": "title: Figures and tables\nkind: lists\n",
        "17-abbreviations.yaml": "title: Abbreviations\nkind: abbreviations\n",
        "18-people.yaml": PEOPLE,
        "19-speech.yaml": SPEECH,
        "20-qa.yaml": QA,
        "21-statement.yaml": STATEMENT,
        "22-contacts.yaml": CONTACTS,
    }


def _section(title: str, blocks: Sequence[object], **more: object) -> str:
    # JSON is YAML.
    return json.dumps({"title": title, **more, "blocks": blocks}, ensure_ascii=False, indent=1) + "\n"


def _nested(rng: random.Random) -> list[object]:
    """Lists in callouts in columns, notes in all of them, and what stands right behind a heading."""
    chart = {
        "chart": "pie",
        "values": {"a": 1, "b": 2},
        "caption": "A pie in a box",
        "width": "60%",
    }
    return [
        {"heading": "A heading before columns"},
        {
            "columns": [
                f"{prose(rng, 4)} A note^[With [a link](https://example.org/note). {prose(rng, 12)}] in a column.",
                {
                    "callout": "A list in a box in a column.",
                    "title": "A box",
                    "blocks": [
                        {
                            "list": [
                                "one^[In an item.]",
                                {"text": "two", "blocks": [{"quote": "Words in an item.", "by": "Somebody"}]},
                            ]
                        }
                    ],
                },
                {
                    "table": {
                        "columns": ["A", {"title": "B", "decimal": True}],
                        "rows": [["x^[In a cell.]", "1.5"], ["y", "22.75"]],
                        "caption": "In a column",
                    }
                },
                {"definitions": {"Term": "What it means.", "Another": prose(rng, 2)}},
            ]
        },
        {
            "columns": [
                prose(rng, 3),
                {"column_break": True},
                {"keep": [{"heading": "Kept in the third", "level": 3}, prose(rng, 2)]},
            ],
            "count": 3,
        },
        {"heading": "Right before a table"},
        {
            "keep": [
                {
                    "callout": "Kept.",
                    "blocks": [
                        {
                            "key_figures": [
                                {"value": "2.7 %", "label": "in a box"},
                                {"value": "31", "label": "in the same", "source": "Us"},
                            ]
                        },
                        chart,
                    ],
                },
                {
                    "facts": {"One": "A fact with a note[^far].", "Two": "- a list\n- of facts"},
                    "title": "Facts",
                    "source": "A source",
                },
            ]
        },
        {
            "points": [
                {
                    "to": "the NAC and the MOU desk",
                    "points": [
                        {
                            "text": "High^[Noted.]",
                            "priority": "high",
                            "blocks": [{"callout": "A box in a point."}],
                        },
                        {
                            "text": "Low",
                            "priority": "low",
                            "items": ["inner", {"text": "inner too", "items": ["innermost"]}],
                        },
                    ],
                },
                "For everybody",
            ]
        },
        {
            "questions": [
                {"question": "Why?", "line": f"{prose(rng, 2)}\n\n1. one\n2. two"},
                {"question": "When?", "line": prose(rng, 20)},
            ]
        },
        {
            "beside": {
                "image": "pictures/tall.png",
                "alt": "A tall gradient",
                "caption": "Beside",
                "share": "25%",
                "side": "right",
                "blocks": [
                    prose(rng, 2),
                    {"callout": "Boxed beside.", "title": "Beside"},
                    {"list": ["a", "b"], "style": "numbers"},
                ],
            }
        },
        {
            "beside": {
                "image": "pictures/dot.png",
                "alt": "",
                "share": "10%",
                "blocks": [{"quote": prose(rng, 3), "by": "Nobody", "date": "2025-04-03"}],
            }
        },
        {
            "signatures": [
                {"name": "A", "office": "Office"},
                {"name": "B", "date": "2025-04-02"},
                {"name": "C"},
            ]
        },
        {
            "clearance": [
                {"drafted": "Desk", "contact": "1234", "date": "2025-03-31"},
                {"step": "read", "by": "Nobody"},
            ]
        },
    ]


def _grids(rng: random.Random) -> list[object]:
    """Cells over rows and columns at the edges of pages, with notes, groups and totals."""
    tall = [
        [
            {"text": f"Day {n}^[Note {n} in a cell over rows.]", "rows": 3},
            {"text": prose(rng, 6), "columns": 2},
            "1.5",
        ]
        if row == 0
        else (
            [{"text": prose(rng, 5), "rows": 2}, prose(rng, 1), "22.25"] if row == 1 else [prose(rng, 4), "–"]
        )
        for n in range(1, 7)
        for row in range(3)
    ]
    return [
        {
            "table": {
                "columns": [
                    {"title": "Day", "heads": True, "width": "18%"},
                    {"title": "Morning", "group": "The day"},
                    {"title": "Afternoon", "group": "The day"},
                    {"title": "Sum", "decimal": True, "width": "12%"},
                ],
                "rows": [
                    {"group": "First group"},
                    *tall,
                    {"group": "Second group"},
                    ["Last", "a^a^", "b^b^", "3"],
                    {"total": ["All", {"text": "in two columns", "columns": 2}, "1000.5"]},
                ],
                "notes": {"a": "A note of a table with [[grids]].", "b": "Another."},
                "caption": "Spans",
                "source": "The desk",
            },
            "id": "spans",
        },
        {
            "matrix": {
                "corner": "Who",
                "columns": ["One", "Two", "Three"],
                "rows": [
                    {"head": f"Partner {n}^[Row head.]", "cells": [prose(rng, 3), "", "—"]} for n in range(5)
                ],
            },
            "caption": "A matrix",
            "source": "Nobody",
        },
        {
            "timeline": [
                {"date": "2024-12-30", "until": "2025-01-02", "text": f"{prose(rng, 2)}^[When.]"},
                {"when": "in spring", "text": "- one\n- two"},
                {"date": "2025-06-24", "text": "See [[spans]]."},
            ],
            "caption": "Times",
        },
        {
            "table": {
                "columns": ["Blocks in cells", "More"],
                "rows": [
                    [
                        {"blocks": [{"callout": "A box in a cell^[Boxed.]"}, {"list": ["a", "b"]}]},
                        {
                            "text": "With a chart",
                            "blocks": [{"chart": "bar", "values": {"x": 3, "y": -1}, "caption": "In a cell"}],
                        },
                    ],
                    [
                        {"blocks": [{"key_figures": [{"value": "9", "label": "in a cell"}]}]},
                        {"blocks": [{"definitions": {"T": "in a cell"}}]},
                    ],
                    [{"text": "", "rows": 2}, "empty beside"],
                    ["last"],
                ],
            }
        },
    ]


def _turned(rng: random.Random) -> list[object]:
    """Pages on their side within an upright section."""
    return [
        prose(rng, 2),
        {
            "landscape": [
                {"heading": "On its side, at its head"},
                {
                    "table": {
                        "columns": [str(n) for n in range(1, 13)],
                        "rows": [[f"{row}{column}" for column in "abcdefghijkl"] for row in range(40)],
                        "caption": "Twelve columns",
                    }
                },
                # LibreOffice 7.4 does not end where a footnote stands in columns on a page on its side.
                f"{prose(rng, 3)}^[On a page on its side.]",
                {"columns": [prose(rng, 3)], "count": 3},
                {
                    "chart": "line",
                    "categories": ["a", "b", "c"],
                    "series": {"One": [1, None, 3], "Two": [2, 2, 2]},
                    "caption": "Wide",
                },
                {"callout": "A box on its side.", "title": "Turned"},
            ]
        },
        {"heading": "Upright again"},
        {"table": {"columns": ["A", "B"], "rows": [["right", "behind"]]}},
        {
            "landscape": [
                {
                    "image": "pictures/wide.png",
                    "alt": "The gradient on its side",
                    "caption": "Alone on its page",
                    "width": "100%",
                }
            ]
        },
        {"landscape": [{"questions": [{"question": "Turned?", "line": "So it is."}]}]},
    ]


def _figures() -> list[object]:
    """Every kind of chart, with values that are missing, below nothing, equal, or one alone."""
    three = ["first", "second", "third, with a name that is long"]
    below = {"Up": [1, 2, 3], "Down": [-1, -2, None]}
    return [
        {
            "chart": "bar",
            "categories": three,
            "series": below,
            "caption": "Bars",
            "unit": "per cent",
            "alt": "Up and down.",
            "id": "bars",
        },
        {"chart": "bar", "categories": three, "series": below, "stacked": True, "width": "50%"},
        {
            "chart": "bar",
            "categories": three,
            "series": {"Only": [0, 0, 0]},
            "horizontal": True,
            "caption": "Nothing",
        },
        {
            "chart": "line",
            "categories": three,
            "series": {f"Line {n}": [n, n + 1, n] for n in range(6)},
            "caption": "Six lines",
            "source": "Us",
        },
        {
            "chart": "area",
            "categories": three,
            "series": {"A": [1, 2, 3], "B": [3, 2, 1]},
            "stacked": True,
            "labels": True,
        },
        {"chart": "pie", "values": {"One": 1}, "caption": "All of it"},
        {
            "chart": "donut",
            "values": {f"Part {n}": n for n in range(1, 8)},
            "unit": "EUR million",
            "caption": "Parts",
        },
        {"qr": "https://example.org/?a=1&b=<2>", "caption": "A code"},
        "See [[bars]] and [[spans]].",
    ]


def _sideways(rng: random.Random) -> list[object]:
    return [
        {"heading": "Right at its head"},
        {"facts": [{"label": "Where", "text": "On its side^[As all here.]"}]},
        {"columns": [{"list": [prose(rng, 1) for _ in range(12)]}], "count": 3},
        {"timeline": [{"date": f"2025-04-{n:02}", "text": prose(rng, 2)} for n in range(1, 25)]},
    ]


def _french() -> list[object]:
    return [
        {"heading": "Où l’on parle"},
        {"points": [{"to": "la table", "points": [FRENCH, {"text": "Priorité", "priority": "high"}]}]},
        {"questions": [{"question": "Pourquoi ?", "line": FRENCH}]},
        {
            "table": {
                "columns": [{"title": "Ligne", "heads": True}, {"title": "Somme", "decimal": True}],
                "rows": [["a", "1234.5"], ["b", "–"]],
                "notes": {"a": "Une note de tableau."},
                "caption": "Les sommes",
            }
        },
        {
            "chart": "bar",
            "categories": ["2024", "2025"],
            "series": {"Un": [1.5, 2.25], "Deux": [1234.5, None]},
            "unit": "€",
            "caption": "Barres",
            "alt": "Des barres.",
        },
        {"quote": FRENCH, "by": "Elle", "date": "2025-04-01"},
        {"clearance": [{"drafted": "Le bureau", "date": "2025-04-01"}, {"cleared": "La direction"}]},
        {"text": "A word in [English]{lang=en-GB}, le 2^e^ jour ; H~2~O."},
    ]


PEOPLE = """\
title: People
kind: biographies
people:
  - {name: Ægir Þórðarson, office: Minister, pronunciation: EYE-yir, languages: "Icelandic, English", last_met: "Oslo, 2024",
     portrait: pictures/tall.png, alt: A portrait, text: "He wrote *one* book^[And no other.]."}
  - {name: Nobody, text: Of whom nothing is known.}
"""
SPEECH = """\
title: A speech
kind: speaking-note
speech: [First., "Second, with a pause^[Not spoken.].", Third.]
"""
QA = """\
title: Asked and answered
kind: qa
press_line: "What we say^[To all.]."
questions:
  - topic: A topic
    questions: [{question: Who?, answer: "Those, and these."}]
"""
STATEMENT = """\
title: A statement
kind: statement
preamble: "We agreed^[In part.]:"
paragraphs: [One., {text: Two., id: second-of-two, items: [a, b]}, "See [[second-of-two]]."]
"""
CONTACTS = """\
title: Logistics
kind: contacts
movements:
  - {date: 2025-05-01, time: "09:00", what: Arrival, from: Airport, to: Hotel}
  - {date: 2025-05-02, time: "10:00", what: Departure, vehicle: Car 1}
contacts: [{name: Desk, phone: "1", email: desk@example.org}]
"""
