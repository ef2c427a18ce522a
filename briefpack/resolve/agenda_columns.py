"""How wide the columns of an agenda are: items are read first and hold most words, and yet what is short stays on its line."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.document import Row
from briefpack.resolve.widths import least, snug
from briefpack.style import Style

_LOOK = "agenda"
_TIMES = ("time", "home")
_MOST = {"time": 0.25, "home": 0.25, "lead": 0.22, "role": 0.16, "brief": 0.13}
"""Most that a column has, a share of the table."""
_ITEM = 0.34
"""Share that items keep when what stands beside them stays on its line."""
_LEAST_ITEM = 0.32
"""Share below which times are divided at their dash to give items room."""
_DIVIDED = 0.6
"""How wide a span of time is that is divided at its dash, a share of its width in one line."""
_NEARLY = 0.88
"""Lengths are estimated, and rather too long: with this share of what it asks for, a column still holds its lines."""


def shares(columns: Sequence[str], rows: Sequence[Row], style: Style) -> tuple[float, ...]:
    """A share for every column, in sum 1. columns: names, of which "item" is one and has what is left. rows: header and body."""
    own: dict[str, float] = {}
    lines: dict[str, float] = {}
    for number, column in enumerate(columns):
        if column == "item":
            continue
        most = _MOST[column]
        word = min(least(number, rows, style, look=_LOOK), most)
        cells = [snug(number, [row], style, look=_LOOK, measure=1.0, most=1.0, bold=False) for row in rows]
        # A name longer than the column may ever be does not tear those that have room in it.
        fitting = [line for line in cells if _NEARLY * line <= most]
        lines[column] = max(word, min(max(fitting, default=word), most))
        own[column] = lines[column] if column in _TIMES else word
    if 1 - sum(own.values()) < _LEAST_ITEM:
        for column in _TIMES:
            if column in own:
                own[column] *= _DIVIDED
    for column in ("brief", "lead", "role"):
        if column in own and 1 - sum(own.values()) - (lines[column] - own[column]) >= _ITEM:
            own[column] = lines[column]
    return _rounded([own.get(column, 0.0) for column in columns], columns.index("item"))


def _rounded(found: Sequence[float], item: int) -> tuple[float, ...]:
    rounded = [round(share, 6) for share in found]
    rounded[item] = round(1 - sum(rounded), 6)
    return tuple(rounded)
