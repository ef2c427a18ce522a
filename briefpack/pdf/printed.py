"""Every text a PDF of a Document prints, with the look it has and the place it comes from: for the check of characters."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from briefpack.document import (
    BOX_ROLES,
    Block,
    Callout,
    Caption,
    Chart,
    Columns,
    CrossReference,
    Document,
    Heading,
    Image,
    Landscape,
    LineBreak,
    Link,
    List,
    Listing,
    ListKind,
    NoteReference,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Quotation,
    SideBySide,
    Spans,
    Table,
    Text,
    Together,
)
from briefpack.drawing import Drawing, Words
from briefpack.errors import Where
from briefpack.marking import Marking
from briefpack.style import Slots, Style
from briefpack.template import Field, parse


class Printed(NamedTuple):
    """text in a role of the style, with the looks that its span adds."""

    text: str
    role: str
    where: Where
    strong: bool = False
    emphasis: bool = False
    code: bool = False


def printed_texts(document: Document, style: Style) -> Iterator[Printed]:
    """Body, titles, contents, cover, furniture, dividers, stamps and watermark, with the style's own words in them."""
    for section in document.sections:
        yield Printed(f"{section.number or ''}{section.mark}{section.title}", "section-title", section.where)
        yield from _spans(section.lead, "section-lead", section.where)
        yield from _blocks(section.blocks)
    whence = {section.anchor: section.where for section in document.sections}
    whence.update((annex.anchor, annex.where) for annex in document.annexes)
    for entry in document.contents:
        if entry.level <= style.contents.depth:
            role = f"contents-{entry.level}"
            yield Printed(
                f"{entry.number or ''}{entry.mark}{entry.title}",
                role,
                whence.get(entry.anchor, document.meta.where),
            )
    yield from _furniture(document, style)


def _spans(spans: Spans, role: str, where: Where) -> Iterator[Printed]:
    for span in spans:
        match span:
            case Text():
                yield Printed(span.text, role, where, span.strong, span.emphasis, span.code)
            case LineBreak():
                pass
            case Link() | CrossReference():
                yield from _spans(span.spans, role, where)
            case NoteReference():
                yield Printed(span.mark, role, where)
                yield Printed(span.mark, "note", span.where)
                for paragraph in span.paragraphs:
                    yield from _spans(paragraph, "note", span.where)
            case _:
                assert_never(span)


def _caption(caption: Caption | None, source: Spans | None, where: Where) -> Iterator[Printed]:
    if caption is not None:
        yield Printed(caption.label, "caption", where)
        yield from _spans(caption.spans, "caption", where)
    if source is not None:
        yield from _spans(source, "source", where)


def _blocks(blocks: Iterable[Block]) -> Iterator[Printed]:
    for block in blocks:
        match block:
            case Heading():
                role = f"heading-{block.level}"
                yield Printed(block.number or "", role, block.where)
                yield from _spans(block.spans, role, block.where)
            case Paragraph():
                yield from _spans(block.spans, block.role, block.where)
            case NumberedParagraph():
                yield Printed(block.label, "numbered", block.where)
                yield from _spans(block.spans, "numbered", block.where)
            case List():
                role = "term" if block.kind is ListKind.TERMS else "list"
                for item in block.items:
                    yield Printed(item.label, role, block.where)
                    yield from _blocks(item.blocks)
            case Table():
                for row in (*block.header, *block.rows):
                    for cell in row.cells:
                        yield from _blocks(cell.blocks)
                for note in block.notes:
                    yield Printed(note.mark, "table-note", block.where)
                    yield from _spans(note.spans, "table-note", block.where)
                yield from _caption(block.caption, block.source, block.where)
            case Image():
                yield from _drawn(block.data, block.where)
                yield from _caption(block.caption, block.source, block.where)
            case Chart():
                yield from _chart(block)
                yield from _caption(block.caption, block.source, block.where)
            case Callout():
                yield from _spans(block.title or (), BOX_ROLES[block.look][0], block.where)
                yield from _blocks(block.blocks)
            case Quotation():
                yield from _blocks(block.blocks)
                yield from _spans(block.attribution or (), "attribution", block.where)
            case SideBySide() | Columns():
                for part in block.parts:
                    yield from _blocks(part)
            case Landscape() | Together():
                yield from _blocks(block.blocks)
            case Listing():
                for entry in block.entries:
                    yield Printed(
                        f"{entry.label}{entry.mark}{entry.title}{string.digits}", "listing", block.where
                    )
            case PageBreak():
                pass
            case _:
                assert_never(block)


def _chart(chart: Chart) -> Iterator[Printed]:
    """The words inside a chart."""
    labels = [label for series in chart.series for label in (series.name, *series.labels)]
    for text in (chart.unit, *chart.categories, *labels, *(label for _, label in chart.ticks)):
        yield Printed(text, "chart", chart.where)


def _drawn(picture: object, where: Where) -> Iterator[Printed]:
    """The words inside a picture, where it is a drawing."""
    if isinstance(picture, Drawing):
        for mark in picture.marks:
            if isinstance(mark, Words):
                yield Printed(mark.text, "chart", where, mark.bold, mark.italic)


def _markings(document: Document) -> Iterator[str]:
    """The words of markings that pages may tell of, beside that of the pack."""
    policy = document.policy
    if policy is None:
        return
    parts = (marking for section in document.sections for marking in (section.marking, section.title_marking))
    levels = (Marking(level) for level in range(document.marking.level + 1))
    annexes = (annex.computed for annex in document.annexes)
    for marking in dict.fromkeys((document.title_marking, *levels, *parts, *annexes)):
        if marking is not None:
            yield policy.banner(marking, document.meta.language)


def _furniture(document: Document, style: Style) -> Iterator[Printed]:
    """What stands around the text. Templates count with every value that their fields can have."""
    meta = document.meta
    where = meta.where
    values: dict[str, list[tuple[str, Where]]] = {
        name: [(getattr(meta, name), where)]
        for name in (
            "title", "subtitle", "reference", "organisation", "owner", "place", "dates", "chair", "version", "as_of",
            "marking",
        )
    }  # fmt: skip
    values["marking"].extend((words, where) for words in _markings(document))
    values["audience"] = [(meta.audience_title, where)]
    values["watermark"] = [(meta.watermark or "", where)]
    values["section"] = [(section.title, section.where) for section in document.sections]
    for name in ("page", "pages", "annex_page", "range"):
        values[name] = [(string.digits, where)]
    annexes: dict[str, list[tuple[str, Where]]] = {
        "label": [(annex.label, annex.where) for annex in document.annexes],
        "title": [(annex.title, annex.where) for annex in document.annexes],
        "source": [(annex.source or "", annex.where) for annex in document.annexes],
        "marking": [(annex.marking or meta.marking, annex.where) for annex in document.annexes],
    }

    def template(pattern: str, role: str, known: dict[str, list[tuple[str, Where]]]) -> Iterator[Printed]:
        for piece in parse(pattern):
            match piece:
                case Field(word=str() as key):
                    yield Printed(style.word(key, meta.language), role, where)
                case Field():
                    yield from (Printed(text, role, place) for text, place in known.get(piece.name, ()))
                case _:
                    yield Printed(piece, role, where)

    def slots(of: Slots | None, role: str, known: dict[str, list[tuple[str, Where]]]) -> Iterator[Printed]:
        for pattern in (of.left, of.centre, of.right) if of is not None else ():
            yield from template(pattern, role, known)

    yield from template(style.banner, "banner", values)
    for furniture, role in ((style.header, "header"), (style.footer, "footer")):
        for of in (furniture.recto, furniture.verso, furniture.first):
            yield from slots(of, role, values)
    cover = style.cover
    if cover.show:
        yield from _drawn(cover.logo or meta.logo, where)
        yield from template(cover.kicker, "cover-kicker", values)
        yield from template(cover.title, "cover-title", values)
        yield from template(cover.subtitle, "cover-subtitle", values)
        for key, pattern in cover.fields:
            yield Printed(style.word(key, meta.language), "cover-label", where)
            yield from template(pattern, "cover-value", values)
    if meta.watermark is not None:
        yield Printed(meta.watermark, "watermark", where)
    if style.contents.depth:
        yield Printed(style.word("contents", meta.language), "contents-title", where)
        yield Printed(style.word("annexes", meta.language), "contents-group", where)
    for annex in document.annexes:
        yield Printed(f"{style.word('annex', meta.language)}{annex.label}", "divider-label", annex.where)
        yield Printed(f"{annex.mark}{annex.title}", "divider-title", annex.where)
        if annex.damaged:
            yield Printed(style.word("annex_damaged", meta.language), "callout", annex.where)
    if document.annexes:
        yield from template(style.divider.line, "divider-line", values | annexes)
        for of in (style.stamp.top, style.stamp.bottom):
            yield from slots(of, "stamp", values | annexes)
