"""Text as the audit compares it: a stream of letters and digits, folded, in which nothing is left of how words were set.

What writers, programs and editors do to words without changing them (ligatures, hyphens, soft ones and ends of lines among them, quotation marks, dashes, spaces
of any width, capitals, accents set apart, marks of no width) does not survive here, so that a sentence is found whatever became of it on its way.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_PLAIN_WORD = re.compile("[a-z0-9]+")
_OTHER = re.compile("[^\x00-\x7f]+")
_LOWER = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_MANY = 8
"""Of so many bytes one is of another letter than ASCII has, and the text is folded as a whole."""
_WITHIN = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+"
)
"""What stands within words and is no letter of them."""
_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u052f]")
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
    return _PLAIN_WORD.findall(plain) if plain.isascii() else _WORD.findall(_WITHIN.sub("", plain))


def squeezed(text: str) -> bytes:
    """Its letters and digits and nothing else, as UTF-8."""
    if not text.isascii():
        # No folding looks beyond the next letter of ASCII, so that what is none can be folded by itself.
        many = (len(text.encode("utf-8", "replace")) - len(text)) * _MANY > len(text)
        text = _others(text) if many else _OTHER.sub(lambda found: _others(found[0]), text)
    return text.encode("utf-8", "replace").translate(_LOWER, _NO_LETTERS)


@lru_cache(maxsize=4096)
def _others(text: str) -> str:
    return "".join(_WORD.findall(folded(text)))
