"""Tables: fixed columns, rows that stay whole, header rows that return on every page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from briefpack.document import Column
from briefpack.style import TableLook
from briefpack.word.looks import border, shading
from briefpack.word.styles import TABLE
from briefpack.word.xml import EMPTY, Xml, element, join, quote


def grid(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """Column widths in twips; they add up to width whatever the shares round to."""
    edges = [0, *(round(share * width) for share in accumulate(column.width for column in columns))]
    edges[-1] = width
    return tuple(right - left for left, right in pairwise(edges))


def row(
    cells: Sequence[Xml],
    widths: Sequence[int],
    *,
    header: bool = False,
    whole: bool = True,
    look: Xml = EMPTY,
) -> Xml:
    """A row. cells: their paragraphs. whole: it is not divided between pages. look: further properties of each cell."""
    together = "<w:cantSplit/>" if whole else ""
    again = "<w:tblHeader/>" if header else ""
    content = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    properties = f"<w:trPr>{together}{again}</w:trPr>" if together or again else ""
    return Xml(f"<w:tr>{properties}{content}</w:tr>")


def further_header(look: TableLook) -> Xml:
    """The look of header cells below the first row, which a Word table style cannot describe."""
    line = border("bottom", look.header, look.line_colour.hex)
    fill = shading(look.header_fill.hex) if look.header_fill else EMPTY
    return join((element("w:tcBorders", None, line), fill))


_FIRST_ROW, _FIRST_COLUMN, _NO_COLUMN_BANDS = 0x20, 0x80, 0x400
"""The bits of w:tblLook (ECMA-376 part 4, 14.3.3); they repeat its attributes for readers that know only the older form."""


def table(
    rows: Sequence[Xml],
    widths: Sequence[int],
    *,
    headed: bool,
    title: str,
    description: str,
    first_column: bool = False,
) -> Xml:
    """A whole table. title, description: what a screen reader says before reading cells, "" for nothing.

    first_column: whether its cells name the rows, so that Word says them with each cell and tags them as headers.
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
    return Xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{spoken}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{join(rows)}</w:tbl>"
    )
