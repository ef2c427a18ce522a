"""Parts beside each other, in a table without lines; text in columns, pages on their side, blocks that stay together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefpack import document as d
from briefpack.style import Colour, Length, PageSetup
from briefpack.word import tables
from briefpack.word.flow import Flow, PageLayout, Paragraph, Rows
from briefpack.word.looks import border
from briefpack.word.place import Place, Writing
from briefpack.word.sheet import sheet
from briefpack.word.styles import LAYOUT
from briefpack.word.together import keep_together
from briefpack.word.xml import EMPTY, Xml, element, join


def section_place(page: PageSetup, layout: PageLayout, language: str | None) -> Place:
    """The whole text frame of a page."""
    lying = sheet(page, layout)
    return Place(
        lying.text_width.twips, int(lying.text_height * 20), language=language, open=True, layout=layout
    )


def write_side(writing: Writing, block: d.SideBySide, flow: Flow, place: Place) -> None:
    look = writing.style.columns
    gap = look.gap.twips
    count = len(block.parts)
    widths = tables.divided(block.shares, max(count, place.room - gap * (count - 1)))
    parts: list[Flow] = []
    for part, width in zip(block.parts, widths, strict=True):
        inner = Flow()
        inner.top()
        writing.write(part, inner, place.within(width))
        _mark_top(writing, block.look, inner)
        parts.append(inner)
    whole = block.look != "plain"
    flow.add_table(_arranged(parts, widths, gap, place, whole=whole), look.before.twips, look.after.twips)


def _arranged(
    parts: list[Flow], widths: Sequence[int], gap: int, place: Place, *, whole: bool, rule: Xml = EMPTY
) -> Rows:
    """A table of one row without lines. The gap is a margin of its cells, so that there are no empty ones to be read out.

    gap: twips. rule: a border in the middle of each gap.
    """
    # Room that stays empty at the end needs no cells to be read out.
    while len(parts) > 1 and not parts[-1].items:
        parts = parts[:-1]
    spots: list[tables.Spot] = []
    cells: list[int] = []
    for position, (part, width) in enumerate(zip(parts, widths, strict=False)):
        last = part.items[-1] if part.items else None
        if isinstance(last, Paragraph):
            last.own_after = 0
        else:
            part.separate()
        before = gap // 2 if rule and position else 0
        after = 0 if position == len(parts) - 1 else gap - gap // 2 if rule else gap
        margins = (
            element("w:left", {"w:w": before, "w:type": "dxa"}),
            element("w:right", {"w:w": after, "w:type": "dxa"}),
        )
        line = element("w:tcBorders", None, rule) if rule and after else EMPTY
        spots.append(tables.Spot(part.markup(), look=join((line, element("w:tcMar", None, *margins)))))
        cells.append(before + width + after)
    row = tables.row(spots, cells, whole=whole)
    return tables.table([row], cells, headed=False, title="", description="", style=LAYOUT, left=place.left)


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
    """Text that fills columns is a section of Word's own on the same page. Parts whose columns the author chose stand beside each
    other: LibreOffice forgets column breaks in a file that has footnotes, and leaves a page empty after them."""
    look = writing.style.columns
    gap = look.gap.twips
    width = (place.room - gap * (block.count - 1)) // block.count
    if len(block.parts) > 1:
        parts: list[Flow] = []
        for part in block.parts:
            inner = Flow()
            inner.top()
            writing.write(part, inner, place.within(width))
            parts.append(inner)
        rule = border("right", look.rule, look.rule_colour.hex) if look.rule > 0 else EMPTY
        table = _arranged(parts, [width] * len(parts), gap, place, whole=False, rule=rule)
        flow.add_table(table, look.before.twips, look.after.twips)
        return
    if not place.open:
        for part in block.parts:
            writing.write(part, flow, place)
        return
    flow.least_after(look.before.twips)
    layout = replace(place.layout, columns=block.count)
    flow.turn(layout, page=False)
    flow.top()
    inner_place = replace(place.within(width), layout=layout)
    for part in block.parts:
        writing.write(part, flow, inner_place)
    flow.turn(place.layout, page=False)
    flow.least_gap(look.after.twips)


def write_landscape(writing: Writing, block: d.Landscape, flow: Flow, place: Place) -> None:
    if not place.open:
        writing.write(block.blocks, flow, place)
        return
    turned = section_place(writing.style.page, PageLayout(landscape=True), place.language)
    leading = flow.staying()
    flow.turn(turned.layout, page=True)
    for paragraph in leading:
        flow.add(paragraph)
    writing.write(block.blocks, flow, turned)
    flow.turn(place.layout, page=True)


def write_together(writing: Writing, block: d.Together, flow: Flow, place: Place) -> None:
    inner = Flow()
    writing.write(block.blocks, inner, replace(place, open=False))
    keep_together(inner)
    flow.take(inner)
