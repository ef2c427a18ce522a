"""How long words take to be spoken, and that time in the words of the style; pure."""

from __future__ import annotations

from briefpack.document import Spans, plain_text
from briefpack.resolve.walk import Walk

_STEP = 5
"""Seconds to which a time is rounded: nobody speaks to the second."""


def spoken_seconds(spans: Spans, words_per_minute: int) -> int:
    """Seconds that spans take to be spoken, to five seconds and never none; notes are not spoken."""
    words = sum(any(letter.isalnum() for letter in word) for word in plain_text(spans).split())
    return max(_STEP, round(words * 60 / words_per_minute / _STEP) * _STEP)


def time_in_words(walk: Walk, seconds: int) -> str:
    """A time as it is printed: "25 s", "2 min", "1 min 40 s"."""
    minutes, rest = divmod(seconds, 60)
    key = "seconds" if not minutes else "minutes_seconds" if rest else "minutes"
    return walk.word(key).replace("{minutes}", str(minutes)).replace("{seconds}", str(rest))
