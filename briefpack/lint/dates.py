"""Rules about dates in words: a day of the week that does not go with its date, and dates that no calendar has."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from briefpack.errors import Diagnostic
from briefpack.lint.case import Case, base_language, warn
from briefpack.lint.walk import Passage
from briefpack.style import Style

_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_HIGHEST_SLIP = 39
"""What is higher and has no year behind the month is a number that happens to stand before it."""
_EARLIEST = 1753
"""Before that, countries counted their days differently."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's names. found: weekday, day, month, year; dated: month, day, year after a weekday, as Americans write."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    found: re.Pattern[str]
    turned: re.Pattern[str]


def check_dates(case: Case) -> Iterator[Diagnostic]:
    today = case.pack.meta.date
    words = {
        language: _words_of(case.style, language)
        for language in {base_language(passage.language) for passage in case.texts}
    }
    for passage in case.texts:
        if _DIGIT.search(passage.text):
            yield from _check(
                passage, words[base_language(passage.language)], today.date() if today is not None else None
            )


def _words_of(style: Style, language: str) -> _Words:
    months = tuple(style.word(f"month_{n}", language) for n in range(1, 13))
    weekdays = tuple(style.word(f"weekday_{n}", language) for n in range(1, 8))
    return _compiled(months, weekdays)


@lru_cache(maxsize=16)
def _compiled(months: tuple[str, ...], weekdays: tuple[str, ...]) -> _Words:
    # As the language writes them, or with a capital: “all 32 may agree” is no date.
    day_of_week = "|".join(re.escape(form) for name in weekdays for form in {name: 1, name.capitalize(): 1})
    month = "|".join(re.escape(form) for name in months for form in {name: 1, name.capitalize(): 1})
    found = re.compile(
        rf"(?:\b(?P<weekday>{day_of_week}),?\s+(?:the\s+|le\s+)?)?"
        r"(?<![\d.,:/–-])(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
        rf"(?:\s*[–-]\s*(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?"
        rf"\s+(?:of\s+)?(?P<month>{month})\b(?:,?\s+(?P<year>\d{{4}})\b)?",
    )
    turned = re.compile(
        rf"\b(?P<weekday>{day_of_week}),\s+(?P<month>{month})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*(?P<year>\d{{4}})\b)?(?![\d:])",
    )
    return _Words(
        tuple(name.casefold() for name in months),
        tuple(name.casefold() for name in weekdays),
        found,
        turned,
    )


def _check(passage: Passage, words: _Words, today: date | None) -> Iterator[Diagnostic]:
    for match in words.found.finditer(passage.text):
        yield from _one(passage, match, words, today)
    for match in words.turned.finditer(passage.text):
        yield from _one(passage, match, words, today)
    for match in _ISO.finditer(passage.text):
        year, month, day = map(int, match.groups())
        if not _exists(year, month, day):
            yield _impossible(passage, match[0])


def _one(passage: Passage, match: re.Match[str], words: _Words, today: date | None) -> Iterator[Diagnostic]:
    month = words.months.index(match["month"].casefold()) + 1
    day = int(match["day"])
    last = match.groupdict().get("last")
    year = int(match["year"]) if match["year"] else None
    if max(day, int(last or 0)) > _HIGHEST_SLIP and year is None:
        return
    # Any year will do where none is given: 29 February is a date.
    if not all(_exists(year or 2000, month, int(number)) for number in (day, last) if number):
        yield _impossible(passage, match[0])
        return
    if match["weekday"] is None:
        return
    when = date(year, month, day) if year is not None else _nearest(month, day, today)
    if when is None or when.year < _EARLIEST:
        return
    said = words.weekdays.index(match["weekday"].casefold()) + 1
    if said != when.isoweekday():
        right = words.weekdays[when.isoweekday() - 1]
        shown = right.capitalize() if match["weekday"][0].isupper() else right
        in_year = "" if year is not None else f" in {when.year}"
        yield warn(
            "wrong-weekday",
            passage.where,
            f"“{match[0]}”: that day is a {shown}{in_year}",
            "correct the day of the week or the date",
        )


def _nearest(month: int, day: int, today: date | None) -> date | None:
    """The day with that name which is nearest to the pack's own date; None without one, or for 29 February."""
    if today is None or (month, day) == (2, 29):
        return None
    years = (today.year - 1, today.year, today.year + 1)
    return min((date(year, month, day) for year in years), key=lambda when: abs(when - today))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and year >= 1 and 1 <= day <= monthrange(year, month)[1]


def _impossible(passage: Passage, shown: str) -> Diagnostic:
    return warn(
        "impossible-date",
        passage.where,
        f"“{shown}” is not in the calendar",
        "correct the day, the month or the year",
    )
