"""How text is set: the roles that a writer may ask for, what each looks like, and the families of fonts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefpack.document import Align
from briefpack.style.measures import Colour, Length

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
