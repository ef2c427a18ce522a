"""What is said of a node when a pack is cut to an audience: in or out, and why, in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from briefpack.blocks import (
    AgendaBlock,
    AuthorBlock,
    AuthorRow,
    AuthorSpans,
    BesideBlock,
    CalloutBlock,
    ChartBlock,
    ClearanceBlock,
    ColumnBreakBlock,
    ColumnsBlock,
    ContactBlock,
    DefinitionsBlock,
    FactsBlock,
    GeneratedBlock,
    HeadingBlock,
    ImageBlock,
    KeepBlock,
    KeyFiguresBlock,
    LandscapeBlock,
    ListBlock,
    Note,
    NumberedBlock,
    PageBreakBlock,
    ParagraphBlock,
    PeopleBlock,
    Points,
    PointsBlock,
    QrBlock,
    QuestionsBlock,
    QuoteBlock,
    Record,
    RecordsBlock,
    Reference,
    SignaturesBlock,
    SpeechBlock,
    TableBlock,
    TimelineBlock,
    VerbatimBlock,
)
from briefpack.document import LineBreak, Link, Text
from briefpack.errors import Where
from briefpack.limits import Limits
from briefpack.marking import Marking
from briefpack.pack import BRIEF_PARTS, Audience, PartName

_REFERENCE = re.compile(r"\[\[[^\[\]]*\]\]")
_TELLING = re.compile(r"[^\W\d_]")


class Kind(Enum):
    """What a verdict is about, in the words an author would use."""

    AUDIENCE = "audience"
    SECTION = "section"
    PART = "part"
    POINTS = "points"
    IF_RAISED = "if raised"
    QUESTIONS = "questions"
    PARAGRAPH = "text"
    HEADING = "heading"
    LIST = "list"
    ITEM = "item"
    NUMBERED = "numbered"
    TABLE = "table"
    ROW = "row"
    IMAGE = "image"
    CALLOUT = "callout"
    VERBATIM = "text as typed"
    AGENDA = "agenda"
    AGENDA_ITEM = "agenda item"
    FACTS = "facts"
    FACT = "fact"
    KEY_FIGURES = "key figures"
    KEY_FIGURE = "key figure"
    QUOTE = "quote"
    TIMELINE = "timeline"
    ENTRY = "entry"
    DEFINITIONS = "definitions"
    DEFINITION = "definition"
    SIGNATURES = "signatures"
    SIGNATURE = "signature"
    CLEARANCE = "clearance"
    STEP = "step"
    BESIDE = "beside"
    COLUMNS = "columns"
    LANDSCAPE = "landscape"
    KEEP = "keep"
    QR = "QR code"
    CHART = "chart"
    SERIES = "series"
    NOTE = "note"
    PAGE_BREAK = "page break"
    COLUMN_BREAK = "column break"
    CONTACT = "contact"
    PEOPLE = "people"
    PERSON = "person"
    SPEECH = "speech"
    GENERATED = "generated list"
    ANNEX = "annex"
    ABBREVIATION = "abbreviation"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one node is in an audience's pack, and why.

    title: its title or opening words. depth: 0 for the audience, sections and annexes, 1 and up inside.
    reason: plain words ("for minister and staff only"). limited: the author limited this very node.
    inherited: it is out only because what contains it is out, and so does not count by itself.
    above: it is out because its marking is above what the audience may see.
    declared: the marking that the author gave it, declared_at where, None where it has that of what it stands in. own: the marking of its own words, None
    where it has none. marking: of the whole with what is left in it, None where it is out. All are None in a pack without a policy.
    """

    kind: Kind
    title: str
    where: Where
    included: bool
    reason: str
    depth: int
    limited: bool = False
    inherited: bool = False
    above: bool = False
    declared: Marking | None = None
    declared_at: Where | None = None
    own: Marking | None = None
    marking: Marking | None = None


# --------------------------------------------------------------------------- reasons


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """Names as a sentence says them: "minister, staff and press"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def admits(limits: Limits, audience: Audience) -> tuple[bool, str]:
    """Whether limits let the audience in, and the reason in plain words."""
    included = True
    reasons: list[str] = []
    if limits.audiences is not None:
        included = audience.name in limits.audiences
        reasons.append(f"for {listed(limits.audiences)} only" if limits.audiences else "for nobody")
    if limits.tags is not None:
        if audience.tags is None:
            reasons.append(f"{audience.name} takes every tag")
        else:
            common = [tag for tag in limits.tags if tag in audience.tags]
            if common:
                reasons.append(f"in common: {listed(common)}")
            else:
                included = False
                has = listed(audience.tags) if audience.tags else "none"
                reasons.append(
                    f"no tag in common: needs {listed(limits.tags, 'or') or 'one'}; {audience.name} has {has}"
                )
    return included, "; ".join(reasons) or "for everybody"


def audience_in_words(audience: Audience) -> str:
    tags = "every tag" if audience.tags is None else f"tags {listed(audience.tags) or 'none'}"
    every = set(audience.parts) == set(BRIEF_PARTS)
    parts = "every part" if every else listed([part_name(part) for part in audience.parts]) or "nothing"
    return f"takes {tags}; of briefs {parts}"


def part_name(part: PartName) -> str:
    """The part's name inside a sentence."""
    match part:
        case PartName.IF_RAISED:
            return "“if raised” lines"
        case PartName.BACKGROUND_NOT_FOR_USE:
            return "background that is not for use"
        case PartName.THEIR_OBJECTIVES:
            return "objectives of the others"
        case PartName.RECENT:
            return "recent developments"
        case _:
            return str(part.value).replace("_", " ")


# --------------------------------------------------------------------------- opening words


def opening(spans: AuthorSpans, limit: int = 60) -> str:
    """The first words of spans, at most limit characters, cut between words."""
    words: list[str] = []
    for span in spans:
        match span:
            case Text():
                words.append(span.text)
            case LineBreak():
                words.append(" ")
            case Link():
                words.extend(text.text for text in span.spans)
            case Reference():
                words.extend([text.text for text in span.words] or [f"[[{span.target}]]"])
            case Note():
                pass
            case _:
                assert_never(span)
    text = " ".join("".join(words).split())
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return f"{text[: cut if cut > 0 else limit - 1]}…"


def opening_of_blocks(blocks: Sequence[AuthorBlock]) -> str:
    for block in blocks:
        words = opening_of(block)
        if words:
            return words
    return ""


def opening_of(block: AuthorBlock) -> str:
    match block:
        case ParagraphBlock() | HeadingBlock():
            return opening(block.spans)
        case ListBlock():
            return opening_of_blocks(block.items[0].blocks) if block.items else ""
        case NumberedBlock():
            return opening(block.items[0].spans) if block.items else ""
        case TableBlock():
            heads = (column.title for column in block.columns if column.title)
            return opening(block.caption) if block.caption else ", ".join(opening(h, 20) for h in heads)
        case ImageBlock():
            return opening(block.caption) if block.caption else block.path.name
        case CalloutBlock():
            return opening(block.title) if block.title else opening_of_blocks(block.blocks)
        case VerbatimBlock():
            return next((line.strip()[:60] for line in block.lines if line.strip()), "")
        case AgendaBlock():
            return str(block.date) if block.date else ""
        case PointsBlock():
            return opening_of_points(block.groups[0]) if block.groups else ""
        case QuestionsBlock():
            return opening(block.pairs[0].question) if block.pairs else ""
        case FactsBlock():
            return (
                opening(block.title)
                if block.title
                else (opening(block.facts[0].label) if block.facts else "")
            )
        case KeyFiguresBlock():
            return opening(block.figures[0].value) if block.figures else ""
        case QuoteBlock() | ColumnsBlock() | LandscapeBlock() | KeepBlock():
            return opening_of_blocks(block.blocks)
        case TimelineBlock():
            first = block.entries[0].blocks if block.entries else ()
            return opening(block.caption) if block.caption else opening_of_blocks(first)
        case DefinitionsBlock():
            return opening(block.entries[0].term) if block.entries else ""
        case SignaturesBlock():
            return opening(block.signatures[0].name) if block.signatures else ""
        case ClearanceBlock():
            return opening(block.steps[0].by) if block.steps else ""
        case BesideBlock():
            return opening_of_blocks((block.image, *block.blocks))
        case QrBlock():
            return opening(block.caption) if block.caption else block.url
        case ChartBlock():
            if block.caption:
                return opening(block.caption)
            return ", ".join(series.name for series in block.series)
        case PageBreakBlock() | ColumnBreakBlock():
            return ""
        case RecordsBlock():
            return opening_of_record(block.records[0]) if block.records else ""
        case ContactBlock():
            return opening(block.name or block.cleared_by or ())
        case PeopleBlock():
            return opening(block.people[0].name) if block.people else ""
        case SpeechBlock():
            return opening_of_blocks(block.blocks)
        case GeneratedBlock():
            return block.what.value
        case _:
            assert_never(block)


def opening_of_points(points: Points) -> str:
    return opening(points.to) if points.to else opening_of_blocks([b for i in points.items for b in i.blocks])


def opening_of_record(record: Record) -> str:
    """Of the first value that is more than a number and more than a reference, by which nobody would know the record again."""
    said = [words for value in record.values if isinstance(value, tuple) and (words := opening(value))]
    return next((words for words in said if _TELLING.search(_REFERENCE.sub("", words))), "".join(said[:1]))


def opening_of_row(row: AuthorRow) -> str:
    for cell in row.cells:
        words = opening_of_blocks(cell.blocks)
        if words:
            return words
    return ""


KINDS: dict[type[AuthorBlock], Kind] = {
    ParagraphBlock: Kind.PARAGRAPH,
    HeadingBlock: Kind.HEADING,
    ListBlock: Kind.LIST,
    NumberedBlock: Kind.NUMBERED,
    TableBlock: Kind.TABLE,
    ImageBlock: Kind.IMAGE,
    CalloutBlock: Kind.CALLOUT,
    VerbatimBlock: Kind.VERBATIM,
    AgendaBlock: Kind.AGENDA,
    PointsBlock: Kind.POINTS,
    QuestionsBlock: Kind.QUESTIONS,
    FactsBlock: Kind.FACTS,
    KeyFiguresBlock: Kind.KEY_FIGURES,
    QuoteBlock: Kind.QUOTE,
    TimelineBlock: Kind.TIMELINE,
    DefinitionsBlock: Kind.DEFINITIONS,
    SignaturesBlock: Kind.SIGNATURES,
    ClearanceBlock: Kind.CLEARANCE,
    BesideBlock: Kind.BESIDE,
    ColumnsBlock: Kind.COLUMNS,
    LandscapeBlock: Kind.LANDSCAPE,
    KeepBlock: Kind.KEEP,
    QrBlock: Kind.QR,
    ChartBlock: Kind.CHART,
    PageBreakBlock: Kind.PAGE_BREAK,
    ColumnBreakBlock: Kind.COLUMN_BREAK,
    RecordsBlock: Kind.TABLE,
    ContactBlock: Kind.CONTACT,
    PeopleBlock: Kind.PEOPLE,
    SpeechBlock: Kind.SPEECH,
    GeneratedBlock: Kind.GENERATED,
}
