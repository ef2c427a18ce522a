"""A merged layer → a complete Style: every key looked up, every length in points, nothing left open."""

from __future__ import annotations

from pathlib import Path

from briefpack.document import ImageData
from briefpack.drawing import Drawing
from briefpack.reading.checks import Report
from briefpack.reading.pictures import load_picture
from briefpack.reading.style_build_annexes import annex_look, divider, stamp
from briefpack.reading.style_build_blocks import (
    box_look,
    chart_look,
    columns_look,
    image_look,
    list_look,
    notes_look,
    table_look,
)
from briefpack.reading.style_build_craft import craft, numbering, typography
from briefpack.reading.style_build_page import contents, cover, furniture, marking_look, page_setup
from briefpack.reading.style_fonts import Families, project_file
from briefpack.reading.style_languages import complete_words
from briefpack.reading.style_layers import KeyPath, Layer
from briefpack.reading.style_settings import Settings
from briefpack.reading.style_text import Painted, Palette, Role, Roles
from briefpack.style import Style


class Builder:
    """Builds a Style from a layer in which nothing that must be there is missing.

    roles, painted: what the checks want to know beyond the Style, by role and by key.
    """

    def __init__(self, layer: Layer, report: Report) -> None:
        self._layer = layer
        self._report = report
        palette = Palette(layer, report)
        self._families = Families(layer, report)
        texts = Roles(layer, palette, self._families, report)
        self.roles: dict[str, Role] = texts.build()
        self._used = texts.used
        self._settings = Settings(layer, palette, texts.body_size)

    @property
    def painted(self) -> dict[KeyPath, Painted]:
        return self._settings.painted

    def build(self, name: str, description: str, inputs: tuple[Path, ...]) -> Style:
        """The Style. Worth using only when the report has no errors."""
        whole, group = self._settings, self._settings.group
        logo, files = self._logo()
        return Style(
            name=name,
            description=description,
            text={role: made.style for role, made in self.roles.items()},
            fonts=self._families.closure(self._used.values()),
            page=page_setup(group("page")),
            header=furniture(group("header")),
            footer=furniture(group("footer")),
            banner=whole.words_or_none("banner"),
            cover=cover(group("cover"), logo),
            contents=contents(group("contents")),
            numbering=numbering(group("numbering")),
            lists=list_look(group("lists")),
            table=table_look(group("table")),
            matrix=table_look(group("matrix")),
            timeline=table_look(group("timeline")),
            agenda=table_look(group("agenda")),
            clearance=table_look(group("clearance")),
            callout=box_look(group("callout")),
            question=box_look(group("question")),
            facts=box_look(group("facts")),
            quotation=box_look(group("quotation")),
            verbatim=box_look(group("verbatim")),
            objective=box_look(group("objective")),
            columns=columns_look(group("columns")),
            notes=notes_look(group("notes")),
            charts=chart_look(group("charts")),
            typography=typography(group("typography")),
            craft=craft(group("craft")),
            image=image_look(group("image")),
            divider=divider(group("divider")),
            annexes=annex_look(group("annexes")),
            stamp=stamp(group("stamp")),
            watermark_angle=whole.take(float, "watermark", "angle"),
            markings=marking_look(group("markings")),
            file_name=whole.text("file_name"),
            words=complete_words(self._layer, self._report),
            inputs=(*inputs, *self._families.files, *files),
        )

    def _logo(self) -> tuple[ImageData | Drawing | None, tuple[Path, ...]]:
        """The cover's picture and its file, none where there is none or it cannot be read (which is reported)."""
        setting = self._settings.find("cover", "logo")
        path = None if setting is None else project_file(setting, "picture", self._report)
        if setting is None or path is None:
            return None, ()
        logo = load_picture(path, setting.where, setting.text, self._report)
        return logo, () if logo is None else (path,)
