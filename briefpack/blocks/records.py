"""Tables whose columns are the same in every pack, and lists that a pack makes itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from briefpack.blocks.spans import AuthorSpans
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a RecordsBlock. values: one for each column, None where there is none. day: of a row that belongs to a day.

    about: the name of what the row tells of; an audience that does not get that does not get the row.
    """

    values: tuple[AuthorSpans | date | None, ...]
    where: Where
    limits: Limits = EVERYBODY
    day: date | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class RecordsBlock:
    """A table whose columns are the same in every pack: movements, contacts, recipients, changes. columns: keys of label words, printed as its header;
    a column that no row fills is left out. look: see document.Table."""

    columns: tuple[str, ...]
    records: tuple[Record, ...]
    look: str
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


class Generated(Enum):
    """What can be made from the rest of a pack."""

    ABBREVIATIONS = "abbreviations"
    FIGURES = "figures"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class GeneratedBlock:
    """A list that the pack makes itself, of what its audience gets."""

    what: Generated
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
