"""Text as the audit compares it: a stream of letters and digits, folded, in which nothing is left of how words were set.

What writers, programs and editors do to words without changing them (ligatures, hyphens, soft ones and ends of lines among them, quotation marks, dashes, spaces
of any width, capitals, accents set apart, marks of no width) does not survive here, so that a sentence is found whatever became of it on its way.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_WITHIN = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+"
)
"""What stands within words and is no letter of them."""
_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u04ff]")
_ALIKE = str.maketrans("авеёкмнорсстухіјѕһԁԛԝαεικνορτυχ", "abeekmhopcctyxijshdqwaeiknoptux")
"""Small letters of other scripts that look like Latin ones, so that no sentence hides behind them; it is done to what is searched for as well."""
GAP = "\ufffc"
"""Stands in a text where something else is printed than stands there: a reference, the mark of a note."""


def folded(text: str) -> str:
    """The text in its plainest letters: compatible forms are one, capitals small, letters that look alike the same, accents apart from their letters (and so lost among words)."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return plain.translate(_ALIKE) if _GREEK_OR_CYRILLIC.search(plain) else plain


def words_of(text: str) -> list[str]:
    """The runs of letters and digits in a text, folded; an accent or a soft hyphen ends no word."""
    plain = folded(text)
    return _WORD.findall(plain if plain.isascii() else _WITHIN.sub("", plain))


def squeezed(text: str) -> bytes:
    """Its letters and digits and nothing else, as UTF-8."""
    return "".join(_WORD.findall(folded(text))).encode("utf-8", "replace")
