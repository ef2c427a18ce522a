"""How a pack looks: one complete, typed Style that governs both writers, with no open bags.

Lengths are Length (points). Colours are Colour (sRGB). Text is set by roles: every role that a writer
may ask for is a member of TEXT_ROLES, and a Style has a TextStyle for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from briefpack.document import Align, ImageData, Paper, Scale
from briefpack.drawing import Drawing

TABLE_LOOKS: tuple[str, ...] = ("table", "matrix", "timeline", "agenda", "clearance")
"""Names of the looks that tables have."""


class Length(float):
    """A length in points (1/72 inch)."""

    __slots__ = ()

    @classmethod
    def from_mm(cls, value: float) -> Length:
        return cls(value * 72 / 25.4)

    @property
    def mm(self) -> float:
        return self * 25.4 / 72

    @property
    def twips(self) -> int:
        """Twentieths of a point, Word's unit for spacing and indents, rounded."""
        return round(self * 20)

    @property
    def emu(self) -> int:
        """English metric units, 12,700 to a point, the unit of DrawingML."""
        return round(self * 12700)


@dataclass(frozen=True, slots=True)
class Colour:
    """sRGB, 0 to 255 each."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        """Six upper-case digits without a hash, as Word wants them."""
        return f"{self.red:02X}{self.green:02X}{self.blue:02X}"

    @property
    def unit(self) -> tuple[float, float, float]:
        """0 to 1 each, as PDF wants them."""
        return (self.red / 255, self.green / 255, self.blue / 255)

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance)."""

        def linear(channel: int) -> float:
            c = channel / 255
            return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

        return 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)

    def contrast(self, other: Colour) -> float:
        """Contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
        low, high = sorted((self.luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)


WHITE = Colour(255, 255, 255)

TEXT_ROLES: tuple[str, ...] = (
    "body",
    "secondary",
    "section-title",
    "section-lead",
    "heading-2",
    "heading-3",
    "heading-4",
    "numbered",
    "list",
    "addressee",
    "objective",
    "question",
    "line",
    "speech",
    "speech-time",
    "quotation",
    "attribution",
    "facts-title",
    "facts",
    "term",
    "key-value",
    "key-label",
    "signature",
    "verbatim",
    "table-header",
    "table-cell",
    "table-detail",
    "table-group",
    "table-note",
    "caption",
    "source",
    "note",
    "chart",
    "listing",
    "callout-title",
    "callout",
    "contents-title",
    "contents-1",
    "contents-2",
    "contents-3",
    "contents-group",
    "cover-kicker",
    "cover-title",
    "cover-subtitle",
    "cover-label",
    "cover-value",
    "banner",
    "header",
    "footer",
    "page-number",
    "divider-label",
    "divider-title",
    "divider-line",
    "blank-page",
    "stamp",
    "watermark",
    "code",
    "link",
)
"""Every text role there is. "code" and "link" colour spans; of "code" only font, of "link" only colour and
underline count. "list" sets the first paragraph of list items, "objective" a brief's objective, "speech" what is spoken, "speech-time" how long that takes,
"key-value" the big number of a key figure, "term" what a definition explains, "verbatim" text printed as it is typed, "note" a note at the foot of the page, "listing" a line of a list of figures,
"chart" the words inside charts."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """font: a family name of Style.fonts. size: points. leading: line pitch as a multiple of the size.

    before, after: space above and below; between two paragraphs the larger counts, not the sum.
    left, right: indents from the frame. first: indent of the first line relative to left.
    tracking: extra space between characters, a share of the size. caps: printed in capitals.
    hyphenate: words may be divided at line ends, by language. keep_with_next: see Paragraph.
    """

    font: str
    size: Length
    bold: bool
    italic: bool
    colour: Colour
    leading: float
    align: Align
    before: Length
    after: Length
    left: Length
    right: Length
    first: Length
    tracking: float
    caps: bool
    underline: bool
    hyphenate: bool
    keep_with_next: bool

    @property
    def line_pitch(self) -> Length:
        """Distance from baseline to baseline, whole twips, as Word's exact line spacing counts."""
        return Length(round(self.size * self.leading * 20) / 20)


@dataclass(frozen=True, slots=True)
class Font:
    """One family. word: the name Word is given (metric-compatible). Paths are TrueType files.

    fallback: families tried, in order, for a character this one lacks.
    """

    name: str
    word: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path
    fallback: tuple[str, ...]


class SectionStart(Enum):
    """Where a section begins: on a new page, on a right-hand page, or where the last one ended."""

    PAGE = "page"
    RECTO = "recto"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class PageSetup:
    """width, height: of the sheet. inside, outside: margins; inside is left on one-sided pages
    and on rectos, and already includes the gutter. top, bottom: to the text frame.

    banner_top, banner_bottom: from the sheet's edge to the banner's baseline.
    header, footer: from the sheet's edge to the header's or footer's baseline.
    """

    width: Length
    height: Length
    top: Length
    bottom: Length
    inside: Length
    outside: Length
    two_sided: bool
    section_start: SectionStart
    banner_top: Length
    banner_bottom: Length
    header: Length
    footer: Length

    @property
    def turned(self) -> PageSetup:
        """The same for a page that lies on its side, as its reader sees it: the pack is bound at its upper edge, so that there
        it has the room that others have inside."""
        binding = Length(max(self.inside - self.outside, 0.0))
        return replace(
            self,
            width=self.height,
            height=self.width,
            top=Length(self.top + binding),
            inside=self.outside,
            banner_top=Length(self.banner_top + binding),
            header=Length(self.header + binding),
        )

    @property
    def text_width(self) -> Length:
        return Length(self.width - self.inside - self.outside)

    @property
    def text_height(self) -> Length:
        return Length(self.height - self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Slots:
    """Templates with {fields}: title, subtitle, reference, organisation, owner, place, dates, chair,
    version, as_of, marking, watermark, audience, section, page, pages. "" prints nothing.

    {word:KEY} prints a label word of the style in the pack's language. briefpack.template fills them in.
    """

    left: str
    centre: str
    right: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """Header or footer. verso: None mirrors recto (left and right exchanged). first: on the first page of a
    section, None takes recto or verso. rule: width of the line between it and the text, 0 for none.
    rule_gap: from the baseline of the header down to the line (footer: from the line down to cap height)."""

    recto: Slots
    verso: Slots | None
    first: Slots | None
    rule: Length
    rule_colour: Colour
    rule_gap: Length


@dataclass(frozen=True, slots=True)
class Cover:
    """kicker, title, subtitle: templates. fields: (label word key, template) pairs, printed where the template
    yields words. logo: None means none. top: from the top of the text frame to the kicker, a share (0 to 1).
    rule: width of the short rule, rule_length its length, 0 for none."""

    show: bool
    kicker: str
    title: str
    subtitle: str
    fields: tuple[tuple[str, str], ...]
    label_width: Length
    logo: ImageData | Drawing | None
    logo_width: Length
    top: float
    rule: Length
    rule_length: Length
    rule_colour: Colour


@dataclass(frozen=True, slots=True)
class Contents:
    """depth: 0 for no contents, 1 for sections only, up to 3. leader: printed between title and number, "" for none.

    number_width: width of the number column per level (1 to 3); the page numbers' column is page_width wide.
    """

    depth: int
    leader: str
    leader_colour: Colour
    number_width: tuple[Length, Length, Length]
    page_width: Length


@dataclass(frozen=True, slots=True)
class Numbering:
    """sections: number section titles. headings: deepest heading level that is numbered (1: none below sections).

    paragraphs: patterns per level with one of 1, a, A, i, I as the digit: "1.", "(a)", "(i)".
    annexes: the digit pattern of annex labels, "A", "1" or "I". heading_indent: width of the column that
    holds the number of a section title or heading. paragraph_indent: hanging indent per level of numbered paragraphs.
    """

    sections: bool
    headings: int
    paragraphs: tuple[str, str, str]
    annexes: str
    heading_indent: Length
    paragraph_indent: Length


@dataclass(frozen=True, slots=True)
class ListLook:
    """bullets, dashes: the label per depth, the last one repeats. indent: hanging indent per depth.

    item_gap: least space between items. colour: of the labels.
    """

    bullets: tuple[str, ...]
    dashes: tuple[str, ...]
    indent: Length
    item_gap: Length
    colour: Colour


@dataclass(frozen=True, slots=True)
class TableLook:
    """top, header, row, bottom: line widths above the table, below the header, between rows, below the table.

    line_colour for header, row and bottom, top_colour for top. header_fill, band_fill: None for none.
    padding_x, padding_y: inside cells. before, after: space around the table.
    rule: width of the line to the right of the first column, 0 for none. total: width of the line above a total.
    group_fill: behind the rows that head groups, None for none. marker: diameter of the disc on the rule beside each row, 0 for none (PDF only: a Word
    table has no place for it).
    """

    top: Length
    header: Length
    row: Length
    bottom: Length
    top_colour: Colour
    line_colour: Colour
    header_fill: Colour | None
    band_fill: Colour | None
    padding_x: Length
    padding_y: Length
    before: Length
    after: Length
    rule: Length
    rule_colour: Colour
    total: Length
    group_fill: Colour | None
    marker: Length

    @property
    def hang(self) -> Length:
        """How far cells reach out to the left of the text: where nothing is drawn across a table, its words begin at the edge of the text."""
        drawn = (self.top, self.header, self.row, self.bottom, self.total)
        filled = (self.header_fill, self.band_fill, self.group_fill)
        bare = not any(drawn) and all(fill is None for fill in filled)
        return self.padding_x if bare else Length(0)


@dataclass(frozen=True, slots=True)
class ColumnsLook:
    """gap: between columns, and between parts that stand side by side. rule: width of the line in the gap of columns, 0 for none.

    key_rule: width of the line above each key figure. sign_rule: width of the line to sign on, in the colour of the role "signature"; sign_room: room above it.
    """

    gap: Length
    rule: Length
    rule_colour: Colour
    key_rule: Length
    key_colour: Colour
    sign_rule: Length
    sign_room: Length
    before: Length
    after: Length


@dataclass(frozen=True, slots=True)
class NotesLook:
    """Notes at the foot of the page. rule: width of the line above them, rule_length its length. gap: from the text down to the line, and from the line down
    to the first note. indent: hanging indent that holds the mark. space: between two notes."""

    rule: Length
    rule_length: Length
    rule_colour: Colour
    gap: Length
    indent: Length
    space: Length


class ChartForm(Enum):
    """What a chart is in Word: the PDF's picture, or one of Word's own whose data can be edited."""

    PICTURE = "picture"
    NATIVE = "native"


@dataclass(frozen=True, slots=True)
class ChartLook:
    """palette: of the series in order, told apart by colour-blind readers and in grey. patterns: hatch areas as well, for printing in grey.

    axis: colour of axes, grid: of the lines behind. line: width of drawn lines. height: of a chart, a share of its width. word: see ChartForm.
    """

    palette: tuple[Colour, ...]
    patterns: bool
    axis: Colour
    grid: Colour
    line: Length
    height: float
    word: ChartForm


class SpellOut(Enum):
    """Where an abbreviation of the glossary is written out before it is used: at first use in the pack, in each section, or never."""

    PACK = "pack"
    SECTION = "section"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Typography:
    """What is done to the words. refine: quotes, dashes and spaces as the language sets them, and ISO dates in words. small_caps: abbreviations of the
    glossary are set in small capitals. spell_out: see SpellOut."""

    refine: bool
    small_caps: bool
    spell_out: SpellOut


@dataclass(frozen=True, slots=True)
class Craft:
    """What a style expects of its texts. words_per_minute: of a speaking note; speech_times: print how long its paragraphs take.

    portrait: width of the portraits of biographies. brief_pages: pages a brief may have, steering_pages a steering brief; 0 for any number.
    as_of_days: age from which a figure counts as old, 0 for never. parts: the parts of briefs it prints, by name; None for all (see pack.PartName).
    """

    words_per_minute: int
    speech_times: bool
    portrait: Length
    brief_pages: int
    steering_pages: int
    as_of_days: int
    parts: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class BoxLook:
    """A callout's, a question's, a quotation's or an objective's box: accent bar at the left (width 0: none) and fill (None: none)."""

    bar: Length
    bar_colour: Colour
    fill: Colour | None
    padding_x: Length
    padding_y: Length
    before: Length
    after: Length


@dataclass(frozen=True, slots=True)
class ImageLook:
    """Space around a figure and between picture and caption; align of the picture in the frame."""

    before: Length
    after: Length
    caption_gap: Length
    align: Align


class DividerSheet(Enum):
    """PAGE: label and title on a quiet page. BANNER: in a band of colour at the head of a page. NONE: no page before an annex."""

    PAGE = "page"
    BANNER = "banner"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Divider:
    """sheet: whether an annex has a page of its own before it, one with a banner, or none. top: share of the text frame above the label (0 to 1). line: template of the quiet line with {source},
    {pages} ("4 pages"), {range} ("A-1 to A-4"), {marking}, {label}; parts that are empty go with the separator
    before them. rule as in Cover."""

    sheet: DividerSheet
    top: float
    line: str
    rule: Length
    rule_length: Length
    rule_colour: Colour


class AnnexForm(Enum):
    """What a Word file has of annexes: their schedule, or pictures of their pages besides."""

    SCHEDULE = "schedule"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class AnnexLook:
    """How annexes are bound where the pack does not say it. scale, paper: as in annex.Annex. word: what a Word file has of them.

    recto: an annex begins on a right-hand page where the pack is printed on both sides.
    """

    scale: Scale
    paper: Paper
    word: AnnexForm
    recto: bool


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is printed on annex pages, in the reader's upright view. top, bottom: Slots with {marking}, {label},
    {annex_page} ("A-3"), {page} (running), {reference}, {title}. margin: from the sheet's visible edges to baseline and ends."""

    top: Slots
    bottom: Slots
    margin: Length


class BannerOf(Enum):
    """What a banner tells the marking of. PACK: all that is in the pack, on every page. PAGE: what is on the page."""

    PACK = "pack"
    PAGE = "page"


class BannerColours(Enum):
    """What is done with the colours that a policy gives its levels. NONE: banners are set as the style sets them. TEXT: their words have the colour.
    BAND: they stand on a band of it, in black or white."""

    NONE = "none"
    TEXT = "text"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class MarkingLook:
    """How computed markings are printed. portions: a mark stands before each portion, "(R)"."""

    portions: bool
    banner: BannerOf
    colours: BannerColours


@dataclass(frozen=True, slots=True)
class Style:
    """Everything a writer may ask for. text has every role of TEXT_ROLES, fonts every family a role names.

    words: language → key → words ("contents" → "Contents"); every language has every key of WORD_KEYS.
    name: "minister". inputs: every file that was read for it, for the manifest. file_name: the template of what a pack's files are called (see file_names).
    """

    name: str
    description: str
    text: Mapping[str, TextStyle]
    fonts: Mapping[str, Font]
    page: PageSetup
    header: Furniture
    footer: Furniture
    banner: str
    cover: Cover
    contents: Contents
    numbering: Numbering
    lists: ListLook
    table: TableLook
    matrix: TableLook
    timeline: TableLook
    agenda: TableLook
    clearance: TableLook
    callout: BoxLook
    question: BoxLook
    facts: BoxLook
    quotation: BoxLook
    verbatim: BoxLook
    objective: BoxLook
    columns: ColumnsLook
    notes: NotesLook
    charts: ChartLook
    typography: Typography
    craft: Craft
    image: ImageLook
    divider: Divider
    annexes: AnnexLook
    stamp: Stamp
    watermark_angle: float
    markings: MarkingLook
    file_name: str
    words: Mapping[str, Mapping[str, str]]
    inputs: tuple[Path, ...] = ()

    def table_look(self, look: str) -> TableLook:
        """The look of a Table by its name, a member of TABLE_LOOKS. Raises KeyError for any other."""
        return {
            "table": self.table,
            "matrix": self.matrix,
            "timeline": self.timeline,
            "agenda": self.agenda,
            "clearance": self.clearance,
        }[look]

    def box(self, look: str) -> BoxLook:
        """The look of a Callout by its name, a key of document.BOX_ROLES. Raises KeyError for any other."""
        return {
            "callout": self.callout,
            "question": self.question,
            "facts": self.facts,
            "verbatim": self.verbatim,
        }[look]

    def word(self, key: str, language: str) -> str:
        """The style's words for key, in language or its base language ("en" for "en-GB"), else English."""
        table = (
            self.words.get(language) or self.words.get(language.split("-", maxsplit=1)[0]) or self.words["en"]
        )
        return table[key]


WORD_KEYS: tuple[str, ...] = (
    "contents",
    "annexes",
    "annex",
    "section",
    "section_short",
    "table",
    "figure",
    "caption_line",
    "paragraph",
    "page",
    "page_short",
    "objective",
    "points",
    "points_to",
    "points_to_all",
    "if_raised",
    "background",
    "background_free",
    "background_not_for_use",
    "their_objectives",
    "red_lines",
    "recent",
    "purpose",
    "objectives",
    "attendees",
    "risks",
    "who_to_see",
    "press_line",
    "movements",
    "contacts",
    "seating",
    "handling",
    "figures",
    "tables",
    "nothing_listed",
    "contact",
    "cleared_by",
    "date",
    "movement",
    "move_from",
    "move_to",
    "vehicle",
    "person",
    "function",
    "phone",
    "email",
    "recipient",
    "institution",
    "copy",
    "copies",
    "changed",
    "change",
    "pronunciation",
    "languages",
    "last_met",
    "running_time",
    "seconds",
    "minutes",
    "minutes_seconds",
    "lead",
    "cleared",
    "point_high",
    "point_low",
    "source_line",
    "source_as_of",
    "as_of_line",
    "credit_line",
    "step_drafted",
    "step_cleared",
    "step_approved",
    "sign_date",
    "time",
    "item",
    "agenda_lead",
    "agenda_role",
    "brief",
    "time_in",
    "participants",
    "agenda_brief",
    "press_open",
    "press_closed",
    "role_speak",
    "role_listen",
    "role_chair",
    "reference",
    "version",
    "as_of",
    "owner",
    "place",
    "dates",
    "chair",
    "audience",
    "marking",
    "draft",
    "blank_page",
    "one_page",
    "many_pages",
    "page_range",
    "source",
    "file",
    "label",
    "title",
    "number_of_pages",
    "schedule_of_annexes",
    "annex_damaged",
    "annex_page_image",
    "annex_picture",
    "annex_link",
    "annex_page_picture",
    "annex_beside",
    "mail_from",
    "mail_date",
    "mail_to",
    "mail_cc",
    "mail_attachments",
    "mail_no_subject",
    "mail_more",
    "mail_kilobytes",
    "mail_megabytes",
    "mail_bcc",
    "mail_subject",
    "mail_reply_to",
    "part",
    "in_this_part",
    "in_other_part",
    "part_file",
    "dispatch_dear_all",
    "dispatch_close",
    "dispatch_title",
    "dispatch_attachment",
    "dispatch_size",
    "dispatch_digest",
    "dispatch_message",
    "dispatch_readers",
    "dispatch_sent",
    "dispatch_subject",
    "dispatch_part",
    "dispatch_text",
    "dispatch_dear",
    "dispatch_file",
    "dispatch_beside",
    "dispatch_nobody",
    "dispatch_too_large",
    "copy_line",
    "dispatch_trace",
    "dispatch_fitted",
    "dispatch_pdf_only",
    "dispatch_compressed",
    "dispatch_locked",
    "password_title",
    "password_reader",
    "password_pack",
    "password_files",
    "password_number",
    "password_how",
    "password_care",
    "chart_bar",
    "chart_line",
    "chart_area",
    "chart_pie",
    "chart_donut",
    "chart_missing",
    "chart_summary",
    "chart_gaps",
    "qr_code",
    "date_format",
    "long_date_format",
    "time_format",
    "first_of_month",
    *(f"month_{n}" for n in range(1, 13)),
    *(f"weekday_{n}" for n in range(1, 8)),
)
"""Every label word a pack may print. "section", "annex", "table", "figure", "paragraph" are the words of
cross-references inside a sentence ("section"); "section_short" is the agenda's "§{n}"; "page_short" is "p.";
"points_to" is "To {to}", "points_to_all" "To the table" (points without an addressee beside others that have one);
"lead" is "Lead: {lead}", "cleared" "Cleared {date}" (the line under a section's title); "point_high" and "point_low" stand before a point ("Key point:"); "source_line" is "Source: {source}", "source_as_of" "Source: {source}, as of {date}",
"as_of_line" "As of {date}", "credit_line" "Photo: {credit}"; "step_drafted" and its like are what was done to a text, "sign_date" is where a signature has no date yet;
"many_pages" "{n} pages", "page_range" "{first} to {last}", "date_format" "{day} {month} {year}", "long_date_format"
the parts of sections are headed by the words of their names ("background_free" where "background_not_for_use" follows); "seconds", "minutes" and
"minutes_seconds" say how long a speech is, "running_time" is "Speaking time {time}"; "time_in" is an agenda's "{place} time";
"{weekday}, {day} {month} {year}", "time_format" "{hour}:{minute}"; weekday_1 is Monday.
the "mail_" words stand in the head of an annex that is an e-mail message: "mail_more" is "and {n} more", "mail_kilobytes" "{n} kB"; the "dispatch_" words in messages with packs, and on the sheet that shows who gets what; "copy_line" is printed on a reader's copy, the "password_" words in
a letter with a password.
"first_of_month" is what {day} is on the first of a month ("1er" in French).
"annex_page_image", "annex_picture" and "annex_link" are not printed but spoken, see body.AnnexWords; so are "annex_page_picture", in Word, and the "chart_" words, by which
the data of charts are read out, and "qr_code"."""
