"""Tables: fixed columns, merged cells, rows that stay whole, header rows that return on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from briefpack.document import Column
from briefpack.style import Length, TableLook
from briefpack.word.flow import Paragraph, Rows
from briefpack.word.looks import border, shading
from briefpack.word.styles import SEPARATOR, TABLE
from briefpack.word.xml import EMPTY, Xml, element, join, quote, value


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the grid in a row. content: the paragraphs of the cell that begins there, None where one from above goes on.

    span: columns. rows: how many the cell covers. look: further properties of the cell (CT_TcPr after vMerge), in the order of the schema.
    """

    content: Xml | None
    span: int = 1
    rows: int = 1
    look: Xml = EMPTY


_COVERED = Xml(Paragraph(SEPARATOR, EMPTY).markup())


def grid(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """Column widths in twips; they add up to width whatever the shares round to."""
    return divided([column.width for column in columns], width)


def divided(shares: Iterable[float], width: int) -> tuple[int, ...]:
    """A width in twips cut up by shares that are in sum 1."""
    edges = [0, *(round(share * width) for share in accumulate(shares))]
    edges[-1] = width
    return tuple(right - left for left, right in pairwise(edges))


def row(
    cells: Sequence[Spot | Xml],
    widths: Sequence[int],
    *,
    header: bool = False,
    whole: bool = True,
    look: Xml = EMPTY,
) -> Xml:
    """A row. cells: from left to right; bare paragraphs are a cell of one column. whole: it is not divided between pages. look: further properties of
    each cell that has none of its own."""
    together = "<w:cantSplit/>" if whole else ""
    again = "<w:tblHeader/>" if header else ""
    pieces: list[str] = []
    position = 0
    for each in cells:
        spot = each if isinstance(each, Spot) else Spot(each)
        width = sum(widths[position : position + spot.span])
        span = f'<w:gridSpan w:val="{spot.span}"/>' if spot.span > 1 else ""
        merge = (
            "<w:vMerge/>" if spot.content is None else '<w:vMerge w:val="restart"/>' if spot.rows > 1 else ""
        )
        content = _COVERED if spot.content is None else spot.content
        pieces.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{spot.look or look}</w:tcPr>{content}</w:tc>'
        )
        position += spot.span
    properties = f"<w:trPr>{together}{again}</w:trPr>" if together or again else ""
    return Xml(f"<w:tr>{properties}{''.join(pieces)}</w:tr>")


@dataclass(slots=True)
class Covered:
    """Which columns cells of earlier rows still cover, while rows come by: column → rows left, and columns of that cell."""

    columns: int
    _open: dict[int, tuple[int, int]]

    @property
    def joined(self) -> bool:
        """Whether a cell goes on in the next row."""
        return bool(self._open)

    @classmethod
    def none(cls, columns: int) -> Covered:
        return cls(columns, {})

    def row(self, sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int | None]]:
        """The places of one row from left to right: first column, columns, and which of the row's cells begins there, None for one from above.

        sizes: columns and rows of the cells that begin in the row.
        """
        position, number = 0, 0
        still: dict[int, tuple[int, int]] = {}
        while position < self.columns:
            if position in self._open:
                left, span = self._open[position]
                yield position, span, None
                if left > 1:
                    still[position] = (left - 1, span)
            elif number < len(sizes):
                span, rows = sizes[number]
                span = min(span, self.columns - position)
                yield position, span, number
                if rows > 1:
                    still[position] = (rows - 1, span)
                number += 1
            else:
                return
            position += span
        self._open = still


def header_look(look: TableLook, *, first: bool, above: bool, below: bool) -> Xml:
    """Properties of header cells. first: of the first row, whose upper line is the table's. above, below: whether a cell has a line there.

    Headings of columns stand right above them, however many lines their neighbours have. Word adds lines to the row's height, the PDF draws
    them on its edge.
    """
    line, none = look.line_colour.hex, Length(0)
    upper = look.top if first else look.header
    margins = (
        element("w:top", {"w:w": Length(max(0.0, look.padding_y - upper)).twips, "w:type": "dxa"}),
        element("w:bottom", {"w:w": Length(max(0.0, look.padding_y - look.header)).twips, "w:type": "dxa"}),
    )
    return join(
        (
            element(
                "w:tcBorders",
                None,
                border("top", upper if above else none, look.top_colour.hex if first else line),
                border("bottom", look.header if below else none, line),
            ),
            shading(look.header_fill.hex) if look.header_fill else EMPTY,
            element("w:tcMar", None, *margins),
            value("vAlign", "bottom"),
        )
    )


_FIRST_ROW, _FIRST_COLUMN, _NO_COLUMN_BANDS = 0x20, 0x80, 0x400
"""The bits of w:tblLook (ECMA-376 part 4, 14.3.3); they repeat its attributes for readers that know only the older form."""


def table(
    rows: list[Xml],
    widths: Sequence[int],
    *,
    headed: bool,
    title: str,
    description: str,
    first_column: bool = False,
    style: str = TABLE,
    left: int = 0,
) -> Rows:
    """A whole table. title, description: what a screen reader says before reading cells, "" for nothing.

    first_column: whether its cells name the rows, so that Word says them with each cell and tags them as headers.
    style: id of its style. left: twips from the edge of the text around it.
    """
    bits = _NO_COLUMN_BANDS | (_FIRST_ROW if headed else 0) | (_FIRST_COLUMN if first_column else 0)
    look = element(
        "w:tblLook",
        {
            "w:val": f"{bits:04X}",
            "w:firstRow": int(headed),
            "w:lastRow": 0,
            "w:firstColumn": int(first_column),
            "w:lastColumn": 0,
            "w:noHBand": 0,
            "w:noVBand": 1,
        },
    )
    spoken = "".join(
        f'<w:{name} w:val="{quote(words)}"/>'
        for name, words in (("tblCaption", title), ("tblDescription", description))
        if words
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    moved = f'<w:tblInd w:w="{left}" w:type="dxa"/>' if left else ""
    opening = Xml(
        f'<w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{moved}'
        f'<w:tblLayout w:type="fixed"/>{look}{spoken}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
    return Rows(opening, rows)
