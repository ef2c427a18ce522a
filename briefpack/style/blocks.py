"""The looks of blocks: lists, tables, columns, notes, charts, boxes and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from briefpack.document import Align
from briefpack.style.measures import Colour, Length

TABLE_LOOKS: tuple[str, ...] = ("table", "matrix", "timeline", "agenda", "clearance")
"""Names of the looks that tables have."""
BOX_LOOKS: tuple[str, ...] = ("callout", "question", "facts", "quotation", "verbatim", "objective")
"""Names of the looks that boxes have."""


@dataclass(frozen=True, slots=True)
class ListLook:
    """bullets, dashes: the label per depth, the last one repeats. indent: hanging indent per depth.

    item_gap: least space between items. colour: of the labels.
    """

    bullets: tuple[str, ...]
    dashes: tuple[str, ...]
    indent: Length
    item_gap: Length
    colour: Colour


@dataclass(frozen=True, slots=True)
class TableLook:
    """top, header, row, bottom: line widths above the table, below the header, between rows, below the table.

    line_colour for header, row and bottom, top_colour for top. header_fill, band_fill: None for none.
    padding_x, padding_y: inside cells. before, after: space around the table.
    rule: width of the line to the right of the first column, 0 for none. total: width of the line above a total.
    group_fill: behind the rows that head groups, None for none. marker: diameter of the disc on the rule beside each row, 0 for none (PDF only: a Word
    table has no place for it).
    """

    top: Length
    header: Length
    row: Length
    bottom: Length
    top_colour: Colour
    line_colour: Colour
    header_fill: Colour | None
    band_fill: Colour | None
    padding_x: Length
    padding_y: Length
    before: Length
    after: Length
    rule: Length
    rule_colour: Colour
    total: Length
    group_fill: Colour | None
    marker: Length

    @property
    def hang(self) -> Length:
        """How far cells reach out to the left of the text: where nothing is drawn across a table, its words begin at the edge of the text."""
        drawn = (self.top, self.header, self.row, self.bottom, self.total)
        filled = (self.header_fill, self.band_fill, self.group_fill)
        bare = not any(drawn) and all(fill is None for fill in filled)
        return self.padding_x if bare else Length(0)


@dataclass(frozen=True, slots=True)
class ColumnsLook:
    """gap: between columns, and between parts that stand side by side. rule: width of the line in the gap of columns, 0 for none.

    key_rule: width of the line above each key figure. sign_rule: width of the line to sign on, in the colour of the role "signature"; sign_room: room above it.
    """

    gap: Length
    rule: Length
    rule_colour: Colour
    key_rule: Length
    key_colour: Colour
    sign_rule: Length
    sign_room: Length
    before: Length
    after: Length


@dataclass(frozen=True, slots=True)
class NotesLook:
    """Notes at the foot of the page. rule: width of the line above them, rule_length its length. gap: from the text down to the line, and from the line down
    to the first note. indent: hanging indent that holds the mark. space: between two notes."""

    rule: Length
    rule_length: Length
    rule_colour: Colour
    gap: Length
    indent: Length
    space: Length


class ChartForm(Enum):
    """What a chart is in Word: the PDF's picture, or one of Word's own whose data can be edited."""

    PICTURE = "picture"
    NATIVE = "native"


@dataclass(frozen=True, slots=True)
class ChartLook:
    """palette: of the series in order, told apart by colour-blind readers and in grey. patterns: hatch areas as well, for printing in grey.

    axis: colour of axes, grid: of the lines behind. line: width of drawn lines. height: of a chart, a share of its width. word: see ChartForm.
    """

    palette: tuple[Colour, ...]
    patterns: bool
    axis: Colour
    grid: Colour
    line: Length
    height: float
    word: ChartForm


@dataclass(frozen=True, slots=True)
class BoxLook:
    """A callout's, a question's, a quotation's or an objective's box: accent bar at the left (width 0: none) and fill (None: none)."""

    bar: Length
    bar_colour: Colour
    fill: Colour | None
    padding_x: Length
    padding_y: Length
    before: Length
    after: Length


@dataclass(frozen=True, slots=True)
class ImageLook:
    """Space around a figure and between picture and caption; align of the picture in the frame."""

    before: Length
    after: Length
    caption_gap: Length
    align: Align
