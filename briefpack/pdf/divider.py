"""The page before an annex as flows: a large label, a short rule, the title, a quiet line."""

from __future__ import annotations

from briefpack.document import AnnexEntry, Text
from briefpack.pdf.boxes import ShortRule
from briefpack.pdf.fields import annex_values
from briefpack.pdf.flow import Flow
from briefpack.pdf.opening import balanced
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import Style
from briefpack.template import fill

_AIR = 0.9
"""White below the short rule, as a share of the title's size."""


def divider_flows(
    annex: AnnexEntry, language: str, style: Style, setter: Typesetter, part: Element
) -> list[Flow]:
    """What stands on an annex's divider; its anchor is that of the annex. part: the annex in the structure tree.

    Label and title are one heading there.
    """
    look = style.divider
    heading = part.add("H1")
    flows: list[Flow] = [
        setter.flow((Text(annex.label),), "divider-label", element=heading, goes_on=True, anchor=annex.anchor)
    ]
    if look.rule:
        air = float(_AIR * style.text["divider-title"].size)
        flows.append(
            ShortRule(float(look.rule), float(look.rule_length), look.rule_colour, before=0.0, after=air)
        )
    flows.append(balanced(setter, annex.title, "divider-title", heading))
    words = fill(look.line, annex_values(annex, style, language))
    if words:
        flows.append(setter.flow((Text(words),), "divider-line", element=part.add("P")))
    return flows
