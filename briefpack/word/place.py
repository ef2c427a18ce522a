"""What writing a block takes: where it stands, and the one set of writers that everything in a file shares."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

from briefpack import document as d
from briefpack.style import BoxLook, Style
from briefpack.word.flow import UPRIGHT, Flow, PageLayout, Paragraph
from briefpack.word.images import Drawings
from briefpack.word.looks import box_borders, box_insets, has_look, indent
from briefpack.word.numbering import Numbering
from briefpack.word.spans import SpanWriter
from briefpack.word.styles import HEADINGS, style_id
from briefpack.word.widths import Widths
from briefpack.word.xml import EMPTY, Xml, join

ROLE_BOXES = {
    "callout-title": "callout",
    "callout": "callout",
    "question": "question",
    "line": "question",
    "facts-title": "facts",
    "facts": "facts",
    "verbatim": "verbatim",
    "quotation": "quotation",
    "attribution": "quotation",
    "objective": "objective",
}
"""Role → the box that its paragraph style draws itself, see box_look."""


def box_look(style: Style, name: str) -> BoxLook:
    """The look of a box by its name, a value of ROLE_BOXES."""
    match name:
        case "quotation":
            return style.quotation
        case "objective":
            return style.objective
        case _:
            return style.box(name)


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand. width, height: of the frame around, in twips. left, right: what text keeps from its edges, in twips.

    box: borders and fill of a box around, as properties of a paragraph. box_name: its name, "" for none, with box_left and box_right: what the box
    itself takes of left and right. language: of the surroundings, None for the pack's. align: a column's alignment, None outside tables.
    open: whether the text may go on in another layout here, which cells and boxes do not allow. layout: of the pages.
    """

    width: int
    height: int
    left: int = 0
    right: int = 0
    box: Xml = EMPTY
    box_name: str = ""
    box_left: int = 0
    box_right: int = 0
    language: str | None = None
    align: d.Align | None = None
    open: bool = False
    layout: PageLayout = UPRIGHT

    @property
    def room(self) -> int:
        """Width left for text, in twips."""
        return max(1, self.width - self.left - self.right)

    def inside(self, name: str, box: BoxLook) -> Place:
        """In a box that stands here."""
        # No boxes in boxes: the inner one begins where the outer one does.
        outer_left, outer_right = self.left - self.box_left, self.right - self.box_right
        left, right = box_insets(box)
        return replace(
            self,
            left=outer_left + left,
            right=outer_right + right,
            box=join(box_borders(box)),
            box_name=name,
            box_left=left,
            box_right=right,
            open=False,
        )

    def within(self, width: int) -> Place:
        """In a cell. width: inside its padding, in twips."""
        return replace(
            self,
            width=max(1, width),
            left=0,
            right=0,
            box=EMPTY,
            box_name="",
            box_left=0,
            box_right=0,
            align=None,
            open=False,
        )


@dataclass(slots=True)
class Writing(ABC):
    """What the writers of single kinds of block share; write leads back to all kinds."""

    style: Style
    spans: SpanWriter
    numbering: Numbering
    drawings: Drawings
    widths: Widths

    @abstractmethod
    def paragraph(self, block: d.Paragraph, place: Place) -> Paragraph:
        """A paragraph as it stands in a place."""

    @abstractmethod
    def write(self, blocks: tuple[d.Block, ...], flow: Flow, place: Place) -> None:
        """All blocks in order."""

    @abstractmethod
    def add_box(self, inner: Flow, flow: Flow, name: str, place: Place) -> None:
        """The content of one box, written inside it. place: where the box stands."""

    def runs(self, spans: d.Spans, role: str, place: Place) -> Xml:
        """Spans in a paragraph of a role."""
        return self.spans.runs(spans, place.language, self.style.text[role])

    def set(self, role: str, content: Xml) -> Paragraph:
        """An open paragraph in the style of a role."""
        text = self.style.text[role]
        keeps = text.keep_with_next or role in HEADINGS
        return Paragraph(style_id(role), content, text.before.twips, text.after.twips, keeps)

    def fit(self, role: str, paragraph: Paragraph, place: Place) -> None:
        """Give a paragraph of a role the box and the indents of where it stands, unless its style has them already."""
        text = self.style.text[role]
        own = ROLE_BOXES.get(role, "")
        inset = box_insets(box_look(self.style, own)) if own else (0, 0)
        left, right = place.left, place.right
        if not place.box_name:
            left, right = left + inset[0], right + inset[1]
        elif own != place.box_name:
            paragraph.box = place.box
        if (left, right) != inset:
            paragraph.indent = indent(left + text.left.twips, right + text.right.twips, text.first.twips)

    def shown(self, name: str) -> bool:
        """Whether a box has anything to see."""
        return has_look(box_look(self.style, name))
