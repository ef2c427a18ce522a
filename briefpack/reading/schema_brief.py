"""What an author may write in the blocks of a brief, from points to make to the clearance: every key, its shape and what it means."""

from __future__ import annotations

from briefpack.reading.scalars import Choice, DateShape, TextShape
from briefpack.reading.schema_words import BLOCK_KEYS, LIMITS, MARKDOWN, SOURCED
from briefpack.reading.shape import ByForm, ByKind, Group, Key, ListOf, MapOf

_ANY = r"[\s\S]+"
_ANY_RULE = "a term has words"


def point_shape(item: Group) -> ByKind:
    """A point, or a group of points with an addressee. item: the shape of a list item."""
    point = Group(
        "point",
        {
            **item.keys,
            "priority": Key(
                Choice(("high", "low")), "high: it must be made; low: it may be left out when time is short."
            ),
        },
    )
    return ByKind(
        "point",
        {
            "points": Group(
                "group of points",
                {
                    "to": Key(MARKDOWN, "Whom the points are addressed to."),
                    "points": Key(
                        ListOf(ByForm("text or a point", scalar=MARKDOWN, group=point), "points", least=1),
                        "The points.",
                        required=True,
                    ),
                    **LIMITS,
                },
            ),
            "text": point,
        },
        scalar=MARKDOWN,
    )


QUESTION = Group(
    "if raised",
    {
        "question": Key(MARKDOWN, "What may be raised.", required=True),
        "line": Key(MARKDOWN, "The line to take.", required=True),
        **LIMITS,
    },
)
FACT = Group(
    "fact",
    {
        "label": Key(MARKDOWN, "What it is: Capital.", required=True),
        "text": Key(MARKDOWN, "What it says.", required=True),
        **LIMITS,
    },
)
KEY_FIGURE = Group(
    "key figure",
    {
        "value": Key(MARKDOWN, "The number as printed: 2.7 %.", required=True),
        "label": Key(MARKDOWN, "What it counts.", required=True),
        "source": Key(MARKDOWN, "Where it comes from, where that is not the block's source."),
        **LIMITS,
    },
)
DEFINITION = Group(
    "definition",
    {
        "term": Key(MARKDOWN, "What is explained.", required=True),
        "text": Key(MARKDOWN, "What it means.", required=True),
        **LIMITS,
    },
)
SIGNATURE = Group(
    "signature",
    {
        "name": Key(MARKDOWN, "Who signs.", required=True),
        "office": Key(MARKDOWN, "In which office."),
        "date": Key(DateShape(), "The day of signing; room is left for it when absent."),
        **LIMITS,
    },
)
_STEP = {
    "contact": Key(MARKDOWN, "How to reach them."),
    "date": Key(DateShape(), "The day; none while it is open."),
    **LIMITS,
}
STEPS = ("drafted", "cleared", "approved")
CLEARANCE = ByKind(
    "clearance step",
    {
        **{
            word: Group(
                f"step {word}", {word: Key(MARKDOWN, "By which desk or person.", required=True), **_STEP}
            )
            for word in STEPS
        },
        "step": Group(
            "other step",
            {
                "step": Key(MARKDOWN, "What was done, in your own word.", required=True),
                "by": Key(MARKDOWN, "By which desk or person.", required=True),
                **_STEP,
            },
        ),
    },
)


def brief_kinds(item: Group) -> dict[str, Group]:
    """The kinds of blocks that briefs are made of. item: the shape of a list item, which points extend."""
    return {
        "points": _kind(
            "points",
            ListOf(point_shape(item), "points", least=1),
            "Points to make, plain or in groups with an addressee.",
        ),
        "questions": _kind(
            "questions",
            ListOf(QUESTION, "questions", least=1),
            "Questions that may come, each with the line to take.",
        ),
        "facts": _kind(
            "facts",
            ByForm(
                "a list of facts, or a group of labels and texts",
                sequence=ListOf(FACT, "facts", least=1),
                group=MapOf(MARKDOWN, "labels and texts", _ANY, _ANY_RULE, least=1),
            ),
            "Key facts, in a box.",
            title=Key(MARKDOWN, "Printed above them in bold."),
            **SOURCED,
        ),
        "key_figures": _kind(
            "key_figures",
            ListOf(KEY_FIGURE, "key figures", least=1),
            "Big numbers beside each other.",
            **SOURCED,
        ),
        "quote": _kind(
            "quote",
            MARKDOWN,
            "What somebody said.",
            by=Key(MARKDOWN, "Who said it."),
            source=Key(MARKDOWN, "Where it was said or printed."),
            date=Key(DateShape(), "When."),
        ),
        "definitions": _kind(
            "definitions",
            ByForm(
                "a list of definitions, or a group of terms and texts",
                sequence=ListOf(DEFINITION, "definitions", least=1),
                group=MapOf(MARKDOWN, "terms and texts", _ANY, _ANY_RULE, least=1),
            ),
            "Terms and what they mean.",
        ),
        "signatures": _kind("signatures", ListOf(SIGNATURE, "signatures", least=1), "Places to sign."),
        "clearance": _kind(
            "clearance",
            ListOf(CLEARANCE, "steps", least=1),
            "Who drafted, cleared and approved the text, with dates and how to reach them.",
        ),
    }


def _kind(name: str, shape: ByForm | ListOf | TextShape, about: str, **more: Key) -> Group:
    return Group(
        f"{name.replace('_', ' ')} block", {name: Key(shape, about, required=True), **more, **BLOCK_KEYS}
    )
