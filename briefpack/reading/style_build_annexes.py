"""How annexes are bound, built from the settings of a style."""

from __future__ import annotations

from briefpack.document import Paper, Scale
from briefpack.reading.style_build_page import slots
from briefpack.reading.style_settings import Settings
from briefpack.style import AnnexForm, AnnexLook, Divider, DividerSheet, Stamp


def divider(settings: Settings) -> Divider:
    return Divider(
        sheet=settings.choice(DividerSheet, "sheet"),
        top=settings.take(float, "top"),
        line=settings.words_or_none("line"),
        rule=settings.length("rule"),
        rule_length=settings.length("rule_length"),
        rule_colour=settings.ink("rule_colour"),
    )


def annex_look(settings: Settings) -> AnnexLook:
    return AnnexLook(
        scale=settings.choice(Scale, "scale"),
        paper=settings.choice(Paper, "paper"),
        word=settings.choice(AnnexForm, "word"),
        recto=settings.flag("recto"),
    )


def stamp(settings: Settings) -> Stamp:
    return Stamp(
        top=slots(settings.group("top")),
        bottom=slots(settings.group("bottom")),
        margin=settings.length("margin"),
    )
