"""The watermark: large pale words across the page, drawn from every header as Word's own watermarks are."""

from __future__ import annotations

import math

from briefpack.style import Style
from briefpack.word.xml import Xml, quote

# Mean width of a bold capital, a share of the size; Word stretches the letters to their frame, so this decides their
# proportions and not whether they fit.
_CAPITAL = 0.56
# Height of the frame that letters fill at their own proportions, a share of the size: a line from the top of its
# ascenders to the foot of its descenders, 1.22 in Calibri.
LINE = 1.22

# How much of the sheet's chord along its slant a watermark may take.
_REACH = 0.92
# Keeps a horizontal or upright line from being endless.
_FLAT = 1e-6

# The shape type of plain text along a straight path, as every Office application writes it (ECMA-376 part 4, 19.1.2.20).
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
    '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
    '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)


def watermark(words: str, style: Style, number: int) -> Xml:
    """A run with the watermark, centred on the sheet. number: of the header part, for the drawing's own id."""
    text = style.text["watermark"]
    size = float(text.size)
    width = len(words) * size * (_CAPITAL + text.tracking)
    scale = min(1.0, _REACH * _chord(style) / width)
    # Word turns clockwise, the style counts counter-clockwise.
    rotation = round(-style.watermark_angle) % 360
    place = (
        f"margin-left:0;margin-top:0;width:{width * scale:.1f}pt;height:{size * LINE * scale:.1f}pt;"
        f"rotation:{rotation};z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:page;mso-position-vertical:center;"
        "mso-position-vertical-relative:page"
    )
    # The beginning of the id is how Word's "remove watermark" finds it.
    return Xml(opening(f"PowerPlusWaterMarkObject{number}", 2048 + number) + stretched(words, style, place))


def opening(name: str, number: int, *, typed: bool = True) -> str:
    """The beginning of a run with words that are stretched. name, number: of their shape.

    typed: whether it brings the type of its shape along, which the first one of a part must and no other may.
    """
    kind = _SHAPE_TYPE if typed else ""
    return (
        f'<w:r><w:rPr><w:noProof/></w:rPr><w:pict>{kind}<v:shape id="{name}" o:spid="_x0000_s{number}" '
        'type="#_x0000_t136" '
    )


def stretched(words: str, style: Style, place: str) -> str:
    """The rest of such a run: words in the look of watermarks. place: of the box that they fill, as VML says it."""
    text = style.text["watermark"]
    printed = words.upper() if text.caps else words
    family = quote(style.fonts[text.font].word)
    weight = "font-weight:bold;" if text.bold else ""
    slant = "font-style:italic;" if text.italic else ""
    return (
        f'style="position:absolute;{place}" '
        f'o:allowincell="f" fillcolor="#{text.colour.hex.lower()}" stroked="f" alt="{quote(words)}">'
        f'<v:textpath style="font-family:&quot;{family}&quot;;font-size:1pt;{weight}{slant}" '
        f'string="{quote(printed)}"/></v:shape></w:pict></w:r>'
    )


def _chord(style: Style) -> float:
    """Length of the line through the sheet's centre at the watermark's slant, in points."""
    angle = math.radians(style.watermark_angle)
    across = style.page.width / max(abs(math.cos(angle)), _FLAT)
    return min(across, style.page.height / max(abs(math.sin(angle)), _FLAT))
