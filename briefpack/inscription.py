"""Words of an annex that may be a marking: what intake keeps of its text, so that a policy can be held against it later; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

SAYS_A_MARKING = re.compile(
    r"msip_label.*_name$|classif|marking|sensitiv|protect|einstuf|diffusion|handling|caveat", re.IGNORECASE
)
"""A name of a property whose value is a marking."""
LONGEST_VALUE = 400
"""Characters of a property that are looked at."""


class Spot(Enum):
    """Where the words stand.

    EDGE: at the top or foot of a page. LINE: on a line of their own, in capitals or behind a word such as "Classification:". PORTION: in round
    brackets at the start of a line. PROPERTY: not on the pages but in what the file says of itself.
    """

    EDGE = "edge"
    LINE = "line"
    PORTION = "portion"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class Inscription:
    """text: as it stands there, white space made single; of a PORTION without its brackets. pages: of the author's file, 1-based; () for a PROPERTY, and where
    they are not known. count: how often. name: of a PROPERTY, "title". bound: whether it is in what is bound, or only in pages of the file that are not.
    """

    spot: Spot
    text: str
    pages: tuple[int, ...] = ()
    count: int = 1
    name: str = ""
    bound: bool = True


def properties(said: Iterable[tuple[str, str]]) -> tuple[Inscription, ...]:
    """Names of properties and what they say → inscriptions, each once."""
    found = {}
    for name, value in said:
        plain = " ".join(value.split())[:LONGEST_VALUE]
        if any(map(str.isalpha, plain)):
            found[name, plain] = Inscription(Spot.PROPERTY, plain, name=name)
    return tuple(found.values())


def in_plain_values(inscriptions: Sequence[Inscription]) -> list[dict[str, Any]]:
    """As the worker tells of them, and as they are kept."""
    return [{**asdict(each), "spot": each.spot.value} for each in inscriptions]


def from_plain_values(values: Sequence[dict[str, Any]]) -> tuple[Inscription, ...]:
    """What in_plain_values() made of them. Raises KeyError, TypeError and ValueError on anything else."""
    return tuple(
        Inscription(**{**each, "spot": Spot(each["spot"]), "pages": tuple(each["pages"])}) for each in values
    )
