"""The names of Word's styles: one paragraph style for every text role, and what there is beside them.

Built-in styles carry Word's own lower-case names ("heading 1", "toc 2"), by which Word, LibreOffice and pandoc know
them; the ids are ours. None of our own names is that of a structure type of PDF ("Figure", "Code"): LibreOffice makes
structure types of style names when it exports a tagged PDF.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.style import Length, Style

HYPERLINK = "Hyperlink"
CODE = "InlineCode"
SECONDARY = "SecondaryText"
PAGE_NUMBER = "PageNumber"
COVER_LABEL = "CoverLabel"
FIGURE = "Picture"
COVER_RULE = "CoverRule"
SEPARATOR = "Separator"
TABLE = "PackTable"
ANNEX_TITLE = "AnnexTitle"
LIST_CONTINUE = "ListContinue"
FOOTNOTE_MARK = "FootnoteReference"
TERM = "Term"
LAYOUT = "PackLayout"

TABLES: dict[str, tuple[str, str]] = {
    "table": (TABLE, "Pack Table"),
    "matrix": ("PackMatrix", "Pack Matrix"),
    "timeline": ("PackTimeline", "Pack Timeline"),
    "agenda": ("PackAgenda", "Pack Agenda"),
    "clearance": ("PackClearance", "Pack Clearance"),
}
"""Look of a table → id and name of its Word style."""


@dataclass(frozen=True, slots=True)
class Name:
    """id: as paragraphs name it. name: as Word shows it. next: id of the style Enter leads to, None for itself.

    outline: level in the navigation pane, 0-based, None for body text.
    """

    id: str
    name: str
    next: str | None = None
    outline: int | None = None


PARAGRAPHS: dict[str, Name] = {
    "body": Name("Normal", "Normal"),
    "secondary": Name("Secondary", "Secondary"),
    "section-title": Name("Heading1", "heading 1", "Normal", 0),
    "section-lead": Name("SectionLead", "Section Lead", "Normal"),
    "heading-2": Name("Heading2", "heading 2", "Normal", 1),
    "heading-3": Name("Heading3", "heading 3", "Normal", 2),
    "heading-4": Name("Heading4", "heading 4", "Normal", 3),
    "numbered": Name("NumberedParagraph", "Numbered Paragraph"),
    "list": Name("ListParagraph", "List Paragraph"),
    "addressee": Name("Addressee", "Addressee", "ListParagraph"),
    "objective": Name("Objective", "Objective", "Normal"),
    "question": Name("Question", "Question", "Line"),
    "line": Name("Line", "Line To Take"),
    "speech": Name("Speech", "Speech"),
    "speech-time": Name("SpeechTime", "Speech Time", "Speech"),
    "quotation": Name("Quotation", "Quotation"),
    "attribution": Name("Attribution", "Attribution", "Normal"),
    "facts-title": Name("FactsTitle", "Facts Title", "Facts"),
    "facts": Name("Facts", "Facts"),
    "verbatim": Name("Verbatim", "Verbatim"),
    "key-value": Name("KeyValue", "Key Value", "KeyLabel"),
    "key-label": Name("KeyLabel", "Key Label"),
    "signature": Name("SignatureLine", "Signature Line"),
    "table-group": Name("TableGroup", "Table Group", "TableCell"),
    "table-note": Name("TableNote", "Table Note", "Normal"),
    "note": Name("FootnoteText", "footnote text"),
    "listing": Name("TableOfFigures", "table of figures", "Normal"),
    "table-header": Name("TableHeader", "Table Header"),
    "table-cell": Name("TableCell", "Table Cell"),
    "table-detail": Name("TableDetail", "Table Detail"),
    "caption": Name("Caption", "caption", "Normal"),
    "source": Name("Source", "Source", "Normal"),
    "callout-title": Name("CalloutTitle", "Callout Title", "Callout"),
    "callout": Name("Callout", "Callout"),
    "contents-title": Name("TOCHeading", "TOC Heading", "Normal"),
    "contents-1": Name("TOC1", "toc 1", "Normal"),
    "contents-2": Name("TOC2", "toc 2", "Normal"),
    "contents-3": Name("TOC3", "toc 3", "Normal"),
    "contents-group": Name("ContentsGroup", "Contents Group", "Normal"),
    "cover-kicker": Name("CoverKicker", "Cover Kicker"),
    "cover-title": Name("Title", "Title", "Subtitle"),
    "cover-subtitle": Name("Subtitle", "Subtitle", "Normal"),
    "cover-value": Name("CoverValue", "Cover Value"),
    "banner": Name("Banner", "Banner"),
    "header": Name("Header", "header"),
    "footer": Name("Footer", "footer"),
}
"""Role of the Style → paragraph style. The roles missing here are character styles, or set what Word cannot
have: annex pages and their dividers, stamps, blank pages; the watermark is a drawing."""

HEADINGS = ("section-title", "heading-2", "heading-3", "heading-4")


def style_id(role: str) -> str:
    """The id of the paragraph style for a role; KeyError for a role that sets no paragraphs in Word."""
    return PARAGRAPHS[role].id


def is_numbered(style: Style, level: int) -> bool:
    """Whether the Style numbers headings of a level, 1 to 4. Below a section without a number nothing has one."""
    return style.numbering.sections and (level == 1 or style.numbering.headings >= level)


def hang(style: Style, level: int) -> Length:
    """The hanging indent that holds a heading's number, 0 where the level is not numbered."""
    return style.numbering.heading_indent if is_numbered(style, level) else Length(0)
