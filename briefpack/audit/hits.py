"""What was found in the files of an audience that must not be there, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefpack.errors import Where

_PLACES = 4
"""Places that a message names."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that must not be in the files of an audience. fact: it, and why. at: the files that it stands in, with the places. where: its
    source, None where no file of the author's is at fault. telling: how much it tells of what happened, for order. same: what it is told by in other
    files as well, where the fact may not be the same."""

    fact: str
    at: tuple[tuple[str, str], ...]
    remedy: str
    where: Where | None = None
    telling: int = 0
    same: str = ""

    @property
    def message(self) -> str:
        files: dict[str, list[str]] = {}
        for file, place in self.at:
            files.setdefault(file, []).append(place)
        said = []
        for file, places in files.items():
            named, more = places[:_PLACES], len(places) - _PLACES
            listed = ", ".join([*named, *([f"{more} more place{'s' * (more > 1)}"] if more > 0 else [])])
            said.append(f"{file} ({listed})" if listed else file)
        return f"{self.fact} {' and '.join(filter(None, (', '.join(said[:-1]), said[-1])))}"


def gathered(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The same thing once, with all its places; what tells most comes first."""
    places: dict[tuple[str, str, Where | None], dict[tuple[str, str], None]] = {}
    best: dict[tuple[str, str, Where | None], Hit] = {}
    for hit in hits:
        key = (hit.same or hit.fact, hit.remedy, hit.where)
        places.setdefault(key, {}).update(dict.fromkeys(hit.at))
        if key not in best or hit.telling > best[key].telling:
            best[key] = hit
    in_order = sorted(best, key=lambda key: -best[key].telling)
    return tuple(replace(best[key], at=tuple(places[key])) for key in in_order)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was done with a file. passages, pictures: how many were searched, those of files in it included. opaque: what could not be read."""

    passages: int
    pictures: int
    hits: tuple[Hit, ...]

    @property
    def passed(self) -> bool:
        return not self.hits
