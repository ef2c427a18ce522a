"""The kinds of sections, each declared once: its parts in their order, which of them it must have, its keys, and how long it may be.

Validation, the JSON Schema, the scaffolds of `briefpack new section` and the documentation are made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefpack.pack import PartName, SectionKind
from briefpack.reading import read_parts, read_records
from briefpack.reading import schema_parts as shapes
from briefpack.reading.checks import Shape
from briefpack.reading.read_parts import Reader
from briefpack.reading.scalars import Boolean
from briefpack.reading.schema_blocks import IF_RAISED, POINTS, PROGRAMME_KEYS
from briefpack.reading.shape import Key, ListOf


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part, and the key it is written under, which is its name. read: makes its blocks. most: items it may have at most, 0 for any number."""

    name: PartName
    shape: Shape
    about: str
    read: Reader
    required: bool = False
    most: int = 0

    @property
    def key(self) -> str:
        return self.name.value


@dataclass(frozen=True, slots=True)
class KindSpec:
    """called: as a message names it, "a brief". parts: in the order in which they are printed. options: keys that are no parts.

    needs: keys among options that must be there. words: what its parts may have together, 0 for any number.
    """

    kind: SectionKind
    called: str
    about: str
    parts: tuple[PartSpec, ...] = ()
    options: Mapping[str, Key] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    words: int = 0

    @property
    def keys(self) -> Mapping[str, Key]:
        """Every key that is this kind's own."""
        return {**self.options, **{part.key: Key(part.shape, part.about) for part in self.parts}}

    @property
    def required(self) -> tuple[str, ...]:
        return (*self.needs, *(part.key for part in self.parts if part.required))


_POINTS = PartSpec(
    PartName.POINTS,
    shapes.listed(ListOf(POINTS, "points")),
    "Points to make, plain or in groups with an addressee.",
    read_parts.points,
)
_BACKGROUND = PartSpec(
    PartName.BACKGROUND,
    shapes.BACKGROUND,
    "Text whose paragraphs are numbered, or blocks; or both under `use_freely` and `not_for_use`.",
    read_parts.background,
)
_ATTENDEES = PartSpec(
    PartName.ATTENDEES, shapes.ATTENDEES, "Who is there: text, or name and office.", read_parts.attendees
)


def _objectives(most: int) -> PartSpec:
    return PartSpec(
        PartName.OBJECTIVES,
        shapes.ITEMS,
        "What is to be reached, one to three things.",
        read_parts.numbered_items,
        required=True,
        most=most,
    )


_SPECS = (
    KindSpec(SectionKind.PLAIN, "a plain one", "Text and blocks."),
    KindSpec(
        SectionKind.AGENDA,
        "an agenda",
        "Days with their items, whose times are worked out and checked.",
        options={
            "days": Key(shapes.DAYS, "The days with their items."),
            "timetable": Key(Boolean(), "true: the days side by side on a page before them."),
            **PROGRAMME_KEYS,
        },
        needs=("days",),
    ),
    KindSpec(
        SectionKind.BRIEF,
        "a brief",
        "What to reach, what to say, what to answer, what to know.",
        (
            PartSpec(
                PartName.OBJECTIVE,
                shapes.WORDS,
                "What is to be reached, in about two lines.",
                read_parts.prose,
            ),
            _POINTS,
            PartSpec(
                PartName.IF_RAISED,
                shapes.listed(ListOf(IF_RAISED, "questions")),
                "Lines to take when others raise something.",
                read_parts.if_raised,
            ),
            PartSpec(PartName.THEIR_OBJECTIVES, shapes.ITEMS, "What the others want.", read_parts.items),
            PartSpec(PartName.RED_LINES, shapes.ITEMS, "What must not be given up.", read_parts.items),
            _BACKGROUND,
            PartSpec(PartName.RECENT, shapes.PROSE, "Recent developments.", read_parts.prose),
            PartSpec(
                PartName.CONTACT,
                shapes.CONTACT,
                "Whom to ask, who cleared it and when; printed at the end.",
                read_parts.contact,
            ),
        ),
        words=1800,
    ),
    KindSpec(
        SectionKind.READ_AHEAD,
        "a read-ahead",
        "What to know before a meeting.",
        (
            PartSpec(
                PartName.PURPOSE, shapes.WORDS, "What the meeting is for.", read_parts.prose, required=True
            ),
            _objectives(3),
            _ATTENDEES,
            _BACKGROUND,
            _POINTS,
        ),
        words=1000,
    ),
    KindSpec(
        SectionKind.SPEAKING_NOTE,
        "a speaking note",
        "What is spoken, in large type, with the time it takes.",
        (
            PartSpec(
                PartName.SPEECH,
                shapes.SPEECH,
                "What is spoken, one idea a paragraph.",
                read_parts.speech,
                required=True,
            ),
        ),
        options={
            "words_per_minute": Key(
                shapes.WORDS_PER_MINUTE, "How fast the speaker speaks; the style's pace when absent."
            )
        },
        words=1500,
    ),
    KindSpec(
        SectionKind.BIOGRAPHIES,
        "a section of biographies",
        "Who the others are.",
        (
            PartSpec(
                PartName.PEOPLE,
                shapes.listed(ListOf(shapes.PERSON, "biographies", least=1)),
                "The people, each with a name and what to know of them.",
                read_parts.people,
                required=True,
            ),
        ),
    ),
    KindSpec(
        SectionKind.QA,
        "a section of questions",
        "Questions that may come, with answers.",
        (
            PartSpec(
                PartName.PRESS_LINE, shapes.WORDS, "What is said to the press unasked.", read_parts.prose
            ),
            PartSpec(
                PartName.QUESTIONS,
                shapes.listed(ListOf(shapes.QUESTION, "questions", least=1), "questions and answers"),
                "Questions with answers, or topics with questions.",
                read_parts.questions,
                required=True,
            ),
        ),
        words=3000,
    ),
    KindSpec(
        SectionKind.STATEMENT,
        "a statement",
        "A text of numbered paragraphs that others refer to.",
        (
            PartSpec(PartName.PREAMBLE, shapes.PROSE, "What stands before the paragraphs.", read_parts.prose),
            PartSpec(
                PartName.PARAGRAPHS,
                shapes.PARAGRAPHS,
                "The paragraphs; one with an id can be referred to.",
                read_parts.paragraphs,
                required=True,
            ),
        ),
    ),
    KindSpec(
        SectionKind.CONTACTS,
        "a section of contacts",
        "Who moves when, whom to call, who sits where.",
        (
            PartSpec(
                PartName.MOVEMENTS,
                shapes.listed(ListOf(shapes.MOVEMENT, "movements", least=1)),
                "Movements, in their order.",
                read_records.movements,
            ),
            PartSpec(
                PartName.CONTACTS,
                shapes.listed(ListOf(shapes.CONTACT_ROW, "contacts", least=1)),
                "Whom to call.",
                read_records.contacts,
                required=True,
            ),
            PartSpec(PartName.SEATING, shapes.PROSE, "Who sits where: text or blocks.", read_parts.prose),
        ),
    ),
    KindSpec(
        SectionKind.STEERING,
        "a steering brief",
        "What matters, on one page.",
        (
            _objectives(5),
            PartSpec(PartName.RISKS, shapes.ITEMS, "What can go wrong.", read_parts.items),
            PartSpec(
                PartName.WHO_TO_SEE,
                shapes.ATTENDEES,
                "Whom to speak to, and what for.",
                read_parts.attendees,
            ),
            _POINTS,
        ),
        words=400,
    ),
    KindSpec(
        SectionKind.DISTRIBUTION,
        "a distribution",
        "Who gets which copy, and how it is handled.",
        (
            PartSpec(
                PartName.RECIPIENTS,
                shapes.listed(ListOf(shapes.RECIPIENT, "recipients", least=1)),
                "Who gets copies.",
                read_records.recipients,
                required=True,
            ),
            PartSpec(PartName.HANDLING, shapes.PROSE, "How copies are handled.", read_parts.prose),
        ),
        words=500,
    ),
    KindSpec(
        SectionKind.ABBREVIATIONS,
        "a list of abbreviations",
        "The abbreviations that this audience's pack uses, from the glossary.",
    ),
    KindSpec(
        SectionKind.LISTS,
        "a list of figures and tables",
        "The figures and tables that have a caption, with their pages.",
        options={"show": Key(shapes.SHOWN, "figures, tables or both; both when absent.")},
    ),
    KindSpec(
        SectionKind.CHANGES,
        "a list of changes",
        "What changed since the last issue.",
        (
            PartSpec(
                PartName.CHANGES,
                shapes.listed(ListOf(shapes.CHANGE, "changes", least=1)),
                "What changed, and where; an audience that does not get a place is not told of it.",
                read_records.changes,
                required=True,
            ),
        ),
    ),
)

KINDS: Mapping[SectionKind, KindSpec] = {spec.kind: spec for spec in _SPECS}


def _own_keys() -> dict[str, Key]:
    """Every key that belongs to some kinds only, in the table's order; what it means begins with the kinds."""
    owners: dict[str, list[str]] = {}
    found: dict[str, Key] = {}
    for spec in _SPECS:
        for key, known in spec.keys.items():
            owners.setdefault(key, []).append(spec.kind.value)
            found.setdefault(key, known)
    return {key: Key(known.shape, f"{', '.join(owners[key])}: {known.about}") for key, known in found.items()}


OWN_KEYS: Mapping[str, Key] = _own_keys()
