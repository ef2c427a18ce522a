"""A TextStyle in Word's terms: properties of paragraphs and runs as ordered pieces of markup.

Word counts spacing and indents in twips (twentieths of a point), sizes in half points and borders in eighths.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from briefpack.document import Align
from briefpack.style import BoxLook, Length, Style, TextStyle
from briefpack.word.xml import EMPTY, Xml, element, join, quote, value

# Word refuses a border further than 31 points from its text (ECMA-376 part 1, 17.18.68, ST_PointMeasure of borders).
_FARTHEST_BORDER = 31
# The thinnest border Word draws, eighths of a point; used where a border only carries the fill outwards.
_THINNEST = 2
# The colour of such borders where a box has no fill: there they carry its bar alone, and are not to be seen.
_PAPER = "FFFFFF"
WEB_HIDDEN = Xml("<w:webHidden/>")
"""The property of what is not shown where there are no pages."""


def justification(align: Align) -> str:
    """The value of w:jc for an alignment."""
    match align:
        case Align.LEFT:
            return "left"
        case Align.CENTRE:
            return "center"
        case Align.RIGHT:
            return "right"
        case Align.JUSTIFY:
            return "both"
        case _:
            assert_never(align)


def switch(name: str, on: bool) -> Xml:
    """A property that is on or off, always said outright so that nothing is inherited by accident."""
    return Xml(f"<w:{name}/>") if on else Xml(f'<w:{name} w:val="0"/>')


def fonts(style: Style, family: str) -> Xml:
    """All four slots of w:rFonts with the name Word is given for a family."""
    name = quote(style.fonts[family].word)
    return Xml(f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>')


def half_points(size: Length) -> int:
    """Word's unit of font sizes."""
    return round(size * 2)


def run_look(style: Style, text: TextStyle) -> dict[str, Xml]:
    """Every property of a run a TextStyle decides, by name, in the order of the schema (CT_RPr)."""
    size = half_points(text.size)
    return {
        "rFonts": fonts(style, text.font),
        "b": switch("b", text.bold),
        "bCs": switch("bCs", text.bold),
        "i": switch("i", text.italic),
        "iCs": switch("iCs", text.italic),
        "caps": switch("caps", text.caps),
        "color": value("color", text.colour.hex),
        "spacing": value("spacing", round(text.tracking * text.size * 20)),
        "sz": value("sz", size),
        "szCs": value("szCs", size),
        "u": value("u", "single" if text.underline else "none"),
    }


def line_pitch(text: TextStyle) -> int:
    """Distance from baseline to baseline in twips."""
    return Length(text.line_pitch).twips


def indent(left: int, right: int, first: int) -> Xml:
    """Indents in twips; first is relative to left, negative for a hanging first line."""
    if first < 0:
        return element("w:ind", {"w:left": left, "w:right": right, "w:hanging": -first})
    return element("w:ind", {"w:left": left, "w:right": right, "w:firstLine": first})


def paragraph_look(text: TextStyle) -> dict[str, Xml]:
    """Every property of a paragraph a TextStyle decides, by name, in the order of the schema (CT_PPr).

    numPr, pBdr, shd and tabs are there as empty places, so that a caller can fill them without minding the order.
    """
    return {
        "keepNext": switch("keepNext", text.keep_with_next),
        "keepLines": EMPTY,
        "widowControl": switch("widowControl", on=True),
        "numPr": EMPTY,
        "pBdr": EMPTY,
        "shd": EMPTY,
        "tabs": EMPTY,
        "suppressAutoHyphens": switch("suppressAutoHyphens", not text.hyphenate),
        "spacing": element(
            "w:spacing",
            {
                "w:before": text.before.twips,
                "w:after": text.after.twips,
                "w:line": line_pitch(text),
                "w:lineRule": "exact",
            },
        ),
        "ind": indent(text.left.twips, text.right.twips, text.first.twips),
        "jc": value("jc", justification(text.align)),
        "outlineLvl": EMPTY,
    }


def border(side: str, width: Length, colour: str, space: float = 0) -> Xml:
    """One side's border, or none where width is 0. space: points between it and the text."""
    if width <= 0:
        return element(f"w:{side}", {"w:val": "nil"})
    return element(
        f"w:{side}",
        {
            "w:val": "single",
            "w:sz": max(_THINNEST, round(width * 8)),
            "w:space": min(_FARTHEST_BORDER, max(0, round(space))),
            "w:color": colour,
        },
    )


def has_look(box: BoxLook) -> bool:
    """Whether there is anything of a box to see."""
    return box.bar > 0 or box.fill is not None


def box_insets(box: BoxLook) -> tuple[int, int]:
    """What a box takes from its text at the left and at the right, in twips.

    Word draws a border outside the text's indent, and keeps the distance in whole points.
    """
    padding = min(_FARTHEST_BORDER, round(box.padding_x))
    if not has_look(box):
        return 0, 0
    return Length(box.bar + padding).twips, Length(padding).twips if box.fill else 0


def box_excess(box: BoxLook) -> int:
    """What a box is higher in Word than it should be, above its text and below it alike, in twips; negative where it is lower.

    Word adds the border to the padding, and keeps that in whole points.
    """
    if not has_look(box) or (box.fill is None and box.padding_y <= 0):
        return 0
    return Length(_THINNEST / 8 + min(_FARTHEST_BORDER, round(box.padding_y)) - box.padding_y).twips


def box_borders(box: BoxLook, *, alternate: bool = False) -> tuple[Xml, Xml]:
    """w:pBdr and w:shd of a box: the accent bar, and bar and fill carried outwards by borders of the fill's colour.

    alternate: borders and a fill that look the same and are not equal, to keep a box apart from the one above it;
    Word makes one box of neighbours with equal borders, LibreOffice fills the space between equal fills.
    """
    thin = Length((_THINNEST + alternate) / 8)
    if not has_look(box):
        return EMPTY, EMPTY
    fill = None
    if box.fill is not None:
        fill = (replace(box.fill, blue=box.fill.blue ^ 1) if alternate else box.fill).hex
    edge = fill or _PAPER
    sides: list[Xml] = []
    if fill or box.padding_y > 0:
        sides.append(border("top", thin, edge, box.padding_y))
    if box.bar > 0:
        sides.append(border("left", Length(box.bar + alternate / 8), box.bar_colour.hex, box.padding_x))
    else:
        sides.append(border("left", thin, edge, box.padding_x))
    if fill or box.padding_y > 0:
        sides.append(border("bottom", thin, edge, box.padding_y))
    if fill:
        sides.append(border("right", thin, edge, box.padding_x))
    return element("w:pBdr", None, *sides), shading(fill) if fill else EMPTY


def shading(fill: str) -> Xml:
    """A plain fill. fill: six hexadecimal digits."""
    return element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill})


def tab(kind: str, position: int, leader: str = "none") -> Xml:
    """A tab stop. position: twips from the left margin."""
    return element("w:tab", {"w:val": kind, "w:leader": leader, "w:pos": position})


def leader(style: Style) -> str:
    """What stands between the words of an entry and its page, in Word's terms."""
    printed = style.contents.leader.strip()
    known = {".": "dot", "·": "middleDot", "-": "hyphen", "_": "underscore"}
    return known.get(printed, "dot") if printed else "none"


def leader_look(style: Style, hidden: Xml = WEB_HIDDEN) -> Xml:
    """Properties of the tab that leads to a page: paler than the words beside it, and never bold. hidden: EMPTY where it is seen on the Web too."""
    colour = style.contents.leader_colour.hex
    return join((Xml('<w:b w:val="0"/><w:bCs w:val="0"/>'), hidden, value("color", colour)))
