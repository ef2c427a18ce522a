"""The text of a line: words set alike, breaks, links, cross-references and notes, the closed union of them, and what they say without their look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from briefpack.errors import Where
from briefpack.marking import Marking


class Position(Enum):
    """Where words stand to their line: on it, or small above or below it."""

    LINE = "line"
    SUPER = "super"
    SUB = "sub"


@dataclass(frozen=True, slots=True)
class Text:
    """Words set alike. text has no line break; it is text whatever it looks like.

    secondary: set in the style's secondary colour (a quiet remark inside a line).
    language: BCP 47 tag of a span in another language; None means the language around it.
    small_caps: its capitals are set small (an abbreviation); the text itself keeps its capitals.
    portion: it is the mark of a portion, "(R)", with what keeps it on the line of the word behind it; never an author's words.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    secondary: bool = False
    language: str | None = None
    position: Position = Position.LINE
    small_caps: bool = False
    portion: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A break the author asked for inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Link:
    """An external link: url is http, https or mailto (checked while reading)."""

    url: str
    spans: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A checked link to another place of the pack; spans are the words to print ("section 3").

    anchor: the target's anchor. annex_page: 1-based page inside the annex, None when the target
    is no annex page. by_author: True when the words are the author's own, False when they
    are made from the target's label (then Word may keep them as a field).
    """

    anchor: str
    spans: tuple[Text, ...]
    annex_page: int | None = None
    by_author: bool = False


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A note, where its mark stands. The PDF prints the note at the foot of the page, Word has it as a footnote.

    number: 1-based, running through the Document. mark: as printed, "12". anchor: of the note, not of the mark.
    paragraphs: of the note, one or more; there are no NoteReferences in them. marking: of the note, see Paragraph.
    """

    number: int
    mark: str
    anchor: str
    paragraphs: tuple[Spans, ...]
    where: Where
    marking: Marking | None = None


Span: TypeAlias = Text | LineBreak | Link | CrossReference | NoteReference


Spans: TypeAlias = tuple[Span, ...]


def plain_text(spans: Spans) -> str:
    """The words of spans without their look; a line break reads as a space, a note is left out with its mark."""
    parts: list[str] = []
    for span in spans:
        match span:
            case Text():
                parts.append(span.text)
            case LineBreak():
                parts.append(" ")
            case NoteReference():
                pass
            case Link() | CrossReference():
                parts.extend(t.text for t in span.spans)
    return "".join(parts)


def portion_mark(spans: Spans) -> tuple[str, Spans]:
    """The mark that spans begin with, "" for none, and what stands behind it."""
    if spans and isinstance(first := spans[0], Text) and first.portion:
        return first.text, spans[1:]
    return "", spans


def with_mark(mark: str, words: str) -> tuple[Text, ...]:
    """A title behind the mark of its portion, "" for none."""
    return (Text(mark, secondary=True, portion=True), Text(words)) if mark else (Text(words),)
