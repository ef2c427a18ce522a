"""The page before an annex as flows: label, title and a quiet line, large on a quiet page or in a band of colour."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from briefpack.document import AnnexEntry, Text
from briefpack.pdf.arranged import Beside
from briefpack.pdf.boxes import Box, ShortRule
from briefpack.pdf.fields import annex_values
from briefpack.pdf.flow import Flow, Plain, Stack
from briefpack.pdf.opening import balanced
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from briefpack.style import WHITE, BoxLook, Colour, DividerSheet, Length, Style
from briefpack.template import fill

_AIR = 0.9
"""White below the short rule, as a share of the title's size."""
_PADDING = 1.0
"""Between the edges of a band and its words, and between label and title, as a share of the title's size."""
_WIDEST = 0.35
"""A label that takes more than this share of a band stands above the title."""
_BLACK = Colour(0, 0, 0)
_READABLE = 4.5
"""The contrast of text that WCAG 2.2 asks for (1.4.3)."""


def has_divider(annex: AnnexEntry, style: Style) -> bool:
    """Whether a page stands before an annex. What is left of a damaged file always has one: its reader must be told."""
    return style.divider.sheet is not DividerSheet.NONE or annex.damaged


def divider_top(style: Style) -> float:
    """Where the divider's flows begin, as a share of the text frame's height below its top."""
    return 0.0 if style.divider.sheet is DividerSheet.BANNER else style.divider.top


def divider_flows(
    annex: AnnexEntry, language: str, style: Style, setter: Typesetter, part: Element
) -> list[Flow]:
    """What stands on an annex's divider; its anchor is that of the annex. part: the annex in the structure tree.

    Label and title are one heading there.
    """
    words = fill(style.divider.line, annex_values(annex, style, language))
    match style.divider.sheet:
        case DividerSheet.PAGE | DividerSheet.NONE:
            flows = _page(annex, words, style, setter, part)
        case DividerSheet.BANNER:
            flows = [_band(annex, words, style, setter, part)]
        case _:
            assert_never(style.divider.sheet)
    if annex.damaged:
        said = setter.flow((Text(style.word("annex_damaged", language)),), "callout", element=part.add("P"))
        look = replace(style.callout, before=style.text["divider-title"].size)
        flows.append(Box(Stack([said]), look, rise=0.0))
    return flows


def _page(annex: AnnexEntry, words: str, style: Style, setter: Typesetter, part: Element) -> list[Flow]:
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
    flows.append(balanced(setter, annex.title, "divider-title", heading, mark=annex.mark))
    if words:
        flows.append(setter.flow((Text(words),), "divider-line", element=part.add("P")))
    return flows


def _band(annex: AnnexEntry, words: str, style: Style, setter: Typesetter, part: Element) -> Flow:
    """A band in the colour of the style's rule, as wide as the text: the label, and beside it title and quiet line."""
    ground = style.divider.rule_colour
    ink = WHITE if WHITE.contrast(ground) >= _READABLE else _BLACK
    heading = part.add("H1")
    label = setter.flow(
        (Text(annex.label),),
        "divider-label",
        element=heading,
        goes_on=True,
        anchor=annex.anchor,
        colour=ink,
        after=0.0,
    )
    # Quiet grey is not to be read on a band of colour: the mark is as the title.
    beside: list[Flow] = [
        setter.flow((Text(f"{annex.mark}{annex.title}"),), "divider-title", element=heading, colour=ink)
    ]
    if words:
        beside.append(
            setter.flow((Text(words),), "divider-line", element=part.add("P"), colour=ink, after=0.0)
        )
    air = Length(_PADDING * style.text["divider-title"].size)
    look = BoxLook(Length(0), ground, ground, air, air, Length(0), style.text["divider-title"].after)
    inner = float(style.page.text_width - 2 * air)
    share = (setter.line(annex.label, "divider-label").width + air) / inner
    if share > _WIDEST:
        return Box(Stack([label, *beside]), look, rise=0.0)
    width = inner * (1 - share) - air
    height = Stack([label]).fit(inner) - Stack(beside).fit(width)
    if height > 0:
        # In the middle beside the label.
        beside.insert(0, _Room(height / 2))
    columns = replace(style.columns, gap=air, rule=Length(0), before=Length(0), after=Length(0))
    parts = [Stack([label]), Stack(beside)]
    return Box(Stack([Beside(parts, (share, 1 - share), columns)]), look, rise=0.0)


class _Room(Plain):
    """White of a height in points."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height
