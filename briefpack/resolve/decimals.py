"""Numbers below each other at their decimal signs: what each lacks of the longest fraction in its column; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from briefpack.document import LineBreak, NoteReference, Position, Spans, Text, plain_text
from briefpack.resolve.numbers import printed_number

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"[-+−–±<>≈~]?[{_SPACES}]?(?:[€$£¥][{_SPACES}]?)?(\d[\d.,'’{_SPACES}]*|[.,]\d+)(?:[{_SPACES}]?[%‰])?\Z"
)


def number_in(spans: Spans) -> str | None:
    """The number that a cell is, without what stands around its digits; None when it is words.

    Marks of notes, which stand above the line, are no part of it.
    """
    if any(isinstance(span, LineBreak) for span in spans):
        return None
    on_line = tuple(
        span
        for span in spans
        if not isinstance(span, NoteReference)
        and not (isinstance(span, Text) and span.position is not Position.LINE)
    )
    match = _NUMBER.match(plain_text(on_line).strip())
    return match[1].strip(_SPACES) if match else None


_TYPED = re.compile(r"(-?)([1-9]\d*|0)(?:\.(\d+))?\Z", re.ASCII)
"""A number as it is typed for a machine, and as a chart's numbers are: no groups, a point before the fraction."""


def in_language(spans: Spans, language: str) -> Spans:
    """A cell that is nothing but a number as it is typed, in the signs of the language; any other as it is."""
    if len(spans) != 1 or not isinstance(text := spans[0], Text) or text.code or not _TYPED.match(text.text):
        return spans
    return (replace(text, text=printed_number(Decimal(text.text), language)),)


def tails(numbers: Sequence[str | None], language: str) -> list[str]:
    """For each number the characters that keep it off the edge, "" for none and for what is no number.

    language: BCP 47 tag; it decides what "1.234" is where the other numbers do not.
    """
    sign = _decimal_sign(numbers, language)
    fractions = [None if number is None else _fraction(number, sign) for number in numbers]
    longest = max((fraction for fraction in fractions if fraction is not None), key=len, default="")
    filler = sign + "0" * (len(longest) - 1) if longest else ""
    return ["" if fraction is None else filler[len(fraction) :] for fraction in fractions]


def _fraction(number: str, sign: str) -> str:
    _, found, digits = number.partition(sign)
    # A sign that comes twice divides groups of digits.
    return f"{found}{digits}" if found and sign not in digits else ""


def _decimal_sign(numbers: Sequence[str | None], language: str) -> str:
    """The sign that the numbers of a column leave no doubt about, else that of the language."""
    for number in numbers:
        signs = re.findall(r"[.,]", number or "")
        if len(set(signs)) == 2:
            return str(signs[-1])
        if len(signs) == 1 and not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", number or ""):
            return str(signs[0])
    return "." if language.split("-", maxsplit=1)[0].lower() == "en" else ","
