"""A date in the words of the style and the language: "3 April 2025", "jeudi 1er mai 2025"."""

from __future__ import annotations

from datetime import date, datetime

from briefpack.style import Style


def date_in_words(value: date, style: Style, language: str, *, long: bool = False) -> str:
    """long: with the day of the week. The month is always a word, never a number."""
    first = style.word("first_of_month", language)
    return (
        style.word("long_date_format" if long else "date_format", language)
        .replace("{weekday}", style.word(f"weekday_{value.isoweekday()}", language))
        .replace("{day}", first if value.day == 1 else str(value.day))
        .replace("{month}", style.word(f"month_{value.month}", language))
        .replace("{year}", str(value.year))
    )


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
