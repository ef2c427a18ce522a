"""The cover: kicker, title, subtitle, a short rule, and the pack's particulars beside their labels."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.document import Meta, PackPart
from briefpack.drawing import Drawing
from briefpack.fields import pack_values
from briefpack.figures.raster import raster
from briefpack.style import Length, Style
from briefpack.template import fill
from briefpack.word import xml
from briefpack.word.flow import Flow, Paragraph
from briefpack.word.images import Drawings, Size, fitted, own_size
from briefpack.word.styles import COVER_LABEL, COVER_RULE, FIGURE, style_id
from briefpack.word.xml import EMPTY, Xml, join, value

_AIR = 0.75
"""White above and below the short rule and below the logo, as a share of the title's size."""


@dataclass(frozen=True, slots=True)
class CoverWriter:
    """Writes the cover of one pack. part: which part of it the file is, None for the whole."""

    style: Style
    meta: Meta
    drawings: Drawings
    part: PackPart | None = None

    def flow(self) -> Flow:
        style, cover = self.style, self.style.cover
        known = pack_values(self.meta, style)
        flow = Flow()
        top = Length(cover.top * style.page.text_height)
        air = Length(_AIR * style.text["cover-title"].size)
        chosen = cover.logo or self.meta.logo
        logo = raster(chosen, style) if isinstance(chosen, Drawing) else chosen
        if logo is not None:
            share = min(cover.logo_width / style.page.text_width, 1.0)
            size = fitted(
                own_size(logo), share, Size(style.page.text_width, Length(style.page.text_height / 2))
            )
            picture = Paragraph(FIGURE, self.drawings.inline(logo, size, self.meta.organisation))
            picture.own_before = picture.own_after = 0
            flow.add(picture)
            top = Length(max(top - size.height, air))
        first = True
        for role, template in (
            ("cover-kicker", cover.kicker),
            ("cover-title", cover.title),
            ("cover-subtitle", cover.subtitle),
        ):
            words = fill(template, known)
            if words:
                paragraph = self._set(role, xml.run(words))
                if first:
                    paragraph.own_before = top.twips
                first = False
                flow.add(paragraph)
        if self.part is not None:
            flow.add(self._set("cover-subtitle", xml.run(self.part.words)))
        fields = [(key, words) for key, template in cover.fields if (words := fill(template, known))]
        if cover.rule > 0:
            # A border and not a picture: even one marked as decoration is announced by some screen readers.
            rule = Paragraph(COVER_RULE, EMPTY)
            rule.own_before, rule.own_after = air.twips, air.twips
            flow.add(rule)
        for key, words in fields:
            label = xml.run(style.word(key, self.meta.language), value("rStyle", COVER_LABEL))
            flow.add(self._set("cover-value", join((label, xml.mark("tab"), xml.run(words)))))
        return flow

    def _set(self, role: str, content: Xml) -> Paragraph:
        text = self.style.text[role]
        return Paragraph(style_id(role), content, text.before.twips, text.after.twips)
