"""What a style does to the words of a pack and what it asks of them, built from its settings."""

from __future__ import annotations

from briefpack.reading.style_settings import Settings
from briefpack.style import Craft, Numbering, SpellOut, Typography


def numbering(settings: Settings) -> Numbering:
    first, second, third = settings.texts("paragraphs")
    return Numbering(
        sections=settings.flag("sections"),
        headings=settings.take(int, "headings"),
        paragraphs=(first, second, third),
        annexes=settings.text("annexes"),
        heading_indent=settings.length("heading_indent"),
        paragraph_indent=settings.length("paragraph_indent"),
    )


def typography(settings: Settings) -> Typography:
    return Typography(
        refine=settings.flag("refine"),
        small_caps=settings.flag("small_caps"),
        spell_out=settings.choice(SpellOut, "spell_out"),
    )


def craft(settings: Settings) -> Craft:
    parts = settings.texts("parts") if settings.find("parts") is not None else None
    return Craft(
        words_per_minute=settings.take(int, "words_per_minute"),
        speech_times=settings.flag("speech_times"),
        portrait=settings.length("portrait"),
        brief_pages=settings.take(int, "brief_pages"),
        steering_pages=settings.take(int, "steering_pages"),
        as_of_days=settings.take(int, "as_of_days"),
        parts=parts,
    )
