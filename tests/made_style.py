"""A complete Style made without reading any file, for tests of stages that only need one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefpack.document import Align, Paper, Scale
from briefpack.style import (
    TEXT_ROLES,
    WORDS,
    AnnexForm,
    AnnexLook,
    BannerColours,
    BannerOf,
    BoxLook,
    ChartForm,
    ChartLook,
    Colour,
    ColumnsLook,
    Contents,
    Cover,
    Craft,
    Divider,
    DividerSheet,
    Font,
    Furniture,
    ImageLook,
    Length,
    ListLook,
    MarkingLook,
    NotesLook,
    Numbering,
    PageSetup,
    SectionStart,
    Slots,
    SpellOut,
    Stamp,
    Style,
    TableLook,
    TextStyle,
    Typography,
)

_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
_ENGLISH = {
    "annex": "Annex",
    "section_short": "§{n}",
    "page_short": "p.",
    "caption_line": "{label}: {caption}",
    "objective": "Objective",
    "points": "Points to make",
    "points_to": "To {to}",
    "points_to_all": "To the table",
    "if_raised": "If raised",
    "background": "Background",
    "lead": "Lead: {lead}",
    "cleared": "Cleared {date}",
    "point_high": "Key point:",
    "point_low": "If time:",
    "source_line": "Source: {source}",
    "source_as_of": "Source: {source}, as of {date}",
    "as_of_line": "As of {date}",
    "credit_line": "Photo: {credit}",
    "step_drafted": "Drafted",
    "step_cleared": "Cleared",
    "step_approved": "Approved",
    "sign_date": "Date:",
    "time": "Time",
    "item": "Item",
    "agenda_lead": "Lead",
    "brief": "Brief",
    "date_format": "{day} {month} {year}",
    "long_date_format": "{weekday}, {day} {month} {year}",
    "time_format": "{hour}:{minute}",
    "first_of_month": "1",
    **{f"month_{n}": name for n, name in enumerate(_MONTHS["en"], 1)},
    "weekday_4": "Thursday",
    "weekday_5": "Friday",
}
_FRENCH = {
    "annex": "Annexe",
    "section_short": "§ {n}",
    "table": "tableau",
    "paragraph": "paragraphe",
    "objective": "Objectif",
    "long_date_format": "{weekday} {day} {month} {year}",
    "time_format": "{hour} h {minute}",
    "first_of_month": "1er",
    **{f"month_{n}": name for n, name in enumerate(_MONTHS["fr"], 1)},
    "weekday_4": "jeudi",
}


def _text(role: str) -> TextStyle:
    size = 9.0 if role in {"table-header", "table-detail"} else 11.0
    return TextStyle(
        font="Carlito",
        size=Length(size),
        bold=role.startswith(("heading", "table-header", "section-title")),
        italic=False,
        colour=Colour(26, 26, 26),
        leading=1.4,
        align=Align.LEFT,
        before=Length(0),
        after=Length(6),
        left=Length(0),
        right=Length(0),
        first=Length(0),
        tracking=0.0,
        caps=False,
        underline=False,
        hyphenate=False,
        keep_with_next=role.startswith("heading"),
    )


def made_style(
    *, sections: bool = True, headings: int = 2, depth: int = 2, annexes: str = "A", recto: bool = False
) -> Style:
    """A4, Carlito, navy. sections, headings, annexes: see Numbering; depth: of the contents."""
    ink, rule = Colour(27, 54, 93), Colour(201, 206, 214)
    none, hair = Length(0), Length(0.4)
    slots = Slots("", "{page}", "")
    furniture = Furniture(slots, None, None, hair, rule, Length(4))
    table = TableLook(
        hair,
        hair,
        hair,
        hair,
        ink,
        rule,
        None,
        None,
        Length.from_mm(2),
        Length(5),
        Length(6),
        Length(11),
        none,
        ink,
        hair,
        None,
        none,
    )
    box = BoxLook(Length(2.2), ink, None, Length(8), Length(6), Length(6), Length(6))
    english = {key: _ENGLISH.get(key, key) for key in WORDS}
    folder = Path(__file__).parent.parent / "briefpack" / "data" / "fonts"
    return Style(
        name="made",
        description="made for tests",
        text={role: _text(role) for role in TEXT_ROLES},
        fonts={
            "Carlito": Font(
                "Carlito",
                "Calibri",
                *(folder / f"Carlito-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic")),
                (),
            )
        },
        page=PageSetup(
            width=Length.from_mm(210),
            height=Length.from_mm(297),
            top=Length.from_mm(31),
            bottom=Length.from_mm(28),
            inside=Length.from_mm(30),
            outside=Length.from_mm(24),
            two_sided=recto,
            section_start=SectionStart.RECTO if recto else SectionStart.PAGE,
            banner_top=Length.from_mm(13),
            banner_bottom=Length.from_mm(10),
            header=Length.from_mm(20),
            footer=Length.from_mm(16),
        ),
        header=furniture,
        footer=furniture,
        banner="{marking}",
        cover=Cover(True, "", "{title}", "", (), Length(90), None, Length(80), 0.27, none, none, rule),
        contents=Contents(depth, ".", rule, (Length(26), Length(31), Length(36)), Length(34)),
        numbering=Numbering(sections, headings, ("1.", "(a)", "(i)"), annexes, Length(28), Length(26)),
        lists=ListLook(("•", "–"), ("—", "–"), Length(17), Length(4), ink),
        table=table,
        matrix=table,
        timeline=replace(table, row=none, rule=Length(1), marker=Length(5)),
        agenda=table,
        clearance=table,
        callout=box,
        question=box,
        facts=replace(box, bar=none, fill=Colour(238, 242, 247)),
        quotation=box,
        verbatim=box,
        objective=replace(box, bar=none),
        columns=ColumnsLook(
            Length(20), none, rule, Length(1), ink, Length(0.5), Length(40), Length(6), Length(11)
        ),
        notes=NotesLook(hair, Length(100), rule, Length(6), Length(13), Length(1)),
        charts=ChartLook(
            (ink, Colour(217, 140, 33), Colour(127, 168, 201)),
            False,
            ink,
            rule,
            Length(1.6),
            0.5,
            ChartForm.PICTURE,
        ),
        typography=Typography(refine=False, small_caps=False, spell_out=SpellOut.NEVER),
        craft=Craft(110, True, Length(80), 0, 1, 180, None),
        image=ImageLook(Length(9), Length(11), Length(6), Align.LEFT),
        annexes=AnnexLook(Scale.FIT, Paper.OWN, AnnexForm.SCHEDULE, recto=False),
        divider=Divider(DividerSheet.PAGE, 0.3, "{source}", none, none, rule),
        stamp=Stamp(slots, slots, Length(20)),
        watermark_angle=55.0,
        markings=MarkingLook(portions=False, banner=BannerOf.PACK, colours=BannerColours.NONE),
        file_name="{pack}-{audience}",
        words={"en": english, "fr": english | _FRENCH},
    )
