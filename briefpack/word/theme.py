"""The theme part: the style's colours and fonts where Word's menus look for them. No text refers to it."""

from __future__ import annotations

from briefpack.style import WHITE, Style
from briefpack.word.xml import Xml, element, part, quote

_SLOTS = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
# A theme must have three of each kind (ECMA-376 part 1, 20.1.4.1.13 to 20.1.4.1.15); plain ones, since nothing uses them.
_FILL = Xml('<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>')
_LINE = Xml(f'<a:ln w="6350">{_FILL}</a:ln>')
_EFFECT = Xml("<a:effectStyle><a:effectLst/></a:effectStyle>")


def theme_part(style: Style) -> bytes:
    """The whole of /word/theme/theme1.xml."""
    ink = style.text["body"].colour.hex
    title = style.text["section-title"].colour.hex
    quiet = style.text["secondary"].colour.hex
    link = style.text["link"].colour.hex
    accents = (title, quiet, style.table.line_colour.hex, style.callout.bar_colour.hex, ink, link)
    colours = (
        ("dk1", ink),
        ("lt1", WHITE.hex),
        ("dk2", title),
        ("lt2", WHITE.hex),
        *zip(_SLOTS, accents, strict=True),
        ("hlink", link),
        ("folHlink", link),
    )
    name = {"name": style.name}
    scheme = element(
        "a:clrScheme",
        dict(name),
        *(element(f"a:{slot}", None, element("a:srgbClr", {"val": colour})) for slot, colour in colours),
    )
    fonts = element(
        "a:fontScheme",
        dict(name),
        _font("major", style.fonts[style.text["section-title"].font].word),
        _font("minor", style.fonts[style.text["body"].font].word),
    )
    looks = element(
        "a:fmtScheme",
        dict(name),
        element("a:fillStyleLst", None, _FILL, _FILL, _FILL),
        element("a:lnStyleLst", None, _LINE, _LINE, _LINE),
        element("a:effectStyleLst", None, _EFFECT, _EFFECT, _EFFECT),
        element("a:bgFillStyleLst", None, _FILL, _FILL, _FILL),
    )
    return part(
        "a:theme",
        ("a",),
        element("a:themeElements", None, scheme, fonts, looks),
        attributes=f' name="{quote(style.name)}"',
    )


def _font(kind: str, family: str) -> Xml:
    others = Xml('<a:ea typeface=""/><a:cs typeface=""/>')
    return element(f"a:{kind}Font", None, element("a:latin", {"typeface": family}), others)
