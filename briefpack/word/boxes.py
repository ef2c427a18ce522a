"""Boxes: paragraphs with a bar and a fill of their own, which Word draws as one; tables in them stand in a cell that looks the same."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack import document as d
from briefpack.style import BoxLook, Length, Style
from briefpack.word import tables
from briefpack.word.flow import Flow, Paragraph, Rows, Turn
from briefpack.word.heights import about
from briefpack.word.looks import border, box_borders, box_excess, has_look, shading
from briefpack.word.place import Place, Writing, box_look
from briefpack.word.styles import LAYOUT, SEPARATOR
from briefpack.word.together import keep_together
from briefpack.word.xml import EMPTY, Xml, element, join

# Share of the page up to which a box is not divided, as in the PDF.
_WHOLE = 1 / 5


@dataclass(slots=True)
class Boxes:
    """Puts finished boxes into a flow; remembers the last one, since Word draws neighbours with equal borders as one box."""

    style: Style
    _last: Paragraph | None = None
    _alternate: bool = False

    def add(self, inner: Flow, flow: Flow, name: str, place: Place) -> None:
        """The content of one box: its space stands around the whole, not around each paragraph."""
        if not inner.items:
            flow.take(inner)
            return
        box = box_look(self.style, name)
        follows = bool(flow.items) and flow.items[-1] is self._last
        self._alternate = follows and not self._alternate
        if self._alternate and has_look(box):
            for item in inner.items:
                if isinstance(item, Paragraph):
                    item.box = join(box_borders(box, alternate=True))
        whole = _with_slices(inner, box, place) if has_look(box) else inner
        first, last = whole.items[0], whole.items[-1]
        excess = box_excess(box)
        if isinstance(first, Paragraph):
            first.own_before = max(0, box.before.twips - excess)
        else:
            flow.least_after(box.before.twips)
        if isinstance(last, Paragraph):
            last.own_after = max(0, box.after.twips - excess)
            self._last = last
        flow.take(whole)
        if not isinstance(last, Paragraph):
            flow.least_gap(box.after.twips)


def _with_slices(inner: Flow, box: BoxLook, place: Place) -> Flow:
    """The flow with its tables in cells that go on with the bar and the fill: space between a box's paragraph and a table would be
    white, so it becomes part of the cell."""
    found = Flow()
    waiting: list[Paragraph | Rows] = []
    padding = Length(box.padding_y).twips
    above = padding
    items = list(inner.items)
    for position, item in enumerate(items):
        match item:
            case Paragraph() if item.style == SEPARATOR and waiting:
                waiting.append(item)
            case Paragraph():
                if waiting:
                    below = max(0, (item.own_before or item.before or 0) - padding)
                    item.own_before = 0
                    found.items.append(_slice(waiting, box, place, above, below))
                    waiting = []
                found.items.append(item)
            case Rows():
                before = found.items[-1] if found.items else None
                if not waiting and isinstance(before, Paragraph):
                    above = (
                        max(0, (before.after if before.own_after is None else before.own_after) or 0)
                        - padding
                    )
                    before.own_after = 0
                elif not waiting:
                    above = padding
                waiting.append(item)
            case Turn():
                # No box allows another layout inside.
                pass
        if waiting and position == len(items) - 1:
            found.items.append(_slice(waiting, box, place, above, padding))
    found.marks = inner.marks
    return found


def _slice(content: list[Paragraph | Rows], box: BoxLook, place: Place, above: int, below: int) -> Rows:
    if isinstance(content[-1], Rows):
        content = [*content, Paragraph(SEPARATOR, EMPTY)]
    bar = Length(box.bar)
    outer = place.inside("", box)
    left = outer.left - outer.box_left
    width = place.width - left - (outer.right - outer.box_right)
    margins = element(
        "w:tcMar",
        None,
        element("w:top", {"w:w": max(0, above), "w:type": "dxa"}),
        element("w:left", {"w:w": 0, "w:type": "dxa"}),
        element("w:bottom", {"w:w": max(0, below), "w:type": "dxa"}),
        element("w:right", {"w:w": 0, "w:type": "dxa"}),
    )
    look = join(
        (
            element("w:tcBorders", None, border("left", bar, box.bar_colour.hex)) if bar > 0 else EMPTY,
            shading(box.fill.hex) if box.fill else EMPTY,
            margins,
        )
    )
    markup = Xml("".join(item.markup() for item in content))
    row = tables.row([tables.Spot(markup, look=look)], (width,), whole=False)
    return tables.table([row], (width,), headed=False, title="", description="", style=LAYOUT, left=left)


def write_callout(writing: Writing, block: d.Callout, flow: Flow, place: Place) -> None:
    inner = Flow()
    inside = place.inside(block.look, writing.style.box(block.look))
    if block.title is not None:
        role, _ = d.BOX_ROLES[block.look]
        title = writing.set(role, writing.runs(block.title, role, place))
        writing.fit(role, title, inside)
        if place.layout.columns > 1:
            # LibreOffice gives up making columns equally high where paragraphs stay together, and leaves the page empty.
            title.loose = True
        else:
            title.keep_next = not writing.style.text[role].keep_with_next
        inner.add(title)
    writing.write(block.blocks, inner, inside)
    title_height = 0.0 if block.title is None else writing.style.text[d.BOX_ROLES[block.look][0]].line_pitch
    _keep_small(writing, inner, block.blocks, title_height, inside)
    writing.add_box(inner, flow, block.look, place)


def write_quotation(writing: Writing, block: d.Quotation, flow: Flow, place: Place) -> None:
    inner = Flow()
    inside = place.inside("quotation", writing.style.quotation)
    writing.write(block.blocks, inner, inside)
    if block.attribution is not None:
        last = inner.items[-1] if inner.items else None
        if isinstance(last, Paragraph):
            last.keep_next = True
        line = writing.set("attribution", writing.runs(block.attribution, "attribution", place))
        writing.fit("attribution", line, inside)
        inner.add(line)
    by_height = 0.0 if block.attribution is None else writing.style.text["attribution"].line_pitch
    _keep_small(writing, inner, block.blocks, by_height, inside)
    writing.add_box(inner, flow, "quotation", place)


def _keep_small(
    writing: Writing, inner: Flow, blocks: tuple[d.Block, ...], more: float, place: Place
) -> None:
    """Keep a small box on one page. blocks: what is in it. more: height of what else is, in points. place: inside the box."""
    box = box_look(writing.style, place.box_name)
    height = about(writing.style, blocks, place.room) + more + 2 * box.padding_y
    if height <= _WHOLE * place.height / 20 and place.layout.columns == 1:
        keep_together(inner)
