"""Parts beside each other, in a table without lines; text in columns, pages on their side, blocks that stay together."""

from __future__ import annotations

from dataclasses import replace

from briefpack import document as d
from briefpack.style import Colour, Length, PageSetup
from briefpack.word import tables
from briefpack.word.flow import Flow, PageLayout, Paragraph, Rows
from briefpack.word.looks import border
from briefpack.word.place import Place, Writing
from briefpack.word.sheet import sheet
from briefpack.word.styles import LAYOUT
from briefpack.word.xml import element


def section_place(page: PageSetup, layout: PageLayout, language: str | None) -> Place:
    """The whole text frame of a page."""
    lying = sheet(page, layout)
    return Place(
        lying.text_width.twips, int(lying.text_height * 20), language=language, open=True, layout=layout
    )


def write_side(writing: Writing, block: d.SideBySide, flow: Flow, place: Place) -> None:
    """One row; the gap is a margin of its cells, so that there are no empty ones to be read out."""
    look = writing.style.columns
    gap = look.gap.twips
    count = len(block.parts)
    widths = tables.divided(block.shares, max(count, place.room - gap * (count - 1)))
    spots: list[tables.Spot] = []
    for position, (part, width) in enumerate(zip(block.parts, widths, strict=True)):
        inner = Flow()
        inner.top()
        writing.write(part, inner, place.within(width))
        _mark_top(writing, block.look, inner)
        last = inner.items[-1] if inner.items else None
        if isinstance(last, Paragraph):
            last.own_after = 0
        else:
            inner.separate()
        margin = element("w:right", {"w:w": gap if position < count - 1 else 0, "w:type": "dxa"})
        spots.append(tables.Spot(inner.markup(), look=element("w:tcMar", None, margin)))
    cells = tuple(width + (gap if n < count - 1 else 0) for n, width in enumerate(widths))
    row = tables.row(spots, cells, whole=block.look != "plain")
    table = tables.table([row], cells, headed=False, title="", description="", style=LAYOUT, left=place.left)
    flow.add_table(table, look.before.twips, look.after.twips)


def _mark_top(writing: Writing, kind: str, inner: Flow) -> None:
    """The line above a key figure or to sign on: the border of the first paragraph, as wide as its part."""
    look = writing.style.columns
    first = inner.items[0] if inner.items else None
    if not isinstance(first, Paragraph):
        return
    match kind:
        case "figures":
            # Word sets space before a paragraph above its border.
            _line_above(first, look.key_rule, look.key_colour, writing.style.text["key-value"].before)
        case "signatures":
            text = writing.style.text["signature"]
            _line_above(first, look.sign_rule, text.colour, text.before)
            first.own_before = look.sign_room.twips
        case _:
            pass


def _line_above(paragraph: Paragraph, width: Length, colour: Colour, space: Length) -> None:
    if width > 0:
        paragraph.box = element("w:pBdr", None, border("top", width, colour.hex, max(1, round(space))))


def write_columns(writing: Writing, block: d.Columns, flow: Flow, place: Place) -> None:
    """A section of Word's own on the same page; where none can be, the parts follow each other."""
    if not place.open:
        for part in block.parts:
            writing.write(part, flow, place)
        return
    look = writing.style.columns
    flow.least_after(look.before.twips)
    layout = replace(place.layout, columns=block.count)
    flow.turn(layout, page=False)
    width = (place.width - look.gap.twips * (block.count - 1)) // block.count
    inner = replace(place.within(width), layout=layout)
    for number, part in enumerate(block.parts):
        if number:
            flow.break_column()
        else:
            flow.top()
        writing.write(part, flow, inner)
    flow.turn(place.layout, page=False)
    flow.least_gap(look.after.twips)


def write_landscape(writing: Writing, block: d.Landscape, flow: Flow, place: Place) -> None:
    if not place.open:
        writing.write(block.blocks, flow, place)
        return
    turned = section_place(writing.style.page, PageLayout(landscape=True), place.language)
    flow.turn(turned.layout, page=True)
    writing.write(block.blocks, flow, turned)
    flow.turn(place.layout, page=True)


def write_together(writing: Writing, block: d.Together, flow: Flow, place: Place) -> None:
    """Every paragraph and row stays with the next one; Word gives up where a page has no room for all."""
    inner = Flow()
    writing.write(block.blocks, inner, replace(place, open=False))
    for position, item in enumerate(inner.items):
        last = position == len(inner.items) - 1
        match item:
            case Paragraph():
                item.keep_lines = True
                item.keep_next = item.keep_next or not last
            case Rows():
                item.keep(last=not last)
            case _:
                # Nothing inside turns the page.
                pass
    flow.take(inner)
