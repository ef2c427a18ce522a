"""What an author may write in a glossary: abbreviations, and what goes with each."""

from __future__ import annotations

from briefpack.reading.schema_blocks import LIMITS, MARKDOWN, TEXT
from briefpack.reading.shape import ByForm, Group, Key, MapOf

_LETTER = "A-Za-z0-9\u00c0-\u024f\u0370-\u04ff"
ABBREVIATION = rf"[{_LETTER}]([{_LETTER}&./+-]{{0,28}}[{_LETTER}])?"
ABBREVIATION_RULE = "an abbreviation has at most 30 letters, digits and signs such as & . / -, and no spaces"

GLOSSARY = MapOf(
    ByForm(
        "text or an abbreviation",
        scalar=TEXT,
        group=Group(
            "abbreviation",
            {
                "long": Key(TEXT, "What it stands for.", required=True),
                "plural": Key(TEXT, "What its plural stands for: “memoranda of understanding” for MOUs."),
                "explanation": Key(MARKDOWN, "What the list of abbreviations says besides."),
                **LIMITS,
            },
        ),
    ),
    "abbreviations",
    ABBREVIATION,
    ABBREVIATION_RULE,
)
