"""A date, or several days, in the words of the style and the language: "3 April 2025", "jeudi 1er mai 2025", "10–12 March 2025"."""

from __future__ import annotations

from datetime import date, datetime

from briefpack.style import Style

_DASH = "\u2013"


def date_in_words(value: date, style: Style, language: str, *, long: bool = False) -> str:
    """long: with the day of the week. The month is always a word, never a number."""
    return _filled(
        style.word("long_date_format" if long else "date_format", language), value, style, language
    )


def _filled(pattern: str, value: date, style: Style, language: str) -> str:
    return (
        pattern.replace("{weekday}", style.word(f"weekday_{value.isoweekday()}", language))
        .replace("{day}", _day(value, style, language))
        .replace("{month}", style.word(f"month_{value.month}", language))
        .replace("{year}", str(value.year))
    )


def _day(value: date, style: Style, language: str) -> str:
    return style.word("first_of_month", language) if value.day == 1 else str(value.day)


def range_in_words(first: date, last: date, style: Style, language: str) -> str:
    """The days from first to last, which is not before first: "10–12 March 2025", "30 March – 2 April 2025",
    "30 December 2024 – 2 January 2025", "1er–3 mai 2025". What both have in common is said once; one day is that day.
    """
    pattern = style.word("date_format", language)
    if first == last:
        return date_in_words(first, style, language)
    if (first.year, first.month) == (last.year, last.month):
        # Where a day ends in a full stop, both do: "10.–12. März".
        stop = "." if "{day}." in pattern else ""
        days = f"{_day(first, style, language)}{stop}{_DASH}{_day(last, style, language)}"
        return _filled(pattern.replace("{day}", days), last, style, language)
    opening = _without_year(pattern) if first.year == last.year else pattern
    whole = _filled(pattern, last, style, language)
    return f"{_filled(opening, first, style, language)} {_DASH} {whole}"


def _without_year(pattern: str) -> str:
    """The pattern as far as its day and month go; unchanged where the year does not stand behind them."""
    before, year, after = pattern.partition("{year}")
    if not year or "{" in after:
        return pattern
    return before[: max(before.rfind("{day}") + len("{day}"), before.rfind("{month}") + len("{month}"))]


def moment_in_words(value: datetime, style: Style, language: str, *, with_time: bool) -> str:
    """The date, and with_time the time of day after a comma: "2 April 2025, 18:00"."""
    day = date_in_words(value, style, language)
    if not with_time:
        return day
    time = (
        style.word("time_format", language)
        .replace("{hour}", f"{value.hour:02}")
        .replace("{minute}", f"{value.minute:02}")
    )
    return f"{day}, {time}"


def capitalised(words: str) -> str:
    """Words that stand alone begin with a capital: only the first letter changes, and only when the
    first word is all lower case ("iPhone" stays)."""
    first = words.split(maxsplit=1)[0] if words.split() else ""
    return words[0].upper() + words[1:] if first.islower() else words
