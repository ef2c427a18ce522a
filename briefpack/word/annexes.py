"""The schedule of annexes: what the Word file always says of the annexes that are bound into the PDF."""

from __future__ import annotations

from collections.abc import Collection

from briefpack.document import AnnexEntry, Column, CrossReference, Document, PageNumbers, with_mark
from briefpack.style import SectionStart, Style
from briefpack.template import SEPARATOR
from briefpack.word import tables
from briefpack.word.flow import Flow, Paragraph
from briefpack.word.looks import indent
from briefpack.word.numbering import NO_NUMBER
from briefpack.word.sections import part_start
from briefpack.word.spans import SpanWriter
from briefpack.word.styles import ANNEX_TITLE, hang, is_numbered, style_id
from briefpack.word.xml import EMPTY, Xml, element, value

SCHEDULE = "_Schedule_of_annexes"
"""Bookmark of the schedule's heading. Anchors of a Document begin with a letter, so it is no other's."""

# Label, title, pages, file: the title is the longest, a file name comes next.
_SHARES = (0.11, 0.45, 0.15, 0.29)
# Enough of a SHA-256 to tell any two files apart by eye; the whole is in the manifest.
_DIGITS = 16


def schedule_page(style: Style, numbers: PageNumbers) -> str:
    """The page the schedule begins on: after the body's last, or on the next right-hand page."""
    known = numbers.label_of.get(SCHEDULE)
    if known is not None:
        return known
    page = numbers.body_pages + 1
    if part_start(style) is SectionStart.RECTO and page % 2 == 0:
        page += 1
    return str(page)


def unnumbered(style: Style, content: Xml) -> Paragraph:
    """A title like those of sections at the top of a page, without a number."""
    heading = Paragraph(style_id("section-title"), content)
    heading.own_before = 0
    if is_numbered(style, 1):
        heading.numbering = element("w:numPr", None, value("ilvl", 0), value("numId", NO_NUMBER))
        if hang(style, 1):
            text = style.text["section-title"]
            heading.indent = indent(text.left.twips, text.right.twips, 0)
    return heading


def schedule(document: Document, style: Style, spans: SpanWriter, shown: Collection[str] = ()) -> Flow:
    """Heading and table, one row for each annex; cross-references to annexes lead to these rows.

    shown: anchors of the annexes whose pages follow in this file, to which their rows lead on.
    """
    flow = Flow()
    language = document.meta.language

    def word(key: str) -> str:
        return style.word(key, language)

    flow.add(unnumbered(style, spans.bookmark(SCHEDULE, spans.words(word("schedule_of_annexes")))))
    widths = tables.grid([Column(share) for share in _SHARES], style.page.text_width.twips)
    titles = [word(key) for key in ("label", "title", "number_of_pages", "file")]
    header = [_paragraph("table-header", spans.words(title), keep=True) for title in titles]
    rows = [tables.row(header, widths, header=True)]
    rows.extend(
        tables.row(_cells(annex, style, spans, language, shown=annex.anchor in shown), widths)
        for annex in document.annexes
    )
    look = style.table
    flow.add_table(
        tables.table(
            rows,
            widths,
            headed=True,
            title=word("schedule_of_annexes"),
            description=", ".join(titles),
            first_column=True,
        ),
        look.before.twips,
        look.after.twips,
    )
    return flow


def _cells(annex: AnnexEntry, style: Style, spans: SpanWriter, language: str, *, shown: bool) -> list[Xml]:
    if shown:
        onward = CrossReference(annex.anchor, with_mark(annex.mark, annex.title), by_author=True)
        title = Paragraph(style_id("table-cell"), spans.runs((onward,)))
    else:
        words = with_mark(annex.mark, annex.title)
        title = Paragraph(ANNEX_TITLE, spans.bookmark(annex.anchor, spans.runs(words)))
    about = SEPARATOR.join(filter(None, (annex.source, annex.marking)))
    damaged = _paragraph("table-detail", spans.words(style.word("annex_damaged", language)))
    pages = style.word("page_range", language)
    first, last = f"{annex.label}-1", f"{annex.label}-{annex.pages}"
    extent = first if annex.pages == 1 else pages.replace("{first}", first).replace("{last}", last)
    file = _paragraph("table-cell", spans.words(annex.file_name))
    if annex.files == 1:
        file = Xml(file + _paragraph("table-detail", spans.words(f"SHA-256 {annex.sha256[:_DIGITS]}…")))
    if annex.beside:
        file = Xml(file + _paragraph("table-detail", spans.words(style.word("annex_beside", language))))
    return [
        _paragraph("table-cell", spans.words(annex.label)),
        Xml(
            title.markup()
            + (_paragraph("table-detail", spans.words(about)) if about else EMPTY)
            + (damaged if annex.damaged else EMPTY)
        ),
        Xml(
            _paragraph("table-cell", spans.words(str(annex.pages)))
            + _paragraph("table-detail", spans.words(extent))
        ),
        Xml(file),
    ]


def _paragraph(role: str, content: Xml, *, keep: bool = False) -> Xml:
    paragraph = Paragraph(style_id(role), content)
    paragraph.keep_next = keep
    return Xml(paragraph.markup())
