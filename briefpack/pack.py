"""What the author wrote, checked and positioned, before anything is selected or numbered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from briefpack.annex import Annex
from briefpack.blocks import AuthorBlock, AuthorSpans
from briefpack.distribution import Distribution
from briefpack.errors import Where
from briefpack.label import LabelKind
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import Ceiling, Marking
from briefpack.policy import Policy
from briefpack.rules import Silence

# --------------------------------------------------------------------------- who gets what


class Format(Enum):
    PDF = "pdf"
    DOCX = "docx"


class Above(Enum):
    """What becomes of what is above an audience's ceiling."""

    WITHHOLD = "withhold"
    REFUSE = "refuse"


class PartName(Enum):
    """The parts of sections of all kinds; which kind has which parts, in which order, is said in briefpack/reading/kinds.py."""

    OBJECTIVE = "objective"
    POINTS = "points"
    IF_RAISED = "if_raised"
    THEIR_OBJECTIVES = "their_objectives"
    RED_LINES = "red_lines"
    BACKGROUND = "background"
    BACKGROUND_NOT_FOR_USE = "background_not_for_use"
    RECENT = "recent"
    CONTACT = "contact"
    PURPOSE = "purpose"
    OBJECTIVES = "objectives"
    ATTENDEES = "attendees"
    RISKS = "risks"
    WHO_TO_SEE = "who_to_see"
    SPEECH = "speech"
    PEOPLE = "people"
    PRESS_LINE = "press_line"
    QUESTIONS = "questions"
    PREAMBLE = "preamble"
    PARAGRAPHS = "paragraphs"
    MOVEMENTS = "movements"
    CONTACTS = "contacts"
    SEATING = "seating"
    RECIPIENTS = "recipients"
    HANDLING = "handling"
    ABBREVIATIONS = "abbreviations"
    FIGURES = "figures"
    TABLES = "tables"
    CHANGES = "changes"


BRIEF_PARTS: tuple[PartName, ...] = (
    PartName.OBJECTIVE,
    PartName.POINTS,
    PartName.IF_RAISED,
    PartName.THEIR_OBJECTIVES,
    PartName.RED_LINES,
    PartName.BACKGROUND,
    PartName.BACKGROUND_NOT_FOR_USE,
    PartName.RECENT,
    PartName.CONTACT,
)
"""The parts of a brief, in their order. An audience or a style may pick among these; other kinds of sections are had whole."""

PART_NAMES: tuple[str, ...] = tuple(part.value for part in BRIEF_PARTS)
"""What an audience or a style may name to pick parts of briefs."""

UNTITLED: frozenset[PartName] = frozenset(
    {
        PartName.CONTACT,
        PartName.SPEECH,
        PartName.PEOPLE,
        PartName.PRESS_LINE,
        PartName.QUESTIONS,
        PartName.PREAMBLE,
        PartName.PARAGRAPHS,
        PartName.RECIPIENTS,
        PartName.ABBREVIATIONS,
        PartName.CHANGES,
    }
)
"""Parts without a heading: the section's title says what they are, or their place or box does. The others are headed by the label word of their name."""


@dataclass(frozen=True, slots=True)
class Audience:
    """title: as printed. style: a style's name. tags: None takes every tag.

    parts: the parts of briefs this audience gets, of BRIEF_PARTS. marking: free text in a pack without a policy; None takes the pack's.
    watermark: None takes the pack's, "" is none at all. clearance: None only in a pack without a policy. declared: what the author expects the marking of
    this audience's pack to be, None for no word on it, and declared_at where. above: what becomes of what is above its clearance.
    """

    name: str
    title: str
    style: str
    formats: tuple[Format, ...]
    tags: tuple[str, ...] | None
    parts: tuple[PartName, ...]
    marking: str | None
    watermark: str | None
    where: Where
    style_where: Where
    clearance: Ceiling | None = None
    declared: Marking | None = None
    declared_at: Where | None = None
    above: Above = Above.WITHHOLD


# --------------------------------------------------------------------------- sections


class SectionKind(Enum):
    """What a section is for; what each may hold is said in briefpack/reading/kinds.py."""

    PLAIN = "plain"
    AGENDA = "agenda"
    BRIEF = "brief"
    READ_AHEAD = "read-ahead"
    SPEAKING_NOTE = "speaking-note"
    BIOGRAPHIES = "biographies"
    QA = "qa"
    STATEMENT = "statement"
    CONTACTS = "contacts"
    STEERING = "steering"
    DISTRIBUTION = "distribution"
    ABBREVIATIONS = "abbreviations"
    LISTS = "lists"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a section that has a name. blocks: at least one; a part that was not written is not there. where: its key in the file."""

    name: PartName
    blocks: tuple[AuthorBlock, ...]
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class AuthorSection:
    """id: given, or made from the file's name ("02-western-balkans.yaml" → "western-balkans").

    parts: in the order in which they are printed, before blocks (a contact comes after them). lead: desk or person, "" if none.
    cleared: date of clearance, or None. note: quiet words under the title, or None.
    in_pack: where pack.yaml names the file; limits may come from there and from the file
    (both must let the audience in), hence two. landscape: its pages lie on their side. timetable: an agenda's days are shown side by side before them.
    conditional: whether its texts may have words that are printed instead of a reference; reading knows.
    """

    id: str
    kind: SectionKind
    title: str
    path: Path
    lead: str
    cleared: date | None
    note: AuthorSpans | None
    language: str | None
    parts: tuple[Part, ...]
    blocks: tuple[AuthorBlock, ...]
    where: Where
    in_pack: Where
    limits: Limits = EVERYBODY
    limits_in_pack: Limits = EVERYBODY
    landscape: bool = False
    timetable: bool = False
    conditional: bool = True


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An entry of the glossary. short: "NMI". long: what it stands for, plain text. plural: of the long form, None where the author gave none.

    explanation: what a list of abbreviations says besides, or None. where: of the entry, in pack.yaml or in the glossary's own file.
    """

    short: str
    long: str
    plural: str | None
    explanation: AuthorSpans | None
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class PackMeta:
    """An empty text means the author did not say it. date: as_of, the pack's own clock (naive, local to the pack).

    as_of_has_time: whether the author gave a time of day to print. date is None when no as_of
    was given. watermark: None means none.
    """

    title: str
    subtitle: str
    reference: str
    organisation: str
    owner: str
    place: str
    dates: str
    chair: str
    version: str
    date: datetime | None
    as_of_has_time: bool
    language: str
    marking: str
    watermark: str | None
    where: Where


@dataclass(frozen=True, slots=True)
class Pack:
    """name: the folder's name. path: the folder. inputs: every file that was read, for the manifest.

    glossary: in the author's order; what of it a pack uses is known after resolving.
    silences: what the author silenced; an audience's selection has none, for their reasons are not meant for it.
    distribution: who gets it by e-mail, None where nobody is named; a selection has none, for no reader is told of the others.
    shared: of the inputs, those that every audience's pack is made with, the policy's. policy: None where markings are free text. limits: the pack's own marking and that of its title; in a selection, marking is that of all that is in it.
    labels: for programs, that its files bear.
    """

    name: str
    path: Path
    meta: PackMeta
    sections: tuple[AuthorSection, ...]
    annexes: tuple[Annex, ...]
    audiences: tuple[Audience, ...]
    inputs: tuple[Path, ...]
    glossary: tuple[Abbreviation, ...] = ()
    silences: tuple[Silence, ...] = ()
    policy: Policy | None = None
    limits: Limits = EVERYBODY
    shared: tuple[Path, ...] = ()
    labels: frozenset[LabelKind] = frozenset()
    distribution: Distribution | None = None
