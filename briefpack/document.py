"""What both writers read: one frozen Document, in which every number, label and anchor is final.

Anchors are ASCII names of at most 40 characters, unique in the Document, valid as a Word bookmark
(a letter first, then letters, digits and underscores) and as a PDF named destination.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from briefpack.errors import Where

# --------------------------------------------------------------------------- spans


@dataclass(frozen=True, slots=True)
class Text:
    """Words set alike. text has no line break; it is text whatever it looks like.

    secondary: set in the style's secondary colour (a quiet remark inside a line).
    language: BCP 47 tag of a span in another language; None means the language around it.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    secondary: bool = False
    language: str | None = None


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


Span: TypeAlias = Text | LineBreak | Link | CrossReference
Spans: TypeAlias = tuple[Span, ...]


def plain_text(spans: Spans) -> str:
    """The words of spans without their look; a line break reads as a space."""
    parts: list[str] = []
    for span in spans:
        match span:
            case Text():
                parts.append(span.text)
            case LineBreak():
                parts.append(" ")
            case Link() | CrossReference():
                parts.extend(t.text for t in span.spans)
    return "".join(parts)


# --------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section. level: 2 to 4 (1 is the section title itself).

    number: printed before the words, "2.1"; None when the style does not number this level.
    """

    level: int
    number: str | None
    spans: Spans
    anchor: str
    where: Where


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. role: the name of a text role of the style ("body", "secondary", …).

    keep_with_next: stays on the page of what follows (an addressee line above its points).
    """

    spans: Spans
    where: Where
    role: str = "body"
    anchor: str | None = None
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A paragraph with a number that runs through its brief.

    level: 0-based depth. label: as printed, "1." or "(a)". index: 1-based position at its level.
    sequence: which run of numbers it belongs to; a new sequence starts at 1 again.
    """

    level: int
    label: str
    index: int
    sequence: int
    spans: Spans
    anchor: str | None
    where: Where


class ListKind(Enum):
    """How the items of a list are led in."""

    BULLETS = "bullets"
    DASHES = "dashes"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class ListItem:
    """label: as printed ("•", "—", "3."). blocks: Paragraph first, then Paragraphs or Lists."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class List:
    """depth: 0-based nesting depth. start: number of the first item (NUMBERS only).

    sequence: identity of the list in the Document, 1-based; a new list starts its numbers again.
    """

    kind: ListKind
    items: tuple[ListItem, ...]
    depth: int
    sequence: int
    where: Where
    start: int = 1


class Align(Enum):
    """Horizontal alignment of a column or a text."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Column:
    """width: share of the table's width, the shares of a table sum to 1."""

    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's content: paragraphs and lists, at least one block (an empty Paragraph when empty)."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Caption:
    """label: "Table 3" or "Figure 1"; spans: the author's words."""

    label: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Table:
    """header: rows repeated on every page, () when the author gave none.

    caption stands above the table; source is a quiet line below it; None means none.
    Paragraphs in header cells have role "table-header", in others "table-cell" or "table-detail".
    """

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    anchor: str
    where: Where
    caption: Caption | None = None
    source: Spans | None = None


@dataclass(frozen=True, slots=True)
class ImageData:
    """A picture made safe to embed: no metadata, upright, RGB or grey.

    content: the file's bytes. format: "png" or "jpeg". width and height: pixels. dpi: pixels per
    inch, 96 where the file does not say.
    """

    content: bytes
    format: str
    width: int
    height: int
    dpi: float


@dataclass(frozen=True, slots=True)
class Image:
    """width: share of the text width, 0 < width <= 1; None means the picture's own size, at most
    the text width. alt: what a screen reader says; "" marks decoration. caption stands below."""

    data: ImageData
    alt: str
    anchor: str
    where: Where
    width: float | None = None
    caption: Caption | None = None
    source: Spans | None = None


@dataclass(frozen=True, slots=True)
class Callout:
    """A box that catches the eye. title: None when the author gave none.

    blocks: Paragraphs (role "callout") and Lists.
    """

    title: Spans | None
    blocks: tuple[Block, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class PageBreak:
    where: Where


Block: TypeAlias = Heading | Paragraph | NumberedParagraph | List | Table | Image | Callout | PageBreak

# --------------------------------------------------------------------------- the pack


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the pack. number: "2", None when the style does not number sections.

    lead: the quiet line under the title, () when there is none.
    language: BCP 47 tag when the section is in another language than the pack, else None.
    """

    number: str | None
    title: str
    anchor: str
    lead: Spans
    blocks: tuple[Block, ...]
    where: Where
    language: str | None = None


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """An annex as the pack names it. label: "A". pages: page count of the annex itself, without
    its divider. file_name: the bare name of the author's file. sha256: hex digest of that file.
    source, marking: None means the author gave none.
    """

    label: str
    title: str
    anchor: str
    pages: int
    file_name: str
    sha256: str
    where: Where
    source: str | None = None
    marking: str | None = None


class TocKind(Enum):
    """What a contents entry leads to."""

    SECTION = "section"
    HEADING = "heading"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One line of the contents. level: 1 for sections and annexes, 2 and up for headings.

    number: "2.1", an annex's label, or None. The list is the outline (bookmarks) as well: it has sections and
    annexes even where the style prints no contents (depth 0), so a contents page takes only levels up to the depth.
    An annex entry leads to the annex's first page, whose label is "<label>-1".
    """

    kind: TocKind
    level: int
    number: str | None
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What cover, furniture and file properties may say; "" means the author did not say it.

    date: the pack's own date, the only clock a build knows (identical input, identical bytes).
    as_of: that date in the pack's words. audience: the key ("press"); audience_title: its name.
    watermark: None means none. file_stem: "<pack>-<audience>".
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
    as_of: str
    language: str
    marking: str
    audience: str
    audience_title: str
    date: datetime
    where: Where
    file_stem: str
    watermark: str | None = None
    logo: ImageData | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The whole pack of one audience, ready to be set."""

    meta: Meta
    contents: tuple[TocEntry, ...]
    sections: tuple[Section, ...]
    annexes: tuple[AnnexEntry, ...]


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """Printed page numbers by anchor, and where they come from.

    label_of: anchor → printed number ("ii", "12", "A-1"). body_pages: the last arabic number.
    front_pages: pages before the body (cover, contents, their blanks). source: "layout" or "libreoffice".
    """

    label_of: dict[str, str]
    front_pages: int
    body_pages: int
    source: str


def annex_page_anchor(anchor: str, page: int) -> str:
    """The anchor of an annex's page (the annex's own anchor is its divider). page: 1-based."""
    return f"{anchor}_p{page}"
