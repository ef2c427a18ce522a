"""A merged layer → a complete Style: every key looked up, every length in points, nothing left open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from briefpack.document import Align, ImageData, Paper, Scale
from briefpack.drawing import Drawing
from briefpack.reading.checks import Report
from briefpack.reading.pictures import load_picture
from briefpack.reading.style_fonts import Families, project_file
from briefpack.reading.style_languages import complete_words
from briefpack.reading.style_layers import KeyPath, Layer
from briefpack.reading.style_measures import SHEETS
from briefpack.reading.style_text import Painted, Palette, Role, Roles
from briefpack.reading.style_values import Measure
from briefpack.style import (
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
    Typography,
)

T = TypeVar("T")


class Builder:
    """Builds a Style from a layer in which nothing that must be there is missing.

    roles, painted: what the checks want to know beyond the Style, by role and by key.
    """

    def __init__(self, layer: Layer, report: Report) -> None:
        self._layer = layer
        self._report = report
        self._palette = Palette(layer, report)
        self._families = Families(layer, report)
        self._texts = Roles(layer, self._palette, self._families, report)
        self.roles: dict[str, Role] = self._texts.build()
        self.painted: dict[KeyPath, Painted] = {}
        self._files: list[Path] = []

    def build(self, name: str, description: str, inputs: tuple[Path, ...]) -> Style:
        """The Style. Worth using only when the report has no errors."""
        return Style(
            name=name,
            description=description,
            text={role: made.style for role, made in self.roles.items()},
            fonts=self._fonts(),
            page=self._page(),
            header=self._furniture("header"),
            footer=self._furniture("footer"),
            banner=self._words_or_none("banner"),
            cover=self._cover(),
            contents=self._contents(),
            numbering=self._numbering(),
            lists=self._lists(),
            table=self._table("table"),
            matrix=self._table("matrix"),
            timeline=self._table("timeline"),
            agenda=self._table("agenda"),
            clearance=self._table("clearance"),
            callout=self._box("callout"),
            question=self._box("question"),
            facts=self._box("facts"),
            quotation=self._box("quotation"),
            verbatim=self._box("verbatim"),
            objective=self._box("objective"),
            columns=self._columns(),
            notes=self._notes(),
            charts=self._charts(),
            typography=Typography(
                refine=self._flag("typography", "refine"),
                small_caps=self._flag("typography", "small_caps"),
                spell_out=SpellOut(self._text("typography", "spell_out")),
            ),
            craft=self._craft(),
            image=self._image(),
            divider=self._divider(),
            annexes=self._annexes(),
            stamp=Stamp(
                top=self._slots("stamp", "top"),
                bottom=self._slots("stamp", "bottom"),
                margin=self._length("stamp", "margin"),
            ),
            watermark_angle=self._take(float, "watermark", "angle"),
            markings=MarkingLook(
                portions=self._flag("markings", "portions"),
                banner=BannerOf(self._text("markings", "banner")),
                colours=BannerColours(self._text("markings", "colours")),
            ),
            file_name=self._text("file_name"),
            words=complete_words(self._layer, self._report),
            inputs=(*inputs, *self._families.files, *self._files),
        )

    # ------------------------------------------------------------------ single keys

    def _take(self, kind: type[T], *path: str) -> T:
        value = self._layer.settings[path].value
        if not isinstance(value, kind):
            raise TypeError(f"{'.'.join(path)} is {value!r}, not {kind.__name__}")
        return value

    def _text(self, *path: str) -> str:
        return self._take(str, *path)

    def _words_or_none(self, *path: str) -> str:
        """What a template says; nothing when it was taken away."""
        return self._text(*path) if path in self._layer.settings else ""

    def _texts_of(self, *path: str) -> tuple[str, ...]:
        return tuple(str(item) for item in self._take(tuple, *path))

    def _flag(self, *path: str) -> bool:
        return self._take(bool, *path)

    def _length(self, *path: str) -> Length:
        """An em is body's size here."""
        return self._take(Measure, *path).points(em=self._texts.body_size)

    def _colour(self, *path: str) -> Colour | None:
        """None when the key was taken away, or names an unknown colour (which is reported)."""
        setting = self._layer.settings.get(path)
        painted = None if setting is None else self._palette.paint(setting)
        if painted is None:
            return None
        self.painted[path] = painted
        return painted.colour

    def _ink(self, *path: str) -> Colour:
        """A colour that must be there; black stands in where its name is wrong and the style is refused."""
        return self._colour(*path) or Colour(0, 0, 0)

    # ------------------------------------------------------------------ groups

    def _fonts(self) -> dict[str, Font]:
        return self._families.closure(self._texts.used.values())

    def _page(self) -> PageSetup:
        size = self._layer.settings[("page", "size")].value
        if isinstance(size, dict):
            width, height = size["width"].points(), size["height"].points()
        else:
            width, height = (Length.from_mm(side) for side in SHEETS[str(size)])
        if self._text("page", "orientation") == "landscape":
            width, height = height, width
        two_sided = self._flag("page", "two_sided")
        start = SectionStart(self._text("page", "section_start"))
        if start is SectionStart.RECTO and not two_sided:
            start = SectionStart.PAGE
        return PageSetup(
            width=width,
            height=height,
            top=self._length("page", "margins", "top"),
            bottom=self._length("page", "margins", "bottom"),
            inside=Length(
                self._length("page", "margins", "inside") + self._length("page", "margins", "gutter")
            ),
            outside=self._length("page", "margins", "outside"),
            two_sided=two_sided,
            section_start=start,
            banner_top=self._length("page", "banner_top"),
            banner_bottom=self._length("page", "banner_bottom"),
            header=self._length("page", "header"),
            footer=self._length("page", "footer"),
        )

    def _slots(self, *path: str) -> Slots:
        """What is not given prints nothing."""
        words = {}
        for slot in ("left", "centre", "right"):
            setting = self._layer.settings.get((*path, slot))
            words[slot] = "" if setting is None else setting.text
        return Slots(**words)

    def _maybe_slots(self, *path: str) -> Slots | None:
        return self._slots(*path) if any(True for _ in self._layer.below(path)) else None

    def _furniture(self, key: str) -> Furniture:
        return Furniture(
            recto=self._slots(key),
            verso=self._maybe_slots(key, "verso"),
            first=self._maybe_slots(key, "first"),
            rule=self._length(key, "rule"),
            rule_colour=self._ink(key, "rule_colour"),
            rule_gap=self._length(key, "rule_gap"),
        )

    def _cover(self) -> Cover:
        fields = self._take(tuple, "cover", "fields") if ("cover", "fields") in self._layer.settings else ()
        return Cover(
            show=self._flag("cover", "show"),
            kicker=self._words_or_none("cover", "kicker"),
            title=self._text("cover", "title"),
            subtitle=self._words_or_none("cover", "subtitle"),
            fields=tuple((str(key), str(words)) for key, words in fields),
            label_width=self._length("cover", "label_width"),
            logo=self._logo(),
            logo_width=self._length("cover", "logo_width"),
            top=self._take(float, "cover", "top"),
            rule=self._length("cover", "rule"),
            rule_length=self._length("cover", "rule_length"),
            rule_colour=self._ink("cover", "rule_colour"),
        )

    def _logo(self) -> ImageData | Drawing | None:
        setting = self._layer.settings.get(("cover", "logo"))
        if setting is None:
            return None
        path = project_file(setting, "picture", self._report)
        if path is None:
            return None
        logo = load_picture(path, setting.where, setting.text, self._report)
        if logo is not None:
            self._files.append(path)
        return logo

    def _contents(self) -> Contents:
        first, second, third = self._lengths("contents", "number_width")
        return Contents(
            depth=self._take(int, "contents", "depth"),
            leader=self._words_or_none("contents", "leader"),
            leader_colour=self._ink("contents", "leader_colour"),
            number_width=(first, second, third),
            page_width=self._length("contents", "page_width"),
        )

    def _lengths(self, *path: str) -> tuple[Length, Length, Length]:
        first, second, third = self._take(tuple, *path)
        return first.points(), second.points(), third.points()

    def _numbering(self) -> Numbering:
        first, second, third = self._texts_of("numbering", "paragraphs")
        return Numbering(
            sections=self._flag("numbering", "sections"),
            headings=self._take(int, "numbering", "headings"),
            paragraphs=(first, second, third),
            annexes=self._text("numbering", "annexes"),
            heading_indent=self._length("numbering", "heading_indent"),
            paragraph_indent=self._length("numbering", "paragraph_indent"),
        )

    def _lists(self) -> ListLook:
        return ListLook(
            bullets=self._texts_of("lists", "bullets"),
            dashes=self._texts_of("lists", "dashes"),
            indent=self._length("lists", "indent"),
            item_gap=self._length("lists", "item_gap"),
            colour=self._ink("lists", "colour"),
        )

    def _table(self, key: str) -> TableLook:
        return TableLook(
            top=self._length(key, "top"),
            header=self._length(key, "header"),
            row=self._length(key, "row"),
            bottom=self._length(key, "bottom"),
            top_colour=self._ink(key, "top_colour"),
            line_colour=self._ink(key, "line_colour"),
            header_fill=self._colour(key, "header_fill"),
            band_fill=self._colour(key, "band_fill"),
            padding_x=self._length(key, "padding_x"),
            padding_y=self._length(key, "padding_y"),
            before=self._length(key, "before"),
            after=self._length(key, "after"),
            rule=self._length(key, "rule"),
            rule_colour=self._ink(key, "rule_colour"),
            total=self._length(key, "total"),
            group_fill=self._colour(key, "group_fill"),
            marker=self._length(key, "marker"),
        )

    def _columns(self) -> ColumnsLook:
        return ColumnsLook(
            gap=self._length("columns", "gap"),
            rule=self._length("columns", "rule"),
            rule_colour=self._ink("columns", "rule_colour"),
            key_rule=self._length("columns", "key_rule"),
            key_colour=self._ink("columns", "key_colour"),
            sign_rule=self._length("columns", "sign_rule"),
            sign_room=self._length("columns", "sign_room"),
            before=self._length("columns", "before"),
            after=self._length("columns", "after"),
        )

    def _notes(self) -> NotesLook:
        return NotesLook(
            rule=self._length("notes", "rule"),
            rule_length=self._length("notes", "rule_length"),
            rule_colour=self._ink("notes", "rule_colour"),
            gap=self._length("notes", "gap"),
            indent=self._length("notes", "indent"),
            space=self._length("notes", "space"),
        )

    def _charts(self) -> ChartLook:
        return ChartLook(
            palette=self._colours("charts", "palette"),
            patterns=self._flag("charts", "patterns"),
            axis=self._ink("charts", "axis"),
            grid=self._ink("charts", "grid"),
            line=self._length("charts", "line"),
            height=self._take(float, "charts", "height"),
            word=ChartForm(self._text("charts", "word")),
        )

    def _colours(self, *path: str) -> tuple[Colour, ...]:
        """A list of colours; black stands in where a name is wrong and the style is refused."""
        setting = self._layer.settings[path]
        painted = (self._palette.paint(replace(setting, value=value)) for value in self._take(tuple, *path))
        return tuple(Colour(0, 0, 0) if each is None else each.colour for each in painted)

    def _craft(self) -> Craft:
        parts = self._texts_of("craft", "parts") if ("craft", "parts") in self._layer.settings else None
        return Craft(
            words_per_minute=self._take(int, "craft", "words_per_minute"),
            speech_times=self._flag("craft", "speech_times"),
            portrait=self._length("craft", "portrait"),
            brief_pages=self._take(int, "craft", "brief_pages"),
            steering_pages=self._take(int, "craft", "steering_pages"),
            as_of_days=self._take(int, "craft", "as_of_days"),
            parts=parts,
        )

    def _box(self, key: str) -> BoxLook:
        return BoxLook(
            bar=self._length(key, "bar"),
            bar_colour=self._ink(key, "bar_colour"),
            fill=self._colour(key, "fill"),
            padding_x=self._length(key, "padding_x"),
            padding_y=self._length(key, "padding_y"),
            before=self._length(key, "before"),
            after=self._length(key, "after"),
        )

    def _image(self) -> ImageLook:
        return ImageLook(
            before=self._length("image", "before"),
            after=self._length("image", "after"),
            caption_gap=self._length("image", "caption_gap"),
            align=Align(self._text("image", "align")),
        )

    def _annexes(self) -> AnnexLook:
        return AnnexLook(
            scale=Scale(self._text("annexes", "scale")),
            paper=Paper(self._text("annexes", "paper")),
            word=AnnexForm(self._text("annexes", "word")),
            recto=self._flag("annexes", "recto"),
        )

    def _divider(self) -> Divider:
        return Divider(
            sheet=DividerSheet(self._text("divider", "sheet")),
            top=self._take(float, "divider", "top"),
            line=self._words_or_none("divider", "line"),
            rule=self._length("divider", "rule"),
            rule_length=self._length("divider", "rule_length"),
            rule_colour=self._ink("divider", "rule_colour"),
        )
