"""Captions with Word's own counters, the quiet lines below, and lists of figures and tables made of them."""

from __future__ import annotations

import re
from math import ceil

from briefpack import document as d
from briefpack.document import PageNumbers, with_mark
from briefpack.style import Length
from briefpack.word import xml
from briefpack.word.flow import Flow
from briefpack.word.looks import WEB_HIDDEN, indent, leader, leader_look, tab
from briefpack.word.place import Place, Writing
from briefpack.word.targets import SEQUENCES, NumberedCaption
from briefpack.word.xml import Xml, field, join

# U+FFFE is no character of XML: no author's text can hold it, see xml.escape.
# Distance of the titles from the widest label, in ems.
_AIR = 1.2
_PENDING = re.compile("\ufffe([A-Za-z0-9_]+)\ufffe")


def caption_runs(writing: Writing, caption: d.Caption, anchor: str, place: Place) -> Xml:
    """The label with Word's own counter where it counts the same, then the author's words."""
    spans = writing.spans
    counted = spans.targets.captions.get(anchor)
    label = (
        spans.words(caption.label, place.language)
        if counted is None
        else _counted(writing, counted, place.language)
    )
    if not caption.spans:
        return label
    return join((label, spans.words(caption.joint), writing.runs(caption.spans, "caption", place)))


def _counted(writing: Writing, counted: NumberedCaption, language: str | None) -> Xml:
    spans = writing.spans
    number = field(rf"SEQ {counted.sequence} \* ARABIC", spans.words(counted.number))
    return join((spans.words(f"{counted.words} ", language), spans.bookmark(counted.bookmark, number)))


def source_line(writing: Writing, source: d.Spans | None, flow: Flow, place: Place, after: int) -> None:
    """The line that says where a figure or table comes from. after: least space below, in twips."""
    if source is not None:
        line = writing.set("source", writing.runs(source, "source", place))
        writing.fit("source", line, place)
        line.least_after(after)
        flow.add(line)


# --------------------------------------------------------------------------- lists of figures and tables


def write_listing(writing: Writing, block: d.Listing, flow: Flow, place: Place) -> None:
    """A clean field with an entry for each caption: label, title, page. No field where some are in another part: Word would take them out."""
    text = writing.style.text["listing"]
    widest = max((writing.widths.width(entry.label, "listing") for entry in block.entries), default=Length(0))
    # Whole ems, so that the titles of figures and those of tables stand in one column.
    column = Length((ceil(widest / text.size) + _AIR) * text.size).twips
    edge = place.width - place.right
    stops = [tab("left", place.left + column)]
    own_edge = writing.style.page.text_width.twips
    if edge != own_edge:
        stops += [
            Xml(f'<w:tab w:val="clear" w:pos="{own_edge}"/>'),
            tab("right", edge, leader(writing.style)),
        ]
    opening, closing = xml.wide_field(rf'TOC \h \z \c "{SEQUENCES[block.kind]}"')
    hidden = WEB_HIDDEN
    away = writing.spans.targets.elsewhere
    whole = not any(entry.anchor in away for entry in block.entries)
    last = len(block.entries) - 1
    for position, entry in enumerate(block.entries):
        page = pending(entry.anchor, hidden)
        if entry.anchor not in away:
            page = field(rf"PAGEREF {entry.anchor} \h", page, hidden)
        line = join(
            (
                writing.spans.words(entry.label, place.language),
                xml.mark("tab"),
                writing.spans.runs(with_mark(entry.mark, entry.title), place.language),
                xml.mark("tab", leader_look(writing.style)),
                page,
            )
        )
        content = writing.spans.to(entry.anchor, line)
        if whole and position == 0:
            content = join((opening, content))
        if whole and position == last:
            content = join((content, closing))
        paragraph = writing.set("listing", content)
        writing.fit("listing", paragraph, place)
        paragraph.tabs = xml.element("w:tabs", None, *stops)
        paragraph.indent = indent(place.left + text.left.twips + column, 0, -column)
        # The last one does not stand alone on a page.
        paragraph.keep_next = position == last - 1
        paragraph.ends_field = whole and position == last
        flow.add(paragraph)
    flow.least_after(writing.style.text["body"].after.twips)


def pending(anchor: str, properties: Xml) -> Xml:
    """A run that stands for the page of an anchor until the pages are known, see filled."""
    return Xml(f"<w:r><w:rPr>{properties}</w:rPr><w:t>\ufffe{anchor}\ufffe</w:t></w:r>")


def filled(markup: str, numbers: PageNumbers) -> Xml:
    """Markup with the pages of all that was pending; KeyError for an anchor without a page."""
    return Xml(_PENDING.sub(lambda found: xml.escape(numbers.label_of[found[1]]), markup))
