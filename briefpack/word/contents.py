"""The contents: a complete, clean TOC field whose entries are linked and carry their page numbers from the start.

Word shows a clean field as it is stored. A dirty field, or w:updateFields in the settings, would make Word ask the
reader a question about updating, and some answers turn every page number into 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefpack.document import Document, PackPart, PageNumbers, TocEntry, TocKind, annex_page_anchor
from briefpack.style import Style
from briefpack.word import xml
from briefpack.word.annexes import SCHEDULE, schedule_page
from briefpack.word.flow import Paragraph
from briefpack.word.looks import WEB_HIDDEN, indent, leader_look
from briefpack.word.spans import SpanWriter
from briefpack.word.styles import style_id
from briefpack.word.xml import EMPTY, Xml, element, join, value

# Number of the content control; any that no other control has.
_CONTROL = 1000001


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry as it is printed. live: whether Word can work the page out itself. language: of a title that is not in
    the pack's."""

    level: int
    number: str | None
    title: str
    anchor: str
    page: str
    live: bool = True
    language: str | None = None
    mark: str = ""


def contents(document: Document, style: Style, numbers: PageNumbers, spans: SpanWriter) -> Xml:
    """The content control with title, entries and annexes; KeyError for an entry whose page is unknown.

    Entries of other parts stand behind the field, which Word would take them out of. spans: marks the places that references to other parts lead to.
    """
    language = document.meta.language
    title = Paragraph(style_id("contents-title"), xml.run(style.word("contents", language)))
    title.own_before = 0
    part = document.part
    paragraphs: list[Paragraph] = []
    grouped = False
    lines = list(_lines(document, style, numbers))
    if part is not None and lines and (lines[0].live and lines[0].anchor != SCHEDULE):
        paragraphs.append(_head(part.here))
    columns = {line.level for line in lines if line.number is not None and line.live}
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        is_annex = line.anchor == SCHEDULE or not line.live
        if is_annex and not grouped:
            grouped = True
            paragraphs.append(_head(style.word("annexes", language)))
        entry = _entry(line, style, numbered=is_annex or line.level in columns)
        # An entry stays with its first sub-entry.
        entry.keep_next = following is not None and following.level > line.level
        paragraphs.append(entry)
    opening, closing = xml.wide_field(rf'TOC \o "1-{max(style.contents.depth, 1)}" \h \z \u')
    paragraphs[0].content = join((opening, paragraphs[0].content))
    paragraphs[-1].content = join((paragraphs[-1].content, closing))
    if part is not None:
        paragraphs.extend(_elsewhere(part, style, numbers, spans))
    properties = element(
        "w:sdtPr",
        None,
        # What a screen reader calls the control.
        value("alias", style.word("contents", language)),
        value("id", _CONTROL),
        element(
            "w:docPartObj", None, value("docPartGallery", "Table of Contents"), Xml("<w:docPartUnique/>")
        ),
    )
    content = "".join(paragraph.markup() for paragraph in (title, *paragraphs))
    return Xml(f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>")


def _head(words: str) -> Paragraph:
    """What stands above a group of entries."""
    return Paragraph(style_id("contents-group"), xml.run(words), keep_next=True)


def _elsewhere(part: PackPart, style: Style, numbers: PageNumbers, spans: SpanWriter) -> Iterator[Paragraph]:
    """The entries of other parts, under a heading for each part."""
    for other in part.others:
        yield _head(other.words)
        numbered = any(entry.number is not None for entry in other.entries)
        for entry in other.entries:
            annex = entry.kind is TocKind.ANNEX
            page = annex_number(entry, numbers) if annex else numbers.label_of[entry.anchor]
            language = part.languages.get(entry.anchor)
            line = _Line(1, entry.number, entry.title, entry.anchor, page, language=language, mark=entry.mark)
            paragraph = _entry(line, style, numbered=numbered, linked=False)
            paragraph.content = spans.bookmark(entry.place, paragraph.content)
            yield paragraph


def _lines(document: Document, style: Style, numbers: PageNumbers) -> Iterator[_Line]:
    """The Document's entries, and before the annexes the schedule that stands for them in this file."""
    schedule = bool(document.annexes)
    language: str | None = None
    languages = {section.anchor: section.language for section in document.sections}
    for entry in document.contents:
        if entry.level > max(style.contents.depth, 1):
            continue
        if entry.kind is TocKind.ANNEX:
            if schedule:
                schedule = False
                words = style.word("schedule_of_annexes", document.meta.language)
                yield _Line(1, None, words, SCHEDULE, schedule_page(style, numbers))
            # The annex itself is in the PDF pack: its page there has the annex's own number.
            yield _Line(
                entry.level,
                entry.number,
                entry.title,
                entry.anchor,
                annex_number(entry, numbers),
                live=False,
                mark=entry.mark,
            )
        else:
            # Headings follow the section they stand in.
            language = languages.get(entry.anchor, language)
            page = numbers.label_of[entry.anchor]
            yield _Line(
                entry.level, entry.number, entry.title, entry.anchor, page, language=language, mark=entry.mark
            )


def annex_number(entry: TocEntry, numbers: PageNumbers) -> str:
    """The number of an annex's first page in the PDF pack."""
    first = numbers.label_of.get(annex_page_anchor(entry.anchor, entry.page))
    return first if first is not None else f"{entry.number}-{entry.page}"


def _entry(line: _Line, style: Style, *, numbered: bool, linked: bool = True) -> Paragraph:
    """numbered: whether lines of its kind have a column for numbers. linked: whether a click leads to what it names."""
    role = f"contents-{line.level}"
    text = style.text[role]
    pieces: list[Xml] = []
    if line.number is not None:
        quiet = value("color", style.text["secondary"].colour.hex) if line.level > 1 else EMPTY
        pieces += [xml.run(line.number, quiet), xml.mark("tab")]
    if line.mark:
        pieces.append(xml.run(line.mark, value("color", style.text["secondary"].colour.hex)))
    pieces.append(xml.run(line.title, xml.language(line.language)))
    # On the Web, links need no numbers. What is no link there has nothing else.
    hidden = WEB_HIDDEN if linked else EMPTY
    pieces.append(xml.mark("tab", leader_look(style, hidden)))
    page = xml.run(line.page, hidden)
    pieces.append(xml.field(rf"PAGEREF {line.anchor} \h", page, hidden) if line.live and linked else page)
    words = join(pieces)
    if linked:
        words = Xml(f'<w:hyperlink w:anchor="{xml.quote(line.anchor)}" w:history="1">{words}</w:hyperlink>')
    paragraph = Paragraph(style_id(role), words)
    if line.number is None:
        column = style.contents.number_width[line.level - 1].twips if numbered else 0
        paragraph.indent = indent(text.left.twips + column, 0, 0)
    return paragraph
