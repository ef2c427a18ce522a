"""The keys of a style that say how text is set: the roles, what each is for, and families of fonts."""

from __future__ import annotations

from briefpack.document import Align
from briefpack.reading.scalars import Boolean, Choice, Number, TextShape
from briefpack.reading.shape import Group, Key, ListOf
from briefpack.reading.style_measures import COLOUR, INDENT, SPACE
from briefpack.reading.style_values import LengthShape
from briefpack.style import TEXT_ROLES

ROLE = Group(
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
        "align": Key(Choice.of(Align), "Alignment of the lines."),
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


_ABOUT = {
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


TEXT = Group(
    "text roles",
    {role: Key(ROLE, _ABOUT.get(role, f"Text of the role {role}.")) for role in TEXT_ROLES},
    "How each kind of text looks.",
)

FONT = Group(
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
