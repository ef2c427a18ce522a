"""Names of glyphs in fonts → letters, by the Adobe Glyph List Specification, section 2; the names of Latin letters are put together from their parts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS = {
    "acute": "\u0301", "grave": "\u0300", "circumflex": "\u0302", "dieresis": "\u0308", "tilde": "\u0303", "ring": "\u030a",
    "caron": "\u030c", "cedilla": "\u0327", "ogonek": "\u0328", "macron": "\u0304", "breve": "\u0306", "dotaccent": "\u0307",
    "hungarumlaut": "\u030b", "commaaccent": "\u0326",
}  # fmt: skip
_WHOLE = {
    "space": " ", "nbspace": " ", "nonbreakingspace": " ", "exclam": "!", "quotedbl": '"', "numbersign": "#", "dollar": "$", "percent": "%",
    "ampersand": "&", "quotesingle": "'", "quoteright": "’", "quoteleft": "‘", "parenleft": "(", "parenright": ")", "asterisk": "*",
    "plus": "+", "comma": ",", "hyphen": "-", "minus": "−", "period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "colon": ":", "semicolon": ";",
    "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\", "bracketright": "]",
    "asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~",
    "exclamdown": "¡", "cent": "¢", "sterling": "£", "currency": "¤", "yen": "¥", "brokenbar": "¦", "section": "§", "copyright": "©",
    "ordfeminine": "ª", "guillemotleft": "«", "logicalnot": "¬", "softhyphen": "\u00ad", "sfthyphen": "\u00ad", "registered": "®",
    "degree": "°", "plusminus": "±", "mu": "µ", "paragraph": "¶", "periodcentered": "·", "ordmasculine": "º", "guillemotright": "»",
    "onequarter": "¼", "onehalf": "½", "threequarters": "¾", "questiondown": "¿", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ",
    "Oslash": "Ø", "oslash": "ø", "germandbls": "ß", "Thorn": "Þ", "thorn": "þ", "Eth": "Ð", "eth": "ð", "Lslash": "Ł", "lslash": "ł",
    "Dcroat": "Đ", "dcroat": "đ", "dotlessi": "ı", "multiply": "×", "divide": "÷", "florin": "ƒ", "endash": "–", "emdash": "—",
    "quotesinglbase": "‚", "quotedblleft": "“", "quotedblright": "”", "quotedblbase": "„", "dagger": "†", "daggerdbl": "‡", "bullet": "•",
    "ellipsis": "…", "perthousand": "‰", "guilsinglleft": "‹", "guilsinglright": "›", "fraction": "⁄", "Euro": "€", "euro": "€",
    "trademark": "™", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "figuredash": "‒", "nbhyphen": "‑",
    "onesuperior": "¹", "twosuperior": "²", "threesuperior": "³", "afii10017": "А",
}  # fmt: skip
_GREEK = frozenset(
    (
        *(
            "Alpha",
            "Beta",
            "Gamma",
            "Delta",
            "Epsilon",
            "Zeta",
            "Eta",
            "Theta",
            "Iota",
            "Kappa",
            "Lambda",
            "Mu",
        ),
        *("Nu", "Xi", "Omicron", "Pi", "Rho", "Sigma", "Tau", "Upsilon", "Phi", "Chi", "Psi", "Omega"),
    )
)
_UNI = re.compile(r"uni((?:[0-9A-Fa-f]{4})+)|u([0-9A-Fa-f]{4,6})")
_ACCENTED = re.compile(r"([A-Za-z])(" + "|".join(_ACCENTS) + ")")
_CYRILLIC = re.compile(r"afii10(0(?:1[7-9]|[2-8]\d|9[0-7]))")


@lru_cache(maxsize=4096)
def letters_of(name: str) -> str:
    """The letters of a glyph; "" when its name tells none."""
    return "".join(map(_component, name.split(".", 1)[0].split("_")))


def _component(name: str) -> str:
    known = _WHOLE.get(name)
    if known is not None:
        return known
    if len(name) == 1:
        return name
    found = _UNI.fullmatch(name)
    if found is not None:
        digits = found[1] or ""
        codes = [int(digits[at : at + 4], 16) for at in range(0, len(digits), 4)] or [int(found[2], 16)]
        return "".join(chr(code) for code in codes if code < 0xD800 or 0xE000 <= code < 0x110000)
    accented = _ACCENTED.fullmatch(name)
    if accented is not None:
        return unicodedata.normalize("NFC", accented[1] + _ACCENTS[accented[2]])
    if name.capitalize() in _GREEK:
        kind = "CAPITAL" if name[0].isupper() else "SMALL"
        return unicodedata.lookup(f"GREEK {kind} LETTER {name.upper().replace('LAMBDA', 'LAMDA')}")
    return _cyrillic(name)


def _cyrillic(name: str) -> str:
    """afii10017 to afii10049 are the capital letters from А to Я, with Ё after Е, afii10065 to afii10097 the small ones."""
    found = _CYRILLIC.fullmatch(name)
    if found is None:
        return ""
    number = int(found[1])
    for first, start, extra in ((17, 0x410, "Ё"), (65, 0x430, "ё")):
        place = number - first
        if 0 <= place <= 32:
            return extra if place == 6 else chr(start + place - (place > 6))
    return ""
