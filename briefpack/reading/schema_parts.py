"""What an author may write in the parts that sections of one kind have: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.reading.scalars import Choice, DateShape, Integer, TextShape
from briefpack.reading.schema_blocks import (
    BLOCKS,
    DAY,
    IDENTIFIER,
    IDENTIFIER_RULE,
    ITEM,
    LIMITS,
    LIST_ITEM,
    MARKDOWN,
    NUMBERED_ITEM,
    PATH,
    TEXT,
)
from briefpack.reading.shape import ByForm, ByKind, Group, Key, ListOf

EMAIL = TextShape(pattern=r"[^\s@]+@[^\s@]+\.[^\s@]+", rule="an address such as desk@example.org")
_ID = Key(TextShape(pattern=IDENTIFIER, rule=IDENTIFIER_RULE), "The name that cross-references use: [[id]].")

PART_KEYS = ("text", "blocks", "items")
"""Under which of these a part stands that is written as a group, so that it can be limited and marked as a whole."""


def listed(items: ListOf, called: str | None = None) -> ByForm:
    """A part that is a list; or a group that has the list under `items`, beside the part's limits. called: what it has, where another part has the same name for it."""
    group = Group(
        f"part with {called or items.what}",
        {"items": Key(items, "What stands in it.", required=True), **LIMITS},
    )
    return ByForm(items.asks, sequence=items, group=group)


def _text(key: str) -> Group:
    return Group(key, {"text": Key(MARKDOWN, "What stands in it.", required=True), **LIMITS})


WORDS = ByForm("text", scalar=MARKDOWN, group=_text("part with one text"))
PROSE = ByForm(
    "text or a list of blocks",
    scalar=MARKDOWN,
    sequence=BLOCKS,
    group=ByKind(
        "part",
        {
            "text": _text("part with text"),
            "blocks": Group(
                "part with blocks", {"blocks": Key(BLOCKS, "What stands in it.", required=True), **LIMITS}
            ),
        },
        scalar=MARKDOWN,
    ),
)


def _text_or(items: ListOf) -> ByForm:
    """Text or a list; or a group that has one of the two beside the part's limits."""
    return ByForm(
        "text or a list",
        scalar=MARKDOWN,
        sequence=items,
        group=ByKind(
            f"part with text or {items.what}",
            {
                "text": _text(f"part with text, for {items.what}"),
                "items": Group(
                    f"part with {items.what}",
                    {"items": Key(items, "What stands in it.", required=True), **LIMITS},
                ),
            },
            scalar=MARKDOWN,
        ),
    )


ITEMS = _text_or(ListOf(LIST_ITEM, "items", least=1))

BACKGROUND = ByForm(
    "text, a list of blocks or a group",
    scalar=MARKDOWN,
    sequence=BLOCKS,
    group=Group(
        "background",
        {
            "use_freely": Key(PROSE, "What may be said to others."),
            "not_for_use": Key(PROSE, "What the reader must know and must not say."),
            "text": Key(MARKDOWN, "The text, where the whole of it is limited or marked."),
            "blocks": Key(BLOCKS, "Blocks instead of text."),
            **LIMITS,
        },
    ),
)
CONTACT = Group(
    "contact",
    {
        "name": Key(MARKDOWN, "Whom to ask."),
        "phone": Key(TEXT, "The telephone number."),
        "email": Key(EMAIL, "The e-mail address."),
        "cleared_by": Key(MARKDOWN, "Who cleared the text."),
        "date": Key(DateShape(), "When it was cleared."),
        **LIMITS,
    },
)

ATTENDEE = ByKind(
    "person",
    {
        "name": Group(
            "attendee",
            {
                "name": Key(MARKDOWN, "The name.", required=True),
                "office": Key(MARKDOWN, "The office, behind the name."),
                "pronunciation": Key(MARKDOWN, "How the name sounds, in letters that help."),
                "why": Key(MARKDOWN, "What for, behind a dash."),
                **LIMITS,
            },
        ),
        "text": ITEM,
    },
    scalar=MARKDOWN,
)
ATTENDEES = listed(ListOf(ATTENDEE, "people", least=1))

_PARAGRAPH = ByForm(
    "text or a paragraph",
    scalar=MARKDOWN,
    group=Group(
        "spoken paragraph",
        {"text": Key(MARKDOWN, "What is said.", required=True), "id": _ID, **LIMITS},
    ),
)
SPEECH = _text_or(ListOf(_PARAGRAPH, "spoken paragraphs", least=1))
WORDS_PER_MINUTE = Integer(40, 300)

PERSON = Group(
    "biography",
    {
        "name": Key(MARKDOWN, "The person's name.", required=True),
        "office": Key(MARKDOWN, "What the person is."),
        "pronunciation": Key(MARKDOWN, "How the name sounds, in letters that help."),
        "languages": Key(
            ByForm("text or a list of languages", scalar=MARKDOWN, sequence=ListOf(TEXT, "languages")),
            "The languages the person speaks.",
        ),
        "last_met": Key(MARKDOWN, "When and where the last meeting was."),
        "portrait": Key(
            ByForm(
                "a picture file",
                scalar=PATH,
                group=Group(
                    "portrait",
                    {
                        "image": Key(PATH, "A PNG or JPEG file in the pack's folder.", required=True),
                        "alt": Key(TextShape(blank=True), "What it shows.", required=True),
                        **LIMITS,
                    },
                ),
            ),
            "A PNG or JPEG file in the pack's folder; or a group, where the portrait itself is limited or marked.",
        ),
        "alt": Key(TextShape(blank=True), "What the portrait shows; required with one."),
        "text": Key(MARKDOWN, "The life, in some lines."),
        "id": _ID,
        **LIMITS,
    },
)

_QUESTION = Group(
    "question",
    {
        "question": Key(MARKDOWN, "What may be asked.", required=True),
        "answer": Key(MARKDOWN, "The answer.", required=True),
        **LIMITS,
    },
)
QUESTION = ByKind(
    "question or topic",
    {
        "topic": Group(
            "topic",
            {
                "topic": Key(MARKDOWN, "What the questions are about; printed as a heading.", required=True),
                "questions": Key(ListOf(_QUESTION, "questions", least=1), "Its questions.", required=True),
                **LIMITS,
            },
        ),
        "question": _QUESTION,
    },
)

PARAGRAPHS = _text_or(ListOf(NUMBERED_ITEM, "numbered paragraphs", least=1))

MOVEMENT = Group(
    "movement",
    {
        "date": Key(DateShape(), "The day; movements of a day stand together."),
        "time": Key(TEXT, "When.", required=True),
        "what": Key(MARKDOWN, "What happens.", required=True),
        "from": Key(MARKDOWN, "From where."),
        "to": Key(MARKDOWN, "Where to."),
        "vehicle": Key(MARKDOWN, "In what."),
        **LIMITS,
    },
)
CONTACT_ROW = Group(
    "contact entry",
    {
        "name": Key(MARKDOWN, "The name.", required=True),
        "role": Key(MARKDOWN, "What the person does."),
        "phone": Key(TEXT, "The telephone number."),
        "email": Key(EMAIL, "The e-mail address."),
        **LIMITS,
    },
)
RECIPIENT = Group(
    "recipient",
    {
        "recipient": Key(MARKDOWN, "Who gets copies.", required=True),
        "organisation": Key(MARKDOWN, "The recipient's organisation."),
        "copy": Key(
            TEXT,
            "The numbers of the copies, such as 3 or 4–6; counted from `copies` when no recipient has any.",
        ),
        "copies": Key(Integer(1, 9999), "How many copies; 1 when absent."),
        **LIMITS,
    },
)
CHANGE = Group(
    "change",
    {
        "section": Key(TEXT, "The section, annex or block that changed, by name."),
        "what": Key(MARKDOWN, "What changed.", required=True),
        "date": Key(DateShape(), "When."),
        **LIMITS,
    },
)
SHOWN = ByForm(
    "a list of words",
    scalar=Choice(("figures", "tables")),
    sequence=ListOf(Choice(("figures", "tables")), "words", least=1),
)
DAYS = ListOf(DAY, "days", least=1)
