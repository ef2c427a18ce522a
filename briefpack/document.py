"""What both writers read: one frozen Document, in which every number, label and anchor is final.

Anchors are ASCII names of at most 40 characters, unique in the Document, valid as a Word bookmark
(a letter first, then letters, digits and underscores) and as a PDF named destination.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from briefpack.drawing import Drawing
from briefpack.errors import Where
from briefpack.label import Label
from briefpack.marking import LOWEST, Marking
from briefpack.policy import Policy

# --------------------------------------------------------------------------- spans


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
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. role: the name of a text role of the style ("body", "secondary", …).

    keep_with_next: stays on the page of what follows (an addressee line above its points).
    tail: "" but in a column of numbers that stand at their decimal sign: then the line is set flush right, and kept off the
    edge by the width of these characters (of the fraction that this number lacks, ".00").
    marking: of its words, for the banner of the page that they stand on; None for that of what it stands in, and in a pack without a policy. So it is in all
    other blocks; of those that hold others, it is that of their own words (title, caption, heads of columns).
    """

    spans: Spans
    where: Where
    role: str = "body"
    anchor: str | None = None
    keep_with_next: bool = False
    tail: str = ""
    marking: Marking | None = None


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
    marking: Marking | None = None


class ListKind(Enum):
    """How the items of a list are led in. TERMS: by what they explain (a list of definitions)."""

    BULLETS = "bullets"
    DASHES = "dashes"
    NUMBERS = "numbers"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class ListItem:
    """label: as printed ("•", "—", "3.", a term). blocks: Paragraph first, but where the author's words begin with a list; then any others."""

    label: str
    blocks: tuple[Block, ...]
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class List:
    """depth: 0-based nesting depth. start: number of the first item (NUMBERS only).

    sequence: identity of the list in the Document, 1-based; a new list starts its numbers again.
    hang: ems of the role "list" that the labels take (TERMS only); None is the style's indent.
    """

    kind: ListKind
    items: tuple[ListItem, ...]
    depth: int
    sequence: int
    where: Where
    start: int = 1
    hang: float | None = None


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


class Heads(Enum):
    """What a cell of the body is the heading of: its row, or the group of rows below it."""

    ROW = "row"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's content: paragraphs, lists and other blocks, at least one (an empty Paragraph when empty).

    columns, rows: how many it covers. heads: None for a cell of data, and in header rows, where every cell is the heading of its columns.
    align: instead of its column's, None takes that.
    """

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    heads: Heads | None = None
    align: Align | None = None


class RowKind(Enum):
    """GROUP: a heading within the table, one cell as wide as the table. TOTAL: a sum of rows above."""

    BODY = "body"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """cells: those that begin in this row, from left to right; a place that a cell of an earlier row covers has none.

    The cells of all rows fill the grid without gap or overlap (resolve sees to it).
    """

    cells: tuple[Cell, ...]
    where: Where
    kind: RowKind = RowKind.BODY
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """label: "Table 3" or "Figure 1"; joint: what stands between it and the words, as the language has it; spans: the author's words."""

    label: str
    spans: Spans
    joint: str = ": "


@dataclass(frozen=True, slots=True)
class TableNote:
    """A note below a table. mark: as it stands in a cell, "a". marking: see Paragraph."""

    mark: str
    spans: Spans
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """header: rows repeated on every page, () when the author gave none.

    caption stands above the table; notes, then source, are quiet lines below it; None means none.
    Paragraphs in header cells have role "table-header", in GROUP rows "table-group", in others "table-cell" or "table-detail".
    look: which of the style's tables it is, see Style.table_look.
    """

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    anchor: str
    where: Where
    caption: Caption | None = None
    source: Spans | None = None
    notes: tuple[TableNote, ...] = ()
    look: str = "table"
    marking: Marking | None = None


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

    data: ImageData | Drawing
    alt: str
    anchor: str
    where: Where
    width: float | None = None
    caption: Caption | None = None
    source: Spans | None = None
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Callout:
    """A box that catches the eye. title: None when the author gave none. look: which of the style's boxes it is, see Style.box.

    blocks: Paragraphs (of the box's role, see BOX_ROLES) and other blocks.
    """

    title: Spans | None
    blocks: tuple[Block, ...]
    where: Where
    look: str = "callout"
    marking: Marking | None = None


BOX_ROLES: Mapping[str, tuple[str, str]] = {
    "callout": ("callout-title", "callout"),
    "question": ("question", "line"),
    "facts": ("facts-title", "facts"),
    "verbatim": ("callout-title", "verbatim"),
}
"""Look of a Callout → the roles of its title and of its paragraphs."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words. blocks: Paragraphs (role "quotation") and Lists. attribution: who said it, where and when, None for none."""

    blocks: tuple[Block, ...]
    attribution: Spans | None
    where: Where
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Parts beside each other that belong together: key figures, a picture and its text. They are read from left to right. A part may be (): then its room
    stays empty, and nothing is printed there (the last row of several that have equal parts).

    shares: of the width, one for each part, in sum 1; the style's gap stands between parts. look: "plain", "figures" (key figures, each below a
    rule of the style) or "signatures" (each below a line to sign on, with room above it, see ColumnsLook).
    """

    parts: tuple[tuple[Block, ...], ...]
    shares: tuple[float, ...]
    where: Where
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Columns:
    """Text in columns of equal width. parts: one for each column where the author breaks them himself (as many as count, or fewer); a single part is divided
    so that the columns are about equally high. There are no Columns, Landscapes or PageBreaks in it, and it stands in the section itself or in a Landscape.
    """

    parts: tuple[tuple[Block, ...], ...]
    count: int
    where: Where


@dataclass(frozen=True, slots=True)
class Landscape:
    """Blocks on pages turned on their side; what follows begins a new upright page. It stands in the section itself."""

    blocks: tuple[Block, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page where a page has room for them."""

    blocks: tuple[Block, ...]
    where: Where


class ChartKind(Enum):
    BAR = "bar"
    LINE = "line"
    AREA = "area"
    PIE = "pie"
    DONUT = "donut"


@dataclass(frozen=True, slots=True)
class Series:
    """values: one for each category, None where there is no figure. labels: the values as printed."""

    name: str
    values: tuple[Decimal | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures as a picture. horizontal: bars lie (BAR only). stacked: series are added up (BAR and AREA), else they stand side by side.

    unit: what the numbers count, "" for nothing. unit_beside: the labels have it, and it needs no place of its own. alt: what a screen reader says: the kind, then the data. height: share of the width; None takes the style's.
    width: share of the text width, None for all of it. labelled: each value is printed beside its mark. ticks: round numbers that
    the axis of values reaches from end to end, with their labels as printed; () for pies.
    """

    kind: ChartKind
    horizontal: bool
    stacked: bool
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    labelled: bool
    alt: str
    anchor: str
    where: Where
    width: float | None = None
    height: float | None = None
    caption: Caption | None = None
    source: Spans | None = None
    ticks: tuple[tuple[Decimal, str], ...] = ()
    unit_beside: bool = False
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class ListingEntry:
    """label: "Table 3". anchor: of the table or figure, whose page is printed. mark: of the portion, as in Section."""

    label: str
    title: str
    anchor: str
    mark: str = ""
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of figures or tables with their pages, like a contents of its own. kind: "figure" or "table", as the counters of Word name them."""

    kind: str
    entries: tuple[ListingEntry, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class PageBreak:
    where: Where


Block: TypeAlias = (
    Heading
    | Paragraph
    | NumberedParagraph
    | List
    | Table
    | Image
    | Callout
    | Quotation
    | SideBySide
    | Columns
    | Landscape
    | Together
    | Chart
    | Listing
    | PageBreak
)

# --------------------------------------------------------------------------- the pack


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the pack. number: "2", None when the style does not number sections. title: "" only in a text that is set to be an annex.

    lead: the quiet line under the title, () when there is none.
    language: BCP 47 tag when the section is in another language than the pack, else None.
    landscape: its pages lie on their side. mark: of the title's portion, with what keeps it on the line of the title, "" for none.
    marking: of all that is in it. title_marking: of the title and the line under it. None in a pack without a policy.
    """

    number: str | None
    title: str
    anchor: str
    lead: Spans
    blocks: tuple[Block, ...]
    where: Where
    language: str | None = None
    landscape: bool = False
    mark: str = ""
    marking: Marking | None = None
    title_marking: Marking | None = None


class Scale(Enum):
    """FIT: the page is made smaller so that stamps stand beside it, never over it. ORIGINAL: it keeps its size."""

    FIT = "fit"
    ORIGINAL = "original"


class Paper(Enum):
    """What becomes of pages that are larger than the pack's paper. OWN: they stay on sheets of their size. PACK: they are reduced."""

    OWN = "own"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """An annex as the pack names it. label: "A". pages: page count of the annex itself, without
    its divider. file_name: the bare name of the author's file. sha256: hex digest of that file.
    source, marking: None means the author gave none. scale, paper: how its pages stand on their sheets.
    damaged: it is what is left of a damaged file, which the divider says. beside: the author's files are put beside the pack.
    files: how many files it is made of; of several, file_name has the names of all, and sha256 is of their digests.
    mark, title_marking: as in Section. computed: the marking of its pages; None in a pack without a policy.
    first, bound: of an annex that is divided between parts of a pack, the first of its pages that is in this one, and how many are; None for all.
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
    scale: Scale = Scale.ORIGINAL
    paper: Paper = Paper.OWN
    damaged: bool = False
    beside: bool = False
    files: int = 1
    mark: str = ""
    computed: Marking | None = None
    title_marking: Marking | None = None
    first: int = 1
    bound: int | None = None

    @property
    def here(self) -> range:
        """Its pages that are bound into the file, 1-based."""
        return range(self.first, self.first + (self.pages if self.bound is None else self.bound))


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
    An annex entry leads to the annex's first page, whose label is "<label>-1"; where the annex is divided, to that page of it. mark: of the title's portion, as in Section. marking: of the title.
    """

    kind: TocKind
    level: int
    number: str | None
    title: str
    anchor: str
    mark: str = ""
    marking: Marking | None = None
    page: int = 1

    @property
    def place(self) -> str:
        """The name of the place that an entry of another part stands for: two parts may have pages of one annex."""
        return self.anchor if self.page == 1 else annex_page_anchor(self.anchor, self.page)


@dataclass(frozen=True, slots=True)
class Meta:
    """What cover, furniture and file properties may say; "" means the author did not say it.

    date: the pack's own date, the only clock a build knows (identical input, identical bytes).
    as_of: that date in the pack's words. audience: the key ("press"); audience_title: its name.
    watermark: None means none. file_stem: the name of the audience's files, without what tells their format.
    label: the marking as programs read it, None for none.
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
    logo: ImageData | Drawing | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class OtherPart:
    """Another part of a pack that goes in several. words: "In part 3 of 3". entries: of its sections and annexes."""

    words: str
    entries: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True)
class PackPart:
    """Which part of a pack a Document is. words: "Part 2 of 3". here: above its own entries in the contents. others: the other parts, in order.

    elsewhere: anchor of what is in another part (of an annex, those of its pages too) → the place of the entry among others that stands for it, and the words of
    that part. languages: of entries among others that are in another language than the pack. first_page: the number of the first page behind the contents. pages: the last arabic number of the whole pack, as printed.
    """

    words: str
    here: str
    others: tuple[OtherPart, ...]
    elsewhere: Mapping[str, tuple[str, str]]
    languages: Mapping[str, str]
    first_page: int
    pages: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole pack of one audience, ready to be set, or a part of it, in which numbers, labels and anchors are those of the whole.

    policy: what puts markings into words; None in a pack without one. marking: of all that is in the pack; title_marking: of what cover and furniture say of
    it. Both are LOWEST without a policy. part: None for the whole pack.
    """

    meta: Meta
    contents: tuple[TocEntry, ...]
    sections: tuple[Section, ...]
    annexes: tuple[AnnexEntry, ...]
    policy: Policy | None = None
    marking: Marking = LOWEST
    title_marking: Marking = LOWEST
    part: PackPart | None = None


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
