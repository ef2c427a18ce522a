"""Lists: items of Word's own lists where it would print their labels, hanging labels of their own else."""

from __future__ import annotations

from dataclasses import replace

from briefpack import document as d
from briefpack.style import Length
from briefpack.word import xml
from briefpack.word.flow import Flow, Paragraph
from briefpack.word.looks import indent
from briefpack.word.numbering import LEVELS
from briefpack.word.place import Place, Writing
from briefpack.word.styles import TERM
from briefpack.word.xml import element, join, mark, value


def write_list(writing: Writing, block: d.List, flow: Flow, place: Place) -> None:
    style = writing.style
    terms = block.kind is d.ListKind.TERMS
    instance = None if terms else writing.numbering.list_(block)
    level = min(block.depth, LEVELS - 1)
    step = style.lists.indent.twips
    base = place.left + style.text["list"].left.twips + step * level
    hanging = step
    if terms and block.hang is not None:
        hanging = Length(block.hang * style.text["list"].size).twips
    left = base + hanging
    gap = style.lists.item_gap.twips
    for item in block.items:
        if not isinstance(item.blocks[0], d.Paragraph):
            alone = _alone(writing, item.label, block, place)
            alone.indent = indent(left, place.right, -hanging)
            flow.add(alone)
        for position, content in enumerate(item.blocks):
            place_only = isinstance(content, d.Paragraph) and position > 0 and not content.spans
            if not isinstance(content, d.Paragraph) or place_only:
                # Lists know how deep they are, other blocks do not.
                inner = place if isinstance(content, d.List) else replace(place, left=left, open=False)
                writing.write((content,), flow, inner)
                continue
            paragraph = writing.paragraph(content, place)
            if any(isinstance(later, d.List) for later in item.blocks[position + 1 : position + 2]):
                paragraph.keep_next = True
            if position == 0 and terms:
                _explain(writing, paragraph, item.label, hanging, place)
            elif position == 0:
                lead_in(
                    writing,
                    paragraph,
                    item.label,
                    instance=instance,
                    level=level,
                    left=left,
                    hanging=step,
                    listed=True,
                )
            if position or place.left or terms:
                paragraph.indent = indent(left, place.right, 0 if position else -hanging)
            flow.add(paragraph)
        flow.least_after(gap)


def _alone(writing: Writing, label: str, block: d.List, place: Place) -> Paragraph:
    """The line above an item that begins with another block than words: its label as text, since Word's own would lead in nothing."""
    paragraph = writing.paragraph(d.Paragraph((), block.where, "list", keep_with_next=True), place)
    if block.kind is d.ListKind.TERMS:
        paragraph.content = xml.run(label, join((value("rStyle", TERM), xml.language(place.language))))
    else:
        paragraph.content = writing.spans.words(label)
    return paragraph


def _explain(writing: Writing, paragraph: Paragraph, term: str, hanging: int, place: Place) -> None:
    """A term before its explanation; on a line of its own when it reaches beyond its column."""
    look = join((value("rStyle", TERM), xml.language(place.language)))
    wide = writing.widths.width(f"{term} ", "term").twips > hanging
    paragraph.content = join((xml.run(term, look), mark("br" if wide else "tab"), paragraph.content))


def lead_in(
    writing: Writing,
    paragraph: Paragraph,
    label: str,
    *,
    instance: int | None,
    level: int,
    left: int,
    hanging: int,
    listed: bool,
) -> None:
    """A number or mark before a paragraph: of the list that is counted, of one that prints label alone where instance is None,
    and as text where Word cannot even do that."""
    if instance is None:
        instance = writing.numbering.fixed(label, listed=listed)
    if instance is not None:
        paragraph.numbering = element("w:numPr", None, value("ilvl", level), value("numId", instance))
    else:
        paragraph.content = join((writing.spans.words(label), mark("tab"), paragraph.content))
        paragraph.indent = indent(left, 0, -hanging)
