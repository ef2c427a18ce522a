"""The blocks that hold blocks, and the closed union of all blocks.

The union names each of these, and each of these names the union, so they are one module: two would import each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from briefpack.document.captions import Caption, Listing
from briefpack.document.figures import Chart, Image
from briefpack.document.paragraphs import Heading, NumberedParagraph, PageBreak, Paragraph
from briefpack.document.spans import Spans
from briefpack.errors import Where
from briefpack.marking import Marking


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
