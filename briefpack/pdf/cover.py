"""The cover as flows: kicker, title, subtitle, a short rule, the particulars of the pack."""

from __future__ import annotations

from briefpack.document import Align, Document, Text
from briefpack.fields import pack_values
from briefpack.pdf.boxes import Figure, ShortRule
from briefpack.pdf.flow import Flow, Stack
from briefpack.pdf.framed import Still
from briefpack.pdf.opening import balanced
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Label, Typesetter
from briefpack.style import ImageLook, Length, Style
from briefpack.template import fill

_AIR = 0.75
"""White above and below the short rule, as a share of the title's size."""


def cover_logo(document: Document, setter: Typesetter, part: Element) -> Figure | None:
    """The picture at the head of the cover; None when there is none. part: the cover in the structure tree."""
    style = setter.style
    logo = style.cover.logo or document.meta.logo
    if logo is None:
        return None
    share = min(style.cover.logo_width / style.page.text_width, 1.0)
    look = ImageLook(Length(0), Length(_AIR * style.text["cover-title"].size), Length(0), Align.LEFT)
    frame = float(style.page.text_height) / 2
    owner = document.meta.organisation
    element = part.add("Figure", alternative=owner, attributes={"Placement": "/Block"}) if owner else None
    picture = Still(logo, share, setter)
    return Figure(picture, look, Stack([]), anchor=None, frame=frame, element=element)


def cover_flows(document: Document, style: Style, setter: Typesetter, part: Element) -> list[Flow]:
    """What stands on the cover, from its top down; the marking is furniture. part: the cover in the structure tree.

    The title is a paragraph there: the headings are then those of the contents, and the window has the title anyway.
    """
    cover = style.cover
    values = pack_values(document.meta, style)
    flows: list[Flow] = []
    air = float(_AIR * style.text["cover-title"].size)
    for role, template in (
        ("cover-kicker", cover.kicker),
        ("cover-title", cover.title),
        ("cover-subtitle", cover.subtitle),
    ):
        words = fill(template, values)
        if words:
            flows.append(balanced(setter, words, role, part.add("P")))
    if document.part is not None:
        flows.append(setter.flow((Text(document.part.words),), "cover-subtitle", element=part.add("P")))
    if cover.rule:
        flows.append(
            ShortRule(float(cover.rule), float(cover.rule_length), cover.rule_colour, before=air, after=air)
        )
    for key, template in cover.fields:
        words = fill(template, values)
        if words:
            name = style.word(key, document.meta.language)
            label = Label(name, float(cover.label_width), role="cover-label")
            flows.append(setter.flow((Text(words),), "cover-value", label=label, element=part.add("P")))
    return flows
