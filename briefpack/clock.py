"""Times of day, how long things take, and whose clock shows what; pure, and from the packaged time zones alone.

Times are minutes from the midnight on which a day begins; what is past the next midnight has more than 1440.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

DAY = 24 * 60
"""Minutes of a day."""

_TIME = r"(\d{1,2})(?::(\d{2})| ?h ?(\d{2})?)"
_TIMES = re.compile(rf"{_TIME}(?: ?[–—-] ?{_TIME})?")
_LIKE_TIMES = re.compile(r"(?=.*(?:\d ?[.:,hH]|[.:,] ?\d|\d{3}))[\d .:,hH–—-]+")
"""Nothing but digits and what stands between them in times. "9" and "9–11" may be meant as words."""
_DURATION = re.compile(r"(?:(\d{1,2}) ?h)?(?: ?(\d{1,3}) ?(min)?)?")
_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+\-−–])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)

_CAPITALS = {
    "abuja": "Africa/Lagos",
    "ankara": "Europe/Istanbul",
    "beijing": "Asia/Shanghai",
    "bern": "Europe/Zurich",
    "brasilia": "America/Sao_Paulo",
    "brasília": "America/Sao_Paulo",
    "canberra": "Australia/Sydney",
    "geneva": "Europe/Zurich",
    "hanoi": "Asia/Ho_Chi_Minh",
    "islamabad": "Asia/Karachi",
    "kiev": "Europe/Kyiv",
    "new delhi": "Asia/Kolkata",
    "ottawa": "America/Toronto",
    "pretoria": "Africa/Johannesburg",
    "rabat": "Africa/Casablanca",
    "reykjavik": "Atlantic/Reykjavik",
    "strasbourg": "Europe/Paris",
    "the hague": "Europe/Amsterdam",
    "washington": "America/New_York",
    "wellington": "Pacific/Auckland",
}
"""Places where meetings are held and governments sit, and which give no time zone its name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no time, and what to write."""

    message: str
    hint: str


# --------------------------------------------------------------------------- what an author writes


def read_times(text: str) -> tuple[int, int | None] | Fault | None:
    """When something begins and ends, None for an end that is not given: "12:30–14:30", "9 h 30".

    An end before the beginning is on the next day. None when the text is words and means no time of the clock.
    """
    match = _TIMES.fullmatch(text.strip())
    if match is None:
        return _like_times(text.strip()) if _LIKE_TIMES.fullmatch(text.strip()) else None
    ranged = match[4] is not None
    start = _minutes(match[1], match[2] or match[3])
    end = _minutes(match[4], match[5] or match[6]) if ranged else None
    if start is None or (ranged and end is None):
        return Fault(f"“{text}” is no time of day", "hours go from 0 to 23, minutes from 00 to 59")
    if start == DAY:
        return Fault(f"“{text}” begins at the end of the day", "write 00:00, under the day that begins then")
    if end is None:
        return start, None
    if end == start:
        return Fault(f"“{text}” ends when it begins", "write the time alone, or a later end")
    return start, end if end > start else end + DAY


def _minutes(hours: str, minutes: str | None) -> int | None:
    made = int(hours) * 60 + int(minutes or 0)
    return made if int(minutes or 0) < 60 and made <= DAY else None


def _like_times(text: str) -> Fault:
    mended = re.sub(r"\b(\d{1,2})[.,](\d{2})\b", r"\1:\2", text)
    mended = re.sub(r"\b(\d{2})(\d{2})\b", r"\1:\2", mended)
    known = mended != text and isinstance(read_times(mended), tuple)
    return Fault(
        f"“{text}” is no time that can be read", f"write {mended}" if known else "write 14:30 or 12:30–14:30"
    )


def read_duration(text: str) -> int | Fault:
    """Minutes: "90 min", "1 h 30", "2 h"."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or (match[1] is None and match[3] is None):
        bare = re.fullmatch(r"\d{1,3}", text.strip())
        return Fault(
            f"“{text}” is no duration", f"write {bare[0]} min" if bare else "write 90 min, 2 h or 1 h 30"
        )
    hours, minutes = int(match[1] or 0), int(match[2] or 0)
    if match[1] is not None and minutes > 59:
        return Fault(f"“{text}” has more than 59 minutes beside its hours", "write 90 min or 1 h 30")
    if not 0 < hours * 60 + minutes <= DAY:
        return Fault(f"“{text}” is no duration of an item", "it lasts from a minute to 24 h")
    return hours * 60 + minutes


def in_words(minutes: int) -> str:
    """A time for a message: "09:30", after midnight "00:30"."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def duration_in_words(minutes: int) -> str:
    """A duration for a message: "45 min", "2 h 30", "3 h"."""
    hours, rest = divmod(minutes, 60)
    return f"{rest} min" if not hours else f"{hours} h {rest:02}" if rest else f"{hours} h"


# --------------------------------------------------------------------------- zones


def zone_key(words: str) -> str | None:
    """The time zone that a text names: an IANA name, the city of one, a capital, or an offset from UTC; None for none."""
    if words.strip().upper() in {"UTC", "GMT"}:
        return "+00:00"
    offset = _OFFSET.fullmatch(words.strip())
    if offset is not None:
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        sign = "+" if offset[1] == "+" else "-"
        return f"{sign}{hours:02}:{minutes:02}" if hours * 60 + minutes <= 14 * 60 else None
    name = "_".join(words.split()).casefold()
    names = _zone_names()
    if "/" in name:
        return names.get(name)
    cities = [key for lower, key in names.items() if lower.rpartition("/")[2] == name and "/" in lower]
    return cities[0] if len(cities) == 1 else _CAPITALS.get(words.strip().casefold())


def zone_names() -> tuple[str, ...]:
    """All IANA names, for suggestions."""
    return tuple(_zone_names().values())


@cache
def _zone_names() -> dict[str, str]:
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.casefold(): name for name in listed}


@cache
def _zone(key: str) -> tzinfo:
    if key[0] in "+-":
        hours, _, minutes = key[1:].partition(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(offset if key[0] == "+" else -offset)
    # The packaged data and never the machine's: the same sources give the same times everywhere.
    with resources.files("tzdata").joinpath("zoneinfo", *key.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=key)


def elsewhere(day: date, minutes: int, here: str, there: str) -> int:
    """What the clock shows in one zone when it shows minutes in another; counted from the same day's midnight, and below 0 on the day before."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  a wall clock's
    local = (midnight + timedelta(minutes=minutes)).replace(tzinfo=_zone(here))
    shown = local.astimezone(_zone(there)).replace(tzinfo=None)
    return round((shown - midnight).total_seconds() / 60)


def later(minutes: int, duration: int, day: date | None = None, key: str | None = None) -> int:
    """What the clock shows after a duration; with a day and a zone, the change to summer time counts."""
    if day is None or key is None:
        return minutes + duration
    return elsewhere(day, elsewhere(day, minutes, key, "+00:00") + duration, "+00:00", key)
