"""A number as a language prints it: its decimal sign, its groups of three digits, a true minus."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from briefpack.resolve.languages import of_language

NARROW_SPACE = "\u202f"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Digits:
    """decimal, group: the signs. least: digits before the decimal sign from which they are grouped."""

    decimal: str
    group: str
    least: int = 4


_POINT = Digits(",", ".")
_SPACE = Digits(",", NARROW_SPACE)
_SPACE_FROM_FIVE = Digits(",", NARROW_SPACE, 5)

DIGITS = {
    "en": Digits(".", ","),
    "bg": _SPACE_FROM_FIVE,
    "cs": _SPACE,
    "da": _POINT,
    "de": _POINT,
    "de-at": _SPACE,
    "de-ch": Digits(".", "’"),
    "el": _POINT,
    "es": _SPACE_FROM_FIVE,
    "et": _SPACE_FROM_FIVE,
    "fi": _SPACE,
    "fr": _SPACE,
    "hr": _POINT,
    "hu": _SPACE_FROM_FIVE,
    "it": _POINT,
    "it-ch": Digits(".", "’"),
    "lt": _SPACE,
    "lv": _SPACE_FROM_FIVE,
    "nb": _SPACE,
    "nl": _POINT,
    "nn": _SPACE,
    "no": _SPACE,
    "pl": _SPACE_FROM_FIVE,
    "pt": _SPACE_FROM_FIVE,
    "pt-br": _POINT,
    "ro": _POINT,
    "sk": _SPACE,
    "sl": _POINT,
    "sv": _SPACE,
    "tr": _POINT,
    "uk": _SPACE_FROM_FIVE,
}
"""By language tag in small letters: the customs of its press and its official texts."""


def printed_number(value: Decimal, language: str) -> str:
    """A finite number in a language's signs, with the decimals that it was written with: 1234.50 is "1,234.50" in English,
    "1 234,50" in French (with a narrow no-break space). Raises ValueError for what is no finite number.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is no number that could be printed")
    customs = of_language(DIGITS, language)
    sign = MINUS if value.is_signed() and value != 0 else ""
    whole, _, fraction = format(value.copy_abs(), "f").partition(".")
    return f"{sign}{_grouped(whole, customs)}{customs.decimal if fraction else ''}{fraction}"


def _grouped(digits: str, customs: Digits) -> str:
    if len(digits) < customs.least:
        return digits
    first = len(digits) % 3
    groups = [digits[:first]] if first else []
    groups.extend(digits[start : start + 3] for start in range(first, len(digits), 3))
    return customs.group.join(groups)
