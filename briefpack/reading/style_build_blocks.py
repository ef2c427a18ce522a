"""The looks of blocks, built from the settings of a style."""

from __future__ import annotations

from briefpack.document import Align
from briefpack.reading.style_settings import Settings
from briefpack.style import (
    BoxLook,
    ChartForm,
    ChartLook,
    ColumnsLook,
    ImageLook,
    ListLook,
    NotesLook,
    TableLook,
)


def list_look(settings: Settings) -> ListLook:
    return ListLook(
        bullets=settings.texts("bullets"),
        dashes=settings.texts("dashes"),
        indent=settings.length("indent"),
        item_gap=settings.length("item_gap"),
        colour=settings.ink("colour"),
    )


def table_look(settings: Settings) -> TableLook:
    return TableLook(
        top=settings.length("top"),
        header=settings.length("header"),
        row=settings.length("row"),
        bottom=settings.length("bottom"),
        top_colour=settings.ink("top_colour"),
        line_colour=settings.ink("line_colour"),
        header_fill=settings.colour("header_fill"),
        band_fill=settings.colour("band_fill"),
        padding_x=settings.length("padding_x"),
        padding_y=settings.length("padding_y"),
        before=settings.length("before"),
        after=settings.length("after"),
        rule=settings.length("rule"),
        rule_colour=settings.ink("rule_colour"),
        total=settings.length("total"),
        group_fill=settings.colour("group_fill"),
        marker=settings.length("marker"),
    )


def columns_look(settings: Settings) -> ColumnsLook:
    return ColumnsLook(
        gap=settings.length("gap"),
        rule=settings.length("rule"),
        rule_colour=settings.ink("rule_colour"),
        key_rule=settings.length("key_rule"),
        key_colour=settings.ink("key_colour"),
        sign_rule=settings.length("sign_rule"),
        sign_room=settings.length("sign_room"),
        before=settings.length("before"),
        after=settings.length("after"),
    )


def notes_look(settings: Settings) -> NotesLook:
    return NotesLook(
        rule=settings.length("rule"),
        rule_length=settings.length("rule_length"),
        rule_colour=settings.ink("rule_colour"),
        gap=settings.length("gap"),
        indent=settings.length("indent"),
        space=settings.length("space"),
    )


def chart_look(settings: Settings) -> ChartLook:
    return ChartLook(
        palette=settings.colours("palette"),
        patterns=settings.flag("patterns"),
        axis=settings.ink("axis"),
        grid=settings.ink("grid"),
        line=settings.length("line"),
        height=settings.take(float, "height"),
        word=settings.choice(ChartForm, "word"),
    )


def box_look(settings: Settings) -> BoxLook:
    return BoxLook(
        bar=settings.length("bar"),
        bar_colour=settings.ink("bar_colour"),
        fill=settings.colour("fill"),
        padding_x=settings.length("padding_x"),
        padding_y=settings.length("padding_y"),
        before=settings.length("before"),
        after=settings.length("after"),
    )


def image_look(settings: Settings) -> ImageLook:
    return ImageLook(
        before=settings.length("before"),
        after=settings.length("after"),
        caption_gap=settings.length("caption_gap"),
        align=settings.choice(Align, "align"),
    )
