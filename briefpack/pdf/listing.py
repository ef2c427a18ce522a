"""Lists of figures and tables as flows: labels in a column of their own, page numbers in one column, each line a link."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from briefpack.document import CrossReference, Listing, Text, with_mark
from briefpack.pdf.contents import ContentsLine
from briefpack.pdf.flow import Flow
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Label

if TYPE_CHECKING:
    from briefpack.pdf.blocks import BlockMaker

_ROLE = "listing"
_AIR = 1.2
"""Distance of the titles from the widest label, in ems."""


def listing_flows(maker: BlockMaker, block: Listing, part: Element) -> list[Flow]:
    """A line for each entry. part: the element that the list is added to."""
    if not block.entries:
        return []
    setter, style = maker.setter, maker.style
    look = style.text[_ROLE]
    widest = max(setter.line(entry.label, _ROLE, language=maker.language).width for entry in block.entries)
    # Whole ems, so that the titles of figures and those of tables stand in one column.
    widest = ceil(widest / look.size) * float(look.size)
    entries = part.add("TOC")
    lines: list[Flow] = []
    for entry in block.entries:
        item = entries.add("TOCI", marking=entry.marking)
        lead = item.add("Lbl")
        link = item.add("Reference").add("Link")
        words = setter.flow(
            with_mark(entry.mark, entry.title),
            _ROLE,
            language=maker.language,
            label=Label(entry.label, widest + _AIR * look.size),
            element=link,
            lead=lead,
            goes_on=True,
            keep_with_next=False,
            right=float(look.right + style.contents.page_width),
        )
        lines.append(
            ContentsLine(
                words,
                _ROLE,
                setter=setter,
                labels=maker.labels,
                link=link,
                target=CrossReference(entry.anchor, (Text(entry.title),)),
                anchor=entry.anchor,
            )
        )
    # What follows keeps the distance that it has from text.
    lines[-1].after = max(lines[-1].after, float(style.text["body"].after))
    for line in lines[-2:-1]:
        # The last one does not stand alone on a page.
        line.keep_with_next = True
    return lines
