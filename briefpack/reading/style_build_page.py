"""What surrounds the text, built from the settings of a style: sheet and margins, header and footer, cover, contents, and what banners say of markings."""

from __future__ import annotations

from briefpack.document import ImageData
from briefpack.drawing import Drawing
from briefpack.reading.style_measures import SHEETS
from briefpack.reading.style_settings import Settings
from briefpack.style import (
    BannerColours,
    BannerOf,
    Contents,
    Cover,
    Furniture,
    Length,
    MarkingLook,
    PageSetup,
    SectionStart,
    Slots,
)


def page_setup(settings: Settings) -> PageSetup:
    """Sections of a pack that is printed on one side have no right-hand pages to begin on: they begin on the next."""
    size = settings.take(object, "size")
    if isinstance(size, dict):
        width, height = size["width"].points(), size["height"].points()
    else:
        width, height = (Length.from_mm(side) for side in SHEETS[str(size)])
    if settings.text("orientation") == "landscape":
        width, height = height, width
    two_sided = settings.flag("two_sided")
    start = settings.choice(SectionStart, "section_start")
    if start is SectionStart.RECTO and not two_sided:
        start = SectionStart.PAGE
    return PageSetup(
        width=width,
        height=height,
        top=settings.length("margins", "top"),
        bottom=settings.length("margins", "bottom"),
        inside=Length(settings.length("margins", "inside") + settings.length("margins", "gutter")),
        outside=settings.length("margins", "outside"),
        two_sided=two_sided,
        section_start=start,
        banner_top=settings.length("banner_top"),
        banner_bottom=settings.length("banner_bottom"),
        header=settings.length("header"),
        footer=settings.length("footer"),
    )


def slots(settings: Settings) -> Slots:
    """What is not given prints nothing."""
    words = {}
    for slot in ("left", "centre", "right"):
        setting = settings.find(slot)
        words[slot] = "" if setting is None else setting.text
    return Slots(**words)


def furniture(settings: Settings) -> Furniture:
    verso, first = settings.group("verso"), settings.group("first")
    return Furniture(
        recto=slots(settings),
        verso=None if verso.is_empty else slots(verso),
        first=None if first.is_empty else slots(first),
        rule=settings.length("rule"),
        rule_colour=settings.ink("rule_colour"),
        rule_gap=settings.length("rule_gap"),
    )


def cover(settings: Settings, logo: ImageData | Drawing | None) -> Cover:
    """logo: the picture that the style names, read."""
    fields = () if settings.find("fields") is None else settings.take(tuple, "fields")
    return Cover(
        show=settings.flag("show"),
        kicker=settings.words_or_none("kicker"),
        title=settings.text("title"),
        subtitle=settings.words_or_none("subtitle"),
        fields=tuple((str(key), str(words)) for key, words in fields),
        label_width=settings.length("label_width"),
        logo=logo,
        logo_width=settings.length("logo_width"),
        top=settings.take(float, "top"),
        rule=settings.length("rule"),
        rule_length=settings.length("rule_length"),
        rule_colour=settings.ink("rule_colour"),
    )


def contents(settings: Settings) -> Contents:
    first, second, third = settings.take(tuple, "number_width")
    return Contents(
        depth=settings.take(int, "depth"),
        leader=settings.words_or_none("leader"),
        leader_colour=settings.ink("leader_colour"),
        number_width=(first.points(), second.points(), third.points()),
        page_width=settings.length("page_width"),
    )


def marking_look(settings: Settings) -> MarkingLook:
    return MarkingLook(
        portions=settings.flag("portions"),
        banner=settings.choice(BannerOf, "banner"),
        colours=settings.choice(BannerColours, "colours"),
    )
