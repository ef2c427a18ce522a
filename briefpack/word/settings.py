"""The settings part and the font table."""

from __future__ import annotations

from briefpack.style import Style
from briefpack.word.footnotes import CONTINUATION_ID, SEPARATOR_ID
from briefpack.word.xml import EMPTY, Xml, element, part, value

# The version of Word whose layout rules count; below 15 Word opens the file in "compatibility mode".
_COMPATIBILITY = 15
_MICROSOFT = "http://schemas.microsoft.com/office/word"
_FOOTNOTES = element(
    "w:footnotePr",
    None,
    element("w:footnote", {"w:id": SEPARATOR_ID}),
    element("w:footnote", {"w:id": CONTINUATION_ID}),
)


def settings_part(style: Style, language: str, *, notes: bool = False) -> bytes:
    """The whole of /word/settings.xml, in the order of the schema. No w:updateFields: it makes Word ask.

    notes: whether there are footnotes, whose separators are named here.
    """
    two_sided = style.page.two_sided
    hyphenates = any(text.hyphenate for text in style.text.values())
    compatibility = element(
        "w:compat",
        None,
        *(
            element("w:compatSetting", {"w:name": name, "w:uri": _MICROSOFT, "w:val": setting})
            for name, setting in (
                ("compatibilityMode", _COMPATIBILITY),
                ("overrideTableStyleFontSizeAndJustification", 1),
                ("enableOpenTypeFeatures", 1),
                ("doNotFlipMirrorIndents", 1),
                ("differentiateMultirowTableHeaders", 1),
                ("useWord2013TrackBottomHyphenation", 0),
            )
        ),
    )
    return part(
        "w:settings",
        ("w",),
        element("w:zoom", {"w:percent": 100}),
        Xml("<w:mirrorMargins/>") if two_sided else EMPTY,
        value("defaultTabStop", 720),
        Xml("<w:autoHyphenation/>") if hyphenates else EMPTY,
        Xml("<w:evenAndOddHeaders/>") if two_sided else EMPTY,
        value("characterSpacingControl", "doNotCompress"),
        _FOOTNOTES if notes else EMPTY,
        compatibility,
        element("w:themeFontLang", {"w:val": language}),
        value("decimalSymbol", "."),
        value("listSeparator", ","),
    )


def font_table_part(style: Style) -> bytes:
    """The whole of /word/fontTable.xml: each font by Word's name, with its metric twin where it is not installed."""
    used = {style.fonts[text.font].word: style.fonts[text.font].name for text in style.text.values()}
    fonts = (
        element(
            "w:font",
            {"w:name": word},
            value("altName", twin) if twin != word else EMPTY,
            value("charset", "00"),
            value("family", "auto"),
            value("pitch", "variable"),
        )
        for word, twin in sorted(used.items())
    )
    return part("w:fonts", ("w",), *fonts)
