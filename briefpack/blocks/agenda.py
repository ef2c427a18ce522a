"""The items of one day, with their times in the zones of the meeting and of home, and what the reader and the press do there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from briefpack.blocks.spans import AuthorSpans, Reference
from briefpack.document import Text
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits


class Openness(Enum):
    """Whether the press may be there."""

    OPEN = "open"
    CLOSED = "closed"


class OwnRole(Enum):
    """What the reader does himself."""

    SPEAK = "speak"
    LISTEN = "listen"
    CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class Zone:
    """A place whose time is printed. name: as printed, "Ottawa". key: an IANA name, or a fixed offset from UTC as "+05:30"."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """time: as written, "12:30–14:30". briefs: references to sections or annexes; in a selection also the words that stand for one.

    start, end: minutes from the midnight on which its day begins, in the meeting's time; an item after midnight or past it has more than 1440. None where
    the time is words, or where no end is known. press, role: a PRESS or ROLE word, or the author's own.
    """

    time: str
    title: AuthorSpans
    detail: AuthorSpans | None
    lead: AuthorSpans | None
    briefs: tuple[Reference | Text, ...]
    where: Where
    limits: Limits = EVERYBODY
    start: int | None = None
    end: int | None = None
    room: AuthorSpans | None = None
    participants: AuthorSpans | None = None
    press: Openness | AuthorSpans | None = None
    role: OwnRole | AuthorSpans | None = None


@dataclass(frozen=True, slots=True)
class AgendaBlock:
    """One day or one run of items. date: None when the items need none.

    meeting, home: whose time the items are in, and the place whose time is printed beside it; both or none. numbered: its items have numbers that
    run on through the section.
    """

    date: date | None
    note: AuthorSpans | None
    items: tuple[AgendaItem, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
    meeting: Zone | None = None
    home: Zone | None = None
    numbered: bool = False
