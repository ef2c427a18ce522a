"""The cover as flows: kicker, title, subtitle, a short rule, the particulars of the pack."""

from __future__ import annotations

from briefpack.document import Align, Document, Text
from briefpack.pdf.boxes import Figure, ShortRule
from briefpack.pdf.fields import pack_values
from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.opening import balanced
from briefpack.pdf.text import Label, Typesetter
from briefpack.style import ImageLook, Length, Style
from briefpack.template import fill

_AIR = 0.75
"""White above and below the short rule, as a share of the title's size."""


def cover_logo(document: Document, style: Style) -> Figure | None:
    """The picture at the head of the cover; None when there is none."""
    logo = style.cover.logo or document.meta.logo
    if logo is None:
        return None
    share = min(style.cover.logo_width / style.page.text_width, 1.0)
    look = ImageLook(Length(0), Length(_AIR * style.text["cover-title"].size), Length(0), Align.LEFT)
    frame = float(style.page.text_height) / 2
    return Figure(logo, share, look, Stack([]), anchor=None, frame=frame, alt=document.meta.organisation)


def cover_flows(document: Document, style: Style, setter: Typesetter) -> list[Flow]:
    """What stands on the cover, from its top down; the marking is furniture."""
    cover = style.cover
    values = pack_values(document, style)
    flows: list[Flow] = []
    air = float(_AIR * style.text["cover-title"].size)
    for role, template in (
        ("cover-kicker", cover.kicker),
        ("cover-title", cover.title),
        ("cover-subtitle", cover.subtitle),
    ):
        words = fill(template, values)
        if words:
            structure = "Title" if role == "cover-title" else "P"
            flows.append(balanced(setter, words, role, structure))
    if cover.rule:
        flows.append(
            ShortRule(float(cover.rule), float(cover.rule_length), cover.rule_colour, before=air, after=air)
        )
    for key, template in cover.fields:
        words = fill(template, values)
        if words:
            name = style.word(key, document.meta.language)
            label = Label(name, float(cover.label_width), role="cover-label")
            flows.append(setter.flow((Text(words),), "cover-value", label=label))
    return flows
