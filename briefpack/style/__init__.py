"""How a pack looks: one complete, typed Style that governs both writers, with no open bags.

Lengths are Length (points). Colours are Colour (sRGB). Text is set by roles: every role that a writer
may ask for is a member of TEXT_ROLES, and a Style has a TextStyle for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack.style.annexes import AnnexForm, AnnexLook, Divider, DividerSheet, Stamp
from briefpack.style.blocks import (
    BOX_LOOKS,
    TABLE_LOOKS,
    BoxLook,
    ChartForm,
    ChartLook,
    ColumnsLook,
    ImageLook,
    ListLook,
    NotesLook,
    TableLook,
)
from briefpack.style.craft import Craft, Numbering, SpellOut, Typography
from briefpack.style.fields import (
    DIVIDER_FIELDS,
    FILE_FIELDS,
    FURNITURE_FIELDS,
    MESSAGE_FIELDS,
    PACK_FIELDS,
    STAMP_FIELDS,
)
from briefpack.style.measures import WHITE, Colour, Length
from briefpack.style.page import (
    BannerColours,
    BannerOf,
    Contents,
    Cover,
    Furniture,
    MarkingLook,
    PageSetup,
    SectionStart,
    Slots,
)
from briefpack.style.text import TEXT_ROLES, Font, TextStyle
from briefpack.style.words import WORDS, LabelWord

__all__ = [
    "BOX_LOOKS",
    "DIVIDER_FIELDS",
    "FILE_FIELDS",
    "FURNITURE_FIELDS",
    "MESSAGE_FIELDS",
    "PACK_FIELDS",
    "STAMP_FIELDS",
    "TABLE_LOOKS",
    "TEXT_ROLES",
    "WHITE",
    "WORDS",
    "AnnexForm",
    "AnnexLook",
    "BannerColours",
    "BannerOf",
    "BoxLook",
    "ChartForm",
    "ChartLook",
    "Colour",
    "ColumnsLook",
    "Contents",
    "Cover",
    "Craft",
    "Divider",
    "DividerSheet",
    "Font",
    "Furniture",
    "ImageLook",
    "LabelWord",
    "Length",
    "ListLook",
    "MarkingLook",
    "NotesLook",
    "Numbering",
    "PageSetup",
    "SectionStart",
    "Slots",
    "SpellOut",
    "Stamp",
    "Style",
    "TableLook",
    "TextStyle",
    "Typography",
]


@dataclass(frozen=True, slots=True)
class Style:
    """Everything a writer may ask for. text has every role of TEXT_ROLES, fonts every family a role names.

    words: language → key → words ("contents" → "Contents"); every language has every key of WORDS.
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
